"""Cut a text to a length, for descriptions and summaries."""

from __future__ import annotations

import re

_BLANK = re.compile(r"[ \n]+")
_SENTENCE_END = re.compile(r"[.!?…][»”\"\u00a0\u202f)]*(?=\s|$)")


def excerpt(text: str, most: int) -> str:
    """Return the beginning of ``text`` as one line of at most about ``most`` characters.

    It is cut after a sentence if that keeps at least a third, else after a word, with an ellipsis.
    """
    line = _BLANK.sub(" ", text).strip()
    if len(line) <= most:
        return line
    ends = [found.end() for found in _SENTENCE_END.finditer(line) if found.end() <= most]
    if ends and ends[-1] >= most // 3:
        return line[: ends[-1]]
    cut = line[:most].rpartition(" ")[0] or line[:most]
    return cut.rstrip(" ,;:—–\u00a0") + "…"
