"""The body of a portrait with every placeholder filled: shown on its page, sent in the feeds.

The same answers, question by question, stand on the question pages; both come from
:class:`PortraitRenderer`, so that a link or a picture looks the same wherever an answer is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from markupsafe import Markup, escape

from portraits.images.picture import INLINE, plan
from portraits.model import addresses
from portraits.model.placeholders import fill, has_placeholders, image_placeholder, link_placeholder
from portraits.model.portrait import Exchange, FollowUp, Portrait, Recommendation, RichText
from portraits.series.reading import Summary, exchange_of
from portraits.series.reads import Series
from portraits.series.tables import (
    AccountRow,
    AnswerRow,
    EditorPageRow,
    FragmentRow,
    LinkRow,
    QuestionRow,
    RecommendationRow,
)
from portraits.series.views.view import View
from portraits.series.writing import answer_place
from portraits.settings import Settings
from portraits.site.context import BuildContext, safe
from portraits.site.page import every_portrait
from portraits.site.views import (
    Fragment,
    FragmentExchange,
    FragmentReading,
    Link,
    RecommendationCard,
)
from portraits.support.catalogue import Catalogue

ALSO_SHOWN = 3
"""Other recommenders named on a card: the earliest, so that a new portrait rewrites few pages."""


@dataclass(frozen=True)
class PortraitRenderer:
    """Fills the placeholders of one portrait."""

    context: BuildContext
    summary: Summary

    @cached_property
    def portrait(self) -> Portrait:
        """The whole portrait, read when something needs it."""
        return self.context.portrait(self.summary.source)

    @cached_property
    def url(self) -> str:
        """Path of the portrait's page."""
        return self.context.url(self.summary)

    @cached_property
    def _words(self) -> Catalogue:
        return self.context.words(self.summary.lang)

    @cached_property
    def placeholders(self) -> Mapping[str, str]:
        """Placeholder -> what goes there."""
        links = self.context.series.rows(LinkRow, "source", self.summary.source)
        targets = {link_placeholder(row.number): str(escape(self._target(row))) for row in links}
        return targets | dict(self._figures())

    def _target(self, link: LinkRow) -> str:
        """Where an internal link leads, as a path on the site."""
        context = self.context
        fragment = f"#{link.fragment}" if link.fragment else ""
        if not link.target or link.target == self.summary.source:
            return f"{self.url}{fragment}"
        page = context.series.one(EditorPageRow, "source", link.target)
        if page:
            return f"{context.settings.path(page.slug)}/{fragment}"
        return f"{context.url(context.summary(link.target))}{fragment}"

    def _figures(self) -> Iterator[tuple[str, str]]:
        context = self.context
        images = context.inline_images(self.summary.source)
        if not images:
            return
        context.depend_on("template:components/picture.html")
        macros = context.environment.get_template("components/picture.html")
        module: Any = macros.make_module({
            "site": context.site(self.summary.lang), "t": context.words(self.summary.lang)})
        for image in images:
            photo = context.photo(image.file) if context.settings.pictures else None
            figure = str(module.figure(plan(photo, INLINE), image.alt, image.title)).strip() if (
                photo) else ""
            yield image_placeholder(image.number), figure

    def html(self, text: RichText) -> Markup:
        """A passage with its placeholders filled."""
        return safe(
            fill(text.html, self.placeholders) if has_placeholders(text.html) else text.html
        )

    def exchange(self, exchange: Exchange | FollowUp) -> FragmentExchange:
        """A question with its answer, follow-ups inside."""
        question = exchange.question
        known = question.questionnaire_id or question.id
        others = self.context.settings.path(addresses.question(known)) if (
            isinstance(exchange, Exchange) and self.context.has_page(known)) else ""
        words, plain = self._words, question.wording.text
        return FragmentExchange(
            id=question.id, wording=self.html(question.wording), plain=plain,
            url=f"{self.url}#{question.id}",
            permalink=words("portrait.permalink", question=plain),
            answer=self.html(exchange.answer), others_url=others,
            others=words("portrait.other_answers_to", question=plain) if others else Markup(""),
            follow_ups=tuple(map(self.exchange, exchange.follow_ups))
            if isinstance(exchange, Exchange) else (),
        )

    @cached_property
    def fragment(self) -> Fragment:
        """What the fragment template prints."""
        portrait = self.portrait
        found, readings = portrait.recommendations, portrait.readings
        return Fragment(
            portrait=portrait, url=self.url,
            introduction=self.html(portrait.introduction),
            exchanges=tuple(map(self.exchange, portrait.exchanges)),
            quote=portrait.quote.text if portrait.quote else "",
            recommendations_before=self.html(found.before if found else RichText()),
            recommendations=tuple(
                map(self._card, found.entries if found else ())),
            recommendations_after=self.html(found.after if found else RichText()),
            readings_before=self.html(readings.before if readings else RichText()),
            readings_after=self.html(readings.after if readings else RichText()),
            footnotes=self.html(RichText(portrait.footnotes)),
            notice=self.html(portrait.notice),
            readings=tuple(
                FragmentReading(reading.title, reading.url, self.html(reading.note))
                for reading in (readings.entries if readings else ())),
        )

    def printed(self) -> str:
        """The fragment as HTML, printed anew."""
        return self.context.fill("fragment.html", self.summary.lang, page=self.fragment)

    @cached_property
    def content(self) -> Markup:
        """The fragment as HTML, as it was printed for all that show it."""
        row = self.context.series.one(FragmentRow, "source", self.summary.source)
        assert row is not None  # noqa: S101 - printed for every portrait that is shown
        return safe(row.html)

    def answer(self, number: int) -> Exchange:
        """One question of the portrait with its answer; the rest is not read."""
        series, source = self.context.series, self.summary.source
        return exchange_of(series.rows(QuestionRow, "source", source, number=number),
                           series.rows(AnswerRow, "place", answer_place(source, number)))

    def _card(self, entry: Recommendation) -> RecommendationCard:
        """The card of one #FF entry, with who else recommends the account."""
        context, account = self.context, entry.account
        row = context.series.one(AccountRow, "account", account.key)
        owner = row.portrait if row else ""
        person = context.summary(owner) if owner else None
        return RecommendationCard(
            account=account,
            network_label=context.network_label(account.network, self.summary.lang),
            reason=self.html(entry.reason),
            portrait=context.link(person) if person and not self._is_same(person) else None,
            also=self._also(account.key),
            directory_url=context.directory_url(account.key) if row else "")

    def _is_same(self, other: Summary) -> bool:
        return other.translation_key == self.summary.translation_key

    def _also(self, account: str) -> tuple[Link, ...]:
        """The first others who recommended an account."""
        # One more than are shown, and one for each time that this portrait may be among them.
        rows = self.context.series.rows(
            RecommendationRow, "account", account, person=1, oldest_first=True,
            limit=2 * ALSO_SHOWN + 2)
        sources = list(dict.fromkeys(row.source for row in rows))
        others = [one for one in map(self.context.summary, sources) if not self._is_same(one)]
        return tuple(map(self.context.link, others[:ALSO_SHOWN]))


def fragments(context: BuildContext) -> View:
    """The fragment of every portrait, printed once for its page and all the feeds."""

    def keys(series: Series, settings: Settings) -> Iterable[str]:
        return every_portrait(replace(context, series=series))

    def rows(series: Series, settings: Settings, key: str) -> Iterator[FragmentRow]:
        asking = replace(context, series=series)
        yield FragmentRow(key, PortraitRenderer(asking, asking.summary(key)).printed())

    return View("fragments", (FragmentRow,), keys, rows)
