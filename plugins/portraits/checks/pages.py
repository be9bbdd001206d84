"""Check the editor's own pages before Pelican reads them.

    page = [ "---" ] key ":" value … [ "---" ] blank body        (Pelican's own notation)

Pages may contain HTML, because only the editor writes in their folder. Otherwise they follow the
rules of portraits: regular files only, known keys, a free address, and nothing that makes Pelican
copy a file into the site.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from portraits.model.addresses import RESERVED
from portraits.model.slugs import id_of, is_slug
from portraits.support.content_folder import (
    ContentFile,
    FileRefused,
    read_regular,
    scan,
    unreadable,
)
from portraits.support.languages import LANGUAGES
from portraits.support.limits import MAX_BYTES, normalised_text, within_limits
from portraits.support.messages import msg
from portraits.support.problems import Problem, ProblemCollector, Severity, did_you_mean

FOLDER = "pages"
KEYS = ("title", "slug", "lang", "status")
_STATUS = ("published", "draft", "hidden")
_KEY = re.compile(r" {0,3}([A-Za-z0-9_-]+):[ \t]*(.*)")
_FENCE = re.compile(r"(?:-{3}|\.{3})[ \t]*")
_ARTICLES = (".md", ".markdown", ".rst", ".html")
_DATED = re.compile(rb"^[ \t]*:?date[ \t]*:|<meta[^>]+name=.date", re.IGNORECASE | re.MULTILINE)
"""A text that gives its date, in Pelican's notation for Markdown, reStructuredText or HTML."""
_HEAD_BYTES = 2000
_COPIES = re.compile(r"""[("'<=\s][{|](static|attach)[}|]""")


def page_sources(content: Path) -> list[str]:
    """Return the paths of the editor's pages relative to the content folder, sorted."""
    return [file.source for file in _pages(content, "")[0]]


def check_pages(content: Path, label: str) -> list[Problem]:
    """Return the problems of the editor's pages; ``label`` is the content folder's name in
    messages."""
    return read_pages(content, label).problems


class PagesRead(NamedTuple):
    """What is known of the editor's pages."""

    slugs: dict[str, str]
    """Slug of each -> its path, as messages show it."""
    withheld: frozenset[str]
    """Paths of those that are drafts, relative to the content folder."""
    problems: list[Problem]


def read_pages(content: Path, label: str) -> PagesRead:
    """Read the editor's pages; ``label`` is the content folder's name in messages."""
    pages, problems = _pages(content, label)
    taken: dict[str, str] = {}
    withheld = set()
    for page in pages:
        report = ProblemCollector(f"{label}/{page.source}")
        try:
            raw = read_regular(content / page.source, MAX_BYTES + 1)
        except (FileRefused, OSError) as error:
            reason = (
                (error.message, error.hint) if isinstance(error, FileRefused) else unreadable(error)
            )
            report.error(0, "unreadable", *reason)
        else:
            if _check_page(page.source, raw, report, taken) in _STATUS[1:]:
                withheld.add(page.source)
        problems += report.problems
    return PagesRead(taken, frozenset(withheld), problems)


def articles_left_out(content: Path, folder: str, label: str) -> list[Problem]:
    """Return a warning for each text outside the folders of portraits and pages that looks like an
    article of a blog: a site of its own publishes none. ``folder`` is that of the portraits."""
    read = (folder, FOLDER, "extra")
    return [
        Problem(
            f"{label}/{file.source}",
            0,
            "article-left-out",
            msg("pages.article"),
            msg("pages.article_hint", folder=f"{label}/{FOLDER}"),
            severity=Severity.WARNING,
        )
        for file in scan(content, "", label)[0]
        if file.source.endswith(_ARTICLES)
        and file.source.split("/")[0] not in read
        and not file.source.startswith(f"{folder}/")
        and _DATED.search(read_regular(content / file.source, _HEAD_BYTES))
    ]


def _pages(content: Path, label: str) -> tuple[list[ContentFile], list[Problem]]:
    found, problems = scan(content, FOLDER, label)
    problems += [
        Problem(
            f"{label}/{file.source}",
            0,
            "not-a-page",
            msg("pages.not_a_page"),
            msg("pages.not_a_page_hint"),
        )
        for file in found
        if not file.source.endswith(".md")
    ]
    return [file for file in found if file.source.endswith(".md")], problems


def _check_page(source: str, raw: bytes, report: ProblemCollector, taken: dict[str, str]) -> str:
    """Report what is wrong with a page; return its status."""
    text = normalised_text(raw, report)
    if text is None:
        return ""
    lines = text.split("\n")
    head = list(_head(lines))
    values: dict[str, tuple[str, int]] = {}
    for number, line in head:
        found = _KEY.fullmatch(line)
        if found is None:
            report.error(
                number,
                "page-head",
                msg("pages.head", line=line.strip()[:80]),
                msg("pages.head_hint", keys=", ".join(KEYS)),
            )
            return ""
        key, value = found[1], found[2].strip()
        if key not in KEYS:
            report.error(
                number,
                "unknown-key",
                msg("pages.unknown_key", key=key),
                did_you_mean(key, KEYS) or msg("pages.known_keys", keys=", ".join(KEYS)),
                key,
            )
        elif key in values:
            report.error(
                number,
                "duplicate-key",
                msg("pages.duplicate_key", key=key, line=values[key][1]),
                msg("pages.duplicate_key_hint"),
                key,
            )
        values.setdefault(key, (value, number))
    _check_values(source, values, report, taken)
    for number, line in enumerate(lines[len(head) :], len(head) + 1):
        if found := _COPIES.search(line):
            report.error(
                number,
                "copied-file",
                msg("pages.copied_file", word=found[1]),
                msg("pages.copied_file_hint"),
            )
    within_limits("\n".join(lines[len(head) :]), report, first_line=len(head) + 1)
    return values.get("status", ("", 0))[0]


def _head(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the number and text of each line of the head, without its fences."""
    for number, line in enumerate(lines, 1):
        if _FENCE.fullmatch(line):
            if number > 1:
                return
        elif not line.strip():
            return
        else:
            yield number, line


def _check_values(
    source: str, values: dict[str, tuple[str, int]], report: ProblemCollector, taken: dict[str, str]
) -> None:
    if not values.get("title", ("", 0))[0]:
        report.error(1, "missing-key", msg("pages.no_title"), msg("pages.no_title_hint"), "title")
    status, line = values.get("status", ("published", 0))
    if status not in _STATUS:
        report.error(
            line,
            "bad-status",
            msg("pages.bad_status", status=status),
            did_you_mean(status, _STATUS) or msg("pages.statuses", known=", ".join(_STATUS)),
            "status",
        )
    lang, line = values.get("lang", (LANGUAGES[0], 0))
    if lang not in LANGUAGES:
        report.error(
            line,
            "bad-lang",
            msg("pages.bad_lang", lang=lang),
            msg("pages.languages", known=", ".join(LANGUAGES)),
            "lang",
        )
    slug, line = values.get("slug", (posixpath.splitext(posixpath.basename(source))[0], 0))
    if not is_slug(slug):
        report.error(
            line,
            "bad-slug",
            msg("pages.bad_slug", slug=slug),
            msg("pages.bad_slug_hint", slug=id_of(slug)),
            "slug",
        )
    elif slug in RESERVED or slug in LANGUAGES:
        report.error(
            line, "bad-slug", msg("pages.reserved", slug=slug), msg("pages.reserved_hint"), "slug"
        )
    elif slug in taken:
        report.error(
            line,
            "duplicate-slug",
            msg("pages.duplicate_slug", slug=slug, file=taken[slug]),
            msg("pages.duplicate_slug_hint"),
            "slug",
        )
    taken.setdefault(slug, report.path)
