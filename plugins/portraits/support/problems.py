"""Collect and print the problems found in source files, each with a hint to fix it.

Grammar of a printed problem, one line in the editor's language; in English:

    path ":" line ": " message [" — " hint]

Problems are collected instead of raised one by one, so that an editor sees everything that is
wrong with every file in one run.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from portraits.support.messages import msg
from portraits.support.transliteration import unaccented

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def on_one_line(text: str) -> str:
    """Escape the control characters of ``text`` (``\\n``), for printing on one line.

    File names may contain anything, including terminal escape sequences.
    """
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def in_json(value: object) -> str:
    """Return ``value`` as indented JSON, with the same characters escaped as ``\\uXXXX``."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return "\n".join(
        _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", line) for line in text.split("\n")
    )


class Severity(StrEnum):
    """An error stops the build; a warning is printed and the build goes on."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One problem at one place in a file."""

    path: str
    """The file's path, relative to the project's root: ``content/portraits/x.md``."""
    line: int
    """1-based; 0 for the whole file."""
    code: str
    """Stable identifier for tools and tests: ``unknown-key``, ``missing-image``…"""
    message: str
    """What is wrong, in the editor's language, without the place."""
    hint: str = ""
    """How to fix it, in the same language."""
    field: str = ""
    """The front matter key concerned, dotted (``photo.file``), or empty."""
    severity: Severity = Severity.ERROR

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        said = self.message
        if self.hint:
            said = msg("problem.hint", message=self.message, hint=self.hint)
        return on_one_line(msg("problem.at", place=place, message=said))


def as_warning(problem: Problem) -> Problem:
    """Return ``problem`` as one that does not stop the build."""
    return replace(problem, severity=Severity.WARNING)


class ProblemCollector:
    """Collects the problems of one file while it is read."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._problems: list[Problem] = []

    def error(self, line: int, code: str, message: str, hint: str = "", field: str = "") -> None:
        self._problems.append(Problem(self.path, line, code, message, hint, field))

    def warn(self, line: int, code: str, message: str, hint: str = "", field: str = "") -> None:
        self._problems.append(
            Problem(self.path, line, code, message, hint, field, Severity.WARNING)
        )

    def add(self, problems: Iterable[Problem]) -> None:
        """Add problems found elsewhere."""
        self._problems.extend(problems)

    def take(self, other: ProblemCollector) -> None:
        """Add every problem of ``other``."""
        self._problems.extend(other._problems)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems without duplicates, in order of line."""
        return tuple(sorted(set(self._problems)))

    @property
    def has_errors(self) -> bool:
        return any(problem.is_error for problem in self._problems)


class SourceRefused(Exception):
    """Work cannot continue because of problems; carries all of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[SourceRefused], tuple[tuple[Problem, ...]]]:
        # Exceptions are pickled with ``args``, here a string, which __init__ does not accept.
        return SourceRefused, (self.problems,)


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems that stop a build, sorted by file and line."""
    return tuple(sorted(problem for problem in problems if problem.is_error))


def closest(found: str, known: Sequence[str], *, cutoff: float = 0.6) -> str:
    """Return the closest match among ``known``, accents and capitals aside.

    Returns an empty string when the similarity (0 to 1) of all is below ``cutoff``.
    """
    plain = {unaccented(word): word for word in known}
    near = difflib.get_close_matches(unaccented(found), list(plain), n=1, cutoff=cutoff)
    return plain[near[0]] if near else ""


def did_you_mean(found: str, known: Sequence[str], *, cutoff: float = 0.6) -> str:
    """Return “did you mean “tags”?” for the closest match among ``known``, or an empty string."""
    word = closest(found, known, cutoff=cutoff)
    return msg("problem.did_you_mean", word=word) if word else ""
