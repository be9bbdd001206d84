"""What is kept with a published release so that an edit of a text can be followed.

    ground                  what all pages have in common, and the numbers
    portrait:<source>       what is around it, and which files carry its answers
    sheet:<address>         a page of a question: whose answers it shows
    stretch:<number>        nothing but the key of a group
    feed:<address>          what can be followed there: the keys of its entries

But for the keys, none of it changes with the answers (:attr:`Outline.relations`), so that a build
after an edit of a text reads the few entries that it needs instead of deriving them from the whole
series. A build that looks at everything writes the entries that have changed.

An entry has the key of the group of files that it is about (:mod:`portraits.groups`), or an empty
one. The keys hold for the release of the ground alone.
"""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from portraits.around import Around
from portraits.feeds.kept import Following
from portraits.images.social_card import Typefaces
from portraits.outline import Outline
from portraits.packing import packed
from portraits.pages.assembly import EditorPage
from portraits.pages.numbers_pages import Numbers
from portraits.problems import Problem
from portraits.questionnaire_file import Questionnaire
from portraits.reading import Read
from portraits.values import dataclass
from portraits.views import Site

GROUND = "ground"
WARNINGS = "warnings"


@dataclass(frozen=True, slots=True)
class Ground:
    """What the files of one release have in common."""

    release: int
    code: bytes
    """:func:`code_version` of the build."""
    today: dt.date
    drafts: bool
    reading_base: bytes
    base: bytes
    questionnaire: Questionnaire
    sites: Mapping[str, Site]
    editor_pages: tuple[EditorPage, ...]
    fonts: Typefaces
    previewed: frozenset[str]
    with_page: frozenset[str]
    numbers: Numbers
    warned: frozenset[str]
    """Paths of the files that warnings about the whole series name."""
    portraits: int
    waiting: tuple[Outline, ...]
    files: int


@packed
@dataclass(frozen=True, slots=True)
class PortraitTrace:
    """What is known of one portrait."""

    key: bytes
    """Under which its text was read."""
    problems: tuple[Problem, ...]
    """What was said of its text."""
    around: Around | None
    """None for a portrait that is not published."""
    counted: bool
    """Whether the numbers count it: of translations, one is."""
    sheets: tuple[str, ...]
    """For each question that it was asked, the address of the page that shows the answer; empty
    where none does."""
    feeds: tuple[str, ...]
    """Addresses of what can be followed and carries it now."""


def entries_of_series(
    ground: Ground, warnings: tuple[Problem, ...], followings: Iterable[Following],
    hidden: Iterable[tuple[str, Read]],
) -> Iterator[tuple[str, bytes]]:
    """Name and value of every entry that no group of files keeps (:mod:`portraits.groups`).
    ``hidden`` are the portraits that are not published, by source."""
    yield GROUND, packed_entry(ground)
    yield WARNINGS, packed_entry(warnings)
    for following in followings:
        yield feed_name(following.address), packed_entry(following)
    for source, read in hidden:
        yield portrait_name(source), packed_entry(PortraitTrace(
            read.key, read.problems, around=None, counted=False,
            sheets=("",) * len(read.outline.asked) if read.outline else (), feeds=()))


def portrait_name(source: str) -> str:
    """Name of the entry of a portrait."""
    return f"portrait:{source}"


def sheet_name(address: str) -> str:
    """Name of the entry of a page of a question."""
    return f"sheet:{address}"


def stretch_name(number: int | None) -> str:
    """Name of the entry of the pages of all questions with one number."""
    return f"stretch:{number or 0}"


def feed_name(address: str) -> str:
    """Name of the entry of something that can be followed."""
    return f"feed:{address}"


def packed_entry(value: object) -> bytes:
    """An entry's value as it is kept."""
    return pickle.dumps(value, protocol=5)


def unpacked_entry(value: bytes | None) -> Any:
    """The value of an entry; None when there is none or it cannot be read."""
    if not value:
        return None
    try:
        return pickle.loads(value)  # noqa: S301 - our own file, beside the site
    except (pickle.UnpicklingError, AttributeError, ImportError, TypeError, ValueError, EOFError,
            KeyError, IndexError):
        return None
