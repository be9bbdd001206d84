"""Write the questionnaire as the text of an e-mail, in the form that the importer reads back.

    text = greeting (number "." wording " [" id "]")* closing

:mod:`portraits.importer.mail.sent` recognizes all of it when it comes back, quoted or not: what is
added here has to be known there.
"""

from __future__ import annotations

from collections.abc import Sequence

from portraits.editor.asking import chosen, words_in
from portraits.reader.questionnaire import Questionnaire
from portraits.settings import Settings


def questionnaire_text(
    name: str,
    settings: Settings,
    questionnaire: Questionnaire,
    lang: str,
    questions: Sequence[str] | None = None,
) -> str:
    """Return the e-mail that asks ``name`` the questions. Raise SourceRefused for an unknown id."""
    words = words_in(lang)
    entries = chosen(questionnaire, questions, settings.questionnaire)
    asked = [
        f"{number}. {entry.wording(lang)} [{entry.id}]\n\n"
        for number, entry in enumerate(entries, 1)
    ]
    opening = [words["hello"].format(name=name), words["mail_lead"]]
    closing = [
        f"{words['recommendations']}\n{words['recommendations_help']}\n\n",
        words["mail_photo"],
        words["mail_thanks"],
    ]
    return "\n\n".join([*opening, *asked, *closing]) + "\n"
