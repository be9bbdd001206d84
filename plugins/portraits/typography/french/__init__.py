"""Assemble the French rules: Québec (OQLF) and France (Imprimerie nationale), in order.

Quotation marks come early, because later rules look at them; the space before a sign comes
after the marks that the sign may follow.
"""

from __future__ import annotations

from portraits.typography.french.abbreviations import titles_before_names
from portraits.typography.french.apostrophes import apostrophes
from portraits.typography.french.numbers import (
    COUNTING,
    centuries,
    counted_things,
    dates_and_numbered_things,
    degrees,
    percent_and_currency,
    thousands,
    times,
    units,
)
from portraits.typography.french.punctuation import (
    colon,
    dash,
    ellipsis,
    high_signs_in_france,
    high_signs_in_quebec,
    point_and_comma,
)
from portraits.typography.french.quotes import quotation_marks, space_inside_guillemets
from portraits.typography.line import RuleSet

_SIGNS = (ellipsis, dash, quotation_marks, apostrophes, space_inside_guillemets, point_and_comma)
_NUMBERS = (
    thousands,
    percent_and_currency,
    degrees,
    units,
    times,
    dates_and_numbered_things,
    counted_things,
    centuries,
    titles_before_names,
)

QUEBEC = RuleSet.of(*_SIGNS, high_signs_in_quebec, colon, *_NUMBERS, number=COUNTING)
FRANCE = RuleSet.of(*_SIGNS, high_signs_in_france, colon, *_NUMBERS, number=COUNTING)
