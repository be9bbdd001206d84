"""Read the body of a portrait: introduction, questions, answers and the two lists.

    body = introduction exchange* [recommendation list] [reading list]     (in any order)

The structure comes from Markdown's own tree (see :mod:`portraits.reader.sections`): a ``##`` in a
code block is not a question, but a question underlined with dashes is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree import ElementTree as ET

from portraits.model.placeholders import has_placeholders
from portraits.model.portrait import (
    Exchange,
    FollowUp,
    InlineImage,
    InternalLink,
    Question,
    ReadingList,
    RecommendationList,
    RichText,
)
from portraits.reader.asides import set_asides
from portraits.reader.markdown.document import Document, Footnote, MarkdownReader
from portraits.reader.markdown.leftovers import (
    check_leftovers,
    check_short_lines,
    check_swallowed,
    spaced_headings,
)
from portraits.reader.markdown.linking import Linking
from portraits.reader.questionnaire import Questionnaire
from portraits.reader.readings import ReadingReader
from portraits.reader.recommendations import RecommendationReader
from portraits.reader.rich_text import Typesetter, nodes_of
from portraits.reader.sanitizing import survives_cleaning
from portraits.reader.sections import Section, Sectioning
from portraits.reader.sounds import join_sounds
from portraits.support.catalogue import catalogue, interface_language
from portraits.support.messages import msg
from portraits.support.problems import ProblemCollector, did_you_mean
from portraits.typography import Rules


@dataclass(frozen=True, slots=True)
class BodyContext:
    """What reading a body needs to know about its file and the settings."""

    source: str
    """Path of the file relative to the content folder."""
    slug: str
    lang: str
    network: str
    """Network of a bare handle."""
    typography: Rules
    reading_headings: tuple[str, ...]
    trusted: bool = False
    """Whether HTML is published without checks."""


@dataclass(frozen=True, slots=True)
class BodyParts:
    """The fields of :class:`portraits.model.portrait.Portrait` that come from the body."""

    introduction: RichText
    exchanges: tuple[Exchange, ...]
    recommendations: RecommendationList | None
    readings: ReadingList | None
    footnotes: str
    links: tuple[InternalLink, ...]
    images: tuple[InlineImage, ...]
    external_links: tuple[tuple[str, int], ...]
    notice: RichText

    @property
    def words(self) -> int:
        """Number of words of introduction, answers and follow-ups."""
        words = self.introduction.words
        for exchange in self.exchanges:
            words += exchange.answer.words
            words += sum(further.answer.words for further in exchange.follow_ups)
        return words


_reader: MarkdownReader | None = None


def _read(text: str, first_line: int, network: str) -> Document:
    """Parse ``text`` with the reader shared by the whole process."""
    global _reader
    if _reader is None:
        _reader = MarkdownReader()
    try:
        return _reader.read(text, first_line=first_line, network=network)
    except BaseException:
        _reader = None  # its state is unknown, for instance after a time limit
        raise


def read_body(
    text: str,
    context: BodyContext,
    questionnaire: Questionnaire,
    report: ProblemCollector,
    *,
    first_line: int,
    notice: str = "",
    notice_line: int = 1,
) -> BodyParts:
    """Read the body ``text``, which starts at line ``first_line`` of its file.

    ``notice`` is one paragraph of Markdown from the front matter. Problems go to ``report``.
    """
    text = spaced_headings(text, report, first_line)
    document = _read(text, first_line, context.network)
    check_swallowed(text, document, report, first_line)
    check_leftovers(document, report, trusted=context.trusted)
    set_asides(document, report, text=text, first_line=first_line, lang=context.lang)
    join_sounds(document, report)
    linking = Linking(
        document, report, source=context.source, page=context.slug, trusted=context.trusted
    )
    linking.run()
    sectioning = Sectioning(document.lines, report, context.reading_headings)
    sectioning.cut(document.root)
    for note in document.footnotes:
        sectioning.nested_headings(note.body)
    document.unescape()
    reading = _BodyReader(context, questionnaire, document, report, linking, sectioning)
    body = reading.body()
    if notice:
        body = replace(body, notice=_notice(notice, notice_line, context, report, reading))
    if not (
        context.trusted or report.has_errors or survives_cleaning(reading.typesetter.fragments)
    ):
        report.error(
            first_line, "unsafe-html", msg("body.unsafe_html"), msg("body.unsafe_html_hint")
        )
    return body


def _notice(
    text: str, line: int, context: BodyContext, report: ProblemCollector, reading: _BodyReader
) -> RichText:
    """Read the editor's notice: inline Markdown without pictures or links to other files."""
    document = _read(text, line, context.network)
    check_leftovers(document, report, trusted=context.trusted)
    paragraphs = list(document.root)
    linking = Linking(
        document, report, source=context.source, page=context.slug, trusted=context.trusted
    )
    linking.run()
    document.unescape()
    if len(paragraphs) != 1 or paragraphs[0].tag != "p" or linking.links or linking.images:
        report.error(
            line, "bad-notice", msg("body.bad_notice"), msg("body.bad_notice_hint"), "notice"
        )
        return RichText()
    setter = Typesetter(
        context.lang, context.typography, document.found.tags if context.trusted else None
    )
    passage = setter.inline(nodes_of(paragraphs[0]))
    reading.typesetter.fragments += setter.fragments
    return passage


class _BodyReader:
    """Converts one parsed body to the model."""

    def __init__(
        self,
        context: BodyContext,
        questionnaire: Questionnaire,
        document: Document,
        report: ProblemCollector,
        linking: Linking,
        sectioning: Sectioning,
    ) -> None:
        self.context, self.questionnaire = context, questionnaire
        self.document, self.report = document, report
        self.linking, self.sectioning = linking, sectioning
        self.typesetter = Typesetter(
            context.lang, context.typography, document.found.tags if context.trusted else None
        )

    def body(self) -> BodyParts:
        exchanges: list[Exchange] = []
        recommendations: RecommendationList | None = None
        readings: ReadingList | None = None
        introduction = self.passage(self.sectioning.introduction)
        for section in self.sectioning.sections:
            if section.is_recommendations:
                self.once(recommendations, section)
                recommendations = self.recommendations(section)
            elif section.is_readings(self.sectioning.reading_headings):
                self.once(readings, section)
                readings = self.readings(section)
            else:
                exchanges.append(self.exchange(section))
        if not exchanges and not report_has(self.report, "empty-question", "no-front-matter"):
            self.report.error(
                0, "no-question", msg("body.no_question"), msg("body.no_question_hint")
            )
        self.same_question_twice(exchanges)
        self.check_fragments(exchanges, recommendations, readings)
        footnotes = self.footnotes()
        return BodyParts(
            introduction,
            tuple(exchanges),
            recommendations,
            readings,
            footnotes,
            tuple(self.linking.links),
            tuple(
                replace(
                    image,
                    alt=self.typesetter.text(image.alt),
                    title=self.typesetter.text(image.title),
                    credit=self.typesetter.text(image.credit),
                )
                for image in self.linking.images
            ),
            tuple(self.linking.external),
            RichText(),
        )

    def once(self, earlier: RecommendationList | ReadingList | None, section: Section) -> None:
        if earlier is not None:
            self.report.error(
                section.line,
                "second-list",
                msg("body.second_list", list=section.wording),
                msg("body.second_list_hint", line=earlier.question.line),
            )

    def question(self, section: Section) -> Question:
        heading = section.heading if section.heading is not None else ET.Element("h2")
        return Question(
            section.id,
            self.typesetter.inline(nodes_of(heading)),
            section.line,
            self.questionnaire_id(section),
        )

    def questionnaire_id(self, section: Section) -> str:
        """Return the id of the same question in the questionnaire, or an empty string.

        Warns when the wording is only similar to a known one.
        """
        known = self.questionnaire.id_of(section.wording, section.explicit_id)
        if not known and not section.explicit_id and section.wording:
            near = self.questionnaire.nearest(section.wording)
            if near is not None:
                self.report.warn(
                    section.line,
                    "nearly-known-question",
                    msg("body.nearly_known_question", question=section.wording, known=near[1]),
                    msg("body.nearly_known_question_hint", id=near[0]),
                )
        return known

    def exchange(self, section: Section) -> Exchange:
        answer = self.passage(section)
        follow_ups = tuple(
            FollowUp(self.question(further), self.answer(further)) for further in section.follow_ups
        )
        if _is_silent(answer) and not follow_ups:
            self.no_answer(section)
        return Exchange(self.question(section), answer, follow_ups)

    def passage(self, section: Section) -> RichText:
        check_short_lines(self.document, section.blocks, self.report)
        return self.typesetter.blocks(section.blocks)

    def answer(self, section: Section) -> RichText:
        answer = self.passage(section)
        if _is_silent(answer):
            self.no_answer(section)
        return answer

    def no_answer(self, section: Section) -> None:
        if section.heading is not None and section.heading.tag == "h1":
            return  # reported as such: perhaps the page's title
        self.report.warn(
            section.line,
            "no-answer",
            msg("body.no_answer", question=section.wording),
            msg("body.no_answer_hint"),
        )

    def recommendations(self, section: Section) -> RecommendationList:
        reader = RecommendationReader(
            self.document, self.report, self.typesetter, self.context.network
        )
        entries, found = reader.read(section.blocks)
        if not entries:
            self.report.warn(
                section.line,
                "empty-list",
                msg("body.no_recommendations"),
                msg("body.no_recommendations_hint"),
            )
        question = Question(section.id, self.wording(section), section.line)
        return RecommendationList(
            question,
            entries,
            self.typesetter.blocks(found.before),
            self.typesetter.blocks(found.after),
        )

    def readings(self, section: Section) -> ReadingList:
        entries, found = ReadingReader(self.document, self.report, self.typesetter).read(
            section.blocks
        )
        if not entries:
            self.report.warn(
                section.line, "empty-list", msg("body.no_readings"), msg("body.no_readings_hint")
            )
        question = Question(section.id, self.wording(section), section.line)
        return ReadingList(
            question,
            entries,
            self.typesetter.blocks(found.before),
            self.typesetter.blocks(found.after),
        )

    def wording(self, section: Section) -> RichText:
        return self.typesetter.inline(
            nodes_of(section.heading) if section.heading is not None else []
        )

    def same_question_twice(self, exchanges: list[Exchange]) -> None:
        asked: dict[str, int] = {}
        for question in _questions(exchanges):
            known = question.questionnaire_id
            if known and known in asked:
                self.report.warn(
                    question.line,
                    "same-question-twice",
                    msg(
                        "body.same_question_twice",
                        question=question.wording.text,
                        id=known,
                        line=asked[known],
                    ),
                    msg("body.same_question_twice_hint"),
                )
            asked.setdefault(known, question.line)

    def check_fragments(
        self,
        exchanges: list[Exchange],
        recommendations: RecommendationList | None,
        readings: ReadingList | None,
    ) -> None:
        ids = [question.id for question in _questions(exchanges)]
        ids += [section.question.id for section in (recommendations, readings) if section]
        for fragment, line in self.linking.fragments:
            if fragment and fragment not in ids:
                self.report.error(
                    line,
                    "unknown-fragment",
                    msg("body.unknown_fragment", fragment=fragment),
                    did_you_mean(fragment, ids)
                    or msg("body.unknown_fragment_hint", ids=", ".join(ids)),
                )

    def footnotes(self) -> str:
        """Return the HTML of the footnotes referenced, in the order of their first reference."""
        called = self.linking.notes
        bodies = {note.label: note for note in self.document.footnotes}
        for note in self.document.footnotes:
            if note.label not in called:
                self.report.error(
                    note.line,
                    "unused-footnote",
                    msg("body.unused_footnote", label=note.label),
                    msg("body.unused_footnote_hint", label=note.label),
                )
        if not called:
            return ""
        listing = ET.Element("ol", {"class": "footnotes"})
        for label, number in called.items():
            listing.append(self.footnote(bodies[label], number))
        return self.typesetter.blocks([listing]).html

    def footnote(self, note: Footnote, number: int) -> ET.Element:
        note.body.set("id", self.linking.note_id(number))
        last = note.body[-1] if len(note.body) and note.body[-1].tag == "p" else None
        if last is None:
            last = ET.SubElement(note.body, "p")
        words = catalogue(interface_language(self.context.lang))
        back = ET.SubElement(
            last,
            "a",
            {
                "href": self.linking.placeholder(
                    self.context.source, self.linking.call_id(number), note.line
                ),
                "class": "footnote-back",
                "role": "doc-backlink",
                "aria-label": words.text("portrait.footnote_back", number=number),
            },
        )
        back.text = "↩"
        if len(last) > 1:
            last[-2].tail = (last[-2].tail or "") + "\u00a0"
        elif last.text:
            last.text += "\u00a0"
        return note.body


def _questions(exchanges: list[Exchange]) -> Iterator[Question]:
    for exchange in exchanges:
        yield exchange.question
        for further in exchange.follow_ups:
            yield further.question


def _is_silent(answer: RichText) -> bool:
    """Return whether the person says nothing and shows nothing; an aside is the editor's."""
    return not answer.text and not has_placeholders(answer.html)


def report_has(report: ProblemCollector, *codes: str) -> bool:
    """Return whether a problem with one of these codes has already been reported."""
    return any(problem.code in codes for problem in report.problems)
