"""Parse YAML into a tree with line numbers, without implicit types.

    node = scalar (its text as typed) | sequence | mapping

YAML converts plain words: ``no`` is False, ``12:30`` is 750, a date is not text. Here a scalar is
the text as typed, and the caller converts it to the type it expects. Anchors, aliases and tags are
refused (portraits do not need them, and aliases let a small file expand to a huge one), and so are
duplicate keys, of which YAML silently keeps the last. Depth is limited.

Two forms that YAML forbids but people write are accepted, by quoting the value:

    title: Portrait de gestionnaire : Caroline       a value with a colon inside
    twitter: @caroline                               a value that starts with @, ` or %
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from portraits.support.limits import FORBIDDEN, INVISIBLE
from portraits.support.messages import msg
from portraits.support.problems import ProblemCollector

MAX_DEPTH = 6
MAX_REPAIRS = 40

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_REPAIRABLE = re.compile(
    r"(?P<key>[ ]*(?:-[ ]+)?[^\s:#\"'\[\]{},&*!|>@`%-][^:#\"'\[\]{}]*?[ ]?:)[ ]+"
    r"(?P<value>[^\s\"'\[\]{},&*!|>#-].*|-[^\s].*)"
)
_ITEM = re.compile(r"(?P<key>[ ]*-)[ ]+(?P<value>[@`%].*)")
_NO_BREAK = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_BEFORE_VALUE = re.compile(r"\s*(?:-\s+)*(?:[\w.-]+\s*:(?:\s+|$))?")
_SWALLOWED = re.compile(r"\s*#(?=[^\s#])\S*.*")
_COMPLAINTS = (
    ("mapping values are not allowed", "extra_colon"),
    ("could not find expected ':'", "neither_key_nor_value"),
    ("cannot start any token", "bad_start"),
    ("unexpected end of stream", "open_quotes"),
    ("did not find expected ',' or", "open_list"),
    ("unknown escape character", "backslash"),
    ("did not find expected key", "misaligned_key"),
    ("block sequence entries are not allowed", "misplaced_dash"),
    ("did not find expected '-' indicator", "misaligned_list"),
)
"""What the YAML parser says, and our message in its place."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value, as typed."""

    text: str
    line: int
    quoted: bool = False

    @property
    def is_null(self) -> bool:
        return not self.quoted and self.text in ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    nodes: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values, in the file's order, keys distinct."""

    entries: tuple[tuple[Scalar, Node], ...]
    line: int

    def get(self, key: str) -> Node | None:
        """Return the value of ``key``, or None."""
        return next((node for name, node in self.entries if name.text == key), None)


Node = Scalar | Sequence | Mapping


class _Unreadable(Exception):
    """An error that stops reading; ``reason`` has the arguments of ProblemCollector.error."""

    def __init__(self, line: int, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.reason = (line, code, message, hint)


def _explained(error: yaml.YAMLError) -> tuple[int, str, str]:
    """Return 0-based line, message and hint for an error of the YAML parser."""
    mark = getattr(error, "problem_mark", None)
    complaint = str(getattr(error, "problem", "") or "")
    context = getattr(error, "context_mark", None)
    unclosed = "unexpected end of stream" in complaint or "did not find expected ','" in complaint
    if unclosed and context is not None:
        mark = context
    line, _ = _position(mark)
    name = next((name for known, name in _COMPLAINTS if known in complaint), "unreadable")
    return line, msg(f"yaml.{name}"), msg(f"yaml.{name}_hint")


def _position(mark: Any) -> tuple[int, int]:
    """Return 0-based line and column of a parser's mark."""
    return (mark.line, mark.column) if mark else (0, 0)


class _Builder:
    """Builds the tree from the parser's events (typed as Any: PyYAML's types say that an event may
    have no mark, but all have one)."""

    def __init__(self, lines: list[str], first_line: int, report: ProblemCollector) -> None:
        self.lines, self.first_line, self.report = lines, first_line, report

    def root(self, events: Iterator[Any]) -> Node | None:
        root = None
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                if root is not None:
                    self.second_document(event)
                    break
                root = self.node(event, events, 1)
            elif isinstance(event, yaml.DocumentEndEvent) and event.explicit:
                self.second_document(event)
        return root

    def second_document(self, event: Any) -> None:
        """Raise _Unreadable: content after the end of a document would be silently ignored."""
        line = min(_position(event.start_mark)[0], len(self.lines) - 1)
        raise _Unreadable(
            line + self.first_line,
            "yaml-document",
            msg("yaml.second_document", line=self.lines[line].strip()),
            msg("yaml.second_document_hint"),
        )

    def node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        line = event.start_mark.line + self.first_line
        if event.anchor:
            raise _Unreadable(line, "yaml-alias", msg("yaml.alias"), msg("yaml.alias_hint"))
        if depth > MAX_DEPTH:
            raise _Unreadable(line, "yaml-depth", msg("yaml.too_deep"), msg("yaml.too_deep_hint"))
        if event.tag and event.tag != "!":
            raise _Unreadable(line, "yaml-tag", msg("yaml.tag"), msg("yaml.tag_hint"))
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, line)
        if isinstance(event, yaml.SequenceStartEvent):
            nodes = []
            for inner in events:
                if isinstance(inner, yaml.SequenceEndEvent):
                    break
                nodes.append(self.node(inner, events, depth + 1))
            return Sequence(tuple(nodes), line)
        return self.mapping(line, events, depth)

    def scalar(self, event: Any, line: int) -> Scalar:
        if event.style == '"' and (
            found := FORBIDDEN.search(event.value) or INVISIBLE.search(event.value)
        ):
            raise _Unreadable(
                line,
                "forbidden-character",
                msg("yaml.invisible_character", character=f"U+{ord(found[0]):04X}"),
                msg("yaml.invisible_character_hint"),
            )
        last = event.end_mark.line
        if not event.style and last < len(self.lines):
            rest = self.lines[last][event.end_mark.column :]
            if rest and (swallowed := _SWALLOWED.fullmatch(rest)):
                self.report.error(
                    last + self.first_line,
                    "swallowed-by-comment",
                    msg("yaml.swallowed", text=swallowed[0].strip()),
                    msg("yaml.swallowed_hint", value=(event.value + rest).strip()),
                )
        return Scalar(event.value, line, bool(event.style))

    def mapping(self, line: int, events: Iterator[Any], depth: int) -> Mapping:
        entries: list[tuple[Scalar, Node]] = []
        first: dict[str, int] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self.node(event, events, depth + 1)
            value = self.node(next(events), events, depth + 1)
            if not isinstance(key, Scalar):
                self.report.error(
                    key.line, "yaml-key", msg("yaml.key_not_word"), msg("yaml.key_not_word_hint")
                )
            elif key.text in first:
                self.report.error(
                    key.line,
                    "duplicate-key",
                    msg("yaml.duplicate_key", key=key.text, line=first[key.text]),
                    msg("yaml.duplicate_key_hint"),
                    key.text,
                )
            else:
                first[key.text] = key.line
                entries.append((key, value))
        return Mapping(tuple(entries), line)


def quoted_value(line: str) -> str | None:
    """Return ``line`` with its value quoted if that fixes it, else None."""
    found = _REPAIRABLE.fullmatch(line) or _ITEM.fullmatch(line)
    if not found:
        return None
    value = found["value"].strip()
    if ": " not in value and not value.endswith(":") and value[0] not in "@`%":
        return None
    quoted = value.replace("'", "''")
    return f"{found['key']} '{quoted}'"


def plain_spaces(line: str) -> str:
    """Return ``line`` with plain spaces before its key and around its colon or dash.

    A no-break space there looks like a space (Option+Space on a Mac) and is none for YAML.
    """
    found = _BEFORE_VALUE.match(line)
    if line.isascii() or found is None:
        return line
    return _NO_BREAK.sub(" ", found[0]) + line[found.end() :]


def read_yaml(text: str, report: ProblemCollector, *, first_line: int = 1) -> Node | None:
    """Parse ``text``, which starts at line ``first_line`` of its file.

    Problems go to ``report``. Returns None for an empty text, and after a syntax error.
    """
    lines = [plain_spaces(line) for line in text.split("\n")]
    for number, line in enumerate(lines):
        if "\t" in line[: len(line) - len(line.lstrip())]:
            report.error(number + first_line, "yaml-tab", msg("yaml.tab"), msg("yaml.tab_hint"))
            lines[number] = line.replace("\t", "  ")
    for _ in range(MAX_REPAIRS):
        builder = _Builder(lines, first_line, attempt := ProblemCollector(report.path))
        try:
            root = builder.root(iter(yaml.parse("\n".join(lines), Loader=_Loader)))
        except yaml.YAMLError as error:
            at, message, hint = _explained(error)
            repaired = quoted_value(lines[at]) if at < len(lines) else None
            if repaired is not None:
                lines[at] = repaired
                continue
            found = lines[at].strip() if at < len(lines) else ""
            report.error(
                at + first_line,
                "yaml-syntax",
                msg("yaml.in_line", message=message, found=found) if found else message,
                hint,
            )
            return None
        except _Unreadable as unreadable:
            report.error(*unreadable.reason)
            return None
        report.take(attempt)
        return root
    report.error(
        first_line, "yaml-syntax", msg("yaml.too_many_repairs"), msg("yaml.too_many_repairs_hint")
    )
    return None
