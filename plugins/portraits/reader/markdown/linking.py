"""Check and resolve the links, pictures, footnote references and tags of a document.

Pictures and links to other files become placeholders (:mod:`portraits.model.placeholders`),
because their addresses depend on other files. So do links within the page, because the answer
that contains them is also shown on other pages.
"""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree as ET

from portraits.model.networks import network_named
from portraits.model.placeholders import image_placeholder, link_placeholder
from portraits.model.portrait import Account, InlineImage, InternalLink
from portraits.reader.markdown.blocks import HEADINGS
from portraits.reader.markdown.document import Document
from portraits.reader.markdown.links import External, Internal, RefusedLink, link_target
from portraits.reader.markdown.tags import holds_tokens, place_tags
from portraits.reader.markdown.tokens import TAG, TAG_OPEN
from portraits.reader.markdown.walk import inside
from portraits.reader.rich_text import strip
from portraits.support.limits import FORBIDDEN, INVISIBLE
from portraits.support.messages import msg
from portraits.support.picture_paths import PathRefused, is_sound, picture_path, sound_path
from portraits.support.problems import ProblemCollector

_HOLDS_PICTURES = frozenset({"p", "li", "td"})
_MEANT_AS_CREDIT = re.compile(r"\([cC]\)|\b(?:[Cc]r[ée]dit|[Pp]hoto)s?[ \u00a0]?:")
"""How people name the author of a picture when they don't know « © »."""
_IN_QUESTION = {"a": "linking.link_in_question", "img": "linking.picture_in_question"}
"""Tag -> key of what is said of it in a question."""


class Linking:
    """Resolves the links of one document and collects their targets."""

    def __init__(
        self, document: Document, report: ProblemCollector, *, source: str, page: str, trusted: bool
    ) -> None:
        """``source`` is the file's path relative to the content folder. ``page`` is a slug that
        keeps footnote ids distinct on pages with answers of several portraits."""
        self.document, self.report = document, report
        self.source, self.folder = source, source.rpartition("/")[0]
        self.page, self.trusted = page, trusted
        self.links: list[InternalLink] = []
        self.images: list[InlineImage] = []
        self.external: list[tuple[str, int]] = []
        self.fragments: list[tuple[str, int]] = []
        """(fragment, line) of links within the page, to be compared with its ids."""
        self.notes: dict[str, int] = {}
        """Label of each footnote referenced -> its number."""
        self._calls: dict[str, int] = {}
        self._tag_lines: dict[int, int] = {}

    def run(self) -> None:
        """Check and resolve everything in the document's tree."""
        for block, numbers in self.document.lines.items():
            if block.tag != "code" and (len(block) or TAG_OPEN in (block.text or "")):
                self._block(block, numbers)
        if self.document.found.tags and not self.trusted:
            refused: Counter[str] = Counter()
            for root in (self.document.root, *(note.body for note in self.document.footnotes)):
                for element in list(root.iter()):
                    if holds_tokens(element):
                        place_tags(element, self.document.found.tags, self._bad_tag, refused)
        if self.images:
            _unwrap_pictures(self.document.root)
            for note in self.document.footnotes:
                _unwrap_pictures(note.body)

    def note_id(self, number: int) -> str:
        return f"fn-{self.page}-{number}"

    def call_id(self, number: int, call: int = 1) -> str:
        return f"fnref-{self.page}-{number}" + (f"-{call}" if call > 1 else "")

    def placeholder(self, target: str, fragment: str, line: int) -> str:
        """Record a link and return its placeholder."""
        self.links.append(InternalLink(target, fragment, line))
        return link_placeholder(len(self.links) - 1)

    def _block(self, block: ET.Element, numbers: tuple[int, ...]) -> None:
        heading = block.tag in HEADINGS
        for line, parent, part in inside(block, numbers):
            if isinstance(part, str):
                if TAG_OPEN in part:
                    self._text(part, line, parent)
            elif heading and (part.tag in ("a", "img") or part in self.document.found.calls):
                what = _IN_QUESTION.get(part.tag, "linking.footnote_in_question")
                self.report.error(
                    line, "link-in-question", msg(what), msg("linking.in_question_hint")
                )
            elif part.tag == "a":
                self._link(part, line)
            elif part.tag == "img":
                self._picture(part, parent, line)
            elif part in self.document.found.calls:
                self._call(part, self.document.found.calls[part], line)

    def _text(self, text: str, line: int, parent: ET.Element) -> None:
        if parent.tag == "code":
            return
        for found in TAG.finditer(text):
            self._tag_lines[int(found[1])] = line + text.count("\n", 0, found.start())

    def _bad_tag(self, number: int, fault: str) -> None:
        self.report.error(
            self._tag_lines.get(number, 0), "raw-html", fault, msg("html.remedy_hint")
        )

    def _link(self, link: ET.Element, line: int) -> None:
        if account := self.document.found.accounts.get(link):
            self._handle(account, line)
            return
        if len(link) and link.find(".//a") is not None:
            self.report.error(
                line, "nested-link", msg("linking.nested_link"), msg("linking.nested_link_hint")
            )
        if "<" in link.get("title", ""):
            self.report.error(
                line, "bad-link", msg("linking.tag_in_tooltip"), msg("linking.tag_in_tooltip_hint")
            )
        self._plain(link.get("title", ""), line)
        href = (link.get("href") or "").strip()
        target = link_target(href, self.folder)
        if isinstance(target, External):
            link.set("href", target.url)
            self.external.append((target.url, line))
        elif isinstance(target, RefusedLink):
            self.report.error(line, target.code, target.message, target.hint)
        else:
            self._internal(link, target, line)

    def _handle(self, account: Account, line: int) -> None:
        """Warn of a handle read as a domain name that may as well be of the default network."""
        network = network_named(self.document.found.network)
        if network is None or account.network != "bluesky" or network.key == "bluesky":
            return
        if not account.handle.endswith(".bsky.social") and network.handle.fullmatch(account.handle):
            self.report.warn(
                line,
                "ambiguous-handle",
                msg("linking.ambiguous_handle", handle=account.handle, network=network.label),
                msg("linking.ambiguous_handle_hint", handle=account.handle),
            )

    def _plain(self, text: str, line: int) -> None:
        """Report a forbidden or invisible character that an entity put into an attribute."""
        if found := FORBIDDEN.search(text) or INVISIBLE.search(text):
            self.report.error(
                line,
                "forbidden-character",
                msg("linking.invisible_character", code=f"U+{ord(found[0]):04X}"),
                msg("linking.invisible_character_hint"),
            )

    def _internal(self, link: ET.Element, target: Internal, line: int) -> None:
        if target.target in ("", self.source):
            self.fragments.append((target.fragment, line))
        link.set("href", self.placeholder(target.target or self.source, target.fragment, line))

    def _picture(self, picture: ET.Element, parent: ET.Element, line: int) -> None:
        alt, title = picture.get("alt", "").strip(), picture.get("title", "").strip()
        self._plain(alt + title, line)
        written = (picture.get("src") or "").strip()
        sound = is_sound(written)
        try:
            file = (sound_path if sound else picture_path)(written, self.folder)
        except PathRefused as refused:
            self.report.error(
                line, "bad-sound" if sound else "bad-picture", refused.message, refused.hint
            )
            file = ""
        if parent.tag not in _HOLDS_PICTURES and not sound:
            self.report.error(
                line,
                "picture-out-of-place",
                msg(
                    "linking.picture_in_link"
                    if parent.tag == "a"
                    else "linking.picture_in_emphasis"
                ),
                msg("linking.picture_out_of_place_hint"),
            )
        if not alt and sound:
            self.report.error(
                line,
                "sound-without-caption",
                msg("linking.sound_without_caption", file=file),
                msg("linking.sound_without_caption_hint"),
            )
        elif not alt:
            self.report.warn(
                line,
                "image-without-alt",
                msg("linking.picture_without_description", file=file),
                msg("linking.picture_without_description_hint"),
            )
        picture.attrib.clear()
        picture.set("src", image_placeholder(len(self.images)))
        self.images.append(InlineImage(file, alt, *self._caption(title, line), line))

    def _caption(self, title: str, line: int) -> tuple[str, str]:
        """Return the caption and the credit in ``title``: what stands before and after « © »."""
        caption, sign, credit = map(str.strip, title.partition("©"))
        if sign and (not credit or "©" in credit):
            self.report.error(
                line,
                "bad-credit",
                msg("linking.two_credits" if credit else "linking.credit_without_name"),
                msg("linking.bad_credit_hint"),
            )
        elif found := _MEANT_AS_CREDIT.search(caption):
            self.report.warn(
                line,
                "credit-in-caption",
                msg("linking.credit_in_caption", words=found[0]),
                msg("linking.credit_in_caption_hint"),
            )
        return caption, credit

    def _call(self, call: ET.Element, label: str, line: int) -> None:
        number = self.notes.setdefault(label, len(self.notes) + 1)
        self._calls[label] = self._calls.get(label, 0) + 1
        call.set("id", self.call_id(number, self._calls[label]))
        link = ET.SubElement(
            call,
            "a",
            {
                "href": self.placeholder(self.source, self.note_id(number), line),
                "role": "doc-noteref",
            },
        )
        link.text = str(number)


def _unwrap_pictures(root: ET.Element) -> None:
    """Move pictures out of their paragraphs, which cannot contain the ``figure`` that replaces
    them; the paragraph is split around them."""
    for parent in list(root.iter()):
        for paragraph in [child for child in parent if child.tag == "p"]:
            if paragraph.find("img") is None:
                continue
            pieces: list[ET.Element] = []
            text, children = paragraph.text, list(paragraph)
            current = ET.Element("p")
            current.text = text
            for child in children:
                tail, child.tail = child.tail, None
                if child.tag == "img":
                    pieces += [current, child]
                    current = ET.Element("p")
                    current.text = tail
                else:
                    child.tail = tail
                    current.append(child)
            pieces.append(current)
            for piece in pieces:
                strip(piece)
            at = list(parent).index(paragraph)
            parent[at : at + 1] = [
                piece for piece in pieces if piece.tag == "img" or len(piece) or piece.text
            ]
