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
from portraits.support.problems import SourceRefused, errors
from portraits.support.symlinks import LinkRefused
from portraits.support.transliteration import is_latin

Say = Callable[[str], None]
_READING = (
    "  Comment la personne écrit-elle son nom en lettres latines? Le fichier est nommé d’après une "
    "transcription lettre à lettre, qui devient l’adresse de la page : renommez-le s’il y a mieux."
)


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

    if not (content / settings.questionnaire).is_file():
        say(
            f"{content / settings.questionnaire} : pas de questionnaire — le portrait est "
            "préparé sans questions."
        )
    return _written(
        path,
        content,
        text,
        content,
        settings,
        force,
        say,
        (
            f"{path} est prêt.",
            *((_READING,) if not is_latin(name) else ()),
            "  1. Déposez la photo à côté de ce fichier et complétez l’en-tête.",
            "  2. Écrivez l’introduction et les réponses; retirez les questions sans réponse.",
            "  3. Vérifiez, puis retirez « status: draft » pour publier.",
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
        say(f"{source} : pas de questionnaire — créez ce fichier, ou donnez le bon dossier.")
        return 2

    def text(known: Questionnaire) -> str:
        if as_text:
            return questionnaire_text(name, settings, known, lang, questions)
        return questionnaire_html(name, settings, known, lang, questions, theme)

    sending = (
        "Collez ce texte dans un courriel."
        if as_text
        else "Envoyez ce fichier en pièce jointe : il s’ouvre dans n’importe quel navigateur."
    )
    return _written(
        path,
        path.parent if path.is_absolute() else Path(),
        text,
        content,
        settings,
        force,
        say,
        (
            f"{path} est prêt.",
            f"  1. {sending}",
            "  2. Au retour, importez la réponse : fichier de réponses ou courriel enregistré.",
        ),
    )


def _is_name(name: str, say: Say) -> bool:
    """Return whether ``name`` can be a person's; say what is missing if it cannot."""
    if any(char.isalnum() for char in name):
        return True
    say("Il manque le nom de la personne — par exemple : « Léa Tremblay ».")
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
        say(f"{error.filename or path} : {error.strerror or error}")
        return 1
    for line in then:
        say(line)
    return 0
