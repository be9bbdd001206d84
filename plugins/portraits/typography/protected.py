r"""Hide tokens that no rule may change, and restore them afterwards.

    protected = placeholder | code | URL | e-mail | handle | hashtag | address or path
              | file name | character reference | smiley | shortcode | feet and inches

Each protected character is replaced by one HIDDEN character, so that offsets do not change and
rules see the token as a word: the colon after ``@evenko`` gets its space, the one inside
``https://evenko.ca`` does not. No rule adds, removes or moves HIDDEN characters, so ``reveal``
can restore the originals in order.

Every pattern matches from the start of a token and reads each character a bounded number of
times, so hiding takes time linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from portraits.typography.characters import HIDDEN


@dataclass(frozen=True, slots=True)
class Protected:
    """One kind of protected token."""

    name: str
    signs: tuple[str, ...]
    """The text must contain one of these for ``pattern`` to match."""
    pattern: re.Pattern[str]
    glances: tuple[tuple[str, Callable[[str], object]], ...]
    """Each sign with a cheap test of its neighbours. Searching for one literal character takes a
    tenth of the time of searching for any of several."""


def _protected(
    name: str, signs: tuple[str, ...], pattern: re.Pattern[str], beside: str = ""
) -> Protected:
    """Define a kind; ``beside`` is a regular expression that must match after one of its signs."""
    return Protected(
        name,
        signs,
        pattern,
        tuple(
            (sign, re.compile(re.escape(sign) + beside).search if beside else bool)
            for sign in signs
        ),
    )


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
    """Replace each character of a token of ``kinds`` in ``text`` by HIDDEN; keeps the length."""
    for kind in kinds:
        for sign, glance in kind.glances:
            if sign in text and glance(text):
                text = kind.pattern.sub(_mask, text)
                break
    return text


def reveal(edited: str, shown: str, text: str) -> str:
    """Restore in ``edited`` the characters of ``text`` that :func:`hide` replaced.

    ``shown`` is what ``hide`` returned for ``text``, ``edited`` what the rules made of it.
    """
    if HIDDEN not in shown:
        return edited
    originals = "".join(text[m.start() : m.end()] for m in _HIDDEN_RUN.finditer(shown))
    return _HIDDEN_RUN.sub(_next_original(originals), edited)


def _mask(match: re.Match[str]) -> str:
    return HIDDEN * len(match.group())


def _next_original(originals: str) -> Callable[[re.Match[str]], str]:
    position = 0

    def take(match: re.Match[str]) -> str:
        nonlocal position
        start, position = position, position + len(match.group())
        return originals[start:position]

    return take
