"""List one page of every kind on the test site."""

from __future__ import annotations

KINDS = {
    "home": "",
    "English home": "en/",
    "portrait with a photo": "portraits/alix-morin/",
    "portrait without a photo": "portraits/denis-ouellet/",
    "quote": "portraits/alix-morin/citation/",
    "English portrait": "en/portraits/clara-dion/",
    "all portraits": "portraits/",
    "tag": "etiquettes/musique/",
    "organisation": "organisations/radio-du-quai/",
    "year": "annees/2011/",
    "tags": "etiquettes/",
    "people": "personnes/",
    "organisations": "organisations/",
    "years": "annees/",
    "question": "questions/outil/",
    "questions": "questions/",
    "directory": "recommandations/",
    "graph": "recommandations/graphe/",
    "numbers": "chiffres/",
    "subscribe": "abonnement/",
    "about": "a-propos/",
    "not found": "404.html",
    "withdrawn": "portraits/gilles-petit/",
    "withdrawn in English": "en/portraits/gilles-petit/",
    "search": "recherche/",
    "list in English": "en/portraits/",
    "question in English": "en/questions/outil/",
    "directory in English": "en/recommandations/",
    "search in English": "en/recherche/",
}
"""What kind of page -> its path."""

PORTRAIT_PAGES = ("portrait with a photo", "portrait without a photo", "English portrait")
