"""One build of the site: read everything, derive, then write.

    read -> check -> (problems: refuse, nothing is touched)
         -> assemble the groups of files, and the specs of every other file
         -> make those whose key is not that of the published ones
         -> verify -> publish by exchange

No page is rendered before every portrait is read and accepted.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence, Set
from contextlib import ExitStack
from dataclasses import field
from functools import cached_property, partial
from typing import TYPE_CHECKING

from portraits import addresses
from portraits.assets import Asset, theme_assets
from portraits.cache import Cache, code_version
from portraits.content_folder import FileRefused, read_regular, unreadable
from portraits.digests import digest
from portraits.images.encode import encode_all
from portraits.inspection import Inspection
from portraits.library import Library, library_of
from portraits.model import Exchange, Portrait
from portraits.options import BuildOptions, relative
from portraits.outline import Outline
from portraits.output_paths import misplaced
from portraits.page_sources import check_pages
from portraits.pages.assembly import Assembly, EditorPage
from portraits.pages.spec import Group, PageSpec
from portraits.photographs import Photo, Refusal, photographs
from portraits.problems import Problem, SourceRefused, errors
from portraits.publication import Publication, Published, Report
from portraits.questionnaire_file import Questionnaire, read_questionnaire
from portraits.reading import MAX_BYTES, Memory, Progress, Read, Reader, reading_base
from portraits.releases import PublishingError, Releases, opened
from portraits.validation import check_library
from portraits.values import dataclass

if TYPE_CHECKING:
    from portraits.feeds.kept import Following
    from portraits.pages.numbers_pages import Numbers
    from portraits.pages.question_pages import Sheet


@dataclass
class SiteBuild:
    """A build under way. Steps in order: :meth:`read`, :meth:`add_pages`, :meth:`publish`."""

    options: BuildOptions
    progress: Progress | None = None
    memory: Memory = field(default_factory=Memory)
    """What earlier builds of this process have read."""
    keep_pages_as: bytes = b""
    """Cache key for the editor's pages, once Pelican has read them; empty to keep none."""
    inspection: Inspection | None = None
    """A look at the published files that is under way."""
    _stack: ExitStack = field(default_factory=ExitStack)
    _extra: dict[str, bytes] = field(default_factory=dict)
    _twice: list[str] = field(default_factory=list)
    """Paths that two different files were given."""
    _pages: tuple[EditorPage, ...] = ()
    _reads: Mapping[str, Read] = field(default_factory=dict)
    _library: Library | None = None
    _photos: Mapping[str, Photo] = field(default_factory=dict)
    _warned: frozenset[str] = frozenset()
    """Paths of the files that problems of the whole series are about."""
    warnings: tuple[Problem, ...] = ()
    veto: Callable[[], None] = lambda: None
    """Raises SourceRefused when something besides the portraits forbids to publish."""
    report: Report | None = None
    """What was published, once it is."""

    # -- reading

    @cached_property
    def cache(self) -> Cache:
        return self._stack.enter_context(Cache(self.options.cache / "portraits.sqlite"))

    def close(self) -> None:
        """Write the cache. Call it whatever happened."""
        self._stack.close()

    @cached_property
    def _questionnaire(self) -> tuple[Questionnaire, tuple[Problem, ...], bytes]:
        path = self.options.content / self.options.settings.questionnaire
        label = relative(path, self.options.root)
        try:
            raw = read_regular(path, MAX_BYTES + 1)
        except FileNotFoundError:
            return Questionnaire(), (), b""
        except FileRefused as refused:
            return Questionnaire(), (
                Problem(label, 0, "not-a-file", refused.message, refused.hint),), b""
        except OSError as error:
            return Questionnaire(), (Problem(label, 0, "unreadable", *unreadable(error)),), b""
        questionnaire, problems = read_questionnaire(label, raw)
        return questionnaire, problems, digest(raw)

    @cached_property
    def reader(self) -> Reader:
        questionnaire, _, questionnaire_digest = self._questionnaire
        options = self.options
        base = reading_base(options.settings, questionnaire_digest, options.label)
        return Reader(options.content, options.label, options.settings, questionnaire, base,
                      self.cache, options.processes, self.memory)

    def read(self, pages: Sequence[str] = ()) -> Library:
        """Every portrait, checked. ``pages`` are the sources of the editor's own pages.

        Raises SourceRefused with every problem of every file.
        """
        library, problems = self.examine(pages)
        if errors(problems):
            raise SourceRefused(problems)
        self.warnings = tuple(sorted(problems))
        self.cache.commit()
        return library

    def examine(self, pages: Sequence[str] = ()) -> tuple[Library, list[Problem]]:
        """The library as far as it can be read, and every problem of every file."""
        options = self.options
        questionnaire, problems, _ = self._questionnaire
        reads, unopened = self.reader.read(self.progress)
        outlines = [read.outline for read in reads if read.outline]
        self._reads = {read.outline.source: read for read in reads if read.outline}
        found = [*check_pages(options.content, options.label), *problems, *unopened]
        found += [problem for read in reads for problem in read.problems]
        library = library_of(outlines, today=options.today, questionnaire=questionnaire,
                             drafts=options.drafts)
        refusals: Mapping[str, Refusal] = {}
        if options.settings.pictures:
            files = [file for outline in library.portraits for file, _ in outline.images]
            self._photos, refusals = photographs(
                options.content, files, self.cache, processes=options.processes,
                progress=self.progress)
        of_series = check_library(library, label=options.label, pages=pages, refusals=refusals,
                                  lang=options.settings.lang, content=options.content)
        self._warned = frozenset(problem.path for problem in of_series)
        found += of_series
        self._library = library
        return library, found

    def portrait(self, outline: Outline) -> Portrait:
        """The whole portrait of an outline of the library."""
        return self.reader.portrait(outline.source, self._reads[outline.source].key)

    def exchange(self, outline: Outline, position: int) -> Exchange:
        """One question of a portrait with its answer, without reading the rest."""
        return self.reader.exchange(outline.source, self._reads[outline.source].key, position)

    def portrait_and_content(self, outline: Outline) -> tuple[Portrait, str]:
        """A portrait and its body as HTML, as the page shows it."""
        from portraits.pages.fragments import Filling

        portrait = self.portrait(outline)
        return portrait, Filling(self._assembly, outline).content

    # -- what others add

    def add_pages(self, pages: Sequence[EditorPage]) -> None:
        """The editor's own pages, as Pelican read them."""
        self._pages = tuple(sorted(pages, key=lambda page: page.slug))

    def add_file(self, address: str, content: bytes) -> None:
        """A file that another plugin writes. What is ours stays ours."""
        self._extra[address] = content

    # -- writing

    @cached_property
    def _assembly(self) -> Assembly:
        from portraits.pages.site import assembly_of

        assert self._library is not None  # noqa: S101 - read() comes first
        return assembly_of(self.options, self._library, self._photos, self._pages,
                           self.portrait, self.exchange, self._assets)

    @cached_property
    def _sheets(self) -> Sequence[Sheet]:
        from portraits.pages.question_pages import sheets

        return tuple(sheets(self._assembly))

    @cached_property
    def _followings(self) -> Sequence[Following]:
        from portraits.pages.feed_pages import followings

        return tuple(followings(self._assembly))

    @cached_property
    def _numbers(self) -> Numbers:
        from portraits.pages.numbers_pages import numbers_of

        return numbers_of(self._assembly)

    @cached_property
    def _assets(self) -> tuple[Asset, ...]:
        return theme_assets(self.options.theme)

    def publish(self) -> Report:
        """Make what has changed and put the new site in the place of the old one.

        Raises PublishingError; the published site is then what it was.
        """
        self.veto()
        if self.keep_pages_as:
            self.cache.put(self.keep_pages_as, self._pages, "pages")
            self.cache.commit()
        os.umask(0o022)
        assembly = self._assembly
        progress = self.progress
        publication = Publication(
            self.options.settings.base_path, self.options.processes, self.options.durable,
            partial(self._encode, assembly), progress)
        with opened(self.options.output, inspection=self.inspection,
                    durable=self.options.durable) as releases:
            self._derive()
            specs = self._specs()
            paths = self._paths(specs)
            standing = releases.files()
            stale = publication.stale_groups(self._groups, standing, self._known(releases))
            published = publication.publish(
                releases, specs, standing, paths, releases.recorded() - paths, stale)
            if not self._extra:
                self._keep_trace(releases, published, len(paths))
        library = assembly.library
        return Report(
            portraits=len(library.portraits), waiting=library.unpublished,
            warnings=self.warnings, written=published.written, removed=published.removed,
            files=len(paths), release=published.release, notices=tuple(self.cache.notices))

    def _derive(self) -> None:
        """Derive from the whole series what all files look at, and say how far that has come."""
        assembly = self._assembly
        steps: tuple[Callable[[], object], ...] = (
            lambda: assembly.questions, lambda: assembly.directory, lambda: assembly.related,
            lambda: assembly.graph, lambda: self._sheets, lambda: self._numbers,
            lambda: self._followings, lambda: self._groups)
        for done, step in enumerate(steps):
            if self.progress:
                self.progress("préparation", done, len(steps))
            step()

    def _specs(self) -> Mapping[str, PageSpec]:
        """The spec of every file that is in no group, by path."""
        from portraits.pages.site import series_files

        specs: dict[str, PageSpec] = {}
        for spec in series_files(self._assembly, self.options, self._assets, self.cache,
                                 self._sheets, self._numbers, self._followings, self.progress):
            path = addresses.file_of(spec.address)
            if specs.setdefault(path, spec).key != spec.key:
                self._twice.append(path)
        for address, content in self._extra.items():
            spec = PageSpec(address, digest(content), partial(bytes, content))
            specs.setdefault(addresses.file_of(address), spec)
        return specs

    @cached_property
    def _groups(self) -> Sequence[Group]:
        from portraits.groups import groups

        carried: dict[str, list[str]] = defaultdict(list)
        for following in self._followings:
            for source in dict.fromkeys(key[0] for key in following.entries):
                carried[source].append(following.address)
        return tuple(groups(self._assembly, self._reads, self._sheets, carried))

    def _paths(self, specs: Mapping[str, PageSpec]) -> Set[str]:
        """The paths of all files. Raises PublishingError when they cannot stand together."""
        ours = [path for group in self._groups for path in group.paths]
        counted = Counter(ours)
        twice = [path for path, count in counted.items() if count > 1 or path in specs]
        paths = counted.keys() | specs.keys()
        if faults := misplaced(paths, (*self._twice, *twice)):
            raise PublishingError("\n".join(faults))
        return paths

    def _known(self, releases: Releases) -> Mapping[str, bytes]:
        """The keys of the groups that were published, by name."""
        from portraits.trace import GROUND, Ground, unpacked_entry

        ground = unpacked_entry(releases.trace(GROUND))
        if isinstance(ground, Ground) and ground.release == releases.number:
            return releases.trace_keys()
        return {}

    def _keep_trace(self, releases: Releases, published: Published, files: int) -> None:
        """Keep with the release what the next build starts from."""
        from portraits.trace import Ground, entries_of_series, sheet_name

        assembly = self._assembly
        library = assembly.library
        ground = Ground(
            release=published.release, code=code_version(), today=self.options.today,
            drafts=self.options.drafts, reading_base=self.reader.base, base=assembly.base,
            questionnaire=library.questionnaire, sites=assembly.sites,
            editor_pages=assembly.editor_pages, fonts=assembly.fonts,
            previewed=assembly.previewed, with_page=assembly.with_page,
            numbers=self._numbers,
            warned=self._warned, portraits=len(library.portraits), waiting=library.unpublished,
            files=files)
        hidden = [(outline.source, self._reads[outline.source]) for outline in library.unpublished]
        entries = dict(entries_of_series(ground, self.warnings, self._followings, hidden))
        names = {*(group.name for group in self._groups),
                 *(sheet_name(sheet.address) for sheet in self._sheets)}
        releases.keep_trace(
            {**entries, **dict.fromkeys(published.groups, b""), **published.kept},
            published.groups, others=names)

    def _encode(self, assembly: Assembly, wanted: frozenset[str]) -> None:
        """Encode what pictures the wanted files need, one process a photo."""
        from portraits.pages.picture_pages import encode_jobs

        jobs = encode_jobs(assembly, wanted)
        progress = self.progress or (lambda what, done, total: None)
        refused = encode_all(jobs, self.options.cache / "images", self.options.processes,
                             lambda done, total: progress("photos", done, total)) if jobs else ()
        if refused:
            raise PublishingError("\n".join(map(str, refused)))
