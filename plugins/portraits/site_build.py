"""One build of the site: read everything, derive, then write.

    read -> check -> (problems: refuse, nothing is touched)
         -> assemble the specs of every file
         -> make those whose key is not that of the published file
         -> verify -> publish by exchange

No page is rendered before every portrait is read and accepted.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property, partial

from portraits import addresses
from portraits.assets import Asset, theme_assets
from portraits.cache import Cache
from portraits.content_folder import FileRefused, read_regular, unreadable
from portraits.digests import digest
from portraits.images.encode import encode_all
from portraits.library import Library, library_of
from portraits.model import Exchange, Portrait
from portraits.options import BuildOptions, relative
from portraits.outline import Asked, Outline
from portraits.output_paths import misplaced
from portraits.page_sources import check_pages
from portraits.pages.assembly import Assembly, EditorPage
from portraits.pages.spec import PageSpec
from portraits.photographs import Photo, Refusal, photographs
from portraits.problems import Problem, SourceRefused, errors
from portraits.questionnaire_file import Questionnaire, read_questionnaire
from portraits.reading import MAX_BYTES, Memory, Progress, Read, Reader
from portraits.releases import FileRecord, PublishingError, Releases, Tree, opened
from portraits.series_state import FACT, SeriesState, edited, state_of, unpacked
from portraits.validation import check_library
from portraits.verification import broken_links, malformed
from portraits.workers import forked

_PARALLEL_FROM = 24


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did."""

    portraits: int
    waiting: tuple[Outline, ...]
    """Portraits that are kept back: drafts, hidden, and dates to come."""
    warnings: tuple[Problem, ...]
    written: tuple[str, ...]
    removed: tuple[str, ...]
    files: int
    release: int
    notices: tuple[str, ...] = ()


@dataclass
class SiteBuild:
    """A build under way. Steps in order: :meth:`read`, :meth:`add_pages`, :meth:`publish`."""

    options: BuildOptions
    progress: Progress | None = None
    memory: Memory = field(default_factory=Memory)
    """What earlier builds of this process have read."""
    keep_pages_as: bytes = b""
    """Cache key for the editor's pages, once Pelican has read them; empty to keep none."""
    _stack: ExitStack = field(default_factory=ExitStack)
    _extra: dict[str, bytes] = field(default_factory=dict)
    _pages: tuple[EditorPage, ...] = ()
    _reads: Mapping[str, Read] = field(default_factory=dict)
    _library: Library | None = None
    _photos: Mapping[str, Photo] = field(default_factory=dict)
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
        return Reader(self.options.content, self.options.label, self.options.settings,
                      questionnaire, questionnaire_digest, self.cache, self.options.processes,
                      self.memory)

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
        found += check_library(library, label=options.label, pages=pages, refusals=refusals,
                               lang=options.settings.lang, content=options.content)
        self._library = library
        return library, found

    def portrait(self, outline: Outline) -> Portrait:
        """The whole portrait of an outline of the library."""
        return self.reader.portrait(outline.source, self._reads[outline.source].key)

    def exchange(self, outline: Outline, asked: Asked) -> Exchange:
        """One question of a portrait with its answer, without reading the rest."""
        key = self._reads[outline.source].key
        return self.reader.exchange(outline.source, key, outline.asked.index(asked))

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
    def _assets(self) -> tuple[Asset, ...]:
        return theme_assets(self.options.theme)

    def publish(self) -> Report:
        """Make what has changed and put the new site in the place of the old one.

        Raises PublishingError; the published site is then what it was.
        """
        self.veto()
        if self.keep_pages_as:
            self.cache.put(self.keep_pages_as, self._pages)
            self.cache.commit()
        os.umask(0o022)
        assembly = self._assembly
        with opened(self.options.output) as releases:
            standing = releases.files()
            work = self._edits(releases, standing) or self._everything()
            return self._publish(releases, standing, assembly, *work)

    def _everything(self) -> tuple[Mapping[str, PageSpec], frozenset[str]]:
        """The spec of every file, by path; and that no file is kept without one."""
        from portraits.pages.site import all_pages

        specs: dict[str, PageSpec] = {}
        twice = []
        for spec in all_pages(self._assembly, self.options, self._assets, self.cache):
            path = addresses.file_of(spec.address)
            if specs.setdefault(path, spec).key != spec.key:
                twice.append(path)
        for address, content in self._extra.items():
            spec = PageSpec(address, digest(content), partial(bytes, content))
            specs.setdefault(addresses.file_of(address), spec)
        if faults := misplaced(specs.keys(), twice):
            raise PublishingError("\n".join(faults))
        return specs, frozenset()

    def _edits(
        self, releases: Releases, standing: Mapping[str, FileRecord]
    ) -> tuple[Mapping[str, PageSpec], frozenset[str]] | None:
        """The specs of the files that an edit can have changed, and the paths that stay as
        they are; None when more than texts was edited, or the site was tampered with."""
        from portraits.pages.site import pages_of_edits

        if self._extra or standing.keys() != releases.recorded():
            return None
        sources = edited(unpacked(releases.fact(FACT)), self._state(releases.number))
        if sources is None:
            return None
        pages = pages_of_edits(self._assembly, self.options, self.cache, sources)
        specs = {addresses.file_of(spec.address): spec for spec in pages}
        return specs, frozenset(
            path for path in standing if not path.startswith(addresses.SEARCH_INDEX))

    def _state(self, release: int) -> SeriesState:
        from portraits.pages.site import base_of

        assembly = self._assembly
        return state_of(assembly.library, base_of(assembly, self.options), release)

    def _publish(
        self, releases: Releases, standing: Mapping[str, FileRecord], assembly: Assembly,
        specs: Mapping[str, PageSpec], kept: frozenset[str],
    ) -> Report:
        expected = specs.keys() | kept
        stale = [path for path, spec in specs.items()
                 if path not in standing or standing[path].key != spec.key]
        gone = sorted(releases.recorded() - expected)
        written: dict[str, FileRecord] = {}
        rekeyed: dict[str, bytes] = {}
        number = releases.number
        if stale or gone or not number:
            self._encode(assembly, frozenset(stale))
            tree = releases.begin()
            for path, record, fresh in self._made(tree, specs, expected, stale, standing):
                if fresh:
                    written[path] = record
                else:
                    rekeyed[path] = record.key
            for path in gone:
                tree.remove(path)
            if written or gone or not number:
                number = releases.publish(tree, written, gone, durable=self.options.durable)
            releases.rekey(rekeyed)
        if not self._extra:
            releases.remember(FACT, self._state(number).packed())
        library = assembly.library
        return Report(
            portraits=len(library.portraits), waiting=library.unpublished,
            warnings=self.warnings, written=tuple(sorted(written)), removed=tuple(gone),
            files=len(expected), release=number, notices=tuple(self.cache.notices))

    def _encode(self, assembly: Assembly, wanted: frozenset[str]) -> None:
        """Encode what pictures the wanted files need, one process a photo."""
        from portraits.pages.picture_pages import encode_jobs

        jobs = encode_jobs(assembly, wanted)
        progress = self.progress or (lambda what, done, total: None)
        refused = encode_all(jobs, self.options.cache / "images", self.options.processes,
                             lambda done, total: progress("photos", done, total)) if jobs else ()
        if refused:
            raise PublishingError("\n".join(map(str, refused)))

    def _made(
        self, tree: Tree, specs: Mapping[str, PageSpec], expected: Set[str], stale: Sequence[str],
        standing: Mapping[str, FileRecord],
    ) -> Iterator[tuple[str, FileRecord, bool]]:
        """Make the stale files in ``tree``: path, record, and whether its bytes are new."""
        work = _Work(tree, specs, expected, standing, self.options.settings.base_path)
        ordered = sorted(stale, key=lambda path: (not specs[path].heavy, specs[path].near, path))
        heavy = sum(specs[path].heavy for path in stale)
        if self.options.processes < 2 or (len(stale) < _PARALLEL_FROM and heavy < 2):
            outcomes: Iterator[_Outcome] = map(work.make, ordered)
            yield from self._counted(outcomes, len(stale))
            return
        global _work
        _work = work
        chunk = 1 if heavy > len(stale) // 4 else 16
        with forked(self.options.processes) as pool:
            outcomes = pool.imap_unordered(_make_in_worker, ordered, chunksize=chunk)
            yield from self._counted(outcomes, len(stale))
        _work = None

    def _counted(
        self, outcomes: Iterator[_Outcome], total: int
    ) -> Iterator[tuple[str, FileRecord, bool]]:
        broken: list[str] = []
        for number, outcome in enumerate(outcomes, 1):
            broken += outcome.broken
            if self.progress:
                self.progress("pages", number, total)
            yield outcome.path, outcome.record, outcome.fresh
        if broken:
            raise PublishingError("des pages ne sont pas bonnes à publier :\n  "
                                  + "\n  ".join(sorted(broken)[:20]))


@dataclass(frozen=True, slots=True)
class _Outcome:
    path: str
    record: FileRecord
    fresh: bool
    broken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Work:
    """Makes single files of a build, in whichever process."""

    tree: Tree
    specs: Mapping[str, PageSpec]
    expected: Set[str]
    """Path of every file that the site will have."""
    standing: Mapping[str, FileRecord]
    base_path: str

    def make(self, path: str) -> _Outcome:
        spec = self.specs[path]
        content = spec.make()
        known = self.standing.get(path)
        made = digest(content)
        if known and known.digest == made:
            return _Outcome(path, FileRecord(spec.key, made, known.size, known.mtime_ns), False, ())
        faults = [malformed(path, content)]
        if path.endswith(".html"):
            faults += broken_links(content, self.expected, self.base_path)
        broken = tuple(f"{path} : {fault}" for fault in faults if fault)
        size, mtime_ns = self.tree.write(path, content)
        return _Outcome(path, FileRecord(spec.key, made, size, mtime_ns), True, broken)


_work: _Work | None = None


def _make_in_worker(path: str) -> _Outcome:
    assert _work is not None  # noqa: S101 - set before the fork
    return _work.make(path)
