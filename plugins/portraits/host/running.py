"""Run one build from the settings file to the published site, with Pelican only if needed.

Pelican reads the editor's own pages and runs other people's plugins. Without such plugins, and if
the pages are unchanged, it is not started: starting it costs more than the rest of a small rebuild.
When it is started, our plugin is connected whatever the settings say: without it, Pelican would
publish an empty site and report success.
"""

from __future__ import annotations

import logging
import os
import runpy
import sqlite3
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

from portraits.build.identity import database_path
from portraits.build.releases import PublishingError
from portraits.build.site import BuildReport, SiteBuild
from portraits.checks.pages import check_pages, page_sources
from portraits.options import FOLDERS, BuildOptions
from portraits.series.database import discard
from portraits.support.digests import digest
from portraits.support.messages import msg
from portraits.support.problems import Problem, SourceRefused, errors
from portraits.support.workers import Progress

_OURS = ("portraits", "pelican.plugins.portraits")
"""The names by which settings may call our plugin."""


def plain_settings(path: Path) -> dict[str, Any] | None:
    """Return the values of a settings file without Pelican's defaults, with FOLDERS absolute.

    Return None if the file cannot be executed or lacks one of FOLDERS; :func:`read_settings` then
    reports why.
    """
    try:
        values = runpy.run_path(str(path))
    except (Exception, SystemExit):  # noqa: BLE001 - any mistake in a settings file
        return None
    beside = path.resolve().parent
    plain = {name: value for name, value in values.items() if name.isupper()}
    for name in FOLDERS:
        if not isinstance(plain.get(name), str):
            return None
        plain[name] = os.path.normpath(beside / plain[name])
    if not os.path.isdir(plain["THEME"]):  # noqa: PTH112 - « simple » is one of Pelican's own
        return None
    return plain


@contextmanager
def _any_address() -> Iterator[None]:
    """Put an address into the environment, unless there is one."""
    if os.environ.get("SITEURL"):
        yield
        return
    os.environ["SITEURL"] = "https://site.invalid"
    try:
        yield
    finally:
        del os.environ["SITEURL"]


def settings_without_address(path: Path) -> dict[str, Any]:
    """Return what :func:`read_settings` does, where the address of the site makes no difference.

    A settings file that takes the address from the environment need not find one there.
    """
    with _any_address():
        return read_settings(path)


def read_settings(path: Path) -> dict[str, Any]:
    """Return Pelican's settings from a settings file, with its defaults.

    Raise SourceRefused if the file is missing or cannot be executed.
    """
    from pelican.settings import read_settings as pelican_read_settings

    if not path.is_file():
        raise SourceRefused(
            [
                Problem(
                    str(path),
                    0,
                    "no-settings",
                    msg("host.no_settings"),
                    msg("host.no_settings_hint"),
                )
            ]
        )
    try:
        settings: dict[str, Any] = pelican_read_settings(str(path))
    except SystemExit as stop:
        raise SourceRefused([Problem(str(path), 0, "settings", str(stop))]) from None
    except Exception as error:  # a settings file is a program: it may raise anything
        raise SourceRefused([_settings_problem(path, error)]) from error
    return settings


def _settings_problem(path: Path, error: Exception) -> Problem:
    """Return why the settings cannot be read, with the line of the error."""
    folder = _absent_folder(path) if isinstance(error, ValueError) else ""
    if folder:
        return Problem(
            str(path),
            0,
            "settings",
            msg("host.no_folder", folder=folder),
            msg("host.no_folder_hint"),
        )
    frames = [
        frame.lineno or 0
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).name == path.name
    ]
    line = error.lineno if isinstance(error, SyntaxError) else frames[-1] if frames else 0
    detail = error.msg if isinstance(error, SyntaxError) else str(error)
    return Problem(
        str(path),
        line or 0,
        "settings",
        msg("host.unreadable_settings", error=type(error).__name__, detail=detail),
        msg("host.unreadable_settings_hint"),
    )


def _absent_folder(path: Path) -> str:
    """Return « PATH = 'x' » for each folder that does not exist, or an empty string."""
    from pelican.settings import get_settings_from_file

    try:
        values = get_settings_from_file(str(path))
    except ValueError:
        return ""
    wrong = [
        f"{name} = {values[name]!r}"
        for name in ("PATH", "THEME")
        if name in values and not (path.parent / str(values[name])).is_dir()
    ]
    return ", ".join(wrong)


def build(
    settings: Mapping[str, Any],
    options: BuildOptions,
    progress: Progress | None = None,
    *,
    trusting: bool = False,
) -> BuildReport:
    """Build and publish what has changed.

    ``settings`` are those of the settings file, with or without Pelican's defaults. With
    ``trusting`` the published files are not checked for changes made by others.

    Raise SourceRefused with every problem found, PublishingError if the new site cannot be
    published; either way the published site is unchanged.
    """
    try:
        return _built(settings, options, progress, trusting)
    except sqlite3.DatabaseError as error:
        # Opening found no damage, but a query did. Everything in the database can be rebuilt.
        path = database_path(options)
        discard(path)
        report = _built(settings, options, progress, trusting)
        return report._replace(
            notices=(msg("build.new_database", path=path, error=error), *report.notices)
        )


def _built(
    settings: Mapping[str, Any], options: BuildOptions, progress: Progress | None, trusting: bool
) -> BuildReport:
    with SiteBuild(options, progress, trusting) as site:
        site.settings_known_as = settings_digest(settings)
        if options.guest:
            return run_pelican(settings, site)
        if not trusting and (report := site.current()):
            return report
        if not errors(check_pages(options.content, options.label)):
            site.pages_known_as = pages_digest(options, site.settings_known_as)
        if not needs_pelican(settings, site):
            from portraits.site.environment import faults_told

            site.read()
            with faults_told(options):
                return site.publish()
        return run_pelican(settings, site)


def needs_pelican(settings: Mapping[str, Any], site: SiteBuild) -> bool:
    """Return whether another plugin may be configured, or the editor's pages have changed.

    Without the setting ``PLUGINS``, Pelican loads every plugin that is installed.
    """
    alone = _others(settings) == [] and settings.get("PAGE_PATHS") == ["pages"]
    return not alone or not site.knows_pages()


def settings_digest(settings: Mapping[str, Any]) -> bytes:
    """Return a hash of all settings, including those of Pelican and of other plugins."""
    entries = sorted((name, repr(value)) for name, value in settings.items() if name.isupper())
    return digest(repr(entries))


def pages_digest(options: BuildOptions, settings: bytes) -> bytes:
    """Return a hash of everything that Pelican makes the editor's pages from."""
    return digest(
        settings,
        *(
            part
            for page in page_sources(options.content)
            for part in (page, (options.content / page).read_bytes())
        ),
    )


def run_pelican(settings: Mapping[str, Any], site: SiteBuild) -> BuildReport:
    """Run Pelican once for a prepared build; return the build's report."""
    import pelican
    from pelican import log
    from pelican.settings import read_settings as with_defaults

    from portraits.host import plugin
    from portraits.host.adapter import Complaints
    from portraits.host.articles import BUILD
    from portraits.site.environment import faults_told

    options = site.options
    own: dict[str, Any] = {"PATH": str(options.content), "OUTPUT_PATH": str(options.output)}
    if "MARKDOWN" in settings:
        own["MARKDOWN"] = deepcopy(settings["MARKDOWN"])  # Pelican's reader adds to it
    plugin.connect()
    log.console.quiet = True
    logger = logging.getLogger("pelican")
    logger.propagate = False  # the build reports Pelican's warnings itself
    complaints = Complaints()
    logger.addHandler(complaints)
    try:
        values = with_defaults(override={**settings, **own, "PLUGINS": _others(settings)})
        prepared = pelican.Pelican({**values, BUILD: site})
    finally:
        logger.removeHandler(complaints)
    if not options.guest:
        complaints.raise_if_any()
    with faults_told(options):
        prepared.run()
    if site.report is None:
        raise PublishingError(msg("host.not_published"))
    return site.report._replace(
        notices=(*site.report.notices, *(one.message for one in complaints.problems))
    )


def _others(settings: Mapping[str, Any]) -> list[Any] | None:
    """Return the plugins to load besides ours, which is connected already; None for all that are
    installed (ours among them: to connect it again changes nothing)."""
    plugins = settings.get("PLUGINS")
    return None if plugins is None else [name for name in plugins if name not in _OURS]
