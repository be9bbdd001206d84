"""Inline Markdown: links by reference, pictures, emphasis, and the words without any of it."""

from __future__ import annotations

import re

from portraits.importer.html.smileys import is_smiley
from portraits.importer.transcript import Style
from portraits.reader.escaping import marks_escaped

_DEFINITION = re.compile(
    r"^ {0,3}\[(?P<label>[^\]^][^\]]*)\]:\s*<?(?P<address>\S+?)>?"
    r"(?:\s+[\"'(](?P<title>.*)[\"')])?\s*$"
)
_REFERENCE = re.compile(
    r"(?<![\\!])\[(?P<text>[^\[\]]+)\](?:\s?\[(?P<label>[^\[\]]*)\])?(?![(:\[])"
)
IMAGE = re.compile(
    r"!\[(?P<alt>[^\[\]]*)\]\(\s*<?(?P<src>[^\s)>]*)>?(?:\s+[\"'](?P<title>[^)]*)[\"'])?\s*\)"
    r"(?:\{:?[^}]*\})?"
)
_LINK = re.compile(r"\[(?P<text>[^\[\]]*)\]\([^()]*(?:\([^()]*\)[^()]*)*\)")
EMPTY_LINK = re.compile(r"(?<!!)\[\s*\]\(\s*(?P<address>[^()]*(?:\([^()]*\)[^()]*)*)\)")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^>]+)>")
_EMPHASIS = re.compile(r"(?<!\\)(\*{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|~~|`+)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_WHOLE = (
    (re.compile(r"\*\*(?P<inner>(?:(?!\*\*).)+)\*\*(?P<after>[\s?!:.]*)$"), Style.STRONG),
    (re.compile(r"__(?P<inner>(?:(?!__).)+)__(?P<after>[\s?!:.]*)$"), Style.STRONG),
    (re.compile(r"\*(?P<inner>[^*]+)\*(?P<after>[\s?!:.]*)$"), Style.EMPHASIS),
    (re.compile(r"_(?P<inner>[^_]+)_(?P<after>[\s?!:.]*)$"), Style.EMPHASIS),
)
_HEAD = re.compile(
    r"(?P<head>(?P<mark>\*\*|__)(?:(?!(?P=mark)).)+\?\s*(?P=mark))\s*(?P<rest>\S.*)$", re.DOTALL
)
_SHORTCODE_ESCAPE = re.compile(r"\{\{([<%])/\*(.*?)\*/([>%])\}\}")


def definition(line: str) -> tuple[str, str] | None:
    """(label, address with its title) when ``line`` defines a reference."""
    found = _DEFINITION.match(line)
    if not found:
        return None
    title = f' "{found["title"]}"' if found["title"] else ""
    return _key(found["label"]), found["address"] + title


def _key(label: str) -> str:
    return " ".join(label.casefold().split())


def with_addresses(text: str, definitions: dict[str, str], used: list[str]) -> str:
    """``text`` with links by reference written in full; ``used`` collects their labels."""

    def in_full(found: re.Match[str]) -> str:
        label = found["label"] or found["text"]
        address = definitions.get(_key(label))
        if address is None:
            return found.group()
        if found["label"]:
            used.append(found["label"])
        return f"[{found['text']}]({address})"

    return _REFERENCE.sub(in_full, text) if definitions and "[" in text else text


def with_smileys(text: str) -> str:
    """``text`` with the smileys that were pictures as the characters that were typed."""
    return IMAGE.sub(
        lambda found: marks_escaped(found["alt"]) if is_smiley(found["alt"]) else found.group(),
        text,
    )


def without_escaped_shortcodes(text: str) -> str:
    """``{{</* x */>}}``, which shows a shortcode, as the text that it shows."""
    return _SHORTCODE_ESCAPE.sub(
        lambda found: f"{{{{{'&lt;' if found[1] == '<' else '%'}{found[2]}{found[3]}}}}}", text
    )


def plain(markdown: str) -> str:
    """The words of inline Markdown, without marks and without the addresses of links."""
    text = _LINK.sub(r"\g<text>", IMAGE.sub(" ", _AUTOLINK.sub(r"\1", markdown)))
    return " ".join(_ESCAPE.sub(r"\1", _EMPHASIS.sub("", text)).split())


def look(markdown: str) -> tuple[Style, str]:
    """How a whole line looks, and the line with ``**`` or ``*`` as its only marks."""
    for pattern, style in _WHOLE:
        if found := pattern.fullmatch(markdown.strip()):
            mark = "**" if style is Style.STRONG else "*"
            return style, f"{mark}{found['inner']}{mark}{found['after'].rstrip()}"
    return Style.PLAIN, markdown


def question_apart(markdown: str) -> tuple[str, str]:
    """A bold question at the beginning of a paragraph, and what follows it."""
    found = _HEAD.match(markdown)
    return (found["head"], found["rest"]) if found else ("", markdown)
