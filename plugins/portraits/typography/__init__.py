"""Micro-typography of plain text: French of Québec or of France, and English.

    typeset(text, lang, rules) -> text

In goes text as it was typed, out comes text as it should be set, as plain Unicode: right
for titles, summaries, feeds, alternative texts and JSON-LD alike. Text in a page is set by
``portraits.typography.tree``, which works on the text nodes and never sees a tag. Spaces
and signs change; letters and digits never do. Setting a text twice is setting it once.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from portraits.typography.french import FRANCE, QUEBEC
from portraits.typography.line import RuleSet, settle

Rules = Literal["quebec", "france"]
_FRENCH = {"quebec": QUEBEC, "france": FRANCE}


@lru_cache(maxsize=64)
def variant_for(lang: str, rules: Rules) -> RuleSet | None:
    """The rules for a BCP 47 tag; None for a language that has none here.

    Raises ValueError for rules that do not exist.
    """
    if rules not in _FRENCH:
        raise ValueError(f"règles typographiques « {rules} » : choisissez quebec ou france")
    primary = lang.replace("_", "-").split("-", 1)[0].lower()
    if primary == "fr":
        return _FRENCH[rules]
    if primary == "en":
        from portraits.typography.english import ENGLISH

        return ENGLISH
    return None


@lru_cache(maxsize=4096)
def typeset(text: str, lang: str = "fr", rules: Rules = "quebec") -> str:
    """``text`` as it should be set; what was set lately is remembered.

    lang: a BCP 47 tag; ``fr``, ``fr-CA``, ``en-GB``…; any other language stays as typed.
    rules: what to do before ; ! ? in French: nothing (``quebec``, the rule of the OQLF) or
    U+202F (``france``, the rule of the Imprimerie nationale).
    """
    return typeset_once(text, lang, rules)


def typeset_once(text: str, lang: str, rules: Rules) -> str:
    """The same, without remembering."""
    variant = variant_for(lang, rules)
    return settle(text, variant)[0] if variant else text
