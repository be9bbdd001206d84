"""English: typogrify's SmartyPants for quotes, dashes and ellipses, as Unicode text.

Of typogrify's filters only this one makes text; the others (amp, caps, initial_quotes)
make HTML, and widont joins the last two words, which a narrow column does better in CSS.
SmartyPants takes HTML and gives HTML: the characters that mean something there are hidden
from it, and the references that it writes are read back. It knows no apostrophe before a
decade ('90s) or a clipped word ('em): that rule is our own and goes first.
"""

from __future__ import annotations

import html
import re

from portraits.typography.characters import HIDDEN
from portraits.typography.line import Edits, RuleSet, every, rule

_MEANT_FOR_HTML = str.maketrans(dict.fromkeys("<>&\\", HIDDEN))
_CLIPPED = re.compile(
    r"'(?<![\w'].)(?=\d\ds?(?!\w)|(?:tis|twas|twere|til|em|cause|bout|round|n)(?!\w))"
    r"|(?<= 'n)'(?!\w)|(?<= ’n)'(?!\w)", re.IGNORECASE)
_TYPED = {"‘": ("'",), "’": ("'",), "“": ("``", '"'), "”": ("''", '"'), "—": ("--",),
          "…": ("...", ". . .")}
"""What SmartyPants makes each sign of."""


@rule("'")
def clipped_words(text: str) -> Edits:
    """An apostrophe, not an opening quote, before a decade or a clipped word.

    Source: The Chicago Manual of Style (17th edition), 6.117, « smart » apostrophes.
    """
    return every(_CLIPPED, "’", text)


@rule('"', "'", "--", "...", ". . .", "``")
def smartypants(text: str) -> Edits:
    """Curly quotes, em dashes for --, one sign for three dots.

    Source: SmartyPants (John Gruber), through typogrify.
    """
    from typogrify.filters import smartypants as educate  # slow to import, rarely needed

    educated = html.unescape(educate(text.translate(_MEANT_FOR_HTML)))
    return _differences(text, educated)


def _differences(typed: str, educated: str) -> Edits:
    """The edits that lead from one to the other; none if they cannot be told."""
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


ENGLISH = RuleSet.of(clipped_words, smartypants)
