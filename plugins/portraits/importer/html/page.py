"""A web page, or a piece of one, as a transcript.

The article is looked for where blog engines put it; what stands outside goes to the
report as boilerplate, except the heading. The words that have to be accounted for are the
visible text, the addresses of links and pictures, and the texts that describe them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import replace
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString

from portraits.importer.accounting.pieces import Piece, Sort
from portraits.importer.accounting.visible import UNSAFE, pieces_of
from portraits.importer.html.blocks import blocks_in, boilerplate_in
from portraits.importer.html.embedded import embedded
from portraits.importer.html.footnotes import footnotes_as_notes
from portraits.importer.html.formatting import is_block, normalized
from portraits.importer.html.redirects import DIRECT, direct, former_path
from portraits.importer.html.smileys import smileys_as_text
from portraits.importer.html.soup import empty_tag, is_boilerplate, soup_of
from portraits.importer.html.styles import emphasis_as_elements
from portraits.importer.html.word_lists import lists_of_word_processors
from portraits.importer.transcript import Block, Facts, ImportRefused, Transcript, words_of
from portraits.support.messages import msg

_ARTICLES = (
    '[itemprop="articleBody"]',
    ".entry-content",
    ".post-content",
    ".post-body",
    ".article-content",
    ".e-content",
    "article",
    "main",
    "#content",
)
_UNSEEN = ("script", "style", "link", "meta", "base")
_TITLES = ".entry-title, .post-title, .p-name, [itemprop=headline]"
_OUTSIDE = "import_html.outside"
_SAFE = ("http", "https", "mailto", "")
_SCRIPTS = ("javascript", "data", "vbscript")


def transcript(source: str, html: str, notices: tuple[str, ...] = (), base: str = "") -> Transcript:
    """The transcript of a page; ``base`` is its address, when the page does not say it.

    Raises ImportRefused for a page without text, or nested too deeply.
    """
    soup = soup_of(html)
    facts = _facts(soup)
    notices += tidied(soup, facts.aliases[0] if facts.aliases else base)
    pieces = pieces_of(soup)
    normalized(soup)
    photo = _photo(soup)
    blocks = tuple(_blocks(soup))
    facts = replace(
        facts, photo=photo, aliases=tuple(filter(None, map(former_path, facts.aliases)))
    )
    if not any(block.text.strip() for block in blocks):
        raise ImportRefused(msg("import_html.no_text"))
    words = (
        *words_in(pieces),
        *words_of(" ".join([str(facts.date or ""), facts.lang, *facts.authors, *facts.aliases])),
    )
    return Transcript(source, blocks, words, facts, notices, pieces=pieces)


def blocks_and_pieces(html: str) -> tuple[list[Block], tuple[Piece, ...]]:
    """The blocks of a fragment of HTML, and what a reader of it sees."""
    soup = soup_of(html)
    tidied(soup)
    pieces = pieces_of(soup)
    normalized(soup)
    return list(blocks_in(soup)), pieces


def words_in(pieces: Iterable[Piece]) -> Iterator[str]:
    """The words among ``pieces``."""
    return (piece.text for piece in pieces if piece.sort is Sort.WORD)


def _facts(soup: BeautifulSoup) -> Facts:
    """What the head of a page says."""

    def meta(*names: str) -> str:
        for name in names:
            tag = soup.find("meta", attrs={"property": name}) or soup.find(
                "meta", attrs={"name": name}
            )
            if isinstance(tag, Tag) and tag.get("content"):
                return " ".join(str(tag["content"]).split())
        return ""

    html = soup.find("html")
    canonical = soup.find("link", rel="canonical")
    time = soup.find("time", attrs={"datetime": True})
    stamp = meta("article:published_time", "date") or (
        str(time["datetime"]) if isinstance(time, Tag) else ""
    )
    author = meta("author", "article:author")
    address = str(canonical.get("href") or "") if isinstance(canonical, Tag) else ""
    return Facts(
        date=_date(stamp),
        authors=(author,) if author and "://" not in author else (),
        lang=str(html.get("lang") or "")[:2].lower() if isinstance(html, Tag) else "",
        aliases=(address,) if address else (),
    )


def _date(stamp: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(stamp[:10])
    except ValueError:
        return None


def tidied(soup: BeautifulSoup, base: str = "") -> tuple[str, ...]:
    """Make ``soup`` ready: unseen elements go, addresses become whole. Returns notices
    to the editor."""
    for unseen in soup.find_all(string=lambda text: isinstance(text, PreformattedString)):
        unseen.extract()  # comments, and what Word puts between <![if …]> and <![endif]>
    lists_of_word_processors(soup)
    footnotes_as_notes(soup)
    emphasis_as_elements(soup)
    smileys_as_text(soup)
    hidden = soup.find_all(_UNSEEN)
    scripts = sum(tag.name in ("script", "style") for tag in hidden)
    for tag in hidden:
        if not tag.decomposed:
            tag.decompose()
    refused = relative = led = 0
    for tag in soup.find_all(["a", "img"]):
        name = "href" if tag.name == "a" else "src"
        address = "".join(str(tag.get(name) or "").split("\n")).strip().replace(" ", "%20")
        if base and address and not address.startswith("#"):
            address = urljoin(base, address)
        led += address != (address := direct(address))
        scheme = address.split(":", 1)[0].lower() if ":" in address.split("/", 1)[0] else ""
        if scheme not in _SAFE or address.startswith("#") or not address:
            refused += scheme in _SCRIPTS
            del tag[name]
            if scheme not in (*_SAFE, *_SCRIPTS):
                tag[UNSAFE] = address
        else:
            relative += not scheme and tag.name == "a"
            tag[name] = address.replace("(", "%28").replace(")", "%29")
    notices = []
    if scripts:
        notices.append(msg("import_html.scripts", count=scripts))
    if refused:
        notices.append(msg("import_html.unsafe_links", count=refused))
    if led:
        notices.append(msg(DIRECT, count=led))
    if relative:
        notices.append(msg("import_html.relative_links", count=relative))
    return tuple(notices)


def _article(soup: BeautifulSoup) -> Tag:
    for selector in _ARTICLES:
        found = soup.select(selector)
        if len(found) == 1:
            return found[0]
    return soup


def _photo(soup: BeautifulSoup) -> str:
    picture = _article(soup).find("img", src=True)
    return str(picture["src"]) if isinstance(picture, Tag) else ""


def _blocks(soup: BeautifulSoup) -> Iterator[Block]:
    article = _article(soup)
    if article is soup:
        yield from _page(soup)
        return
    yield from _around(soup, article, _heading(soup, article))


def _heading(soup: BeautifulSoup, article: Tag) -> Tag | None:
    """The title of ``article`` that stands outside it: named so, or else a heading of the page."""
    if article.find("h1") is not None or article.select_one(_TITLES) is not None:
        return None
    headings = [
        tag
        for tag in (*soup.select(_TITLES), *soup.find_all("h1"))
        if not is_boilerplate(tag) and tag.find_parent(is_boilerplate) is None
    ]
    return headings[0] if headings else None


def _around(tag: Tag, article: Tag, heading: Tag | None) -> Iterator[Block]:
    """The page in order: the article's blocks, and everything else as boilerplate."""
    run = empty_tag("div")
    for child in list(tag.children):
        if isinstance(child, Tag) and (is_block(child) or _holds(child, article, heading)):
            yield from boilerplate_in(run, msg(_OUTSIDE))
            run = empty_tag("div")
        if child is article:
            yield from embedded(article)
            yield from blocks_in(article)
        elif heading is not None and child is heading:
            title = copy(heading)
            title.name = "h1"
            yield from blocks_in(_only(title))
        elif isinstance(child, Tag) and _holds(child, article, heading):
            yield from embedded(child)
            yield from _around(child, article, heading)
        elif isinstance(child, Tag) and is_block(child):
            yield from boilerplate_in(_only(child), msg(_OUTSIDE))
        else:
            run.append(copy(child))
    yield from boilerplate_in(run, msg(_OUTSIDE))


def _holds(tag: Tag, article: Tag, heading: Tag | None) -> bool:
    return any(inner is article or inner is heading for inner in tag.descendants)


def _only(tag: Tag) -> Tag:
    """A container that holds ``tag`` alone."""
    holder = empty_tag("div")
    holder.append(copy(tag))
    return holder


def _page(soup: BeautifulSoup) -> Iterator[Block]:
    head = soup.find("head")
    if isinstance(head, Tag):
        yield from boilerplate_in(head, msg("import_html.window_title"))
        head.extract()
        yield from blocks_in(soup)
        soup.insert(0, head)
    else:
        yield from blocks_in(soup)


def as_mail_text(html: str) -> str:
    """A message in HTML as mail programs make text of it: quotes with ``>``, addresses after
    the words of a link. Raises ImportRefused for one that is nested too deeply."""
    soup = soup_of(html)
    tidied(soup)
    normalized(soup)
    for struck in soup.find_all("del"):
        struck.insert(0, "~~")
        struck.append("~~")
    for link in soup.find_all("a", href=True):
        address = str(link["href"]).removeprefix("mailto:")
        if address not in link.get_text():
            link.append(f" ({address})")
    for quote in reversed(soup.find_all("blockquote")):
        paragraphs = _text_lines(quote)
        quote.clear()
        quote.name = "div"
        for line in paragraphs:
            paragraph = soup.new_tag("p")
            paragraph.string = f"> {line}"
            quote.append(paragraph)
    return "\n".join(_text_lines(soup))


def _text_lines(tag: Tag) -> list[str]:
    lines: list[str] = []
    for block in blocks_in(tag):
        mark = "> " if block.text.startswith("> ") else ""
        bullet = f"{block.bullet}. " if block.bullet.isdigit() else "- " if block.bullet else ""
        text = (bullet + block.text).split("\n")
        lines += text if block.joined else [mark.strip(), *text]
    return lines[1:] if lines and not lines[0] else lines
