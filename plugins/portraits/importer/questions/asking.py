"""Does a paragraph ask something?

In any of the languages of :mod:`.languages`, with or without a question mark:

    YES    it ends with « ? », is short, and addresses somebody or opens as questions do
    MAYBE  one of these is lacking: the paragraphs around it have to decide
    NO     it is long, or it is somebody speaking of himself

« tu/vous/you » is what tells the interviewer's voice from the other one, « je/I » the
reverse; neither is needed (« Combien de collègues? »).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from portraits.importer.questions.courtesies import without_start
from portraits.importer.questions.languages import Speech, speech_of
from portraits.support.transliteration import unaccented

MOST_WORDS = 45
"""A paragraph of more words is no question, unless it speaks to somebody up to its « ? »."""
MOST_OF_A_SPEECH = 120
"""Words of a question that an interviewer led up to."""
SHORT = 7
"""Words of a question that may hang on the one above it."""

_END = re.compile(r"[^\w?!.…:%+\])»”’)]+$")
_ASKS_AT_END = re.compile(r"\?[\s!?.…»”)\]]*$")
_SENTENCE = re.compile(r"[.!?…]+[»”)]*\s+(?=\S)")
_COUNTED = re.compile(r"\w+")
_NETWORK_HANDLE = re.compile(r"@\w+")
_TO_US = re.compile(r"\b(?:nous|moi|us|me|uns|mir|nos|ci)\b")
_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"|„[^“”]*[“”]")


class Asks(IntEnum):
    """How much a paragraph looks like a question by itself."""

    NO = 0
    MAYBE = 1
    YES = 2


@dataclass(frozen=True, slots=True)
class _Wording:
    """What the words of a paragraph tell."""

    text: str
    opens: bool
    """Whether it begins as questions do."""
    requests: bool
    """Whether it begins as requests do (« Parle-nous de… »)."""
    to_you: bool
    to_self: bool
    words: int

    @classmethod
    def of(cls, text: str, speech: Speech) -> _Wording:
        """Weigh ``text``, of which greetings and names before the question count for nothing."""
        plain = unaccented(without_start(text, "*")).replace("’", "'")
        return cls(
            text,
            speech.opening.match(plain) is not None,
            speech.imperative.match(plain) is not None,
            speech.address.search(text) is not None,
            speech.self.search(text) is not None,
            word_count(text),
        )


def word_count(text: str) -> int:
    """Words of ``text``, in the everyday sense."""
    return len(_COUNTED.findall(text))


def addresses(text: str, lang: str = "") -> bool:
    """Whether ``text`` speaks to somebody (tu, vous, you)."""
    return bool(speech_of(lang).address.search(text))


def speaks_of_self(text: str, lang: str = "") -> bool:
    """Whether somebody speaks of himself alone in ``text`` (je, I)."""
    return bool(speech_of(lang).first_person.search(text))


def tells_first(text: str) -> bool:
    """Whether a paragraph tells something before it asks."""
    return next(iter(_sentences(text)), "").strip().endswith((".", "!"))


def is_recommendation_heading(text: str) -> bool:
    """Whether ``text`` opens a #FF list: a heading, not an account in such a list."""
    head = text.lstrip("#* ").casefold()
    return (
        bool(re.match(r"#?ff\b|follow ?friday\b", head) or "#ff" in head)
        and not _NETWORK_HANDLE.match(text)
        and word_count(text) <= MOST_WORDS
    )


def asks(text: str, lang: str = "") -> Asks:
    """How much the paragraph ``text`` looks like a question.

    ``lang`` is the language of its source, where that is neither French nor English.
    """
    speech = speech_of(lang)
    text = _END.sub("", " ".join(text.split()))
    length = word_count(text)
    if not length or length > MOST_OF_A_SPEECH:
        return Asks.NO
    if length > MOST_WORDS:
        return _at_length(text, speech)
    wording = _Wording.of(text, speech)
    if "?" not in text:
        return _without_mark(wording)
    if _ASKS_AT_END.search(text):
        return _with_mark(wording)
    if length > 30 or wording.to_self:
        return Asks.NO
    if wording.opens and wording.to_you:
        return Asks.YES
    asked = [sentence for sentence in _sentences(text) if sentence.endswith("?")]
    to_you = any(speech.address.search(sentence) for sentence in asked)
    return Asks.MAYBE if to_you else Asks.NO


def asks_within(text: str, lang: str = "") -> bool:
    """Whether ``text`` speaks to somebody and, outside quotation marks, a sentence of it asks."""
    spoken = _QUOTED.sub(" ", text)
    return speech_of(lang).address.search(spoken) is not None and any(
        sentence.rstrip().endswith("?") and asks(sentence, lang) is Asks.YES
        for sentence in _sentences(spoken)
    )


def _sentences(text: str) -> list[str]:
    return re.findall(r"[^.!?…]+[.!?…]*", text)


def _is_told(sentence: str) -> bool:
    return sentence.strip().endswith((".", "!")) and word_count(sentence) > 2


def _at_length(text: str, speech: Speech) -> Asks:
    """A long paragraph asks if it ends by asking « vous », and nobody speaks of himself."""
    if not _ASKS_AT_END.search(text):
        return Asks.NO
    last = _sentences(text)[-1]
    told_of_self = speech.first_person.search(text) is not None
    return Asks.MAYBE if speech.address.search(last) and not told_of_self else Asks.NO


def _with_mark(wording: _Wording) -> Asks:
    """A paragraph that ends with a question mark."""
    text, to_you, to_self = wording.text, wording.to_you, wording.to_self
    sentences = [part for part in _SENTENCE.split(text) if part]
    told = sum(word_count(part) for part in _sentences(text) if _is_told(part))
    if len(sentences) > 6 or (told and to_self and (not to_you or told * 2 > wording.words)):
        return Asks.NO
    if to_self and not to_you and not wording.opens:
        return Asks.NO
    if told and not to_you:
        return Asks.MAYBE
    return Asks.YES if to_you or (wording.opens and not to_self) else Asks.MAYBE


def _without_mark(wording: _Wording) -> Asks:
    """A question mark was forgotten, or the question is a request."""
    text = wording.text
    if wording.words > 25 or len(_sentences(text)) > 3:
        return Asks.NO
    if wording.requests:
        plain = unaccented(text)
        to_us = _TO_US.search(plain) or re.search(r"\w(?:nos|ci|mi)\b", plain)
        return Asks.YES if wording.to_you or to_us else Asks.MAYBE
    if text.endswith((".", "!", "…")) or wording.to_self or not wording.to_you:
        return Asks.NO
    return Asks.YES if wording.opens else Asks.MAYBE if wording.words <= SHORT else Asks.NO


def is_rejoinder(text: str, lang: str = "") -> bool:
    """Whether a question hangs on the answer above it: short, and without « tu »."""
    plain = unaccented(text)
    length = word_count(text)
    return (
        length <= SHORT
        and not plain.startswith("%")
        and (
            not addresses(text, lang)
            or (length <= 3 and bool(speech_of(lang).rejoinder.match(plain)))
        )
    )
