"""Run the commands « nouveau » and « questionnaire »: write a file and print what to do next.

0  written        1  a file already exists, or an unknown question        2  misused
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from portraits.editor.portrait_file import new_portrait, stem_of
from portraits.editor.questionnaire_form import questionnaire_html
from portraits.editor.questionnaire_mail import questionnaire_text
from portraits.importer.portrait_file import write
from portraits.importer.transcript import ImportRefused
from portraits.model.slugs import id_of
from portraits.reader.questionnaire import Questionnaire, read_questionnaire
from portraits.settings import Settings
from portraits.support.messages import msg
from portraits.support.problems import SourceRefused, errors
from portraits.support.symlinks import LinkRefused
from portraits.support.transliteration import is_latin

Say = Callable[[str], None]


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def new(
    name: str,
    content: Path,
    *,
    settings: Settings | None = None,
    lang: str = "",
    questions: Sequence[str] | None = None,
    today: dt.date | None = None,
    force: bool = False,
    say: Say = _say,
) -> int:
    """Write a portrait file to fill in; return the exit status."""
    settings = settings or Settings()
    lang = lang or settings.lang
    if not _is_name(name, say):
        return 2
    path = content / settings.folder / f"{stem_of(name, settings, lang)}.md"

    def text(questionnaire: Questionnaire) -> str:
        return new_portrait(name, settings, questionnaire, lang, questions, today)

    source = content / settings.questionnaire
    if not source.is_file():
        say(msg("editor.portrait_without_questions", path=source))
    return _written(
        path,
        content,
        text,
        content,
        settings,
        force,
        say,
        (
            msg("editor.ready", path=path),
            *((msg("editor.transcribed_name"),) if not is_latin(name) else ()),
            msg("editor.portrait_first_step"),
            msg("editor.portrait_second_step"),
            msg("editor.portrait_third_step"),
        ),
    )


def questionnaire(
    name: str,
    content: Path,
    output: Path | None = None,
    *,
    settings: Settings | None = None,
    lang: str = "",
    questions: Sequence[str] | None = None,
    as_text: bool = False,
    theme: Path | None = None,
    force: bool = False,
    say: Say = _say,
) -> int:
    """Write the questionnaire to send to ``name``, as a page or as text; return the exit status.

    ``output`` defaults to a file named after the person, in the current folder; ``theme``, the
    folder of the theme whose look the page has, to ours.
    """
    settings = settings or Settings()
    lang = lang or settings.lang
    if not _is_name(name, say):
        return 2
    path = output or Path(f"questionnaire-{id_of(name)}.{'txt' if as_text else 'html'}")
    source = content / settings.questionnaire
    if not source.is_file():
        say(msg("editor.no_questionnaire", path=source))
        return 2

    def text(known: Questionnaire) -> str:
        if as_text:
            return questionnaire_text(name, settings, known, lang, questions)
        return questionnaire_html(name, settings, known, lang, questions, theme)

    return _written(
        path,
        path.parent if path.is_absolute() else Path(),
        text,
        content,
        settings,
        force,
        say,
        (
            msg("editor.ready", path=path),
            msg("editor.questionnaire_first_step_text")
            if as_text
            else msg("editor.questionnaire_first_step_page"),
            msg("editor.questionnaire_second_step"),
        ),
    )


def _is_name(name: str, say: Say) -> bool:
    """Return whether ``name`` can be a person's; say what is missing if it cannot."""
    if any(char.isalnum() for char in name):
        return True
    say(msg("editor.no_name"))
    return False


def _written(
    path: Path,
    root: Path,
    text: Callable[[Questionnaire], str],
    content: Path,
    settings: Settings,
    force: bool,
    say: Say,
    then: Sequence[str],
) -> int:
    source = content / settings.questionnaire
    try:
        data = source.read_bytes() if source.is_file() else b""
        known, problems = read_questionnaire(str(source), data)
        if wrong := errors(problems):
            raise SourceRefused(wrong)
        write(path, text(known), root=root, force=force)
    except (SourceRefused, ImportRefused, LinkRefused) as refused:
        say(str(refused))
        return 1
    except OSError as error:
        say(msg("problem.at", place=error.filename or path, message=error.strerror or error))
        return 1
    for line in then:
        say(line)
    return 0
