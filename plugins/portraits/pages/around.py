"""How what is around a portrait (:mod:`portraits.around`) is found in the whole series."""

from __future__ import annotations

from portraits.around import Around, Follow
from portraits.directory import DirectoryEntry
from portraits.graph import person_key
from portraits.graph_columns import NOBODY, Side, side_of
from portraits.outline import Outline
from portraits.pages.assembly import Assembly
from portraits.pages.directory_pages import directory_url
from portraits.views import Link

ALSO_SHOWN = 3
"""Other recommenders named on a card: the earliest, so that a new portrait rewrites few pages."""


def derive(assembly: Assembly) -> None:
    """Derive from the whole series, once for all processes, what :func:`around_of` looks at."""
    library = assembly.library
    _ = (library.by_source, library.translations, assembly.neighbours_by_portrait,
         assembly.related, assembly.directory.by_key, assembly.graph.by_key,
         assembly.graph.sources, assembly.graph.targets, assembly.with_page)


def around_of(assembly: Assembly, outline: Outline) -> Around:
    """What is around ``outline`` in the whole series."""
    older, newer = assembly.neighbours(outline)
    directory = assembly.directory
    before, after = _sides(assembly, outline)
    return Around(
        older=older.source if older else "", newer=newer.source if newer else "",
        related=tuple((found.outline.source, found.reasons[0])
                      for found in assembly.related_to(outline)),
        recommended_by=tuple((assembly.link(recommender.outline), recommender.reason_html)
                             for recommender in directory.recommending(outline)),
        translations=tuple(other.source for other in assembly.library.languages_of(outline)),
        links=_link_targets(assembly, outline),
        follows=tuple(_follow(assembly, outline, directory.by_key[recommended.account.key])
                      for recommended in outline.recommends),
        before=before, after=after)


def _link_targets(assembly: Assembly, outline: Outline) -> tuple[str, ...]:
    pages = {page.source: page for page in assembly.editor_pages} if outline.links else {}
    targets = []
    for link in outline.links:
        fragment = f"#{link.fragment}" if link.fragment else ""
        if not link.target or link.target == outline.source:
            targets.append(f"{assembly.url(outline)}{fragment}")
        elif link.target in pages:
            targets.append(f"{assembly.settings.path(pages[link.target].slug)}/{fragment}")
        else:
            target = assembly.outline(link.target)
            targets.append(f"{assembly.url(target)}{fragment}")
    return tuple(targets)


def _follow(assembly: Assembly, outline: Outline, entry: DirectoryEntry) -> Follow:
    person = entry.person if entry.person and not _same_person(entry.person, outline) else None
    others: list[Link] = []
    for other in reversed(entry.outlines):
        if other is not outline and not _same_person(other, outline):
            others.append(assembly.link(other))
            if len(others) == ALSO_SHOWN:
                break
    return Follow(assembly.link(person) if person else None, tuple(others),
                  directory_url(assembly, entry.account.key))


def _same_person(one: Outline, other: Outline) -> bool:
    return one.translation_key == other.translation_key


def _sides(assembly: Assembly, outline: Outline) -> tuple[Side, Side]:
    graph, key = assembly.graph, person_key(outline)
    if key not in graph.by_key:
        return NOBODY, NOBODY
    before, after = graph.sources[key], graph.targets[key]
    if not any(node.outline for node in (*before, *after)):
        return NOBODY, NOBODY
    return side_of(before, assembly.url), side_of(after, assembly.url)
