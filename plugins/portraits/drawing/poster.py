"""Draw who recommends whom as a poster, for wide pages and for print.

    accounts    people, on an ellipse, each with a face     accounts
    on the      ties between people cross it                on the
    left        ties to accounts leave it                   right

A tie is a stroke in the colour of the person who recommends, wide there, with a point at the other
end. All names are level. People stand near those with whom they have ties (barycentre ordering, a
fixed number of rounds), an account stands on the side of those who recommend it. The layout is
deterministic.

Classes for the style sheet: ``graph-poster``; ``graph-tie`` with the class of an accent
(``data-from``, ``data-to``); ``graph-node`` with ``graph-person`` or ``graph-account`` (a link:
``data-node``); ``graph-face``, ``graph-edge`` (around a face), ``graph-dot``, ``graph-name``,
``graph-halo`` (a name above ties, outlined in the background colour), ``graph-count``.
"""

from __future__ import annotations

from cmath import exp, phase
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import pi, sqrt, tau
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from portraits.support.svg import add, drawing, number, text_width

if TYPE_CHECKING:
    from portraits.drawing.graph import Graph, Node
    from portraits.drawing.selection import Selection

MOST_PEOPLE, MOST_ACCOUNTS = 16, 24
"""What a poster has room for."""
NAME_SIZE = 18
"""Height of every name, in units: 12 pixels where the drawing is shown at three quarters."""
FACE, LARGEST_FACE = 40, 60
"""Widths of a face: of somebody whom nobody recommends, and of whom most recommend."""
_ROOM = 146
"""Length of the ellipse for each person: a face, or a name of two lines beside another."""
_FLAT = 0.68
"""Height of the ellipse, in widths."""
_SMALLEST = 190
"""Half the width of the ellipse of very few people."""
_LINE = 1.15 * NAME_SIZE
_SLOT = 33
"""Height of an account in its column."""
_ASIDE = 96
"""Distance between the ellipse and the dots of the accounts."""
_PADDING = 12
_ROUNDS = 40
_POINT = 9
"""Length of the point of a tie."""


@dataclass(frozen=True, slots=True)
class PosterFace:
    """How somebody looks in the drawing."""

    picture: str
    """Path of a square picture; empty if the site has none."""
    accent_class: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A node and its position. The centre of the drawing is 0; y increases downwards."""

    node: Node
    at: complex
    radius: float
    """Of the face, or of the dot."""
    lines: tuple[str, ...]
    """The lines of the name."""
    name_at: complex
    """Where the first line is anchored."""
    anchor: str
    """``start``, ``middle`` or ``end``."""
    recommended: int
    """Number of people who recommend it in the whole series."""

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the name."""
        width = max(text_width(line, NAME_SIZE) for line in self.lines) * 1.08
        left = self.name_at.real - {"start": 0, "middle": width / 2, "end": width}[self.anchor]
        top = self.name_at.imag - 0.8 * NAME_SIZE
        return left, top, left + width, top + len(self.lines) * _LINE


def layout(selection: Selection) -> tuple[Placed, ...]:
    """Compute the positions of all nodes of ``selection``, in its order."""
    graph = selection.graph
    people = [node for node in graph.nodes if node.person]
    accounts = [node for node in graph.nodes if not node.person]
    wide = max(_SMALLEST, _ROOM * len(people) / (pi * (1 + _FLAT)))
    order = _ordered(people, graph)
    angles = {key: tau * place / len(order) - pi / 2 for place, key in enumerate(order)}
    places = {key: _on_ellipse(angle, wide) for key, angle in angles.items()}
    most = max(selection.recommended.values(), default=1)
    found: dict[str, Placed] = {}
    for node in people:
        count = selection.recommended.get(node.key, 0)
        radius = (FACE + (LARGEST_FACE - FACE) * sqrt(count / most)) / 2
        found[node.key] = _person(node, places[node.key], radius, count, wide)
    found |= _columns(accounts, graph, places, wide, selection.recommended)
    return tuple(found[node.key] for node in graph.nodes)


def _ordered(people: Sequence[Node], graph: Graph) -> list[str]:
    """Return the keys of people around the ellipse, each near those with whom it has ties."""
    order = [node.key for node in people]
    known = set(order)
    near: dict[str, list[str]] = {key: [] for key in order}
    for source, target in graph.edges:
        if target in known:
            near[source].append(target)
            near[target].append(source)
    for _ in range(_ROUNDS):
        angles = {key: tau * place / max(1, len(order)) for place, key in enumerate(order)}
        pulled = {
            key: exp(1j * angles[key]) + sum((exp(1j * angles[one]) for one in near[key]), 0j)
            for key in order
        }
        turned = sorted(order, key=lambda key: (phase(pulled[key]) % tau, key))
        if turned == order:
            break
        order = turned
    return order


def _on_ellipse(angle: float, wide: float) -> complex:
    return complex(wide * exp(1j * angle).real, wide * _FLAT * exp(1j * angle).imag)


def _person(node: Node, at: complex, radius: float, count: int, wide: float) -> Placed:
    lines = _in_two(node.label)
    above = at.imag < -0.5 * wide * _FLAT
    below = radius + 1.15 * NAME_SIZE
    name_at = at + 1j * (-radius - 0.5 * NAME_SIZE - _LINE * (len(lines) - 1) if above else below)
    return Placed(node, at, radius, lines, name_at, "middle", count)


def _in_two(name: str) -> tuple[str, ...]:
    """Cut a long name at the space nearest to its middle."""
    spaces = [place for place, letter in enumerate(name) if letter == " "]
    if len(name) < 13 or not spaces:
        return (name,)
    cut = min(spaces, key=lambda place: abs(place - len(name) / 2))
    return (name[:cut], name[cut + 1 :])


def _columns(
    accounts: Sequence[Node],
    graph: Graph,
    places: Mapping[str, complex],
    wide: float,
    recommended: Mapping[str, int],
) -> dict[str, Placed]:
    """Place the accounts: half on each side, on that of the people who recommend them."""
    pull = {
        node.key: sum((places[one.key] for one in graph.sources[node.key]), 0j)
        / max(1, len(graph.sources[node.key]))
        for node in accounts
    }
    across = sorted(accounts, key=lambda node: (pull[node.key].real, node.key))
    half = (len(across) + 1) // 2
    found = {}
    for side, column in ((-1, across[:half]), (1, across[half:])):
        column = sorted(column, key=lambda node: (pull[node.key].imag, node.key))
        slot = max(_SLOT, min(2 * wide * _FLAT / max(1, len(column) - 1), 3 * _SLOT))
        for place, node in enumerate(column):
            at = complex(side * (wide + _ASIDE), (place - (len(column) - 1) / 2) * slot)
            name_at = at + side * 14 + 0.35j * NAME_SIZE
            anchor = "end" if side < 0 else "start"
            count = recommended.get(node.key, 0)
            found[node.key] = Placed(node, at, 4.5, (node.label,), name_at, anchor, count)
    return found


def draw(
    selection: Selection,
    faces: Mapping[str, PosterFace],
    *,
    name: str,
    title: str,
    description: str,
) -> Element:
    """Draw ``selection`` as an ``svg`` element.

    ``faces`` maps the key of each person to their face. ``name`` prefixes ids and must be unique in
    the page; ``title`` and ``description`` are its accessible name and description.
    """
    placed = layout(selection)
    boxes = [one.box for one in placed]
    reach = [0j, *(one.at + one.radius * (1 + 1j) for one in placed)]
    reach += [one.at - one.radius * (1 + 1j) for one in placed]
    left = min([*(box[0] for box in boxes), *(end.real for end in reach)]) - _PADDING
    top = min([*(box[1] for box in boxes), *(end.imag for end in reach)]) - _PADDING
    right = max([*(box[2] for box in boxes), *(end.real for end in reach)]) + _PADDING + NAME_SIZE
    bottom = max([*(box[3] for box in boxes), *(end.imag for end in reach)]) + _PADDING
    left -= NAME_SIZE  # the number beside a name
    svg = drawing(
        left,
        top,
        right - left,
        bottom - top,
        name=name,
        title=title,
        description=description,
        class_="graph graph-poster",
        role="group",
    )
    clip = add(svg, "clipPath", id=f"{name}-face", clipPathUnits="objectBoundingBox")
    add(clip, "circle", cx=0.5, cy=0.5, r=0.5)
    ids = {one.node.key: f"{name}-{position}" for position, one in enumerate(placed)}
    _draw_ties(svg, selection.graph, placed, faces, ids)
    for one in placed:
        _draw_node(svg, one, faces.get(one.node.key), name, ids[one.node.key])
    return svg


def _draw_ties(
    svg: Element,
    graph: Graph,
    placed: Sequence[Placed],
    faces: Mapping[str, PosterFace],
    ids: Mapping[str, str],
) -> None:
    found = {one.node.key: one for one in placed}
    ties = add(svg, "g", fill="currentColor", fill_opacity="0.45", pointer_events="none")
    for source, target in graph.edges:
        add(
            ties,
            "path",
            class_=f"graph-tie {faces[source].accent_class}".strip(),
            d=_stroke(found[source], found[target]),
            data_from=ids[source],
            data_to=ids[target],
        )


def _stroke(source: Placed, target: Placed) -> str:
    """Return the outline of a curve from ``source``, wide there, with a point at ``target``."""
    between = target.at - source.at
    if target.node.person:
        # Towards the centre, the farther the more; and beside the middle, so that two who
        # recommend each other have two curves.
        apart = abs(between) / (abs(source.at) + abs(target.at))
        bend = (source.at + target.at) / 2 * (0.95 - 0.5 * apart) + between * 0.1j
    else:
        bend = complex(target.at.real * 0.82, (source.at.imag + 3 * target.at.imag) / 4)
    if abs(bend - source.at) < 1 or abs(bend - target.at) < 1:
        bend = source.at + between * (0.5 + 0.12j)
    out = (bend - source.at) / abs(bend - source.at)
    into = (target.at - bend) / abs(target.at - bend)
    start = source.at + out * (source.radius + 2)
    tip = target.at - into * (target.radius + 3)
    neck = tip - into * _POINT
    beside = between / abs(between) * 1j
    wide, thin, head = out * 2.2j, into * 0.7j, into * 3.6j
    outline = (
        *(start + wide, bend + beside * 1.2, neck + thin, neck + head, tip),
        *(neck - head, neck - thin, bend - beside * 1.2, start - wide),
    )
    a, b, c, d, e, f, g, h, i = (f"{number(one.real)} {number(one.imag)}" for one in outline)
    return f"M{a}Q{b} {c}L{d}L{e}L{f}L{g}Q{h} {i}Z"


def _draw_node(svg: Element, one: Placed, face: PosterFace | None, name: str, node_id: str) -> None:
    node = one.node
    kind = f"graph-person {face.accent_class}" if face else "graph-account"
    link = add(svg, "a", class_=f"graph-node {kind}".strip(), href=node.url, data_node=node_id)
    counted = f" ({one.recommended})" if one.recommended > 1 else ""
    add(link, "title", f"{node.label}{counted}")
    if face and face.picture:
        add(
            link,
            "image",
            class_="graph-face",
            href=face.picture,
            x=one.at.real - one.radius,
            y=one.at.imag - one.radius,
            width=2 * one.radius,
            height=2 * one.radius,
            clip_path=f"url(#{name}-face)",
        )
    add(
        link,
        "circle",
        class_="graph-edge" if face and face.picture else "graph-dot",
        cx=one.at.real,
        cy=one.at.imag,
        r=one.radius,
        fill="none" if face and face.picture else ("currentColor" if face else "Canvas"),
        stroke="currentColor",
        stroke_width=2 if face else 1,
    )
    _draw_name(link, one, bold=node.person)


def _draw_name(link: Element, one: Placed, *, bold: bool) -> None:
    text = add(
        link,
        "text",
        class_="graph-name graph-halo",
        text_anchor=one.anchor,
        font_size=NAME_SIZE,
        font_weight="bold" if bold else "normal",
        fill="currentColor",
        stroke="Canvas",
        stroke_width="4",
        stroke_linejoin="round",
        paint_order="stroke",
    )
    for line, words in enumerate(one.lines):
        last = line == len(one.lines) - 1
        add(
            text,
            "tspan",
            f"{words}{'' if last else ' '}",
            x=one.name_at.real,
            y=one.name_at.imag + line * _LINE,
        )
    if one.recommended > 1:
        add(text, "tspan", f" {one.recommended}", class_="graph-count", font_weight="normal")
