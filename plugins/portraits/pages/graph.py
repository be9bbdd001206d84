"""Render the graph of who recommends whom: a wide drawing, a narrow one, and a table."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from markupsafe import Markup

from portraits.drawing.columns import draw_columns
from portraits.drawing.graph import Graph, Node
from portraits.images.picture import SQUARE
from portraits.model import addresses
from portraits.output.sitemap import entry
from portraits.series.views.accounts import RECOMMENDED
from portraits.site.context import BuildContext, accent_class
from portraits.site.heads import series_meta
from portraits.site.page import File, in_each_language, once
from portraits.site.views import GraphPage, Link
from portraits.support.svg import serialised

if TYPE_CHECKING:
    from portraits.drawing.poster import PosterFace

NARROW_LIMIT = 80
"""Maximum number of names in the columns, so that they stay readable."""
ROWS = 2000
"""Maximum number of people in the table."""


def graph_of(context: BuildContext) -> Graph:
    """Return the graph of who recommends whom in the whole series."""
    series = context.series
    people = [
        (source, context.translated(source))
        for (source,) in series.sql(
            "SELECT source FROM portrait WHERE position IS NOT NULL AND person=1 ORDER BY position"
        )
    ]
    nodes = [Node(source, one.name, context.url(one), True) for source, one in people]
    node_of: dict[str, str] = {}
    others: dict[str, Node] = {}
    for key, label, url, portrait, one, name in series.sql(
        "SELECT account.account, label, url, account.portrait, account.entry, name FROM account"
        f" JOIN {RECOMMENDED} USING (account) JOIN directory_entry USING (entry)"
        " ORDER BY people DESC, account.account"
    ):
        node_of[key] = one
        if not portrait:
            others.setdefault(one, Node(one, label if one == key else name, url, False))
    nodes += others.values()
    edges = {
        (source, node_of[account]): None
        for source, account in series.sql(
            "SELECT source, account FROM recommendation"
            " WHERE position IS NOT NULL AND person=1 ORDER BY position, number"
        )
        if node_of[account] != source
    }
    return Graph(tuple(nodes), tuple(edges))


def _make(context: BuildContext, key: str) -> Iterator[File]:
    # Imported here because most builds do not draw the whole graph.
    from portraits.drawing.poster import MOST_ACCOUNTS, MOST_PEOPLE, draw
    from portraits.drawing.selection import left_out_in_words, select, strongest

    graph = graph_of(context)
    selection, narrow = strongest(graph, MOST_PEOPLE, MOST_ACCOUNTS), select(graph, NARROW_LIMIT)
    faces = {node.key: _face(context, node.key) for node in selection.graph.nodes if node.person}
    words = context.words()
    heading = words.text("graph.heading")
    about = {"title": heading, "description": words.text("drawing.description")}
    headings = (words.text("drawing.recommend"), words.text("drawing.recommended"))
    drawings = (
        draw(selection, faces, name="graphe", **about),
        draw_columns(narrow, name="colonnes", headings=headings, **about),
    )
    view = GraphPage(
        drawing=Markup("").join(map(serialised, drawings)),
        left_out=left_out_in_words(selection, context.spoken),
        narrow_left_out=left_out_in_words(narrow, context.spoken),
        table=_table(graph),
    )
    meta = series_meta(context, addresses.GRAPH, heading, words.text("graph.introduction"))
    yield File(
        context.place(addresses.GRAPH),
        context.render("graph.html", meta, view),
        entry(meta.canonical, None, meta.alternates),
    )


def _face(context: BuildContext, source: str) -> PosterFace:
    """Return the face of somebody, from the smallest square picture that is sharp enough."""
    from portraits.drawing.poster import LARGEST_FACE, PosterFace

    one = context.summary(source)
    picture = context.picture(one, SQUARE)
    if picture:
        sharp = [file for file in picture.jpeg if file.width >= 2 * LARGEST_FACE]
        address = addresses.IMAGES + (sharp or picture.jpeg)[0 if sharp else -1].name
    else:
        address = context.monogram_file(one)
    path = context.settings.path(address) if address else ""
    return PosterFace(path, accent_class(context.accent(one)))


def _table(graph: Graph) -> tuple[tuple[Link, tuple[Link, ...], tuple[Link, ...]], ...]:
    """Return each person, the accounts they recommend, and the people who recommend them."""

    def links(nodes: tuple[Node, ...]) -> tuple[Link, ...]:
        return tuple(Link(node.label, node.url) for node in nodes)

    tied = (
        node
        for node in graph.nodes
        if node.person and (graph.targets[node.key] or graph.sources[node.key])
    )
    return tuple(
        (Link(node.label, node.url), links(graph.targets[node.key]), links(graph.sources[node.key]))
        for node in islice(tied, ROWS)
    )


KIND = in_each_language("graph", once, _make)
