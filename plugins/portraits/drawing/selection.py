"""Select the part of the graph that fits into a drawing.

A drawing shows at most ``limit`` nodes, all of them with an edge. If there are more:

1. people who recommend somebody get up to two thirds of the places, and recommended nodes the
   rest, at least a third;
2. the most recommended nodes are kept first, ties in the graph's order;
3. then the people who recommend most of the nodes kept, ties in the graph's order.

Omitted nodes are counted, so that the page can mention them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from portraits.drawing.graph import Graph
from portraits.support.catalogue import catalogue, interface_language


@dataclass(frozen=True, slots=True)
class Selection:
    """The nodes and edges to draw, in the graph's order, and counts of the others."""

    graph: Graph
    recommended: Mapping[str, int]
    """Key of a node -> number of people who recommend it in the whole series."""
    minimum: int
    """Minimum number of recommendations of the accounts drawn; 1 when all are drawn."""
    people_left_out: int
    """Number of people with a portrait who are not drawn, including those without an edge."""
    accounts_left_out: int

    @property
    def is_whole(self) -> bool:
        return not self.people_left_out and not self.accounts_left_out


def select(graph: Graph, limit: int) -> Selection:
    """Select at most ``limit`` nodes of ``graph``."""
    received = Counter(target for _, target in graph.edges)
    given = Counter(source for source, _ in graph.edges)
    tied = [node.key for node in graph.nodes if node.key in received or node.key in given]
    minimum = 1
    kept = set(tied)
    if len(tied) > limit:
        places = max(limit // 3, limit - len(given))
        ranked = sorted((key for key in tied if key in received), key=lambda key: -received[key])
        targets = set(ranked[:places])
        if len(ranked) > places:
            minimum = received[ranked[places - 1]]
        useful = Counter(source for source, target in graph.edges if target in targets)
        sources = sorted(
            (key for key in tied if key in useful and key not in targets),
            key=lambda key: -useful[key],
        )
        kept = targets | set(sources[: limit - len(targets)])
    return _of(graph, kept, received, minimum)


def _of(graph: Graph, kept: set[str], received: Mapping[str, int], minimum: int) -> Selection:
    """Return the part of ``graph`` between the nodes that are kept."""
    edges = tuple(edge for edge in graph.edges if edge[0] in kept and edge[1] in kept)
    drawn = {key for edge in edges for key in edge}
    hidden = [node for node in graph.nodes if node.key not in drawn]
    people = sum(1 for node in hidden if node.person)
    return Selection(
        Graph(tuple(node for node in graph.nodes if node.key in drawn), edges),
        received,
        minimum,
        people,
        len(hidden) - people,
    )


def strongest(graph: Graph, people: int, accounts: int) -> Selection:
    """Select at most so many people and so many accounts of ``graph``: those with the most ties.

    First the people, by the recommendations that they get and give, those that they get counting
    double; then the accounts that most of these people recommend. Ties in the graph's order.
    """
    received = Counter(target for _, target in graph.edges)
    given = Counter(source for source, _ in graph.edges)
    tied = [node for node in graph.nodes if node.key in received or node.key in given]
    kept = sorted(
        (node.key for node in tied if node.person),
        key=lambda key: -(2 * received[key] + given[key]),
    )[:people]
    from_them = Counter(target for source, target in graph.edges if source in set(kept))
    kept += sorted(
        (node.key for node in tied if not node.person and node.key in from_them),
        key=lambda key: (-from_them[key], -received[key]),
    )[:accounts]
    return _of(graph, set(kept), received, 1)


def left_out_in_words(selection: Selection, lang: str) -> str:
    """Describe in ``lang`` what the drawing omits; empty when it shows everything."""
    if selection.is_whole:
        return ""
    words = catalogue(interface_language(lang))
    said = []
    if selection.minimum > 1:
        said.append(words.text("drawing.minimum", count=selection.minimum))
    if selection.people_left_out:
        said.append(words.text("drawing.people_left_out", count=selection.people_left_out))
    if selection.accounts_left_out:
        said.append(words.text("drawing.accounts_left_out", count=selection.accounts_left_out))
    return " ".join(said)
