"""What a portrait says stands in rows, is read again as it was, and changes row by row."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from portraits.model.portrait import Account, Portrait, Status
from portraits.pages import questions as question_pages
from portraits.reader.questionnaire import Questionnaire
from portraits.series.reading import portrait_of, summary_of
from portraits.series.reads import Series, part_of
from portraits.series.tables import AnswerRow, PortraitRow, name_of, position_of
from portraits.series.writing import (
    NOWHERE,
    Standing,
    directory_name,
    placed,
    questionnaire_rows,
    rows_of,
    standings,
)
from portraits.settings import Settings
from portraits.site.fragments import PortraitRenderer

from tests.builders import account, portrait_named, question, series_with, site_with
from tests.unit.format.case_files import HEADER, parsed, read_cases

EVERYTHING = """---
name: Léa Roy
date: 2012-03-01
modified: 2013-01-02
title: Léa, la voix du nord
role: Autrice
organization: Radio du Nord
tags: [Musique, crise]
authors: [Ana Exemple, Sam Exemple]
series: Les voix
summary: Une rencontre.
notice: Propos *condensés*.
photo: {file: lea.jpg, alt: Léa, credit: Ana, focus: [0.25, 0.75]}
quote: Un micro
accounts:
  - twitter: lea
  - facebook: privé
manages:
  - twitter: evenko
    label: Evenko
aliases: [/2012/zoe/, /2012/lea/]
archives:
  https://perdu.exemple/: https://archives.exemple/perdu
corrections:
  - {date: 2012-03-01, text: L'atelier est à Lévis.}
  - {date: 2099-01-01, text: "Deux fils, et non trois."}
---

Une *introduction*, et [Sam](sam.md#tes-outils).[^1]

## Tes *débuts* ?

Un micro, et [un site](https://exemple.ca/), puis [un autre](https://ancien.exemple/a).

### Lequel ?

Le premier.

### Pourquoi ?

## Tes outils ? {#outils}

Un crayon. ![Un crayon](crayon.jpg "Le crayon")

## #FF

Avant.

- @sam — drôle
- @ana@mastodon.example

## À lire

- [Un livre](https://exemple.ca/livre) : bon.
- *Un autre*

[^1]: Une note.
"""


def without_lines(portrait: Portrait) -> Portrait:
    """``portrait`` as rows give it: nothing in it knows its line, and addresses are in order."""

    def asked(one: Any) -> Any:
        return replace(one, question=replace(one.question, line=0))

    def each(found: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(replace(one, line=0) for one in found)

    def section(found: Any) -> Any:
        return found and replace(asked(found), entries=each(found.entries))

    return replace(
        portrait,
        lines=(),
        links=each(portrait.links),
        images=each(portrait.images),
        photo=portrait.photo and replace(portrait.photo, line=0),
        quote=portrait.quote and replace(portrait.quote, line=0),
        exchanges=tuple(
            replace(asked(one), follow_ups=tuple(map(asked, one.follow_ups)))
            for one in portrait.exchanges
        ),
        recommendations=section(portrait.recommendations),
        readings=section(portrait.readings),
        corrections=each(portrait.corrections),
        external_links=tuple(sorted(portrait.external_links)),
        archives=tuple(sorted(portrait.archives)),
    )


def read(text: str, source: str = "portraits/lea.md") -> Portrait:
    found = parsed(text, source=source)
    assert found.portrait is not None, "\n".join(map(str, found.problems))
    return found.portrait


def test_a_portrait_with_everything_in_it_is_read_again_as_it_was():
    portrait = read(EVERYTHING)
    assert portrait.readings and portrait.recommendations and portrait.quote and portrait.archives
    assert len(portrait.corrections) == 2
    series = series_with(portrait)
    assert portrait_of(series, portrait.source) == without_lines(portrait)


@cache
def cases() -> dict[str, Portrait]:
    """The portraits of the tables of cases, by source."""
    found = {}
    for number, case in enumerate(
        (*read_cases("format-structure.txt"), *read_cases("format-recommendations.txt"))
    ):
        source = f"portraits/cas-{number}.md"
        found[source] = read(f"{HEADER}{case.given}\n", source)
    return found


@cache
def series_of_cases() -> Series:
    return series_with(*cases().values())


@pytest.mark.parametrize("source", cases())
def test_a_portrait_is_read_again_as_it_was(source: str) -> None:
    assert portrait_of(series_of_cases(), source) == without_lines(cases()[source])


@pytest.mark.parametrize("source", cases())
def test_each_exchange_is_read_alone_as_it_was(source: str) -> None:
    pages = site_with(cases()[source]).pages(printed=False)
    renderer = PortraitRenderer(pages, pages.summary(source))
    for number, exchange in enumerate(without_lines(cases()[source]).exchanges):
        assert renderer.answer(number) == exchange


def test_a_summary_says_what_the_portrait_does() -> None:
    portrait = read(EVERYTHING)
    [row] = series_with(portrait).rows(PortraitRow)
    summary = summary_of(row)
    for name in (
        "source",
        "slug",
        "translation_key",
        "lang",
        "status",
        "date",
        "modified",
        "name",
        "title",
        "role",
        "organization",
        "tags",
        "interviewers",
        "series",
        "summary",
    ):
        assert getattr(summary, name) == getattr(portrait, name)
    assert (summary.photo, summary.quote) == (without_lines(portrait).photo, "Un micro")


# -- which rows change

TEXT = """Une introduction.

## Tes débuts ?

Un micro. [Sam](sam.md) ![Un micro](micro.jpg)

## Tes outils ?

Un crayon.

## #FF

- @sam — drôle
"""


def rows_in(file: str) -> set[Any]:
    return set(rows_of(read(file), Questionnaire(), search=True))


def tables_of(rows: Iterable[Any]) -> set[str]:
    return {name_of(type(row)) for row in rows}


def changed(before: str, after: str) -> set[str]:
    """The tables whose rows are others once a text was edited."""
    return tables_of(rows_in(HEADER + before) ^ rows_in(HEADER + after))


def test_an_edited_answer_changes_its_row_and_the_words_of_the_portrait() -> None:
    after = TEXT.replace("Un crayon.", "Un vieux crayon.")
    assert changed(TEXT, after) == {"answer", "prose", "vocabulary"}
    [answer] = (
        row
        for row in rows_in(HEADER + after) - rows_in(HEADER + TEXT)
        if isinstance(row, AnswerRow)
    )
    assert (answer.number, answer.text, answer.words) == (1, "Un vieux crayon.", 3)


def test_an_answer_that_is_only_marked_otherwise_changes_its_row_alone() -> None:
    assert changed(TEXT, TEXT.replace("Un crayon.", "Un *crayon*.")) == {"answer"}


def test_a_line_more_above_moves_nothing_but_the_lines_that_messages_name() -> None:
    assert changed(TEXT, TEXT.replace("## Tes débuts", "\n\n## Tes débuts")) == {"prose"}
    plain = TEXT.replace("[Sam](sam.md) ![Un micro](micro.jpg)", "")
    assert changed(plain, plain.replace("## Tes outils", "\n\n## Tes outils")) == set()


@pytest.mark.parametrize(
    ("was", "is_now", "tables"),
    [
        ("## Tes outils ?", "## Tes outils préférés ? {#tes-outils}", {"question", "vocabulary"}),
        ("## Tes outils ?", "## Tes instruments ?", {"question", "prose", "vocabulary"}),
        ("![Un micro]", "![Deux micros]", {"image"}),
        ("(sam.md)", "(ana.md)", {"link"}),
        ("— drôle", "— vif", {"recommendation", "vocabulary"}),
        ("Une introduction.", "Une longue introduction.", {"portrait", "prose", "vocabulary"}),
    ],
)
def test_an_edit_changes_the_rows_of_what_was_edited(
    was: str, is_now: str, tables: set[str]
) -> None:
    assert changed(TEXT, TEXT.replace(was, is_now)) == tables


@pytest.mark.parametrize(
    ("key", "tables"),
    [
        ("role: Autrice", {"portrait", "prose", "vocabulary"}),
        ("tags: [musique]", {"portrait", "prose", "term", "vocabulary"}),
        ("accounts: {twitter: zoe}", {"presence", "prose", "vocabulary"}),
        ("aliases: [/lea/]", {"alias", "prose"}),
    ],
)
def test_a_key_of_the_front_matter_changes_the_rows_that_say_it(key: str, tables: set[str]) -> None:
    front = HEADER.replace("photo:", f"{key}\nphoto:")
    assert tables_of(rows_in(HEADER + TEXT) ^ rows_in(front + TEXT)) == tables


def test_a_theme_of_the_questionnaire_changes_what_the_portrait_has() -> None:
    portrait = portrait_named("Léa", answers={"disque": "Un seul."})
    old, new = (
        set(rows_of(portrait, Questionnaire((question("disque", tags=tags),)), search=True))
        for tags in ([], ["musique"])
    )
    assert tables_of(old ^ new) == {"term"}


def test_a_page_of_answers_asks_for_the_pictures_that_stand_in_them() -> None:
    lea = read(HEADER + TEXT)
    pages = site_with(
        lea,
        portrait_named("Sam", date="2011-01-01"),
        questions=[question("tes-debuts")],
        settings=Settings(question_page_minimum=1),
    ).pages()
    with pages.series.recorded() as reads:
        pages.shown(question_pages.KIND, "topic/tes-debuts#0")
    assert part_of("image", "source", lea.source) in {part for part, _, _ in reads}


# -- the standing of a portrait

NOW = dt.datetime(2012, 3, 1, tzinfo=dt.UTC)


def standing_of(
    *portraits: Portrait, lang: str = "fr", drafts: bool = False, now: dt.datetime = NOW
) -> dict[str, Standing]:
    """Source -> standing of the translations of one portrait."""
    rows = [
        row
        for portrait in portraits
        for row in rows_of(portrait, Questionnaire(), search=False)
        if isinstance(row, PortraitRow)
    ]
    return dict(standings(rows, lang, now, drafts=drafts))


def test_a_published_portrait_has_a_place_from_its_day_on() -> None:
    shown = portrait_named("Léa", date="2012-03-01")
    place = position_of(shown.date, "lea", "fr", shown.source)
    assert standing_of(shown) == {shown.source: Standing(place, True, False)}
    assert standing_of(replace(shown, date=dt.date(2012, 3, 2))) == {shown.source: NOWHERE}


def test_a_portrait_with_an_hour_has_a_place_from_its_minute_on() -> None:
    hour = dt.datetime(2012, 3, 1, 6, 30, tzinfo=dt.timezone(dt.timedelta(hours=-5)))
    toronto = ZoneInfo("America/Toronto")
    timed = replace(portrait_named("Léa", date="2012-03-01"), hour=hour)
    for minute, shown in ((29, False), (30, True), (31, True)):
        now = dt.datetime(2012, 3, 1, 6, minute, tzinfo=toronto)
        [standing] = standing_of(timed, now=now).values()
        assert (standing.position is not None) == shown, minute


def test_of_two_portraits_of_a_day_the_later_one_is_the_newer() -> None:
    day = dt.date(2012, 3, 1)
    hours = [None, dt.datetime(2012, 3, 1, 6, 5), dt.datetime(2012, 3, 1, 18)]
    places = [position_of(day, "lea", "fr", "lea.md", hour) for hour in hours]
    assert sorted(places, reverse=True) == places


@pytest.mark.parametrize("status", [Status.DRAFT, Status.HIDDEN])
def test_a_draft_has_a_place_in_previews_only(status: Status) -> None:
    draft = portrait_named("Léa", date="2012-03-01", status=status)
    assert standing_of(draft) == {draft.source: NOWHERE}
    [preview] = standing_of(draft, drafts=True).values()
    assert (preview.position is not None, preview.person, preview.draft) == (True, True, True)


def test_one_translation_stands_for_the_person_that_in_the_language_of_the_site() -> None:
    french, english = (portrait_named("Léa", lang=lang, date="2012-01-01") for lang in ("fr", "en"))
    for lang, source in (("fr", french.source), ("en", english.source), ("de", english.source)):
        found = standing_of(french, english, lang=lang)
        assert [key for key, standing in found.items() if standing.person] == [source]


def test_a_translation_that_is_not_shown_stands_for_nobody() -> None:
    french = portrait_named("Léa", date="2012-01-01", status=Status.DRAFT)
    english = portrait_named("Léa", lang="en", date="2012-01-01")
    found = standing_of(french, english)
    assert found[french.source] == NOWHERE
    assert found[english.source].person


def test_every_row_that_has_a_place_is_given_it() -> None:
    rows = placed(
        rows_of(read(EVERYTHING), Questionnaire(), search=True),
        Standing("0000001/lea/fr/x", True, False),
    )
    for row in rows:
        assert getattr(row, "position", "0000001/lea/fr/x") == "0000001/lea/fr/x"
        assert getattr(row, "person", 1) == 1
    assert len({type(row) for row in rows}) > 12


# -- smaller parts


def test_positions_stand_in_the_order_of_the_series() -> None:
    places = [
        position_of(dt.date.fromisoformat(day), slug, lang, f"{slug}.{lang}")
        for day, slug, lang in (
            ("2012-03-02", "zoe", "fr"),
            ("2012-03-01", "ana", "en"),
            ("2012-03-01", "ana", "fr"),
            ("2012-03-01", "lea", "fr"),
            ("0999-01-01", "ana", "fr"),
        )
    ]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("notation", "name"),
    [
        ("@Évenko", "evenko"),
        ("@sam@mastodon.example", "sammastodonexample"),
        ("https://ana.example/blogue", "anaexample"),
        ("@l-a_2", "la2"),
    ],
)
def test_the_directory_files_an_account_under_its_handle(notation: str, name: str) -> None:
    assert directory_name(account(notation)) == name


@given(st.text(), st.text(min_size=1))
@example("", "Osheaga™")
def test_the_directory_files_every_account_under_plain_letters_and_figures(
    handle: str, label: str
) -> None:
    named = directory_name(Account("web", handle, "https://ana.example/", label, "web:x"))
    assert re.fullmatch("[a-z0-9]+", named)


def test_a_questionnaire_has_a_row_for_each_question_in_its_order() -> None:
    asked = Questionnaire(
        (
            question("etudes", "Tes études ?", en="Your studies?"),
            question("outils", tags=["métier"]),
        )
    )
    assert [tuple(row) for _, rows in questionnaire_rows(asked) for row in rows] == [
        ("etudes", 0, '{"fr": "Tes études ?", "en": "Your studies?"}', "[]"),
        ("outils", 1, '{"fr": "outils ?"}', '["métier"]'),
    ]
