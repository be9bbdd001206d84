"""Configure Jinja for the theme's templates, with strict rules.

- Everything printed is escaped, except Markup, which only our own renderer makes.
- An undefined name is an error, never an empty string.
- A template is looked up in the site's own overrides, then in the theme: Pelican's default
  templates are never used.
- A template gets ``site``, ``meta``, ``page`` and ``t``; Jinja's own globals are removed, and of
  its filters only those of :data:`FILTERS` remain.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket
from markupsafe import Markup

from portraits.images.encode import write_whole
from portraits.model.networks import name_of
from portraits.options import BuildOptions, relative
from portraits.site.views import Link
from portraits.support.catalogue import Catalogue
from portraits.support.digests import digest
from portraits.support.messages import msg
from portraits.support.problems import Problem, SourceRefused
from portraits.support.writing.direction import direction
from portraits.typography.inversion import together

_LINK = Markup('<a href="{}">{}</a>')
_SPAN = Markup('<span class="{}">{}</span>')
_NOTHING, _SPOKEN, _DIRECTED = (Markup(""), Markup(' lang="{}"'), Markup(' lang="{}" dir="{}"'))
_DIGEST_SIZE = len(digest(b""))
FILTERS = ("count", "escape", "striptags", "urlencode")
"""Jinja's own filters that templates may use; we add ``together``, ``network``, ``links``,
``within`` and ``spoken``."""


class _CompiledTemplates(BytecodeCache):
    """Compiled templates in a folder, each with a digest: Jinja itself cannot tell a damaged file,
    and Python may crash on one.

        file = digest bytecode
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            content = (self.folder / bucket.key).read_bytes()
        except OSError:
            return
        if content[:_DIGEST_SIZE] == digest(content[_DIGEST_SIZE:]):
            bucket.bytecode_from_string(content[_DIGEST_SIZE:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        content = bucket.bytecode_to_string()
        with suppress(OSError):  # a full disk: the template is compiled again
            write_whole(self.folder / bucket.key, digest(content) + content)


def template_folders(options: BuildOptions) -> tuple[Path, ...]:
    """Return the folders in which a template is looked for, first ones first."""
    return (*options.overrides, options.theme / "templates")


def theme_environment(
    theme: Path, overrides: tuple[Path, ...] = (), bytecode: Path | None = None
) -> Environment:
    """Return the Jinja environment of the theme in folder ``theme``.

    Templates in the folders ``overrides`` come before those of the theme. ``bytecode`` is an
    existing folder that caches compiled templates between builds.
    """
    environment = Environment(
        loader=FileSystemLoader((*overrides, theme / "templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=_CompiledTemplates(bytecode) if bytecode else None,
    )
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in FILTERS}
    environment.filters |= {
        "together": together,
        "network": _network,
        "links": _links,
        "within": _within,
        "spoken": spoken,
    }
    return environment


def _links(found: Iterable[Link]) -> tuple[Markup, ...]:
    """Return each link as HTML, for ``t.enumeration``."""
    return tuple(_LINK.format(link.url, link.label) for link in found)


def spoken(tag: str, around: str = "") -> Markup:
    """Return the attributes ``lang`` and ``dir`` of an element in a language, with a space before
    them; nothing if it is that of the text around it, or unknown. ``dir`` stands only where the
    direction changes."""
    if not tag or tag == around:
        return _NOTHING
    return _DIRECTED.format(tag, direction(tag)) if _turns(tag, around) else _SPOKEN.format(tag)


def _turns(tag: str, around: str) -> bool:
    return direction(tag) != (direction(around) if around else "ltr")


def _within(names: Iterable[str], classes: str) -> tuple[Markup, ...]:
    """Return each name in a ``span`` with ``classes``, for ``t.enumeration``."""
    return tuple(_SPAN.format(classes, name) for name in names)


def _network(key: str, words: Catalogue) -> str:
    """Return the name of a network in the language of ``words``."""
    return name_of(key, words.lang)


def environment_of(options: BuildOptions) -> Environment:
    """Return the environment of a build, with compiled templates in the build's cache."""
    compiled = options.cache / "templates"
    with suppress(OSError):  # without the cache, templates are only compiled again
        compiled.mkdir(parents=True, exist_ok=True)
    return theme_environment(
        options.theme, options.overrides, compiled if os.access(compiled, os.W_OK) else None
    )


@contextmanager
def faults_told(options: BuildOptions) -> Iterator[None]:
    """Turn template errors into problems: raise SourceRefused for Jinja's errors in the block."""
    try:
        yield
    except TemplateError as error:
        raise SourceRefused([_fault(error, options)]) from error


def _fault(error: TemplateError, options: BuildOptions) -> Problem:
    """Return the problem of an error in the theme, with file and line where Jinja or the traceback
    knows."""
    if isinstance(error, TemplateSyntaxError) and error.filename:
        path, line = error.filename, error.lineno
    else:
        frames = [
            frame
            for frame in traceback.extract_tb(error.__traceback__)
            if any(map(Path(frame.filename).is_relative_to, template_folders(options)))
        ]
        path, line = (
            (frames[-1].filename, frames[-1].lineno or 0) if frames else (str(options.theme), 0)
        )
    return Problem(
        relative(Path(path), options.root),
        line,
        "template",
        msg("build.template", error=error.message),
        msg("build.template_hint"),
    )
