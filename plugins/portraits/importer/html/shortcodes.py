"""Shortcodes of WordPress and its page builders: the words that they stand around stay.

    code = "[" ["/"] name (" " attribute)* ["/"] "]"          [gallery ids="1,2"]
    pair = code text "[/" name "]"                            [vc_row][vc_column_text]…

What people write in brackets ([sic], [rires]) is no code: a code has attributes, a closing
part, or the name of one that WordPress or a builder has.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
from dataclasses import dataclass
from urllib.parse import unquote

_CODE = re.compile(
    r"""(?<!\[)\[(?P<closing>/?)(?P<name>[A-Za-z][\w-]*)
        (?P<attributes>(?:[\s=](?:[^\[\]"'<>]|"[^"]*"|'[^']*'|&\#?\w+;)*)?)\](?!\(|\])""",
    re.VERBOSE,
)
_ESCAPED = re.compile(r"\[(\[[A-Za-z][\w-]*[^\[\]]*\])\]")
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'\]]+))""")
_KNOWN = frozenset(
    # WordPress's own, Jetpack's, and those of the most used plugins.
    """
audio caption wp_caption embed gallery playlist video youtube vimeo soundcloud tweet instagram
facebook googlemaps contact-form contact-form-7 gravityform ninja_form slideshow latex poll
ngg nggallery singlepic products jetpack-related-posts toc more nextpage
""".split()  # noqa: SIM905
)
_BUILDERS = re.compile(r"(?:vc|et_pb|et|fusion|av|cs|mk|tve|su|wpb|nectar|ux|fl|kc|siteorigin)_\w+")
_BREAKS = re.compile(r"(?:vc|et_pb|fusion|av|cs|nectar|fl|kc)_\w+")
"""Builders' codes, which stand around whole paragraphs."""
_TITLED = re.compile(r"toggle|accordion|spoiler|faq|tab\b|_tab|collapse")
_HEADS = re.compile(r"heading|title|header")
_CAPTION = re.compile(
    r"(?P<open>\[(?:wp_)?caption[^\]]*\])\s*(?P<picture>(?:<a\b[^>]*>)?\s*<img\b[^>]*>\s*(?:</a>)?)"
    r"(?P<words>.*?)(?P<close>\[/(?:wp_)?caption\])",
    re.DOTALL | re.IGNORECASE,
)
_RAW = re.compile(r"(\[vc_raw_(?:html|js)[^\]]*\])([A-Za-z0-9+/=\s]+)(\[/vc_raw_(?:html|js)\])")


@dataclass(frozen=True, slots=True)
class Shortcode:
    """One code as it stood in the content."""

    line: int
    text: str


def decoded(content: str) -> str:
    """``content`` with the HTML that a builder keeps in Base64 as HTML."""
    return _RAW.sub(lambda found: found[1] + _from_base64(found[2]) + found[3], content)


def unescaped(content: str) -> str:
    """``content`` with ``[[gallery]]``, which shows a code, as the text that it shows."""
    return _ESCAPED.sub(r"\1", content)


def _from_base64(text: str) -> str:
    try:
        return unquote(base64.b64decode(text, validate=False).decode("utf-8"))
    except (binascii.Error, UnicodeDecodeError):
        return text


def without_shortcodes(content: str) -> tuple[str, tuple[Shortcode, ...]]:
    """``content`` without its codes, and these. Titles that codes show become HTML."""
    taken: list[Shortcode] = []
    closed = {found["name"] for found in _CODE.finditer(content) if found["closing"]}

    def take(found: re.Match[str]) -> str:
        if not _is_code(found, closed):
            return found.group()
        line = content.count("\n", 0, found.start()) + 1
        taken.append(Shortcode(line, html.unescape(found.group())))
        return _shown(found)

    content = _CAPTION.sub(_figure, content)
    text = _CODE.sub(take, content)
    return unescaped(text), tuple(taken)


def _is_code(found: re.Match[str], closed: set[str]) -> bool:
    name = found["name"]
    return (
        bool(found["closing"])
        or name in closed
        or name.lower() in _KNOWN
        or bool(_BUILDERS.fullmatch(name))
        or bool(_ATTRIBUTE.search(html.unescape(found["attributes"])))
    )


def _shown(found: re.Match[str]) -> str:
    """What a reader sees of a code besides the words in it: a title, or the end of a block."""
    attributes = {
        each[1].lower(): next(filter(None, each.groups()[1:]), "")
        for each in _ATTRIBUTE.finditer(html.unescape(found["attributes"]))
    }
    name = found["name"].lower()
    title = attributes.get("title") or attributes.get("text") or attributes.get("heading") or ""
    if title and _TITLED.search(name):
        return f"\n\n<strong>{html.escape(title)}</strong>\n\n"
    if title and _HEADS.search(name):
        return f"\n\n<h3>{html.escape(title)}</h3>\n\n"
    return "\n\n" if _BREAKS.fullmatch(name) else ""


def _figure(found: re.Match[str]) -> str:
    """A picture with its caption as HTML, inside its code."""
    words = found["words"].strip()
    caption = f"<figcaption>{words}</figcaption>" if words else ""
    return f"{found['open']}<figure>{found['picture']}{caption}</figure>{found['close']}"
