"""Tables of cases in text files.

case = title NEWLINE "." NEWLINE input "." NEWLINE expected "." NEWLINE

In the input ``⍽`` is a no-break space and ``⇥`` a tab, which nobody would see.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from portraits.model.portrait import Exchange, FollowUp, Portrait, RichText
from portraits.reader.questionnaire import Questionnaire
from portraits.reader.source import ParsedPortrait, parse
from portraits.settings import Settings
from portraits.support.problems import Problem

CASES = Path(__file__).parents[2] / "cases"
HEADER = """\
---
name: Léa Tremblay
date: 2011-07-14
photo: {file: lea.jpg, alt: Léa}
---
"""
"""The smallest front matter without a remark: a body under it begins at line 6."""


_UNSEEN = str.maketrans("⍽⇥", "\u00a0\t")


@dataclass(frozen=True, slots=True)
class Case:
    title: str
    given: str
    expected: str


def read_cases(name: str) -> list[Case]:
    """The cases of ``tests/cases/<name>``."""
    pieces = (CASES / name).read_text(encoding="utf-8").split("\n.\n")
    titles, given, expected = pieces[0:-1:3], pieces[1::3], pieces[2::3]
    return [
        Case(title.strip().rpartition("\n")[2], source.translate(_UNSEEN), result)
        for title, source, result in zip(titles, given, expected, strict=True)
    ]


def parsed(
    file: str,
    *,
    source: str = "portraits/lea.md",
    settings: Settings | None = None,
    questionnaire: Questionnaire | None = None,
    trusted: bool = False,
) -> ParsedPortrait:
    return parse(
        source,
        file.encode(),
        settings or Settings(),
        questionnaire or Questionnaire(),
        trusted=trusted,
    )


def portrait_of(body: str, **more: object) -> Portrait:
    """The portrait of a body that must be right."""
    result = parsed(HEADER + body, **more)  # type: ignore[arg-type]
    assert result.portrait is not None, "\n".join(map(str, result.problems))
    return result.portrait


def codes(body: str) -> list[tuple[int, str]]:
    """Line in the body and code of each problem of a body."""
    return [(problem.line - 5, problem.code) for problem in parsed(HEADER + body).problems]


def listed(problems: tuple[Problem, ...]) -> str:
    """Problems as a case file shows them, without the file's name."""
    return "\n".join(
        f"{problem.line} {problem.code}{'' if problem.is_error else ' (warning)'}\n"
        f"    {problem.message}" + (f"\n    → {problem.hint}" if problem.hint else "")
        for problem in problems
    )


def _passage(passage: RichText, indent: str) -> list[str]:
    return [f"{indent}{line}" for line in passage.html.split("\n") if passage]


def _exchange(asked: Exchange | FollowUp, indent: str) -> list[str]:
    question = asked.question
    known = f" = {question.questionnaire_id}" if question.questionnaire_id else ""
    lines = [f"{indent}{question.line} #{question.id}{known}  {question.wording.html}"]
    return [*lines, *_passage(asked.answer, f"{indent}    ")]


def structure(portrait: Portrait) -> str:
    """A portrait's body as an indented outline: lines, ids, HTML."""
    lines = _passage(portrait.introduction, "")
    for exchange in portrait.exchanges:
        lines += _exchange(exchange, "")
        for further in exchange.follow_ups:
            lines += _exchange(further, "    ")
    if found := portrait.recommendations:
        lines.append(f"{found.question.line} #{found.question.id}  {found.question.wording.html}")
        lines += _passage(found.before, "    before: ")
        lines += [
            f"    {entry.line} {entry.account.key} | {entry.account.label} | {entry.reason.html}"
            for entry in found.entries
        ]
        lines += _passage(found.after, "    after: ")
    if readings := portrait.readings:
        lines.append(
            f"{readings.question.line} #{readings.question.id}  {readings.question.wording.html}"
        )
        lines += _passage(readings.before, "    before: ")
        lines += [
            f"    {entry.line} {entry.title} | {entry.url} | {entry.note.html}"
            for entry in readings.entries
        ]
        lines += _passage(readings.after, "    after: ")
    if portrait.footnotes:
        lines += ["notes:", portrait.footnotes]
    lines += [f"link {link.line} {link.target}#{link.fragment}" for link in portrait.links]
    lines += [
        f"image {image.line} {image.file} | {image.alt} | {image.title}"
        + (f" | {image.credit}" if image.credit else "")
        for image in portrait.images
    ]
    return "\n".join(lines).replace("\u00a0", "~").replace("\ufdd0", "⟨").replace("\ufdd1", "⟩")
