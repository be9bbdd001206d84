"""Connect the plugin to Pelican's signals, with short handlers that delegate.

Handlers are functions of this module: Pelican holds its receivers weakly, so a closure would be
garbage collected and never called. What comes before and after everything that Pelican and other
plugins do stands around its public method ``run``: signals have no order.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from pelican import parse_arguments, signals

from portraits.build.releases import PublishingError
from portraits.build.site import SiteBuild
from portraits.host.adapter import (
    PELICAN_MAKES_NONE_OF_THESE,
    PortraitsGenerator,
    count_portraits,
    run_alone,
    take_pages,
)
from portraits.host.articles import BUILD
from portraits.host.guest import (
    EXCLUDES,
    PortraitsInBlog,
    join_articles,
    know_the_blog,
    run_in_blog,
)
from portraits.options import options_from
from portraits.support.problems import SourceRefused


def connect() -> None:
    """Connect every handler."""
    signals.initialized.connect(prepare)
    signals.get_generators.connect(generators)
    signals.article_generator_pretaxonomy.connect(join_articles)
    signals.all_generators_finalized.connect(know_the_blog)
    signals.page_generator_finalized.connect(take_pages)
    signals.article_writer_finalized.connect(count_portraits)


def prepare(pelican: Any) -> None:
    """Take Pelican's ``run`` into our hands. Called before anything is read."""
    build: SiteBuild | None = pelican.settings.pop(BUILD, None)
    if build and build.others_write_to:
        _run_inside(pelican, build, build.others_write_to)
        return
    options = build.options if build else _options(pelican.settings)
    run = run_in_blog if options.guest else run_alone
    if not options.guest:
        pelican.settings.update(PELICAN_MAKES_NONE_OF_THESE)
        pelican.delete_outputdir = False
    if build:
        pelican.run = partial(run, pelican, pelican.run, build)
    else:
        pelican.run = partial(_run, pelican, partial(run, pelican, pelican.run))


def _options(settings: Any) -> Any:
    try:
        return options_from(settings)
    except SourceRefused as refused:
        raise SystemExit(str(refused)) from None


def _run(pelican: Any, run: Callable[[SiteBuild], None]) -> None:
    """Build once for the command ``pelican``: a refusal is a message and a status, and never a
    traceback.

    ``pelican --autoreload`` calls this after each edit, with the same settings; a refusal is then
    told, and the next edit awaited.
    """
    try:
        with SiteBuild(options_from(pelican.settings)) as build:
            run(build)
    except (SourceRefused, PublishingError) as refused:
        if not _is_watching():
            raise SystemExit(str(refused)) from None
        print(refused, file=sys.stderr, flush=True)


def _is_watching() -> bool:
    """Return whether this process is ``pelican --autoreload``."""
    if Path(sys.argv[0]).stem not in ("pelican", "__main__"):
        return False
    try:
        return bool(parse_arguments().autoreload)
    except SystemExit:  # not Pelican's own arguments
        return False


def _run_inside(pelican: Any, build: SiteBuild, folder: Path) -> None:
    """Prepare a Pelican that a plugin runs inside another one, for a site below the first.

    It writes to where the other one writes, and has no portraits.
    """
    settings, portraits = pelican.settings, build.options.settings.folder
    output = Path(settings["OUTPUT_PATH"])
    if output.is_relative_to(build.options.output):
        settings["OUTPUT_PATH"] = str(folder / output.relative_to(build.options.output))
        pelican.output_path = settings["OUTPUT_PATH"]
    for key in EXCLUDES:
        if portraits not in settings[key]:
            settings[key] = [*settings[key], portraits]


def generators(pelican: Any) -> type[PortraitsGenerator] | type[PortraitsInBlog] | None:
    """Return our generator; None for a site inside another one."""
    build: SiteBuild | None = pelican.settings.get(BUILD)
    if build is None:
        return None
    return PortraitsInBlog if build.options.guest else PortraitsGenerator
