"""Write a portrait file to fill in.

    file = "---" comments keys "---" ("## " question " {#" id "}")* "## #FF" "## " reading

Explanations are YAML comments in the front matter, which are never published; the body contains
only the questions, because everything in it is published.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from portraits.editor.asking import chosen
from portraits.importer.portrait_file import emitted
from portraits.model.slugs import id_of
from portraits.reader.front_matter.schema import BY_NAME
from portraits.reader.questionnaire import Questionnaire, headings_to_fill
from portraits.settings import Settings
from portraits.support.messages import msg

_OFFERED = (
    "role",
    "organization",
    "tags",
    "authors",
    "photo",
    "accounts",
    "manages",
    "quote",
    "summary",
)


def stem_of(name: str, settings: Settings, lang: str) -> str:
    """Return the file name of the portrait without extension: ``lea-tremblay``, ``….en``."""
    suffix = "" if lang[:2] == settings.lang[:2] else f".{lang[:2]}"
    return id_of(name) + suffix


def new_portrait(
    name: str,
    settings: Settings,
    questionnaire: Questionnaire,
    lang: str,
    questions: Sequence[str] | None = None,
    today: dt.date | None = None,
) -> str:
    """Return the text of a portrait file for ``name``, with the questions to answer in ``lang``.

    ``questions`` are ids of the questionnaire, in the order in which they are asked; all by
    default. Without ``today`` the date is left as a comment. Raise SourceRefused for an unknown id.
    """
    entries = chosen(questionnaire, questions, settings.questionnaire)
    body = headings_to_fill(((entry.id, entry.wording(lang)) for entry in entries), lang)
    front = [
        *(f"# {line}" for line in msg("new_file.explanation").splitlines()),
        "",
        *emitted("name", " ".join(name.split())),
        *(emitted("lang", lang) if lang != settings.lang else ()),
        _date(today),
        f"status: draft    # {msg('new_file.draft')}",
        "",
        f"# {msg('new_file.offered')}",
        *(f"# {key}: {BY_NAME[key].example}    # {BY_NAME[key].description}" for key in _OFFERED),
    ]
    return (
        "\n".join(["---", *front, "---", "", "", *(f"{line}\n\n" for line in body)]).rstrip() + "\n"
    )


def _date(today: dt.date | None) -> str:
    if today is None:
        return f"# date: 2011-07-14    # {msg('new_file.date_needed')}"
    return f"date: {today.isoformat()}    # {msg('new_file.date')}"
