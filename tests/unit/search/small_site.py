"""A site of a few invented portraits, made from the pages' own specs and kept in memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from portraits import addresses
from portraits.assets import theme_assets
from portraits.cache import Cache
from portraits.groups import portrait_specs
from portraits.library import library_of
from portraits.model import Exchange, FollowUp, Portrait, Question, RichText
from portraits.options import BuildOptions
from portraits.outline import Outline, outline_of
from portraits.pages.assembly import Assembly
from portraits.pages.data_pages import data_pages
from portraits.pages.machine_pages import asset_pages
from portraits.pages.search_pages import search_files
from portraits.pages.series_pages import series_pages
from portraits.pages.site import assembly_of
from portraits.settings import Settings

from tests.builders import full_portrait_named, rich

ROOT = Path(__file__).parents[3]
OPTIONS = BuildOptions(
    root=ROOT, content=ROOT / "content", output=ROOT / "output", theme=ROOT / "theme",
    cache=ROOT / ".cache", today=dt.date(2025, 1, 1),
    settings=Settings(site_name="Essai", pictures=False, site_url="https://portraits.example"))


def _with_follow_up(portrait: Portrait, question: str, answer: str) -> Portrait:
    first, *others = portrait.exchanges
    asked = Question("plus-loin", RichText(question, question), 30)
    further = FollowUp(asked, RichText(f"<p>{answer}</p>", answer))
    return replace(portrait, exchanges=(replace(first, follow_ups=(further,)), *others))


PORTRAITS = (
    _with_follow_up(
        full_portrait_named(
            "Solène Tremblay-Roy", date="2011-07-14", tags=["musique", "festivals"],
            role="Gestionnaire de communauté", organization="Radio du Nord",
            accounts=["@SoleneTR"], manages=["@evenko"],
            recommends=[("@le_devoir", "pour ses dossiers"), ("@lea.exemple.social", "Un œil vif")],
            answers={
                "etudes": ("En quoi as-tu étudié ?",
                           "J’ai terminé un certificat à l’UQÀM, puis un stage au bureau."),
                "journee": ("Décris une journée type", "Chaque événement demande des mois. " * 12
                            + "Une œuvre se montre le vendredi sur la grande place."),
            }),
        "Combien de personnes en tout ?", "Onze avec les bénévoles du cœur de l’été."),
    full_portrait_named(
        "Ariane Nault", date="2013-02-01", tags=["Festivals"],
        answers={"confession": ("Ta meilleure confession ?",
                                "Le mot-clic #jeudiconfession, lancé avec evenko."),
                 "etudes": ("En quoi as-tu étudié ?", "En danse, puis en gestion.")}),
    full_portrait_named(
        "Maya Stone", lang="en", date="2014-05-20", tags=["danse"],
        answers={"etudes": ("What did you study?", "Dance, then evenings of statistics.")}),
)
MORE = tuple(
    replace(full_portrait_named(f"Figurant {number}", date="2010-01-01"),
            introduction=rich("Fait partie de la ribambelle."))
    for number in range(12))


def assembly_with(portraits: Iterable[Portrait] = (*PORTRAITS, *MORE)) -> Assembly:
    """The common ground of a site of those portraits."""
    by_source = {portrait.source: portrait for portrait in portraits}
    library = library_of(
        [outline_of(portrait, repr(portrait)) for portrait in by_source.values()],
        today=OPTIONS.today)

    def load(outline: Outline) -> Portrait:
        return by_source[outline.source]

    def load_exchange(outline: Outline, position: int) -> Exchange:
        return load(outline).exchanges[position]

    return assembly_of(
        OPTIONS, library, photos={}, editor_pages=(), load=load, load_exchange=load_exchange,
        assets=theme_assets(OPTIONS.theme))


def files_of(assembly: Assembly, cache: Cache) -> dict[str, bytes]:
    """Path -> content of what the search page needs, and of the pages it leads to."""
    specs = (
        *series_pages(assembly), *data_pages(assembly),
        *(spec for outline in assembly.library.portraits
          for spec in portrait_specs(assembly, outline)), *asset_pages(theme_assets(OPTIONS.theme)),
        *search_files(assembly, cache))
    return {addresses.file_of(spec.address): spec.make() for spec in specs}
