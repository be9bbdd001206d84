"""One page of every kind that the demonstration site has."""

from __future__ import annotations

KINDS = {
    "home": "",
    "English home": "en/",
    "portrait with a photo": "portraits/caroline-audet/",
    "portrait without a photo": "portraits/etienne-gadbois/",
    "English portrait": "en/portraits/florence-nguyen-caron/",
    "all portraits": "portraits/",
    "tag": "etiquettes/musique/",
    "organisation": "organisations/evenko/",
    "year": "annees/2011/",
    "tags": "etiquettes/",
    "people": "personnes/",
    "organisations": "organisations/",
    "years": "annees/",
    "question": "questions/140-caracteres/",
    "questions": "questions/",
    "directory": "recommandations/",
    "graph": "recommandations/graphe/",
    "numbers": "chiffres/",
    "subscribe": "abonnement/",
    "about": "a-propos/",
    "not found": "404.html",
    "search": "recherche/",
}
"""What kind of page -> its path."""

PORTRAIT_PAGES = ("portrait with a photo", "portrait without a photo", "English portrait")
