"""What is looked at in each page before it is published.

Every address of the site's own that a page names (``href``, ``src``, ``srcset``) must be a
file of the site: a link to an unpublished portrait is one that leads nowhere. XML, JSON and
JSON-LD must be well formed. This reads finished pages and changes nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterator
from urllib.parse import unquote
from xml.parsers import expat

from portraits.addresses import file_of

_ADDRESS = re.compile(rb'\s(?:href|src|srcset)="([^"]+)"')
_PATHS = re.compile(rb'="(/[^"#? ]*)'), re.compile(rb", (/[^\"#? ]*)")
"""What may be a path of an address: at the beginning of an attribute, and further on in one."""

_JSON_LD = re.compile(rb'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
_XML = (".xml", ".svg", ".opml", ".graphml", ".gexf")


def malformed(path: str, content: bytes) -> str:
    """Why a file is not well formed for what its name says (French), or an empty string."""
    try:
        if path.endswith(".json"):
            json.loads(content)
        elif path.endswith(_XML):
            expat.ParserCreate().Parse(content, True)
        elif path.endswith(".html"):
            for found in _JSON_LD.findall(content):
                json.loads(found)
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
    broken = []
    for address in addresses_in(html):
        if not address.startswith(base_path) or address.startswith("//"):
            continue
        path = unquote(address[len(base_path):].partition("#")[0].partition("?")[0])
        if file_of(path) not in files:
            broken.append(address)
    return tuple(sorted(set(broken)))


def _answered(html: bytes, files: Container[str], base_path: str) -> bool:
    """Whether files answer all that looks like a path in ``html``, links or not: a quick look
    that nearly every page passes, at a fifth of the cost of reading its attributes."""
    for path in {path for paths in _PATHS for path in paths.findall(html)}:
        address = path.decode().replace("&amp;", "&")
        if address.startswith(base_path) and not address.startswith("//") and (
                file_of(unquote(address[len(base_path):])) not in files):
            return False
    return True
