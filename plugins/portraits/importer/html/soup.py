"""HTML as a tree, with the end tags that old pages leave out.

A paragraph ends where another block begins, an item of a list where the next one does
(HTML Standard, sections 13.1.2.4 and 13.2.6.4.7). The parser is Python's own, which knows
on which line an element stands; it nests ``<p>a<p>b``, and this is mended here.

What blog engines put around an article is told by its tag, class or id. Classes count as
whole words, never as parts of one: ``comment-devient-on`` is the id of a French question.
"""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import Comment, PageElement, PreformattedString

from portraits.importer.transcript import ImportRefused
from portraits.support.messages import msg

MAX_DEPTH = 150
"""Elements inside elements: no article is deeper, and readers of HTML recurse."""

NOTE, NOTE_CALL = "x-note", "x-note-call"
"""Elements of ours: a footnote and the place that calls it, both with their label."""
BLOCKS = frozenset(
    """
address article aside audio blockquote body button canvas caption center dd details dialog dir
div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html
legend li listing main menu nav noscript object ol optgroup option p pre search section select
summary svg table tbody td template textarea tfoot th thead title tr ul video x-note xmp
""".split()  # noqa: SIM905
)
"""Elements that stand on lines of their own: no word runs on from one into the next."""

SPACES = frozenset({"br", "img", "input", "iframe", "embed"})
"""Elements without text that part the words around them."""

_ENDS_PARAGRAPH = frozenset(
    # The standard's list, as the standard prints it.
    """
address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer
form h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre section summary table ul li dd dt
""".split()  # noqa: SIM905
)
_ENDS = {
    **{
        name: (("p",), frozenset({"table", "td", "th", "button", "object"}))
        for name in _ENDS_PARAGRAPH
    },
    "td": (("td", "th"), frozenset({"table"})),
    "th": (("td", "th"), frozenset({"table"})),
    "tr": (("tr",), frozenset({"table"})),
}
_ALSO_ENDS = {
    "li": (("li",), frozenset({"ul", "ol", "menu", "dir"})),
    "dt": (("dt", "dd"), frozenset({"dl"})),
    "dd": (("dt", "dd"), frozenset({"dl"})),
}
_BOILERPLATE_TAGS = frozenset(
    {"nav", "aside", "form", "footer", "button", "select", "textarea", "noscript", "template"}
    | {"svg", "canvas"}
)
_BOILERPLATE_NAMES = frozenset(
    # Class names of the usual blog engines, read as a list of words.
    """
sharedaddy sd-sharing sd-block jp-relatedposts jetpack-likes-widget share sharing share-buttons
social-share social-links addtoany_share_save_container entry-meta post-meta entry-footer
post-footer byline comments comments-area comment-respond comment-list commentlist respond
post-navigation nav-links navigation pagination breadcrumb breadcrumbs widget sidebar
related-posts related yarpp-related cookie-notice newsletter tags-links cat-links
wp-block-comments blogger-labels post-labels
""".split()  # noqa: SIM905
)


class _Page(BeautifulSoup):
    """A tree that closes what its source leaves open, and refuses to grow deeper than MAX_DEPTH:
    each tag is compared with the open elements, so that a deep page would take the square of its
    length."""

    def handle_starttag(self, name: str, *arguments: Any, **more: Any) -> Tag | None:
        if len(self.tagStack) > MAX_DEPTH:
            raise ImportRefused(msg("import_html.too_deep", most=MAX_DEPTH))
        for rule in (_ENDS.get(name), _ALSO_ENDS.get(name)):
            if rule:
                self._close(*rule)
        opened: Tag | None = super().handle_starttag(name, *arguments, **more)
        return opened

    def _close(self, names: tuple[str, ...], scope: frozenset[str]) -> None:
        for tag in reversed(self.tagStack):
            if tag.name in scope:
                return
            if tag.name in names:
                self.handle_endtag(tag.name)
                return


def soup_of(html: str) -> BeautifulSoup:
    """The tree of ``html``. Raises ImportRefused when it is too deep to be an article."""
    return _Page(html, "html.parser")


def empty_tag(name: str) -> Tag:
    """A new element outside every tree."""
    return BeautifulSoup("", "html.parser").new_tag(name)


def holds_blocks(tag: Tag) -> bool:
    """Whether an element that stands on lines of its own is in ``tag``."""
    return any(isinstance(inner, Tag) and inner.name in BLOCKS for inner in tag.descendants)


def text_of(node: PageElement) -> str:
    """The text of ``node`` as it is seen; a ``br`` or a picture is a space."""
    if isinstance(node, Comment | PreformattedString):
        return ""
    if isinstance(node, NavigableString):
        return str(node)
    if isinstance(node, Tag):
        return " " if node.name in SPACES else "".join(text_of(child) for child in node.children)
    return ""


def line_of(node: PageElement | None) -> int:
    """The line of the source on which ``node``, or the element around it, begins."""
    while node is not None:
        if isinstance(node, Tag) and node.sourceline:
            return node.sourceline
        node = node.parent
    return 1


def is_boilerplate(tag: Tag) -> bool:
    """Whether an element is what blog engines put around an article."""
    if tag.name in _BOILERPLATE_TAGS or tag.has_attr("hidden"):
        return True
    classes = tag.get("class") or []
    names = {*([classes] if isinstance(classes, str) else classes), str(tag.get("id") or "")}
    return not names.isdisjoint(_BOILERPLATE_NAMES)
