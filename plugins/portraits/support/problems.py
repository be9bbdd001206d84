"""What is wrong with a source, said so that it can be mended.

Grammar of a printed problem (French, one line):

    path ":" line " : " message [" — " hint]

Problems are collected, never raised one by one: an editor sees everything that is
wrong with every file in one pass.
"""

from __future__ import annotations

import difflib
import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def on_one_line(text: str) -> str:
    """``text`` with what would steer a terminal or end a line written as a code: ``\\n``.

    A file's name may hold anything.
    """
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def in_json(value: object) -> str:
    """``value`` as JSON, indented, with the same characters written as JSON writes them."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return "\n".join(_CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", line)
                     for line in text.split("\n"))


class Severity(StrEnum):
    """An error stops the build; a warning is printed and the build goes on."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend, at one place."""

    path: str
    """The file as the editor knows it, from the project's root: ``content/portraits/x.md``."""
    line: int
    """1-based; 0 when the whole file is meant."""
    code: str
    """Stable identifier for tools and tests: ``unknown-key``, ``missing-image``…"""
    message: str
    """What was found, in French, without the place."""
    hint: str = ""
    """What to do about it, in French."""
    field: str = ""
    """The front matter key concerned, dotted (``photo.file``), or empty."""
    severity: Severity = Severity.ERROR

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        hint = f" — {self.hint}" if self.hint else ""
        return on_one_line(f"{place} : {self.message}{hint}")


class ProblemCollector:
    """Collects what is wrong with one file while it is read."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._problems: list[Problem] = []

    def error(
        self, line: int, code: str, message: str, hint: str = "", field: str = ""
    ) -> None:
        self._problems.append(Problem(self.path, line, code, message, hint, field))

    def warn(
        self, line: int, code: str, message: str, hint: str = "", field: str = ""
    ) -> None:
        self._problems.append(
            Problem(self.path, line, code, message, hint, field, Severity.WARNING))

    def add(self, problems: Iterable[Problem]) -> None:
        """Add problems that were found elsewhere."""
        self._problems.extend(problems)

    def take(self, other: ProblemCollector) -> None:
        """Add all that ``other`` has collected."""
        self._problems.extend(other._problems)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Each problem once, in the order of the file's lines."""
        return tuple(sorted(set(self._problems)))

    @property
    def has_errors(self) -> bool:
        return any(problem.is_error for problem in self._problems)


class SourceRefused(Exception):
    """Raised where work cannot go on past problems; carries all of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[SourceRefused], tuple[tuple[Problem, ...]]]:
        return SourceRefused, (self.problems,)  # from one process to another


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems that stop a build, in order of file and line."""
    return tuple(sorted(problem for problem in problems if problem.is_error))


def unaccented(text: str) -> str:
    """``text`` in lower case without its accents: how near misses are compared."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold()).casefold()  # « ™ » holds capitals
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def did_you_mean(found: str, known: Sequence[str], *, cutoff: float = 0.6) -> str:
    """« vouliez-vous dire « tags » ? » for the nearest of ``known``, or an empty string."""
    plain = {unaccented(word): word for word in known}
    near = difflib.get_close_matches(unaccented(found), list(plain), n=1, cutoff=cutoff)
    return f"vouliez-vous dire « {plain[near[0]]} » ?" if near else ""
