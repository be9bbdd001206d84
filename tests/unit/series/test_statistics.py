"""The series in numbers, and the charts that show them."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portraits.drawing.charts import bars, columns
from portraits.drawing.statistics import (
    LENGTHS,
    MONTHS,
    Count,
    Statistics,
    classes,
    median,
    questions_of,
    recommended,
    statistics,
)
from portraits.model.portrait import FollowUp, Portrait, Question, Status
from portraits.series.reads import Series
from portraits.support.svg import text_width

from tests.builders import portrait_named, question, rich, series_with
from tests.unit.series.drawings import SVG, assert_fit_for_a_page, read_back, texts


def series_of(*portraits: Portrait) -> Series:
    return series_with(*portraits, questions=[question("etudes", "Tes études ?")])


def numbers_of(*portraits: Portrait) -> Statistics:
    return statistics(series_of(*portraits), "fr")


def counted(counts: tuple[Count, ...]) -> dict[str, int]:
    return {count.label: count.count for count in counts}


def test_a_year_without_a_portrait_is_there_with_zero():
    found = numbers_of(
        portrait_named("Léa", date="2011-07-14"),
        portrait_named("Sam", date="2011-08-15"),
        portrait_named("Ana", date="2013-01-01"),
    )
    assert counted(found.by_year) == {"2011": 2, "2012": 0, "2013": 1}


def test_months_go_from_the_first_to_the_last():
    found = numbers_of(
        portrait_named("Léa", date="2011-11-30"), portrait_named("Sam", date="2012-02-01")
    )
    assert counted(found.by_month) == {"2011-11": 1, "2011-12": 0, "2012-01": 0, "2012-02": 1}


def test_only_the_last_months_of_a_long_series_are_told_apart():
    found = numbers_of(
        portrait_named("Léa", date="2001-01-01"), portrait_named("Sam", date="2012-12-01")
    )
    assert len(found.by_month) == MONTHS
    assert found.by_month[-1] == Count("2012-12", 1)


def test_networks_are_counted_by_recommendation_most_named_first():
    found = numbers_of(
        portrait_named("Léa", recommends=["@sam", "@ana@mastodon.example", "@SAM"]),
        portrait_named("Ana", recommends=["@sam", "https://a.example/"]),
    )
    assert list(counted(found.by_network).items()) == [("twitter", 2), ("mastodon", 1), ("web", 1)]
    assert (found.accounts, found.recommendations, found.people_recommending) == (3, 4, 2)


def test_questions_have_their_answers_and_the_median_of_their_lengths():
    series = series_of(
        *(
            portrait_named(name, answers={"etudes": "mot " * length})
            for name, length in (("Léa", 10), ("Sam", 20), ("Ana", 90))
        )
    )
    [studies] = questions_of(series, "fr")
    assert (studies.wording, studies.portraits, studies.median_words) == ("Tes études ?", 3, 20)
    assert statistics(series, "fr").median_answer == 20


def test_questions_that_were_answered_come_most_answered_first():
    found = numbers_of(
        portrait_named("Léa", own_answers={"velo": "Oui."}),
        portrait_named("Sam", own_answers={"velo": "Non."}),
        portrait_named("Ana", answers={"etudes": "Lettres."}),
    )
    assert found.by_question == (Count("velo ?", 2), Count("Tes études ?", 1))
    assert numbers_of(portrait_named("Léa")).by_question == ()


def test_the_words_of_an_answer_are_counted_with_those_of_its_follow_ups():
    lea = portrait_named("Léa", answers={"etudes": "mot " * 9})
    further = FollowUp(Question("pourquoi", rich("Pourquoi ?"), 30), rich("mot " * 4))
    found = numbers_of(replace(lea, exchanges=(replace(lea.exchanges[0], follow_ups=(further,)),)))
    assert found.median_answer == 13
    assert counted(found.answer_lengths)["10"] == sum(counted(found.answer_lengths).values()) == 1


def test_answers_fall_into_classes_of_length():
    found = numbers_of(
        portrait_named(
            "Léa",
            answers={"etudes": "mot " * 50},
            own_answers={"a": "oui", "b": "mot " * 49, "c": ""},
        )
    )
    assert counted(found.answer_lengths) == {
        "0": 2,
        "10": 0,
        "25": 1,
        "50": 1,
        "100": 0,
        "200": 0,
        "400": 0,
    }


def test_words_are_those_of_all_portraits_and_their_median_that_of_one():
    lengths = {"Léa": 8, "Sam": 18, "Ana": 98}
    found = numbers_of(
        *(
            portrait_named(name, answers={"etudes": "mot " * (length - 2)})
            for name, length in lengths.items()
        )
    )
    assert (found.words, found.median_words) == (124, 18)


@given(st.lists(st.integers(0, 600), max_size=30))
def test_medians_and_classes_are_those_of_the_values_themselves(values):
    pairs = sorted({value: values.count(value) for value in values}.items())
    ordered, half = sorted(values), len(values) // 2
    middle = (ordered[half] + ordered[-1 - half]) / 2 if values else 0
    assert median(pairs) == round(middle)
    found = counted(classes(pairs))
    bounds = [*LENGTHS, 10_000]
    assert found == (
        {str(low): sum(low <= value < high for value in values) for low, high in pairwise(bounds)}
        if values
        else {}
    )


def test_a_translated_portrait_counts_once():
    found = numbers_of(
        portrait_named("Léa", recommends=["@sam"], answers={"etudes": "Oui."}, date="2011-01-01"),
        portrait_named(
            "Léa",
            lang="en",
            recommends=["@sam"],
            answers={"etudes": "Yes, all of it."},
            date="2011-01-01",
        ),
    )
    assert (found.portraits, found.recommendations, counted(found.by_year)) == (1, 1, {"2011": 1})
    assert (found.words, found.median_answer) == (3, 1)


def test_what_is_not_published_is_not_counted():
    found = numbers_of(
        portrait_named("Léa", recommends=["@sam"], date="2030-01-01"),
        portrait_named("Sam", recommends=["@ana"], answers={"etudes": "Oui."}, status=Status.DRAFT),
    )
    assert found == numbers_of()


def test_the_most_recommended_and_the_not_yet_interviewed_are_the_directory_s():
    series = series_of(
        portrait_named("Léa", recommends=["@sam", "@bob"]),
        portrait_named("Ana", recommends=["@sam"]),
    )
    assert statistics(series, "fr").most_recommended == (Count("@sam", 2), Count("@bob", 1))
    assert statistics(series, "fr", top=1).most_recommended == (Count("@sam", 2),)
    assert [one.label for one in recommended(series, 10, not_yet_interviewed=True)] == ["@sam"]


def test_an_empty_series_has_numbers_too():
    found = numbers_of()
    assert (found.portraits, found.median_words, found.by_year, found.by_month) == (0, 0, (), ())
    assert (found.words, found.median_answer, found.answer_lengths) == (0, 0, ())


CHART = {"name": "annees", "title": "Portraits par année", "description": "Le tableau suit."}


@pytest.mark.parametrize("chart", [bars, columns])
@pytest.mark.parametrize(
    "rows",
    [
        (),
        (("2011", 0),),
        (("2011", 3), ("2012", 0), ("2013", 1)),
        tuple(
            (f"{year}-{month:02}", month) for year in (2010, 2011, 2012) for month in range(1, 13)
        ),
    ],
)
def test_charts_are_pictures_fit_for_a_page(chart, rows):
    drawn = chart(rows, **CHART)
    assert_fit_for_a_page(drawn)
    assert drawn.get("role") == "img"
    drawn_bars = [bar for bar in drawn.iter("rect") if bar.get("class") == "chart-bar"]
    assert len(drawn_bars) == sum(1 for _, value in rows if value)


@pytest.mark.parametrize(("chart", "dimension"), [(bars, "width"), (columns, "height")])
def test_a_bar_is_as_long_as_its_value(chart, dimension):
    drawn = chart((("a", 10), ("b", 5), ("c", 20)), **CHART)
    lengths = [float(bar.get(dimension, "")) for bar in drawn.iter("rect")]
    assert lengths[0] == pytest.approx(2 * lengths[1], abs=0.2)
    assert lengths[2] == pytest.approx(2 * lengths[0], abs=0.2)


def test_every_bar_has_its_label_and_its_value():
    assert texts(bars((("Twitter", 12), ("Web", 0)), **CHART)) == ["Twitter", "12", "Web", "0"]


def test_labels_of_many_columns_are_thinned_out():
    rows = tuple((f"2011-{number:02}", 1) for number in range(36))
    labels = [text for text in texts(columns(rows, **CHART)) if text.startswith("2011")]
    assert 4 <= len(labels) <= 12


@pytest.mark.parametrize(
    "rows",
    [
        [("2011", 1), ("2012", 2)],
        [(f"{year}", 1) for year in range(2001, 2031)],
        [
            ("0 à 9", 3),
            ("10 à 24", 24),
            ("25 à 49", 55),
            ("50 à 99", 30),
            ("100 à 199", 2),
            ("200 à 399", 0),
            ("400 et plus", 1),
        ],
        [("un très long nom de classe", 1)] * 40,
    ],
)
def test_no_label_of_a_column_reaches_out_of_the_drawing_or_into_the_next(rows):
    drawn = read_back(columns(tuple(rows), **CHART))
    width = float(drawn.get("viewBox", "").split()[2])
    spans = []
    for element in drawn.iter(f"{SVG}text"):
        if element.get("class") == "chart-label":
            half = text_width(element.text or "", float(element.get("font-size", ""))) / 2
            spans.append((float(element.get("x", "")) - half, float(element.get("x", "")) + half))
    assert min(start for start, _ in spans) >= -0.1
    assert max(end for _, end in spans) <= width + 0.1
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


def test_a_name_too_long_for_the_side_of_its_bar_stands_whole_above_it():
    long = "Le réseau dont tout le monde parle, tu en penses quoi?"
    drawn = read_back(bars(((long, 6), ("Tes études?", 5)), **CHART))
    labels = [e for e in drawn.iter(f"{SVG}text") if e.get("class") == "chart-label"]
    assert [label.text for label in labels] == [long, "Tes études?"]
    assert {label.get("x") for label in labels} == {"0"}
