"""The files of the site that come in groups (:mod:`portraits.pages.spec`).

    portrait    its page, its JSON, its list to take away
    stretch     the pages of all questions that show the answers of one stretch of time

What is kept with the release so that an edit can be followed (:mod:`portraits.trace`) is made
with the group whose files it is about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from portraits import addresses
from portraits.digests import digest
from portraits.outline import Outline
from portraits.pages.around import derive
from portraits.pages.assembly import Assembly
from portraits.pages.data_pages import portrait_data, portrait_data_address
from portraits.pages.portrait_pages import portrait_page, shown_besides
from portraits.pages.question_pages import Sheet, question_pages
from portraits.pages.spec import Group, Look, PageSpec
from portraits.pages.take_away import exports_of, portrait_exports
from portraits.reading import Read
from portraits.trace import (
    PortraitTrace,
    packed_entry,
    portrait_name,
    sheet_name,
    stretch_name,
)

Places = Mapping[str, Mapping[int, str]]
"""Source of a portrait -> position of a question -> address of the sheet that shows the answer."""


def groups(
    assembly: Assembly, reads: Mapping[str, Read], sheets: Sequence[Sheet],
    feeds: Mapping[str, Sequence[str]],
) -> Iterator[Group]:
    """Every group of the site. ``feeds`` are the addresses of what carries a portrait, by its
    source; ``reads`` is how every portrait was read."""
    derive(assembly)
    places = places_of(sheets)
    counted = {outline.source for outline in assembly.people.portraits}
    for outline in assembly.library.portraits:
        source = outline.source
        yield Group(
            portrait_name(source), _paths(assembly, outline),
            partial(_look_at_portrait, assembly, outline, partial(
                _trace, assembly, outline, reads[source], source in counted,
                places.get(source, {}), tuple(feeds.get(source, ())))))
    stretches: dict[int | None, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        stretches[sheet.number].append(sheet)
    for number, chosen in stretches.items():
        yield Group(
            stretch_name(number), tuple(addresses.file_of(sheet.address) for sheet in chosen),
            partial(_look_at_stretch, assembly, chosen))


def places_of(sheets: Iterable[Sheet]) -> Places:
    """Where the answers of each portrait stand."""
    places: dict[str, dict[int, str]] = defaultdict(dict)
    for sheet in sheets:
        address = sheet.address
        for source, position in sheet.answers:
            places[source][position] = address
    return places


def _paths(assembly: Assembly, outline: Outline) -> tuple[str, ...]:
    return tuple(map(addresses.file_of, (
        assembly.address(outline), portrait_data_address(assembly, outline),
        *(export.address for export in exports_of(assembly, outline)))))


def _trace(
    assembly: Assembly, outline: Outline, read: Read, counted: bool,
    places: Mapping[int, str], feeds: tuple[str, ...],
) -> PortraitTrace:
    return PortraitTrace(
        read.key, read.problems, assembly.around(outline), counted,
        tuple(places.get(position, "") for position in range(len(outline.asked))), feeds)


def _look_at_portrait(
    assembly: Assembly, outline: Outline, trace_of: Callable[[], PortraitTrace]
) -> Look:
    trace = trace_of()
    return Look(_portrait_key(assembly, outline, trace),
                partial(portrait_specs, assembly, outline),
                partial(_kept_of_portrait, outline.source, trace))


def _portrait_key(assembly: Assembly, outline: Outline, trace: PortraitTrace) -> bytes:
    """The key of a portrait's group: of its text, of what is kept of it, of the cards that its page
    shows."""
    around = assembly.around(outline)
    shown = (outline.source, around.older, around.newer, *around.translations,
             *(source for source, _ in around.related))
    return assembly.key(
        "files", trace.key, trace.counted, trace.sheets, trace.feeds, trace.problems,
        around.plain(), shown_besides(assembly, outline),
        [source and assembly.facet(assembly.outline(source)) for source in shown])


def portrait_specs(assembly: Assembly, outline: Outline) -> Iterator[PageSpec]:
    """The specs of a portrait's own files."""
    yield portrait_page(assembly, outline)
    yield portrait_data(assembly, outline)
    yield from portrait_exports(assembly, outline)


def _kept_of_portrait(source: str, trace: PortraitTrace) -> Iterable[tuple[str, bytes]]:
    return ((portrait_name(source), packed_entry(trace)),)


def _look_at_stretch(assembly: Assembly, sheets: Sequence[Sheet]) -> Look:
    specs = tuple(question_pages(assembly, sheets))
    return Look(digest(*(spec.key for spec in specs)), lambda: specs,
                partial(_kept_of_stretch, sheets))


def _kept_of_stretch(sheets: Sequence[Sheet]) -> Iterator[tuple[str, bytes]]:
    for sheet in sheets:
        yield sheet_name(sheet.address), packed_entry(sheet)
