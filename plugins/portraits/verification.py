"""What is looked at in each page before it is published.

Every address of the site's own that a page names (``href``, ``src``, ``srcset``) must be a
file of the site: a link to an unpublished portrait is one that leads nowhere. XML, JSON and
JSON-LD must be well formed. This reads finished pages and changes nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterator
from functools import lru_cache
from itertools import repeat
from urllib.parse import unquote
from xml.parsers import expat

from portraits.addresses import file_of

_ADDRESS = re.compile(rb'\s(?:href|src|srcset)="([^"]+)"')
_PATHS = re.compile(rb'="(/[^"#? ]*)'), re.compile(rb", (/[^\"#? ]*)")
"""What may be a path of an address: at the beginning of an attribute, and further on in one."""

_JSON_LD = b'<script type="application/ld+json">'
_XML = (".xml", ".svg", ".opml", ".graphml", ".gexf")


def malformed(path: str, content: bytes) -> str:
    """Why a file is not well formed for what its name says (French), or an empty string."""
    try:
        if path.endswith(".json"):
            json.loads(content)
        elif path.endswith(_XML):
            expat.ParserCreate().Parse(content, True)
        elif path.endswith(".html"):
            for found in content.split(_JSON_LD)[1:]:
                json.loads(found.partition(b"</script>")[0])
    except (ValueError, expat.ExpatError) as error:
        return f"le fichier est mal formé ({error})"
    return ""


def addresses_in(html: bytes) -> Iterator[str]:
    """Every address in the attributes of a page, as written."""
    for found in _ADDRESS.findall(html):
        for part in found.decode().replace("&amp;", "&").split(", "):
            yield part.split(" ")[0]


def broken_links(html: bytes, files: Container[str], base_path: str) -> tuple[str, ...]:
    """The path-absolute addresses of a page that no file of the site answers."""
    if _answered(html, files, base_path):
        return ()
    return tuple(sorted({
        address for address in addresses_in(html)
        if (file := _file_at(address.partition("#")[0].partition("?")[0], base_path))
        and file not in files}))


def _answered(html: bytes, files: Container[str], base_path: str) -> bool:
    """Whether files answer all that looks like a path in ``html``, links or not: a quick look
    that nearly every page passes, at a fifth of the cost of reading its attributes."""
    first, further = _PATHS
    named = {*first.findall(html), *further.findall(html)}
    found = set(map(_file_named, named, repeat(base_path)))
    found.discard("")
    return all(map(files.__contains__, found))


@lru_cache(maxsize=4096)
def _file_named(path: bytes, base_path: str) -> str:
    """:func:`_file_at` for a path in HTML. Kept, because pages share most of their links."""
    return _file_at(path.decode().replace("&amp;", "&"), base_path)


def _file_at(path: str, base_path: str) -> str:
    """The file of the site that answers at ``path``; empty for a path outside of the site."""
    if not path.startswith(base_path) or path.startswith("//"):
        return ""
    return file_of(unquote(path[len(base_path):]))
