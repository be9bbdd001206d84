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
    signs: tuple[str, ...]
    """Of these the text must hold one for ``pattern`` to be worth a try."""
    pattern: re.Pattern[str]
    glances: tuple[tuple[str, Callable[[str], object]], ...]
    """Each sign, and a look at what stands beside it. It looks for one character first, which
    takes a tenth of the time that looking for any of several does."""


def _protected(name: str, signs: tuple[str, ...], pattern: re.Pattern[str], beside: str = ""
               ) -> Protected:
    """``beside`` is a regular expression that matches after a sign of whatever is protected."""
    return Protected(name, signs, pattern, tuple(
        (sign, re.compile(re.escape(sign) + beside).search if beside else bool) for sign in signs))


_ELISION = r"(?:[cdjlmnst]|qu)['’]"
_IN_ADDRESS = r"[^\s<>\"«»“”`\ufdd2]"
_ADDRESS_END = r"[^\s<>\"«»“”`\ufdd2.,;:!?…'’)\]]"

PROTECTED = (
    _protected(
        "placeholder of Python-Markdown (U+0002…U+0003), placeholder (U+FDD0…U+FDD1)",
        ("\x02", "\ufdd0"),
        re.compile("\x02[^\x02\x03]*+\x03|\ufdd0[^\ufdd0\ufdd1]*+\ufdd1"),
    ),
    _protected("code between backticks", ("`",), re.compile(r"`[^`\n]++`")),
    _protected(
        "URL",
        (":",),
        re.compile(
            r"(?<!\w)(?:[a-z][a-z0-9+.-]{1,15}://|(?:mailto|tel|xmpp|doi|urn):)"
            rf"{_IN_ADDRESS}*{_ADDRESS_END}",
            re.IGNORECASE,
        ),
        r"(?://|(?<=mailto:)|(?<=xmpp:)|(?<=(?:tel|doi|urn):))",
    ),
    _protected(
        "e-mail address or handle",
        ("@",),
        re.compile(
            rf"(?:(?<![\w.+'’-])(?!{_ELISION})|(?<=[cdjlmnst]['’])(?<!\w..)|(?<=qu['’]))"
            r"(?:[\w.+-]++(?:['’][\w.+-]++)?+)?+@\w[\w-]*+(?:[.@]\w[\w-]*+)*+"
        ),
    ),
    _protected("hashtag", ("#",), re.compile(r"(?<![\w&])#\w++")),
    _protected(
        "address without a scheme, host or file name",
        (".",),
        re.compile(
            r"(?<![\w.-])[\w-]++(?:"
            r"(?:\.[\w-]++)++(?:/|(?=[?#]\w|:\d))"
            rf"(?:{_IN_ADDRESS}*{_ADDRESS_END})?"
            r"|(?:\.\w[\w-]*+)*\.[^\W\d_][\w-]*)"
        ),
        r"\w",
    ),
    _protected("character reference", ("&",), re.compile(r"&#?\w++;")),
    _protected(
        "smiley",
        (":", ";", "="),
        re.compile(r"[:;=](?<![^\s(«“\"'].)['’]?[-^o]?[)(\[\]DPpOo3|/\\*$]+(?![\w/])"),
        r"\S",
    ),
    _protected(
        "shortcode of an emoji",
        (":",),
        re.compile(r":(?<![\w:].)[a-z][a-z0-9_+-]*+:(?![\w:])"),
        "[a-z]",
    ),
    _protected(
        "feet and inches",
        ("'", "’"),
        re.compile(r"[0-9]{1,2}['’][0-9]{1,2}(?:\"|''|″)?(?!\w)"),
        "(?<=[0-9].)",
    ),
)

_HIDDEN_RUN = re.compile(f"{HIDDEN}+")


def hide(text: str, kinds: tuple[Protected, ...] = PROTECTED) -> str:
    """``text`` with each protected character replaced by HIDDEN; the length is the same. Only
    ``kinds`` are looked for."""
    for kind in kinds:
        for sign, glance in kind.glances:
            if sign in text and glance(text):
                text = kind.pattern.sub(_veil, text)
                break
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
