"""Apply the English rules: typogrify's SmartyPants for quotes, dashes and ellipses.

It is the only filter of typogrify that produces text; amp, caps and initial_quotes produce HTML,
and widont joins the last two words, which CSS (text-wrap) does better in narrow columns.
SmartyPants reads and writes HTML, so characters special in HTML are hidden from it and the
character references it writes are decoded. It does not handle an apostrophe before a decade
('90s) or a clipped word ('em), and makes « —- » of three hyphens: rules of our own do, and run
first.
"""

from __future__ import annotations

import html
import re

from portraits.typography.characters import HIDDEN
from portraits.typography.line import Edits, RuleSet, every, rule

_MEANT_FOR_HTML = str.maketrans(dict.fromkeys("<>&\\", HIDDEN))
_CLIPPED = re.compile(
    r"'(?<![\w'].)(?=\d\ds?(?!\w)|(?:tis|twas|twere|til|em|cause|bout|round|n)(?!\w))"
    r"|(?<= 'n)'(?!\w)|(?<= ’n)'(?!\w)",
    re.IGNORECASE,
)
_HYPHENS = re.compile("--+")
_TYPED = {"‘": ("'",), "’": ("'",), "“": ("``", '"'), "”": ("''", '"'), "…": ("...", ". . .")}
"""Sign written by SmartyPants -> the inputs that it replaces."""


@rule("'")
def clipped_words(text: str) -> Edits:
    """Write an apostrophe, not an opening quote, before a decade or a clipped word.

    Source: The Chicago Manual of Style (17th edition), 6.117, « smart » apostrophes.
    """
    return every(_CLIPPED, "’", text)


@rule("--")
def dash(text: str) -> Edits:
    """Write two or three hyphens as an em dash; a longer row of them is none.

    Source: The Chicago Manual of Style (17th edition), 2.13, « Hyphens and dashes ».
    """
    return [
        (found.start(), found.end(), "—") for found in _HYPHENS.finditer(text) if len(found[0]) <= 3
    ]


@rule('"', "'", "...", ". . .", "``")
def smartypants(text: str) -> Edits:
    """Write curly quotes, and one ellipsis character for three dots.

    Source: SmartyPants (John Gruber), through typogrify.
    """
    from typogrify.filters import smartypants as educate  # slow to import, rarely needed

    hidden = _HYPHENS.sub(lambda found: HIDDEN * len(found[0]), text.translate(_MEANT_FOR_HTML))
    educated = html.unescape(educate(hidden))
    return _differences(text, educated)


def _differences(typed: str, educated: str) -> Edits:
    """Return the edits that turn ``typed`` into ``educated``, or none if that is not possible.

    Only the replacements in _TYPED count, so that SmartyPants cannot change anything else.
    """
    edits: Edits = []
    position = 0
    for character in educated:
        if typed.startswith(character, position):
            position += 1
            continue
        if character == HIDDEN:
            position += 1
            continue
        for before in _TYPED.get(character, ()):
            if typed.startswith(before, position):
                edits.append((position, position + len(before), character))
                position += len(before)
                break
        else:
            return []
    return edits if position == len(typed) else []


ENGLISH = RuleSet.of(clipped_words, dash, smartypants)
