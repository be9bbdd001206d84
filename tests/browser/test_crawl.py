"""Crawl the site over HTTP from the home page: every link and file must exist."""

from __future__ import annotations

import gzip
import re
from collections import deque
from urllib.error import HTTPError
from urllib.parse import unquote, urldefrag, urljoin
from urllib.request import urlopen

import pytest
from lxml import html

pytestmark = pytest.mark.browser

ORIGIN = "https://portraits.example/"
"""Where the site says that it stands."""


def links_of(page: html.HtmlElement) -> set[str]:
    """Return every address that a page refers to, as written."""
    found = {str(value) for value in page.xpath("//@href | //@src")}
    found |= {str(value) for value in page.xpath("//meta[@property='og:image']/@content")}
    for written in page.xpath("//@srcset"):
        found |= {part.split()[0] for part in str(written).split(",")}
    return found


def test_every_link_and_every_fragment_that_the_home_leads_to_is_there(served: str) -> None:
    ids: dict[str, set[str]] = {}
    wanted: list[tuple[str, str, str]] = []
    waiting, seen, broken = deque([served]), {served}, []
    while waiting:
        address = waiting.popleft()
        try:
            with urlopen(address, timeout=20) as answer:  # noqa: S310 - loopback
                content = answer.read()
                kind = answer.headers.get_content_type()
                if answer.headers["Content-Encoding"] == "gzip":
                    content = gzip.decompress(content)
        except HTTPError as error:
            broken.append(f"{error.code} {address}")
            continue
        if kind == "text/css":
            text = content.decode()
            names = re.findall(r'url\("([^")]+)"\)', text)
        elif kind == "text/html":
            page = html.document_fromstring(content.decode())
            ids[address] = {str(value) for value in page.xpath("//@id")}
            names = sorted(links_of(page))
        else:
            continue
        for name in names:
            target, fragment = urldefrag(urljoin(address, name))
            if target.startswith(ORIGIN):
                target = served + target.removeprefix(ORIGIN)
            if not target.startswith(served):
                continue
            if fragment:
                wanted.append((address, target, unquote(fragment)))
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    broken += [
        f"{page} → {target}#{fragment}"
        for page, target, fragment in wanted
        if target in ids and fragment not in ids[target]
    ]
    assert broken == []
    assert len(ids) > 40
    assert len(seen) > 200
