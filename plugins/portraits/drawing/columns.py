"""Draw the graph as two columns of names, for narrow pages.

``draw_columns`` draws the whole graph for phones: people who recommend on the left, what they
recommend on the right, most recommended first; people on the left are sorted to be near what they
recommend. ``draw_neighbourhood`` draws one person between those who recommend them, on the left,
and those whom they recommend, on the right.

Names are stacked and never overlap; both drawings have the width of a phone and a variable
height. Classes are those of :mod:`portraits.drawing.poster`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from portraits.drawing.graph import Graph, Node
from portraits.support.svg import add, drawing, number, shortened, text_width

if TYPE_CHECKING:
    from portraits.drawing.selection import Selection

WIDTH = 390
COLUMN = 152
"""Width of a column of names."""
LEFT_DOT, RIGHT_DOT = COLUMN + 8, WIDTH - COLUMN - 8
SIZE, ROW = 13, 22
SMALLEST = 11
"""Minimum text size: a name too long for its column is set smaller, then cut."""
DOT = 3.5


def draw_columns(
    selection: Selection, *, name: str, title: str, description: str, headings: tuple[str, str]
) -> Element:
    """Draw the graph as two columns under ``headings``.

    ``name`` prefixes ids and must be unique in the page; ``title`` and ``description`` are its
    accessible name and description.
    """
    graph = selection.graph
    received = selection.recommended
    left, right = _ordered(graph, received)
    rows = max(len(left), len(right))
    top = 2.0 * ROW
    svg = drawing(
        0,
        0,
        WIDTH,
        top + rows * ROW,
        name=name,
        title=title,
        description=description,
        class_="graph graph-columns",
        role="group",
    )
    add(
        svg,
        "text",
        headings[0],
        class_="graph-heading",
        x=COLUMN,
        y=SIZE,
        text_anchor="end",
        font_size=SIZE,
        fill="currentColor",
    )
    add(
        svg,
        "text",
        headings[1],
        class_="graph-heading",
        x=WIDTH - COLUMN,
        y=SIZE,
        font_size=SIZE,
        fill="currentColor",
    )
    from_y = _rows(left, top, rows)
    to_y = _rows(right, top, rows)
    ties = _ties(svg)
    for source, target in graph.edges:
        _tie(ties, LEFT_DOT, from_y[source], RIGHT_DOT, to_y[target])
    for node in left:
        _name(svg, tie_of(node), from_y[node.key], left=True)
    for node in right:
        _name(svg, tie_of(node), to_y[node.key], left=False, count=received[node.key])
    return svg


@dataclass(frozen=True, slots=True)
class Tie:
    """A name in a column, with its link."""

    label: str
    url: str
    person: bool
    """Whether it is a person with a portrait; else an account."""


@dataclass(frozen=True, slots=True)
class Side:
    """The names on one side of a neighbourhood."""

    shown: tuple[Tie, ...]
    more: int
    """Number of further names, not shown."""


NOBODY = Side((), 0)


def tie_of(node: Node) -> Tie:
    """Convert a node of the graph to a name with a link."""
    return Tie(node.label, node.url, node.person)


def draw_neighbourhood(
    before: Side, after: Side, *, name: str, title: str, description: str
) -> Element | None:
    """Draw a person between those who recommend them and those whom they recommend.

    Each side ends with the number of names not shown. Returns None when both sides are empty.
    """
    if before == after == NOBODY:
        return None
    rows = max(len(side.shown) + (side.more > 0) for side in (before, after))
    height = max(rows, 2) * ROW + 8
    svg = drawing(
        0,
        0,
        WIDTH,
        height,
        name=name,
        title=title,
        description=description,
        class_="graph graph-neighbourhood",
        role="group",
    )
    ties = _ties(svg)
    middle = height / 2
    for side, left in ((before, True), (after, False)):
        top = middle - (len(side.shown) + (side.more > 0)) * ROW / 2
        for position, tie in enumerate(side.shown):
            y = top + (position + 0.5) * ROW
            if left:
                _tie(ties, LEFT_DOT, y, WIDTH / 2, middle)
            else:
                _tie(ties, WIDTH / 2, middle, RIGHT_DOT, y)
            _name(svg, tie, y, left=left)
        if side.more:
            add(
                svg,
                "text",
                f"+ {side.more}",
                class_="graph-more",
                x=COLUMN if left else WIDTH - COLUMN,
                y=top + (len(side.shown) + 0.5) * ROW,
                dy="0.35em",
                text_anchor="end" if left else "start",
                font_size=SIZE,
                fill="currentColor",
            )
    add(
        svg,
        "circle",
        class_="graph-dot graph-self",
        cx=WIDTH / 2,
        cy=middle,
        r=2 * DOT,
        fill="currentColor",
    )
    return svg


def _ordered(graph: Graph, received: Mapping[str, int]) -> tuple[list[Node], list[Node]]:
    """Return the two columns, sorted to shorten the strokes (barycentre ordering, 4 rounds).

    The right column is sorted by number of recommendations first.
    """
    left = [node for node in graph.nodes if graph.targets[node.key]]
    right = [node for node in graph.nodes if graph.sources[node.key]]
    right.sort(key=lambda node: -received[node.key])
    for _ in range(4):
        rank = {node.key: position for position, node in enumerate(right)}
        left.sort(key=lambda node: _mean(rank[end.key] for end in graph.targets[node.key]))
        rank = {node.key: position for position, node in enumerate(left)}
        right.sort(
            key=lambda node: (
                -received[node.key],
                _mean(rank[end.key] for end in graph.sources[node.key]),
            )
        )
    return left, right


def _mean(ranks: Iterable[int]) -> float:
    found = tuple(ranks)
    return sum(found) / len(found)


def _rows(nodes: list[Node], top: float, rows: int) -> dict[str, float]:
    """Return key -> y of its row; the shorter column is spread over the height of the longer."""
    step = ROW * rows / max(1, len(nodes))
    return {node.key: top + (position + 0.5) * step for position, node in enumerate(nodes)}


def _ties(svg: Element) -> Element:
    return add(
        svg,
        "g",
        class_="graph-ties",
        fill="currentColor",
        fill_opacity="0.3",
        pointer_events="none",
    )


def _tie(parent: Element, x1: float, y1: float, x2: float, y2: float) -> None:
    """Draw a stroke from left to right, wide at its start and thin at its end."""
    add(parent, "path", class_="graph-tie", d=_stroke(x1, y1, x2, y2))


@lru_cache(maxsize=4096)
def _stroke(x1: float, y1: float, x2: float, y2: float) -> str:
    """Return the outline as a path. Cached: neighbourhoods of one size have the same strokes."""
    middle = (x1 + x2) / 2
    points = (
        (x1, y1 - 1.4),
        (middle, y1 - 1.2),
        (middle, y2 - 0.4),
        (x2, y2 - 0.4),
        (x2, y2 + 0.4),
        (middle, y2 + 0.4),
        (middle, y1 + 1.2),
        (x1, y1 + 1.4),
    )
    a, b, c, d, e, f, g, h = (f"{number(x)} {number(y)}" for x, y in points)
    return f"M{a}C{b} {c} {d}L{e}C{f} {g} {h}Z"


def _name(svg: Element, tie: Tie, y: float, *, left: bool, count: int = 0) -> None:
    """Draw a linked name with its dot on the inner side."""
    kind = "graph-person" if tie.person else "graph-account"
    link = add(svg, "a", class_=f"graph-node {kind}", href=tie.url)
    counted = f" ({count})" if count > 1 else ""
    add(link, "title", f"{tie.label}{counted}")
    add(
        link,
        "circle",
        class_="graph-dot",
        cx=LEFT_DOT if left else RIGHT_DOT,
        cy=y,
        r=DOT,
        fill="currentColor" if tie.person else "Canvas",
        stroke="currentColor",
    )
    room = COLUMN - 4 - (text_width(f" {count}", 10) if counted else 0)
    size = min(SIZE, max(SMALLEST, SIZE * room / text_width(tie.label, SIZE)))
    text = add(
        link,
        "text",
        shortened(tie.label, room, size),
        class_="graph-name",
        x=COLUMN if left else WIDTH - COLUMN,
        y=y,
        dy="0.35em",
        text_anchor="end" if left else "start",
        font_size=size,
        font_weight="bold" if tie.person else "normal",
        fill="currentColor",
    )
    if counted:
        add(text, "tspan", f" {count}", class_="graph-count", font_size=10, font_weight="normal")
