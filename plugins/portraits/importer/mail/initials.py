"""Read quotation marks that carry the initials of who is quoted, as some mail programs put them.

    mark = initials ">"+                   « LC> Où vas-tu ? », deeper « LC>> », « ZL> LC> »

Initials are two to four capitals. At one depth of quotation they are one person's: where two
people's alternate (« LC> », « ZL> »), the text is a conversation and nobody is quoted.
"""

from __future__ import annotations

import re
from collections import defaultdict

from portraits.support.messages import msg

_MARK = re.compile(
    r"(?m)^(?P<above>(?:>[ \t]?)*+)[ \t]?(?P<initials>[A-ZÀ-ÖØ-Þ]{2,4})(?P<marks>>+)(?=[ \t]|$)"
)
_DEEPEST = 8
"""Marks with initials in one line that are read."""


def without_initials(text: str) -> tuple[str, str]:
    """Return ``text`` with plain marks of quotation, and a message that says whose initials
    they carried.

    The second is empty, and ``text`` as it was, where fewer than two lines are marked so.
    """
    people: list[str] = []
    for _ in range(_DEEPEST):
        found = list(_MARK.finditer(text))
        at_depth: defaultdict[int, set[str]] = defaultdict(set)
        for mark in found:
            at_depth[mark[0].count(">")].add(mark["initials"])
        if len(found) < 2 - bool(people) or any(len(several) > 1 for several in at_depth.values()):
            break
        people += sorted(set().union(*at_depth.values()) - set(people))
        text = _MARK.sub(r"\g<above>\g<marks>", text)
    return text, _told(people) if people else ""


def _told(people: list[str]) -> str:
    marks = ", ".join(msg("import_mail.mark", initials=initials) for initials in people)
    return msg("import_mail.initials", marks=marks)
