"""One function per reader of strangers' text: whatever comes in, only what is declared comes out.

Used by hypothesis in the tests and by atheris on request (``invoke fuzz``).
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import html5lib
from portraits.importer import cli
from portraits.reader.questionnaire import Questionnaire
from portraits.reader.sanitizing import survives_cleaning
from portraits.reader.source import parse
from portraits.settings import Settings
from portraits.support.bounds import OutOfBounds, bounded
from portraits.support.limits import FORBIDDEN
from portraits.support.problems import errors
from portraits.typography import typeset
from portraits.typography.tree import typeset_tree

SECONDS = 5
_HOLE = re.compile("\ufdd0(?:link|image)\\d+\ufdd1")
_HARMLESS = {"http", "https", "mailto", ""}
_ELEMENTS = {
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "cite",
    "code",
    "del",
    "dfn",
    "div",
    "em",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
    "var",
    "wbr",
}
_ATTRIBUTES = {"href", "title", "class", "id", "aria-label", "role", "lang", "dir", "start"}


def dangers(fragment: str) -> list[str]:
    """What stands in a fragment of HTML that no portrait may hold, as html5lib reads it."""
    found = []
    for element in html5lib.parseFragment(fragment, namespaceHTMLElements=False).iter():
        if element.tag == "DOCUMENT_FRAGMENT":
            continue
        if element.tag not in _ELEMENTS:
            found.append(str(element.tag))
        found += [name for name in element.attrib if name not in _ATTRIBUTES]
        address = element.get("href") or ""
        if urlsplit(address).scheme.lower() not in _HARMLESS:
            found.append(address)
    return found


def portrait(data: bytes) -> None:
    """A portrait file: refused with a place and a remedy, or accepted and harmless."""
    with bounded(SECONDS, 512):
        parsed = parse("portraits/x.md", data, Settings(), Questionnaire())
    for problem in parsed.problems:
        assert problem.path == "portraits/x.md"
        assert 0 <= problem.line <= data.count(b"\n") + data.count(b"\r") + 1, problem
        assert "\n" not in str(problem)
    assert (parsed.portrait is None) == bool(errors(parsed.problems))
    if parsed.portrait is None:
        return
    found = parsed.portrait
    passages = [found.introduction, found.notice]
    for exchange in found.exchanges:
        passages += [exchange.question.wording, exchange.answer]
        passages += [
            part
            for further in exchange.follow_ups
            for part in (further.question.wording, further.answer)
        ]
    for passage in passages:
        html = _HOLE.sub("x", passage.html)
        assert not FORBIDDEN.search(html + passage.text), passage
        assert not dangers(html), passage
        assert survives_cleaning([html]), passage
    for url, _ in found.external_links:
        assert url.startswith(("http://", "https://", "mailto:", "HTTP", "Http")), url


def body(data: bytes) -> None:
    """The text of a portrait."""
    portrait(b"---\nname: X\ndate: 2011-07-14\n---\n## Q ?\n\n" + data)


def front_matter(data: bytes) -> None:
    """The head of a portrait."""
    portrait(b"---\nname: X\ndate: 2011-07-14\n" + data + b"\n---\n## Q ?\n\nR.\n")


def typography(data: bytes) -> None:
    """Typography of text and of trees: letters stay, twice is once."""
    text = FORBIDDEN.sub("", data.decode("utf-8", "replace"))
    for lang in ("fr", "en"):
        for rules in ("quebec", "france"):
            with bounded(SECONDS, 512):
                once = typeset(text, lang, rules)
            assert _letters(once) == _letters(text), (text, once)
    holder = ET.Element("div")
    holder.text = text
    code = ET.SubElement(holder, "code")
    code.text = text
    typeset_tree(holder, "fr", "quebec")
    assert code.text == text


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalpha())


def importer(data: bytes, name: str = "source.txt") -> None:
    """A file to be imported: refused with a word, or a portrait file and its report."""
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder, "content")
        content.mkdir()
        source = Path(folder, name)
        source.write_bytes(data)
        said: list[str] = []
        status = cli.run([source], content, say=said.append, everything=True)
        assert status in (0, 1)
        written = sorted(path for path in Path(folder).rglob("*.md") if path != source)
        assert bool(written) == (status == 0), said
        for path in written:
            assert path.parent == content / "portraits"
            assert not FORBIDDEN.search(path.read_text("utf-8"))


TARGETS = {
    "portrait": portrait,
    "front-matter": front_matter,
    "body": body,
    "typography": typography,
    "importer": importer,
}

__all__ = ["SECONDS", "TARGETS", "OutOfBounds"]
