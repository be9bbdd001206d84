"""Stand in a blog that has a theme of its own: Pelican makes the blog, and our pages join it.

    portraits are read and checked          problems: nothing is touched
    Pelican writes the blog                 into an empty folder, as always
        our pages                           in the blog's layout, through Pelican's writer
    what stood in the output folder, and is nobody's of these, is kept
    the folder changes places with the published one

Pelican makes all of a blog each time; so do we here.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader
from markupsafe import Markup
from pelican.contents import Content
from pelican.generators import Generator

import portraits
from portraits.build.releases import PublishingError, Releases
from portraits.build.releases import opened as releases_of
from portraits.build.site import SiteBuild
from portraits.build.trees import STAMP, Tree, stamp_text
from portraits.host.articles import BUILD, Articles, addresses_only
from portraits.host.aside import writing_to
from portraits.images.encode import write_whole
from portraits.model.addresses import file_of
from portraits.options import GUEST
from portraits.series.tables import EditorPageRow
from portraits.support.messages import msg
from portraits.support.problems import Problem, SourceRefused

_PART = "<!--portraits-->"
"""Between the parts of a page that goes into the blog's layout (theme/portraits/base.html)."""
EXCLUDES = ("ARTICLE_EXCLUDES", "PAGE_EXCLUDES", "STATIC_EXCLUDES")
"""Settings that keep Pelican from the folder of the portraits."""
_MANIFESTS = 3
"""Number of releases of which we know which files are ours."""


@dataclass
class PageInBlog:
    """What ``portraits/frame.html`` puts into the blog's layout."""

    lang: Markup
    title: Markup
    content: Markup
    _head: Markup
    _given: bool = field(default=False)

    def head(self) -> Markup:
        """Return what belongs into the head, once: themes have one or more blocks for it."""
        given, self._given = self._given, True
        return Markup("") if given else self._head


class PortraitsInBlog(Generator):  # type: ignore[misc] # Pelican is not typed
    """Gives the blog's templates ``portraits``, and writes our pages."""

    @property
    def _build(self) -> SiteBuild:
        build: SiteBuild = self.settings[BUILD]
        return build

    def generate_context(self) -> None:
        self.articles = Articles(self._build, self.settings, self.context)
        self.context["portraits"] = self.articles
        for article in addresses_only(self._build, self.settings, self.context):
            self.add_source_path(article)

    def generate_output(self, writer: Any) -> None:
        build = self._build
        folder = Path(self.output_path) / f".{GUEST}"
        try:
            outcome = build.make_into(folder)
            self._join(writer, folder, sorted(outcome.paths))
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def texts_of_the_blog(self) -> Iterator[EditorPageRow]:
        """Yield what the portraits may link to: the published articles, pages and files."""
        content = self._build.options.content
        for known in ("generated_content", "static_content"):
            for one in self.context[known].values():
                if not isinstance(one, Content) or getattr(one, "status", "") in ("draft", "skip"):
                    continue
                path = Path(one.source_path)
                if path.is_relative_to(content):
                    yield EditorPageRow(path.relative_to(content).as_posix(), one.url, "", "", "")

    def _join(self, writer: Any, folder: Path, paths: list[str]) -> None:
        """Move our files into the blog, each page in the blog's layout."""
        settings = self._build.options.settings
        clashes = [path for path in paths if (Path(self.output_path) / path).exists()]
        refuse_clashes(clashes, settings.on_clash)
        theirs = set(clashes) if settings.on_clash == "theirs" else set()
        template = self._frame()
        # A writer refuses a second file of the same name, which was decided above.
        fresh = type(writer)(self.output_path, settings=self.settings)
        articles = {file_of(one.url): one for one in self.articles}
        tree = Tree(Path(self.output_path))
        for path in paths:
            if path in theirs:
                continue
            content = (folder / path).read_bytes()
            if not path.endswith(".html"):
                tree.remove(path)
                tree.write(path, content)
                continue
            text = content.decode()
            parts = text.split(_PART, 3)
            if not parts[3:]:  # a redirect, which needs no layout
                tree.remove(path)
                tree.write(path, text.encode())
                continue
            lang, title, head, body = (Markup(part.strip()) for part in parts)  # noqa: S704 - ours
            article = {"article": articles[path]} if path in articles else {}
            fresh.write_file(
                path,
                template,
                self.context,
                self.settings["RELATIVE_URLS"],
                url=path.removesuffix("index.html"),
                portraits_page=PageInBlog(lang, title, body, head),
                **article,
            )

    def _frame(self) -> Any:
        """Return the template that puts a page into the blog's layout."""
        ours = FileSystemLoader(portraits.theme())
        self.env.loader = ChoiceLoader([self.env.loader, ours])
        template = self.env.get_template(f"{GUEST}/frame.html")
        layout = self.env.get_template("base.html")
        if "content" not in layout.blocks and Path(template.filename).is_relative_to(
            portraits.theme()
        ):
            blocks = ", ".join(sorted(layout.blocks)) or msg("host.no_blocks")
            raise SourceRefused(
                [
                    Problem(
                        str(layout.filename),
                        0,
                        "layout",
                        msg("host.layout", blocks=blocks),
                        msg("host.layout_hint", file=template.filename, folder=GUEST),
                    )
                ]
            )
        return template


def _refuse_links_to_nowhere(build: SiteBuild) -> None:
    known = {row.source for row in build.pages or ()}
    problems = [
        Problem(
            f"{build.options.label}/{source}",
            0,
            "broken-link",
            msg("host.broken_link", target=target),
            msg("host.broken_link_hint"),
        )
        for source, target in build.database.connection.execute(
            "SELECT source, target FROM link WHERE target<>'' AND target NOT IN"
            " (SELECT source FROM portrait) AND source IN"
            " (SELECT source FROM portrait WHERE position IS NOT NULL) ORDER BY source, number"
        )
        if target not in known
    ]
    if problems:
        raise SourceRefused(problems)


def refuse_clashes(clashes: list[str], choice: str) -> None:
    """Raise SourceRefused for files that the blog has as well, unless the settings say whose
    count."""
    if clashes and not choice:
        raise SourceRefused(
            [
                Problem(path, 0, "clash", msg("host.clash"), msg("host.clash_hint"))
                for path in clashes
            ]
        )


def know_the_blog(generators: Iterable[Any]) -> None:
    """Tell the build what the portraits may link to. Called when Pelican has read everything."""
    for generator in generators:
        if isinstance(generator, PortraitsInBlog):
            build: SiteBuild = generator.settings[BUILD]
            build.pages = list(generator.texts_of_the_blog())
            _refuse_links_to_nowhere(build)


def join_articles(generator: Any) -> None:
    """Put the portraits among the blog's articles, if the settings ask for it.

    Called when Pelican has read the articles, before it sorts them into lists.
    """
    build: SiteBuild | None = generator.settings.get(BUILD)
    if build is None or not build.options.guest or not build.options.settings.among_articles:
        return
    from pelican.utils import order_content

    settings = build.options.settings
    made = Articles(build, generator.settings, generator.context, listed=True)
    own = [one for one in made if one.lang == settings.lang]
    others = [one for one in made if one.lang != settings.lang]
    generator.articles = order_content(
        [*generator.articles, *own], generator.settings["ARTICLE_ORDER_BY"]
    )
    generator.translations = [*generator.translations, *others]


def run_in_blog(pelican: Any, run: Callable[[], None], build: SiteBuild) -> None:
    """Run Pelican's ``run`` for a blog with portraits; publish both at once.

    Raise SourceRefused or PublishingError; the published site is then unchanged.
    """
    settings, output = pelican.settings, build.options.output
    build.read()
    folder = build.options.settings.folder
    with releases_of(output) as releases:
        former = _Manifest(releases)
        tree = Tree(releases.empty_tree())
        excludes = {key: [*settings[key], folder] for key in EXCLUDES}
        with writing_to(tree.root, pelican, build, excludes):
            run()
        if build.outcome is None:
            raise PublishingError(msg("host.no_pages"))
        files = _files(tree.root)
        _resolve_links(tree.root, files)
        retained = settings["OUTPUT_RETENTION"] if settings["DELETE_OUTPUT_DIRECTORY"] else None
        kept = former.keep_others(tree, retained)
        number = former.next(files & build.outcome.paths)
        tree.write(STAMP, stamp_text(number, build.options.withdrawn.marks))
        build.report = build.report_of(number, len(files) + kept)
        releases.exchange(tree.root)


class _Manifest:
    """Which files of the published release are ours: the others are kept.

    Releases that have no entry were published without a blog: all of their files are ours. What
    stood in the folder before our first release is nobody's of ours.
    """

    def __init__(self, releases: Releases) -> None:
        self._releases = releases
        self._path = releases.work / "blog.json"
        try:
            self._entries: dict[str, list[str]] = json.loads(self._path.read_text("utf-8"))
        except (OSError, ValueError):
            self._entries = {}
        if releases.holds_others():
            self._remember(1, set())
            releases.adopt()
        self._standing = releases.standing()
        self._ours = set(self._entries.get(str(releases.number), self._standing))

    def keep_others(self, tree: Tree, retained: list[str] | None) -> int:
        """Take into ``tree`` what stands in the output folder, is not ours and is not there anew;
        return how many files that is.

        With ``retained``, only files and folders of these names (Pelican's
        ``DELETE_OUTPUT_DIRECTORY`` and ``OUTPUT_RETENTION``).
        """
        kept = 0
        for path in sorted(self._standing - self._ours):
            if retained is not None and path.split("/")[0] not in retained:
                continue
            if not os.path.lexists(tree.root / path):
                with suppress(FileExistsError, NotADirectoryError):  # a page stands there now
                    tree.link(path, str(self._releases.output / path))
                    kept += 1
        return kept

    def next(self, ours: set[str]) -> int:
        """Return the number of the next release, after noting which of its files are ours."""
        number = self._releases.number + 1
        self._remember(number, ours)
        return number

    def _remember(self, number: int, ours: set[str]) -> None:
        kept = sorted(self._entries, key=int)[-_MANIFESTS:]
        self._entries = {one: self._entries[one] for one in kept} | {str(number): sorted(ours)}
        write_whole(self._path, json.dumps(self._entries).encode())


def _files(root: Path) -> set[str]:
    return {
        (Path(folder) / name).relative_to(root).as_posix()
        for folder, _, names in os.walk(root)
        for name in names
    }


def _resolve_links(root: Path, files: Iterable[str]) -> None:
    """Replace the symbolic links of a folder that is about to move (``STATIC_CREATE_LINKS``)."""
    for path in files:
        file = root / path
        if file.is_symlink():
            target = file.resolve()
            file.unlink()
            shutil.copy2(target, file)
