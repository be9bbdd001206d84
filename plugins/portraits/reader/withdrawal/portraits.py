"""Take the accounts of people who are off the site out of other people's portraits.

    a link in a text             ->  its words
    an entry of a #FF list       ->  its words, below the other entries
    an account run for somebody  ->  nothing: its name alone would say whose it is

The text that is read stays as it is; what was passed over is told with its line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from markupsafe import Markup

from portraits.model.accounts import account_from_url
from portraits.model.portrait import (
    Exchange,
    Portrait,
    ReadingList,
    Recommendation,
    RecommendationList,
    RichText,
)
from portraits.model.withdrawn import Withdrawn
from portraits.reader.withdrawal.unlinking import unlinked
from portraits.support.messages import msg
from portraits.support.problems import Problem, Severity


def without_withdrawn(
    portrait: Portrait, withdrawn: Withdrawn, label: str
) -> tuple[Portrait, list[Problem]]:
    """Return ``portrait`` without links to the accounts of people withdrawn, and a warning for
    each; ``label`` is the file's path in messages."""
    if not any(one.accounts for one in withdrawn.entries):
        return portrait, []
    taken = _Taken(withdrawn, dict(portrait.external_links))
    managed = tuple(one for one in portrait.manages if not withdrawn.has_account(one.account.key))
    if managed != portrait.manages:
        taken.lines.add(portrait.line_of("manages"))
    found, read = portrait.recommendations, portrait.readings
    changed = replace(
        portrait,
        manages=managed,
        introduction=taken.plain(portrait.introduction, 1),
        notice=taken.plain(portrait.notice, portrait.line_of("notice")),
        exchanges=tuple(map(taken.exchange, portrait.exchanges)),
        recommendations=found and taken.recommendations(found),
        readings=read and taken.readings(read),
        footnotes=taken.plain(RichText(portrait.footnotes), 1).html,
        external_links=tuple(
            (url, line) for url, line in portrait.external_links if not taken.is_dead(url)
        ),
        archives=tuple((url, copy) for url, copy in portrait.archives if not taken.is_dead(url)),
    )
    return changed, [
        Problem(
            label,
            line,
            "withdrawn-link",
            msg("withdrawal.recommended"),
            msg("withdrawal.link_hint"),
            severity=Severity.WARNING,
        )
        for line in sorted(taken.lines)
    ]


class _Taken:
    """What is taken out of one portrait."""

    def __init__(self, withdrawn: Withdrawn, places: Mapping[str, int]) -> None:
        """``places`` gives the line of each address that a link spells out."""
        self.withdrawn, self.places = withdrawn, places
        self.lines: set[int] = set()
        """Where something was taken out."""

    def is_dead(self, address: str) -> bool:
        """Return whether an address is that of an account of somebody withdrawn."""
        try:
            return self.withdrawn.has_account(account_from_url(address).key)
        except ValueError:  # no address of the web
            return False

    def plain(self, text: RichText, line: int) -> RichText:
        """Return a passage without the links; ``line`` is where those stand that are written as
        handles."""

        def is_dead(address: str) -> bool:
            dead = self.is_dead(address)
            if dead:
                self.lines.add(self.places.get(address, line))
            return dead

        return RichText(unlinked(text.html, is_dead), text.text) if text else text

    def exchange(self, one: Exchange) -> Exchange:
        return replace(
            one,
            answer=self.plain(one.answer, one.question.line),
            follow_ups=tuple(
                replace(further, answer=self.plain(further.answer, further.question.line))
                for further in one.follow_ups
            ),
        )

    def recommendations(self, found: RecommendationList) -> RecommendationList:
        """Return the list with the words of the entries that are taken out below the others."""
        kept: list[Recommendation] = []
        words: list[RichText] = []
        for one in found.entries:
            reason = self.plain(one.reason, one.line)
            if self.withdrawn.has_account(one.account.key):
                self.lines.add(one.line)
                said = Markup("<p>{} {}</p>").format(one.account.label, Markup(reason.html))  # noqa: S704
                words.append(RichText(said, f"{one.account.label} {reason.text}".rstrip()))
            else:
                kept.append(replace(one, reason=reason))
        words.append(self.plain(found.after, found.question.line))
        return replace(
            found,
            entries=tuple(kept),
            before=self.plain(found.before, found.question.line),
            after=RichText(
                "".join(text.html for text in words),
                "\n\n".join(text.text for text in words if text),
            ),
        )

    def readings(self, read: ReadingList) -> ReadingList:
        entries = []
        for one in read.entries:
            dead = self.is_dead(one.url)
            self.lines |= {one.line} if dead else set()
            note = self.plain(one.note, one.line)
            entries.append(replace(one, url="" if dead else one.url, note=note))
        line = read.question.line
        return replace(
            read,
            entries=tuple(entries),
            before=self.plain(read.before, line),
            after=self.plain(read.after, line),
        )
