"""One interview written in every shape that the importer reads: for tests of all of them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from portraits.importer import formats
from portraits.importer.answer_file import END, MAGIC, VERSION, AnswerSection
from portraits.importer.portrait import Imported, imported
from portraits.model.portrait import Portrait
from portraits.reader.questionnaire import Questionnaire, read_questionnaire
from portraits.reader.source import ParsedPortrait, parse
from portraits.settings import Settings

CASES = Path(__file__).parents[2] / "cases" / "import"
SETTINGS = Settings()
QUESTIONNAIRE: Questionnaire = read_questionnaire(
    "questionnaire.yml", (CASES / "questionnaire.yml").read_bytes()
)[0]


@dataclass(frozen=True)
class Interview:
    """What somebody answered: questions with the paragraphs of their answers."""

    name: str
    introduction: str
    exchanges: tuple[tuple[str, tuple[str, ...]], ...]
    recommended: tuple[tuple[str, str], ...] = ()


def imported_from(file: str, data: bytes, lang: str = "fr") -> Imported:
    """What the importer makes of one file."""
    transcript = formats.transcript_of(file, data, QUESTIONNAIRE)
    return imported(transcript, SETTINGS, QUESTIONNAIRE, lang, Path(file).stem)


def parsed(result: Imported) -> ParsedPortrait:
    """The site's own reading of an imported portrait, dated so that it can be complete."""
    text = result.text.replace("# date: 2011-07-14 ", "date: 2011-07-14 #", 1)
    return parse(f"portraits/{result.stem}.md", text.encode(), SETTINGS, QUESTIONNAIRE)


def portrait(result: Imported) -> Portrait:
    """The portrait; fails with its problems when there is none."""
    read = parsed(result)
    assert read.portrait, "\n".join(map(str, read.problems)) + "\n" + result.text
    return read.portrait


def as_text(interview: Interview) -> bytes:
    parts = [f"Portrait de {interview.name}", interview.introduction]
    for question, answer in interview.exchanges:
        parts += [question, *answer]
    if interview.recommended:
        parts += [
            "#FF Qui suis-tu?",
            "\n".join(f"@{who} {why}" for who, why in interview.recommended),
        ]
    return "\n\n".join(parts).encode()


def as_markdown(interview: Interview) -> bytes:
    """What the importer itself would call the simplest Markdown: escapes included."""
    from portraits.reader.escaping import escaped, escaped_heading

    parts = [f"# Portrait de {interview.name}", escaped(interview.introduction)]
    for question, answer in interview.exchanges:
        parts += [f"## {escaped_heading(question)}", *map(escaped, answer)]
    if interview.recommended:
        parts += [
            "## #FF Qui suis-tu?",
            *(f"- @{who} {escaped(why)}" for who, why in interview.recommended),
        ]
    return "\n\n".join(parts).encode()


def _page(interview: Interview, opening: str, closing: str) -> bytes:
    parts = [
        f"<h1>Portrait de {html.escape(interview.name)}</h1>",
        f"<p>{html.escape(interview.introduction)}</p>",
    ]
    for question, answer in interview.exchanges:
        parts += [
            f"{opening}{html.escape(question)}{closing}",
            *(f"<p>{html.escape(part)}</p>" for part in answer),
        ]
    if interview.recommended:
        parts.append(f"{opening}#FF Qui suis-tu?{closing}")
        parts += [f"<p>@{who} {html.escape(why)}</p>" for who, why in interview.recommended]
    return f"<html><body><article>{''.join(parts)}</article></body></html>".encode()


def as_headings(interview: Interview) -> bytes:
    return _page(interview, "<h2>", "</h2>")


def as_bold(interview: Interview) -> bytes:
    return _page(interview, "<p><strong>", "</strong></p>")


def as_coloured(interview: Interview) -> bytes:
    return _page(interview, '<div><span style="color:#900">', "</span></div>")


def _paired(interview: Interview, row: str) -> bytes:
    """A page whose questions and answers stand in pairs of elements."""
    rows = [
        row.format(html.escape(question), "".join(f"<p>{html.escape(part)}</p>" for part in answer))
        for question, answer in interview.exchanges
    ]
    element = "dl" if row.startswith("<dt") else "table"
    lists = "".join(f"<p>@{who} {html.escape(why)}</p>" for who, why in interview.recommended)
    heading = "<h2>#FF Qui suis-tu?</h2>" if lists else ""
    return (
        f"<html><body><h1>Portrait de {html.escape(interview.name)}</h1>"
        f"<p>{html.escape(interview.introduction)}</p><{element}>{''.join(rows)}</{element}>"
        f"{heading}{lists}</body></html>"
    ).encode()


def as_definitions(interview: Interview) -> bytes:
    return _paired(interview, "<dt>{}</dt><dd>{}</dd>")


def as_table(interview: Interview) -> bytes:
    return _paired(interview, "<tr><th>{}</th><td>{}</td></tr>")


def as_voices(interview: Interview) -> bytes:
    parts = [f"Portrait de {interview.name}", interview.introduction]
    for question, answer in interview.exchanges:
        first, *rest = answer
        parts += [f"La revue : {question}", f"Zoé : {first}", *rest]
    if interview.recommended:
        parts += [
            "#FF Qui suis-tu?",
            "\n".join(f"@{who} {why}" for who, why in interview.recommended),
        ]
    return "\n\n".join(parts).encode()


def answer_file(sections: Iterable[AnswerSection], note: str = "") -> str:
    """The file that holds ``sections``: what the form's script does, in Python."""
    lines = [f"{MAGIC} {VERSION}", note, ""]
    for section in sections:
        lines.append(f"@@ {section.key} {section.id}".rstrip())
        lines += [
            "\\" + line if re.match(r"\\*@@", line) else line
            for line in section.content.split("\n")
        ]
        lines.append("")
    return "\n".join([*lines, f"@@ {END}", ""])


def as_answer_file(interview: Interview) -> bytes:
    sections = [AnswerSection("langue", "", "fr"), AnswerSection("nom", "", interview.name)]
    for number, (question, answer) in enumerate(interview.exchanges):
        sections += [
            AnswerSection("question", f"q{number}", question),
            AnswerSection("reponse", f"q{number}", "\n\n".join(answer)),
        ]
    sections.append(
        AnswerSection(
            "recommandations", "", "\n".join(f"@{who} {why}" for who, why in interview.recommended)
        )
    )
    return answer_file(sections).encode()


def as_mail(interview: Interview) -> bytes:
    parts = ["Bonjour!", ""]
    for question, answer in interview.exchanges:
        parts += [f"> {question}", "", "\n\n".join(answer), ""]
    return "\n".join(
        [
            "From: Zoé <zoe@exemple.ca>",
            "Date: Tue, 6 Mar 2012 10:00:00 -0500",
            "Content-Type: text/plain; charset=utf-8",
            "",
            *parts,
        ]
    ).encode()


SHAPES = {
    "texte.txt": as_text,
    "titres.md": as_markdown,
    "titres.html": as_headings,
    "gras.html": as_bold,
    "couleur.html": as_coloured,
    "definitions.html": as_definitions,
    "tableau.html": as_table,
    "voix.txt": as_voices,
    "reponse.txt": as_answer_file,
    "message.eml": as_mail,
}
