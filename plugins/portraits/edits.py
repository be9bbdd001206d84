"""A build after an edit of texts alone: only what shows these texts is looked at.

    edited file -> parse -> related to the others as before? -> its own files, the pages of the
    questions whose answers changed, the feeds that carry it, the numbers, the search

Where a text was edited and nothing else, every other file of the site is what it was
(:attr:`Outline.relations`): no other portrait is read but those that these few files show. What
surrounds a portrait is taken from the :mod:`portraits.trace` of the published release. Whatever
is not foreseen here is left to a build that looks at everything.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import field, replace
from functools import cached_property, partial
from typing import Any

from jinja2 import Environment

from portraits import addresses
from portraits.around import Around
from portraits.cache import Cache, code_version_is
from portraits.content_folder import PORTRAITS, FileRefused, read_regular
from portraits.environment import environment_of, faults_told
from portraits.feeds.kept import Following, PublishedEntries
from portraits.inspection import Inspection
from portraits.library import Library
from portraits.model import Exchange, Portrait
from portraits.options import BuildOptions
from portraits.outline import Outline
from portraits.pages.assembly import Assembly
from portraits.pages.data_pages import portrait_data
from portraits.pages.numbers_pages import Numbers, numbers_page
from portraits.pages.portrait_pages import portrait_page
from portraits.pages.question_pages import Sheet, question_pages
from portraits.pages.search_edits import TextEdit, search_files_of_edits
from portraits.pages.search_pages import LISTING
from portraits.pages.spec import PageSpec
from portraits.photographs import Photo, photographs
from portraits.problems import Problem, errors
from portraits.publication import Publication, Report
from portraits.reading import MAX_BYTES, Memory, Read, Reader
from portraits.releases import Releases, is_ours, opened
from portraits.trace import (
    GROUND,
    WARNINGS,
    Ground,
    PortraitTrace,
    feed_name,
    packed_entry,
    portrait_name,
    sheet_name,
    stretch_name,
    unpacked_entry,
)
from portraits.values import dataclass

MOST = 50
"""Edits at once that are followed one by one: of more, a build of everything is made as soon."""


class NotFollowed(Exception):
    """More has to be looked at than what an edit of a text can have changed."""


@dataclass(frozen=True, slots=True)
class Followed:
    """What a build after an edit did."""

    report: Report
    """Without any warnings where they are the same."""
    same_warnings: bool
    """Whether everything is to be said again that was said of the release before."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A text before and after."""

    trace: PortraitTrace
    before: Outline
    read: Read
    after: Outline

    @property
    def changed(self) -> Iterator[int]:
        """Positions of the questions whose answers changed."""
        for position, (old, new) in enumerate(
            zip(self.before.asked, self.after.asked, strict=True)
        ):
            if old.digest != new.digest:
                yield position


def follow(
    options: BuildOptions, sources: Collection[str], *, inspection: Inspection | None = None,
    memory: Memory | None = None,
) -> Followed | None:
    """Build and publish after the texts of ``sources`` were saved and nothing else was; None
    when that cannot be done without looking at everything, as where there are very many, or
    where the ``inspection`` finds that the published files are not as they were left.

    Raises PublishingError and SourceRefused as a whole build does.
    """
    if len(sources) > MOST or not is_ours(options.output):
        return None
    if not all(_is_portrait(source, options) for source in sources):
        return None
    os.umask(0o022)
    with (
        Cache(options.cache / "portraits.sqlite") as cache,
        opened(options.output, durable=options.durable) as releases,
        faults_told(options),
        suppress(NotFollowed),
    ):
        following = _Following(options, releases, cache, inspection, memory or Memory())
        return following.build(sources)
    return None


def rehearse(options: BuildOptions, memory: Memory) -> None:
    """Make what an edit of the newest text would make, and publish nothing. What is loaded once
    and for all is loaded then, and the first edit that is followed need not wait for it."""
    with (
        Cache(options.cache / "portraits.sqlite") as cache,
        opened(options.output, durable=options.durable) as releases,
        faults_told(options),
        suppress(NotFollowed),
    ):
        _Following(options, releases, cache, None, memory).rehearse()


def _is_portrait(source: str, options: BuildOptions) -> bool:
    return source.startswith(f"{options.settings.folder}/") and source.endswith(PORTRAITS)


@dataclass
class _Following:
    """One such build."""

    options: BuildOptions
    releases: Releases
    cache: Cache
    inspection: Inspection | None
    memory: Memory
    edits: dict[str, Edit] = field(default_factory=dict)
    _traces: dict[str, PortraitTrace] = field(default_factory=dict)
    _outlines: dict[str, Outline] = field(default_factory=dict)

    def build(self, sources: Collection[str]) -> Followed:
        for source in sorted(sources):
            self._examine(source)
        self.cache.commit()
        search, gone = self._search()
        specs = {addresses.file_of(spec.address): spec for spec in (*self._specs(), *search)}
        options = self.options
        publication = Publication(
            options.settings.base_path, processes=1, durable=options.durable,
            prepare=lambda stale: None)
        self._refuse_touched()
        standing = self.releases.records(specs)
        published = publication.publish(
            self.releases, specs, standing, _Files(self.releases, specs), gone)
        ground = replace(
            self.ground, release=published.release, numbers=self._numbers,
            files=self.ground.files + len(specs) - len(standing) - len(gone))
        same = all(edit.read.problems == edit.trace.problems for edit in self.edits.values())
        warnings = () if same else self._warnings()
        self.releases.keep_trace(dict(self._kept(ground, None if same else warnings)), keys={})
        return Followed(Report(
            portraits=ground.portraits, waiting=ground.waiting, warnings=warnings,
            written=published.written, removed=published.removed, files=ground.files,
            release=published.release, notices=tuple(self.cache.notices)), same)

    def rehearse(self) -> None:
        from portraits.source import parse

        settings = self.options.settings
        series: Following = self._entry(feed_name(
            addresses.series_home(settings.lang, settings.lang)))
        for source, *_ in series.entries[:1]:
            parse(source, read_regular(self.options.content / source, MAX_BYTES), settings,
                  self.ground.questionnaire, label=self._path(source))
            before = self._outline(source)
            first = (replace(asked, digest=b"") for asked in before.asked[:1])
            after = replace(before, digest="", asked=(*first, *before.asked[1:]))
            self.edits[source] = Edit(
                self._trace(source), before, Read(after, (), self._key(source)), after)
            self._outlines[source] = after
        for spec in self._specs():
            spec.make()

    def _refuse_touched(self) -> None:
        """The look at the published files goes on beside all that comes before this."""
        inspection = self.inspection
        if inspection and (not inspection.concerns(self.options.output) or inspection.touched()):
            raise NotFollowed

    # -- what was edited

    @cached_property
    def ground(self) -> Ground:
        ground = unpacked_entry(self.releases.trace(GROUND))
        options = self.options
        if not isinstance(ground, Ground) or (
            (ground.release, ground.today, ground.drafts)
            != (self.releases.number, options.today, options.drafts)
        ):
            raise NotFollowed
        code_version_is(ground.code)
        return ground

    @cached_property
    def reader(self) -> Reader:
        options, ground = self.options, self.ground
        return Reader(options.content, options.label, options.settings, ground.questionnaire,
                      ground.reading_base, self.cache, memory=self.memory)

    def _examine(self, source: str) -> None:
        """Read an edited text. One that is what it was, byte for byte, is no edit."""
        trace = self._trace(source)
        try:
            read = self.reader.read_one(source)
        except (FileRefused, OSError) as error:
            raise NotFollowed from error
        if read.key == trace.key:
            return
        before, after = self.reader.outline(trace.key), read.outline
        if before is None or after is None or errors(read.problems):
            raise NotFollowed
        if before.relations != after.relations or self._path(source) in self.ground.warned:
            raise NotFollowed
        self.edits[source] = Edit(trace, before, read, after)
        self._outlines[source] = after

    def _path(self, source: str) -> str:
        return f"{self.options.label}/{source}"

    # -- what the files look at

    def _trace(self, source: str) -> PortraitTrace:
        if source not in self._traces:
            found = unpacked_entry(self.releases.trace(portrait_name(source)))
            if not isinstance(found, PortraitTrace):
                raise NotFollowed
            self._traces[source] = found
        return self._traces[source]

    def _key(self, source: str) -> bytes:
        edit = self.edits.get(source)
        return edit.read.key if edit else self._trace(source).key

    def _outline(self, source: str) -> Outline:
        if source not in self._outlines:
            found = self.reader.outline(self._key(source))
            if found is None:
                raise NotFollowed
            self._outlines[source] = found
        return self._outlines[source]

    def _around(self, _: Assembly, outline: Outline) -> Around:
        around = self._trace(outline.source).around
        if around is None:
            raise NotFollowed
        return around

    def _portrait(self, outline: Outline) -> Portrait:
        return self.reader.portrait(outline.source, self._key(outline.source))

    def _exchange(self, outline: Outline, position: int) -> Exchange:
        return self.reader.exchange(outline.source, self._key(outline.source), position)

    @cached_property
    def assembly(self) -> Assembly:
        ground = self.ground
        return Assembly(
            settings=self.options.settings, sites=ground.sites,
            environment=self._environment, base=ground.base,
            photos=_Photos(self), editor_pages=ground.editor_pages, fonts=ground.fonts,
            find_library=_no_library, find_outline=self._outline, find_around=self._around,
            find_with_page=lambda _: ground.with_page, load=self._portrait,
            load_exchange=self._exchange, drafts=ground.drafts, previewed=ground.previewed,
            entries=PublishedEntries(self.options.output, self.edits))

    @property
    def _environment(self) -> Environment:
        memory, base = self.memory, self.ground.base
        if memory.environment is None or memory.environment[0] != base:
            memory.environment = base, environment_of(self.options)
        return memory.environment[1]

    # -- the files

    def _specs(self) -> Iterator[PageSpec]:
        """The spec of every file that shows something of the edited texts."""
        assembly = self.assembly
        for _, edit in sorted(self.edits.items()):
            if edit.trace.around:
                yield portrait_page(assembly, edit.after)
                yield portrait_data(assembly, edit.after)
        yield from question_pages(assembly, self._sheets)
        if self._followings:
            from portraits.pages.feed_pages import feeds_of

            for following in self._followings:
                yield from feeds_of(assembly, following)
        yield numbers_page(assembly, self._numbers)

    def _search(self) -> tuple[tuple[PageSpec, ...], tuple[str, ...]]:
        """The specs of the search index's files that change, and the paths of those that go."""
        edits = [edit for edit in self.edits.values() if edit.trace.around]
        if not self.options.settings.search or not edits:
            return (), ()
        listing = self.releases.records((LISTING,)).get(LISTING)
        files = search_files_of_edits(
            listing.key if listing else b"",
            [TextEdit(e.after.lang, e.after.slug, e.before.digest, e.after.digest,
                      partial(self._texts, e)) for e in edits],
            lambda address: (self.options.output / address).read_bytes(), self.cache)
        if files is None:
            raise NotFollowed
        return files.specs, files.gone

    def _texts(self, edit: Edit) -> tuple[Portrait, Portrait]:
        before = self.reader.former(edit.trace.key)
        if before is None:
            raise NotFollowed
        return before, self._portrait(edit.after)

    def _entry(self, name: str) -> Any:
        found = unpacked_entry(self.releases.trace(name))
        if found is None:
            raise NotFollowed
        return found

    @cached_property
    def _sheets(self) -> tuple[Sheet, ...]:
        """The pages of questions that show an answer that changed."""
        places = {edit.trace.sheets[position]
                  for edit in self.edits.values() for position in edit.changed}
        return tuple(self._entry(sheet_name(place)) for place in sorted(places) if place)

    @cached_property
    def _followings(self) -> tuple[Following, ...]:
        """What can be followed and carries something that changed, as it now is."""
        carrying = {address for edit in self.edits.values() for address in edit.trace.feeds}
        if not carrying:  # as with most edits, which need not load what writes feeds
            return ()
        from portraits.pages.feed_pages import edited

        before = [self._entry(feed_name(address)) for address in sorted(carrying)]
        after = [edited(self.assembly, following, self.edits) for following in before]
        return tuple(new for old, new in zip(before, after, strict=True) if new != old)

    @cached_property
    def _numbers(self) -> Numbers:
        numbers = self.ground.numbers
        for edit in self.edits.values():
            if edit.trace.counted:
                numbers = replace(numbers, lengths=numbers.lengths.edited(edit.before, edit.after))
        return numbers

    # -- what is kept

    def _warnings(self) -> tuple[Problem, ...]:
        before = self._entry(WARNINGS)
        paths = set(map(self._path, self.edits))
        kept = [problem for problem in before if problem.path not in paths]
        fresh = [problem for edit in self.edits.values() for problem in edit.read.problems]
        return tuple(sorted([*kept, *fresh]))

    def _kept(
        self, ground: Ground, warnings: tuple[Problem, ...] | None
    ) -> Iterator[tuple[str, bytes]]:
        yield GROUND, packed_entry(ground)
        if warnings is not None:
            yield WARNINGS, packed_entry(warnings)
        for source, edit in self.edits.items():
            yield portrait_name(source), packed_entry(replace(
                edit.trace, key=edit.read.key, problems=edit.read.problems))
        for sheet in self._sheets:  # whose group will have another key
            yield stretch_name(sheet.number), b""
        for following in self._followings:
            yield feed_name(following.address), packed_entry(following)


def _no_library() -> Library:
    raise NotFollowed


@dataclass(frozen=True)
class _Files:
    """The paths of all files that the site will have."""

    releases: Releases
    specs: Mapping[str, PageSpec]

    def __contains__(self, path: object) -> bool:
        return path in self.specs or self.releases.is_recorded(str(path))


class _Photos(Mapping[str, Photo]):
    """The source pictures, each looked at when something shows it."""

    def __init__(self, following: _Following) -> None:
        self._following = following
        self._known: dict[str, Photo | None] = {}

    def __getitem__(self, file: str) -> Photo:
        if file not in self._known:
            options = self._following.options
            found, _ = photographs(options.content, (file,), self._following.cache)
            self._known[file] = found.get(file)
        photo = self._known[file]
        if photo is None:
            raise KeyError(file)
        return photo

    def __iter__(self) -> Iterator[str]:
        raise NotFollowed

    def __len__(self) -> int:
        raise NotFollowed
