"""Render what the addresses of people who are off the site answer: « retiré », and no name.

Hosts that can are told to answer with the status 410 (RFC 9110, section 15.5.11) and the page
:data:`~portraits.model.addresses.GONE`; the others serve the file that stands at the address.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from portraits.model import addresses
from portraits.site.context import BuildContext, safe
from portraits.site.heads import series_meta
from portraits.site.page import File, PageKind
from portraits.site.views import PlainPage
from portraits.support.languages import LANGUAGES


def _keys(context: BuildContext) -> Iterator[str]:
    withdrawn = sorted(context.withdrawn)
    yield from (one for one in map(unquote, withdrawn) if addresses.file_of(one).endswith(".html"))
    if withdrawn:
        yield addresses.GONE


def _make(context: BuildContext, key: str) -> Iterator[File]:
    first = key.partition("/")[0]
    words = context.words(first if first in LANGUAGES else "")
    heading, text = words.text("withdrawn.heading"), words.text("withdrawn.text")
    meta = series_meta(context, key, heading, text, noindex=True, alone=True)
    view = PlainPage(heading, safe("<p>{}</p>").format(text))
    yield File(key, context.render("page.html", meta._replace(lang=words.lang), view))


KIND = PageKind("withdrawn", _keys, _make)
