"""The agreement of a person: read from the front matter, held against the text, asked for."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from portraits.checks.series import Checked, check
from portraits.model.portrait import Consent
from portraits.options import BuildOptions
from portraits.reader.source import ParsedPortrait
from portraits.series.reading import portrait_of
from portraits.settings import Settings
from portraits.support.problems import Problem

from tests.builders import THEME, site_with
from tests.unit.format.case_files import parsed

DAY = dt.date(2026, 11, 28)
TEXT = """---
name: Léa Tremblay
date: 2026-12-01
{keys}
---

## Un ? {{#un}}

{answer}
"""


def read(*keys: str, answer: str = "Oui.") -> ParsedPortrait:
    return parsed(
        TEXT.format(keys="\n".join(keys) or "role: Ici", answer=answer), source="portraits/lea.md"
    )


def fingerprint(*keys: str, answer: str = "Oui.") -> str:
    found = read(*keys, answer=answer)
    assert found.portrait is not None, found.problems
    return found.fingerprint


def checked(parsed: ParsedPortrait, consent: str = "required", **more: bool) -> list[Problem]:
    assert parsed.portrait is not None, parsed.problems
    site = site_with(parsed.portrait, today=dt.date(2026, 12, 2))
    root = Path("/site")
    options = BuildOptions(
        root=root,
        content=root / "content",
        output=root / "output",
        theme=THEME,
        cache=root / "cache",
        settings=Settings(consent=consent),
        now=dt.datetime(2026, 12, 2, 12),
    )
    options = replace(options, **more)
    return check(Checked(site.database.connection, options, frozenset(), {}))


def codes(parsed: ParsedPortrait, consent: str = "required", **more: bool) -> list[str]:
    return [
        problem.code + ("" if problem.is_error else " (avertissement)")
        for problem in checked(parsed, consent, **more)
    ]


def test_the_agreement_is_read_with_its_days() -> None:
    found = read("consent: {text: 2026-11-28, photo: 28 novembre 2026, date: 2026-12-01}")
    assert found.portrait is not None
    assert found.portrait.consent == Consent(DAY, DAY, dt.date(2026, 12, 1))


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("consent: 2026-11-28", "wrong-type"),
        ("consent: {text: novembre}", "bad-date"),
        ("consent: {texte: 2026-11-28}", "unknown-key"),
        ("consent: {text: 2026-11-28, of: abc}", "bad-fingerprint"),
        ("accord: {text: 2026-11-28}", "unknown-key"),
    ],
)
def test_an_agreement_that_cannot_be_read_is_refused(line: str, code: str) -> None:
    found = read(line)
    assert [problem.code for problem in found.problems if problem.is_error] == [code]
    assert found.portrait is None


def test_the_rows_keep_the_agreement() -> None:
    found = read(f"consent: {{text: 2026-11-28, of: {'0' * 16}}}").portrait
    assert found is not None
    site = site_with(found, today=dt.date(2026, 12, 2))
    assert portrait_of(site.database.series, found.source).consent == Consent(
        DAY, of="0" * 16, current=False
    )


@pytest.mark.parametrize(
    "changed",
    [
        fingerprint("role: Là"),
        fingerprint("role: Ici", "summary: Un autre."),
        fingerprint("role: Ici", "pronouns: elle"),
        fingerprint("role: Ici", "accounts: {twitter: lea}"),
        fingerprint("role: Ici", "photo: {file: lea.jpg, alt: Léa}"),
        fingerprint(answer="Non."),
    ],
)
def test_what_the_person_is_shown_is_in_the_fingerprint(changed: str) -> None:
    assert changed != fingerprint()


def test_what_is_the_editors_is_not_in_the_fingerprint() -> None:
    own = ("status: draft", "tags: [quai]", "slug: lea-t", "aliases: [/lea/]")
    assert fingerprint("role: Ici", *own) == fingerprint()
    assert fingerprint("consent: {text: 2026-11-28}", "role: Ici") == fingerprint()
    assert fingerprint(answer="Oui.  \n\n\n") == fingerprint()


def test_a_portrait_without_consent_is_not_published_where_it_is_required() -> None:
    [problem] = checked(read())
    assert (problem.code, problem.path, problem.is_error) == (
        "no-consent",
        "content/portraits/lea.md",
        True,
    )
    assert problem.hint.startswith("envoyez-lui une épreuve (portraits proof lea)")
    assert codes(read(), "") == []


def test_a_preview_and_drafts_are_not_concerned() -> None:
    assert codes(read(), drafts=True) == []
    assert codes(read("status: draft")) == []
    assert codes(read("status: hidden")) == []


def test_a_photo_has_a_consent_of_its_own() -> None:
    photo = "photo: {file: lea.jpg, alt: Léa}"
    assert codes(read(photo, "consent: {text: 2026-11-28}")) == ["no-photo-consent"]
    assert codes(read(photo, "consent: {photo: 2026-11-28}")) == ["no-consent"]
    assert codes(read(photo, "consent: {text: 2026-11-28, photo: 2026-11-28}")) == []
    assert codes(read("consent: {text: 2026-11-28}")) == []


def test_a_text_that_changed_after_the_consent_is_told() -> None:
    of = fingerprint()
    consent = f"consent: {{text: 2026-11-28, of: {of}}}"
    assert codes(read("role: Ici", consent)) == []
    changed = read("role: Ici", consent, answer="Non.")
    assert codes(changed) == ["consent-to-another-text"]
    assert codes(changed, "") == ["consent-to-another-text (avertissement)"]
    [problem] = checked(changed)
    assert problem.line == 5
    assert "2026-11-28" in problem.message


def test_another_day_of_publication_than_the_agreed_one_is_told() -> None:
    assert codes(read("consent: {text: 2026-11-28, date: 2026-12-01}")) == []
    assert codes(read("consent: {text: 2026-11-28, date: 2026-12-15}")) == [
        "consent-to-another-date (avertissement)"
    ]
