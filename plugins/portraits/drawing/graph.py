"""Define the graph of recommendations.

    node = a portrayed person | somebody else who is recommended, or an account
    edge = a recommendation, from a person to a node

Recommendations of several accounts of one person are one edge; nobody recommends themselves.
Nodes are people in the order of the series, then accounts, most recommended first; edges are
sorted by their ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Node:
    """A person with a portrait, or somebody else who is recommended, or just an account."""

    key: str
    """The entry of the directory: source path of the portrait, id of a person, key of an
    account."""
    label: str
    url: str
    """The portrait's page, or the account's profile."""
    person: bool
    """Whether it is a person with a portrait."""


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
        """Key of a node -> the nodes that it recommends."""
        return self._ends(0, 1)

    @cached_property
    def sources(self) -> Mapping[str, tuple[Node, ...]]:
        """Key of a node -> the people who recommend it."""
        return self._ends(1, 0)

    def _ends(self, near: int, far: int) -> Mapping[str, tuple[Node, ...]]:
        found: dict[str, list[Node]] = defaultdict(list)
        for edge in self.edges:
            found[edge[near]].append(self.by_key[edge[far]])
        return {node.key: tuple(found.get(node.key, ())) for node in self.nodes}
