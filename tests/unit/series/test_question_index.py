"""Every question of the series, with everybody's answers."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from portraits.library import one_per_person
from portraits.outline import Asked
from portraits.question_index import QuestionIndex, question_index

from tests.builders import library_with, portrait_named, question

STUDIES = question("etudes", "Quelles études as-tu faites ?", en="What did you study?")
TOOLS = question("outils", "Quels outils préfères-tu ?")
BEST = question("meilleur-coup", "Ton meilleur coup ?")


def names(index: QuestionIndex, question_id: str) -> list[str]:
    return [outline.name for outline, _ in index.by_id[question_id].answers]


def test_every_answer_to_a_question_is_found_newest_portrait_first():
    index = question_index(library_with(
        portrait_named("Ana", date="2011-05-01", answers={"etudes": "Lettres."}),
        portrait_named("Sam", date="2013-05-01", answers={"etudes": "Droit."}),
        portrait_named("Léa", date="2012-05-01", answers={"etudes": "Musique."}),
        questions=[STUDIES],
    ), 2, "fr")
    assert names(index, "etudes") == ["Sam", "Léa", "Ana"]


def test_questions_come_in_the_order_of_the_questionnaire_answered_or_not():
    index = question_index(
        library_with(portrait_named("Léa", answers={"outils": "Un crayon."}),
                     questions=[BEST, STUDIES, TOOLS]), 2, "fr")
    assert [found.id for found in index.questions] == ["meilleur-coup", "etudes", "outils"]
    assert index.by_id["etudes"].answers == ()


def test_a_question_has_a_page_from_the_minimum_of_portraits_on():
    library = library_with(
        portrait_named("Léa", answers={"outils": "Un crayon.", "etudes": "Lettres."}),
        portrait_named("Sam", answers={"outils": "Un carnet."}), questions=[STUDIES, TOOLS])
    assert [found.id for found in question_index(library, 1, "fr").pages] == ["etudes", "outils"]
    assert [found.id for found in question_index(library, 2, "fr").pages] == ["outils"]
    assert question_index(library, 3, "fr").pages == ()


def test_a_minimum_of_zero_makes_no_page_without_an_answer():
    assert question_index(library_with(questions=[STUDIES]), 0, "fr").pages == ()


def test_one_portrait_that_is_asked_twice_is_one_portrait_with_two_answers():
    twice = portrait_named(
        "Léa", answers={"etudes": "Lettres."}, own_answers={"etudes": "Et le droit."})
    index = question_index(library_with(twice, questions=[STUDIES]), 2, "fr")
    assert len(index.by_id["etudes"].answers) == 2
    assert index.by_id["etudes"].portraits == 1
    assert index.pages == ()


def test_previous_and_next_lead_over_questions_without_a_page():
    both = {"meilleur-coup": "Oui.", "outils": "Un crayon."}
    index = question_index(library_with(
        portrait_named("Léa", answers={**both, "etudes": "Lettres."}),
        portrait_named("Sam", answers=both), questions=[BEST, STUDIES, TOOLS]), 2, "fr")
    best, studies, tools = index.questions
    assert (best.previous, best.next) == ("", "outils")
    assert (studies.previous, studies.next) == ("", "")
    assert (tools.previous, tools.next) == ("meilleur-coup", "")


def test_the_wordings_of_a_question_are_counted_most_used_first():
    asked = ["Tes études ?", "Quelles études ?", "Quelles études ?"]
    index = question_index(library_with(
        *(portrait_named(name, answers={"etudes": (wording, "Lettres.")})
          for name, wording in zip(["Ana", "Léa", "Sam"], asked, strict=True)),
        questions=[STUDIES]), 2, "fr")
    found = [(wording.text, wording.count) for wording in index.by_id["etudes"].wordings]
    assert found == [("Quelles études ?", 2), ("Tes études ?", 1)]


def test_the_questionnaire_names_the_question_in_the_language_of_the_page():
    index = question_index(library_with(questions=[STUDIES]), 2, "fr")
    assert index.by_id["etudes"].wording("en") == "What did you study?"
    assert index.by_id["etudes"].wording("de") == "Quelles études as-tu faites ?"


def test_own_questions_of_one_id_in_two_portraits_are_one_question():
    index = question_index(library_with(
        portrait_named("Léa", own_answers={"velo": ("Le vélo, en hiver aussi ?", "Oui.")}),
        portrait_named("Sam", own_answers={"velo": ("Et le vélo ?", "Non.")}),
        questions=[STUDIES]), 2, "fr")
    assert [found.id for found in index.questions] == ["etudes", "velo"]
    assert index.by_id["velo"].entry is None
    assert index.by_id["velo"].wording("fr") == "Le vélo, en hiver aussi ?"


def test_a_question_that_one_portrait_alone_was_asked_is_not_in_the_index():
    lea = portrait_named("Léa", own_answers={"velo": "Oui."})
    index = question_index(library_with(lea), 1, "fr")
    assert index.questions == ()
    assert index.of(lea.asked[0]) is None


def test_an_own_question_under_the_id_of_the_questionnaire_is_that_question():
    lea = portrait_named("Léa", own_answers={"etudes": ("Études", "Lettres.")})
    index = question_index(library_with(lea, questions=[STUDIES]), 1, "fr")
    assert index.of(lea.asked[0]) is index.by_id["etudes"]


def test_a_question_that_the_parser_recognised_goes_under_the_id_of_the_questionnaire():
    lea = replace(portrait_named("Léa"), asked=(Asked("tes-etudes", "etudes", "Tes études ?", 1),))
    index = question_index(library_with(lea, questions=[STUDIES]), 1, "fr")
    assert names(index, "etudes") == ["Léa"]
    assert index.of(lea.asked[0]) is index.by_id["etudes"]


def test_own_questions_come_most_answered_first_and_ties_by_id():
    index = question_index(library_with(
        portrait_named("Ana", own_answers={"velo": "Oui.", "chat": "Oui.", "zoo": "Oui."}),
        portrait_named("Léa", own_answers={"velo": "Oui.", "chat": "Oui.", "zoo": "Oui."}),
        portrait_named("Sam", own_answers={"zoo": "Non."})), 2, "fr")
    assert [found.id for found in index.questions] == ["zoo", "chat", "velo"]


def test_a_translated_portrait_answers_once_in_the_language_of_the_site():
    french = portrait_named("Léa", answers={"etudes": "Lettres."}, date="2012-01-01")
    english = portrait_named("Léa", lang="en", answers={"etudes": "Letters."}, date="2012-02-01")
    german = portrait_named("Sam", lang="de", answers={"etudes": "Recht."}, date="2011-01-01")
    library = library_with(french, english, german, questions=[STUDIES])
    answers = {lang: [outline.lang for outline in question_index(library, 1, lang).questions[0]
                      .outlines] for lang in ("fr", "en", "es")}
    assert answers == {"fr": ["fr", "de"], "en": ["en", "de"], "es": ["en", "de"]}
    assert [outline.lang for outline in one_per_person(library, "fr")] == ["fr", "de"]


@given(st.permutations(range(6)))
def test_the_index_does_not_depend_on_the_order_in_which_files_are_read(order):
    outlines = [
        portrait_named(f"Nom {number}", date=f"2012-01-0{1 + number % 2}",
                       answers={"etudes": "Lettres."}, own_answers={f"q{number % 3}": "Oui."})
        for number in range(6)
    ]
    expected = question_index(library_with(*outlines, questions=[STUDIES]), 2, "fr")
    shuffled = library_with(*(outlines[number] for number in order), questions=[STUDIES])
    assert question_index(shuffled, 2, "fr") == expected
