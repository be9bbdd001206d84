"""Who recommends whom, as nodes and edges."""

from portraits.directory import directory
from portraits.graph import Graph, graph, person_key
from portraits.outline import Outline

from tests.builders import library_with, portrait_named


def graph_of(*outlines: Outline) -> Graph:
    library = library_with(*outlines)
    return graph(library, directory(library, "fr"), "fr")


def ties(found: Graph) -> list[tuple[str, str]]:
    return [(found.by_key[source].label, found.by_key[target].label)
            for source, target in found.edges]


def test_a_recommendation_leads_to_the_person_whose_account_it_is():
    found = graph_of(
        portrait_named("Léa", recommends=["@sam", "@evenko"]),
        portrait_named("Sam", accounts=["@sam"]),
    )
    assert [node.label for node in found.nodes] == ["Léa", "Sam", "@evenko"]
    assert ties(found) == [("Léa", "Sam"), ("Léa", "@evenko")]


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
        portrait_named("Léa", recommends=["@evenko"]), portrait_named("Sam", manages=["@evenko"]))
    assert ties(found) == [("Léa", "@evenko")]


def test_a_translated_portrait_is_one_person():
    english = portrait_named("Sam", lang="en", accounts=["@sam"], recommends=["@ana"],
                             date="2011-01-02")
    found = graph_of(
        portrait_named("Sam", accounts=["@sam"], recommends=["@ana"], date="2011-01-01"),
        english, portrait_named("Léa", recommends=["@sam"], date="2010-01-01"))
    assert [node.label for node in found.nodes] == ["Sam", "Léa", "@ana"]
    assert ties(found) == [("Sam", "@ana"), ("Léa", "Sam")]
    assert found.by_key[person_key(english)].label == "Sam"


def test_a_node_knows_both_its_ends():
    found = graph_of(
        portrait_named("Léa", recommends=["@sam"]), portrait_named("Ana", recommends=["@sam"]),
        portrait_named("Sam", accounts=["@sam"], recommends=["@zoe"]))
    assert [node.label for node in found.sources["portrait:sam"]] == ["Léa", "Ana"]
    assert [node.label for node in found.targets["portrait:sam"]] == ["@zoe"]
    assert found.sources["portrait:lea"] == ()
