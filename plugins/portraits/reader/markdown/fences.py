"""Replace fenced code by tokens before Markdown parses the text.

    fence = [ ]* (```+ | ~~~+) [info] NEWLINE code NEWLINE [ ]* closing fence

(CommonMark 0.31, section 4.5, but for the indentation, of which any is allowed, so that items of
lists can contain fences.) The closing fence uses the same character and is at least as
long. A fence is replaced by as many lines as it had, so that all other lines keep their
numbers. An unclosed fence would swallow all later questions, so it is reported.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from portraits.reader.markdown.tokens import fence_token

_OPENING = re.compile(r"( *)(`{3,}|~{3,}) *([^`]*)")
_LANGUAGE = re.compile(r"[A-Za-z0-9_+#.-]{1,30}")


@dataclass(frozen=True, slots=True)
class Fence:
    """One fenced block."""

    code: str
    language: str
    """First word of the info string, or empty."""


def take_fences(text: str) -> tuple[list[str], list[Fence], int | None]:
    """Return the lines of ``text`` with a token for each fence, the fences, and the 0-based line
    of an opening fence that is never closed (it extends to the end of the text), or None."""
    lines = text.split("\n")
    if "```" not in text and "~~~" not in text:
        return lines, [], None
    kept: list[str] = []
    fences: list[Fence] = []
    number = 0
    while number < len(lines):
        opening = _OPENING.fullmatch(lines[number])
        if not opening:
            kept.append(lines[number])
            number += 1
            continue
        indent, fence, info = opening.groups()
        closing = re.compile(rf" *{re.escape(fence[0])}{{{len(fence)},}}\s*")
        end = next(
            (at for at in range(number + 1, len(lines)) if closing.fullmatch(lines[at])), None
        )
        last = len(lines) if end is None else end
        code = "\n".join(
            line[min(len(indent), len(line) - len(line.lstrip(" "))) :]
            for line in lines[number + 1 : last]
        )
        word = info.split()[0] if info.split() else ""
        kept.append(indent + fence_token(len(fences)))
        kept.extend([""] * (min(last + 1, len(lines)) - number - 1))
        fences.append(Fence(code, word if _LANGUAGE.fullmatch(word) else ""))
        if end is None:
            return kept, fences, number
        number = end + 1
    return kept, fences, None
