"""Say in which direction the text of a language runs, by its BCP 47 tag."""

from __future__ import annotations

# fmt: off
_RIGHT_TO_LEFT = frozenset({
    "ar", "arc", "ary", "arz", "azb", "bal", "bgn", "bqi", "ckb", "dv", "fa", "glk", "he", "iw",
    "khw", "ks", "lrc", "mzn", "nqo", "ps", "sd", "skr", "syr", "ug", "ur", "yi", "ji",
})
"""Languages that are written from right to left if the tag names no script."""
_SCRIPTS = frozenset({"arab", "hebr", "syrc", "thaa", "nkoo", "aran", "adlm", "rohg", "mand"})
# fmt: on


def direction(tag: str) -> str:
    """Return ``rtl`` or ``ltr``: the value of ``dir`` for text in the language of ``tag``."""
    primary, *others = tag.replace("_", "-").lower().split("-")
    script = next((part for part in others if len(part) == 4 and part.isalpha()), "")
    right_to_left = script in _SCRIPTS if script else primary in _RIGHT_TO_LEFT
    return "rtl" if right_to_left else "ltr"
