"""A small built site, and what it becomes after some work on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from portraits.build.releases import STAMP
from portraits.build.trees import stamp_text
from portraits.publish import Changes, publish
from portraits.publish.site import MANIFEST
from portraits.publish.targets import Target

FILES: Mapping[str, bytes] = {
    "index.html": b"<!doctype html><title>Accueil</title><a href=/portraits/lea/>",
    "portraits/lea/index.html": b"<!doctype html><title>L\xc3\xa9a</title>",
    "portraits/marc-andre/index.html": b"<!doctype html><title>Marc-Andr\xc3\xa9</title>",
    "atom.xml": b"<feed xmlns='http://www.w3.org/2005/Atom'/>",
    "rss.xml": b"<rss version='2.0'/>",
    "feed.json": b'{"version": "https://jsonfeed.org/version/1.1"}',
    "etiquettes/web/atom.xml": b"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='/web/'/>",
    "sitemap.xml": b"<urlset/>",
    "404.html": b"<!doctype html><title>Introuvable</title>",
    "theme/style.0a1b2c.css": b"body{color:#222}",
    "theme/fonts/serif.77.woff2": bytes(range(256)),
    "images/lea-0f.avif": bytes(reversed(range(256))) * 4,
    "_headers": b"/*\n  X-Content-Type-Options: nosniff\n",
    ".htaccess": b"ErrorDocument 404 /404.html\n",
}
"""A first version of the site."""

LATER: Mapping[str, bytes] = {
    **{
        path: content
        for path, content in FILES.items()
        if path not in ("theme/style.0a1b2c.css", "portraits/marc-andre/index.html")
    },
    "theme/style.3d4e5f.css": b"body{color:#111}",
    "index.html": b"<!doctype html><title>Accueil</title><a href=/portraits/zoe/>",
    "portraits/zoe/index.html": b"<!doctype html><title>Zo\xc3\xa9</title>",
    # as long as it was: only the content tells
    "portraits/lea/index.html": b"<!doctype html><title>L\xc3\xa8a</title>",
}
"""The next version."""
ADDED = ("portraits/zoe/index.html", "theme/style.3d4e5f.css")
CHANGED = ("index.html", "portraits/lea/index.html")
REMOVED = ("portraits/marc-andre/index.html", "theme/style.0a1b2c.css")


def build(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Put a built site into ``folder``, in the place of what is there."""
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        path.unlink()
    for path, content in {**files, STAMP: b"7\n"}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """The files in a folder, without what publications and releases note for themselves."""
    return {
        path: file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
        and (path := file.relative_to(folder).as_posix()) not in (STAMP, MANIFEST)
        and not path.startswith(".git/")
    }


class Publication:
    """Publishes versions of one site to one target and keeps what was said."""

    def __init__(self, base: Path, target: Target) -> None:
        self.base, self.target = base, target
        self.said: list[str] = []
        base.joinpath("public").mkdir(exist_ok=True)

    def __call__(
        self,
        files: Mapping[str, bytes] = FILES,
        *,
        dry_run: bool = False,
        adopt: bool = False,
        forget: bool = False,
        marks: Iterable[str] = (),
    ) -> Changes:
        """``marks`` are those of the people who are off the site."""
        site = build(self.base / "public", files)
        (site / STAMP).write_bytes(stamp_text(7, marks))
        return publish(
            site,
            self.target,
            root=self.base,
            say=self.said.append,
            dry_run=dry_run,
            adopt=adopt,
            forget=forget,
        )
