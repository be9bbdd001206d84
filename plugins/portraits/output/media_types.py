"""Give each file of the site its media type: the only table, for every host and preview."""

from __future__ import annotations

from portraits.model import addresses
from portraits.output.feeds import opml
from portraits.output.feeds.formats import FORMATS

BY_NAME = {**{form.file_name: form.media_type for form in FORMATS}, addresses.OPML: opml.MEDIA_TYPE}
"""Media types of feeds, in any folder. Servers guess that of any other file from its extension."""
BY_SUFFIX = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "xml": "application/xml",
    "json": "application/json",
    "map": "application/json",
    "webmanifest": "application/manifest+json",
    "svg": "image/svg+xml",
    "avif": "image/avif",
    "webp": "image/webp",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "ico": "image/x-icon",
    "woff2": "font/woff2",
    "woff": "font/woff",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "pdf": "application/pdf",
}
_OTHER = "application/octet-stream"


def media_type(path: str) -> str:
    """Return the ``Content-Type`` of a file of the site."""
    name = path.rpartition("/")[2]
    return BY_NAME.get(name) or BY_SUFFIX.get(name.rpartition(".")[2].lower(), _OTHER)
