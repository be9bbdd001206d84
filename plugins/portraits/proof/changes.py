"""Put a proposed answer into a portrait, or say why it cannot be.

A proposal is Markdown, because the person was shown what stands in the file; but it is another
person's, so that it may change the words of one answer and nothing else:

- lines that would be headings, and tags, become text (unless the answer already had them);
- the portrait is read again: its questions, its other answers and its lists must be what they were,
  and it must have no error that it did not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portraits.importer.transcript import ImportRefused
from portraits.model.placeholders import CLOSE, OPEN
from portraits.model.portrait import Portrait, ReadingList, RecommendationList, RichText
from portraits.proof.answers import TypedAnswer, answers_of, fingerprint_of, replaced
from portraits.proof.reply import MOST_OF_AN_ANSWER, ProofReply
from portraits.reader.questionnaire import Questionnaire
from portraits.reader.source import ParsedPortrait, parse
from portraits.settings import Settings
from portraits.support.messages import msg
from portraits.support.problems import SourceRefused, errors

_HEADING = re.compile(r"^( {0,3})(#)")
_UNDERLINE = re.compile(r"^( {0,3})([=-])(?=[=-]*[ \t]*$)")
_NO_UNDERLINE = {"=": "&#61;", "-": "\\-"}
"""Markdown knows no backslash before « = »."""
_TAG = re.compile(r"<(?=[A-Za-z/!?])[^<>]*>?")
_PLACEHOLDER = re.compile(f"{OPEN}(link|image)[0-9]+{CLOSE}")


@dataclass(frozen=True, slots=True)
class PortraitFile:
    """A portrait and the file that it was read from."""

    source: str
    """Path relative to the content folder."""
    label: str
    """Path as messages show it."""
    data: bytes
    parsed: ParsedPortrait
    settings: Settings
    questionnaire: Questionnaire

    @property
    def portrait(self) -> Portrait:
        """The portrait. Raise SourceRefused, with its errors, if it cannot be read."""
        if self.parsed.portrait is None:
            raise SourceRefused(errors(self.parsed.problems))
        return self.parsed.portrait

    def answers(self) -> tuple[TypedAnswer, ...]:
        """Return the answers as they are typed, in reading order."""
        return answers_of(self.portrait, self.data)

    def read(self, data: bytes) -> ParsedPortrait:
        """Return what another text of the file would be read as."""
        return parse(self.source, data, self.settings, self.questionnaire, label=self.label)


@dataclass(frozen=True, slots=True)
class ProposedChange:
    """One answer for which the person proposes another text."""

    answer: TypedAnswer
    text: str
    refusal: str = ""
    """Why it cannot be taken as it is; empty if it can."""


@dataclass(frozen=True, slots=True)
class ProposedChanges:
    """What a reply proposes for a portrait."""

    possible: tuple[ProposedChange, ...]
    """What can be accepted or refused, in reading order."""
    refused: tuple[ProposedChange, ...]
    """What cannot be taken as it is."""
    outdated: tuple[str, ...]
    """Wordings of the questions whose answers changed since the proof was made."""
    unknown: tuple[str, ...]
    """Ids that the reply names and the portrait does not have."""


def changes_in(reply: ProofReply, file: PortraitFile) -> ProposedChanges:
    """Return what ``reply`` proposes. Raise SourceRefused if the portrait has errors."""
    answers = file.answers()
    known = {answer.id for answer in answers}
    outdated = [answer for answer in answers if reply.shown.get(answer.id) != answer.fingerprint]
    found = [
        ProposedChange(answer, reply.proposed[answer.id], msg("proof.changed_since"))
        if answer in outdated
        else _change(file, answers, answer, reply.proposed[answer.id])
        for answer in answers
        if answer.id in reply.proposed
    ]
    found = [change for change in found if change.text != change.answer.text]
    return ProposedChanges(
        tuple(change for change in found if not change.refusal),
        tuple(change for change in found if change.refusal),
        tuple(answer.wording for answer in outdated),
        tuple(sorted((reply.shown.keys() | reply.proposed.keys()) - known)),
    )


def accepted(file: PortraitFile, texts: Mapping[str, str]) -> bytes:
    """Return the file with the accepted texts.

    Raise ImportRefused if together they reach further than each of them alone.
    """
    answers = file.answers()
    data = replaced(file.data, answers, texts)
    if refusal := _refusal(file, data, texts):
        raise ImportRefused(refusal)
    return data


def _change(
    file: PortraitFile, answers: tuple[TypedAnswer, ...], answer: TypedAnswer, proposed: str
) -> ProposedChange:
    if len(proposed) > MOST_OF_AN_ANSWER:
        return ProposedChange(
            answer,
            proposed[:MOST_OF_AN_ANSWER],
            msg("proof.answer_too_long", count=MOST_OF_AN_ANSWER),
        )
    text = as_answer(proposed, answer.text)
    if fingerprint_of(text) == answer.fingerprint:
        return ProposedChange(answer, answer.text)
    if not text:
        return ProposedChange(answer, text, msg("proof.emptied"))
    data = replaced(file.data, answers, {answer.id: text})
    return ProposedChange(answer, text, _refusal(file, data, {answer.id: text}))


def as_answer(proposed: str, before: str) -> str:
    """Return a proposed text as it may stand in a file: no heading and no tag that ``before``, the
    answer that was shown, does not have."""
    kept = set(before.split("\n"))

    def tag(found: re.Match[str]) -> str:
        return found[0] if found[0] in before else f"&lt;{found[0][1:]}"

    lines = []
    for typed in proposed.strip("\n").split("\n"):
        line = typed if typed.endswith("  ") and typed.strip() else typed.rstrip()
        if line not in kept:
            line = _HEADING.sub(r"\1\\\2", line, count=1)
            line = _UNDERLINE.sub(lambda found: found[1] + _NO_UNDERLINE[found[2]], line, count=1)
            line = _TAG.sub(tag, line)
        lines.append(line)
    return "\n".join(lines).strip("\n")


def _refusal(file: PortraitFile, data: bytes, texts: Mapping[str, str]) -> str:
    """Return why a text of the file cannot be taken; empty if it changes these answers alone."""
    after = file.read(data)
    if after.portrait is None:
        return str(next(iter(errors(after.problems))))
    before = list(_outline(file.portrait, texts))
    return "" if before == list(_outline(after.portrait, texts)) else msg("proof.reaches_further")


def _outline(portrait: Portrait, but: Mapping[str, str]) -> Iterator[object]:
    """Yield what a portrait says, except in the answers to some questions."""
    yield [(question.id, question.wording.text) for question in portrait.questions]
    yield (
        portrait.name,
        portrait.title,
        portrait.status,
        portrait.date,
        portrait.slug,
        portrait.lang,
    )
    yield _said(portrait.introduction)
    for exchange in portrait.exchanges:
        if exchange.question.id not in but:
            yield _said(exchange.answer)
        for follow_up in exchange.follow_ups:
            if follow_up.question.id not in but:
                yield _said(follow_up.answer)
    for found in (portrait.recommendations, portrait.readings):
        if found and found.question.id not in but:
            yield list(_listed(found))


def _listed(found: RecommendationList | ReadingList) -> Iterator[object]:
    yield _said(found.before)
    yield _said(found.after)
    if isinstance(found, RecommendationList):
        for one in found.entries:
            yield one.account.key, _said(one.reason)
    else:
        for title in found.entries:
            yield title.title, title.url, _said(title.note)


def _said(text: RichText) -> str:
    """Return the HTML of a passage, without the numbers of its links and pictures, which count
    through the whole file."""
    return _PLACEHOLDER.sub(r"\1", text.html)
