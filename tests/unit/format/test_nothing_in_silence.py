"""What a check does not remark on reads on the page as it was typed: words, numbers and marks.

The text is made at random of everything that the guide shows, and of what people type instead.
Where no problem is told, the ink of the page (its text with the marks of its elements written
back) is the ink of the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import html5lib
from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st
from portraits.model.portrait import Portrait

from tests.unit.format.case_files import HEADER, parsed

STARTS = [
    *[""] * 8,
    *("- ", "* ", "+ ", "-\u00a0", "•\t", "◦ ", "  - ", "    - ", "- - ", "- [x] ", "- [ ] "),
    *("{n}) ", "{n}. ", "{n}.\u00a0", "   {n}. ", "2009. ", "2015.\u00a0"),
    *("> ", ">\u00a0", "> - ", "> > ", "- > ", "– ", "— ", "a) ", "    ", "\u00a0", "  "),
    *("## ", "##\u00a0", "### ", "#", "##", "#### ", "\\# ", "\\- ", "\\+ ", "{n}\\. "),
    *("| ", "| a | ", "+ 5 ", "[x] ", "~~", "=="),
]
"""Starts of lines; ``{n}`` is a number, another one each time."""
WORDS = [
    *(
        "mot",
        "été",
        "9",
        "12,5",
        "%",
        "(oui)",
        "c’est",
        "@even_ko",
        "#mot",
        "C#",
        "a_b_c",
        "~",
        "*",
    ),
    *("*bas*", "**fort**", "***tout***", "_bas_", "~~non~~", "`code`", "`*a*`", "<b>gras</b>"),
    *("[lien](https://exemple.ca/)", "[*lien*](https://exemple.ca/)", "https://exemple.ca/"),
    *("\\*", "\\#", "\\[^1]", "\\~~", "\\<b>", "\\`", "\\_", "étudiant*e*s", "2*3*4", "**", "~~"),
    *("[x]", "[mot]", "[mot] (x)", "{#id}", "{: x}", "|", "-", "+", ">", "&", "&amp;", "<", "!"),
    *("[^n]", "[renvoi][r]", "![tableau](t.jpg)"),
]
BLOCKS = [
    "```\n## code *a*\n```",
    "~~~ python\n- x\n\n\n1. y\n~~~",
    "---",
    "***",
    "* * *",
    "| a | b |\n|---|:-:|\n| c | *d* |\n| e |",
    "Voici :\n| a | b |\n|---|---|",
    "Un  \ndeux\\\ntrois",
    "- a\n\n  b\n  - c\n\n    d\n- e",
]
LINES = st.builds(
    lambda start, words: start + " ".join(words),
    st.sampled_from(STARTS),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4),
)
TEXTS = st.lists(
    st.tuples(LINES | st.sampled_from(BLOCKS), st.sampled_from(["\n", "\n\n", "\n\n", "\n\n\n"])),
    min_size=1,
    max_size=7,
).map(lambda parts: _numbered("".join(line + end for line, end in parts)))

_PICTURE = re.compile("\ufdd0image[0-9]+\ufdd1")
"""The placeholder of a picture."""
_NOTE = "[^n]: La note."
_REFERENCE = "[r]: https://exemple.ca/"
_LINE_START = re.compile(r"[ \u00a0>]*")
_ITEM = re.compile(r"(?:[-*+•◦]|([0-9]{1,3})[.)])(?=\s+\S)")
_RULE = re.compile(r"\s*([-*_])(?:\s*\1){2,}\s*")
_FENCE = re.compile(r"\s*(?:```|~~~).*")


def _numbered(text: str) -> str:
    """Return ``text`` with a number for each ``{n}``: 3, 5, 7…, but never 1 twice, which counts."""
    for number in range(3, 3 + 2 * text.count("{n}"), 2):
        text = text.replace("{n}", str(number), 1)
    return text


def ink_of_source(text: str) -> str:
    """Return what a reader should see of ``text``, with its marks in one form, without spaces."""
    kept = []
    fenced = False
    for line in text.split("\n"):
        if _FENCE.fullmatch(line):
            fenced = not fenced
            kept.append("```")
        elif fenced:
            kept.append(line)
        elif _RULE.fullmatch(line):
            kept.append("-")
        else:
            kept.append(_line(line))
    return "".join("".join(kept).split())


def _line(line: str) -> str:
    rest = line.expandtabs(4)
    marks = ""
    while True:
        rest = rest[_LINE_START.match(rest).end() :]  # type: ignore[union-attr]
        if not (found := _ITEM.match(rest)):
            break
        marks += f"{found[1]}." if found[1] else "-"
        rest = rest[found.end() :]
    rest = re.sub(r"^\|?(?:\s*:?-+:?\s*\|)+\s*:?-*:?\s*\|?$", "-", rest)
    rest = re.sub(r"(#{2,}\s.*)\{#id\}$", r"\1", rest)
    rest = re.sub(r"\\$", "", rest).replace("\\<b>", "<b>")
    rest = rest.replace("![tableau](t.jpg)", "").replace("[^n]", "")
    rest = rest.replace("[renvoi][r]", "[renvoi](https://exemple.ca/)").replace("_bas_", "*bas*")
    rest = rest.replace("&amp;", "&").replace("\\[^1]", "[^1]").replace("`*a*`", "`\\*a\\*`")
    return (marks + re.sub(r"\\([*#\[~`_+.-])", r"\1", rest)).replace("|", "")


def ink_of_page(portrait: Portrait) -> str:
    """Return the text of a portrait with the marks of its elements, without spaces."""
    parts = [portrait.introduction.html]
    for exchange in portrait.exchanges:
        parts += [f"<x-two>{exchange.question.wording.html}</x-two>", exchange.answer.html]
        for further in exchange.follow_ups:
            parts += [f"<x-three>{further.question.wording.html}</x-three>", further.answer.html]
    html = _PICTURE.sub("", "".join(parts))
    fragment = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return "".join("".join(_ink(fragment)).replace("|", "").split())


_AROUND = {
    "em": ("*", "*"),
    "strong": ("**", "**"),
    "del": ("~~", "~~"),
    "code": ("`", "`"),
    "b": ("<b>", "</b>"),
    "x-two": ("##", ""),
    "x-three": ("###", ""),
    "h3": ("####", ""),
    "h4": ("####", ""),
    "pre": ("```", "```"),
    "thead": ("", "-"),
    "hr": ("-", ""),
}


def _ink(element: object, number: str = "", inside: str = "") -> Iterator[str]:
    tag, attributes = element.tag, element.attrib  # type: ignore[attr-defined]
    before, after = _AROUND.get(tag, ("", ""))
    if tag == "code" and inside == "pre":
        before = after = ""
    elif tag == "li":
        before = number
    elif tag == "a" and attributes.get("class") != "account" and _named(element):
        before, after = "[", f"]({attributes['href']})"
    elif tag in ("sup", "img"):
        yield element.tail or ""  # type: ignore[attr-defined]
        return
    yield before
    yield _boxed(element.text or "") if tag in ("li", "p") else element.text or ""  # type: ignore[attr-defined]
    counted = int(attributes.get("start", 1))
    for child in element:  # type: ignore[attr-defined]
        counted = int(child.attrib.get("value", counted))
        yield from _ink(child, f"{counted}." if tag == "ol" else "-", tag)
        counted += 1
    yield after
    yield element.tail or ""  # type: ignore[attr-defined]


def _named(link: object) -> bool:
    """Return whether ``link`` has a text of its own, and not its address."""
    return "".join(link.itertext()) != link.attrib["href"]  # type: ignore[attr-defined]


def _boxed(text: str) -> str:
    return {"☑": "[x]", "☐": "[]"}.get(text[:1], text[:1]) + text[1:]


@settings(max_examples=400, suppress_health_check=list(HealthCheck))
@given(TEXTS)
@example("2009. Un\n\n2015. Deux\n")
@example("Mes outils :\n- a\n- b\n")
def test_what_is_not_remarked_on_reads_as_it_was_typed(text: str) -> None:
    body = f"## Un ?\n\n{text}"
    body += f"\n\n{_NOTE}\n" * ("[^n]" in text) + f"\n\n{_REFERENCE}\n" * ("[r]" in text)
    read = parsed(HEADER + body)
    if read.problems or read.portrait is None:
        event("remarked on")
        return
    assert folded(ink_of_page(read.portrait)) == folded(ink_of_source(f"## Un ?\n\n{text}"))


def folded(ink: str) -> str:
    """Return ``ink`` without what typography may change."""
    return re.sub(r"[-–—]+", "-", ink)


ENTRIES = st.builds(
    lambda start, account, words: f"{start}{account} {' '.join(words)}",
    st.sampled_from(["- ", "-\u00a0", "* ", "•\t", "", "{n}. ", "  - ", "– ", "2009. "]),
    st.sampled_from(
        [
            *(
                "@even_ko",
                "@sam@serveur.example",
                "**@lea_t**",
                "@ana_b et @bob_c",
                "@ana, @even_ko",
            ),
            *(
                "[Le blogue](https://ana.example/)",
                "https://bob.example/",
                "Personne",
                "@\u00e9t\u00e9",
            ),
        ]
    ),
    st.lists(st.sampled_from(["pour", "tout", "9", "*bas*", ": non", "— oui", "(si)"]), max_size=4),
)
RECOMMENDATIONS = st.lists(
    st.tuples(ENTRIES | st.just("Voici :"), st.sampled_from(["\n", "\n", "\n\n"])),
    min_size=1,
    max_size=5,
).map(lambda parts: _numbered("".join(entry.strip("\n") + end for entry, end in parts)))


@settings(max_examples=200, suppress_health_check=list(HealthCheck))
@given(RECOMMENDATIONS)
@example("•\t@even_ko : pour tout\n•\t@lea_t\n")
def test_a_list_of_accounts_that_is_not_remarked_on_keeps_every_word(text: str) -> None:
    read = parsed(f"{HEADER}## Un ?\n\nOui.\n\n##\u00a0#FF\n\n{text}")
    if read.problems or read.portrait is None:
        event("remarked on")
        return
    shown = read.portrait.recommendations
    assert shown is not None
    said = [shown.before.text]
    for line in dict.fromkeys(entry.line for entry in shown.entries):
        alike = [entry for entry in shown.entries if entry.line == line]
        said += [*(entry.account.label for entry in alike), alike[0].reason.text]
    said.append(shown.after.text)
    assert _words(" ".join(said)) == _words(text)


def _words(text: str) -> list[str]:
    """Return the words of ``text`` without marks, numbers of items and what joins accounts."""
    text = re.sub(r"(?m)^\s*[0-9]{1,3}[.)]\s", "", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text).replace("https://", "")
    return [word for word in re.findall(r"[\w@.]*\w", text) if word != "et"]
