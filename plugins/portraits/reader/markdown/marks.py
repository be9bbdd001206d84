"""Read the marks of Markdown as people type them.

    mark   = "#"{1,6} | ">" | "-" | "+" | "*" | number ("." | ")")
    bullet = "•" | "◦" | "▪" | …                     what word processors put before an item

A no-break space after a mark (Option+Space on a Mac), or an indentation made of such spaces, looks
like the real thing; Markdown would publish it with its marks, and a question or a whole list would
be lost. A line of nothing but such spaces looks empty, and is. A bullet is a mark too.
"""

from __future__ import annotations

import re

_SPACE = " \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
BULLETS = "•‣◦⁃∙●○■□▪▫◆◇►▸➢❖\uf0b7\uf0a7"
"""Signs that open a list item; the importer escapes them where they are text."""
_UNUSUAL = re.compile(f"[{_SPACE[1:]}{BULLETS}·]|(?m:^ *o  )")
_MARK = (
    rf"#{{1,6}}|>|[-+*]|\d{{1,9}}[.)]|\[[^\]\n]+\]:"
    rf"|[{BULLETS}]|·(?=[{_SPACE}])|o(?=[{_SPACE}]{{2}})"
)
_MARKS = re.compile(rf"[{_SPACE}]*(?:(?:{_MARK})(?:[{_SPACE}]+|$))+|[{_SPACE}]*[{BULLETS}]")
_RULE = re.compile(rf"[{_SPACE}]*(?:[-=*_`~|:][{_SPACE}]*)+")
_ANY_SPACE = re.compile(f"[{_SPACE[1:]}]")
_ANY_BULLET = re.compile(rf"(?<![^ ])(?:[{BULLETS}] *|[·o] +)")


def with_plain_marks(lines: list[str]) -> list[str]:
    """Return ``lines`` with plain spaces around their marks, and ``-`` for each bullet."""
    return [_plain(line) if _UNUSUAL.search(line) else line for line in lines]


def _plain(line: str) -> str:
    if line.isspace():
        return ""
    if _RULE.fullmatch(line):  # a line of dashes, a fence, the second line of a table
        return _ANY_SPACE.sub(" ", line).rstrip()
    found = _MARKS.match(line)
    if found is None:
        return line
    marks = _ANY_BULLET.sub("- ", _ANY_SPACE.sub(" ", found[0]))
    return marks + line[found.end() :]
