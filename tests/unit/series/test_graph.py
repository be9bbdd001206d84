"""Who recommends whom, as nodes and edges."""

from portraits.drawing.graph import Graph
from portraits.model.portrait import Portrait, Status
from portraits.pages import graph as graph_pages

from tests.builders import pages_with, portrait_named


def graph_of(*portraits: Portrait) -> Graph:
    return graph_pages.graph_of(pages_with(*portraits))


def ties(found: Graph) -> list[tuple[str, str]]:
    return [
        (found.by_key[source].label, found.by_key[target].label) for source, target in found.edges
    ]


def test_a_recommendation_leads_to_the_person_whose_account_it_is():
    found = graph_of(
        portrait_named("Léa", recommends=["@sam", "@evenko"]),
        portrait_named("Sam", accounts=["@sam"]),
    )
    assert [(node.label, node.url, node.person) for node in found.nodes] == [
        ("Léa", "/portraits/lea/", True),
        ("Sam", "/portraits/sam/", True),
        ("@evenko", "https://twitter.com/evenko", False),
    ]
    assert ties(found) == [("Léa", "Sam"), ("Léa", "@evenko")]


def test_people_come_newest_first_then_accounts_most_recommended_first():
    found = graph_of(
        portrait_named("Léa", recommends=["@bob", "@zoe"], date="2011-01-01"),
        portrait_named("Ana", recommends=["@zoe", "@abc"], date="2012-01-01"),
    )
    assert [node.label for node in found.nodes] == ["Ana", "Léa", "@zoe", "@abc", "@bob"]
    assert ties(found) == [("Ana", "@zoe"), ("Ana", "@abc"), ("Léa", "@bob"), ("Léa", "@zoe")]


def test_two_recommended_accounts_of_one_person_are_one_tie():
    found = graph_of(
        portrait_named("Léa", recommends=["@sam", "@sam@mastodon.example"]),
        portrait_named("Sam", accounts=["@sam", "@sam@mastodon.example"]),
    )
    assert ties(found) == [("Léa", "Sam")]


def test_nobody_is_tied_to_themselves():
    assert graph_of(portrait_named("Sam", accounts=["@sam"], recommends=["@sam"])).edges == ()


def test_an_account_that_somebody_manages_stays_an_account():
    found = graph_of(
        portrait_named("Léa", recommends=["@evenko"]), portrait_named("Sam", manages=["@evenko"])
    )
    assert ties(found) == [("Léa", "@evenko")]


def test_a_translated_portrait_is_one_person():
    found = graph_of(
        portrait_named("Sam", accounts=["@sam"], recommends=["@ana"], date="2011-01-01"),
        portrait_named(
            "Sam", lang="en", accounts=["@sam"], recommends=["@ana", "@bob"], date="2011-01-02"
        ),
        portrait_named("Léa", recommends=["@sam"], date="2010-01-01"),
    )
    assert [node.label for node in found.nodes] == ["Sam", "Léa", "@ana"]
    assert found.nodes[0].url == "/portraits/sam/"
    assert ties(found) == [("Sam", "@ana"), ("Léa", "Sam")]


def test_a_draft_is_neither_a_node_nor_the_owner_of_one():
    found = graph_of(
        portrait_named("Léa", recommends=["@sam"]),
        portrait_named("Sam", accounts=["@sam"], recommends=["@ana"], status=Status.DRAFT),
    )
    assert ties(found) == [("Léa", "@sam")]
    assert [node.label for node in found.nodes] == ["Léa", "@sam"]


def test_a_node_knows_both_its_ends():
    found = graph_of(
        portrait_named("Léa", recommends=["@sam"]),
        portrait_named("Ana", recommends=["@sam"]),
        portrait_named("Sam", accounts=["@sam"], recommends=["@zoe"]),
    )
    assert [node.label for node in found.sources["portraits/sam.md"]] == ["Léa", "Ana"]
    assert [node.label for node in found.targets["portraits/sam.md"]] == ["@zoe"]
    assert found.sources["portraits/lea.md"] == ()


def test_the_page_says_in_words_what_the_drawing_shows():
    page = pages_with(
        portrait_named("Léa", recommends=["@sam", "@evenko"]),
        portrait_named("Sam", accounts=["@sam"]),
        portrait_named("Bob"),
    ).shown(graph_pages.KIND)
    assert [
        (person.label, [link.label for link in given], [link.label for link in received])
        for person, given, received in page.table
    ] == [("Léa", ["Sam", "@evenko"], []), ("Sam", [], ["Léa"])]
