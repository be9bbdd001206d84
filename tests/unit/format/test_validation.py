"""What only the whole series shows; each rule names both files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import pytest
from portraits.checks.series import Checked, check
from portraits.model.portrait import Portrait
from portraits.options import BuildOptions
from portraits.settings import Settings
from portraits.support.problems import Problem

from tests.builders import THEME, site_with
from tests.unit.format.case_files import parsed

TODAY = dt.date(2011, 7, 14)


@dataclass(frozen=True)
class Unshown:
    code: str
    message: str = "l’image n’existe pas"
    hint: str = "vérifiez le nom"


def portrait(source: str, *front: str, body: str = "Oui.", date: str = "2011-07-01") -> Portrait:
    """The portrait of a file with these lines of front matter and this answer."""
    lines = "\n".join((f"name: {source.rpartition('/')[2]}", f"date: {date}", *front))
    result = parsed(f"---\n{lines}\n---\n## Un ? {{#un}}\n\n{body}\n", source=source)
    assert result.portrait is not None, "\n".join(map(str, result.problems))
    return result.portrait


def check_all(
    *portraits: Portrait,
    refusals: Mapping[str, Unshown] | None = None,
    root: Path = Path("/site"),
    broken: Mapping[str, str | None] = MappingProxyType({}),
    faulty: Collection[str] = (),
    lenient: bool = False,
) -> list[Problem]:
    """What the rules say; ``broken``: files whose errors leave no portrait -> their status."""
    site = site_with(*portraits, today=TODAY)
    site.database.connection.executemany(
        "INSERT INTO source (path, status) VALUES (?, ?)", broken.items()
    )
    options = BuildOptions(
        root=root,
        content=root / "content",
        output=root / "output",
        theme=THEME,
        cache=root / "cache",
        settings=Settings(),
        now=dt.datetime.combine(TODAY, dt.time(), dt.UTC),
    )
    return check(
        Checked(
            site.database.connection,
            options,
            frozenset({"pages/a-propos.md", "pages/b.md"}),
            refusals or {},
            faulty=faulty,
            lenient=lenient,
            withheld_pages=frozenset({"pages/b.md"}),
            page_slugs={"contact": "content/pages/a-propos.md"},
        )
    )


def said(*portraits: Portrait, refusals: Mapping[str, Unshown] | None = None) -> list[str]:
    return [
        f"{problem.path}:{problem.line} {problem.code}"
        for problem in check_all(*portraits, refusals=refusals)
    ]


def test_a_right_series_is_right() -> None:
    assert (
        check_all(
            portrait(
                "portraits/lea.md",
                "accounts: {twitter: lea}",
                body="[a](sam.md#un) [b](#un) [c](/pages/a-propos.md)[^1]\n\n[^1]: Note.",
            ),
            portrait("portraits/lea.en.md", "accounts: {twitter: lea}"),
            portrait(
                "portraits/sam.md",
                "aliases: [/2011/07/sam/, /portraits/samuel/, /en/portraits/samuel/, /a-propos/]",
            ),
        )
        == []
    )


def test_two_portraits_at_one_address_are_told_with_both_names() -> None:
    (problem,) = check_all(portrait("portraits/lea.md"), portrait("portraits/sam.md", "slug: lea"))
    assert str(problem) == (
        "content/portraits/sam.md:4 : l’adresse « /portraits/lea/ » est déjà celle de "
        "content/portraits/lea.md — changez la clé « slug » ou le nom du fichier de l’un des deux"
    )


def test_a_draft_counts_as_well_and_gives_way() -> None:
    assert said(
        portrait("portraits/lea.md", "status: draft"), portrait("portraits/sam.md", "slug: lea")
    ) == ["content/portraits/lea.md:1 duplicate-slug"]


@pytest.mark.parametrize("status", ["draft", "hidden"])
@pytest.mark.parametrize(
    ("front", "published", "code"),
    [
        (("slug: sam",), (), "duplicate-slug"),
        (("slug: autre", "lang: en"), (), ""),
        (("aliases: [/portraits/sam/]",), (), "alias-collision"),
        ((), ("aliases: [/portraits/lea/]",), "alias-collision"),
        ((), ("aliases: [/portraits/lea/index.html/x]",), "alias-collision"),
        (("aliases: [/x]",), ("aliases: [/x]",), "alias-collision"),
    ],
)
def test_what_is_not_published_stops_nobody(
    status: str, front: tuple[str, ...], published: tuple[str, ...], code: str
) -> None:
    series = (
        portrait("portraits/lea.md", f"status: {status}", *front),
        portrait("portraits/sam.md", *published),
    )
    for lenient in (True, False):
        problems = check_all(*series, lenient=lenient)
        assert [(one.code, one.is_error) for one in problems] == [(code, not lenient)] * bool(code)


def test_a_fault_of_a_draft_stops_a_build_no_more_than_the_draft_does() -> None:
    draft = portrait("portraits/lea.md", "status: draft", body="[a](zoe.md)")
    (problem,) = check_all(draft, lenient=True)
    assert (problem.code, problem.is_error) == ("broken-link", False)
    published = portrait("portraits/lea.md", body="[a](zoe.md)")
    assert [one.is_error for one in check_all(published, lenient=True)] == [True]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tags: [marché]", "tags: [fête, marche]"),
        ("tags: [été]", "tags: [ete]"),
        ("tags: [.NET]", "tags: [NET]"),
        ("tags: [R&D]", "tags: [R.D.]"),
        ("tags: [村上]", "tags: [Cunshang]"),
        ("organization: Société Pâté", "organization: Société Pate"),
    ],
)
def test_two_terms_at_one_address_are_told_with_the_place_of_both(one: str, other: str) -> None:
    lea = portrait("portraits/lea.md", "role: Autrice", one)
    problems = check_all(
        lea,
        replace(lea, source="portraits/max.md", slug="max", translation_key="max"),
        portrait("portraits/sam.md", other),
    )
    assert [(problem.path, problem.line, problem.code) for problem in problems] == [
        ("content/portraits/sam.md", 4, "term-collision")
    ]
    assert "content/portraits/lea.md:5)" in problems[0].message


def test_a_collision_of_tags_says_both_and_what_to_do() -> None:
    (problem,) = check_all(
        portrait("portraits/lea.md", "tags: [marche]"),
        portrait("portraits/sam.md", "tags: [marché]"),
    )
    assert str(problem) == (
        "content/portraits/sam.md:4 : l’étiquette « marché » aurait la même page que « marche » "
        "(content/portraits/lea.md:4) — écrivez-les de la même façon, ou ajoutez un mot qui les "
        "distingue"
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tags: [Fête d’été]", "tags: [fête d'été]"),
        ("tags: [mot-clic]", "tags: [Mot clic]"),
        ("tags: [C++]", "tags: [C, C#]"),
        ("tags: [marche]", "organization: Marché"),
        ("tags: [Montréal]", "tags: [Montreal]\nlang: en"),
    ],
)
def test_one_tag_may_be_spelt_in_ways_that_make_no_difference(one: str, other: str) -> None:
    assert said(portrait("portraits/lea.md", one), portrait("portraits/sam.md", other)) == []


def test_a_tag_of_a_draft_gives_way_to_those_that_are_published() -> None:
    drafts = [
        portrait(f"portraits/{name}.md", "status: draft", "tags: [marche]")
        for name in ("ana", "bea")
    ]
    problems = check_all(*drafts, portrait("portraits/sam.md", "tags: [marché]"), lenient=True)
    assert [(one.path, one.is_error) for one in problems] == [
        ("content/portraits/ana.md", False),
        ("content/portraits/bea.md", False),
    ]


def test_a_portrait_has_one_file_a_language() -> None:
    assert said(
        portrait("portraits/lea.md", "lang: en", "slug: autre"), portrait("portraits/lea.en.md")
    ) == ["content/portraits/lea.md:4 duplicate-translation"]


def test_two_files_whose_names_differ_by_case_alone_are_told() -> None:
    twin = replace(portrait("portraits/sam.md"), source="portraits/LEA.md")
    (problem,) = check_all(portrait("portraits/lea.md"), twin)
    assert (problem.path, problem.line, problem.code) == (
        "content/portraits/lea.md",
        0,
        "file-name-collision",
    )
    assert "content/portraits/LEA.md" in problem.message


@pytest.mark.parametrize(
    "alias",
    [
        "/portraits/lea/",
        "/portraits/SAM/index.html",
        "/contact/",
        "/questions/",
        "/en/",
        "/EN/index.html",
        "/",
        "/404.html",
        "/theme/x.css",
        "/commun/",
        "/commun/plus/",
    ],
)
def test_a_former_address_that_is_taken_is_told(alias: str) -> None:
    assert "content/portraits/sam.md:4 alias-collision" in said(
        portrait("portraits/lea.md", "aliases: [/commun]"),
        portrait("portraits/sam.md", f"aliases: [{alias}]"),
    )


@pytest.mark.parametrize(
    ("link", "code", "hint"),
    [
        ("[a](saam.md)", "broken-link", "vouliez-vous dire « portraits/sam.md » ?"),
        ("[a](/sam.md)", "broken-link", "vouliez-vous dire « portraits/sam.md » ?"),
        ("[a](zoe.md)", "broken-link", "vérifiez le nom du fichier"),
        ("[a](sam.md#une)", "link-to-unknown-question", "vouliez-vous dire « un » ?"),
        ("[a](ana.md)", "link-to-unpublished", "ses mots paraissent sans lien jusque-là"),
        ("[a](ivo.md)", "link-to-unpublished", "ses mots paraissent sans lien jusque-là"),
        ("[a](../pages/b.md)", "link-to-unpublished", "ses mots paraissent sans lien jusque-là"),
    ],
)
def test_a_link_that_leads_nowhere_is_told(link: str, code: str, hint: str) -> None:
    problems = check_all(
        portrait("portraits/lea.md", body=f"Oui.\n\nVoir {link}."),
        portrait("portraits/sam.md"),
        portrait("portraits/ana.md", "status: draft"),
        portrait("portraits/ivo.md", date="2011-12-31"),
    )
    assert [(problem.path, problem.line, problem.code, problem.hint) for problem in problems] == [
        ("content/portraits/lea.md", 9, code, hint)
    ]
    assert problems[0].is_error == (code != "link-to-unpublished")


@pytest.mark.parametrize(
    ("broken", "faulty"),
    [
        ({"portraits/zoe.md": "published"}, ()),
        ({"portraits/zoe.md": None}, ()),
        ({}, ("content/portraits/zoe.md",)),
    ],
    ids=["a portrait", "one whose front matter cannot be read", "a file that is not read"],
)
def test_a_file_with_errors_is_not_told_as_missing_by_who_links_to_it(
    broken: Mapping[str, str | None], faulty: Collection[str]
) -> None:
    linking = portrait("portraits/lea.md", body="[a](zoe.md#un)")
    assert check_all(linking, broken=broken, faulty=faulty) == []


def test_a_file_with_errors_may_be_the_one_that_was_meant() -> None:
    linking = portrait("portraits/lea.md", body="[a](zooe.md)")
    (problem,) = check_all(linking, broken={"portraits/zoe.md": None})
    assert problem.hint == "vouliez-vous dire « portraits/zoe.md » ?"


@pytest.mark.parametrize("lenient", [True, False])
def test_a_link_to_a_draft_with_errors_leads_to_nothing_public(lenient: bool) -> None:
    linking = portrait("portraits/lea.md", body="[a](zoe.md)")
    (problem,) = check_all(linking, broken={"portraits/zoe.md": "draft"}, lenient=lenient)
    assert (problem.code, problem.is_error) == ("link-to-unpublished", False)
    assert "content/portraits/zoe.md, qui n’est pas publié (status: draft)" in problem.message


def test_a_draft_may_link_to_a_draft() -> None:
    assert (
        said(
            portrait("portraits/lea.md", "status: draft", body="[a](ana.md)"),
            portrait("portraits/ana.md", "status: draft"),
        )
        == []
    )


def test_a_missing_picture_is_told_with_the_nearest_name(tmp_path: Path) -> None:
    for name in ("images/lea.jpg", "portraits/sam.jpg", "portraits/lea.md"):
        (tmp_path / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / name).touch()
    (problem,) = check_all(
        portrait("portraits/lea.md", "photo: {file: lea.jpg, alt: Léa}"),
        refusals={"portraits/lea.jpg": Unshown("image-missing")},
        root=tmp_path,
    )
    assert (problem.line, problem.code, problem.hint, problem.field) == (
        4,
        "image-missing",
        "vouliez-vous dire « /images/lea.jpg » ?",
        "photo.file",
    )
    assert problem.message == "« portraits/lea.jpg » : l’image n’existe pas"


def test_a_picture_of_a_draft_is_not_missed() -> None:
    assert (
        said(
            portrait("portraits/lea.md", "status: draft", "photo: {file: lea.jpg, alt: Léa}"),
            refusals={"portraits/lea.jpg": Unshown("image-missing")},
        )
        == []
    )


def test_a_picture_that_cannot_be_read_keeps_its_own_remedy() -> None:
    (problem,) = check_all(
        portrait("portraits/lea.md", body="![a](b.jpg)"),
        refusals={"portraits/b.jpg": Unshown("image-broken", hint="refaites-la")},
    )
    assert (problem.line, problem.hint) == (7, "refaites-la")


def test_an_account_of_two_people_is_a_warning() -> None:
    (problem,) = check_all(
        portrait("portraits/lea.md", "accounts: {twitter: Commun}"),
        portrait(
            "portraits/sam.md",
            "accounts:",
            "  - web: exemple.ca",
            "  - twitter: https://x.com/commun",
        ),
    )
    assert (problem.code, problem.is_error) == ("shared-account", False)
    assert str(problem) == (
        "content/portraits/sam.md:4 : @commun est aussi le compte de lea.md "
        "(content/portraits/lea.md) — vérifiez à qui est ce compte"
    )


def test_everybody_who_has_the_account_of_somebody_before_them_is_told() -> None:
    assert said(
        *(
            portrait(f"portraits/{name}.md", "accounts: {twitter: commun}")
            for name in ("ana", "lea", "sam")
        )
    ) == ["content/portraits/lea.md:4 shared-account", "content/portraits/sam.md:4 shared-account"]


def test_one_person_in_two_portraits_keeps_her_account() -> None:
    account = "accounts: {twitter: lea}"
    assert (
        said(
            replace(portrait("portraits/lea.md", account), name="Léa"),
            replace(portrait("portraits/lea-2.md", account), name="Léa"),
        )
        == []
    )


def test_two_people_who_keep_their_accounts_private_share_none() -> None:
    assert (
        said(
            portrait("portraits/lea.md", "accounts: {facebook: privé}"),
            portrait("portraits/sam.md", "accounts: {facebook: privé}"),
        )
        == []
    )


def test_a_correction_of_a_day_to_come_is_a_warning() -> None:
    lines = (
        "corrections:",
        "  - {date: 2011-07-14, text: Aujourd’hui.}",
        "  - {date: 2011-07-15, text: Demain.}",
    )
    (problem,) = check_all(portrait("portraits/lea.md", *lines))
    assert (problem.code, problem.is_error) == ("future-correction", False)
    assert str(problem).startswith(
        "content/portraits/lea.md:4 : une correction porte une date à venir, le 2011-07-15 — "
    )
    assert said(portrait("portraits/lea.md", *lines[:2])) == []
