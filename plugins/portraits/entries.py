"""The two lists of a portrait: whom to follow (#FF) and what to read.

    entry          = account ((joint account)*) [separator] [reason]
    account        = mention | link | bare address       (bold or italic around it counts)
    joint          = "," | "et" | "and" | "&" | "/" | blank
    separator      = ":" | "—" | "–" | "-" | "," | "."
    reading        = (link | emphasis | text) [separator] [note]

An entry is a list item, or a line of a paragraph that begins with an account; a line that
begins otherwise goes on with the entry above it. A reason is inline whatever it was written
as. Everything else is prose and is kept: before the first entry, or after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from portraits.accounts import account_from_url
from portraits.markdown_structure.document import Document
from portraits.markdown_structure.walk import BLOCKS
from portraits.model import Account, Reading, Recommendation
from portraits.passages import Node, Typesetter, append, inline_text, nodes_of
from portraits.problems import Report

_JOINT = re.compile(r"\s*(?:,\s*)?(?:et|and|&|/|\+|,|ou|or)?\s*", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*(?:[:—–,;.…-]+(?=\s|$)|:)?\s*")
_EMPHASIS = frozenset({"em", "strong", "b", "i"})


@dataclass(slots=True)
class Line:
    """One line of inline content and where it stands."""

    number: int
    nodes: list[Node] = field(default_factory=list)

    @property
    def is_blank(self) -> bool:
        return all(isinstance(node, str) and not node.strip() for node in self.nodes)


@dataclass(slots=True)
class Entry:
    """A line that starts an entry, with the lines that go on with it."""

    line: int
    nodes: list[Node]


@dataclass(slots=True)
class Sorted:
    """The blocks of a list's section: prose before, entries, prose after."""

    before: list[ET.Element] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    after: list[ET.Element] = field(default_factory=list)
    prose_since: list[int] = field(default_factory=list)
    """Lines of prose that came after an entry."""
    between: list[int] = field(default_factory=list)
    """Lines of prose that had entries on both sides."""

    def prose(self, block: ET.Element, line: int) -> None:
        (self.after if self.entries else self.before).append(block)
        if self.entries and line:
            self.prose_since.append(line)

    def entry(self, line: int, nodes: list[Node]) -> None:
        self.between += self.prose_since
        self.prose_since = []
        self.entries.append(Entry(line, nodes))


def lines_of(element: ET.Element, numbers: tuple[int, ...]) -> list[Line]:
    """The inline content of ``element`` cut at newlines and line breaks."""
    at = 0
    lines = [Line(numbers[0])]

    def new() -> None:
        nonlocal at
        at += 1
        lines.append(Line(numbers[min(at, len(numbers) - 1)]))

    broken = False
    for node in nodes_of(element):
        if isinstance(node, str):
            first, *rest = node.split("\n")
            if broken and not first.strip() and rest:
                first, *rest = rest
            broken = False
            lines[-1].nodes.append(first)
            for piece in rest:
                new()
                lines[-1].nodes.append(piece)
        elif node.tag == "br":
            new()
            broken = True
        elif node.tag not in BLOCKS:
            broken = False
            lines[-1].nodes.append(node)
    return lines


def _flat(item: ET.Element) -> list[Node]:
    """The content of a list item as inline content: its blocks, one after the other."""
    nodes: list[Node] = []
    for node in nodes_of(item):
        if isinstance(node, str) or node.tag not in BLOCKS:
            nodes.append(node)
        else:
            if nodes:
                nodes.append(" ")
            nodes += _flat(node)
    return nodes


def _line_in(item: ET.Element, document: Document) -> int:
    """Line of the first text in ``item``."""
    for element in item.iter():
        if element in document.lines:
            return document.lines[element][0]
    return 0


def _unwrapped(node: Node) -> ET.Element | None:
    """The link that ``node`` is, or that is all there is in its emphasis."""
    if isinstance(node, str):
        return None
    if node.tag in _EMPHASIS and len(node) == 1 and not (node.text or node[0].tail or "").strip():
        return _unwrapped(node[0])
    return node if node.tag == "a" else None


class RecommendationReader:
    """Reads the section of one #FF list."""

    def __init__(
        self, document: Document, report: Report, typesetter: Typesetter, network: str
    ) -> None:
        self.document, self.report, self.typesetter = document, report, typesetter
        self.network = network

    def account(self, node: Node) -> Account | None:
        """The account that ``node`` is a link to."""
        link = _unwrapped(node)
        if link is None:
            return None
        if account := self.document.found.accounts.get(link):
            return account
        href = link.get("href") or ""
        if not href.startswith(("http:", "https:")):
            return None
        label = inline_text(link)
        try:
            return account_from_url(href, "" if label == href else self.typesetter.text(label))
        except ValueError:
            return None

    def accounts(self, nodes: list[Node]) -> tuple[list[Account], list[Node]]:
        """The accounts with which ``nodes`` begin, and what follows them."""
        accounts: list[Account] = []
        rest = [node for node in nodes if not isinstance(node, str) or node]
        while rest and isinstance(rest[0], str) and not rest[0].strip():
            rest.pop(0)
        while rest and (account := self.account(rest[0])):
            accounts.append(account)
            rest.pop(0)
            joined = (len(rest) > 1 and isinstance(rest[0], str)
                      and _JOINT.fullmatch(rest[0]) and self.account(rest[1]))
            if not joined:
                break
            rest.pop(0)
        return accounts, rest

    def sort(self, blocks: Iterable[ET.Element]) -> Sorted:
        """Tell entries from prose."""
        found = Sorted()
        for block in blocks:
            if block.tag in ("ul", "ol"):
                self.list_block(block, found)
            elif block.tag == "p":
                self.paragraph(block, found)
            else:
                found.prose(block, _line_in(block, self.document))
        return found

    def list_block(self, block: ET.Element, found: Sorted) -> None:
        prose: ET.Element | None = None
        for item in list(block):
            line = _line_in(item, self.document)
            nested = self.take_lists(item)
            if self.accounts(_flat(item))[0]:
                found.entry(line, _flat(item))
                prose = None
            else:
                text = inline_text(item)
                self.report.warn(line, "no-account", f"aucun compte dans « {_start(text)} »",
                                 self.remedy(text))
                if prose is None:
                    prose = ET.Element(block.tag)
                    found.prose(prose, line)
                prose.append(item)
            for inner in nested:
                self.list_block(inner, found)

    def take_lists(self, item: ET.Element) -> list[ET.Element]:
        """The lists of accounts inside an item, taken out of it."""
        taken = [child for child in item if child.tag in ("ul", "ol")
                 and any(self.accounts(_flat(inner))[0] for inner in child)]
        for child in taken:
            item.remove(child)
        return taken

    def paragraph(self, block: ET.Element, found: Sorted) -> None:
        lines = lines_of(block, self.document.lines.get(block, (0,)))
        if not any(self.accounts(line.nodes)[0] for line in lines):
            found.prose(block, lines[0].number)
            self.unknown(block, lines[0].number)
            return
        prose = ET.Element("p")
        entry: list[Node] | None = None
        for line in lines:
            if self.accounts(line.nodes)[0]:
                entry = line.nodes
                found.entry(line.number, entry)
            elif entry is not None:
                if not line.is_blank:
                    entry += [" ", *line.nodes]
            elif not line.is_blank:
                if prose.text or len(prose):
                    append(prose, "\n")
                else:
                    found.prose(prose, line.number)
                for node in line.nodes:
                    append(prose, node)
                self.unknown(prose, line.number)

    def unknown(self, prose: ET.Element, line: int) -> None:
        """Warn of a paragraph that looks like an entry and is none."""
        text = inline_text(prose)
        if text.startswith("@"):
            self.report.warn(line, "no-account", f"aucun compte dans « {_start(text)} »",
                             self.remedy(text))

    def remedy(self, text: str) -> str:
        if text.startswith("@") and self.network == "twitter":
            return "un compte Twitter a au plus 15 lettres sans accent, chiffres ou « _ »"
        return "commencez la ligne par @compte ou par un lien"

    def read(self, blocks: Iterable[ET.Element]) -> tuple[tuple[Recommendation, ...], Sorted]:
        """The recommendations of a section's blocks, and the prose around them."""
        found = self.sort(blocks)
        recommendations: list[Recommendation] = []
        first: dict[str, int] = {}
        for entry in found.entries:
            accounts, reason = self.accounts(entry.nodes)
            passage = self.typesetter.inline(_without_separator(reason))
            for account in accounts:
                if account.key in first:
                    self.report.warn(entry.line, "repeated-account",
                                     f"{account.label} est déjà à la ligne {first[account.key]}",
                                     "gardez une seule des deux lignes")
                first.setdefault(account.key, entry.line)
                recommendations.append(Recommendation(account, passage, entry.line))
        for line in found.between:
            self.report.warn(line, "prose-between-entries", "du texte entre deux comptes",
                             "il est placé après la liste ; déplacez-le si ce n’est pas voulu")
        return tuple(recommendations), found


def _start(text: str) -> str:
    return text if len(text) <= 50 else f"{text[:49]}…"


def _without_separator(nodes: list[Node]) -> list[Node]:
    if nodes and isinstance(nodes[0], str):
        return [_SEPARATOR.sub("", nodes[0], count=1), *nodes[1:]]
    return nodes


class ReadingReader:
    """Reads the section of one reading list."""

    def __init__(self, document: Document, report: Report, typesetter: Typesetter) -> None:
        self.document, self.report, self.typesetter = document, report, typesetter

    def sort(self, blocks: list[ET.Element]) -> Sorted:
        """Tell entries from prose: with a list, a paragraph is prose unless it is a link's."""
        found = Sorted()
        listed = any(block.tag in ("ul", "ol") for block in blocks)
        for block in blocks:
            if block.tag in ("ul", "ol"):
                for item in block:
                    found.entry(_line_in(item, self.document), _flat(item))
            elif block.tag == "p" and not self.is_prose(block, listed):
                for line in lines_of(block, self.document.lines.get(block, (0,))):
                    if not line.is_blank:
                        found.entry(line.number, line.nodes)
            else:
                found.prose(block, _line_in(block, self.document))
        return found

    def is_prose(self, paragraph: ET.Element, listed: bool) -> bool:
        nodes = [node for node in nodes_of(paragraph) if not isinstance(node, str) or node.strip()]
        if nodes and _unwrapped(nodes[0]) is not None:
            return False
        return listed or inline_text(paragraph).endswith((":", "."))

    def read(self, blocks: list[ET.Element]) -> tuple[tuple[Reading, ...], Sorted]:
        """The readings of a section's blocks, and the prose around them."""
        found = self.sort(blocks)
        readings = (self.reading(entry) for entry in found.entries)
        return tuple(reading for reading in readings if reading.title), found

    def reading(self, entry: Entry) -> Reading:
        nodes = [node for node in entry.nodes if not isinstance(node, str) or node]
        while nodes and isinstance(nodes[0], str) and not nodes[0].strip():
            nodes.pop(0)
        first = nodes[0] if nodes else ""
        link = _unwrapped(first)
        if link is not None:
            url = link.get("href") or ""
            if not url.startswith(("http:", "https:")):
                self.report.error(entry.line, "reading-link",
                                  "une lecture doit mener à une page du web",
                                  "pour un autre portrait, placez le lien dans une réponse")
            title, rest = inline_text(link), nodes[1:]
        elif not isinstance(first, str) and first.tag in _EMPHASIS | {"cite"}:
            url, title, rest = "", inline_text(first), nodes[1:]
        else:
            holder = ET.Element("div")
            for node in nodes:
                append(holder, node)
            url, title, rest = "", inline_text(holder), []
        return Reading(self.typesetter.text(title), url,
                       self.typesetter.inline(_without_separator(rest)), entry.line)


