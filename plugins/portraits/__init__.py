"""A Pelican plugin that turns questionnaires answered in Markdown into portraits.

``import portraits.model.portrait`` costs nothing: Pelican itself is imported by
:func:`register` only, so that the checks, the importer and the unit tests work
without it.
"""


def register() -> None:
    """Connect the plugin to Pelican. Called by Pelican once, at start-up."""
    from portraits.host.plugin import connect

    connect()
