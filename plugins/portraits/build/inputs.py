"""Track the dependencies of pages other than portraits: theme, editor's pages, other files.

    template:<name>   a template and all that it includes       assets       the theme's files
    site:<language>   what all pages share                      typefaces    of social cards
    extra:<path>      a file that is published unchanged

Each is a row of ``input`` with a hash of its content; a page queries those that it uses.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from jinja2 import Environment, meta

from portraits.images.card_text import typefaces
from portraits.options import BuildOptions
from portraits.pages.admin import packages
from portraits.pages.machine_files import EXTRA
from portraits.series.database import Database
from portraits.series.tables import EditorPageRow, InputRow
from portraits.site.assets import Asset, theme_assets
from portraits.site.context import BuildContext
from portraits.site.environment import environment_of, template_folders
from portraits.site.shared import OWN_SHEET, sites_of
from portraits.support.content_folder import is_left_behind
from portraits.support.digests import digest

_FONTS = ("newsreader-480", "newsreader-italic", "atkinson-400", "atkinson-600")
_TEMPLATES, _TEMPLATE = "templates", "template:"


def context_of(options: BuildOptions, database: Database) -> BuildContext:
    """Update the rows of all inputs and return the build context. Call it in a transaction.

    Raise SourceRefused if a package that the settings ask for cannot be fetched.
    """
    assets = theme_assets(options.theme, options.settings.look, guest=options.guest)
    allowed = {one.lang for one in options.settings.languages}
    languages = [
        lang
        for (lang,) in database.connection.execute(
            "SELECT DISTINCT lang FROM portrait WHERE position IS NOT NULL ORDER BY lang"
        )
        if not allowed or lang in allowed
    ]
    pages = [
        EditorPageRow(*row)
        for row in database.connection.execute("SELECT * FROM editor_page ORDER BY address, source")
    ]
    extra = dict(_extra_files(options))
    sites = sites_of(
        options.settings,
        assets,
        [] if options.guest else pages,
        languages,
        own_sheet=OWN_SHEET in extra and not options.guest,
        guest=options.guest,
    )
    kept = options.cache / "packages"
    if options.settings.admin:
        kept.mkdir(parents=True, exist_ok=True)
        packages.fetched(kept)
    faces = typefaces(*(options.theme / "fonts" / f"{name}.woff2" for name in _FONTS))
    environment = environment_of(options)
    update_templates(options, database, environment)
    _update(
        database,
        {
            "assets": _assets_digest(assets),
            "typefaces": digest(repr(faces)),
            **{f"site:{lang}": digest(repr(site)) for lang, site in sites.items()},
            **{f"{EXTRA}{address}": digest(content) for address, content in extra.items()},
        },
    )
    return BuildContext(
        database.series,
        options.settings,
        environment,
        options.content,
        options.cache / "images",
        sites,
        faces,
        {asset.address: asset.content for asset in assets},
        extra,
        kept,
        options.drafts,
        withdrawn=options.withdrawn.addresses,
    )


def _assets_digest(assets: tuple[Asset, ...]) -> bytes:
    return digest(*(asset.address for asset in assets))


def _update(database: Database, wanted: Mapping[str, bytes]) -> None:
    """Make ``wanted`` the only inputs that are not templates."""
    known = {
        name
        for (name,) in database.connection.execute(
            "SELECT name FROM input WHERE name NOT GLOB ?", (f"{_TEMPLATE}*",)
        )
    }
    for name in known - wanted.keys():
        database.replace(name, (), (InputRow,))
    for name, content in wanted.items():
        database.replace(name, (InputRow(name, content),), (InputRow,))


def update_templates(options: BuildOptions, database: Database, environment: Environment) -> None:
    """Update the rows of the templates.

    The hash of a template covers the text of every template that it names, directly or not.
    """
    found = {
        path.relative_to(folder).as_posix(): path
        for folder in reversed(template_folders(options))
        for path in sorted(folder.rglob("*.html"))
    }
    texts = {name: found[name].read_bytes() for name in sorted(found)}
    now = digest(*(part for item in texts.items() for part in item))
    if database.fact(_TEMPLATES) == now:
        return
    named = {name: set(_named_in(environment, found[name], text)) for name, text in texts.items()}
    known = {
        name
        for (name,) in database.connection.execute(
            "SELECT name FROM input WHERE name GLOB ?", (f"{_TEMPLATE}*",)
        )
    }
    for name in texts:
        whole = sorted(_closure(name, named))
        content = digest(*(part for one in whole for part in (one, texts.get(one, b""))))
        row = InputRow(f"{_TEMPLATE}{name}", content)
        database.replace(row.name, (row,), (InputRow,))
    for gone in known - {f"{_TEMPLATE}{name}" for name in texts}:
        database.replace(gone, (), (InputRow,))
    database.remember(_TEMPLATES, now)


def _named_in(environment: Environment, path: Path, text: bytes) -> Iterator[str]:
    tree = environment.parse(text.decode(), filename=str(path))
    for name in meta.find_referenced_templates(tree):
        assert name is not None, "a template's name is written out"  # noqa: S101
        yield name


def _closure(name: str, named: Mapping[str, set[str]]) -> set[str]:
    found, pending = {name}, [name]
    while pending:
        fresh = named.get(pending.pop(), set()) - found
        found |= fresh
        pending += fresh
    return found


def _extra_files(options: BuildOptions) -> Iterator[tuple[str, bytes]]:
    """Yield the files of ``content/extra``, published unchanged at the site's root: CNAME,
    favicon…"""
    folder: Path = options.content / "extra"
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and not is_left_behind(path.name):
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def keep_pages(database: Database, pages: list[EditorPageRow]) -> None:
    """Make ``pages`` the only stored pages of the editor. Call it in a transaction."""
    before = {source for (source,) in database.connection.execute("SELECT source FROM editor_page")}
    for source in before - {page.source for page in pages}:
        database.replace(source, (), (EditorPageRow,))
    for page in pages:
        database.replace(page.source, (page,), (EditorPageRow,))
