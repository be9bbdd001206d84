"""The pictures of who recommends whom."""

import itertools
import re
from dataclasses import replace
from xml.etree.ElementTree import Element, fromstring, tostring

import pytest
from portraits.drawing.columns import NOBODY, Side, draw_columns, draw_neighbourhood, tie_of
from portraits.drawing.graph import Graph
from portraits.drawing.poster import MOST_ACCOUNTS, MOST_PEOPLE, NAME_SIZE, PosterFace, draw, layout
from portraits.drawing.selection import Selection, left_out_in_words, select, strongest
from portraits.model.portrait import Portrait
from portraits.pages import graph as graph_pages
from portraits.pages.portrait import page as portrait_pages
from portraits.pages.portrait.page import MOST_TIES
from portraits.support.svg import add, drawing, serialised, shortened, text_width

from tests.builders import pages_with, portrait_named
from tests.conftest import ROOT
from tests.unit.series.drawings import assert_fit_for_a_page, links, texts, texts_read

THEME = ROOT / "theme"
NAMED = {"name": "graphe", "title": "Qui recommande qui", "description": "En mots plus bas."}


def graph_of(*portraits: Portrait) -> Graph:
    return graph_pages.graph_of(pages_with(*portraits))


def series_of(people: int) -> Graph:
    """People who recommend a star, a neighbour, a shared account and one of their own."""
    return graph_of(
        *(
            portrait_named(
                f"Nom {number}",
                accounts=[f"@n{number}"],
                recommends=[
                    f"@star{number % 3}",
                    f"@n{(number + 1) % people}",
                    f"@duo{number // 2}",
                    f"@seul{number}",
                ],
            )
            for number in range(people)
        )
    )


def whole(found: Graph) -> Selection:
    return select(found, 10_000)


def faces_of(selection: Selection) -> dict[str, PosterFace]:
    return {
        node.key: PosterFace(f"/images/{number}.jpg", f"accent-{number % 36}")
        for number, node in enumerate(selection.graph.nodes)
        if node.person
    }


def drawn_whole(found: Graph) -> Element:
    return draw(whole(found), faces_of(whole(found)), **NAMED)


SMALL = (
    portrait_named("Léa", recommends=["@sam", "@evenko"], date="2014-01-01"),
    portrait_named("Sam", accounts=["@sam"], date="2013-01-01"),
    portrait_named("Ana", recommends=["@evenko"], date="2012-01-01"),
    portrait_named("Bob", date="2011-01-01"),
)


# -- what is drawn


def test_a_small_graph_is_drawn_whole_but_for_people_without_any_tie():
    found = select(graph_of(*SMALL), 200)
    assert [node.label for node in found.graph.nodes] == ["Léa", "Sam", "Ana", "@evenko"]
    assert (found.minimum, found.people_left_out, found.accounts_left_out) == (1, 1, 0)


@pytest.mark.parametrize("limit", [12, 30, 60, 150])
def test_a_large_graph_keeps_to_the_limit_and_counts_what_it_leaves_out(limit):
    found = series_of(60)
    part = select(found, limit)
    assert len(part.graph.nodes) <= limit
    assert len(part.graph.nodes) + part.people_left_out + part.accounts_left_out == len(found.nodes)
    drawn = {node.key for node in part.graph.nodes}
    assert {key for edge in part.graph.edges for key in edge} == drawn


def test_what_is_recommended_most_is_kept():
    part = select(series_of(60), 30)
    drawn = {node.label for node in part.graph.nodes}
    assert {"@star0", "@star1", "@star2"} <= drawn
    assert not any(label.startswith("@seul") for label in drawn)
    assert part.recommended["twitter:star0"] == 20
    assert part.minimum == 2


def test_what_is_left_out_is_said_in_the_language_of_the_page():
    part = select(series_of(60), 30)
    french, english = left_out_in_words(part, "fr"), left_out_in_words(part, "en-CA")
    assert f"{part.people_left_out} personnes n’y figurent pas." in french
    assert f"{part.accounts_left_out} accounts are not in it." in english
    assert left_out_in_words(whole(series_of(4)), "fr") == ""


@pytest.mark.parametrize(("people", "accounts"), [(16, 24), (4, 3), (1, 1)])
def test_the_poster_has_the_people_and_the_accounts_with_the_most_ties(people, accounts):
    found = series_of(60)
    part = strongest(found, people, accounts)
    shown = [node for node in part.graph.nodes if node.person]
    assert len(shown) <= people
    assert len(part.graph.nodes) - len(shown) <= accounts
    assert len(part.graph.nodes) + part.people_left_out + part.accounts_left_out == len(found.nodes)
    if accounts >= 3 and people >= 16:
        drawn = {node.label for node in part.graph.nodes}
        assert {"@star0", "@star1", "@star2"} <= drawn


def test_a_small_graph_is_whole_on_the_poster():
    part = strongest(graph_of(*SMALL), 16, 24)
    assert part.graph == select(graph_of(*SMALL), 200).graph


# -- where it stands


@pytest.mark.parametrize("people", [1, 2, 7, 16, 60])
def test_no_name_of_the_poster_lies_on_another_name_or_on_a_face(people):
    placed = layout(strongest(series_of(people), MOST_PEOPLE, MOST_ACCOUNTS))
    faces = [
        (
            one.at.real - one.radius,
            one.at.imag - one.radius,
            one.at.real + one.radius,
            one.at.imag + one.radius,
        )
        for one in placed
    ]
    names = [one.box for one in placed]
    for one, two in [*itertools.combinations(names, 2), *itertools.combinations(faces, 2)]:
        assert apart(one, two), (one, two)
    for place, name in enumerate(names):
        assert all(apart(name, face) for other, face in enumerate(faces) if other != place)


def apart(one: tuple[float, ...], two: tuple[float, ...]) -> bool:
    return one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1]


@pytest.mark.parametrize("people", [2, 16, 120])
def test_names_are_at_least_twelve_pixels_high_where_the_poster_is_shown(people):
    sheet = (THEME / "static/css/blocks/drawing.css").read_text(encoding="utf-8")
    shown = re.search(r"@container drawing \(min-width: (\d+)rem\)", sheet)
    assert shown
    part = strongest(series_of(people), MOST_PEOPLE, MOST_ACCOUNTS)
    found = draw(part, faces_of(part), **NAMED)
    scale = int(shown[1]) * 17 / float(found.get("width", ""))  # 17 pixels: the least of base.css
    assert NAME_SIZE * min(scale, 1) >= 12


def test_an_account_stands_on_the_side_of_who_recommends_it():
    placed = layout(
        whole(
            graph_of(
                portrait_named("Léa", recommends=["@a", "@b"]),
                portrait_named("Sam", recommends=["@c", "@d"]),
                portrait_named("Ana", recommends=["@e", "@f"]),
            )
        )
    )
    at = {one.node.label: one.at for one in placed}
    for mine, other in (("@a", "@c"), ("@b", "@d")):
        assert abs(at[mine] - at["Léa"]) != abs(at[other] - at["Léa"])
    sides = {label: at[label].real > 0 for label in at if label.startswith("@")}
    assert sorted(sides.values()) == [False] * 3 + [True] * 3


def test_a_face_is_larger_the_more_somebody_is_recommended():
    placed = {one.node.label: one.radius for one in layout(whole(graph_of(*SMALL)))}
    assert placed["Sam"] > placed["Ana"]


# -- how it is drawn


def test_every_name_is_a_link_to_the_portrait_or_to_the_account():
    drawn = drawn_whole(graph_of(*SMALL))
    assert links(drawn) == [
        ("Léa", "/portraits/lea/"),
        ("Sam", "/portraits/sam/"),
        ("Ana", "/portraits/ana/"),
        ("@evenko (2)", "https://twitter.com/evenko"),
    ]
    assert texts(drawn) == ["Léa", "Sam", "Ana", "@evenko 2"]


def test_every_recommendation_is_a_stroke_that_knows_its_ends():
    found = whole(graph_of(*SMALL))
    drawn = draw(found, faces_of(found), **NAMED)
    ends = [
        (tie.get("data-from"), tie.get("data-to"))
        for tie in drawn.iter("path")
        if "graph-tie" in tie.get("class", "").split()
    ]
    nodes = [link.get("data-node") for link in drawn.iter("a")]
    assert len(ends) == len(found.graph.edges)
    assert set(itertools.chain(*ends)) <= set(nodes)


@pytest.mark.parametrize("people", [0, 1, 2, 3, 40])
def test_drawings_are_fit_for_a_page_at_any_size(people):
    found = series_of(people) if people else graph_of()
    for part in (whole(found), select(found, 20)):
        assert_fit_for_a_page(draw(part, faces_of(part), **NAMED))
        assert_fit_for_a_page(draw_columns(part, headings=("de", "à"), **NAMED))


def test_a_tie_has_the_colour_of_who_recommends_and_a_face_its_picture():
    found = whole(graph_of(*SMALL))
    faces = faces_of(found)
    drawn = draw(found, faces, **NAMED)
    accents = [tie.get("class", "").removeprefix("graph-tie ") for tie in drawn.iter("path")]
    assert accents == [faces[source].accent_class for source, _ in found.graph.edges]
    assert [one.get("href") for one in drawn.iter("image")] == [
        face.picture for face in faces.values()
    ]


def test_people_who_only_recommend_each_other_are_drawn():
    found = graph_of(
        portrait_named("Léa", accounts=["@lea"], recommends=["@sam"]),
        portrait_named("Sam", accounts=["@sam"], recommends=["@lea"]),
    )
    drawn = draw(whole(found), faces_of(whole(found)), **NAMED)
    assert_fit_for_a_page(drawn)
    assert texts(drawn) == ["Léa", "Sam"]


def test_the_same_series_gives_the_same_bytes():
    part = select(series_of(40), 60)
    one, two = (serialised(draw(part, faces_of(part), **NAMED)) for _ in range(2))
    assert one == two


def test_a_name_that_looks_like_markup_is_text():
    found = whole(graph_of(portrait_named("<b>&", slug="b", recommends=["@sam"])))
    drawn = draw(found, faces_of(found), **NAMED)
    assert texts(drawn)[0] == "<b>&"
    assert "&lt;b&gt;&amp;" in serialised(drawn)


# -- columns


def test_columns_have_who_recommends_on_the_left_and_what_on_the_right():
    drawn = draw_columns(
        whole(graph_of(*SMALL)), headings=("recommandent", "sont recommandés"), **NAMED
    )
    assert texts(drawn) == ["recommandent", "sont recommandés", "Ana", "Léa", "@evenko 2", "Sam"]


def test_the_right_column_goes_by_recommendations_before_anything_else():
    drawn = draw_columns(
        whole(
            graph_of(
                *(portrait_named(name, recommends=["@trois", f"@seul{name}"]) for name in "ABC"),
                *(portrait_named(name, recommends=["@deux"]) for name in "DE"),
            )
        ),
        headings=("", ""),
        **NAMED,
    )
    assert [text for text in texts(drawn) if text.startswith("@")] == [
        "@trois 3",
        "@deux 2",
        "@seulA",
        "@seulB",
        "@seulC",
    ]


def test_columns_fit_a_telephone_and_cut_long_names():
    long = "Marie-Antoinette de la Rochefoucauld-Bélanger"
    drawn = draw_columns(
        whole(graph_of(portrait_named(long, recommends=["@sam"]))), headings=("", ""), **NAMED
    )
    assert float(drawn.get("width", "")) <= 390
    [shown] = [text for text in texts(drawn) if text.startswith("Marie")]
    assert shown.endswith("…")
    assert links(drawn)[0][0] == long


# -- one person


def neighbourhood_of(found: Graph, key: str, limit: int = 12) -> Element | None:
    before, after = (
        Side(tuple(map(tie_of, nodes[:limit])), max(0, len(nodes) - limit))
        for nodes in (found.sources[key], found.targets[key])
    )
    return draw_neighbourhood(before, after, **NAMED)


def shown_beside(source: str, *portraits: Portrait) -> list[str]:
    """The texts of the drawing on the page of a portrait."""
    drawing = pages_with(*portraits).shown(portrait_pages.KIND, source).neighbourhood
    return texts_read(fromstring(drawing)) if drawing else []


def test_a_person_stands_between_who_recommends_them_and_whom_they_recommend():
    found = graph_of(
        portrait_named("Léa", recommends=["@sam"]),
        portrait_named("Ana", recommends=["@sam"]),
        portrait_named("Sam", accounts=["@sam"], recommends=["@evenko"]),
    )
    drawn = neighbourhood_of(found, "portraits/sam.md")
    assert drawn is not None
    assert_fit_for_a_page(drawn)
    assert [name for name, _ in links(drawn)] == ["Léa", "Ana", "@evenko"]


def test_a_person_without_any_tie_has_no_drawing():
    assert draw_neighbourhood(NOBODY, NOBODY, **NAMED) is None
    assert neighbourhood_of(graph_of(*SMALL), "portraits/bob.md") is None
    assert shown_beside("portraits/bob.md", *SMALL) == []


def test_what_a_neighbourhood_has_no_room_for_is_counted():
    found = graph_of(portrait_named("Léa", recommends=[f"@a{number}" for number in range(9)]))
    drawn = neighbourhood_of(found, "portraits/lea.md", limit=4)
    assert drawn is not None
    assert texts(drawn) == ["@a0", "@a1", "@a2", "@a3", "+ 5"]


def test_the_page_of_a_portrait_shows_who_is_around_the_person():
    assert shown_beside("portraits/lea.md", *SMALL) == ["Sam", "@evenko"]
    assert shown_beside("portraits/sam.md", *SMALL) == ["Léa"]


def test_where_no_other_portrait_is_tied_to_one_its_list_says_the_rest():
    assert shown_beside("portraits/ana.md", *SMALL) == []


def test_the_page_of_a_portrait_names_the_first_few_and_counts_the_others():
    many = [portrait_named(f"Nom {number}", recommends=["@sam"]) for number in range(MOST_TIES + 3)]
    found = shown_beside("portraits/sam.md", *many, portrait_named("Sam", accounts=["@sam"]))
    assert found == [*(one.name for one in many[:MOST_TIES]), "+ 3"]


def test_a_translation_has_the_neighbourhood_of_the_person():
    english = replace(SMALL[0], source="portraits/lea.en.md", lang="en", recommendations=None)
    assert shown_beside("portraits/lea.en.md", *SMALL, english) == ["Sam", "@evenko"]


# -- text


def test_a_text_that_fits_is_not_cut():
    assert shortened("Léa", 100, 13) == "Léa"


def test_a_text_is_cut_until_it_fits_with_its_ellipsis():
    cut = shortened("Marie-Antoinette Bélanger", 100, 13)
    assert cut.startswith("Marie-Ant")
    assert cut.endswith("…")
    assert text_width(cut, 13) <= 100


@pytest.mark.parametrize(
    "words", ["", "Zoé", "a < b > c & \"d\" 'e'", "deux\nlignes\tet\rplus", "&amp;"]
)
def test_a_drawing_is_written_as_elementtree_writes_it(words: str) -> None:
    svg = drawing(0, 0, 10, 20.25, name="x", title=words, description="", class_=words, role="img")
    add(add(svg, "a", words, href=words), "tspan", words, font_size=13)
    assert serialised(svg) == tostring(svg, encoding="unicode")
