"""Make the proof: the page of a portrait as one HTML file that asks for nothing.

The page is the one that the site would publish, from the same templates. What it loads (style
sheets, faces, pictures, icons) is put into it; what leads to other pages is left out, because they
are not what the person is asked about; and what they answer with is added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

from bs4 import BeautifulSoup, Tag
from markupsafe import Markup

from portraits.importer.answer_file import PROOF_MAGIC, VERSION
from portraits.model.portrait import Portrait
from portraits.output.media_types import media_type
from portraits.pages.pictures import MONOGRAMS, PHOTOS
from portraits.pages.portrait.page import KIND
from portraits.proof.answers import TypedAnswer
from portraits.site.context import BuildContext
from portraits.site.offline import data_address, policy, script_of, templates
from portraits.support.catalogue import Catalogue, catalogue, interface_language

_FORM = Path(__file__).parent / "form"
_AROUND = (
    "script, noscript, nav, .skip, .theme-switch, .breadcrumb, .afterword, .related, .after, "
    ".onward, .ribbon, .copied, .colophon__links, .colophon__top, .beside .others"
)
"""What is no part of the text, or leads away from it."""
_ADDRESS = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")
_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_RANGE = re.compile(r"unicode-range:([^;}]*)")
_POINTS = re.compile(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", re.IGNORECASE)
_WIDEST = 1200
"""Pixels of a picture's width: a proof is sent by mail."""
_SCRIPT_WORDS = ("copied", "copy_failed", "downloaded", "saved", "keep_marks", "changed")


@dataclass(frozen=True, slots=True)
class Proof:
    """What a proof is about."""

    portrait: Portrait
    answers: tuple[TypedAnswer, ...]
    fingerprint: str
    token: str


def proof_page(context: BuildContext, source: str, proof: Proof) -> str:
    """Return the page that is sent to the person. ``source`` is the portrait's file.

    Raise OSError for a picture that cannot be read.
    """
    page, *_ = KIND.make(context, source)
    soup = BeautifulSoup(page.content.decode(), "html.parser")
    lang = proof.portrait.lang
    words = catalogue(interface_language(lang, context.settings.lang))
    form = _Form(context, proof, words)
    for left_out in soup.select(_AROUND):
        left_out.decompose()
    _without_addresses(soup, context.url(context.summary(source)))
    _pictures(soup, dict(_files(context, source, proof.portrait)))
    _icons(soup, context)
    form.add_to(soup)
    _head(soup, _style(context, soup.get_text()), form)
    return f"{soup}\n"


# -- what the page loads


def _style(context: BuildContext, text: str) -> str:
    """Return the site's style sheets as one, with the faces that ``text`` needs in it."""
    site = context.site()
    assets = {context.settings.path(name): content for name, content in context.assets.items()}
    sheets = [assets[site.asset("css/site.css")].decode()]
    if site.own_sheet:
        own = site.own_sheet.removeprefix(context.settings.base_path)
        sheets.append(context.extra[own].decode())
    names = {name.rpartition("/")[2]: content for name, content in assets.items()}

    def inlined(found: re.Match[str]) -> str:
        name = found[1].rpartition("/")[2]
        return (
            f'url("{data_address(names[name], media_type(name))}")' if name in names else found[0]
        )

    def needed(found: re.Match[str]) -> str:
        face = found[0]
        scripts = _RANGE.search(face)
        if scripts and not any(_is_in(char, scripts[1]) for char in set(text)):
            return ""
        return _ADDRESS.sub(inlined, face)

    whole = "\n".join((*sheets, (_FORM / "proof.css").read_text(encoding="utf-8")))
    return _FACE.sub(needed, whole).replace("</", "<\\/")


def _is_in(char: str, ranges: str) -> bool:
    """Return whether the face of a ``unicode-range`` is the one that sets a letter.

    Faces with a range complete one without, which has all of Latin-1.
    """
    return ord(char) > 0xFF and any(
        int(first, 16) <= ord(char) <= int(last or first, 16)
        for first, last in _POINTS.findall(ranges)
    )


def _files(context: BuildContext, source: str, portrait: Portrait) -> Iterator[tuple[str, bytes]]:
    """Yield the address and the content of each picture and sound that the page shows."""
    shown = [portrait.photo.file] if portrait.photo else []
    shown += [image.file for image in portrait.images]
    if context.settings.pictures:
        for name in dict.fromkeys(shown):
            for file in PHOTOS.make(context, name):
                yield context.settings.path(file.address), file.content
    if context.monogram_file(context.summary(source)):
        for file in MONOGRAMS.make(context, portrait.name):
            yield context.settings.path(file.address), file.content


def _pictures(soup: BeautifulSoup, files: Mapping[str, bytes]) -> None:
    """Put the pictures and sounds into the page, each once."""
    for source in soup.select("picture source"):
        source.decompose()
    for element in soup.select("[src]"):
        address = _best(element, files)
        for name in ("srcset", "sizes", "loading", "decoding", "fetchpriority"):
            del element[name]
        if address in files:
            element["src"] = data_address(files[address], media_type(address))
        else:
            element.decompose()


def _best(element: Tag, files: Mapping[str, bytes]) -> str:
    """Return the address of the widest picture that is not too wide, else the one that is named."""
    candidates = [part.split() for part in str(element.get("srcset", "")).split(",")]
    widths = {
        int(parts[1].removesuffix("w")): parts[0]
        for parts in candidates
        if len(parts) == 2 and parts[0] in files
    }
    fitting = [width for width in widths if width <= _WIDEST]
    return widths[max(fitting)] if fitting else str(element["src"])


def _icons(soup: BeautifulSoup, context: BuildContext) -> None:
    """Put the icons that the page uses into it: a page may not use those of another file."""
    sheet = context.site().assets.get("img/sprite.svg", "")
    content = context.assets.get(sheet.removeprefix(context.settings.base_path), b"")
    symbols = {
        str(symbol["id"]): symbol
        for symbol in BeautifulSoup(content.decode(), "html.parser").select("symbol[id]")
    }
    used: dict[str, Tag] = {}
    for use in soup.select("use[href]"):
        _, name = urldefrag(str(use["href"]))
        if name in symbols:
            used[name] = symbols[name]
            use["href"] = f"#symbol-{name}"
        else:
            use.decompose()
    if used and soup.body:
        sprite = soup.new_tag("svg", attrs={"hidden": "", "aria-hidden": "true"})
        for name in sorted(used):
            used[name]["id"] = f"symbol-{name}"
            sprite.append(used[name])
        soup.body.append(sprite)


def _without_addresses(soup: BeautifulSoup, own: str) -> None:
    """Keep the links into the page and those to the web; others would lead to no page."""
    for link in soup.select("a[href]"):
        address, fragment = urldefrag(str(link["href"]))
        if fragment and address in ("", own):
            link["href"] = f"#{fragment}"
        elif address.startswith(("https://", "http://", "mailto:")):
            link["rel"] = "noreferrer"
            link["target"] = "_blank"
        else:
            del link["href"]
            for name in ("rel", "hreflang", "aria-label"):
                del link[name]


# -- what the person answers with


class _Form:
    """The form around and inside the text."""

    def __init__(self, context: BuildContext, proof: Proof, words: Catalogue) -> None:
        self.proof, self.words, self.settings = proof, words, context.settings
        self._template = templates(_FORM).get_template
        self.script = script_of(_FORM / "proof.js")

    def add_to(self, soup: BeautifulSoup) -> None:
        """Add the form to a page; answers are found by the ids of their headings."""
        main = soup.select_one("main")
        assert main is not None  # noqa: S101 - the theme's own template
        for answer in self.proof.answers:
            heading = soup.find(id=answer.id)
            section = heading.find_parent("section") if heading else None
            if section is not None:
                follow_up = section.find("section", class_="follow-up", recursive=False)
                beside = follow_up or section.find("aside", class_="beside", recursive=False)
                change = self._part("change.html", answer=answer)
                if beside is not None:
                    beside.insert_before(change)
                else:
                    section.append(change)
        main.insert(0, self._part("opening.html"))
        main.append(self._part("agreement.html"))
        main.append(self._part("words.html", script_words=self._script_words()))

    def _part(self, name: str, **values: Any) -> BeautifulSoup:
        portrait = self.proof.portrait
        html = self._template(name).render(
            t=self.words,
            portrait=portrait,
            settings=self.settings,
            date=self.words.date(portrait.date),
            **values,
        )
        return BeautifulSoup(html, "html.parser")

    def _script_words(self) -> dict[str, object]:
        portrait = self.proof.portrait
        return {
            **{key: self.words.text(f"proof.{key}") for key in _SCRIPT_WORDS if key != "changed"},
            "changed": self.words.forms("proof.changed"),
            "first": f"{PROOF_MAGIC} {VERSION}",
            "file": f"epreuve-{portrait.slug}.txt",
            "store": f"{PROOF_MAGIC}:{self.proof.token}",
            "portrait": portrait.slug,
            "langue": portrait.lang,
            "empreinte": self.proof.fingerprint,
            "date": portrait.date.isoformat(),
            "jeton": self.proof.token,
        }


def _head(soup: BeautifulSoup, style: str, form: _Form) -> None:
    """Give the page a head of its own, and the script at its end."""
    head, body, title = soup.head, soup.body, soup.title
    assert head is not None and body is not None and title is not None  # noqa: S101 - our template
    words = form.words.text("proof.mark")
    parts = form._template("head.html").render(
        policy=policy(style, form.script, media=True),
        title=f"{words} — {title.get_text()}",
        style=Markup(style),  # noqa: S704 - the theme's and ours
    )
    head.clear()
    head.append(BeautifulSoup(parts, "html.parser"))
    script = soup.new_tag("script")
    script.string = form.script
    body.append(script)
