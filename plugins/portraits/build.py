"""``invoke build``: one build from the settings file to the published site.

Pelican is started in this process, with our plugin in it whatever the settings say: a site
without its plugin would be an empty site, and look like a success.
"""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from typing import Any

from portraits.environment import faults_told
from portraits.inspection import Inspection
from portraits.options import BuildOptions
from portraits.problems import Problem, SourceRefused
from portraits.publication import Report
from portraits.reading import Progress
from portraits.releases import PublishingError
from portraits.site_build import SiteBuild


def read_settings(path: Path) -> dict[str, Any]:
    """Pelican's settings from a settings file.

    Raises SourceRefused when the file is missing or cannot be executed.
    """
    from pelican.settings import read_settings as pelican_read_settings

    if not path.is_file():
        raise SourceRefused([Problem(str(path), 0, "no-settings", "ce fichier n’existe pas",
                                     "donnez un fichier de réglages avec --settings")])
    try:
        settings: dict[str, Any] = pelican_read_settings(str(path))
    except SystemExit as stop:
        raise SourceRefused([Problem(str(path), 0, "settings", str(stop))]) from None
    except Exception as error:  # a settings file is a program: it may raise anything
        raise SourceRefused([_unread(path, error)]) from error
    return settings


def _unread(path: Path, error: Exception) -> Problem:
    """Why the settings cannot be read, with the line where they stop making sense."""
    folder = _absent_folder(path) if isinstance(error, ValueError) else ""
    if folder:
        return Problem(str(path), 0, "settings", f"{folder} : ce dossier n’existe pas",
                       "un chemin se compte depuis le dossier du fichier de réglages")
    frames = [frame.lineno or 0 for frame in traceback.extract_tb(error.__traceback__)
              if Path(frame.filename).name == path.name]
    line = error.lineno if isinstance(error, SyntaxError) else frames[-1] if frames else 0
    said = error.msg if isinstance(error, SyntaxError) else str(error)
    return Problem(str(path), line or 0, "settings",
                   f"ces réglages ne se lisent pas : {type(error).__name__}, {said}",
                   "le fichier est du Python; comparez-le à pelicanconf.py")


def _absent_folder(path: Path) -> str:
    """« PATH = 'x' » for a folder that Pelican would look for in vain, or an empty string."""
    from pelican.settings import get_settings_from_file

    try:
        values = get_settings_from_file(str(path))
    except ValueError:
        return ""
    wrong = [f"{name} = {values[name]!r}" for name in ("PATH", "THEME")
             if name in values and not (path.parent / str(values[name])).is_dir()]
    return ", ".join(wrong)


def build(
    settings: dict[str, Any], options: BuildOptions, progress: Progress | None = None, *,
    keep_pages_as: bytes = b"", inspection: Inspection | None = None,
) -> Report:
    """Build and publish the site; the editor's pages are kept in the cache under
    ``keep_pages_as``, where that is given. ``inspection`` is a look at the published files.

    Raises SourceRefused with every problem found, PublishingError when the new site
    cannot take the place of the old one; either way the old one stands untouched.
    """
    site_build = SiteBuild(options, progress, keep_pages_as=keep_pages_as, inspection=inspection)
    try:
        return run_pelican(settings, site_build)
    finally:
        site_build.close()


def run_pelican(settings: dict[str, Any], site_build: SiteBuild) -> Report:
    """Run Pelican once around a build that was prepared."""
    import pelican
    from pelican import log

    from portraits import plugin
    from portraits.pelican_adapter import BUILD, Complaints

    options = site_build.options
    own = {"PATH": str(options.content), "OUTPUT_PATH": str(options.output), BUILD: site_build}
    plugin.connect()
    log.console.quiet = True
    logger = logging.getLogger("pelican")
    logger.propagate = False  # what Pelican complains of is among the build's problems
    complaints = Complaints()
    logger.addHandler(complaints)
    try:
        prepared = pelican.Pelican({**settings, **own, "PLUGINS": _others(settings)})
        complaints.raise_if_any()
        with faults_told(options):
            prepared.run()
    finally:
        for handler in [one for one in logger.handlers if isinstance(one, Complaints)]:
            logger.removeHandler(handler)
    if site_build.report is None:
        raise PublishingError("le site n’a pas été publié")
    return site_build.report


def _others(settings: dict[str, Any]) -> list[Any]:
    """Other people's plugins: ours is connected already."""
    return [plugin for plugin in settings.get("PLUGINS") or () if plugin != "portraits"]
