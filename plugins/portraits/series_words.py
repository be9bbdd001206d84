"""What the views across portraits say, in French and in English.

Everything here turns a structured reason into one phrase that stands alone, without
capital or full stop. English where the page's language is English, else French, with the
spacing of Québec (OQLF, « Espacements avant et après les principaux signes de
ponctuation »): a no-break space before the colon and inside « ».
"""

from __future__ import annotations

from portraits import related

NBSP = "\u00a0"

_REASONS = {
    "fr": {
        related.ACCOUNT: f"recommandation commune{NBSP}: {{value}}",
        related.ORGANIZATION: f"même organisation{NBSP}: {{value}}",
        related.TAG: f"étiquette commune{NBSP}: {{value}}",
        related.QUESTION: f"ont répondu à «{NBSP}{{value}}{NBSP}»",
        related.THEME: f"thème commun{NBSP}: {{value}}",
        related.NAMES: "{by} recommande {value}",
    },
    "en": {
        related.ACCOUNT: "both recommend {value}",
        related.ORGANIZATION: "same organisation: {value}",
        related.TAG: "shared tag: {value}",
        related.QUESTION: "both answered “{value}”",
        related.THEME: "shared theme: {value}",
        related.NAMES: "{by} recommends {value}",
    },
}


def language_of_words(lang: str) -> str:
    """``en`` for English in any region, else ``fr``."""
    return "en" if lang.split("-")[0] == "en" else "fr"


def why_related(reason: related.Reason, lang: str) -> str:
    """Why two portraits go together: « recommandation commune : @sam »."""
    words = _REASONS[language_of_words(lang)]
    return words[reason.kind].format(value=reason.value, by=reason.by)
