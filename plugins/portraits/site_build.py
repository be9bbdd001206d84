"""One build of the site: read everything, derive, then write.

    read -> check -> (problems: refuse, nothing is touched)
         -> assemble the groups of files, and the specs of every other file
         -> make those whose key is not that of the published ones
         -> verify -> publish by exchange

No page is rendered before every portrait is read and accepted.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import field
from functools import cached_property, partial

from portraits.assets import Asset, theme_assets
from portraits.cache import Cache
from portraits.content_folder import FileRefused, read_regular, unreadable
from portraits.digests import digest
from portraits.images.encode import encode_all
from portraits.inspection import Inspection
from portraits.library import Library, library_of
from portraits.model import Exchange, Portrait
from portraits.options import BuildOptions, relative
from portraits.outline import Outline
from portraits.page_sources import check_pages
from portraits.pages.assembly import Assembly, EditorPage
from portraits.photographs import Photo, Refusal, photographs
from portraits.problems import Problem, SourceRefused, errors
from portraits.publication import Publication, Report
from portraits.questionnaire_file import Questionnaire, read_questionnaire
from portraits.reading import MAX_BYTES, Memory, Progress, Read, Reader, reading_base
from portraits.releases import PublishingError, opened
from portraits.validation import check_library
from portraits.values import dataclass


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
    def _assets(self) -> tuple[Asset, ...]:
        return theme_assets(self.options.theme)

    def publish(self) -> Report:
        """Make what has changed and put the new site in the place of the old one.

        Raises PublishingError; the published site is then what it was.
        """
        from portraits.site_files import SiteFiles, known_groups  # checking needs no pages

        self.veto()
        if self.keep_pages_as:
            self.cache.put(self.keep_pages_as, self._pages, "pages")
            self.cache.commit()
        os.umask(0o022)
        files = SiteFiles(self.options, self._assembly, self._assets, self.cache, self._reads,
                          self._extra, self.progress)
        publication = Publication(
            self.options.settings.base_path, self.options.processes, self.options.durable,
            partial(self._encode, self._assembly), self.progress)
        with opened(self.options.output, inspection=self.inspection,
                    durable=self.options.durable) as releases:
            files.derive()
            standing = releases.files()
            stale = publication.stale_groups(files.groups, standing, known_groups(releases))
            published = publication.publish(
                releases, files.specs, standing, files.paths,
                releases.recorded() - files.paths, stale)
            if not self._extra:
                files.keep_trace(releases, published, self.reader.base, self.warnings, self._warned)
        library = self._assembly.library
        return Report(
            portraits=len(library.portraits), waiting=library.unpublished,
            warnings=self.warnings, written=published.written, removed=published.removed,
            files=len(files.paths), release=published.release, notices=tuple(self.cache.notices))

    def _encode(self, assembly: Assembly, wanted: frozenset[str]) -> None:
        """Encode what pictures the wanted files need, one process a photo."""
        from portraits.pages.picture_pages import encode_jobs

        jobs = encode_jobs(assembly, wanted)
        progress = self.progress or (lambda what, done, total: None)
        refused = encode_all(jobs, self.options.cache / "images", self.options.processes,
                             lambda done, total: progress("photos", done, total)) if jobs else ()
        if refused:
            raise PublishingError("\n".join(map(str, refused)))
