"""Render the questionnaire as one HTML page that works offline, in any browser.

The page contains its own style and script, and the faces of the theme; a Content Security Policy
in its head forbids any request. Its button writes the file that
:mod:`portraits.importer.answer_file` reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import portraits
from portraits.editor.asking import chosen, words_in
from portraits.editor.form_look import look_style
from portraits.importer.answer_file import MAGIC, VERSION
from portraits.model.slugs import id_of
from portraits.reader.questionnaire import Questionnaire, QuestionnaireEntry
from portraits.settings import Settings
from portraits.site.environment import spoken
from portraits.site.offline import policy, script_of, templates
from portraits.support.catalogue import catalogue, interface_language


def questionnaire_html(
    name: str,
    settings: Settings,
    questionnaire: Questionnaire,
    lang: str,
    questions: Sequence[str] | None = None,
    theme: Path | None = None,
) -> str:
    """Return the page that asks ``name`` the questions, in the look of the series.

    ``theme`` is the folder of the series' theme, by default ours. Raise SourceRefused for an
    unknown id, OSError for a file that the theme lacks.
    """
    from markupsafe import Markup

    folder = Path(__file__).parent / "form"
    environment = templates(folder)
    environment.filters["spoken"] = spoken
    words = words_in(lang)
    entries = chosen(questionnaire, questions, settings.questionnaire)
    own, script = environment.get_template("form.css").render(), script_of(folder / "form.js")
    style = look_style(theme or Path(portraits.theme()), settings.look) + "\n" + own
    script_keys = ("copied", "downloaded", "copy_failed", "saved", "keep_marks")
    html: str = environment.get_template("form.html").render(
        name=name,
        lang=lang,
        words=words,
        t=catalogue(interface_language(lang)),
        settings=settings,
        sections=_sections(entries, lang, words["questions"]),
        asked=len(entries),
        style=Markup(style),  # noqa: S704 -- our own files
        script=Markup(script),  # noqa: S704 -- our own files
        policy=policy(style, script),
        script_words={
            **{key: words[key] for key in script_keys},
            "counts": catalogue(interface_language(lang)).forms("questionnaire.word_count"),
            "first": f"{MAGIC} {VERSION}",
            "file": f"reponses-{id_of(name)}.txt",
            "store": f"{MAGIC}:{id_of(name)}:{lang}",
        },
    )
    return html + "\n"


def _sections(
    entries: Sequence[QuestionnaireEntry], lang: str, otherwise: str
) -> list[tuple[str, list[tuple[int, str, str]]]]:
    """Return the sections: the heading, and (number, id, wording) of each question.

    Questions of no section stand under the heading ``otherwise``.
    """
    numbered = enumerate(entries, 1)
    return [
        (heading or otherwise, [(number, entry.id, entry.wording(lang)) for number, entry in asked])
        for heading, asked in groupby(numbered, lambda pair: pair[1].section_heading(lang))
    ]
