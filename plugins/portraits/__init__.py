"""A Pelican plugin that turns questionnaires answered in Markdown into portraits.

``import portraits.model.portrait`` costs nothing: Pelican itself is imported by
:func:`register` only, so that the checks, the importer and the unit tests work
without it.
"""

from pathlib import Path


def register() -> None:
    """Connect the plugin to Pelican. Called by Pelican once, at start-up."""
    from portraits.host.plugin import connect

    connect()


def theme() -> str:
    """Return the folder of our theme: inside the installed package, or beside its sources."""
    installed = Path(__file__).parent / "theme"
    return str(installed if installed.is_dir() else Path(__file__).parents[2] / "theme")
