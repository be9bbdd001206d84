"""Apply typographic rules to plain text: French of Québec or of France, English, Spanish, German.

    typeset(text, lang, rules) -> text

Input and output are plain Unicode, for titles, summaries, feeds, alternative texts and JSON-LD.
Text in a page is typeset by ``portraits.typography.tree``, which works on text nodes and never
sees tags. Only spaces and punctuation change, never letters or digits. The rules are idempotent.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import Literal

from portraits.typography.french import FRANCE, QUEBEC
from portraits.typography.line import RuleSet, settle

Rules = Literal["quebec", "france"]
_FRENCH = {"quebec": QUEBEC, "france": FRANCE}
LANGUAGES_WITH_RULES = {
    "en": ("english", "ENGLISH"),
    "es": ("spanish", "SPANISH"),
    "de": ("german", "GERMAN"),
}
"""Language -> module of this package and its rule set, loaded when the language occurs."""


@lru_cache(maxsize=64)
def variant_for(lang: str, rules: Rules) -> RuleSet | None:
    """Return the rules for a BCP 47 tag, or None for a language without rules.

    Raises ValueError for an unknown value of ``rules``.
    """
    if rules not in _FRENCH:
        raise ValueError(f"règles typographiques « {rules} » : choisissez quebec ou france")
    primary = lang.replace("_", "-").split("-", 1)[0].lower()
    if primary == "fr":
        return _FRENCH[rules]
    if primary not in LANGUAGES_WITH_RULES:
        return None
    module, name = LANGUAGES_WITH_RULES[primary]
    found: RuleSet = getattr(import_module(f"portraits.typography.{module}"), name)
    return found


@lru_cache(maxsize=4096)
def typeset(text: str, lang: str = "fr", rules: Rules = "quebec") -> str:
    """Return ``text`` with typographic rules applied. Results are cached.

    lang: a BCP 47 tag (``fr``, ``fr-CA``, ``en-GB``…); text in other languages is unchanged.
    rules: the space before ; ! ? in French: none (``quebec``, the rule of the OQLF) or
    U+202F (``france``, the rule of the Imprimerie nationale).
    """
    return typeset_once(text, lang, rules)


def typeset_once(text: str, lang: str, rules: Rules) -> str:
    """Do the same as :func:`typeset` without the cache, for texts that hardly ever recur."""
    variant = variant_for(lang, rules)
    return settle(text, variant)[0] if variant else text
