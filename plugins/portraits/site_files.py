"""Every file that a whole build gives the site, and what is kept of it for the next build.

    files = groups: those of each portrait, those of each stretch of questions
          + one spec each: lists, feeds, what says something of the whole series
          + what other plugins write
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence, Set
from functools import cached_property, partial

from portraits import addresses
from portraits.assets import Asset
from portraits.cache import Cache, code_version
from portraits.digests import digest
from portraits.feeds.kept import Following
from portraits.groups import groups
from portraits.options import BuildOptions
from portraits.output_paths import misplaced
from portraits.pages.assembly import Assembly
from portraits.pages.feed_pages import followings
from portraits.pages.numbers_pages import Numbers, numbers_of
from portraits.pages.question_pages import Sheet, sheets
from portraits.pages.site import series_files
from portraits.pages.spec import Group, PageSpec
from portraits.problems import Problem
from portraits.publication import Published
from portraits.reading import Progress, Read
from portraits.releases import PublishingError, Releases
from portraits.trace import GROUND, Ground, entries_of_series, sheet_name, unpacked_entry
from portraits.values import dataclass


@dataclass(frozen=True)
class SiteFiles:
    """The files of one build. Ask for anything once :meth:`derive` is done."""

    options: BuildOptions
    assembly: Assembly
    assets: tuple[Asset, ...]
    cache: Cache
    reads: Mapping[str, Read]
    """How each portrait was read, by source."""
    extra: Mapping[str, bytes]
    """Address and content of the files of other plugins. What is ours stays ours."""
    progress: Progress | None = None

    def derive(self) -> None:
        """Derive from the whole series all that its files look at, and say how far that has come.

        Raises PublishingError when the files cannot stand together.
        """
        assembly = self.assembly
        steps: tuple[Callable[[], object], ...] = (
            lambda: assembly.questions, lambda: assembly.directory, lambda: assembly.related,
            lambda: assembly.graph, lambda: self._sheets, lambda: self._numbers,
            lambda: self._followings, lambda: self.groups, lambda: self.paths)
        for done, step in enumerate(steps):
            if self.progress:
                self.progress("préparation", done, len(steps))
            step()

    @cached_property
    def groups(self) -> Sequence[Group]:
        """Every group of files."""
        carried: dict[str, list[str]] = defaultdict(list)
        for following in self._followings:
            for source in dict.fromkeys(key[0] for key in following.entries):
                carried[source].append(following.address)
        return tuple(groups(self.assembly, self.reads, self._sheets, carried))

    @property
    def specs(self) -> Mapping[str, PageSpec]:
        """The spec of every file that is in no group, by path."""
        return self._specs_and_twice[0]

    @cached_property
    def paths(self) -> Set[str]:
        """The paths of all files."""
        specs, twice = self._specs_and_twice
        counted = Counter(path for group in self.groups for path in group.paths)
        twice = [*twice, *(path for path, count in counted.items() if count > 1 or path in specs)]
        paths = counted.keys() | specs.keys()
        if faults := misplaced(paths, twice):
            raise PublishingError("\n".join(faults))
        return paths

    @cached_property
    def _specs_and_twice(self) -> tuple[Mapping[str, PageSpec], Sequence[str]]:
        """The specs, and the paths that two different files were given."""
        specs: dict[str, PageSpec] = {}
        twice = []
        for spec in series_files(self.assembly, self.options, self.assets, self.cache,
                                 self._sheets, self._numbers, self._followings, self.progress):
            path = addresses.file_of(spec.address)
            if specs.setdefault(path, spec).key != spec.key:
                twice.append(path)
        for address, content in self.extra.items():
            spec = PageSpec(address, digest(content), partial(bytes, content))
            specs.setdefault(addresses.file_of(address), spec)
        return specs, twice

    @cached_property
    def _sheets(self) -> Sequence[Sheet]:
        return tuple(sheets(self.assembly))

    @cached_property
    def _followings(self) -> Sequence[Following]:
        return tuple(followings(self.assembly))

    @cached_property
    def _numbers(self) -> Numbers:
        return numbers_of(self.assembly)

    def keep_trace(
        self, releases: Releases, published: Published, reading_base: bytes,
        warnings: tuple[Problem, ...], warned: frozenset[str],
    ) -> None:
        """Keep with the release what the next build starts from. ``warned`` are the paths of the
        files that ``warnings`` about the whole series are about."""
        assembly = self.assembly
        library = assembly.library
        ground = Ground(
            release=published.release, code=code_version(), today=self.options.today,
            drafts=self.options.drafts, reading_base=reading_base, base=assembly.base,
            questionnaire=library.questionnaire, sites=assembly.sites,
            editor_pages=assembly.editor_pages, fonts=assembly.fonts,
            previewed=assembly.previewed, with_page=assembly.with_page, numbers=self._numbers,
            warned=warned, portraits=len(library.portraits), waiting=library.unpublished,
            files=len(self.paths))
        hidden = [(outline.source, self.reads[outline.source]) for outline in library.unpublished]
        entries = dict(entries_of_series(ground, warnings, self._followings, hidden))
        names = {*(group.name for group in self.groups),
                 *(sheet_name(sheet.address) for sheet in self._sheets)}
        releases.keep_trace(
            {**entries, **dict.fromkeys(published.groups, b""), **published.kept},
            published.groups, others=names)


def known_groups(releases: Releases) -> Mapping[str, bytes]:
    """The keys of the groups that were published, by name; none where what is kept is not what is
    published, as after a build that was killed between the two."""
    ground = unpacked_entry(releases.trace(GROUND))
    if isinstance(ground, Ground) and ground.release == releases.number:
        return releases.trace_keys()
    return {}
