"""The recommendations as files to take away: of each portrait, and of the whole series."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from portraits import addresses
from portraits.digests import digest
from portraits.exports import EXTENSIONS, Listed, exported, holds, listed_by, listed_in
from portraits.outline import Outline
from portraits.pages.assembly import Assembly
from portraits.pages.spec import WHOLE_SERIES, PageSpec
from portraits.values import dataclass


@dataclass(frozen=True, slots=True)
class Export:
    """One file."""

    format: str
    label: str
    address: str


def _exports(
    assembly: Assembly, entries: tuple[Listed, ...], folder: str, lang: str
) -> tuple[Export, ...]:
    words = assembly.words(lang)
    return tuple(
        Export(form, words.text(f"take_away.{form}"),
               f"{folder}recommandations.{EXTENSIONS[form]}")
        for form in EXTENSIONS if holds(entries, form))


def exports_of(assembly: Assembly, outline: Outline) -> tuple[Export, ...]:
    """The files of one portrait's list, those that hold anything."""
    return _exports(assembly, listed_by(outline), assembly.address(outline), outline.lang)


def exports_of_series(assembly: Assembly) -> tuple[Export, ...]:
    """The files of the whole series' list."""
    entries = listed_in(assembly.directory)
    return _exports(assembly, entries, addresses.DIRECTORY, assembly.settings.lang)


def portrait_exports(assembly: Assembly, outline: Outline) -> Iterator[PageSpec]:
    """The specs of the files of one portrait's list."""
    if not outline.recommends:
        return
    entries = listed_by(outline)
    url = assembly.settings.absolute(assembly.address(outline))
    shown = assembly.key("exports", url, outline.title, entries)
    for export in exports_of(assembly, outline):
        yield PageSpec(
            export.address, digest(shown, export.format),
            partial(exported, entries, export.format, title=outline.title, url=url))


def series_exports(assembly: Assembly) -> Iterator[PageSpec]:
    """The specs of the files of the whole series' list."""
    settings = assembly.settings
    entries = listed_in(assembly.directory)
    url = settings.absolute(addresses.DIRECTORY)
    shown = assembly.key("exports", url, settings.site_name, entries)
    for export in exports_of_series(assembly):
        yield PageSpec(
            export.address, digest(shown, export.format),
            partial(exported, entries, export.format, title=settings.site_name, url=url),
            near=WHOLE_SERIES)
