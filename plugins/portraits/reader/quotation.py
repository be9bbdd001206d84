"""Find the answer that contains the featured quote, word for word.

Only letters and digits are compared: spaces, punctuation, apostrophes, quotation marks and case
may differ, because the answer is typeset and a quote is often taken from the middle of a
sentence.
"""

from __future__ import annotations

import re
import unicodedata

from portraits.model.portrait import Exchange, FollowUp, Quote
from portraits.reader.rich_text import Typesetter
from portraits.support.messages import msg
from portraits.support.problems import ProblemCollector

_NOT_WORD = re.compile(r"[^\w%@#]+")
_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")


def _words(text: str) -> str:
    """Return ``text`` as words between single spaces, for comparison."""
    return _between_spaces(_folded(text))


def _folded(text: str) -> str:
    # Replace the characters that typography writes first: most text is then already in NFKC,
    # which normalize() detects quickly.
    plain = text.replace("\u00a0", " ").replace("…", "...")
    return unicodedata.normalize("NFKC", plain).casefold()


def _between_spaces(folded: str) -> str:
    return f" {_NOT_WORD.sub(' ', folded).strip()} "


def find_quote(
    text: str,
    exchanges: tuple[Exchange, ...],
    report: ProblemCollector,
    *,
    line: int,
    typesetter: Typesetter,
) -> Quote | None:
    """Return the quote ``text`` with the question whose answer contains it.

    Returns None for an empty text, and for one that is in no answer, which is reported.
    """
    if not text:
        return None
    wanted = _words(text)
    if not wanted.strip():
        report.error(
            line,
            "quote-not-found",
            msg("quotation.no_words"),
            msg("quotation.quote_answer_hint"),
            "quote",
        )
        return None
    parts: list[Exchange | FollowUp] = []
    for exchange in exchanges:
        parts += [exchange, *exchange.follow_ups]
    answers = [(part.question.id, part.answer.text) for part in parts]
    longest = max(wanted.split(), key=len)  # a cheap test before the full comparison
    for question_id, answer in answers:
        folded = _folded(answer)
        if longest in folded and wanted in _between_spaces(folded):
            return Quote(_capitalised(typesetter.text(text)), question_id, line)
    near = _nearest(wanted, [answer for _, answer in answers])
    report.error(
        line,
        "quote-not-found",
        msg("quotation.not_found", quote=text),
        msg("quotation.nearest_hint", sentence=near)
        if near
        else msg("quotation.quote_answer_hint"),
        "quote",
    )
    return None


def _capitalised(quote: str) -> str:
    """Return ``quote``, which stands alone, with a capital at its beginning.

    A word with a capital of its own (``iPhone``) is left as it is.
    """
    first = quote.split(maxsplit=1)[0]
    return quote if first != first.lower() else quote[:1].upper() + quote[1:]


def _nearest(wanted: str, answers: list[str]) -> str:
    """Return the sentence most similar to ``wanted``, or an empty string.

    Similarity is the number of words shared over the number of words of both.
    """
    words = set(wanted.split())
    best, most = "", 0.0
    for answer in answers:
        for sentence in _SENTENCE.findall(answer):
            own = set(_words(sentence).split())
            shared = len(words & own) / (len(words | own) or 1)
            if shared > most:
                best, most = sentence.strip(), shared
    return best if most > 0.2 else ""
