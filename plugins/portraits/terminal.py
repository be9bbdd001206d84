"""Print on standard error: sentences, problems with their line of text, progress.

    on a terminal      a bar during long work; each problem as

                           content/portraits/lea.md:5 : la date « juillet 2011 » est incomplète
                             5 | date: juillet 2011
                               |       ^^^^^^^^^^^^

    anywhere else      plain lines, one for each problem

Control characters from files are escaped, so that they cannot act on the terminal.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from portraits.support.messages import msg
from portraits.support.problems import Problem, on_one_line
from portraits.support.workers import Progress

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress

_QUOTED = re.compile(r"«\s?(.+?)\s?»|“(.+?)”|„(.+?)“|(<\w+)[^>]*>")
"""What a message quotes, between the quotation marks of any language, or a tag."""
_OPENING = ("«", "“", "„")
_LONGEST = 4_000_000
"""Number of bytes of a file that are searched for a line."""
_RED, _YELLOW, _PLAIN = "\x1b[31m", "\x1b[33m", "\x1b[0m"


def say(text: str) -> None:
    """Print a sentence for the user, or a few lines of them."""
    _print(*map(on_one_line, text.split("\n")))


def tell(problems: Iterable[Problem]) -> None:
    """Print problems for people."""
    drawn = sys.stderr.isatty()
    width = shutil.get_terminal_size().columns
    coloured = drawn and _can_be_drawn_on() and not os.environ.get("NO_COLOR")
    lines: dict[str, list[str]] = {}
    for problem in problems:
        _print(str(problem) if problem.is_error else msg("problem.warning", problem=problem))
        if not drawn or not problem.line:
            continue
        if problem.path not in lines:
            lines[problem.path] = _lines_of(problem.path)
        if problem.line <= len(lines[problem.path]):
            text, marks = underlined(problem, lines[problem.path][problem.line - 1], width)
            if any(map(str.isalnum, text)):  # a line such as « --- » is not worth showing
                if coloured:
                    marks = f"{_RED if problem.is_error else _YELLOW}{marks}{_PLAIN}"
                gutter = f"  {problem.line} | "
                _print(f"{gutter}{text}", f"{' ' * (len(gutter) - 2)}| {marks}")


def _print(*lines: str) -> None:
    erase()
    print(*lines, sep="\n", file=sys.stderr, flush=True)


def _can_be_drawn_on() -> bool:
    return os.environ.get("TERM", "") not in ("", "dumb", "unknown")


# -- the place of a problem


def _lines_of(path: str) -> list[str]:
    """Return the lines of a file, split as the parsers split them; none if it cannot be read."""
    try:
        if not Path(path).is_file():
            return []
        with Path(path).open("rb") as file:
            text = file.read(_LONGEST).decode("utf-8-sig", "replace")
    except (OSError, ValueError):  # ValueError: a name with a NUL
        return []
    return re.split("\r\n|\r|\n", text)


def underlined(problem: Problem, line: str, width: int) -> tuple[str, str]:
    """Return the line that a problem is about and the marks to print below it.

    Both fit into ``width`` columns, preceded by the line's number; a long line is cut to the part
    around the marks.
    """
    start, end = _place(problem, line)
    pieces = [(_shown(char), start <= at < end) for at, char in enumerate(line)]
    while pieces and pieces[0][0].isspace() and not pieces[0][1]:
        del pieces[0]
    room = max(20, width - len(f"  {problem.line} | ") - 1)
    pieces = _around(pieces, room)
    text = "".join(piece for piece, _ in pieces).rstrip()
    marks = "".join(("^" if marked else " ") * _columns(piece) for piece, marked in pieces)
    return text, marks.rstrip()


def _around(pieces: list[tuple[str, bool]], room: int) -> list[tuple[str, bool]]:
    """Return the part of a line that fits into ``room`` columns, from a little before the first
    mark."""
    if sum(_columns(piece) for piece, _ in pieces) <= room:
        return pieces
    first = next((at for at, (_, marked) in enumerate(pieces) if marked), 0)
    before, begin = 0, first
    while begin and before + _columns(pieces[begin - 1][0]) <= room // 3:
        begin -= 1
        before += _columns(pieces[begin][0])
    kept = [("…", False)] if begin else []
    used = len(kept)
    for piece in pieces[begin:]:
        used += _columns(piece[0])
        if used >= room:  # the last column is for the dots
            return [*kept, ("…", False)]
        kept.append(piece)
    return kept


def _place(problem: Problem, line: str) -> tuple[int, int]:
    """Return the start and end of a problem in its line.

    That is what the message quotes, or the value of the key that it is about (« name » est vide),
    or the whole line.
    """
    leaf = problem.field.rpartition(".")[2].partition("[")[0]
    for at, quoted in enumerate(_QUOTED.findall(problem.message)):
        words = "".join(quoted)
        of_the_value = words == leaf and not at and problem.message.startswith(_OPENING)
        if not of_the_value and (found := _words(words, line)):
            return found
    if leaf and (found := _value(leaf, line) or _words(leaf, line)):
        return found
    bare = line.strip()
    start = line.index(bare)
    return start, start + len(bare)


def _words(words: str, line: str) -> tuple[int, int] | None:
    whole = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", line)
    at = whole.start() if whole else line.find(words)
    return None if at < 0 else (at, at + len(words))


def _value(key: str, line: str) -> tuple[int, int] | None:
    """Return the start and end of a key's value; between braces, it ends at a comma or the
    brace."""
    found = re.search(rf"(?<![\w-]){re.escape(key)}\s*:\s+(\S.*)", line)
    if not found:
        return None
    value = found[1].rstrip()
    if "{" in line[: found.start()]:
        value = re.split("[,}]", value)[0].rstrip()
    return found.start(1), found.start(1) + len(value)


def _shown(char: str) -> str:
    return "    " if char == "\t" else on_one_line(char)


def _columns(text: str) -> int:
    """Return the number of terminal columns that a text takes."""
    return sum(
        0
        if unicodedata.category(char) in ("Mn", "Me", "Cf")
        else 2
        if unicodedata.east_asian_width(char) in "WF"
        else 1
        for char in text
    )


# -- how far work is


def progress() -> Progress:
    """Return the progress display for the long steps of a command."""
    return Bar() if sys.stderr.isatty() and _can_be_drawn_on() else Lines()


class Lines:
    """Prints a line every few seconds; nothing for a step shorter than a second."""

    def __init__(self) -> None:
        self._began: dict[str, float] = {}
        self._printed = 0.0

    def __call__(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        began = self._began.setdefault(what, now)
        if now - began < 1 or (now - self._printed < 4 and done < total):
            return
        self._printed = now
        say(msg("terminal.progress", what=what, done=done, total=total))


class Bar:
    """Draws a bar for the current step; none for a step shorter than half a second."""

    def __init__(self) -> None:
        self._began: dict[str, float] = {}
        self._drawn = 0.0

    def __call__(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        began = self._began.setdefault(what, now)
        if done >= total:
            erase()
        elif now - began >= 0.5 and now - self._drawn >= 0.1:
            self._drawn = now
            _draw(what, done, total)


_drawn: RichProgress | None = None
"""The bar on the terminal, if any. It is erased before anything else is printed."""


def _draw(what: str, done: int, total: int) -> None:
    global _drawn
    if _drawn is None:
        from rich.console import Console
        from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as RichProgress

        # No refresh thread: worker processes are forked from this one.
        _drawn = RichProgress(
            TextColumn("  {task.description}", markup=False),
            BarColumn(),
            TextColumn(msg("terminal.bar")),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        _drawn.start()
    task = next((task for task in _drawn.tasks if task.description == what), None)
    if task is None:
        for other in _drawn.task_ids:
            _drawn.remove_task(other)
        _drawn.add_task(what, completed=done, total=total)
    else:
        _drawn.update(task.id, completed=done)
    _drawn.refresh()


def erase() -> None:
    """Erase the bar."""
    global _drawn
    if _drawn is not None:
        _drawn.stop()
        _drawn = None
