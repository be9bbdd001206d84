"""A portrait with everything in it, and hostile text, as feeds and data are given it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from portraits.model.portrait import (
    Correction,
    FollowUp,
    Portrait,
    Presence,
    Question,
    Quote,
    Reading,
    ReadingList,
    RichText,
)
from portraits.model.published_image import PublishedImage
from portraits.output.feeds.entry import FeedEntry, entry_of
from portraits.reader.questionnaire import Questionnaire
from portraits.series.reading import Summary, summary_of
from portraits.series.tables import PortraitRow
from portraits.series.writing import rows_of
from portraits.settings import Settings

from tests.builders import account, portrait_named, rich

SETTINGS = Settings(
    site_name="Gens du fil",
    site_url="https://serie.example",
    lang="fr",
    site_description="Celles et ceux qui animent les réseaux",
    publisher="L’atelier des portraits",
    license="CC BY 4.0",
    license_url="https://creativecommons.org/licenses/by/4.0/",
)
PHOTO = PublishedImage(
    "https://serie.example/images/lea.1a2b3c4d.jpg",
    "image/jpeg",
    1080,
    1350,
    213_004,
    "Léa à sa table",
    "Photo : Ana Exemple",
)
PAGE = "https://serie.example/portraits/lea/"
FRAGMENT = """\
<p>Voici <a href="/portraits/sam/">Sam</a>.</p><h2 id="etudes">En quoi ?</h2><p>Rien.</p>"""

HOSTILE = (
    "]]>",
    "</script><script>alert(1)</script>",
    "<!-- ",
    "AT&T &amp; &lt;b&gt;",
    "\"'`",
    "😀🏳️‍🌈",
    "a\u2028b\u2029c",
    "\u202eàl’envers\u202c שלום",
    "é" * 5_000,
    "{{ x }} {% y %}",
    "<b>gras</b>",
    " \u00a0 « espaces » ",
    "\ufdd1",
    "%0d%0aX: y",
)
"""Text that a portrait may hold."""

REFUSED = ("\x00", "\x0b", "\x1b", "\ufffe", "\uffff", "\ud800")
"""Text that no portrait may hold: XML cannot."""


def lea(**fields: object) -> Portrait:
    """A portrait with something in every part."""
    portrait = portrait_named(
        "Léa",
        date="2011-07-14",
        role="Gestionnaire de communauté",
        organization="La Cantine",
        tags=["musique", "festivals"],
        accounts=["@lea", "@lea@mastodon.example"],
        manages=["@cantine"],
        recommends=[("@sam", "Pour ses photos")],
        answers={"etudes": ("En quoi as-tu étudié ?", "En rien du tout.")},
    )
    first = portrait.exchanges[0]
    further = FollowUp(Question("etudes-2", rich("Vraiment ?"), 25), rich("Vraiment."))
    reading = Reading("Le métier", "https://exemple.example/metier", RichText(), 50)
    portrait = replace(
        portrait,
        modified=dt.date(2012, 1, 2),
        interviewers=("Ana Exemple",),
        accounts=(*portrait.accounts, Presence("facebook", None, "privé")),
        exchanges=(replace(first, follow_ups=(further,)),),
        notice=rich("Inventé."),
        corrections=(Correction(dt.date(2012, 1, 2), "L’atelier est à Lévis.", 9),),
        readings=ReadingList(Question("lecture", rich("Lecture"), 48), (reading,)),
        quote=Quote("rien du tout", "etudes", 9),
        manages=portrait.manages[:1],
    )
    assert account("@lea") == portrait.accounts[0].account
    return replace(portrait, **fields)  # type: ignore[arg-type]


def entry(portrait: Portrait | None = None, **fields: object) -> FeedEntry:
    """Léa’s entry, or another portrait’s."""
    portrait = portrait or lea()
    made = entry_of(
        portrait,
        url=f"https://serie.example/portraits/{portrait.slug}/",
        content=FRAGMENT,
        image=PHOTO,
        translations=(("en", "https://serie.example/en/portraits/lea/"), ("fr", PAGE)),
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def summarised(portrait: Portrait) -> Summary:
    """What lists and cards show of a portrait."""
    rows = rows_of(portrait, Questionnaire(), search=False)
    return next(summary_of(row) for row in rows if isinstance(row, PortraitRow))
