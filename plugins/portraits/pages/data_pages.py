"""The series as JSON (see :mod:`portraits.api`), its schemas, and the lists to take away."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from portraits import addresses, api
from portraits.absolute import absolutise, is_relative
from portraits.digests import digest
from portraits.holes import fill, has_holes
from portraits.images.picture import PORTRAIT
from portraits.outline import Outline
from portraits.pages.assembly import Assembly
from portraits.pages.fragments import Filling
from portraits.pages.spec import WHOLE_SERIES, PageSpec
from portraits.pages.take_away import series_exports


def data_pages(assembly: Assembly) -> Iterator[PageSpec]:
    """The specs of what says something of the whole series."""
    builder = _api(assembly)
    library = assembly.library
    listed = [(outline.relations, _photo(assembly, outline)) for outline in library.portraits]
    yield PageSpec(api.PORTRAITS, assembly.key("api", listed),
                   lambda: api.encoded(builder.portraits(library)), near=WHOLE_SERIES)
    yield PageSpec(
        api.RECOMMENDATIONS, assembly.key("api-ff", assembly.directory_digest),
        lambda: api.encoded(builder.recommendations(assembly.directory)), near=WHOLE_SERIES)
    for address, content in api.schemas().items():
        yield PageSpec(address, digest(content), partial(bytes, content))
    yield from series_exports(assembly)


def portrait_data(assembly: Assembly, outline: Outline) -> PageSpec:
    """The spec of the JSON of a portrait."""
    return PageSpec(
        portrait_data_address(assembly, outline),
        assembly.key("api-portrait", outline.digest, _image(assembly, outline),
                     assembly.links(outline)),
        partial(_portrait, assembly, outline))


def portrait_data_address(assembly: Assembly, outline: Outline) -> str:
    """Where it stands."""
    return api.portrait_address(outline.slug, outline.lang, assembly.settings.lang)


def _api(assembly: Assembly) -> api.Api:
    return api.Api(assembly.settings, partial(_image, assembly))


def _photo(assembly: Assembly, outline: Outline) -> str:
    photo = outline.photo and assembly.photos.get(outline.photo.file)
    return photo.image.digest if photo else ""


def _image(assembly: Assembly, outline: Outline) -> str:
    picture = assembly.picture(outline, PORTRAIT)
    if not picture:
        return ""
    return assembly.settings.absolute(addresses.IMAGES + picture.jpeg[-1].name)


def _portrait(assembly: Assembly, outline: Outline) -> bytes:
    filling = Filling(assembly, outline)
    base = assembly.settings.absolute(assembly.address(outline))

    def html_of(html: str) -> str:
        filled = fill(html, filling.holes) if has_holes(html) else html
        return absolutise(filled, base) if is_relative(filled) else filled

    return api.encoded(_api(assembly).portrait(filling.portrait, outline, html_of))
