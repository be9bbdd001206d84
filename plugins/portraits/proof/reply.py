"""Read the reply to a proof: the text that its button saves, or that a letter quotes.

    reply = "portraits-epreuve 1" NEWLINE note section* "@@ fin" NEWLINE
    key   = "portrait" | "langue" | "empreinte" | "jeton"     what the proof was of, and its token
          | "montre" id         the fingerprint of the answer that was shown
          | "propose" id        another text for it, if the person proposes one
          | "accord-texte" | "accord-photo" | "accord-date"     "oui", "non", or nothing
          | "date" | "jour" | "mot"     the day of publication shown, the day of the reply, a word

Sections are those of :mod:`portraits.importer.answer_file`. All of it was written by somebody else:
what is not of this form is refused or named, and nothing of it is ever followed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from portraits.importer.answer_file import PROOF_MAGIC, is_proof_reply, sections_of
from portraits.importer.transcript import ImportRefused
from portraits.support.messages import msg

MOST_CHARACTERS = 600_000
"""Of a reply: no portrait is longer than 256 kB, and a change may rewrite all of it."""
MOST_OF_AN_ANSWER = 20_000
"""Characters of one proposed answer: differences take a time that grows with the square."""
_TEXTS = ("propose", "mot")
_OF_QUESTIONS = ("montre", "propose")
_KEYS = frozenset(
    {
        *("portrait", "langue", "empreinte", "jeton", "date", "jour", "mot"),
        *("accord-texte", "accord-photo", "accord-date"),
    }
)
_SAID = {"oui": True, "non": False}


@dataclass(frozen=True, slots=True)
class ProofReply:
    """What came back."""

    slug: str
    lang: str
    fingerprint: str
    """Of the text that was shown."""
    token: str
    shown: Mapping[str, str]
    """Question -> fingerprint of its answer as it was shown."""
    proposed: Mapping[str, str]
    """Question -> another text for its answer."""
    text: bool | None
    """Whether the person agrees to the text; None if they did not say."""
    photo: bool | None
    date: bool | None
    published: dt.date | None
    """The day of publication that the proof gave."""
    day: dt.date | None
    """The day on which the person answered, by their own clock."""
    note: str


def reply_in(text: str) -> ProofReply | None:
    """Return the reply in a text, or None if there is none.

    Raise ImportRefused for one that is too long, cut, damaged or of another version.
    """
    if not is_proof_reply(text):
        return None
    if len(text) > MOST_CHARACTERS:
        raise ImportRefused(msg("proof.too_long"))
    said: dict[str, str] = {}
    of_questions: dict[str, dict[str, str]] = {key: {} for key in _OF_QUESTIONS}
    for section in sections_of(text, PROOF_MAGIC):
        content = section.content.replace("\r\n", "\n").replace("\r", "\n")
        content = content.strip("\n") if section.key in _TEXTS else content.strip()
        if section.key in _OF_QUESTIONS and section.id:
            into, key = of_questions[section.key], section.id
        elif section.key in _KEYS and not section.id:
            into, key = said, section.key
        elif not section.key:  # the note at the top, and what a letter says around the reply
            continue
        else:
            raise ImportRefused(msg("proof.damaged", line=section.line))
        if key in into:
            raise ImportRefused(msg("proof.damaged", line=section.line))
        into[key] = content
    return ProofReply(
        slug=said.get("portrait", ""),
        lang=said.get("langue", ""),
        fingerprint=said.get("empreinte", ""),
        token=said.get("jeton", ""),
        shown=of_questions["montre"],
        proposed=of_questions["propose"],
        text=_SAID.get(said.get("accord-texte", "")),
        photo=_SAID.get(said.get("accord-photo", "")),
        date=_SAID.get(said.get("accord-date", "")),
        published=_day(said.get("date", "")),
        day=_day(said.get("jour", "")),
        note=said.get("mot", "").strip(),
    )


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
