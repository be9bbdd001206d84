"""What a paragraph asks, if anything: words, whatever the markup.

languages    the words of questions, one table for each language
courtesies   what people put before a question: a greeting, a name, « Pour finir, »
asking       does a paragraph ask?
matching     which question of the questionnaire is it?
"""

from portraits.importer.questions.asking import (
    MOST_WORDS,
    Asks,
    addresses,
    asks,
    asks_within,
    is_recommendation_heading,
    is_rejoinder,
    speaks_of_self,
    tells_first,
    word_count,
)
from portraits.importer.questions.languages import language_of
from portraits.importer.questions.matching import PROPOSED, THRESHOLD, Match, decided, match

__all__ = [
    "MOST_WORDS",
    "PROPOSED",
    "THRESHOLD",
    "Asks",
    "Match",
    "addresses",
    "asks",
    "asks_within",
    "decided",
    "is_recommendation_heading",
    "is_rejoinder",
    "language_of",
    "match",
    "speaks_of_self",
    "tells_first",
    "word_count",
]
