"""Write the search index as files of the site (see :mod:`portraits.series.search`).

    recherche/index/portraits.json             the portraits
    recherche/index/mots.json                  the names of the other files
    recherche/index/mots/<fingerprint>.words   one bucket of words
    recherche/index/voisins/<number>.json      the terms to suggest for a misspelt word

The buckets have their own folder because host rules name folders to cache for ever. They are named
after their content, so an edit changes some of them and the file with their names, but not the one
with the portraits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from portraits.pages.series import tags
from portraits.series.search.listing import (
    LISTING,
    NAMES,
    ListedPortrait,
    edition_of,
    listing,
    names,
    words_file,
)
from portraits.series.search.shards import hash_of, plan_for
from portraits.series.search.spelling import spelling_address, spelling_content, spelling_files
from portraits.series.tables import BucketRow, SpellingRow
from portraits.series.views.search import bucket_content
from portraits.site.context import BuildContext
from portraits.site.page import File, PageKind, when_searchable


def _buckets(context: BuildContext) -> Iterator[str]:
    for (bucket,) in context.series.sql("SELECT bucket FROM bucket ORDER BY bucket"):
        yield str(bucket)


def _words(context: BuildContext, key: str) -> Iterator[File]:
    row = context.series.one(BucketRow, "bucket", int(key))
    assert row is not None  # noqa: S101 - the key of a bucket
    yield File(words_file(row.name), bucket_content(context.series, row.bucket))


def _spellings(context: BuildContext) -> Iterator[str]:
    ((buckets,),) = context.series.sql("SELECT count(*) FROM bucket")
    yield from map(str, range(spelling_files(buckets)))


def _spelling(context: BuildContext, key: str) -> Iterator[File]:
    rows = context.series.rows(SpellingRow, "spelling", int(key))
    yield File(spelling_address(int(key)), spelling_content(row.words.split() for row in rows))


def _names(context: BuildContext, key: str) -> Iterator[File]:
    found = [name for (name,) in context.series.sql("SELECT name FROM bucket ORDER BY bucket")]
    yield File(NAMES, names(found, _edition(context)), checked=True)


def _edition(context: BuildContext) -> str:
    """Return a hash of the list of portraits: the browser refuses to combine files of two
    editions."""
    return edition_of(
        (lang, slug)
        for lang, slug in context.series.sql(
            "SELECT lang, slug FROM portrait WHERE position IS NOT NULL ORDER BY lang, slug"
        )
    )


def _listing(context: BuildContext, key: str) -> Iterator[File]:
    sql = context.series.sql
    labels: dict[str, list[str]] = defaultdict(list)
    for source, label in sql(
        "SELECT source, label FROM term WHERE position IS NOT NULL"
        " AND term GLOB 'tag/*' ORDER BY source, number"
    ):
        labels[source].append(label)
    sections = {
        (source, kind): (fragment, wording)
        for source, kind, fragment, wording in sql(
            "SELECT source, kind, fragment, wording_text FROM section ORDER BY source, kind"
        )
    }
    # Query `portrait`, not `vocabulary`, whose rows change with every edited answer.
    placed = sql(
        "SELECT source, lang, slug, date FROM portrait WHERE position IS NOT NULL"
        " ORDER BY lang, slug"
    )
    plan = plan_for(len(placed))
    found: list[list[ListedPortrait]] = [[] for _ in range(plan.shards)]
    for source, lang, slug, date in placed:
        found[plan.shard(hash_of(lang, slug))].append(
            ListedPortrait(
                slug,
                lang,
                date,
                tuple(labels[source]),
                sections.get((source, "ff")),
                sections.get((source, "reading")),
            )
        )
    yield File(
        LISTING,
        listing(
            found, [row.label for row in tags(context)], context.settings.lang, _edition(context)
        ),
        checked=True,
    )


WORDS = PageKind("words", _buckets, _words)
SPELLINGS = PageKind("spellings", _spellings, _spelling)
NAMES_OF_BUCKETS = PageKind("names of buckets", when_searchable, _names)
PORTRAITS = PageKind("search listing", when_searchable, _listing)
