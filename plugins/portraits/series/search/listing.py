"""Write the two files of ``recherche/index/`` that the browser loads first.

portraits.json
    version     1
    edition     hash of the list of portraits (:func:`edition_of`)
    addresses   language -> [page, JSON], relative to the site's root, with "{slug}" to fill in
    stop_words  words that are not searched for
    tags        [last part of its page's address, label], sorted by the former
    languages   language tags
    sections    [fragment, wording] of the lists at the end of portraits
    shards      for each, its portraits in the order of their numbers:
                [slug, language, day, [tag…], #FF section, reading section]
                indexes into the lists above, -1 for none; days since 1970-01-01

mots.json
    edition     edition of the portraits that the buckets number
    buckets     path of each bucket's file, relative to this file's folder
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portraits.model import addresses
from portraits.model.addresses import slug_of
from portraits.series.search.words import STOP_WORDS

VERSION = 1
LISTING = f"{addresses.SEARCH_INDEX}portraits.json"
NAMES = f"{addresses.SEARCH_INDEX}mots.json"


@dataclass(frozen=True, slots=True)
class ListedPortrait:
    """What the browser knows of a portrait before it loads its text."""

    slug: str
    lang: str
    date: str
    """ISO 8601."""
    tags: tuple[str, ...]
    recommendations: tuple[str, str] | None
    """Fragment and wording of the #FF list."""
    readings: tuple[str, str] | None
    """Fragment and wording of the reading list."""

    @property
    def day(self) -> int:
        """Days since 1970-01-01."""
        return (dt.date.fromisoformat(self.date) - dt.date(1970, 1, 1)).days


def edition_of(portraits: Iterable[tuple[str, str]]) -> str:
    """Return a hash of the portraits that an index numbers.

    ``portraits`` are the language and slug of each, in order.
    """
    named = "\n".join(f"{lang}/{slug}" for lang, slug in portraits)
    return hashlib.blake2b(named.encode(), digest_size=8).hexdigest()


def words_file(name: str) -> str:
    """Return the address of the file of the bucket called ``name``."""
    return f"{addresses.SEARCH_WORDS}{name}.words"


def listing(
    shards: Sequence[Sequence[ListedPortrait]], tags: Iterable[str], lang: str, edition: str
) -> bytes:
    """Return the content of ``portraits.json``.

    ``tags`` are the labels shown for all their spellings; ``lang`` is the site's language.
    """
    labels = sorted((slug_of(label), label) for label in tags)
    tag_numbers = {slug: number for number, (slug, _) in enumerate(labels)}
    languages = sorted({entry.lang for shard in shards for entry in shard})
    sections = sorted(
        {
            section
            for shard in shards
            for entry in shard
            for section in (entry.recommendations, entry.readings)
            if section
        }
    )
    language_numbers = {tag: number for number, tag in enumerate(languages)}
    section_numbers: dict[tuple[str, str] | None, int] = {
        section: number for number, section in enumerate(sections)
    }
    document = {
        "version": VERSION,
        "edition": edition,
        "addresses": {
            tag: [
                addresses.portrait("{slug}", tag, lang),
                addresses.portrait_data("{slug}", tag, lang),
            ]
            for tag in languages
        },
        "stop_words": sorted(STOP_WORDS),
        "tags": labels,
        "languages": languages,
        "sections": sections,
        "shards": [
            [
                [
                    entry.slug,
                    language_numbers[entry.lang],
                    entry.day,
                    sorted({tag_numbers[slug_of(tag)] for tag in entry.tags}),
                    section_numbers.get(entry.recommendations, -1),
                    section_numbers.get(entry.readings, -1),
                ]
                for entry in shard
            ]
            for shard in shards
        ],
    }
    return f"{_json(document)}\n".encode()


def names(buckets: Iterable[str], edition: str) -> bytes:
    """Return the content of ``mots.json``, from the name of each bucket."""
    paths = [words_file(name).removeprefix(addresses.SEARCH_INDEX) for name in buckets]
    return f"{_json({'edition': edition, 'buckets': paths})}\n".encode()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
