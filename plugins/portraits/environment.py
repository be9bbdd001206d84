"""The theme's templates, under strict rules.

- Everything printed is escaped; only Markup, which our own renderer makes, is not.
- A name that does not exist is an error, never an empty string.
- A template is found in the theme or not at all: no generator's default slips in.
- A template is given ``site``, ``meta``, ``page`` and ``t``; Jinja's own globals are
  taken away, and of its filters those of :data:`FILTERS` are left.
"""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined

from portraits.inversion import together

FILTERS = ("count", "escape", "striptags", "urlencode")
"""Jinja's own filters that templates may use; ``together`` is ours."""


def theme_environment(theme: Path, bytecode: Path | None = None) -> Environment:
    """The environment for the theme in folder ``theme``.

    ``bytecode`` names an existing folder where compiled templates are kept between builds.
    """
    environment = Environment(
        loader=FileSystemLoader(theme / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=FileSystemBytecodeCache(str(bytecode)) if bytecode else None,
    )
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in FILTERS}
    environment.filters["together"] = together
    return environment
