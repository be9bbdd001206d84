"""One question, everybody's answers; and the index of all questions.

A question with many answers is cut into pages like any other list. A page is a *sheet*: its
question, and whose answers it shows. Sheets do not change with the answers, so that they are
kept with the published site like what is around a portrait.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from portraits import addresses
from portraits.packing import packed
from portraits.pages.cards import question_card, social_image
from portraits.pages.fragments import Filling
from portraits.pages.heads import series_meta
from portraits.pages.paging import pagination, slices
from portraits.pages.spec import PageSpec
from portraits.template_code import called
from portraits.values import dataclass
from portraits.views import AnswerView, CountedLink, Link, Pagination, QuestionPage, QuestionsPage

if TYPE_CHECKING:
    from markupsafe import Markup

    from portraits.outline import Outline
    from portraits.pages.assembly import Assembly
    from portraits.question_index import QuestionAnswers


@packed
@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a question."""

    question: str
    """Its id."""
    wording: str
    """What the question is called in the site's language."""
    wordings: tuple[CountedLink, ...]
    """On the newest page, the others under which it was asked."""
    answers: tuple[tuple[str, int], ...]
    """Whose answers, newest first: source of the portrait, position among what it was asked."""
    previous: Link | None
    next: Link | None
    tags: tuple[str, ...]
    pagination: Pagination | None
    number: int | None
    """None for the newest page."""
    total: int | None
    """On the newest page, how many answers there are."""

    @property
    def address(self) -> str:
        """Where the page stands."""
        return addresses.numbered(addresses.question(self.question), self.number)


def sheets(assembly: Assembly) -> Iterator[Sheet]:
    """Every page of every question that has one."""
    settings = assembly.settings
    for question in assembly.questions.pages:
        address = addresses.question(question.id)
        wording = question.wording(settings.lang)
        previous, following = (_question_link(assembly, one)
                               for one in (question.previous, question.next))
        answers = tuple(zip((outline.source for outline in question.outlines),
                            question.positions, strict=True))
        pages = slices(len(answers), settings.page_size)
        for page in pages:
            newest = page.number is None
            yield Sheet(
                question=question.id, wording=wording,
                wordings=_other_wordings(question, wording) if newest else (),
                answers=answers[page.start:page.stop], previous=previous, next=following,
                tags=question.entry.tags if question.entry else (),
                pagination=pagination(settings, address, pages, page), number=page.number,
                total=len(answers) if newest else None)


def question_pages(assembly: Assembly, chosen: Iterable[Sheet]) -> Iterator[PageSpec]:
    """The specs of the pages of the ``chosen`` sheets."""
    for sheet in chosen:
        shown = [
            (assembly.facet(outline), outline.asked[position].digest,
             assembly.links(outline), assembly.inline_digests(outline))
            for outline, position in _answers(assembly, sheet)]
        yield PageSpec(
            sheet.address, assembly.key("question", sheet, shown),
            partial(_question_page, assembly, sheet), indexed=True)


def questions_pages(assembly: Assembly) -> Iterator[PageSpec]:
    """The spec of the index of all questions."""
    counts = [(q.id, q.portraits) for q in assembly.questions.questions]
    yield PageSpec(addresses.QUESTIONS, assembly.key("questions", counts),
                   partial(_questions_page, assembly), indexed=True)


def questions_with_page(assembly: Assembly) -> frozenset[str]:
    """Ids of the questions that have a page."""
    return frozenset(question.id for question in assembly.questions.pages)


def _answers(assembly: Assembly, sheet: Sheet) -> Iterator[tuple[Outline, int]]:
    for source, position in sheet.answers:
        yield assembly.outline(source), position


def _other_wordings(question: QuestionAnswers, current: str) -> tuple[CountedLink, ...]:
    return tuple(
        CountedLink(wording.text, "", wording.count, wording.lang)
        for wording in question.wordings if wording.text != current)


def _question_link(assembly: Assembly, question_id: str) -> Link | None:
    if not question_id:
        return None
    question = assembly.questions.by_id[question_id]
    return Link(question.wording(assembly.settings.lang),
                assembly.settings.path(addresses.question(question_id)))


def _answer(assembly: Assembly, current: str, outline: Outline, position: int) -> AnswerView:
    filling, exchange = Filling(assembly, outline), assembly.load_exchange(outline, position)
    wording = outline.asked[position].wording
    face, facts = _voice(assembly, outline)
    return AnswerView(
        person=assembly.card(outline), face=face, facts=facts,
        url=f"{assembly.url(outline)}#{exchange.question.id}",
        wording=wording if wording != current else "",
        answer=filling.html(exchange.answer),
        follow_ups=tuple(map(filling.exchange, exchange.follow_ups)))


def _voice(assembly: Assembly, outline: Outline) -> tuple[Markup, Markup]:
    """What is shown of a person beside each of their answers, printed once for all of them."""
    known = assembly.known_voices
    if outline.source not in known:
        macros: Any = assembly.environment.get_template("components/voice.html").module
        card = assembly.card(outline)
        known[outline.source] = (
            called(macros.face, assembly.site(), card),
            called(macros.facts, assembly.words(), card))
    return known[outline.source]


def _question_page(assembly: Assembly, sheet: Sheet) -> bytes:
    view = QuestionPage(
        id=sheet.question, wording=sheet.wording, wordings=sheet.wordings,
        answers=tuple(_answer(assembly, sheet.wording, *answer)
                      for answer in _answers(assembly, sheet)),
        previous=sheet.previous, next=sheet.next, tags=sheet.tags, pagination=sheet.pagination)
    wording = sheet.wording
    meta = series_meta(
        assembly, sheet.address,
        wording if sheet.number is None else f"{wording} ({sheet.number})",
        feeds=assembly.feed_links(addresses.question(sheet.question), wording),
        total=sheet.total,
        image=social_image(assembly, question_card(assembly, sheet.question, wording), wording))
    return assembly.render("question.html", meta, view)


def _questions_page(assembly: Assembly) -> bytes:
    view = QuestionsPage(tuple(question_links(assembly)))
    words = assembly.words()
    meta = series_meta(assembly, addresses.QUESTIONS, words.text("questions.heading"),
                       words.text("questions.introduction"))
    return assembly.render("questions.html", meta, view)


def question_links(assembly: Assembly, lang: str = "") -> Iterator[CountedLink]:
    """Every question that was answered, in the index's order, as worded in a language."""
    index = assembly.questions
    for question in index.questions:
        if question.portraits:
            url = assembly.settings.path(addresses.question(question.id))
            yield CountedLink(question.wording(lang or assembly.settings.lang),
                              url if index.has_page(question) else "", question.portraits)
