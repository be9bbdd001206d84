"""Where each node of the round drawing stands.

    inside = what at least two of the drawn people recommend
    rim    = everybody else: people, and beside them what they alone recommend

The rim is a circle of names that point outwards, one slot each, so no two names can meet.
A person's block is that person among the accounts that only they recommend; blocks are
turned around the circle until each stands near what it recommends inside (barycentre
ordering, a fixed number of rounds). The nodes inside stand around the middle in the order of
those that they are tied to, at even angles, the nearer to it the more their ties are spread
around and the more often they are recommended; then names that overlap are pushed apart.
Nothing is random: the order of the graph decides.
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
"""Height of a name on the rim, and of the slot that it stands in, in units."""
SMALLEST, LARGEST = 13, 28
"""Heights of the names inside, from least to most recommended."""
ROUNDS = 40
GOLDEN = 2.4
"""About the golden angle, in radians: nodes pulled to all sides alike are turned by it."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A node and its place. The centre of the drawing is 0, y grows downwards."""

    node: Node
    at: complex
    size: float
    """Height of its name."""
    recommended: int
    """How many recommend it in the whole series."""
    on_rim: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """All nodes of a drawing, in the graph's order."""

    placed: tuple[Placed, ...]
    radius: float
    """Of the rim."""


def dot_radius(size: float) -> float:
    """Radius of the dot of a node whose name is ``size`` high."""
    return size / 4


def name_width(node: Node, size: float) -> float:
    """About how wide a node's name is; people's are set bold."""
    return text_width(node.label, size) * (1.08 if node.person else 1)


def layout(selection: Selection) -> Layout:
    """The places of all nodes of ``selection``."""
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
            Placed(node, places[node.key], sizes.get(node.key, RIM_SIZE),
                   selection.recommended.get(node.key, 0),
                   node.key in angles)
            for node in graph.nodes
        ),
        radius,
    )


def _sizes(inside: list[Node], recommended: Mapping[str, int]) -> dict[str, float]:
    """Height of each name inside: it grows with recommendations, less in a small series."""
    most = max((recommended[node.key] for node in inside), default=2)
    largest = min(LARGEST, SMALLEST * (most / 2) ** 0.4)
    return {
        node.key: SMALLEST + (largest - SMALLEST)
        * sqrt((recommended[node.key] - 2) / max(1, most - 2))
        for node in inside
    }


def _blocks(
    graph: Graph, received: dict[str, int], sources: dict[str, list[str]],
    targets: dict[str, list[str]],
) -> list[list[str]]:
    """The nodes of the rim, each person in the middle of what they alone recommend.

    Somebody inside has a block too, without themselves, when they recommend such accounts.
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
    blocks: list[list[str]], inside: set[str], sources: dict[str, list[str]],
    targets: dict[str, list[str]],
) -> dict[str, float]:
    """Key -> angle on the rim, after turning each block towards what it recommends inside."""
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
        order.sort(key=lambda position: (
            phase(direction[position]) % tau if abs(direction[position]) > 1e-9
            else middle[position], position))
    return _slots(order, blocks)


def _owner(
    block: list[str], sources: dict[str, list[str]], targets: dict[str, list[str]],
) -> str:
    """The person whose block it is."""
    return next((key for key in block if targets[key]), "") or sources[block[0]][0]


def _slots(order: list[int], blocks: list[list[str]]) -> dict[str, float]:
    """Key -> angle, the blocks standing around the circle in ``order``."""
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
    """Block -> the angle of its middle, when the blocks stand in ``order``."""
    angles = _slots(order, blocks)
    return {n: (angles[blocks[n][0]] + angles[blocks[n][-1]]) / 2 for n in order}


def _room(inside: list[Node], sizes: dict[str, float]) -> float:
    """Radius of a disc in which the names inside have air around them."""
    area = sum((name_width(node, sizes[node.key]) + 40) * (sizes[node.key] * 1.6 + 26)
               for node in inside)
    return sqrt(area * 1.5 / pi)


def _spread(
    inside: list[Node], sizes: dict[str, float], ties: dict[str, list[str]],
    angles: dict[str, float], room: float,
) -> dict[str, complex]:
    """Key -> place inside: towards what it is tied to, filling the disc, not overlapping."""
    places = {node.key: 0j for node in inside}
    for _ in range(8):
        for node in inside:
            around = [exp(1j * angles[key]) if key in angles else places[key]
                      for key in ties[node.key]]
            places[node.key] = sum(around, 0j) / len(around)
    # The large ones go to the middle, in steps of four units; among equals those whose ties
    # come from all sides. Ranks, not lengths, give the radius, so that the disc is filled.
    ranked = sorted(inside, key=lambda node: (-sizes[node.key] // 4, abs(places[node.key])))
    even = _even_angles(inside, places)
    for rank, node in enumerate(ranked):
        angle = even.get(node.key, rank * GOLDEN)
        places[node.key] = room * sqrt(rank / max(1, len(ranked))) * exp(1j * angle)
    _push_apart(inside, sizes, places, room)
    return places


def _even_angles(inside: list[Node], places: Mapping[str, complex]) -> dict[str, float]:
    """Key -> direction, for nodes that are pulled anywhere: that of its rank around the
    circle, so that what is pulled to one side still fills the disc."""
    around = sorted((phase(places[node.key]), node.key) for node in inside
                    if abs(places[node.key]) > 1e-9)
    step = tau / max(1, len(around))
    start = sum(angle for angle, _ in around) / max(1, len(around)) - step * (len(around) - 1) / 2
    return {key: start + rank * step for rank, (_, key) in enumerate(around)}


def _push_apart(
    inside: list[Node], sizes: dict[str, float], places: dict[str, complex], room: float,
) -> None:
    """Move names that overlap along the shorter way out, half each, and keep them in the disc."""
    boxes = [(node.key, name_width(node, sizes[node.key]) + 34, sizes[node.key] * 1.6 + 12)
             for node in inside]
    for _ in range(ceil(6000 / max(60, len(boxes)))):
        moved = False
        for position, (one, width, height) in enumerate(boxes):
            for other, other_width, other_height in boxes[position + 1:]:
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
