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
    glance: Callable[[str], object]
    """Whether a text may hold one: quicker than ``pattern``, and mostly false."""
    pattern: re.Pattern[str]


def _holding(*signs: str) -> Callable[[str], bool]:
    def glance(text: str) -> bool:
        for sign in signs:  # noqa: SIM110 - any() costs more than all the rest of the glance
            if sign in text:
                return True
        return False

    return glance


def _kind(name: str, glance: Callable[[str], object], pattern: str, flags: int = 0) -> Protected:
    return Protected(name, glance, re.compile(pattern, flags))


_ELISION = r"(?:[cdjlmnst]|qu)['’]"
_IN_ADDRESS = r"[^\s<>\"«»“”`\ufdd2]"
_ADDRESS_END = r"[^\s<>\"«»“”`\ufdd2.,;:!?…'’)\]]"

PROTECTED = (
    _kind("placeholder of Python-Markdown (U+0002…U+0003), hole (U+FDD0…U+FDD1)",
          _holding("\x02", "\ufdd0"),
          "\x02[^\x02\x03]*+\x03|\ufdd0[^\ufdd0\ufdd1]*+\ufdd1"),
    _kind("code between backticks", _holding("`"), r"`[^`\n]++`"),
    _kind("URL", _holding("://", "mailto:", "tel:", "xmpp:", "doi:", "urn:"),
          r"(?<!\w)(?:[a-z][a-z0-9+.-]{1,15}://|(?:mailto|tel|xmpp|doi|urn):)"
          rf"{_IN_ADDRESS}*{_ADDRESS_END}", re.IGNORECASE),
    _kind("e-mail address or handle", _holding("@"),
          rf"(?:(?<![\w.+'’-])(?!{_ELISION})|(?<=[cdjlmnst]['’])(?<!\w..)|(?<=qu['’]))"
          r"(?:[\w.+-]++(?:['’][\w.+-]++)?+)?+@\w[\w-]*+(?:[.@]\w[\w-]*+)*+"),
    _kind("hashtag", _holding("#"), r"(?<![\w&])#\w++"),
    _kind("address without a scheme", re.compile(r"\.\w").search,
          r"(?<![\w.-])[\w-]++(?:\.[\w-]++)++(?:/|(?=[?#]\w|:\d))"
          rf"(?:{_IN_ADDRESS}*{_ADDRESS_END})?"),
    _kind("host or file name", re.compile(r"\.[^\W\d_]").search,
          r"(?<![\w.-])[\w-]++(?:\.\w[\w-]*+)*\.[^\W\d_][\w-]*"),
    _kind("character reference", _holding("&"), r"&#?\w++;"),
    _kind("smiley", _holding(":", ";", "="),
          r"[:;=](?<![^\s(«“\"'].)['’]?[-^o]?[)(\[\]DPpOo3|/\\*$]+(?![\w/])"),
    _kind("shortcode of an emoji", _holding(":"),
          r":(?<![\w:].)[a-z][a-z0-9_+-]*+:(?![\w:])"),
    _kind("feet and inches", _holding("'", "’"), r"[0-9]{1,2}['’][0-9]{1,2}(?:\"|''|″)?(?!\w)"),
)

_HIDDEN_RUN = re.compile(f"{HIDDEN}+")


def hide(text: str) -> str:
    """``text`` with each protected character replaced by HIDDEN; the length is the same."""
    for kind in PROTECTED:
        if kind.glance(text):
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
