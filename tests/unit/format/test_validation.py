"""What only the whole series shows; each rule names both files."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from portraits.addresses import RESERVED
from portraits.library import library_of
from portraits.outline import Outline, outline_of
from portraits.problems import Problem
from portraits.validation import Series, check

from tests.unit.format.case_files import parsed

TODAY = dt.date(2011, 7, 14)


@dataclass(frozen=True)
class Unshown:
    code: str
    message: str = "l’image n’existe pas"
    hint: str = "vérifiez le nom"


def outline(source: str, *front: str, body: str = "Oui.", date: str = "2011-07-01") -> Outline:
    """The outline of a file with these lines of front matter and this answer."""
    lines = "\n".join((f"name: {source.rpartition('/')[2]}", f"date: {date}", *front))
    result = parsed(f"---\n{lines}\n---\n## Un ? {{#un}}\n\n{body}\n", source=source)
    assert result.portrait is not None, "\n".join(map(str, result.problems))
    return outline_of(result.portrait, source)


def check_all(*outlines: Outline, refusals: dict[str, Unshown] | None = None) -> list[Problem]:
    series = Series(library_of(outlines, today=TODAY), "content", "fr",
                    frozenset({"pages/a-propos.md"}), refusals or {}, RESERVED,
                    lambda: ["images/lea.jpg", "portraits/sam.jpg"])
    return list(check(series))


def said(*outlines: Outline, refusals: dict[str, Unshown] | None = None) -> list[str]:
    return [f"{problem.path}:{problem.line} {problem.code}"
            for problem in check_all(*outlines, refusals=refusals)]


def test_a_right_series_is_right() -> None:
    assert check_all(
        outline("portraits/lea.md", "accounts: {twitter: lea}",
                body="[a](sam.md#un) [b](#un) [c](/pages/a-propos.md)[^1]\n\n[^1]: Note."),
        outline("portraits/lea.en.md", "accounts: {twitter: lea}"),
        outline("portraits/sam.md", "aliases: [/2011/07/sam/, /portraits/samuel/]")) == []


def test_two_portraits_at_one_address_are_told_with_both_names() -> None:
    (problem,) = check_all(outline("portraits/lea.md"), outline("portraits/sam.md", "slug: lea"))
    assert str(problem) == (
        "content/portraits/sam.md:4 : l’adresse « /portraits/lea/ » est déjà celle de "
        "content/portraits/lea.md — changez la clé « slug » ou le nom du fichier de l’un des deux")


def test_a_draft_counts_as_well() -> None:
    assert said(outline("portraits/lea.md", "status: draft"),
                outline("portraits/sam.md", "slug: lea")) == [
        "content/portraits/sam.md:4 duplicate-slug"]


def test_a_portrait_has_one_file_a_language() -> None:
    assert said(outline("portraits/lea.md", "lang: en", "slug: autre"),
                outline("portraits/lea.en.md")) == [
        "content/portraits/lea.md:4 duplicate-translation"]


@pytest.mark.parametrize("alias", [
    "/portraits/lea/", "/portraits/SAM/index.html", "/a-propos/", "/questions/",
    "/", "/404.html", "/theme/x.css", "/commun/",
])
def test_a_former_address_that_is_taken_is_told(alias: str) -> None:
    assert "content/portraits/sam.md:4 alias-collision" in said(
        outline("portraits/lea.md", "aliases: [/commun]"),
        outline("portraits/sam.md", f"aliases: [{alias}]"))


@pytest.mark.parametrize(("link", "code", "hint"), [
    ("[a](saam.md)", "broken-link", "vouliez-vous dire « portraits/sam.md » ?"),
    ("[a](/sam.md)", "broken-link", "vouliez-vous dire « portraits/sam.md » ?"),
    ("[a](zoe.md)", "broken-link", "vérifiez le nom du fichier"),
    ("[a](sam.md#une)", "link-to-unknown-question", "vouliez-vous dire « un » ?"),
    ("[a](ana.md)", "link-to-unpublished", "retirez le lien, ou publiez ce portrait d’abord"),
    ("[a](ivo.md)", "link-to-unpublished", "retirez le lien, ou publiez ce portrait d’abord"),
])
def test_a_link_that_leads_nowhere_is_told(link: str, code: str, hint: str) -> None:
    problems = check_all(
        outline("portraits/lea.md", body=f"Oui.\n\nVoir {link}."), outline("portraits/sam.md"),
        outline("portraits/ana.md", "status: draft"),
        outline("portraits/ivo.md", date="2011-12-31"))
    assert [(problem.path, problem.line, problem.code, problem.hint) for problem in problems] == [
        ("content/portraits/lea.md", 9, code, hint)]


def test_a_draft_may_link_to_a_draft() -> None:
    assert said(outline("portraits/lea.md", "status: draft", body="[a](ana.md)"),
                outline("portraits/ana.md", "status: draft")) == []


def test_a_missing_picture_is_told_with_the_nearest_name() -> None:
    (problem,) = check_all(
        outline("portraits/lea.md", "photo: {file: lea.jpg, alt: Léa}"),
        refusals={"portraits/lea.jpg": Unshown("image-missing")})
    assert (problem.line, problem.code, problem.hint, problem.field) == (
        4, "image-missing", "vouliez-vous dire « /images/lea.jpg » ?", "photo.file")


def test_a_picture_that_cannot_be_read_keeps_its_own_remedy() -> None:
    (problem,) = check_all(
        outline("portraits/lea.md", body="![a](b.jpg)"),
        refusals={"portraits/b.jpg": Unshown("image-broken", hint="refaites-la")})
    assert (problem.line, problem.hint) == (7, "refaites-la")


def test_an_account_of_two_people_is_a_warning() -> None:
    (problem,) = check_all(
        outline("portraits/lea.md", "accounts: {twitter: Commun}"),
        outline("portraits/sam.md", "accounts:", "  - web: exemple.ca",
                "  - twitter: https://x.com/commun"))
    assert not problem.is_error
    assert str(problem) == (
        "content/portraits/sam.md:4 : @commun est aussi le compte de lea.md "
        "(content/portraits/lea.md) — vérifiez à qui est ce compte")
