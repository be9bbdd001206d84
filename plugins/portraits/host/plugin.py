"""Connect the plugin to Pelican's signals, with short handlers that delegate.

Handlers are functions of this module: Pelican holds its receivers weakly, so a closure would be
garbage collected and never called.
"""

from __future__ import annotations

import logging
from typing import Any

from pelican import signals

from portraits.build.releases import PublishingError
from portraits.build.site import BuildReport, SiteBuild
from portraits.checks.pages import check_pages
from portraits.host.adapter import (
    BUILD,
    PELICAN_MAKES_NONE_OF_THESE,
    Complaints,
    PortraitsGenerator,
    TreeWriter,
    editor_pages,
)
from portraits.options import options_from
from portraits.support.problems import SourceRefused, errors


class PelicanBuild(SiteBuild):
    """A build run by plain ``pelican``: on an error it exits with a message instead of a
    traceback."""

    def read(self) -> None:
        try:
            super().read()
        except SourceRefused as refused:
            raise SystemExit(str(refused)) from None

    def publish(self) -> BuildReport:
        try:
            return super().publish()
        except (SourceRefused, PublishingError) as refused:
            raise SystemExit(str(refused)) from None


def connect() -> None:
    """Connect every handler."""
    signals.initialized.connect(prepare)
    signals.get_generators.connect(generators)
    signals.get_writer.connect(writer)
    signals.page_generator_finalized.connect(take_pages)
    signals.finalized.connect(publish)


def prepare(pelican: Any) -> None:
    """Configure the build and turn off what Pelican must not do. Called before anything is read."""
    pelican.settings.update(PELICAN_MAKES_NONE_OF_THESE)
    pelican.delete_outputdir = False
    # `pelican -r` calls this for each rebuild with the same settings: start a new build.
    if BUILD not in pelican.settings or pelican.settings[BUILD].report:
        pelican.settings[BUILD] = PelicanBuild(options_from(pelican.settings))
    options = pelican.settings[BUILD].options
    if errors(check_pages(options.content, options.label)):
        pelican.settings["PAGE_PATHS"] = []  # do not let Pelican open them; the build reports why
    complaints = Complaints()
    logging.getLogger("pelican").addHandler(complaints)
    pelican.settings[BUILD].veto = complaints.raise_if_any


def generators(pelican: Any) -> type[PortraitsGenerator]:
    return PortraitsGenerator


def writer(pelican: Any) -> type[TreeWriter]:
    return TreeWriter


def take_pages(generator: Any) -> None:
    """Hand the editor's own pages to the build. Called when Pelican has read them."""
    build: SiteBuild = generator.settings[BUILD]
    generator.context["static_links"].clear()  # Pelican would copy them into the published site
    build.pages = editor_pages([*generator.pages, *generator.translations], build.options)


def publish(pelican: Any) -> None:
    """Publish the site. Called when every generator has finished."""
    build: SiteBuild = pelican.settings[BUILD]
    build.publish()
    build.close()
