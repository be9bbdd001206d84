"""Read the #FF list: recommended accounts, each with a reason.

    entry     = account ((joint account)*) [separator] [reason]
    account   = mention | link | bare address       (bold or italic around it counts)
    joint     = "," | "et" | "and" | "&" | "/" | blank
    separator = ":" | "—" | "–" | "-" | "," | "."

An entry is a list item, or a line of a paragraph that starts with an account; any other line
continues the entry above it. Several accounts on a line share the reason. A reason is always
inline content; blocks in it are flattened.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from portraits.model.accounts import account_from_url
from portraits.model.portrait import Account, Recommendation
from portraits.reader.entries import Sorted, flat, line_in, lines_of, unwrapped, without_separator
from portraits.reader.markdown.document import Document
from portraits.reader.rich_text import Node, Typesetter, append, inline_text
from portraits.support.messages import msg
from portraits.support.problems import ProblemCollector

_JOINT = re.compile(r"\s*(?:,\s*)?(?:et|and|&|/|\+|,|ou|or)?\s*", re.IGNORECASE)


class RecommendationReader:
    """Reads the section of one #FF list."""

    def __init__(
        self, document: Document, report: ProblemCollector, typesetter: Typesetter, network: str
    ) -> None:
        self.document, self.report, self.typesetter = document, report, typesetter
        self.network = network
        self._linked: dict[ET.Element, Account | None] = {}
        """Cache of the accounts of links that are not handles: each item is tested repeatedly."""

    def account(self, node: Node) -> Account | None:
        """Return the account that ``node`` links to, or None."""
        link = unwrapped(node)
        if link is None:
            return None
        if account := self.document.found.accounts.get(link):
            return account
        if link not in self._linked:
            self._linked[link] = self.linked(link)
        return self._linked[link]

    def linked(self, link: ET.Element) -> Account | None:
        """Return the account at the address of ``link``, or None."""
        href = link.get("href") or ""
        if not href.startswith(("http:", "https:")):
            return None
        label = inline_text(link)
        try:
            return account_from_url(href, "" if label == href else self.typesetter.text(label))
        except ValueError:
            return None

    def accounts(self, nodes: list[Node]) -> tuple[list[Account], list[Node]]:
        """Return the accounts at the start of ``nodes``, and the rest of the nodes."""
        accounts: list[Account] = []
        rest = [node for node in nodes if not isinstance(node, str) or node]
        while rest and isinstance(rest[0], str) and not rest[0].strip():
            rest.pop(0)
        while rest and (account := self.account(rest[0])):
            accounts.append(account)
            rest.pop(0)
            joined = (
                len(rest) > 1
                and isinstance(rest[0], str)
                and _JOINT.fullmatch(rest[0])
                and self.account(rest[1])
            )
            if not joined:
                break
            rest.pop(0)
        return accounts, rest

    def sort(self, blocks: Iterable[ET.Element]) -> Sorted:
        """Separate entries from prose."""
        found = Sorted()
        for block in blocks:
            if block.tag in ("ul", "ol"):
                self.list_block(block, found)
            elif block.tag == "p":
                self.paragraph(block, found)
            else:
                found.prose(block, line_in(block, self.document))
        return found

    def list_block(self, block: ET.Element, found: Sorted) -> None:
        prose: ET.Element | None = None
        for item in list(block):
            line = line_in(item, self.document)
            nested = self.take_lists(item)
            nodes = flat(item)
            if self.accounts(nodes)[0]:
                found.entry(line, nodes)
                prose = None
            else:
                text = inline_text(item)
                self.report.warn(
                    line,
                    "no-account",
                    msg("lists.no_account", entry=_start(text)),
                    self.remedy(text),
                )
                if prose is None:
                    prose = ET.Element(block.tag)
                    found.prose(prose, line)
                prose.append(item)
            for inner in nested:
                self.list_block(inner, found)

    def take_lists(self, item: ET.Element) -> list[ET.Element]:
        """Remove the nested lists of accounts from an item, and return them."""
        taken = [
            child
            for child in item
            if child.tag in ("ul", "ol") and any(self.accounts(flat(inner))[0] for inner in child)
        ]
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
        """Warn about a paragraph that looks like an entry but has no account."""
        text = inline_text(prose)
        if text.startswith("@"):
            self.report.warn(
                line, "no-account", msg("lists.no_account", entry=_start(text)), self.remedy(text)
            )

    def remedy(self, text: str) -> str:
        if text.startswith("@") and self.network == "twitter":
            return msg("lists.twitter_handle_hint")
        return msg("lists.no_account_hint")

    def read(self, blocks: Iterable[ET.Element]) -> tuple[tuple[Recommendation, ...], Sorted]:
        """Return the recommendations of a section's blocks, and the entries and prose found."""
        found = self.sort(blocks)
        recommendations: list[Recommendation] = []
        first: dict[str, int] = {}
        for entry in found.entries:
            accounts, reason = self.accounts(entry.nodes)
            passage = self.typesetter.inline(without_separator(reason))
            for account in accounts:
                if account.key in first:
                    self.report.warn(
                        entry.line,
                        "repeated-account",
                        msg(
                            "lists.repeated_account", account=account.label, line=first[account.key]
                        ),
                        msg("lists.repeated_account_hint"),
                    )
                first.setdefault(account.key, entry.line)
                recommendations.append(Recommendation(account, passage, entry.line))
        for line in found.between:
            self.report.warn(
                line,
                "prose-between-entries",
                msg("lists.text_between_accounts"),
                msg("lists.text_between_accounts_hint"),
            )
        return tuple(recommendations), found


def _start(text: str) -> str:
    return text if len(text) <= 50 else f"{text[:49]}…"
