"""Convert a page's HTML for display elsewhere, in a feed reader.

1. Every address becomes absolute (``href``, ``src``, ``srcset``, ``poster``, ``cite``),
   resolved against the page's own (RFC 3986, section 5): RSS has no base address, and
   readers disagree about ``xml:base``.
2. Only attributes with a meaning outside the page are kept. ``id`` is removed as well,
   because a reader shows many entries in one document.
3. Elements that only work on the page are removed with their content: whatever is
   ``hidden``, ``aria-hidden="true"`` or of a class in :data:`PAGE_ONLY`, and elements that
   a reader must not run.
4. A ``picture`` becomes its fallback ``img``, which every reader can show.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import Any
from urllib.parse import urljoin

ADDRESSES = frozenset({"href", "src", "poster", "cite"})
KEPT = ADDRESSES | {
    "alt",
    "colspan",
    "controls",
    "datetime",
    "dir",
    "height",
    "hreflang",
    "lang",
    "reversed",
    "rowspan",
    "scope",
    "sizes",
    "span",
    "srcset",
    "start",
    "title",
    "type",
    "value",
    "width",
}
"""Attributes that are kept, on any element."""

DROPPED = (
    "base",
    "button",
    "canvas",
    "dialog",
    "embed",
    "form",
    "iframe",
    "input",
    "link",
    "meta",
    "object",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
)
"""Elements removed with their content."""

PAGE_ONLY = frozenset({"beside", "permalink"})
"""Classes of the theme whose elements are removed with their content: what stands beside a text."""

UNWRAPPED = ("picture", "source", "track", "wbr")
"""Elements removed, but not their content."""

_CANDIDATE = re.compile(r"[\s,]*(\S*[^\s,])([^,]*),?")
"""One candidate of ``srcset``: an address, which may contain commas but not end in one, and its
descriptor up to the next comma (HTML Standard, section 4.8.4.2.1)."""


_RELATIVE = re.compile(
    r"""<(?:picture|(?:a|aside) [^>]*class="(?:permalink|beside))"""
    r"""|\s(?:href|src|srcset|poster|cite)=["'](?!https?:|mailto:)"""
)


def is_relative(html: str) -> bool:
    """Return whether :func:`absolutise` would change ``html``.

    It is fast; use it to skip short passages, most of which contain no address.
    """
    return ("=" in html or "<picture" in html) and _RELATIVE.search(html) is not None


def absolutise(html: str, base_url: str) -> str:
    """Return ``html`` for feed readers; ``base_url`` is the absolute address of its page.

    An invalid address (``http://[``) is left unchanged.
    """
    from lxml import etree  # imported here: few builds need it

    body = _parsed(html)
    origin = urljoin(base_url, "/")
    others: set[str] = set()
    for element in body.iterdescendants():
        attributes = dict(element.items())
        if (
            "hidden" in attributes
            or attributes.get("aria-hidden") == "true"
            or not PAGE_ONLY.isdisjoint(attributes.get("class", "").split())
        ):
            element.tag = "template"
            continue
        for name, value in attributes.items():
            if name in ADDRESSES:
                if (joined := _joined(base_url, origin, value)) != value:
                    element.set(name, joined)
            elif name == "srcset":
                element.set(
                    name,
                    ", ".join(
                        _joined(base_url, origin, address) + descriptor.rstrip()
                        for address, descriptor in _CANDIDATE.findall(value)
                    ),
                )
            elif name not in KEPT:
                others.add(name)
    etree.strip_attributes(body, *others)
    etree.strip_elements(body, *DROPPED, with_tail=False)
    etree.strip_tags(body, *UNWRAPPED)
    return escape(body.text or "", quote=False) + "".join(
        etree.tostring(element, encoding="unicode", method="html") for element in body
    )


def _parsed(html: str) -> Any:
    """Parse ``html`` and return its body element."""
    from lxml import etree

    parser = etree.HTMLParser(remove_comments=True, remove_pis=True)
    parser.feed("<body>")
    parser.feed(html)
    return parser.close().find("body")


def _joined(base_url: str, origin: str, address: str) -> str:
    """Return ``address`` made absolute; ``origin`` is the address of the site's root."""
    if address.startswith(("https://", "http://")):
        return address.strip()
    # An absolute path resolves the same on every page: resolving it against the root lets
    # all portraits share the cached result.
    return _resolved(origin if address.startswith("/") else base_url, address)


@lru_cache(maxsize=1024)
def _resolved(base_url: str, address: str) -> str:
    try:
        return urljoin(base_url, address.strip())
    except ValueError:
        return address
