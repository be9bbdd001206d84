"""Keep a title (M., Mme, Dr) on the line of the name that follows."""

from __future__ import annotations

import re

from portraits.typography.characters import NBSP, SPACE
from portraits.typography.line import Edits, rule

# The first letter comes before the look-behind because searching for a literal is fast.
_TITLE = re.compile(
    r"[MDP](?<!\w.)(?:(?<=M)(?:M?\.|mes?|lles?|e|gr)|(?<=[DP])re?s?)"
    rf"({SPACE}{{1,2}})(?=[A-ZÀ-ÖØ-Þ])"
)
_BREAKS = rf"[MDP](?:M?\.|mes?|lles?|e|gr|re?s?)(?:{SPACE}{SPACE}|{SPACE}(?<!{NBSP}))"


@rule("M", "D", "P", glance=_BREAKS)
def titles_before_names(text: str) -> Edits:
    """Write a no-break space between an abbreviated title and the name.

    Source: OQLF, « Coupure dans les noms propres de personnes » (24868): the abbreviated
    title is not separated from the name.
    """
    return [(*match.span(1), NBSP) for match in _TITLE.finditer(text) if match.group(1) != NBSP]
