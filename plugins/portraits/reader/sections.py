"""Split a tree of blocks into sections: questions with the blocks under them.

    body       = block* section*
    section    = H2 block* follow-up*
    follow-up  = H3 block*
    block      = anything else; a subheading is H4, then H5, then H6

A question may end in ``{#id}``, a permanent id; otherwise its id comes from its wording.
Subheadings are rendered one level below their section, so that no heading level is skipped on
the page: H4 becomes h3 in an answer, h4 in a follow-up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from portraits.model.slugs import id_of, is_footnote_id, is_reserved, is_slug
from portraits.reader.markdown.blocks import HEADINGS
from portraits.reader.markdown.document import unescaped
from portraits.reader.markdown.lines import Lines
from portraits.reader.questionnaire import normalised
from portraits.reader.rich_text import inline_text
from portraits.support.messages import msg
from portraits.support.problems import ProblemCollector

_ID = re.compile(r"\s*\{#([^{}]*)\}\s*$")
_ATTRIBUTES = re.compile(r"\{[:.#][^{}]*\}\s*$")
_FF = re.compile(r"#\s?ff\b", re.IGNORECASE)


@dataclass(slots=True)
class Section:
    """A question and its blocks, or the introduction, which has no heading."""

    heading: ET.Element | None
    line: int
    blocks: list[ET.Element] = field(default_factory=list)
    follow_ups: list[Section] = field(default_factory=list)
    wording: str = ""
    """The plain wording, as typed."""
    explicit_id: str = ""
    id: str = ""
    deepest: int = 3
    """Level of the last subheading."""

    @property
    def is_recommendations(self) -> bool:
        return bool(_FF.match(self.wording))

    def is_readings(self, headings: tuple[str, ...]) -> bool:
        """Return whether the wording opens the reading list; ``headings`` are normalised."""
        return normalised(self.wording) in headings


def _take_id(heading: ET.Element) -> str | None:
    """Remove ``{#id}`` from the end of ``heading`` and return the id; None if there is none."""
    last = heading[-1] if len(heading) else None
    text = (last.tail if last is not None else heading.text) or ""
    found = _ID.search(text) if "{#" in text else None
    if not found:
        return None
    kept = text[: found.start()]
    if last is None:
        heading.text = kept
    else:
        last.tail = kept
    return found[1].strip()


class Sectioning:
    """Splits one tree into sections."""

    def __init__(
        self, lines: Lines, report: ProblemCollector, reading_headings: tuple[str, ...]
    ) -> None:
        self.lines, self.report = lines, report
        self.reading_headings = tuple(normalised(heading) for heading in reading_headings)
        self.introduction = Section(None, 0)
        self.sections: list[Section] = []

    def cut(self, root: ET.Element) -> None:
        """Fill ``introduction`` and ``sections``."""
        current = self.introduction
        for block in root:
            if block.tag in HEADINGS:
                current = self.heading(block, current)
            else:
                current.blocks.append(block)
                self.nested_headings(block)
        self.assign_ids()

    def line(self, element: ET.Element) -> int:
        return self.lines.get(element, (0,))[0]

    def heading(self, element: ET.Element, current: Section) -> Section:
        """Return the section that ``element`` opens, or ``current`` after a subheading."""
        level, line = int(element.tag[1]), self.line(element)
        if level == 1:
            self.report.error(
                line,
                "h1-in-body",
                msg("sections.title_in_body"),
                msg("sections.title_in_body_hint"),
            )
            level = 2
        elif level > 2 and not self.sections:
            self.first_heading(level, line)
            level = 2
        elif level > 3:
            self.subheading(element, level, line, current)
            return current
        section = Section(element, line)
        self.name(section)
        if level == 3:
            if self.may_follow_up(section):
                self.sections[-1].follow_ups.append(section)
            return section
        self.sections.append(section)
        return section

    def first_heading(self, level: int, line: int) -> None:
        """Report a follow-up or a subheading above which no question stands.

        It is then read as a question, or everything under it would be reported too.
        """
        what = "sections.follow_up_first" if level == 3 else "sections.subheading_first"
        self.report.error(
            line,
            "follow-up-first" if level == 3 else "subheading-first",
            msg(what, hashes="#" * level),
            msg("sections.write_question_hint"),
        )

    def may_follow_up(self, section: Section) -> bool:
        """Return whether a follow-up (level 3) is allowed here; report why not."""
        parent = self.sections[-1]
        if section.is_recommendations:
            self.report.error(
                section.line,
                "list-in-answer",
                msg("sections.list_in_answer"),
                msg("sections.list_in_answer_hint"),
            )
        elif parent.is_recommendations or parent.is_readings(self.reading_headings):
            self.report.error(
                section.line,
                "follow-up-in-list",
                msg("sections.follow_up_in_list", list=parent.wording),
                msg("sections.follow_up_in_list_hint"),
            )
        else:
            return True
        return False

    def subheading(self, element: ET.Element, level: int, line: int, current: Section) -> None:
        if level > current.deepest + 1:
            self.report.error(
                line,
                "skipped-level",
                msg("sections.skipped_level", level=level),
                msg("sections.skipped_level_hint", hashes="#" * (current.deepest + 1)),
            )
        if _take_id(element) is not None:
            self.report.error(
                line,
                "id-on-subheading",
                msg("sections.id_on_subheading"),
                msg("sections.id_on_subheading_hint"),
            )
        current.deepest = level
        own = 2 if current.heading is None else int(current.heading.tag[1])
        element.tag = f"h{min(own + level - 3, 6)}"
        current.blocks.append(element)

    def nested_headings(self, block: ET.Element) -> None:
        if block.tag in ("p", "hr", "pre", "table"):
            return
        for element in block.iter():
            if element.tag in HEADINGS:
                self.report.error(
                    self.line(element),
                    "nested-heading",
                    msg("sections.nested_heading"),
                    msg("sections.nested_heading_hint"),
                )

    def name(self, section: Section) -> None:
        """Set the wording and the explicit id of a section from its heading."""
        heading = section.heading
        if heading is None:
            return
        explicit = _take_id(heading)
        escaped = inline_text(heading)
        section.wording = unescaped(escaped)
        if not section.wording:
            self.report.error(
                section.line,
                "empty-question",
                msg("sections.empty_question"),
                msg("sections.empty_question_hint"),
            )
        elif "{#" in escaped:
            self.report.error(
                section.line,
                "misplaced-id",
                msg("sections.misplaced_id", question=section.wording),
                msg("sections.misplaced_id_hint"),
            )
        elif _ATTRIBUTES.search(escaped):
            self.report.error(
                section.line,
                "attribute-list",
                msg("sections.attributes", question=section.wording),
                msg("sections.attributes_hint"),
            )
        if explicit is None:
            return
        if not is_slug(explicit):
            self.report.error(
                section.line,
                "bad-id",
                msg("sections.bad_id", id=explicit),
                msg("sections.bad_id_hint", better=id_of(explicit))
                if explicit
                else msg("sections.unnamed_id_hint"),
            )
        elif is_reserved(explicit):
            self.report.error(
                section.line,
                "reserved-id",
                msg("sections.reserved_id", id=explicit),
                msg("sections.reserved_id_hint", id=explicit),
            )
        else:
            section.explicit_id = explicit

    def all(self) -> Iterator[Section]:
        """Yield every section with a question, in reading order."""
        for section in self.sections:
            yield section
            yield from section.follow_ups

    def assign_ids(self) -> None:
        """Give each question its id: explicit ids first, so that ids made from wordings do not
        take them."""
        taken: dict[str, int] = {}
        for section in self.all():
            if not section.explicit_id:
                continue
            if section.explicit_id in taken:
                first = taken[section.explicit_id]
                self.report.error(
                    section.line,
                    "duplicate-id",
                    msg("sections.duplicate_id", id=section.explicit_id, line=first),
                    msg("sections.duplicate_id_hint"),
                )
            taken.setdefault(section.explicit_id, section.line)
            section.id = section.explicit_id
        asked: dict[str, int] = {}
        for section in self.all():
            same = normalised(section.wording)
            if same and same in asked:
                self.report.warn(
                    section.line,
                    "repeated-question",
                    msg("sections.repeated_question", question=section.wording, line=asked[same]),
                    msg("sections.repeated_question_hint"),
                )
            asked.setdefault(same, section.line)
            if not section.id:
                section.id = _unused_id(id_of(section.wording), taken)
                taken[section.id] = section.line


def _unused_id(wanted: str, taken: dict[str, int]) -> str:
    """Return ``wanted``, or the first of ``wanted-2``, ``wanted-3``… that is not taken."""
    base = f"question-{wanted}" if is_footnote_id(wanted) else wanted
    candidate, number = base, 1
    while candidate in taken or is_reserved(candidate):
        number += 1
        candidate = f"{base}-{number}"
    return candidate
