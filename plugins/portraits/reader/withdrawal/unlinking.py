"""Turn links that lead nowhere into plain words.

    <a href="DEAD" …>words</a>   ->   words

Everything else stays as it is, to the byte.
"""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from itertools import accumulate


class _Anchors(HTMLParser):
    """Finds the tags of the links whose address is dead."""

    def __init__(self, html: str, is_dead: Callable[[str], bool]) -> None:
        super().__init__()
        self.html, self.is_dead = html, is_dead
        self.tags: list[tuple[int, int]] = []
        """Beginning and end of each tag to leave out."""
        self._begins = [0, *accumulate(len(line) + 1 for line in html.split("\n"))]
        self._open: list[bool] = []
        """Whether each link that is open is dead."""

    @property
    def _at(self) -> int:
        line, column = self.getpos()
        return self._begins[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            dead = any(name == "href" and value and self.is_dead(value) for name, value in attrs)
            self._open.append(dead)
            if dead:
                self.tags.append((self._at, self._at + len(self.get_starttag_text() or "")))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._open and self._open.pop():
            self.tags.append((self._at, self.html.index(">", self._at) + 1))


def unlinked(html: str, is_dead: Callable[[str], bool]) -> str:
    """Return ``html`` with the words of each link in its place, if ``is_dead`` of its ``href``."""
    anchors = _Anchors(html, is_dead)
    anchors.feed(html)
    anchors.close()
    parts, end = [], 0
    for begin, after in anchors.tags:
        parts.append(html[end:begin])
        end = after
    return "".join((*parts, html[end:]))
