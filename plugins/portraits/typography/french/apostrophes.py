"""Write the apostrophe (’), and single quotation marks where they come in pairs (‘ ’).

apostrophe = ' after a letter, or where letters or digits are left out before a word ('90)
pair       = ' before a word … ' after a word, the first after a space or an opening sign
"""

from __future__ import annotations

import re

from portraits.typography.line import Edits, rule
from portraits.typography.marks import single_marks

_ELIDED = re.compile(r"(?:(?<!\w)[cdjlmnst]|qu)$", re.IGNORECASE)


@rule("'", "´", "‘")
def apostrophes(text: str) -> Edits:
    """Write a curved apostrophe, without spaces; ‘ ’ for third-level quotations.

    Source: OQLF, « Espacement avant et après les signes de ponctuation et les symboles »
    (22039), « Apostrophe »; « Guillemets et citation de second rang » (23386).
    """
    return single_marks(text, elided=_ELIDED)
