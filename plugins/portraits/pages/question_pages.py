"""One question, everybody's answers; and the index of all questions.

A question with many answers is cut into pages like any other list.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial

from portraits import addresses
from portraits.outline import Asked, Outline
from portraits.pages.assembly import Assembly
from portraits.pages.cards import question_card, social_image
from portraits.pages.fragments import Filling, link_targets
from portraits.pages.heads import series_meta
from portraits.pages.paging import Slice, pagination, slices
from portraits.pages.spec import PageSpec
from portraits.question_index import QuestionAnswers
from portraits.views import AnswerView, CountedLink, Link, QuestionPage, QuestionsPage


def question_pages(
    assembly: Assembly, only: Collection[str] | None = None
) -> Iterator[PageSpec]:
    """The specs of all question pages and of their index; or of the pages that show an
    answer of the portraits whose sources are ``only``."""
    for question in assembly.questions.pages:
        address = addresses.question(question.id)
        pages = slices(len(question.outlines), assembly.settings.page_size)
        for page in pages:
            shown = question.outlines[page.start:page.stop]
            if only is not None and not any(outline.source in only for outline in shown):
                continue
            yield PageSpec(
                addresses.numbered(address, page.number),
                assembly.key("question", *_parts(assembly, question, page, pages)),
                partial(_question_page, assembly, question, page, pages), indexed=True,
                # The pages of one stretch of time show the same portraits, question by question.
                near=f"~{page.start:09}")
    if only is not None:
        return
    counts = [(q.id, q.portraits) for q in assembly.questions.questions]
    yield PageSpec(addresses.QUESTIONS, assembly.key("questions", counts),
                   partial(_questions_page, assembly), indexed=True)


def _answers(question: QuestionAnswers, page: Slice) -> tuple[tuple[Outline, Asked], ...]:
    return tuple(zip(question.outlines[page.start:page.stop],
                     question.asked[page.start:page.stop], strict=True))


def _parts(
    assembly: Assembly, question: QuestionAnswers, page: Slice, pages: tuple[Slice, ...]
) -> tuple[object, ...]:
    newest = page.number is None
    return (
        question.id, question.wording(assembly.settings.lang), question.previous, question.next,
        pagination(assembly.settings, addresses.question(question.id), pages, page),
        _other_wordings(assembly, question) if newest else (),
        [(assembly.facet(outline), asked, link_targets(assembly, outline))
         for outline, asked in _answers(question, page)],
    )


def _other_wordings(assembly: Assembly, question: QuestionAnswers) -> tuple[CountedLink, ...]:
    current = question.wording(assembly.settings.lang)
    return tuple(
        CountedLink(wording.text, "", wording.count, wording.lang)
        for wording in question.wordings if wording.text != current)


def _question_link(assembly: Assembly, question_id: str) -> Link | None:
    if not question_id:
        return None
    question = assembly.questions.by_id[question_id]
    return Link(question.wording(assembly.settings.lang),
                assembly.settings.path(addresses.question(question_id)))


def _answer(assembly: Assembly, current: str, outline: Outline, asked: Asked) -> AnswerView:
    view = Filling(assembly, outline).exchange(assembly.load_exchange(outline, asked))
    return AnswerView(
        person=assembly.card(outline), url=view.url,
        wording=asked.wording if asked.wording != current else "",
        answer=view.answer, follow_ups=view.follow_ups)


def _question_page(
    assembly: Assembly, question: QuestionAnswers, page: Slice, pages: tuple[Slice, ...]
) -> bytes:
    settings = assembly.settings
    wording = question.wording(settings.lang)
    address = addresses.question(question.id)
    newest = page.number is None
    view = QuestionPage(
        id=question.id, wording=wording,
        wordings=_other_wordings(assembly, question) if newest else (),
        answers=tuple(_answer(assembly, wording, *answer) for answer in _answers(question, page)),
        previous=_question_link(assembly, question.previous),
        next=_question_link(assembly, question.next),
        tags=question.entry.tags if question.entry else (),
        pagination=pagination(settings, address, pages, page),
    )
    meta = series_meta(
        assembly, addresses.numbered(address, page.number),
        wording if newest else f"{wording} ({page.number})",
        feeds=assembly.feed_links(address, wording),
        total=len(question.outlines) if newest else None,
        image=social_image(assembly, question_card(assembly, question), wording))
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
