"""Emphasis that a page says by style, made into elements.

    font-style: italic             <em>        vertical-align: super   <sup>
    font-weight: bold, 600 to 900  <strong>    vertical-align: sub     <sub>
    text-decoration: line-through  <del>       display: none           hidden

Styles stand in the element itself or in a rule for its class (``.c1``, ``p.note``), as word
processors write them. Rules with longer selectors are the theme of a site, not what somebody
meant. A style also takes emphasis away: the ``<b style="font-weight:normal">`` that Google
Docs puts around whole documents is not bold.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

import tinycss2
from bs4 import BeautifulSoup, NavigableString, Tag
from tinycss2.ast import Declaration, QualifiedRule

from portraits.importer.html.formatting import pushed_down
from portraits.importer.html.soup import empty_tag

_SELECTOR = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?\.(?P<name>[\w-]+)", re.IGNORECASE)
_MEANT = frozenset(
    {"font-style", "font-weight", "text-decoration", "text-decoration-line", "vertical-align"}
    | {"display", "visibility", "mso-hide"}
)
_LOOKS = frozenset({"color", "background", "background-color", "font-size", "font-family"})
_READ = _MEANT | _LOOKS
_BOLD = re.compile(r"bold|bolder|[6-9]00")
_THIN = re.compile(r"normal|lighter|[1-5]00")
_HEADINGS = frozenset({f"h{level}" for level in range(1, 7)})
_WHOLE = _HEADINGS | {"html", "body", "head", "table", "tbody", "tr", "th", "dt", "ul", "ol", "a"}
"""Elements whose style is the look of a page, and emphasizes nothing."""

Styles = dict[str, str]
Rules = dict[tuple[str, str], Styles]


def emphasis_as_elements(soup: BeautifulSoup) -> None:
    """Write what styles say about the words of ``soup`` as elements."""
    rules = _rules(soup)
    _without_ordinary_look(soup, rules)
    for tag in soup.find_all(True):
        style = _style_of(tag, rules)
        if not style:
            continue
        _take_away(tag, style)
        if _is_hidden(style) and tag.name not in ("html", "body"):
            tag["hidden"] = ""
        if tag.name not in _WHOLE:
            for name in _elements(style):
                if tag.find_parent(name) is None and tag.name != name:
                    _wrap(tag, name)


def _without_ordinary_look(soup: BeautifulSoup, rules: Rules) -> None:
    """Take the look that most of the text has off its elements: it sets nothing off."""
    looks: Counter[tuple[str, ...]] = Counter()
    tags: dict[tuple[str, ...], list[Tag]] = {}
    for text in soup.find_all(string=True):
        if type(text) is NavigableString and text.strip():
            around = text.find_parent(["span", "font"])
            look = _look(around, rules) if around is not None else ()
            looks[look] += len(text.strip())
            tags.setdefault(look, []).extend([around] if around is not None else [])
    if not looks:
        return
    look, size = looks.most_common(1)[0]
    for tag in tags[look] if look and 2 * size > looks.total() else ():
        style = _style_of(tag, rules)
        tag.attrs = {"style": ";".join(f"{key}:{style[key]}" for key in style if key in _MEANT)}
        tag.name = "x-span"


def _look(tag: Tag, rules: Rules) -> tuple[str, ...]:
    """The colour, size and face of the words in ``tag``; its classes where nothing tells them."""
    style = _style_of(tag, rules)
    look = tuple(f"{key}:{value}" for key, value in sorted(style.items()) if key not in _MEANT)
    own = (str(tag.get("color") or ""), *map(str, tag.get_attribute_list("class")))
    return look or tuple(filter(None, own))


def _rules(soup: BeautifulSoup) -> Rules:
    """(element or nothing, class) -> what rules for it declare."""
    rules: Rules = {}
    for sheet in soup.find_all("style"):
        for rule in tinycss2.parse_stylesheet(
            sheet.get_text(), skip_comments=True, skip_whitespace=True
        ):
            if not isinstance(rule, QualifiedRule):
                continue
            declared = _declared(rule.content)
            for selector in tinycss2.serialize(rule.prelude).split(",") if declared else ():
                if found := _SELECTOR.fullmatch(selector.strip()):
                    key = ((found["tag"] or "").lower(), found["name"])
                    rules[key] = rules.get(key, {}) | declared
    return rules


def _declared(content: object) -> Styles:
    return {
        each.lower_name: tinycss2.serialize(each.value).strip().lower()
        for each in tinycss2.parse_blocks_contents(content)
        if isinstance(each, Declaration) and each.lower_name in _READ
    }


def _style_of(tag: Tag, rules: Rules) -> Styles:
    style: Styles = {}
    for name in tag.get_attribute_list("class"):
        style |= rules.get(("", str(name)), {}) | rules.get((tag.name, str(name)), {})
    written = str(tag.get("style") or "")
    return style | _written(written) if written else style


@lru_cache(maxsize=512)
def _written(style: str) -> Styles:
    """What the attribute ``style`` declares: few are different in one document."""
    return _declared(style)


def _is_hidden(style: Styles) -> bool:
    return (
        style.get("display") == "none"
        or style.get("visibility") == "hidden"
        or style.get("mso-hide") == "all"
    )


def _elements(style: Styles) -> Iterator[str]:
    if _BOLD.fullmatch(style.get("font-weight", "")):
        yield "strong"
    if style.get("font-style") in ("italic", "oblique"):
        yield "em"
    if "line-through" in style.get("text-decoration", "") + style.get("text-decoration-line", ""):
        yield "del"
    if style.get("vertical-align") in ("super", "sub"):
        yield "sup" if style["vertical-align"] == "super" else "sub"


def _take_away(tag: Tag, style: Styles) -> None:
    """Undo the emphasis around ``tag`` that its style says it has not."""
    gone: set[str] = set()
    if _THIN.fullmatch(style.get("font-weight", "")):
        gone |= {"b", "strong"}
    if style.get("font-style") == "normal":
        gone |= {"i", "em", "cite"}
    if not gone:
        return
    if tag.name in gone:
        tag.name = "span"
    for around in tag.find_parents(sorted(gone)):
        pushed_down(around, lambda inner: inner is tag, leave=True)


def _wrap(tag: Tag, name: str) -> None:
    """Put the content of ``tag`` into a new element."""
    inner = empty_tag(name)
    for child in list(tag.children):
        inner.append(child)
    tag.append(inner)
