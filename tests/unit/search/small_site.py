"""A site of a few invented portraits, whose pages are made of the rows of a database in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from portraits.build.engine import Engine
from portraits.images.card_text import Typefaces
from portraits.model import addresses
from portraits.model.portrait import Exchange, FollowUp, Portrait, Question, RichText
from portraits.pages import data as data_pages
from portraits.pages import machine_files as machine_pages
from portraits.pages import questions as question_pages
from portraits.pages import search as search_pages
from portraits.pages import series as series_pages
from portraits.pages.portrait import page as portrait_pages
from portraits.settings import Settings
from portraits.site.assets import theme_assets
from portraits.site.context import BuildContext
from portraits.site.environment import theme_environment
from portraits.site.fragments import fragments
from portraits.site.page import PageKind
from portraits.site.shared import sites_of

from tests.builders import THEME, SmallSite, portrait_named, rich, site_with

SETTINGS = Settings(site_name="Essai", pictures=False, site_url="https://portraits.example")
INDEX = (
    search_pages.PORTRAITS,
    search_pages.NAMES_OF_BUCKETS,
    search_pages.WORDS,
    search_pages.SPELLINGS,
)
"""The kinds of files that the index is."""
AROUND = (
    series_pages.HOME,
    series_pages.SEARCH,
    portrait_pages.KIND,
    question_pages.KIND,
    data_pages.PORTRAITS,
    machine_pages.ASSETS,
)
"""Kinds of what a reader needs besides."""


def _with_follow_up(portrait: Portrait, question: str, answer: str) -> Portrait:
    first, *others = portrait.exchanges
    asked = Question("plus-loin", RichText(question, question), 30)
    further = FollowUp(asked, RichText(f"<p>{answer}</p>", answer))
    return replace(portrait, exchanges=(replace(first, follow_ups=(further,)), *others))


PORTRAITS = (
    _with_follow_up(
        portrait_named(
            "Solène Tremblay-Roy",
            date="2011-07-14",
            tags=["musique", "festivals"],
            role="Gestionnaire de communauté",
            organization="Radio du Nord",
            accounts=["@SoleneTR"],
            manages=["@evenko"],
            recommends=[("@le_devoir", "pour ses dossiers"), ("@lea.exemple.social", "Un œil vif")],
            answers={
                "etudes": (
                    "En quoi as-tu étudié ?",
                    "J’ai terminé un certificat à l’UQÀM, puis un stage au bureau.",
                ),
                "journee": (
                    "Décris une journée type",
                    "Chaque événement demande des mois. " * 12
                    + "Une œuvre se montre le vendredi sur la grande place.",
                ),
            },
        ),
        "Combien de personnes en tout ?",
        "Onze avec les bénévoles du cœur de l’été.",
    ),
    portrait_named(
        "Ariane Nault",
        date="2013-02-01",
        tags=["Festivals"],
        answers={
            "confession": (
                "Ta meilleure confession ?",
                "Le mot-clic #jeudiconfession, lancé avec evenko.",
            ),
            "etudes": ("En quoi as-tu étudié ?", "En danse, puis en gestion."),
        },
    ),
    portrait_named(
        "Maya Stone",
        lang="en",
        date="2014-05-20",
        tags=["danse"],
        answers={"etudes": ("What did you study?", "Dance, then evenings of statistics.")},
    ),
)
MORE = tuple(
    replace(
        portrait_named(f"Figurant {number}", date="2010-01-01"),
        introduction=rich("Fait partie de la ribambelle."),
    )
    for number in range(12)
)


def small_site(
    portraits: Iterable[Portrait] = (*PORTRAITS, *MORE), settings: Settings = SETTINGS
) -> SmallSite:
    """The site of those portraits, which can be changed."""
    return site_with(*portraits, settings=settings)


def files_of(site: SmallSite, kinds: Iterable[PageKind] = (*AROUND, *INDEX)) -> dict[str, bytes]:
    """Path -> content of every file of some kinds."""
    context = context_of(site)
    Engine(site.database, site.settings, 1).derive([fragments(context)])
    return {
        addresses.file_of(file.address): file.content
        for kind in kinds
        for key in kind.keys(context)
        for file in kind.make(context, key)
    }


def index_of(site: SmallSite) -> dict[str, bytes]:
    """The files of the index."""
    return files_of(site, INDEX)


def context_of(site: SmallSite) -> BuildContext:
    """The means of making the pages of a site, as a build has them."""
    assets, nowhere = theme_assets(THEME), Path()
    languages = sorted({portrait.lang for portrait in site.portraits.values()})
    return BuildContext(
        site.series,
        site.settings,
        theme_environment(THEME),
        nowhere,
        nowhere,
        sites_of(site.settings, assets, (), languages),
        Typefaces(nowhere, nowhere, nowhere, nowhere, ""),
        {asset.address: asset.content for asset in assets},
    )


def answering(portrait: Portrait, answer: str) -> Portrait:
    """A portrait that gives another answer to its first question."""
    first, *others = portrait.exchanges
    said: Exchange = replace(first, answer=RichText(f"<p>{answer}</p>", answer))
    return replace(portrait, exchanges=(said, *others))
