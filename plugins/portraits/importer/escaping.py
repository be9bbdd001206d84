"""Plain text as Markdown that reads the same.

Only what Markdown would take for markup is escaped, so that the file stays pleasant to
edit: ``2 * 3`` and ``evenko_en`` stay as they are, ``*2*`` and ``_en_`` do not. Where
Markdown knows no backslash (``<``, ``~``, ``=``, ``:``), a character reference stands in.
"""

from __future__ import annotations

import re

_MARKUP = re.compile(
    r"""
      (?P<backslash>\\(?=[!-/:-@\[-`{-~]|$))
    | (?P<tick>`)
    | (?P<star>\*(?=\S)|(?<=\S)\*)
    | (?P<under>(?<!\w)_(?=\S)|(?<=\S)_(?!\w))
    | (?P<image>!(?=\[))
    | (?P<bracket>\[(?=\^|[^\]\[]*\]\s?[\[(:]))
    | (?P<brace>\{(?=[#:.%{])|\{(?=[^{}]*\}\s*$))
    | (?P<tag><(?=[A-Za-z/!?]))
    | (?P<reference>&(?=\#?\w+;))
    """,
    re.VERBOSE,
)
_REFERENCES = {"<": "&lt;", "&": "&amp;", "~": "&#126;", "=": "&#61;", ":": "&#58;", "|": "&#124;"}
_LINE_START = re.compile(
    r"""
      (?P<heading>\#)
    | (?P<quote>>)
    | (?P<bullet>[-+*](?=\s|$))
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
    char = found.group()
    return _REFERENCES.get(char) or f"\\{char}"


def escaped(text: str, *, line_start: bool = True) -> str:
    """One line of plain ``text`` as Markdown; ``line_start`` when it begins its line."""
    text = " ".join(text.split())
    marked = _MARKUP.sub(_mark, text)
    if not line_start:
        return marked
    if _LINE_START.match(text) and marked[:1] == text[:1]:
        return _mark(_LINE_START.match(text)) + marked[1:]  # type: ignore[arg-type]
    return _NUMBER.sub(r"\1\\\2", marked, count=1) if _NUMBER.match(marked) else marked


def escaped_heading(text: str) -> str:
    """The words of a heading: nothing at its end may pass for an id or a closing ``#``."""
    marked = escaped(text, line_start=False)
    return re.sub(r"#(?=#*$)", r"\\#", marked) if marked.endswith("#") else marked
