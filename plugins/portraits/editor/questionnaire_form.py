"""Render the questionnaire as one HTML page that works offline, in any browser.

The page contains its own style and script; a Content Security Policy in its head forbids any
request. Its button writes the file that :mod:`portraits.importer.answer_file` reads.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from pathlib import Path

from portraits.editor.asking import chosen, words_in
from portraits.importer.answer_file import MAGIC, VERSION
from portraits.model.slugs import id_of
from portraits.reader.questionnaire import Questionnaire
from portraits.settings import Settings


def questionnaire_html(
    name: str,
    settings: Settings,
    questionnaire: Questionnaire,
    lang: str,
    questions: Sequence[str] | None = None,
) -> str:
    """Return the page that asks ``name`` the questions. Raise SourceRefused for an unknown id."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "form"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = words_in(lang)
    style, script = (environment.get_template(f"form.{kind}").render() for kind in ("css", "js"))
    script_keys = ("word", "words", "copied", "downloaded", "copy_failed", "saved", "keep_marks")
    html: str = environment.get_template("form.html").render(
        name=name,
        lang=lang,
        words=words,
        settings=settings,
        questions=[
            (entry.id, entry.wording(lang))
            for entry in chosen(questionnaire, questions, settings.questionnaire)
        ],
        policy=f"default-src 'none'; style-src '{_digest(style)}'; "
        f"script-src '{_digest(script)}'; base-uri 'none'; form-action 'none'",
        script_words={
            **{key: words[key] for key in script_keys},
            "first": f"{MAGIC} {VERSION}",
            "file": f"reponses-{id_of(name)}.txt",
            "store": f"{MAGIC}:{id_of(name)}:{lang}",
        },
    )
    return html + "\n"


def _digest(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
    return f"sha256-{digest}"
