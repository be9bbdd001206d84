"""Publish the theme's static files under names that contain a hash of their content.

    css/site.css -> theme/css/site.1a2b3c4d5e.css

Because the name changes with the content, browsers may cache the file for ever. Names inside style
sheets and scripts (``url("../fonts/x.woff2")``, ``import "./y.js"``) are rewritten to match; so a
file is fingerprinted before the files that name it. ``assets.toml`` in the theme lists the style
sheets that are sent as one file:

    [bundles]
    "css/site.css" = ["css/layers.css", "css/tokens.css", "css/looks/{look}.css"]

``{look}`` is the look that the settings choose, one file of ``css/looks/``; the others are not
published.
"""

from __future__ import annotations

import posixpath
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from portraits.model import addresses
from portraits.support.content_folder import is_left_behind
from portraits.support.digests import digest

_REFERENCE = re.compile(rb"""(url\(\s*["']?|from\s*["']|import\s*\(?\s*["'])([^"')?#\s]+)""")
_SYMBOL = re.compile(rb'<symbol\s[^>]*?id="([^"]+)"')
_TEXT = (".css", ".js", ".svg")
_LEFT_ALONE = (".txt", ".md", ".toml")

_LOOKS = "css/looks/"
_ONLY_ALONE = ("css/site.css", "fonts/", "img/favicon", "js/theme-switch", "js/transitions")
_ONLY_IN_A_BLOG = ("css/guest.css",)


@dataclass(frozen=True, slots=True)
class Asset:
    """A published file of the theme."""

    name: str
    """Path relative to ``theme/static``: ``css/site.css``."""
    address: str
    """Address relative to the site's root, with the fingerprint."""
    content: bytes


def theme_assets(theme: Path, look: str = "magazine", *, guest: bool = False) -> tuple[Asset, ...]:
    """Return every static file of a theme, sorted by name; for a ``guest`` in a blog, those that it
    needs there.

    Raise KeyError if a bundle names a missing file, ValueError if two files name each other.
    """
    static = theme / "static"
    contents = {
        path.relative_to(static).as_posix(): path.read_bytes()
        for path in sorted(static.rglob("*"))
        if path.is_file()
        and path.suffix not in _LEFT_ALONE
        and not (path.name.startswith(".") or is_left_behind(path.name))
    }
    _bundle(contents, theme / "assets.toml", look)
    made: dict[str, Asset] = {}
    for name in contents:
        _publish(name, contents, made, ())
    left_out = _ONLY_ALONE if guest else _ONLY_IN_A_BLOG
    return tuple(made[name] for name in sorted(made) if not name.startswith(left_out))


def marks(assets: Iterable[Asset]) -> tuple[str, ...]:
    """Return the ids of the symbols in the theme's ``img/sprite.svg``; none if there is no such
    file."""
    sprite = next((asset.content for asset in assets if asset.name == "img/sprite.svg"), b"")
    return tuple(name.decode() for name in _SYMBOL.findall(sprite))


def _bundle(contents: dict[str, bytes], listing: Path, look: str) -> None:
    bundles: dict[str, list[str]] = {}
    if listing.exists():
        bundles = tomllib.loads(listing.read_text(encoding="utf-8")).get("bundles", {})
    bundles = {name: [part.format(look=look) for part in parts] for name, parts in bundles.items()}
    whole = {name: b"".join(contents[part] for part in parts) for name, parts in bundles.items()}
    for parts in bundles.values():
        for part in parts:
            contents.pop(part, None)
    for name in [name for name in contents if name.startswith(_LOOKS)]:
        del contents[name]
    contents.update(whole)


def _publish(
    name: str, contents: Mapping[str, bytes], made: dict[str, Asset], above: tuple[str, ...]
) -> Asset:
    """Return the asset for ``name``, after publishing the files that it names.

    ``above`` are the files being published that led here: they detect a cycle.
    """
    if name in made:
        return made[name]
    if name in above:
        raise ValueError(f"theme/static: {name} and {above[-1]} name each other")
    content = contents[name]

    def renamed(found: re.Match[bytes]) -> bytes:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), found[2].decode()))
        if target not in contents or target == name:
            return found[0]
        published = posixpath.basename(_publish(target, contents, made, (*above, name)).address)
        return found[1] + posixpath.join(posixpath.dirname(found[2].decode()), published).encode()

    if name.endswith(_TEXT):
        content = _REFERENCE.sub(renamed, content)
    stem, suffix = posixpath.splitext(name)
    address = f"{addresses.THEME}{stem}.{digest(content).hex()[:10]}{suffix}"
    made[name] = Asset(name, address, content)
    return made[name]
