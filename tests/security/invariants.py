"""What must hold for every published site, whatever its sources were."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from lxml import html
from portraits.series.search.words import terms

from tests.unit.search.reading_back import read_file

STAMP = ".portraits-release"
_XML = {".xml", ".svg", ".opml"}
_SCHEMES = {"", "http", "https", "mailto"}
_NEVER = {"iframe", "object", "embed", "base", "style", "applet", "frame", "portal", "math"}
_GZIP = b"\x1f\x8b"


def tree(folder: Path) -> dict[str, str]:
    """Path -> hash of each file of a published site, without the release's own stamp."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != STAMP
    }


def contents(output: Path) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every file; what is compressed is also given unpacked.

    The search index writes a word as what follows the letters it shares with the one before."""
    for path in sorted(output.rglob("*")):
        if path.is_file():
            raw = path.read_bytes()
            name = path.relative_to(output).as_posix()
            yield name, raw
            if raw.startswith(_GZIP):
                try:
                    yield name, zlib.decompressobj(31).decompress(raw)
                except zlib.error:
                    continue
            elif path.suffix == ".words":
                yield name, "\n".join(sorted({word for _, word in read_file(raw)})).encode()


def holding(output: Path, words: Iterable[str]) -> dict[str, list[str]]:
    """Which of ``words`` stand where: in names, bytes and compressed bytes of the site."""
    found: dict[str, list[str]] = {}
    sought = {
        form for word in words for form in (word, word.lower(), word.upper(), *_found_under(word))
    }
    for name, raw in contents(output):
        for word in sought:
            if word in name or any(
                word.encode(encoding) in raw for encoding in ("utf-8", "utf-16-le")
            ):
                found.setdefault(name, []).append(word)
    return found


def _found_under(word: str) -> set[str]:
    """How the search index spells ``word``, if it is one word to it."""
    spellings = terms(word)
    return spellings if len(spellings) == 1 else set()


def malformed(output: Path) -> list[str]:
    """Files whose XML, JSON or JSON-LD other people's parsers refuse."""
    faults = []
    for path in sorted(output.rglob("*")):
        try:
            if path.suffix in _XML:
                ET.parse(path)
            elif path.suffix == ".json":
                json.loads(path.read_bytes())
            elif path.suffix == ".html":
                for script in html.parse(str(path)).iter("script"):
                    if script.get("type") == "application/ld+json":
                        json.loads(script.text_content())
        except (ValueError, ET.ParseError) as error:
            faults.append(f"{path.relative_to(output)}: {error}")
    return faults


def dangers(output: Path) -> list[str]:
    """Elements and attributes that run something, or load it from elsewhere."""
    return [
        f"{path.relative_to(output)}: {danger}"
        for path in sorted(output.rglob("*.html"))
        for danger in _dangers(path.read_bytes())
    ]


def _dangers(page: bytes) -> Iterator[str]:
    for element in html.document_fromstring(page).iter():
        if not isinstance(element.tag, str):
            yield "a comment or an instruction"
            continue
        if element.tag in _NEVER:
            yield f"<{element.tag}>"
        if (
            element.tag == "script"
            and element.get("type") != "application/ld+json"
            and not (
                (element.get("src") or "").startswith("/theme/")
                and not (element.text or "").strip()
            )
        ):
            yield f"<script> {element.get('src')}"
        if (
            element.tag == "meta"
            and (element.get("http-equiv") or "").lower() == "refresh"
            and (not re.fullmatch(r"0; ?url=/[^/].*", element.get("content") or ""))
        ):
            yield "a refresh"
        for name, value in element.items():
            if name.startswith("on") or name in ("style", "srcdoc", "formaction", "xlink:href"):
                yield f"<{element.tag} {name}=…>"
            if (
                name in ("href", "src", "action")
                and urlsplit("".join(value.split())).scheme.lower() not in _SCHEMES
            ):
                yield f"<{element.tag} {name}={value!r}>"
            if name in ("src", "srcset") and urlsplit(value).netloc:
                yield f"<{element.tag} {name}={value!r}> comes from elsewhere"
