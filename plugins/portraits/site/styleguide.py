"""Render the theme's components with their examples: a page to look at, and a check.

The theme's ``components.toml`` declares the parameters of every macro of ``templates/components/``,
and an example. A declaration that does not match its macro is refused, so that readers can rely on
it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment
from jinja2.runtime import Macro
from markupsafe import Markup

from portraits.site.views import ComponentExample, Site, StyleguidePage
from portraits.support.catalogue import Catalogue


class ComponentMismatch(ValueError):
    """A declaration does not match its macro."""


def styleguide_page(
    theme: Path, environment: Environment, site: Site, words: Catalogue
) -> StyleguidePage:
    """Return every declared component with its example rendered, in the order of the file.

    Raise ComponentMismatch if a declaration and its macro differ.
    """
    provided = {"site": site, "t": words}
    return StyleguidePage(tuple(_components(theme, environment, provided)))


def declared(theme: Path) -> tuple[Mapping[str, Any], ...]:
    """Return the declarations of ``components.toml`` as written."""
    with (theme / "components.toml").open("rb") as file:
        return tuple(tomllib.load(file)["component"])


def _components(
    theme: Path, environment: Environment, provided: Mapping[str, object]
) -> Iterator[ComponentExample]:
    for declaration in declared(theme):
        file, name, parameters = (declaration[key] for key in ("file", "macro", "parameters"))
        module = environment.get_template(f"components/{file}").make_module(dict(provided))
        macro = getattr(module, name, None)
        if not isinstance(macro, Macro):
            raise ComponentMismatch(f"{file}: no macro called {name}")
        if list(macro.arguments) != list(parameters):
            raise ComponentMismatch(
                f"{file}: {name} takes {macro.arguments}, declared are {list(parameters)}"
            )
        known = {key: value for key, value in provided.items() if key in parameters}
        example = {key: _value(value) for key, value in declaration["example"].items()}
        html = macro(**known, **example)
        yield ComponentExample(f"{name} ({file})", tuple(parameters.items()), Markup(html))  # noqa: S704


def _value(written: Any) -> Any:
    """Convert a value of an example: tables become objects, text that begins with ``<`` becomes
    HTML."""
    if isinstance(written, str):
        return Markup(written) if written.startswith("<") else written  # noqa: S704
    if isinstance(written, dict):
        return SimpleNamespace(**{key: _value(value) for key, value in written.items()})
    if isinstance(written, list):
        return tuple(map(_value, written))
    return written
