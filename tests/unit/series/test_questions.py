"""Every question of the series, with everybody's answers."""

from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from portraits.drawing.statistics import questions_of
from portraits.model.portrait import Exchange, FollowUp, Question
from portraits.pages import questions as question_pages
from portraits.pages.questions import ordered
from portraits.series.reads import Series
from portraits.series.tables import (
    QuestionRow,
    TopicCountRow,
    TopicOrderRow,
    TopicRow,
    TopicWordingRow,
    VariantRow,
)
from portraits.series.views.topics import asked, rounded_down, wording_of
from portraits.settings import Settings

from tests.builders import pages_with, portrait_named, question, rich, series_with, site_with

STUDIES = question("etudes", "Quelles études as-tu faites ?", en="What did you study?")
TOOLS = question("outils", "Quels outils préfères-tu ?")
BEST = question("meilleur-coup", "Ton meilleur coup ?")
TOPICS = (TopicRow, TopicWordingRow, TopicOrderRow, TopicCountRow, VariantRow)
"""All that is derived of questions."""


def pages_from(minimum: int) -> Settings:
    """Settings under which that many portraits make a page."""
    return Settings(question_page_minimum=minimum)


def sources(series: Series, topic: str) -> list[str]:
    """Who answers a question, newest first."""
    return [
        row.source.removeprefix("portraits/").removesuffix(".md")
        for row in asked(series, topic, limit=99)
    ]


def with_pages(series: Series) -> list[str]:
    """The questions that have a page, in their order."""
    after = {row.before: row.topic for row in series.rows(TopicOrderRow)}
    found, topic = [], after.get("", "")
    while topic:
        found.append(topic)
        topic = after.get(topic, "")
    assert sorted(found) == sorted(row.topic for row in series.rows(TopicRow) if row.page)
    return found


def test_every_answer_to_a_question_is_found_newest_portrait_first():
    series = series_with(
        portrait_named("Ana", date="2011-05-01", answers={"etudes": "Lettres."}),
        portrait_named("Sam", date="2013-05-01", answers={"etudes": "Droit."}),
        portrait_named("Léa", date="2012-05-01", answers={"etudes": "Musique."}),
        questions=[STUDIES],
    )
    assert sources(series, "etudes") == ["sam", "lea", "ana"]


def test_questions_come_in_the_order_of_the_questionnaire_answered_or_not():
    series = series_with(
        portrait_named("Léa", answers={"outils": "Un crayon."}), questions=[BEST, STUDIES, TOOLS]
    )
    assert [(found.id, found.portraits) for found in questions_of(series, "fr")] == [
        ("meilleur-coup", 0),
        ("etudes", 0),
        ("outils", 1),
    ]


def test_pages_name_only_questions_that_were_answered():
    pages = pages_with(
        portrait_named("Léa", answers={"outils": "Un crayon."}), questions=[BEST, STUDIES, TOOLS]
    )
    shown = pages.shown(question_pages.INDEX)
    assert [(link.label, link.url, link.count) for link in shown.questions] == [
        ("Quels outils préfères-tu ?", "", 1)
    ]


def test_a_question_has_a_page_from_the_minimum_of_portraits_on():
    given = (
        portrait_named("Léa", answers={"outils": "Un crayon.", "etudes": "Lettres."}),
        portrait_named("Sam", answers={"outils": "Un carnet."}),
    )
    asked_of = {
        minimum: with_pages(
            series_with(*given, questions=[STUDIES, TOOLS], settings=pages_from(minimum))
        )
        for minimum in (1, 2, 3)
    }
    assert asked_of == {1: ["etudes", "outils"], 2: ["outils"], 3: []}


def test_a_minimum_of_zero_makes_no_page_without_an_answer():
    assert with_pages(series_with(questions=[STUDIES], settings=pages_from(0))) == []


def test_one_portrait_that_is_asked_twice_is_one_portrait_with_two_answers():
    twice = portrait_named(
        "Léa", answers={"etudes": "Lettres."}, own_answers={"etudes": "Et le droit."}
    )
    series = series_with(twice, questions=[STUDIES])
    assert series.rows(TopicCountRow, "topic", "etudes") == [TopicCountRow("etudes", 1, 2)]
    assert with_pages(series) == []


def test_previous_and_next_lead_over_questions_without_a_page():
    both = {"meilleur-coup": "Oui.", "outils": "Un crayon."}
    pages = pages_with(
        portrait_named("Léa", answers={**both, "etudes": "Lettres."}),
        portrait_named("Sam", answers=both),
        questions=[BEST, STUDIES, TOOLS],
    )
    assert with_pages(pages.series) == ["meilleur-coup", "outils"]
    best, tools = (
        pages.shown(question_pages.KIND, f"topic/{topic}#0")
        for topic in ("meilleur-coup", "outils")
    )
    assert (best.previous, best.next.url) == (None, "/questions/outils/")
    assert (tools.previous.label, tools.next) == ("Ton meilleur coup ?", None)


def test_the_wordings_of_a_question_are_counted_most_used_first_then_newest_first():
    said = ["Tes études ?", "Quelles études ?", "Quelles études ?", "Des études ?"]
    series = series_with(
        *(
            portrait_named(name, answers={"etudes": (wording, "Lettres.")})
            for name, wording in zip(["Ana", "Léa", "Sam", "Zoé"], said, strict=True)
        ),
        questions=[STUDIES],
    )
    assert [(row.text, row.times) for row in series.rows(VariantRow, "topic", "etudes")] == [
        ("Quelles études ?", 2),
        ("Tes études ?", 1),
        ("Des études ?", 1),
    ]


def test_a_page_shows_the_other_wordings_and_each_answer_under_its_own():
    pages = pages_with(
        portrait_named("Léa", answers={"etudes": ("Tes études ?", "Lettres.")}),
        portrait_named("Sam", answers={"etudes": ("Quelles études as-tu faites ?", "Droit.")}),
        questions=[STUDIES],
    )
    shown = pages.shown(question_pages.KIND, "topic/etudes#0")
    assert shown.wording == "Quelles études as-tu faites ?"
    assert [(other.label, other.count) for other in shown.wordings] == [("Tes études ?", 1)]
    assert [(answer.person.name, answer.wording, answer.answer) for answer in shown.answers] == [
        ("Léa", "Tes études ?", "<p>Lettres.</p>"),
        ("Sam", "", "<p>Droit.</p>"),
    ]


def test_the_questionnaire_names_the_question_in_the_language_of_the_page():
    series = series_with(questions=[STUDIES])
    assert wording_of(series, "etudes", "en") == "What did you study?"
    assert wording_of(series, "etudes", "de") == "Quelles études as-tu faites ?"


def test_a_question_of_no_questionnaire_is_called_as_it_was_last_asked_in_the_language():
    series = series_with(
        portrait_named("Léa", own_answers={"velo": ("Le vélo, en hiver aussi ?", "Oui.")}),
        portrait_named("Sam", own_answers={"velo": ("Et le vélo ?", "Non.")}),
        portrait_named("Ana", lang="en", own_answers={"velo": ("Do you ride?", "No.")}),
    )
    assert {lang: wording_of(series, "velo", lang) for lang in ("fr", "en", "de")} == {
        "fr": "Le vélo, en hiver aussi ?",
        "en": "Do you ride?",
        "de": "Le vélo, en hiver aussi ?",
    }


def test_own_questions_of_one_id_in_two_portraits_are_one_question():
    series = series_with(
        portrait_named("Léa", own_answers={"velo": "Oui."}),
        portrait_named("Sam", own_answers={"velo": "Non."}),
        questions=[STUDIES],
    )
    assert [found.id for found in questions_of(series, "fr")] == ["etudes", "velo"]
    [velo] = series.rows(TopicRow, "topic", "velo")
    assert (velo.number, velo.page, velo.tags) == (-1, 1, "[]")


def test_a_question_that_one_portrait_alone_was_asked_is_that_portrait_s_alone():
    pages = pages_with(portrait_named("Léa", own_answers={"velo": "Oui."}), settings=pages_from(1))
    assert questions_of(pages.series, "fr") == ()
    assert not pages.has_page("velo")


def test_an_own_question_under_the_id_of_the_questionnaire_is_that_question():
    series = series_with(
        portrait_named("Léa", own_answers={"etudes": ("Études", "Lettres.")}),
        questions=[STUDIES],
        settings=pages_from(1),
    )
    assert with_pages(series) == ["etudes"]
    assert wording_of(series, "etudes", "fr") == "Quelles études as-tu faites ?"


def test_a_question_that_the_parser_recognised_goes_under_the_id_of_the_questionnaire():
    own = Question("tes-etudes", rich("Tes études ?"), 1, "etudes")
    lea = replace(portrait_named("Léa"), exchanges=(Exchange(own, rich("Lettres.")),))
    pages = pages_with(lea, questions=[STUDIES], settings=pages_from(1))
    assert sources(pages.series, "etudes") == ["lea"]
    [answer] = pages.shown(question_pages.KIND, "topic/etudes#0").answers
    assert answer.url == "/portraits/lea/#tes-etudes"


def test_a_follow_up_is_shown_with_its_question_and_is_no_question_of_the_series():
    lea = portrait_named("Léa", answers={"etudes": "Lettres."})
    further = FollowUp(Question("pourquoi", rich("Pourquoi ?"), 30), rich("Pour lire."))
    asked_further = replace(lea, exchanges=(replace(lea.exchanges[0], follow_ups=(further,)),))
    pages = pages_with(asked_further, questions=[STUDIES], settings=pages_from(1))
    assert with_pages(pages.series) == ["etudes"]
    [answer] = pages.shown(question_pages.KIND, "topic/etudes#0").answers
    assert [(one.plain, one.answer) for one in answer.follow_ups] == [
        ("Pourquoi ?", "<p>Pour lire.</p>")
    ]


def test_own_questions_come_most_answered_first_and_ties_by_id():
    pages = pages_with(
        portrait_named("Ana", own_answers={"velo": "Oui.", "chat": "Oui.", "zoo": "Oui."}),
        portrait_named("Léa", own_answers={"velo": "Oui.", "chat": "Oui.", "zoo": "Oui."}),
        portrait_named("Sam", own_answers={"zoo": "Non."}),
    )
    assert ordered(pages) == ["zoo", "chat", "velo"]
    assert [found.id for found in questions_of(pages.series, "fr")] == ["zoo", "chat", "velo"]


@pytest.mark.parametrize(
    ("lang", "answers"),
    [("fr", ["lea", "sam.de"]), ("en", ["lea.en", "sam.de"]), ("es", ["lea.en", "sam.de"])],
)
def test_a_translated_portrait_answers_once_in_the_language_of_the_site(lang, answers):
    series = series_with(
        portrait_named("Léa", answers={"etudes": "Lettres."}, date="2012-01-01"),
        portrait_named("Léa", lang="en", answers={"etudes": "Letters."}, date="2012-02-01"),
        portrait_named("Sam", lang="de", answers={"etudes": "Recht."}, date="2011-01-01"),
        questions=[STUDIES],
        settings=Settings(lang=lang),
    )
    assert sources(series, "etudes") == answers
    [count] = series.rows(TopicCountRow, "topic", "etudes")
    assert (count.portraits, count.answers) == (2, 2)


def test_a_portrait_to_come_answers_nothing_yet():
    later = portrait_named("Léa", answers={"etudes": "Lettres."}, date="2030-01-01")
    series = series_with(later, questions=[STUDIES], settings=pages_from(1))
    assert with_pages(series) == []
    assert series.rows(QuestionRow, "question", "etudes") == []


SIX = tuple(
    portrait_named(
        f"Nom {number}",
        date=f"2012-01-0{1 + number % 2}",
        answers={"etudes": "Lettres."},
        own_answers={f"q{number % 3}": "Oui."},
    )
    for number in range(6)
)


@cache
def in_order() -> dict[str, list[Any]]:
    return site_with(*SIX, questions=[STUDIES]).rows(*TOPICS)


@given(st.permutations(SIX))
@settings(max_examples=25)
def test_questions_do_not_depend_on_the_order_in_which_files_are_read(portraits):
    assert site_with(*portraits, questions=[STUDIES]).rows(*TOPICS) == in_order()


# -- pages of many answers


def answers_shown(count: int, size: int) -> list[list[str]]:
    """Who stands on each page of a question that many answered, the newest page first."""
    pages = pages_with(
        *(
            portrait_named(f"Nom {number}", answers={"etudes": "Lettres."})
            for number in range(count)
        ),
        questions=[STUDIES],
        settings=Settings(page_size=size),
    )
    return [
        [answer.person.name for answer in pages.shown(question_pages.KIND, key).answers]
        for key in pages.keys(question_pages.KIND)
    ]


@given(st.integers(2, 20), st.integers(1, 6))
@settings(max_examples=20)
def test_every_answer_stands_on_exactly_one_page(count, size):
    shown = answers_shown(count, size)
    assert [name for page in shown for name in page] == [f"Nom {n}" for n in range(count)]
    assert all(len(page) == size for page in shown[1:])


def test_the_newest_page_says_how_many_there_are_and_the_others_lead_on():
    pages = pages_with(
        *(portrait_named(f"Nom {number}", answers={"etudes": "Lettres."}) for number in range(7)),
        questions=[STUDIES],
        settings=Settings(page_size=2),
    )
    keys = pages.keys(question_pages.KIND)
    assert keys == ["topic/etudes#0", "topic/etudes#2", "topic/etudes#1"]
    newest, second, oldest = (pages.shown(question_pages.KIND, key).pagination for key in keys)
    assert (newest.current, newest.last, newest.newer, newest.older) == (
        0,
        3,
        "",
        "/questions/etudes/page/2/",
    )
    assert [link.label for link in newest.pages] == ["", "2", "1"]
    assert (second.current, second.last, second.newer, second.older, second.pages) == (
        2,
        0,
        "/questions/etudes/",
        "/questions/etudes/page/1/",
        (),
    )
    assert (oldest.newer, oldest.older) == ("/questions/etudes/page/2/", "")


def test_two_answers_of_one_portrait_can_stand_on_two_pages():
    pages = pages_with(
        portrait_named("Sam", answers={"etudes": "Droit."}),
        portrait_named("Léa", answers={"etudes": "Lettres."}, own_answers={"etudes": "Musique."}),
        questions=[STUDIES],
        settings=Settings(page_size=1),
    )
    shown = [
        [answer.answer for answer in pages.shown(question_pages.KIND, key).answers]
        for key in pages.keys(question_pages.KIND)
    ]
    assert shown == [["<p>Droit.</p>"], ["<p>Lettres.</p>"], ["<p>Musique.</p>"]]


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, 0),
        (1, 1),
        (9, 9),
        (10, 10),
        (19, 10),
        (20, 20),
        (49, 20),
        (50, 50),
        (199, 100),
        (4999, 2000),
    ],
)
def test_many_answers_are_counted_roughly(count: int, said: int) -> None:
    assert rounded_down(count) == said


def test_one_answer_more_to_a_question_of_many_changes_nothing_that_portraits_print() -> None:
    people = [
        portrait_named(f"Nom {number}", answers={"etudes": "Un DEC."}) for number in range(13)
    ]
    before, after = (
        series_with(*people[:count], questions=[STUDIES]).rows(TopicRow, "topic", "etudes")
        for count in (12, 13)
    )
    assert before == after
    assert before[0].about == 10


def test_a_question_that_is_not_worded_in_a_language_says_in_which_it_is() -> None:
    pages = pages_with(
        portrait_named("Léa", answers={"etudes": "Un DEC.", "outils": "Un crayon."}),
        questions=[STUDIES, TOOLS],
    )
    assert pages.topic_link("etudes", "en")[::2] == ("What did you study?", "")
    assert pages.topic_link("outils", "en")[::2] == ("Quels outils préfères-tu ?", "fr")
    assert pages.topic_link("outils").lang == ""
