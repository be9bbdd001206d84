"""Draw the graph of recommendations as a circle, for wide pages and for print.

People are on the rim, nodes that several of them recommend inside
(:mod:`portraits.drawing.layout`). A recommendation is a stroke that is wide at the person who
recommends and thin at the other end, so it needs no arrow head.

Classes for the style sheet: ``graph``; ``graph-tie`` (a stroke: ``data-from``, ``data-to``);
``graph-node`` with ``graph-person`` or ``graph-account`` (a link: ``data-node``);
``graph-dot``, ``graph-name``, ``graph-halo`` (a name above strokes, outlined in the background
colour by its ``stroke``), ``graph-count``, ``graph-rim``.
"""

from __future__ import annotations

from cmath import phase
from math import degrees, pi
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from portraits.drawing.layout import RIM_SIZE, Layout, Placed, dot_radius, layout, name_width
from portraits.support.svg import add, drawing, number

if TYPE_CHECKING:
    from portraits.drawing.selection import Selection

PADDING = 12
GAP = 9
"""Distance between a dot on the rim and its name."""


def draw(selection: Selection, *, name: str, title: str, description: str) -> Element:
    """Draw ``selection`` as an ``svg`` element.

    ``name`` prefixes ids and must be unique in the page; ``title`` and ``description`` are its
    accessible name and description.
    """
    found = layout(selection)
    reach = [_end_of_name(placed) for placed in found.placed if placed.on_rim]
    reach += [found.radius * 1j**quarter for quarter in range(4)]
    left = min(end.real for end in reach) - PADDING
    right = max(end.real for end in reach) + PADDING
    top = min(end.imag for end in reach) - PADDING
    bottom = max(end.imag for end in reach) + PADDING
    svg = drawing(
        left,
        top,
        right - left,
        bottom - top,
        name=name,
        title=title,
        description=description,
        class_="graph graph-round",
        role="group",
    )
    add(
        svg,
        "circle",
        class_="graph-rim",
        r=found.radius,
        fill="none",
        stroke="currentColor",
        stroke_opacity="0.12",
    )
    ids = {placed.node.key: f"{name}-{position}" for position, placed in enumerate(found.placed)}
    _draw_ties(svg, selection, found, ids)
    for placed in found.placed:
        _draw_node(svg, placed, placed.node.url, ids[placed.node.key])
    return svg


def _end_of_name(placed: Placed) -> complex:
    """Return the outer end of a name on the rim."""
    away = placed.at / abs(placed.at)
    return placed.at + away * (GAP + name_width(placed.node, placed.size) + RIM_SIZE)


def _draw_ties(svg: Element, selection: Selection, found: Layout, ids: dict[str, str]) -> None:
    places = {placed.node.key: placed for placed in found.placed}
    ties = add(
        svg,
        "g",
        class_="graph-ties",
        fill="currentColor",
        fill_opacity="0.2",
        pointer_events="none",
    )
    for source, target in selection.graph.edges:
        add(
            ties,
            "path",
            class_="graph-tie",
            d=_stroke(places[source], places[target]),
            data_from=ids[source],
            data_to=ids[target],
        )


def _stroke(source: Placed, target: Placed) -> str:
    """Return the outline of a curve from ``source``, wide there and thin at ``target``."""
    start, end = source.at, target.at
    middle = (start + end) / 2
    if source.on_rim and target.on_rim:
        apart = abs(start - end) / (abs(start) + abs(end))
        bend = middle / abs(middle) * abs(start) * (0.96 - 0.9 * apart) if abs(middle) > 1 else 0j
    elif source.on_rim or target.on_rim:
        bend = middle * 0.82
    else:
        bend = middle + (end - start) * 0.12j
    if end == start:
        return ""
    across = (end - start) / abs(end - start) * 1j
    broad, thin = across * 1.6, across * 0.3
    points = (start + broad, bend + across, end + thin, end - thin, bend - across, start - broad)
    a, b, c, d, e, f = (f"{number(point.real)} {number(point.imag)}" for point in points)
    return f"M{a}Q{b} {c}L{d}Q{e} {f}Z"


def _draw_node(svg: Element, placed: Placed, url: str, node_id: str) -> None:
    node = placed.node
    kind = "graph-person" if node.person else "graph-account"
    link = add(svg, "a", class_=f"graph-node {kind}", href=url, data_node=node_id)
    counted = f" ({placed.recommended})" if placed.recommended > 1 else ""
    add(link, "title", f"{node.label}{counted}")
    radius = dot_radius(placed.size)
    add(
        link,
        "circle",
        class_="graph-dot",
        cx=placed.at.real,
        cy=placed.at.imag,
        r=radius,
        fill="currentColor" if node.person else "Canvas",
        stroke="currentColor",
    )
    weight = "bold" if node.person else "normal"
    if placed.on_rim:
        _draw_rim_name(link, placed, weight)
        return
    text = add(
        link,
        "text",
        node.label,
        class_="graph-name graph-halo",
        x=placed.at.real,
        y=placed.at.imag + radius + placed.size * 0.95,
        text_anchor="middle",
        font_size=placed.size,
        font_weight=weight,
        fill="currentColor",
        stroke="Canvas",
        stroke_width="4",
        stroke_linejoin="round",
        paint_order="stroke",
    )
    add(
        text,
        "tspan",
        f" {placed.recommended}",
        class_="graph-count",
        font_size=max(10, placed.size * 0.6),
        font_weight="normal",
    )


def _draw_rim_name(link: Element, placed: Placed, weight: str) -> None:
    """Draw a name pointing outwards, not upside down on the left half of the circle."""
    angle = phase(placed.at)
    flipped = abs(angle) > pi / 2
    turn = degrees(angle) + (180 if flipped else 0)
    place = f"{number(placed.at.real)} {number(placed.at.imag)}"
    add(
        link,
        "text",
        placed.node.label,
        class_="graph-name",
        transform=f"translate({place}) rotate({number(turn)})",
        x=-GAP if flipped else GAP,
        dy="0.35em",
        text_anchor="end" if flipped else "start",
        font_size=placed.size,
        font_weight=weight,
        fill="currentColor",
    )
