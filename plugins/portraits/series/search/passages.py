"""Split a portrait into the passages that are searched.

    passage 0    the person: name; role, organisation, tags, introduction, accounts
    passage n    the n-th question in reading order: wording; answer

The numbers are those of :attr:`portraits.model.portrait.Portrait.questions`, counted from one, and
of the questions in the portrait's JSON (:mod:`portraits.output.api`), where the browser finds the
text to show.
"""

from __future__ import annotations

from collections.abc import Iterator

from portraits.model.portrait import Portrait, ReadingList, RecommendationList

Passage = tuple[str, str]
"""A heading, whose words weigh more, and the text under it."""


def passages(portrait: Portrait) -> Iterator[Passage]:
    """Yield the passages of ``portrait``, in the order of their numbers."""
    yield portrait.name, _person(portrait)
    for exchange in portrait.exchanges:
        yield exchange.question.wording.text, exchange.answer.text
        for further in exchange.follow_ups:
            yield further.question.wording.text, further.answer.text
    if portrait.recommendations:
        yield portrait.recommendations.question.wording.text, _accounts(portrait.recommendations)
    if portrait.readings:
        yield portrait.readings.question.wording.text, _titles(portrait.readings)


def _person(portrait: Portrait) -> str:
    return "\n".join(
        (
            portrait.role,
            portrait.organization,
            *portrait.tags,
            portrait.introduction.text,
            *(
                f"{presence.account.label} {presence.account.handle}"
                for presence in portrait.accounts
                if presence.account
            ),
            *(f"{managed.label} {managed.account.handle}" for managed in portrait.manages),
        )
    )


def _accounts(section: RecommendationList) -> str:
    return "\n".join(
        (
            section.before.text,
            *(
                f"{entry.account.label} {entry.account.handle} {entry.reason.text}"
                for entry in section.entries
            ),
            section.after.text,
        )
    )


def _titles(section: ReadingList) -> str:
    return "\n".join(
        (
            section.before.text,
            *(f"{entry.title} {entry.note.text}" for entry in section.entries),
            section.after.text,
        )
    )
