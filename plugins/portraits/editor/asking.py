"""Select the questions to ask, and the text around them in each language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from portraits.reader.questionnaire import Questionnaire, QuestionnaireEntry
from portraits.support.catalogue import catalogue, interface_language
from portraits.support.messages import msg
from portraits.support.problems import Problem, SourceRefused, did_you_mean


def chosen(
    questionnaire: Questionnaire, questions: Sequence[str] | None, path: str = "questionnaire"
) -> tuple[QuestionnaireEntry, ...]:
    """Return the questions with the ids ``questions``, in that order; all of them for None.

    Raise SourceRefused with a problem for each id that the questionnaire does not have.
    """
    if questions is None:
        return questionnaire.entries
    known = questionnaire.by_id
    unknown = [
        Problem(
            path,
            0,
            "unknown-question",
            msg("editor.unknown_question", question=question),
            did_you_mean(question, list(known)) or msg("editor.unknown_question_hint"),
        )
        for question in questions
        if question not in known
    ]
    if unknown:
        raise SourceRefused(unknown)
    return tuple(known[question] for question in questions)


def words_in(lang: str) -> Mapping[str, str]:
    """Return the text of the form and the e-mail in ``lang``, by key without ``questionnaire.``."""
    start = "questionnaire."
    return {
        key.removeprefix(start): message
        for key, message in catalogue(interface_language(lang)).messages.items()
        if key.startswith(start) and isinstance(message, str)
    }
