"""Who recommends whom, as nodes and edges.

    node = a portrayed person | a recommended account that belongs to nobody portrayed
    edge = a recommendation, from a person to a node

Several recommended accounts of one person are one edge; nobody recommends themselves.
People come in the library's order, then accounts in the directory's; edges in the order of
their ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from portraits.library import Library, one_per_person
from portraits.outline import Outline
from portraits.values import dataclass

if TYPE_CHECKING:
    from portraits.directory import Directory
    from portraits.model import Account


@dataclass(frozen=True, slots=True)
class Node:
    """A person with a portrait (``outline``), or an account without one (``account``)."""

    key: str
    """``portrait:`` and the translation key, or the account's key."""
    label: str
    outline: Outline | None = None
    account: Account | None = None


UrlOf = Callable[[Outline], str]
"""Address of a portrait's page."""


def url_of_node(node: Node, url_of: UrlOf) -> str:
    """Where a node leads: a person's portrait, an account's profile."""
    if node.outline:
        return url_of(node.outline)
    return node.account.url if node.account else ""


@dataclass(frozen=True)
class Graph:
    """People, accounts, and the recommendations between them."""

    nodes: tuple[Node, ...]
    edges: tuple[tuple[str, str], ...]
    """(key of the person who recommends, key of the node that is recommended)."""

    @cached_property
    def by_key(self) -> Mapping[str, Node]:
        return {node.key: node for node in self.nodes}

    @cached_property
    def targets(self) -> Mapping[str, tuple[Node, ...]]:
        """Node -> those that it recommends."""
        return self._ends(0, 1)

    @cached_property
    def sources(self) -> Mapping[str, tuple[Node, ...]]:
        """Node -> the people who recommend it."""
        return self._ends(1, 0)

    def _ends(self, near: int, far: int) -> Mapping[str, tuple[Node, ...]]:
        found: dict[str, list[Node]] = defaultdict(list)
        for edge in self.edges:
            found[edge[near]].append(self.by_key[edge[far]])
        return {node.key: tuple(found.get(node.key, ())) for node in self.nodes}


def person_key(outline: Outline) -> str:
    """The key of a person's node, in whichever language the portrait is."""
    return f"portrait:{outline.translation_key}"


def graph(library: Library, directory: Directory, lang: str) -> Graph:
    """The graph of ``library``, whose directory in ``lang`` is ``directory``."""
    people = one_per_person(library, lang)
    nodes = [Node(person_key(outline), outline.name, outline=outline) for outline in people]
    node_of: dict[str, str] = {}
    for entry in directory.entries:
        if entry.person:
            node_of[entry.account.key] = person_key(entry.person)
        else:
            node_of[entry.account.key] = entry.account.key
            nodes.append(Node(entry.account.key, entry.account.label, account=entry.account))
    edges: dict[tuple[str, str], None] = {}
    for outline in people:
        source = person_key(outline)
        for recommended in outline.recommends:
            target = node_of[recommended.account.key]
            if target != source:
                edges[source, target] = None
    return Graph(tuple(nodes), tuple(edges))
