r"""What no rule may touch, found before any rule looks.

    protected = placeholder | code | URL | e-mail | handle | hashtag | address or path
              | file name | character reference | smiley | shortcode | feet and inches

Each protected character is replaced by one HIDDEN character, so that positions stay
what they are and a rule sees the whole as a word: the colon after ``@evenko`` gets its
space, the one inside ``https://evenko.ca`` does not. No rule adds, removes or moves
HIDDEN characters, so ``reveal`` can put the originals back in order.

Every pattern begins where a token begins and looks at each character a bounded number of
times, so hiding is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from portraits.typography.characters import HIDDEN


@dataclass(frozen=True, slots=True)
class Protected:
    """One kind of thing that is left alone."""

    name: str
    sign: re.Pattern[str]
    """What the text must hold for ``pattern`` to be worth a try: quick to look for."""
    pattern: re.Pattern[str]


def _kind(name: str, sign: str, pattern: str, flags: int = 0) -> Protected:
    return Protected(name, re.compile(sign), re.compile(pattern, flags))


_ELISION = r"(?:[cdjlmnst]|qu)['’]"
_IN_ADDRESS = r"[^\s<>\"«»“”`\ufdd2]"
_ADDRESS_END = r"[^\s<>\"«»“”`\ufdd2.,;:!?…'’)\]]"

PROTECTED = (
    _kind("placeholder of Python-Markdown (U+0002…U+0003), hole (U+FDD0…U+FDD1)",
          "[\x02\ufdd0]", "\x02[^\x02\x03]*+\x03|\ufdd0[^\ufdd0\ufdd1]*+\ufdd1"),
    _kind("code between backticks", "`", r"`[^`\n]++`"),
    _kind("URL", "://",
          rf"(?<!\w)[a-z][a-z0-9+.-]{{1,15}}://{_IN_ADDRESS}*{_ADDRESS_END}", re.IGNORECASE),
    _kind("URL of a person or a thing", "(?:mailto|tel|xmpp|doi|urn):",
          rf"(?<!\w)(?:mailto|tel|xmpp|doi|urn):{_IN_ADDRESS}*{_ADDRESS_END}"),
    _kind("e-mail address or handle", "@",
          rf"(?<![\w.+'’-])(?:{_ELISION})?+(?:[\w.+-]++(?:['’][\w.+-]++)*+)?+@\w[\w-]*+"
          r"(?:[.@]\w[\w-]*+)*+"),
    _kind("hashtag", "#", r"(?<![\w&])#\w++"),
    _kind("address without a scheme", r"\.\w",
          rf"(?<![\w.-])[\w-]++(?:\.[\w-]++)++(?:/|(?=[?#]\w|:\d))(?:{_IN_ADDRESS}*{_ADDRESS_END})?"),
    _kind("host or file name", r"\.[^\W\d_]",
          r"(?<![\w.-])[\w-]++(?:\.\w[\w-]*+)*\.[^\W\d_][\w-]*"),
    _kind("character reference", "&", r"&#?\w++;"),
    _kind("smiley", r"[:;=]",
          r"(?<![^\s(«“\"'])[:;=]['’]?[-^o]?[)(\[\]DPpOo3|/\\*$]+(?![\w/])"),
    _kind("shortcode of an emoji", ":", r"(?<![\w:]):[a-z][a-z0-9_+-]*+:(?![\w:])"),
    _kind("feet and inches", r"\d['’]\d", r"(?<!\w)\d+['’]\d{1,2}(?:\"|''|″)?(?!\w)"),
)

_HIDDEN_RUN = re.compile(f"{HIDDEN}+")


def hide(text: str) -> str:
    """``text`` with each protected character replaced by HIDDEN; the length is the same."""
    for kind in PROTECTED:
        if kind.sign.search(text):
            text = kind.pattern.sub(_veil, text)
    return text


def reveal(edited: str, shown: str, text: str) -> str:
    """``edited`` with the characters back that ``hide`` took out of ``text`` to give ``shown``."""
    if HIDDEN not in shown:
        return edited
    originals = "".join(text[m.start():m.end()] for m in _HIDDEN_RUN.finditer(shown))
    return _HIDDEN_RUN.sub(_taker(originals), edited)


def _veil(match: re.Match[str]) -> str:
    return HIDDEN * len(match.group())


def _taker(originals: str) -> Callable[[re.Match[str]], str]:
    position = 0

    def take(match: re.Match[str]) -> str:
        nonlocal position
        start, position = position, position + len(match.group())
        return originals[start:position]

    return take
