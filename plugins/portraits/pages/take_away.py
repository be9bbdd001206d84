"""The recommendations as files to take away: of each portrait, and of the whole series."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from portraits import addresses
from portraits.digests import digest
from portraits.exports import EXTENSIONS, Listed, exported, left_out, listed_by, listed_in
from portraits.outline import Outline
from portraits.pages.assembly import Assembly
from portraits.pages.spec import PageSpec
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
        for form in EXTENSIONS if len(left_out(entries, form)) < len(entries))


def exports_of(assembly: Assembly, outline: Outline) -> tuple[Export, ...]:
    """The files of one portrait's list, those that hold anything."""
    return _exports(assembly, listed_by(outline), assembly.address(outline), outline.lang)


def series_exports(assembly: Assembly) -> tuple[Export, ...]:
    """The files of the whole series' list."""
    entries = listed_in(assembly.directory)
    return _exports(assembly, entries, addresses.DIRECTORY, assembly.settings.lang)


def take_away_pages(assembly: Assembly) -> Iterator[PageSpec]:
    """The specs of all of them."""
    settings = assembly.settings
    for outline in assembly.library.portraits:
        if not outline.recommends:
            continue
        entries = listed_by(outline)
        url = settings.absolute(assembly.address(outline))
        shown = assembly.key("exports", url, outline.title, entries)
        for export in exports_of(assembly, outline):
            yield PageSpec(
                export.address, digest(shown, export.format),
                partial(exported, entries, export.format, title=outline.title, url=url),
                near=outline.source)
    entries = listed_in(assembly.directory)
    url = settings.absolute(addresses.DIRECTORY)
    for export in series_exports(assembly):
        yield PageSpec(
            export.address, assembly.key("export", export.format, url, entries),
            partial(exported, entries, export.format, title=settings.site_name, url=url))
