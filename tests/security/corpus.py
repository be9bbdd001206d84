"""The corpus of bad and hostile portraits: each with what must become of it.

Cases that are text stand in ``tests/cases/bad-input/*.txt``, one after the other:

    case    = "=== " title " => " verdict NEWLINE lines
    verdict = "refused" code line | "warned" code line | "fine" | "kept back"

``line`` counts in the whole file; ``fine`` cases are published as text beside good portraits.
Cases of bytes and of sizes are made here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "cases" / "bad-input"
HEAD = "---\nname: Léa Tremblay\ndate: 2011-07-14\n"
QUESTION = "## Pourquoi ?\n\n"
GOOD = f"{HEAD}---\n{QUESTION}Parce que.\n"

_CASE = re.compile(r"^=== (.+?) => (.+)$", re.MULTILINE)
_WRAPPED: dict[str, Callable[[str], str]] = {
    "front-matter": lambda text: f"{HEAD}{text}---\n{QUESTION}Parce que.\n",
    "yaml": lambda text: f"{HEAD}{text}---\n{QUESTION}Parce que.\n",
    "dates": lambda text: f"---\nname: Léa Tremblay\ndate: {text}---\n{QUESTION}Parce que.\n",
    "whole": lambda text: text,
    "html": lambda text: f"{HEAD}---\n{QUESTION}{text}",
    "markdown": lambda text: f"{HEAD}---\n{QUESTION}{text}",
    "links": lambda text: f"{HEAD}---\n{QUESTION}{text}",
}


@dataclass(frozen=True, slots=True)
class Case:
    """One portrait file and what must become of it."""

    group: str
    number: int
    title: str
    data: bytes
    verdict: str
    code: str = ""
    line: int = 0

    @property
    def file(self) -> str:
        """Name of its file in the folder of portraits."""
        return f"{self.group}-{self.number}.md"

    def __str__(self) -> str:
        return f"{self.group}: {self.title}"


def _case(group: str, number: int, title: str, data: bytes, expected: str) -> Case:
    verdict, _, rest = expected.partition(" ")
    if verdict == "kept":
        return Case(group, number, title, data, "kept back")
    code, _, line = rest.partition(" ")
    return Case(group, number, title, data, verdict, code, int(line or 0))


def written_cases() -> Iterator[Case]:
    """The cases that stand in the text files."""
    for group, wrapped in _WRAPPED.items():
        _, *parts = _CASE.split((FOLDER / f"{group}.txt").read_text(encoding="utf-8"))
        cases = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
        for number, (title, expected, text) in enumerate(cases, 1):
            yield _case(group, number, title, wrapped(text.removeprefix("\n")).encode(), expected)


def encoded_cases() -> Iterator[Case]:
    """Bytes that are no text, or not the text that they seem to be."""
    good = GOOD.encode()
    for number, (title, data, expected) in enumerate(
        (
            ("UTF-16 with its mark", GOOD.encode("utf-16"), "refused not-utf8 1"),
            ("UTF-16 without a mark", GOOD.encode("utf-16-be"), "refused not-utf8 2"),
            ("UTF-32", GOOD.encode("utf-32"), "refused not-utf8 1"),
            ("Latin-1", GOOD.encode("latin-1"), "refused not-utf8 2"),
            ("Windows-1252", (GOOD + "L’été").encode("cp1252"), "refused not-utf8 2"),
            ("Mac Roman", GOOD.encode("mac_roman"), "refused not-utf8 2"),
            ("an overlong slash", good + b"\xc0\xaf", "refused not-utf8 8"),
            ("an encoded surrogate", good + b"\xed\xa0\x80", "refused not-utf8 8"),
            ("a character cut in two", good + b"\xe2\x80", "refused not-utf8 8"),
            ("a NUL", good + b"\0", "refused forbidden-character 8"),
            ("a terminal's escape", good + b"\x1b[2J", "refused forbidden-character 8"),
            ("a vertical tab", good + b"\x0b", "refused forbidden-character 8"),
            ("a form feed", good + b"\x0c", "refused forbidden-character 8"),
            ("a next line", good + "\x85".encode(), "refused forbidden-character 8"),
            ("U+FFFE", good + "\ufffe".encode(), "refused forbidden-character 8"),
            ("U+1FFFF", good + "\U0001ffff".encode(), "refused forbidden-character 8"),
            (
                "our own mark of a link",
                good + "\ufdd0link0\ufdd1".encode(),
                "refused forbidden-character 8",
            ),
            (
                "our own mark of a tag",
                good + "\ufdd40\ufdd5".encode(),
                "refused forbidden-character 8",
            ),
            ("Markdown's own mark", good + b"\x02wzxhzdk:0\x03", "refused forbidden-character 8"),
            (
                "text that runs backwards",
                good + "a\u202egnp.exe".encode(),
                "refused forbidden-character 8",
            ),
            ("text that is isolated", good + "a\u2066b".encode(), "refused forbidden-character 8"),
            ("a lost character", good + "\ufffd".encode(), "warned replacement-character 8"),
            ("a byte order mark", b"\xef\xbb\xbf" + good, "fine"),
            ("two byte order marks", b"\xef\xbb\xbf" * 2 + good, "warned invisible-character 1"),
            ("line ends of a Mac", good.replace(b"\n", b"\r"), "fine"),
            ("line ends of Windows", good.replace(b"\n", b"\r\n"), "fine"),
            ("nothing", b"", "refused empty-file 1"),
            ("blank lines", b"\n \n", "refused empty-file 1"),
            ("a mark and nothing", b"\xef\xbb\xbf", "refused empty-file 1"),
            ("a picture", b"\x89PNG\r\n\x1a\n" + bytes(64), "refused not-utf8 1"),
            ("an archive", b"\x1f\x8b\x08\x00abc", "refused not-utf8 1"),
            ("a PDF", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3", "refused not-utf8 2"),
        ),
        1,
    ):
        yield _case("encoding", number, title, data, expected)


def large_cases() -> Iterator[Case]:
    """Files that ask for too much."""
    answer = f"{HEAD}---\n{QUESTION}".encode()
    for number, (title, data, expected) in enumerate(
        (
            ("a file of 300 kB", answer + b"mot mot\n\n" * 34_000, "refused too-large 0"),
            ("a line of 20 001 characters", answer + b"m" * 20_001, "refused too-complex 7"),
            ("a mark 201 times", answer + b"!" * 201, "refused too-complex 7"),
            (
                "51 quotations inside one another",
                answer + b"> " * 51 + b"x",
                "refused too-complex 7",
            ),
            (
                "51 lists inside one another",
                answer + b"".join(b"    " * depth + b"- x\n" for depth in range(52)),
                "refused too-complex 58",
            ),
            ("8000 brackets", answer + b"[ " * 8000, "refused too-complex 7"),
            ("8000 half links", answer + b"[a](" * 4000, "refused too-complex 7"),
            ("900 half tags", answer + b'<a href="' * 900, "fine"),
            (
                "a text of 1001 characters",
                f"{HEAD}role: {'x' * 1_001}\n---\n{QUESTION}Oui.\n".encode(),
                "refused too-long 4",
            ),
            (
                "a head of 20 kB",
                f"{HEAD}role: {'é' * 20_001}\n---\n".encode(),
                "refused front-matter-too-long 2",
            ),
            (
                "10 000 keys",
                HEAD.encode()
                + b"".join(b"%d: x\n" % n for n in range(2_000))
                + b"---\n"
                + QUESTION.encode()
                + b"x\n",
                "refused unknown-key 4",
            ),
            ("a file of 250 kB", answer + b"mot mot\n\n" * 27_000, "fine"),
            ("a line of 20 000 characters", answer + b"mot " * 5_000, "fine"),
        ),
        1,
    ):
        yield _case("large", number, title, data, expected)


def corpus() -> tuple[Case, ...]:
    """Every case."""
    return (*written_cases(), *encoded_cases(), *large_cases())
