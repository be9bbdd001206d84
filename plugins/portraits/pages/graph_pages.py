"""The graph of who recommends whom: two drawings (for wide and for narrow pages) and the
same in words; and on a portrait's page, the person's own neighbourhood."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from markupsafe import Markup

from portraits import addresses
from portraits.graph import Node, url_of_node
from portraits.graph_columns import draw_columns, draw_neighbourhood
from portraits.outline import Outline
from portraits.pages.assembly import Assembly
from portraits.pages.heads import series_meta
from portraits.pages.spec import WHOLE_SERIES, PageSpec
from portraits.svg import serialised
from portraits.views import GraphPage, Link

LIMIT, NARROW_LIMIT = 160, 80
"""Names that the drawings can hold and still be read: the round one, the columns."""
TWIN = 2000
"""People in the table beside it."""


def graph_pages(assembly: Assembly) -> Iterator[PageSpec]:
    """The spec of the graph's page."""
    nodes = [(node.key, node.label, url_of_node(node, assembly.url))
             for node in assembly.graph.nodes]
    yield PageSpec(addresses.GRAPH, assembly.key("graph", nodes, assembly.graph.edges),
                   partial(_graph_page, assembly), indexed=True, near=WHOLE_SERIES)


def _graph_page(assembly: Assembly) -> bytes:
    # Most builds draw neighbourhoods only.
    from portraits.graph_drawing import draw
    from portraits.graph_selection import left_out_in_words, select

    selection = select(assembly.graph, LIMIT)
    narrow = select(assembly.graph, NARROW_LIMIT)
    words, lang = assembly.words(), assembly.settings.lang
    heading = words.text("graph.heading")
    about = {"title": heading, "description": words.text("drawing.description")}
    headings = (words.text("drawing.recommend"), words.text("drawing.recommended"))
    drawings = (
        draw(selection, assembly.url, name="graphe", **about),
        draw_columns(narrow, assembly.url, name="colonnes", headings=headings, **about))
    view = GraphPage(
        drawing=Markup("").join(map(serialised, drawings)),
        left_out=left_out_in_words(selection, lang), twin=_twin(assembly))
    meta = series_meta(assembly, addresses.GRAPH, heading, words.text("graph.introduction"))
    return assembly.render("graph.html", meta, view)


def _twin(assembly: Assembly) -> tuple[tuple[Link, tuple[Link, ...], tuple[Link, ...]], ...]:
    """Each person, whom they recommend, and who recommends them."""
    graph = assembly.graph

    def links(nodes: tuple[Node, ...]) -> tuple[Link, ...]:
        return tuple(Link(node.label, url_of_node(node, assembly.url)) for node in nodes)

    rows = (
        (assembly.link(node.outline), links(graph.targets[node.key]),
         links(graph.sources[node.key]))
        for node in graph.nodes if node.outline)
    return tuple(row for row in rows if row[1] or row[2])[:TWIN]


def neighbourhood(assembly: Assembly, outline: Outline) -> Markup:
    """Who recommends whom around one person, or nothing."""
    around = assembly.around(outline)
    words = assembly.words(outline.lang)
    svg = draw_neighbourhood(
        around.before, around.after, name="voisinage",
        title=words.text("portrait.neighbourhood", name=outline.name),
        description=words.text("graph.introduction"))
    return serialised(svg) if svg is not None else Markup("")
