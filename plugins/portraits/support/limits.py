"""Limit what a source file may contain before it is parsed: characters, sizes, nesting.

A few hundred bytes of Markdown can keep a parser busy for minutes. The limits are far above
what an interview needs and below where such texts become slow; each was found by experiment
(``tests/fuzz/strategies.py`` lists the families). They are checked in one pass,
without a clock, so the same file is refused on every machine.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator

from portraits.support.messages import Names, msg
from portraits.support.problems import ProblemCollector

MAX_BYTES = 256 * 1024
"""Bytes of one file."""
MAX_LINE = 20_000
"""Characters of one line."""
MAX_RUN = 200
"""Repetitions of one punctuation mark in a row."""
MAX_NESTING = 50
"""Nesting depth of quotations, lists and brackets."""
_COLUMNS_A_LEVEL = 2
"""Columns that a list needs at least to be inside another one."""
MAX_ELEMENTS = 150
"""Nesting depth of HTML elements that have to be closed."""
MAX_BLOCK = 40_000
"""Characters of one paragraph: each mark makes Markdown copy the whole paragraph."""
MAX_REREAD = 1_000_000
"""Characters per file that unclosed brackets may make Markdown read again: each unclosed
bracket is searched for up to the end of its paragraph."""

BIDI = "\u202a-\u202e\u2066-\u2069"
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)
    )
    + BIDI
    + "]"
)
"""Control characters, noncharacters, lone surrogates and bidirectional overrides."""

_UNSEEN = (
    "\u00ad\u034f\u115f\u1160\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"
    "\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
)
_JOINERS = "\u061c\u200c-\u200f"
"""Joiners and direction marks, which Arabic, Persian, Indic scripts and emoji need."""
_SELECTORS = "\u180b-\u180d\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""Variation selectors, which emoji, keycaps, Mongolian and ideographs need."""
_TAGS = "\U000e0000-\U000e007f"
"""Tag characters, which flags of regions need, after U+1F3F4."""
_LATIN = "A-Za-z@_\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
_LETTER = r"[^\W\d_]"
INVISIBLE = re.compile(
    f"[{_UNSEEN}]"
    f"|(?<=[{_LATIN}])[{_JOINERS}{_SELECTORS}]+"
    f"|[{_JOINERS}]+(?=[{_LATIN}])"
    f"|(?<=[0-9])[{_JOINERS}]+(?!{_LETTER})"
    f"|(?<!{_LETTER})[{_JOINERS}]+(?=[0-9])"
    rf"|(?<!\S)[{_JOINERS}]+(?!\S)"
    rf"|(?<!\S)[{_SELECTORS}]+"
    f"|(?<![\U0001f3f4{_TAGS}])[{_TAGS}]+"
)
"""Characters that nobody sees and that make two equal words differ: those that Unicode calls
Default_Ignorable_Code_Point (DerivedCoreProperties.txt, UAX #44), without those that belong
where they stand: a joiner between Persian letters, a selector after an emoji."""
PERHAPS_INVISIBLE = re.compile(f"[{_UNSEEN}{_JOINERS}{_SELECTORS}{_TAGS}]")
"""The same characters wherever they stand."""
_NAMES = {
    "\u00ad": "text.soft_hyphen",
    "\u200b": "text.zero_width_space",
    "\u200c": "text.non_joiner",
    "\u200d": "text.joiner",
    "\u200e": "text.left_to_right_mark",
    "\u200f": "text.right_to_left_mark",
    "\u2060": "text.word_joiner",
    "\ufeff": "text.byte_order_mark",
}
"""Character -> message with its name."""
_MOST_LINES = 10

_UNUSUAL = re.compile(
    f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{BIDI}\ud800-\udfff\ufdd0-\ufdef\ufffe-\U0010ffff]"
)
"""A superset of FORBIDDEN that also matches allowed characters above U+FFFF. Searching for it
takes an eighth of the time, and most texts do not match."""
_BIDI = re.compile(f"[{BIDI}]")
_RUN = re.compile(rf"([^\w\s])\1{{{MAX_RUN},}}")
_TWICE = re.compile(r"([^\w\s])\1")
_PREFIX = re.compile(r"(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}\.(?=[ \t])))+")
_MARKER = re.compile(r">|[-+*]|\d+\.")
_DEEP = re.compile(rf"\n[ \t>*+\d.-]{{{MAX_NESTING + 1}}}")
"""Start of a line that may exceed MAX_NESTING: each level takes at least one of these."""
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)(?=[\s/>])[^<>]*>")
_NEED_NO_END = frozenset(
    # Void elements, and those whose end tag may be left out (HTML Standard, 13.1.2 and 13.1.2.4).
    """
area base br col embed hr img input link meta source track wbr
body caption colgroup dd dt head html li optgroup option p rp rt tbody td tfoot th thead tr
""".split()  # noqa: SIM905
)
_TICKS = re.compile("`+")
_BRACKET = re.compile(r"\]\(|[\[\]()]")


def normalised_text(data: bytes, report: ProblemCollector) -> str | None:
    """Decode ``data`` (UTF-8) to text with LF line ends and without a byte order mark.

    Forbidden characters are reported and replaced by U+FFFD, so that the rest can be checked.
    Invisible ones are removed, with one warning that names them and their lines. Returns None for
    a file that is too large or not UTF-8, which is reported too.
    """
    if len(data) > MAX_BYTES:
        report.error(
            0,
            "too-large",
            msg("text.too_large", size=len(data) // 1024),
            msg("text.too_large_hint", most=MAX_BYTES // 1024),
        )
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        report.error(
            line,
            "not-utf8",
            msg("text.not_utf8", byte=f"0x{data[error.start]:02X}"),
            msg("text.not_utf8_hint"),
        )
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _UNUSUAL.search(text) and FORBIDDEN.search(text):
        for number, content in enumerate(text.split("\n"), 1):
            if found := FORBIDDEN.search(content):
                what = "direction_character" if _BIDI.match(found[0]) else "control_character"
                report.error(
                    number,
                    "forbidden-character",
                    msg(f"text.{what}", character=f"U+{ord(found[0]):04X}"),
                    msg("text.delete_it"),
                )
        text = FORBIDDEN.sub("\ufffd", text)
    elif "\ufffd" in text:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        report.warn(
            line,
            "replacement-character",
            msg("text.replacement_character", character="\ufffd"),
            msg("text.replacement_character_hint"),
        )
    if PERHAPS_INVISIBLE.search(text):
        text = _seen(text, report)
    return text


def visible(text: str) -> str:
    """Return ``text`` without invisible characters."""
    while (kept := INVISIBLE.sub("", text)) != text:
        text = kept  # what was removed may have hidden a joiner from the letter beside it
    return text


def character_name(character: str) -> str:
    """Return what a character is called in messages: its code, and its name if it has one
    here."""
    code = f"U+{ord(character):04X}"
    name = _NAMES.get(character)
    return msg("text.character", code=code, name=msg(name)) if name else code


def _seen(text: str, report: ProblemCollector) -> str:
    """Return ``text`` without invisible characters, which one warning names."""
    lines = text.split("\n")
    removed: Counter[str] = Counter()
    where = []
    for number, line in enumerate(lines):
        kept = visible(line)
        if kept != line:
            removed += Counter(line) - Counter(kept)
            where.append(number + 1)
            lines[number] = kept
    if where:
        count = removed.total()
        shown = [*map(str, where[:_MOST_LINES]), *(["…"] if where[_MOST_LINES:] else [])]
        report.warn(
            where[0],
            "invisible-character",
            msg(
                "text.invisible",
                characters=msg("text.invisible_characters", count=count),
                names=Names(map(character_name, sorted(removed))),
                lines=msg("text.invisible_lines", count=len(where), lines=Names(shown)),
            ),
            msg("text.invisible_hint", count=count),
        )
    return "\n".join(lines)


def within_limits(text: str, report: ProblemCollector, *, first_line: int) -> bool:
    """Return whether ``text`` is safe to give to Markdown; report each excess.

    ``first_line`` is the number of the text's first line in its file.
    """
    before = len(report.problems)
    for line, message, hint in _excesses(text):
        report.error(line + first_line, "too-complex", message, hint)
    return len(report.problems) == before


def _excesses(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield (0-based line, message, hint) for each limit exceeded."""
    if text.count("<") > MAX_ELEMENTS and (found := _too_deep(text)):
        yield (
            text.count("\n", 0, found.start()),
            msg("text.nested_elements", most=MAX_ELEMENTS),
            msg("text.nested_elements_hint", element=found[2]),
        )
    # A run of more than MAX_RUN characters covers two neighbours of this sample.
    if _TWICE.search(text[:: MAX_RUN // 2]):
        for found in _RUN.finditer(text):
            yield (
                text.count("\n", 0, found.start()),
                msg("text.long_run", mark=found[1], count=len(found[0])),
                msg("text.long_run_hint", most=MAX_RUN),
            )
    deep = (
        len(text) > MAX_LINE
        or text.count("\t") > MAX_NESTING
        or _DEEP.search(f"\n{text}") is not None
    )
    for number, line in enumerate(text.split("\n") if deep else ()):
        if len(line) <= MAX_NESTING:
            continue
        if len(line) > MAX_LINE:
            yield (
                number,
                msg("text.long_line", count=len(line)),
                msg("text.at_most", most=MAX_LINE),
            )
        depth = 0
        if prefix := _PREFIX.match(line):
            depth = len(_MARKER.findall(prefix[0]))
        indented = line.expandtabs(4)
        columns = len(indented) - len(indented.lstrip(" "))
        depth = max(depth, columns // _COLUMNS_A_LEVEL, line.count("\t"))
        if depth > MAX_NESTING:
            yield (
                number,
                msg("text.nested_blocks", count=depth),
                msg("text.at_most", most=MAX_NESTING),
            )
    brackets = text.count("[")
    if (
        len(text) <= MAX_BLOCK
        and brackets <= MAX_NESTING
        and (2 * brackets * len(text) <= MAX_REREAD)
    ):
        return
    reread = 0
    for number, block in _blocks(text):
        if len(block) > MAX_BLOCK:
            yield (
                number,
                msg("text.long_paragraph", count=len(block)),
                msg("text.long_paragraph_hint", most=MAX_BLOCK),
            )
        if "[" not in block:
            continue
        unclosed, depth = _open_brackets(block)
        if depth > MAX_NESTING:
            yield (
                number,
                msg("text.nested_brackets", count=depth),
                msg("text.nested_brackets_hint"),
            )
        reread += unclosed * len(block)
        if reread > MAX_REREAD:
            yield (number, msg("text.open_brackets"), msg("text.open_brackets_hint"))
            return


def _too_deep(text: str) -> re.Match[str] | None:
    """Return the first tag that is inside more than MAX_ELEMENTS elements."""
    depth = 0
    for found in _TAG.finditer(text):
        if found[2].lower() in _NEED_NO_END:
            continue
        depth = max(depth - 1, 0) if found[1] else depth + 1
        if depth > MAX_ELEMENTS:
            return found
    return None


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield the 0-based first line and the text of each block of non-blank lines."""
    first = 0
    lines: list[str] = []
    for number, line in enumerate((*text.split("\n"), "")):
        if line and not line.isspace():
            if not lines:
                first = number
            lines.append(line)
        elif lines:
            yield first, "\n".join(lines)
            lines = []


def _without_code(block: str) -> str:
    """Return ``block`` without its code spans, whose brackets do not count."""
    runs = [found.span() for found in _TICKS.finditer(block)]
    alike: dict[int, list[int]] = {}  # length of a run of backticks -> indexes in ``runs``
    for index, (start, end) in enumerate(runs):
        alike.setdefault(end - start, []).append(index)
    parts, at, index = [], 0, 0
    while index < len(runs):
        start, end = runs[index]
        same = alike[end - start]
        after = bisect_right(same, index)
        if after == len(same) or block[start - 1 : start] == "\\":
            index += 1
            continue
        parts.append(block[at:start])
        at, index = runs[same[after]][1], same[after] + 1
    return " ".join((*parts, block[at:]))


def _open_brackets(block: str) -> tuple[int, int]:
    """Return the number of brackets and link parentheses never closed, and the nesting depth."""
    brackets = deepest = links = 0
    for found in _BRACKET.finditer(_without_code(block)):
        mark = found[0]
        if mark == "[":
            brackets += 1
            deepest = max(deepest, brackets)
        elif mark == ")":
            links = max(links - 1, 0)
        elif mark != "(":
            brackets = max(brackets - 1, 0)
            links += mark == "]("
        elif links:
            links += 1
    return brackets + links, deepest
