"""Does a paragraph ask something? French and English, with or without a question mark.

    YES    it ends with « ? », is short, and addresses somebody or opens as questions do
    MAYBE  one of these is lacking: the paragraphs around it have to decide
    NO     it is long, or it is somebody speaking of himself

« tu/vous/you » is what tells the interviewer's voice from the other one, « je/I » the
reverse; neither is needed (« Combien de collègues? »).
"""

from __future__ import annotations

import re
from enum import IntEnum

from portraits.support.problems import unaccented

MOST_WORDS = 45
"""A paragraph of more words is no question, whatever its last character."""
SHORT = 7
"""Words of a question that may hang on the one above it."""

_ADDRESS = re.compile(
    r"\b(?:tu|te|toi|ton|ta|tes|vous|votre|vos|you|your|yours)\b|\bt[’'](?=\w)", re.IGNORECASE)
_SELF = re.compile(
    r"(?<!-)\b(?:je|moi|mon|ma|mes|me|nous|notre|nos|i|my|me|mine|we|our|us)\b|\b[jm][’'](?=\w)",
    re.IGNORECASE)
_OPENING = re.compile(
    r"(?:et |ou |mais |alors,? |sinon,? |enfin,? |and |so |but )?(?:"
    r"qu[ei]\b|qu[’']|quoi|quell?e?s?\b|comment|pourquoi|ou\b|combien|quand|depuis|"
    r"(?:a|de|en|pour|avec|par|sur|dans|chez|sans|vers)\s+(?:quoi|qui|quell?e?s?|quand|combien|ou)"
    r"\b|est[ -]ce|y a-t-il|cela fait|ca fait|%|pourcentage|si (?:tu|vous|on)\b|"
    r"\w+-(?:tu|vous|t-on|t-il|t-elle|ce|on)\b|"
    r"(?:as|es|peux|veux|fais|sais|vois|vas|avez|etes|admires|penses|recommandes) (?:tu|vous)\b|"
    r"decri|raconte|parle[sz]?[- ]|nomme|dis[- ]nous|dites|donne|cite|resume|presente|partage|"
    r"explique|complete|question\b|"
    r"what|who|whose|whom|which|how|why|when|where|"
    r"(?:do|does|did|are|is|was|were|have|has|can|could|would|will|should) |"
    r"describe|tell (?:us|me)|name|share|give us|walk us|any\b)")
_IMPERATIVE = re.compile(
    r"(?:decri|raconte|parle[sz]?[- ]|nomme|dis[- ]nous|dites[- ]nous|donne|resume|"
    r"presente[sz]?[- ]|explique|complete|describe|tell (?:us|me)|walk us|give us)")
_REJOINDER = re.compile(
    r"(?:et (?:toi|vous|aujourd|maintenant|avant|apres|la)|pourquoi|comment ca|c.est-a-dire|"
    r"par exemple|vraiment|laquelle|lequel|lesquel|combien|how so|why|such as|really|which one|"
    r"how many|and now|and you)\b")
_END = re.compile(r"[^\w?!.…:%+\])»”’)]+$")
_ASKS_AT_END = re.compile(r"\?[\s!?.…»”)\]]*$")
_SENTENCE = re.compile(r"[.!?…]+[»”)]*\s+(?=\S)")
_COUNTED = re.compile(r"\w+")
_NETWORK_HANDLE = re.compile(r"@\w+")


class Asks(IntEnum):
    """How much a paragraph looks like a question by itself."""

    NO = 0
    MAYBE = 1
    YES = 2


def count(text: str) -> int:
    """Words of ``text``, in the everyday sense."""
    return len(_COUNTED.findall(text))


def addresses(text: str) -> bool:
    """Whether ``text`` speaks to somebody (tu, vous, you)."""
    return bool(_ADDRESS.search(text))


def is_recommendation_heading(text: str) -> bool:
    """Whether ``text`` opens a #FF list: a heading, not an account in such a list."""
    head = text.lstrip("#* ").casefold()
    return bool(re.match(r"#?ff\b|follow ?friday\b", head) or "#ff" in head) and \
        not _NETWORK_HANDLE.match(text) and count(text) <= MOST_WORDS


def asks(text: str) -> Asks:
    """How much the paragraph ``text`` looks like a question."""
    text = _END.sub("", " ".join(text.split()))
    length = count(text)
    if not length or length > MOST_WORDS:
        return Asks.NO
    plain = unaccented(text).replace("’", "'").lstrip("«“\"'-–—# ")
    opens, to_you, to_self = bool(_OPENING.match(plain)), addresses(text), bool(_SELF.search(text))
    if "?" not in text:
        return _without_mark(text, plain, length, opens, to_you, to_self)
    sentences = [part for part in _SENTENCE.split(text) if part]
    told = sum(count(part) for part in _sentences(text) if _is_told(part))
    if len(sentences) > 4 or (told and to_self and (not to_you or told * 2 > length)):
        return Asks.NO
    if _ASKS_AT_END.search(text):
        if to_self and not to_you and not opens:
            return Asks.NO
        if told and not to_you:
            return Asks.MAYBE
        return Asks.YES if to_you or (opens and not to_self) else Asks.MAYBE
    if length > 30 or to_self:
        return Asks.NO
    return Asks.YES if opens and to_you else Asks.MAYBE if to_you else Asks.NO


def _sentences(text: str) -> list[str]:
    return re.findall(r"[^.!?…]+[.!?…]*", text)


def _is_told(sentence: str) -> bool:
    return sentence.strip().endswith((".", "!")) and count(sentence) > 2


def _without_mark(
    text: str, plain: str, length: int, opens: bool, to_you: bool, to_self: bool,
) -> Asks:
    """A question mark was forgotten, or the question is a request."""
    if length > 25 or len(_sentences(text)) > 2:
        return Asks.NO
    if _IMPERATIVE.match(plain):
        return Asks.YES if to_you or re.search(r"\b(?:nous|us|me)\b", plain) else Asks.MAYBE
    if opens and to_you and not to_self and not text.endswith((".", "!", "…")):
        return Asks.YES
    return Asks.NO


def is_rejoinder(text: str) -> bool:
    """Whether a question hangs on the answer above it: short, and without « tu »."""
    plain = unaccented(text)
    length = count(text)
    return length <= SHORT and not plain.startswith("%") and (
        not addresses(text) or (length <= 3 and bool(_REJOINDER.match(plain))))
