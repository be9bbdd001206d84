"""Compute the layout of the round drawing.

    inside = nodes that at least two of the drawn people recommend
    rim    = all others: people, and beside them what only they recommend

The rim is a circle of names that point outwards, in one slot each, so they cannot overlap. A
block is a person among the accounts that only they recommend; blocks are sorted around the circle
to be near what they recommend inside (barycentre ordering, a fixed number of rounds). Inside
nodes are placed at even angles, in the order of the direction of their neighbours. Their distance
from the centre is smaller the more often they are recommended and the more evenly their
neighbours are spread; then overlapping names are pushed apart. The layout is deterministic.
"""

from __future__ import annotations

from cmath import exp, phase
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, pi, sqrt, tau

from portraits.drawing.graph import Graph, Node
from portraits.drawing.selection import Selection
from portraits.support.svg import text_width

RIM_SIZE, SLOT = 13, 17
"""Height of a name on the rim and of its slot, in units."""
SMALLEST, LARGEST = 13, 28
"""Heights of the names inside, from least to most recommended, in units."""
ROUNDS = 40
"""Rounds of barycentre ordering."""
GOLDEN = 2.4
"""Approximate golden angle, in radians: spreads nodes that are not pulled to any side."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A node and its position. The centre of the drawing is 0; y increases downwards."""

    node: Node
    at: complex
    size: float
    """Height of its name, in units."""
    recommended: int
    """Number of people who recommend it in the whole series."""
    on_rim: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """All nodes of a drawing, in the graph's order."""

    placed: tuple[Placed, ...]
    radius: float
    """Radius of the rim, in units."""


def dot_radius(size: float) -> float:
    """Return the radius of the dot of a node whose name is ``size`` high."""
    return size / 4


def name_width(node: Node, size: float) -> float:
    """Estimate the width of a node's name, in units; names of people are bold."""
    return text_width(node.label, size) * (1.08 if node.person else 1)


def layout(selection: Selection) -> Layout:
    """Compute the positions of all nodes of ``selection``."""
    graph = selection.graph
    sources: dict[str, list[str]] = defaultdict(list)
    targets: dict[str, list[str]] = defaultdict(list)
    for source, target in graph.edges:
        sources[target].append(source)
        targets[source].append(target)
    received = {node.key: len(sources[node.key]) for node in graph.nodes}
    inside = [node for node in graph.nodes if received[node.key] >= 2]
    sizes = _sizes(inside, selection.recommended)
    blocks = _blocks(graph, received, sources, targets)

    angles = _turned(blocks, {node.key for node in inside}, sources, targets)
    slots = sum(len(block) + 0.6 for block in blocks)
    room = _room(inside, sizes)
    radius = max(room + 70, slots * SLOT / tau)
    places = {key: radius * exp(1j * angle) for key, angle in angles.items()}
    ties = {node.key: sources[node.key] + targets[node.key] for node in inside}
    places |= _spread(inside, sizes, ties, angles, radius - 60)
    return Layout(
        tuple(
            Placed(
                node,
                places[node.key],
                sizes.get(node.key, RIM_SIZE),
                selection.recommended.get(node.key, 0),
                node.key in angles,
            )
            for node in graph.nodes
        ),
        radius,
    )


def _sizes(inside: list[Node], recommended: Mapping[str, int]) -> dict[str, float]:
    """Return key -> height of the name inside: it grows with the number of recommendations, less
    in a small series."""
    most = max((recommended[node.key] for node in inside), default=2)
    largest = min(LARGEST, SMALLEST * (most / 2) ** 0.4)
    return {
        node.key: SMALLEST
        + (largest - SMALLEST) * sqrt((recommended[node.key] - 2) / max(1, most - 2))
        for node in inside
    }


def _blocks(
    graph: Graph,
    received: dict[str, int],
    sources: dict[str, list[str]],
    targets: dict[str, list[str]],
) -> list[list[str]]:
    """Return the blocks of the rim, each person amid the accounts that only they recommend.

    A person who is inside has a block of such accounts too, which does not include the person.
    """
    leaves: dict[str, list[str]] = defaultdict(list)
    heads: list[str] = []
    for node in graph.nodes:
        if received[node.key] == 1 and not targets[node.key]:
            leaves[sources[node.key][0]].append(node.key)
        elif node.person:
            heads.append(node.key)
    blocks = []
    for head in heads:
        own = leaves[head]
        middle = (len(own) + 1) // 2
        block = own[:middle] + ([head] if received[head] < 2 else []) + own[middle:]
        if block:
            blocks.append(block)
    return blocks


def _turned(
    blocks: list[list[str]],
    inside: set[str],
    sources: dict[str, list[str]],
    targets: dict[str, list[str]],
) -> dict[str, float]:
    """Return key -> angle on the rim, after moving each block towards what it recommends
    inside."""
    owner = [_owner(block, sources, targets) for block in blocks]
    wanted = [[key for key in targets[head] if key in inside] for head in owner]
    for block_wanted, head in zip(wanted, owner, strict=True):
        if head in inside:
            block_wanted.append(head)
    order = list(range(len(blocks)))
    for _ in range(ROUNDS):
        middle = _middles(order, blocks)
        pulled: dict[str, complex] = defaultdict(complex)
        degree: dict[str, int] = defaultdict(int)
        for position in order:
            for key in wanted[position]:
                pulled[key] += exp(1j * middle[position])
                degree[key] += 1
        direction = {
            position: sum((pulled[key] / degree[key] ** 2 for key in wanted[position]), 0j)
            for position in order
        }
        order.sort(
            key=lambda position: (
                phase(direction[position]) % tau
                if abs(direction[position]) > 1e-9
                else middle[position],
                position,
            )
        )
    return _slots(order, blocks)


def _owner(block: list[str], sources: dict[str, list[str]], targets: dict[str, list[str]]) -> str:
    """Return the key of the person whose block it is."""
    return next((key for key in block if targets[key]), "") or sources[block[0]][0]


def _slots(order: list[int], blocks: list[list[str]]) -> dict[str, float]:
    """Return key -> angle, for blocks around the circle in ``order``."""
    step = tau / sum(len(block) + 0.6 for block in blocks) if blocks else 0
    angles: dict[str, float] = {}
    angle = 0.0
    for position in order:
        for key in blocks[position]:
            angles[key] = angle + step / 2
            angle += step
        angle += 0.6 * step
    return angles


def _middles(order: list[int], blocks: list[list[str]]) -> dict[int, float]:
    """Return block -> angle of its middle, for blocks in ``order``."""
    angles = _slots(order, blocks)
    return {n: (angles[blocks[n][0]] + angles[blocks[n][-1]]) / 2 for n in order}


def _room(inside: list[Node], sizes: dict[str, float]) -> float:
    """Return the radius of a disc with enough space for the names inside."""
    area = sum(
        (name_width(node, sizes[node.key]) + 40) * (sizes[node.key] * 1.6 + 26) for node in inside
    )
    return sqrt(area * 1.5 / pi)


def _spread(
    inside: list[Node],
    sizes: dict[str, float],
    ties: dict[str, list[str]],
    angles: dict[str, float],
    room: float,
) -> dict[str, complex]:
    """Return key -> position inside: towards its neighbours, filling the disc, not overlapping.

    ``ties`` maps a node to its neighbours, ``angles`` gives those on the rim, ``room`` is the
    radius of the disc.
    """
    places = {node.key: 0j for node in inside}
    for _ in range(8):
        for node in inside:
            around = [
                exp(1j * angles[key]) if key in angles else places[key] for key in ties[node.key]
            ]
            places[node.key] = sum(around, 0j) / len(around)
    # Large names go to the centre, compared in steps of four units, then nodes whose neighbours
    # are on all sides. The radius depends on the rank, so that the whole disc is used.
    ranked = sorted(inside, key=lambda node: (-sizes[node.key] // 4, abs(places[node.key])))
    even = _even_angles(inside, places)
    for rank, node in enumerate(ranked):
        angle = even.get(node.key, rank * GOLDEN)
        places[node.key] = room * sqrt(rank / max(1, len(ranked))) * exp(1j * angle)
    _push_apart(inside, sizes, places, room)
    return places


def _even_angles(inside: list[Node], places: Mapping[str, complex]) -> dict[str, float]:
    """Return key -> angle for nodes that are pulled to some side, spaced evenly in order of
    direction, so that they fill the disc even if all are pulled to the same side."""
    around = sorted(
        (phase(places[node.key]), node.key) for node in inside if abs(places[node.key]) > 1e-9
    )
    step = tau / max(1, len(around))
    start = sum(angle for angle, _ in around) / max(1, len(around)) - step * (len(around) - 1) / 2
    return {key: start + rank * step for rank, (_, key) in enumerate(around)}


def _push_apart(
    inside: list[Node], sizes: dict[str, float], places: dict[str, complex], room: float
) -> None:
    """Move overlapping names apart along the shorter axis, half each, within the disc.

    The number of rounds is bounded, and smaller for many names.
    """
    boxes = [
        (node.key, name_width(node, sizes[node.key]) + 34, sizes[node.key] * 1.6 + 12)
        for node in inside
    ]
    for _ in range(ceil(6000 / max(60, len(boxes)))):
        moved = False
        for position, (one, width, height) in enumerate(boxes):
            for other, other_width, other_height in boxes[position + 1 :]:
                apart = places[other] - places[one]
                over_x = (width + other_width) / 2 - abs(apart.real)
                over_y = (height + other_height) / 2 - abs(apart.imag)
                if over_x <= 0 or over_y <= 0:
                    continue
                moved = True
                if over_y <= over_x:
                    shift = complex(0, over_y / 2 if apart.imag >= 0 else -over_y / 2)
                else:
                    shift = complex(over_x / 2 if apart.real >= 0 else -over_x / 2, 0)
                places[one] -= shift
                places[other] += shift
        for key, width, _ in boxes:
            limit = max(1.0, room - width / 3)
            if abs(places[key]) > limit:
                places[key] *= limit / abs(places[key])
        if not moved:
            return
