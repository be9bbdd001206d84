"""``recherche/index/portraits.json``: what the reader's side loads first.

    version     1
    addresses   language -> [page, JSON], "{slug}" to be filled in, from the site's root
    buckets     path of each bucket's file, from this one's folder
    stop_words  words that are not searched for
    tags        [last part of its page's address, label], in order of the former
    languages   language tags
    sections    [fragment, wording] of the lists at the end of portraits
    shards      for each, its portraits in the order of their numbers:
                [slug, language, day, [tag…], #FF section, reading section]
                numbers into the lists above, -1 for none; days since 1970-01-01
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from portraits import addresses, api
from portraits.addresses import slug_of
from portraits.search.shards import Entry
from portraits.search.words import STOP_WORDS

VERSION = 1


def words_file(name: str) -> str:
    """Address of the file of a bucket whose name is ``name``."""
    return f"{addresses.SEARCH_WORDS}{name}.words"


def listing(
    shards: Sequence[Sequence[Entry]], names: Sequence[str], tags: Iterable[str], lang: str,
) -> bytes:
    """The listing as UTF-8 JSON. ``names`` are those of the buckets' files, ``tags`` the
    labels that stand for all their spellings; ``lang`` is the site's language."""
    labels = sorted((slug_of(label), label) for label in tags)
    tag_numbers = {slug: number for number, (slug, _) in enumerate(labels)}
    languages = sorted({entry.lang for shard in shards for entry in shard})
    sections = sorted({
        section for shard in shards for entry in shard
        for section in (entry.recommendations, entry.readings) if section})
    language_numbers = {tag: number for number, tag in enumerate(languages)}
    section_numbers: dict[tuple[str, str] | None, int] = {
        section: number for number, section in enumerate(sections)}
    document = {
        "version": VERSION,
        "addresses": {
            tag: [addresses.portrait("{slug}", tag, lang),
                  api.portrait_address("{slug}", tag, lang)]
            for tag in languages
        },
        "stop_words": sorted(STOP_WORDS), "buckets": _paths(names), "tags": labels,
        "languages": languages, "sections": sections,
        "shards": [
            [
                [entry.slug, language_numbers[entry.lang], entry.day,
                 sorted({tag_numbers[slug_of(tag)] for tag in entry.tags}),
                 section_numbers.get(entry.recommendations, -1),
                 section_numbers.get(entry.readings, -1)]
                for entry in shard
            ]
            for shard in shards
        ],
    }
    return f"{_json(document)}\n".encode()


def with_names(content: bytes, before: Sequence[str], after: Sequence[str]) -> bytes | None:
    """A listing in which the buckets' files have other names; None where ``content`` is not
    one with the names ``before``."""
    found = content.split(_named(before))
    return _named(after).join(found) if len(found) == 2 else None


def _named(names: Sequence[str]) -> bytes:
    return f'"buckets":{_json(_paths(names))}'.encode()


def _paths(names: Sequence[str]) -> list[str]:
    return [words_file(name).removeprefix(addresses.SEARCH_INDEX) for name in names]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
