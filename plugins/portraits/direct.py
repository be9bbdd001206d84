"""A build that does not start Pelican, because nothing that Pelican does is needed.

Pelican reads the editor's own pages and runs other people's plugins. Where there are no such
plugins, and the pages were read before under the same settings, what it would say is known;
starting it costs more than everything else in the build of an edit.
"""

from __future__ import annotations

import importlib.metadata
from pathlib import Path

from portraits.cache import code_version
from portraits.digests import digest
from portraits.environment import faults_told
from portraits.inputs import Asked, Settled, is_alone
from portraits.inspection import Inspection
from portraits.options import BuildOptions, options_from
from portraits.page_sources import page_sources
from portraits.publication import Report
from portraits.reading import Progress
from portraits.site_build import SiteBuild


def pages_key(settled: Settled, content: Path) -> bytes:
    """Key under which the editor's pages are kept once Pelican has read them."""
    pages = page_sources(content)
    return digest(code_version(), importlib.metadata.version("pelican"), repr(settled),
                  *(part for page in pages for part in (page, (content / page).read_bytes())))


def build_directly(
    asked: Asked, settled: Settled, processes: int, progress: Progress | None = None, *,
    inspection: Inspection | None = None,
) -> tuple[Report, BuildOptions] | None:
    """Build and publish the site, or None where Pelican is needed.

    Raises SourceRefused and PublishingError as :func:`portraits.build.build` does.
    """
    if not is_alone(settled.values):
        return None
    options = options_from(
        settled.values, content=asked.content, output=asked.output, now=asked.now,
        drafts=asked.drafts, processes=processes)
    site_build = SiteBuild(options, progress, inspection=inspection)
    try:
        pages = site_build.cache.get(pages_key(settled, options.content))
        if pages is None:
            return None
        site_build.read(page_sources(options.content))
        site_build.add_pages(pages)
        with faults_told(options):
            return site_build.publish(), options
    finally:
        site_build.close()
