"""Escape plain text for Markdown.

Only what Markdown would take for markup is escaped, so that the file stays pleasant to
edit: ``2 * 3`` and ``zoe_en`` stay as they are, ``*2*`` and ``_en_`` do not. Where
Markdown knows no backslash (``<``, ``=``, ``:``), a character reference stands in.
"""

from __future__ import annotations

import re

from portraits.reader.markdown.marks import BULLETS

_MARKUP = re.compile(
    r"""
      (?P<backslash>\\(?=[!-/:-@\[-`{-~]|$))
    | (?P<tick>`)
    | (?P<star>(?<![^\W_])\*(?=\S)|(?<=\S)\*(?![^\W_]))
    | (?P<strike>~~)
    | (?P<under>(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w))
    | (?P<image>!(?=\[))
    | (?P<bracket>\[)
    | (?P<brace>\{(?=[#:.%{])|\{(?=[^{}]*\}\s*$))
    | (?P<tag><(?=[A-Za-z/!?]))
    | (?P<mail><(?=\S))
    | (?P<reference>&(?=\#?\w+;))
    """,
    re.VERBOSE,
)
_REFERENCES = {"<": "&lt;", "&": "&amp;", "=": "&#61;", ":": "&#58;", "|": "&#124;"}
_ENDS = {"bracket": re.compile(r"\]\s?[\[(:]"), "mail": re.compile(r"@[^\s@>]+>")}
"""What makes a link of a bracket, and an address of a ``<``, that stands anywhere before it."""
_LINE_START = re.compile(
    rf"""
      (?P<heading>\#)
    | (?P<quote>>)
    | (?P<bullet>[-+*](?=\s|$))
    | (?P<typed_bullet>[{BULLETS}]|·(?=\s))
    | (?P<rule>[-*_](?=[-*_ \t]*$))
    | (?P<underline>=(?==*\s*$))
    | (?P<fence>~(?=~~))
    | (?P<definition>:(?=\s))
    | (?P<table>\|)
    """,
    re.VERBOSE,
)
_NUMBER = re.compile(r"(\d+)([.)])(?=\s|$)")


def _mark(found: re.Match[str]) -> str:
    return "".join(
        _REFERENCES.get(char) or (f"\\{char}" if char.isascii() else f"&#{ord(char)};")
        for char in found.group()
    )


def marks_escaped(text: str) -> str:
    """``text`` with every character escaped that Markdown would read as inline markup."""
    last = {
        name: max((found.start() for found in end.finditer(text)), default=0)
        for name, end in _ENDS.items()
    }

    def mark(found: re.Match[str]) -> str:
        start = found.start()
        if start < last.get(found.lastgroup or "", len(text)) or text.startswith("[^", start):
            return _mark(found)
        return found.group()

    return _MARKUP.sub(mark, text)


def line_start_guarded(markdown: str) -> str:
    """One line of inline Markdown that can begin a paragraph, and stays one."""
    if found := _LINE_START.match(markdown):
        return _mark(found) + markdown[1:]
    return _NUMBER.sub(r"\1\\\2", markdown, count=1) if _NUMBER.match(markdown) else markdown


def escaped(text: str) -> str:
    """One line of plain ``text`` as a paragraph of Markdown."""
    return line_start_guarded(marks_escaped(" ".join(text.split())))


def escaped_heading(text: str) -> str:
    """The words of a heading: nothing at its end may pass for an id or a closing ``#``."""
    marked = marks_escaped(" ".join(text.split()))
    return re.sub(r"#(?=#*$)", r"\\#", marked) if marked.endswith("#") else marked
