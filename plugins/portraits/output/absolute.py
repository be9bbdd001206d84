"""A page's HTML made fit to be shown elsewhere: in a feed reader.

1. Every address becomes absolute (``href``, ``src``, ``srcset``, ``poster``, ``cite``),
   resolved against the page's own (RFC 3986, section 5): RSS has no base address, and
   readers disagree about ``xml:base``.
2. Only attributes that carry meaning away from the page stay. ``id`` goes as well: a
   reader shows many entries in one document.
3. What serves the page alone goes with its content: whatever is ``hidden``,
   ``aria-hidden="true"`` or of the class ``permalink``, and elements that a reader must
   not run.
4. A ``picture`` becomes the ``img`` it falls back on, which every reader can show.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import Any
from urllib.parse import urljoin

ADDRESSES = frozenset({"href", "src", "poster", "cite"})
KEPT = ADDRESSES | {
    "alt", "colspan", "controls", "datetime", "dir", "height", "hreflang", "lang", "reversed",
    "rowspan", "scope", "sizes", "span", "srcset", "start", "title", "type", "value", "width",
}
"""Attributes that stay, on whatever element they stand."""

DROPPED = (
    "base", "button", "canvas", "dialog", "embed", "form", "iframe", "input", "link", "meta",
    "object", "script", "select", "style", "svg", "template", "textarea",
)
"""Elements that go with everything in them."""

UNWRAPPED = ("picture", "source", "track", "wbr")
"""Elements that go, but not what is in them."""

_CANDIDATE = re.compile(r"[\s,]*(\S*[^\s,])([^,]*),?")
"""One candidate of ``srcset``: an address, which may hold commas but not end in one, and
its descriptor up to the next comma (HTML Standard, section 4.8.4.2.1)."""


_RELATIVE = re.compile(
    r"""<(?:picture|a [^>]*class="permalink)"""
    r"""|\s(?:href|src|srcset|poster|cite)=["'](?!https?:|mailto:)""")


def is_relative(html: str) -> bool:
    """Whether :func:`absolutise` has an address to change in ``html``; quick, for short
    passages that mostly have none."""
    return ("=" in html or "<picture" in html) and _RELATIVE.search(html) is not None


def absolutise(html: str, base_url: str) -> str:
    """``html`` for a reader of feeds; ``base_url`` is the absolute address of its page.

    An address that is not one (``http://[``) is left as it stands.
    """
    from lxml import etree  # in few portraits does anything have to become absolute

    body = _parsed(html)
    origin = urljoin(base_url, "/")
    others: set[str] = set()
    for element in body.iterdescendants():
        attributes = dict(element.items())
        if (
            "hidden" in attributes or attributes.get("aria-hidden") == "true"
            or "permalink" in attributes.get("class", "").split()
        ):
            element.tag = "template"
            continue
        for name, value in attributes.items():
            if name in ADDRESSES:
                if (joined := _joined(base_url, origin, value)) != value:
                    element.set(name, joined)
            elif name == "srcset":
                element.set(name, ", ".join(
                    _joined(base_url, origin, address) + descriptor.rstrip()
                    for address, descriptor in _CANDIDATE.findall(value)
                ))
            elif name not in KEPT:
                others.add(name)
    etree.strip_attributes(body, *others)
    etree.strip_elements(body, *DROPPED, with_tail=False)
    etree.strip_tags(body, *UNWRAPPED)
    return escape(body.text or "", quote=False) + "".join(
        etree.tostring(element, encoding="unicode", method="html") for element in body
    )


def _parsed(html: str) -> Any:
    """The body element that holds ``html``."""
    from lxml import etree

    parser = etree.HTMLParser(remove_comments=True, remove_pis=True)
    parser.feed("<body>")
    parser.feed(html)
    return parser.close().find("body")


def _joined(base_url: str, origin: str, address: str) -> str:
    """``address`` made absolute; ``origin`` is the address of the site's root."""
    if address.startswith(("https://", "http://")):
        return address.strip()
    # What begins with a slash does not depend on the page: the same for every portrait.
    return _resolved(origin if address.startswith("/") else base_url, address)


@lru_cache(maxsize=1024)
def _resolved(base_url: str, address: str) -> str:
    try:
        return urljoin(base_url, address.strip())
    except ValueError:
        return address
