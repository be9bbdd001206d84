"""Let Pelican and other plugins write into a folder that stands in for the output folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from portraits.build.site import SiteBuild
from portraits.host.articles import BUILD


@contextmanager
def writing_to(
    folder: Path, pelican: Any, build: SiteBuild, changed: Mapping[str, Any]
) -> Iterator[None]:
    """While the block runs, Pelican's settings hold ``build``, ``folder`` as the output folder and
    what else is ``changed``; then they are as before."""
    settings = pelican.settings
    changed = {**changed, "OUTPUT_PATH": str(folder)}
    before = {key: settings[key] for key in changed}
    settings.update({**changed, BUILD: build})
    build.others_write_to = folder
    pelican.output_path = str(folder)
    try:
        yield
    finally:
        build.others_write_to = None
        del settings[BUILD]
        settings.update(before)
        pelican.output_path = settings["OUTPUT_PATH"]
