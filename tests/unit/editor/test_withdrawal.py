"""Who is withdrawn, what is theirs, and what the list of them says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from portraits.checks.series import Checked, check
from portraits.editor.withdrawal import (
    FoundPerson,
    delete_files,
    find_person,
    naming_withdrawn,
    note,
)
from portraits.model.portrait import InlineImage, InternalLink, Photo, Portrait
from portraits.model.withdrawn import NAME, Withdrawal, Withdrawn, digest_of, read_withdrawn
from portraits.options import BuildOptions
from portraits.reader.withdrawal.portraits import without_withdrawn
from portraits.settings import Settings
from portraits.support.problems import SourceRefused

from tests.builders import THEME, SmallSite, portrait_named, rich, site_with

TODAY = dt.date(2026, 1, 15)
LEA = Withdrawal(
    TODAY, ("portraits/lea.md",), ("portraits/lea/", "2011/lea.html"), (digest_of("twitter:lea"),)
)
GONE = Withdrawn((LEA,))


def photo(file: str) -> Photo:
    return Photo(file, "", "", (0.5, 0.5), 4)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    (folder / "portraits").mkdir(parents=True)
    for name in ("lea.jpg", "commune.jpg", "dessin.png", "lea.import.txt"):
        (folder / "portraits" / name).write_text("x")
    for name, words in (
        ("portraits/lea.md", "Léa Roy"),
        ("portraits/sam.md", "---\nname: Sam\n---\nMa collègue LÉA  Roy, et Théa Roy."),
        ("portraits/ana.md", "Théa Roy, et Léa Royer."),
        ("pages/a-propos.md", "title: Nous\n\nAvec *Léa* Roy."),
    ):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(words, encoding="utf-8")
    return folder


def options_of(content: Path, withdrawn: Withdrawn = Withdrawn()) -> BuildOptions:  # noqa: B008
    return BuildOptions(
        root=content.parent,
        content=content,
        output=content.parent / "output",
        theme=THEME,
        cache=content.parent / "cache",
        settings=Settings(),
        now=dt.datetime.combine(TODAY, dt.time(), dt.UTC),
        withdrawn=withdrawn,
    )


def checked(site: SmallSite, options: BuildOptions) -> Checked:
    return Checked(site.database.connection, options, frozenset(), {})


PEOPLE = (
    replace(
        portrait_named("Léa Roy", slug="lea", accounts=["@Lea", "https://lea.example/"]),
        aliases=("/2011/l%C3%A9a.html",),
        photo=photo("portraits/lea.jpg"),
        images=(InlineImage("portraits/commune.jpg", "", "", "", 9),),
    ),
    replace(
        portrait_named("Léa Roy", slug="lea", lang="en", translation_key="lea"),
        photo=photo("portraits/absente.jpg"),
    ),
    replace(portrait_named("Sam", tags=["radio"]), photo=photo("portraits/commune.jpg")),
    portrait_named("Ana"),
    portrait_named("Zoé", slug="zoe-1"),
    portrait_named("Zoé", slug="zoe-2"),
)


@pytest.fixture
def series(content: Path) -> Iterator[Checked]:
    site = site_with(*PEOPLE, today=TODAY)
    yield checked(site, options_of(content))


@pytest.mark.parametrize(
    "name",
    ["Léa Roy", "lea roy", "LÉA  ROY", "lea", "portraits/lea.md", "content/portraits/lea.en.md"],
)
def test_a_person_is_found_by_name_slug_or_file_in_all_languages(
    series: Checked, name: str
) -> None:
    assert find_person(series, name) == FoundPerson(
        Withdrawal(
            TODAY,
            ("portraits/lea.en.md", "portraits/lea.md"),
            ("en/portraits/lea/", "portraits/lea/", "2011/l%C3%A9a.html"),
            (digest_of("twitter:lea"), digest_of("web:lea.example/")),
        ),
        (
            "portraits/lea.en.md",
            "portraits/lea.md",
            "portraits/lea.import.txt",
            "portraits/lea.jpg",
        ),
        ("pages/a-propos.md:3", "portraits/sam.md:4"),
    )


@pytest.mark.parametrize(
    ("name", "code", "hint"),
    [
        ("Léa Roi", "nobody", "vouliez-vous dire « Léa Roy » ?"),
        ("Personne", "nobody", "donnez le nom tel qu’il paraît, ou le fichier"),
        ("Zoé", "several-portraits", "content/portraits/zoe-1.md, content/portraits/zoe-2.md"),
    ],
)
def test_whoever_is_not_one_person_is_not_withdrawn(
    series: Checked, name: str, code: str, hint: str
) -> None:
    with pytest.raises(SourceRefused) as refused:
        find_person(series, name)
    [problem] = refused.value.problems
    assert (problem.code, hint in problem.hint) == (code, True)


def test_who_is_withdrawn_already_is_said(content: Path) -> None:
    site = site_with(portrait_named("Sam"))
    with pytest.raises(SourceRefused) as refused:
        find_person(checked(site, options_of(content, GONE)), "Léa")
    assert [problem.code for problem in refused.value.problems] == ["already-withdrawn"]


def test_the_list_is_read_as_it_was_written_and_names_nobody(content: Path) -> None:
    other = Withdrawal(TODAY, ('portraits/"x".md',), ("portraits/été-1/",))
    note(options_of(content), LEA)
    note(options_of(content, read_withdrawn(content, "content")), other)
    assert read_withdrawn(content, "content") == Withdrawn((LEA, other))
    assert "twitter" not in (content / NAME).read_text("utf-8")
    assert {path.name for path in content.iterdir()} == {"portraits", "pages", NAME}
    assert len(Withdrawn((LEA, other)).marks) == 2


def test_a_list_that_cannot_be_read_is_a_problem(content: Path) -> None:
    (content / NAME).write_text("[[withdrawn]]\nx = 1\n")
    with pytest.raises(SourceRefused) as refused:
        read_withdrawn(content, "content")
    [problem] = refused.value.problems
    assert (problem.code, problem.path) == ("bad-withdrawn", f"content/{NAME}")
    assert "clé inconnue : x" in problem.message


def test_only_the_files_of_the_person_are_deleted(content: Path, series: Checked) -> None:
    delete_files(content, find_person(series, "lea").files)
    left = sorted(path.name for path in (content / "portraits").iterdir())
    assert left == ["ana.md", "commune.jpg", "dessin.png", "sam.md"]


def test_a_text_that_names_somebody_withdrawn_is_told_at_its_line(content: Path) -> None:
    site = site_with(*(one for one in PEOPLE if one.slug != "lea"), today=TODAY)
    gone = Withdrawn((replace(LEA, addresses=("portraits/lea-roy/", "en/portraits/lea-roy/")),))
    found = list(naming_withdrawn(checked(site, options_of(content, gone))))
    assert [(one.path, one.line, one.code, one.is_error) for one in found] == [
        ("content/pages/a-propos.md", 3, "withdrawn-name", False),
        ("content/portraits/sam.md", 4, "withdrawn-name", False),
    ]
    one_word = Withdrawn((replace(LEA, addresses=("portraits/roy/",)),))
    assert list(naming_withdrawn(checked(site, options_of(content, one_word)))) == []


@pytest.mark.parametrize(
    ("portrait", "code"),
    [
        (portrait_named("Autre", slug="lea"), "withdrawn-address"),
        (replace(portrait_named("Autre"), aliases=("/portraits/lea",)), "withdrawn-address"),
        (replace(portrait_named("Autre"), aliases=("/2011/LEA.html",)), "withdrawn-address"),
        (portrait_named("Autre", accounts=["@LEA"]), "withdrawn-account"),
        (
            replace(portrait_named("Autre"), links=(InternalLink("portraits/lea.md", "", 9),)),
            "withdrawn-link",
        ),
    ],
)
def test_what_would_bring_a_person_back_is_told(
    content: Path, portrait: Portrait, code: str
) -> None:
    site = site_with(portrait)
    [problem] = check(checked(site, options_of(content, GONE)))
    assert (problem.code, problem.is_error) == (code, code != "withdrawn-link")


def test_a_page_of_the_editor_s_takes_no_address_of_somebody_withdrawn(content: Path) -> None:
    gone = Withdrawn((replace(LEA, addresses=("a-propos/",)),))
    site = site_with()
    series = replace(
        checked(site, options_of(content, gone)),
        page_slugs={"a-propos": "content/pages/a-propos.md"},
    )
    assert [(one.path, one.code) for one in check(series)] == [
        ("content/pages/a-propos.md", "withdrawn-address")
    ]


def test_the_accounts_of_somebody_withdrawn_become_words_in_other_portraits() -> None:
    link = '<a href="https://x.com/Lea">@Lea</a>'
    sam = portrait_named(
        "Sam",
        recommends=[("@lea", "drôle"), ("@ana", "vive")],
        manages=["@lea", "@ana"],
        own_answers={"qui": f"Voir {link}, @ana."},
    )
    changed, problems = without_withdrawn(sam, GONE, "content/portraits/sam.md")
    assert changed.exchanges[0].answer.html == "<p>Voir @Lea, @ana.</p>"
    assert changed.recommendations
    assert [one.account.key for one in changed.recommendations.entries] == ["twitter:ana"]
    assert "@lea" in changed.recommendations.after.text
    assert "drôle" in changed.recommendations.after.html
    assert [one.account.key for one in changed.manages] == ["twitter:ana"]
    assert {(one.code, one.is_error) for one in problems} == {("withdrawn-link", False)}
    assert [one.line for one in problems] == [1, 20, 40]


def test_who_names_nobody_withdrawn_is_as_before() -> None:
    sam = portrait_named("Sam", recommends=["@ana"], own_answers={"qui": "Moi, & toi."})
    sam = replace(sam, introduction=rich("Voici Sam &amp; Léa."))
    assert without_withdrawn(sam, GONE, "x") == (sam, [])
    assert without_withdrawn(sam, Withdrawn(), "x") == (sam, [])
