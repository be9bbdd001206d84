"""Render the body of a portrait with every placeholder filled, for its page and the feeds.

Question pages show the same answers one by one; both use :class:`PortraitRenderer`, so that a link
or a picture looks the same wherever an answer is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from portraits.images.picture import INLINE, plan
from portraits.model import addresses
from portraits.model.placeholders import fill, has_placeholders, image_placeholder, link_placeholder
from portraits.model.portrait import Exchange, FollowUp, Portrait, Recommendation, RichText
from portraits.reader.withdrawal.unlinking import unlinked
from portraits.series.reading import Summary, exchange_of, summary_of
from portraits.series.reads import Series
from portraits.series.tables import (
    AccountRow,
    AnswerRow,
    EditorPageRow,
    FragmentRow,
    LinkRow,
    PortraitRow,
    QuestionRow,
    RecommendationRow,
)
from portraits.series.views.view import View
from portraits.series.writing import answer_place
from portraits.settings import Settings
from portraits.site.account_lives import presences_of, then_and_now
from portraits.site.context import BuildContext, safe, sound_address
from portraits.site.page import every_portrait
from portraits.site.views import (
    Fragment,
    FragmentExchange,
    FragmentReading,
    Link,
    RecommendationCard,
)
from portraits.support.catalogue import Catalogue
from portraits.support.picture_paths import is_sound

ALSO_SHOWN = 3
"""Number of other recommenders named on a card: the earliest, so that a new portrait rewrites few
pages."""


BRIEF = 30
"""Most words of an answer that is set close to the ones around it: two lines or three."""

LARGE = 8
"""Most words of an answer that is set large: two lines of a narrow window."""


@dataclass(frozen=True)
class PortraitRenderer:
    """Fills the placeholders of one portrait."""

    context: BuildContext
    summary: Summary

    @cached_property
    def portrait(self) -> Portrait:
        """The whole portrait, read on first use."""
        return self.context.portrait(self.summary.source)

    @cached_property
    def url(self) -> str:
        """Path of the portrait's page."""
        return self.context.url(self.summary)

    @cached_property
    def _own(self) -> BuildContext:
        """The context in the language of the portrait, whatever page shows it."""
        return self.context.speaking(self.summary.lang)

    @cached_property
    def _words(self) -> Catalogue:
        return self.context.words(self.summary.lang)

    @cached_property
    def _placeholders(self) -> Mapping[str, str]:
        """Placeholder -> the text that replaces it; without the links that lead nowhere."""
        targets = {
            placeholder: str(escape(path)) for placeholder, path in self._targets.items() if path
        }
        return targets | dict(self._figures())

    @cached_property
    def _targets(self) -> Mapping[str, str]:
        """Placeholder of each link -> the path that it leads to, empty if the site does not show
        what it means."""
        links = self.context.series.rows(LinkRow, "source", self.summary.source)
        return {link_placeholder(row.number): self._target(row) for row in links}

    def _target(self, link: LinkRow) -> str:
        context = self.context
        fragment = f"#{link.fragment}" if link.fragment else ""
        if not link.target or link.target == self.summary.source:
            return f"{self.url}{fragment}"
        page = context.series.one(EditorPageRow, "source", link.target)
        if page:
            return f"{context.settings.path(page.address)}{fragment}"
        row = context.series.one(PortraitRow, "source", link.target)
        return f"{context.url(summary_of(row))}{fragment}" if row else ""

    def _figures(self) -> Iterator[tuple[str, str]]:
        context = self.context
        images = context.inline_images(self.summary.source)
        if not images:
            return
        context.depend_on("template:components/picture.html")
        macros = context.environment.get_template("components/picture.html")
        module: Any = macros.make_module(
            {"site": context.site(self.summary.lang), "t": context.words(self.summary.lang)}
        )
        sounds: Any = None
        if any(is_sound(image.file) for image in images):
            context.depend_on("template:components/sound.html")
            sounds = context.environment.get_template("components/sound.html").make_module(
                {"t": context.words(self.summary.lang)}
            )
        for image in images:
            photo = context.photo(image.file) if context.settings.pictures else None
            if is_sound(image.file):
                url = context.settings.path(sound_address(photo)) if photo else ""
                caption = " · ".join(filter(None, (image.alt, image.title)))
                yield (
                    image_placeholder(image.number),
                    str(sounds.sound(url, caption, image.credit)).strip(),
                )
                continue
            figure = (
                str(
                    module.figure(plan(photo, INLINE), image.alt, image.title, image.credit)
                ).strip()
                if photo
                else ""
            )
            yield image_placeholder(image.number), figure

    def html(self, text: RichText) -> Markup:
        """Return a passage with its placeholders filled."""
        return safe(self.filled(text.html))

    def filled(self, html: str) -> str:
        """Return ``html`` with its placeholders filled; links that lead nowhere are plain words."""
        if not has_placeholders(html):
            return html
        if not all(self._targets.values()):
            html = unlinked(html, lambda address: self._targets.get(address) == "")
        return fill(html, self._placeholders)

    def exchange(self, exchange: Exchange | FollowUp) -> FragmentExchange:
        """Return a question with its answer and its follow-ups, for templates."""
        question, words = exchange.question, self._words
        plain = question.wording.text
        topic = question.questionnaire_id or question.id
        follow_ups = exchange.follow_ups if isinstance(exchange, Exchange) else ()
        count = self.context.answers_about(topic) if isinstance(exchange, Exchange) else 0
        return FragmentExchange(
            id=question.id,
            wording=self.html(question.wording),
            plain=plain,
            url=f"{self.url}#{question.id}",
            permalink=words("portrait.permalink", question=plain),
            answer=self.html(exchange.answer),
            brief=not follow_ups and exchange.answer.words <= BRIEF,
            answers=_answers(words, count),
            others_url=self._own.path(addresses.question(topic)) if count else "",
            others=words("portrait.other_answers_to", question=plain) if count else Markup(""),
            follow_ups=tuple(map(self.exchange, follow_ups)),
        )

    @cached_property
    def fragment(self) -> Fragment:
        """The view that the fragment template prints."""
        portrait = self.portrait
        found, readings = portrait.recommendations, portrait.readings
        large = large_answers(portrait)
        return Fragment(
            portrait=portrait,
            url=self.url,
            introduction=self.html(portrait.introduction),
            exchanges=tuple(
                self.exchange(one)._replace(large=one.question.id in large)
                for one in portrait.exchanges
            ),
            quote=portrait.quote.text if portrait.quote else "",
            presences=presences_of(self.context, self.summary, portrait.accounts),
            recommendations_before=self.html(found.before if found else RichText()),
            recommendations=tuple(map(self._card, found.entries if found else ())),
            recommendations_after=self.html(found.after if found else RichText()),
            readings_before=self.html(readings.before if readings else RichText()),
            readings_after=self.html(readings.after if readings else RichText()),
            footnotes=self.html(RichText(portrait.footnotes)),
            notice=self.html(portrait.notice),
            readings=tuple(
                FragmentReading(
                    reading.title, reading.url, _host(reading.url), self.html(reading.note)
                )
                for reading in (readings.entries if readings else ())
            ),
        )

    def printed(self) -> str:
        """Render the fragment as HTML, without the cached row."""
        return self.context.fill("fragment.html", self.summary.lang, page=self.fragment)

    @cached_property
    def content(self) -> Markup:
        """The fragment as HTML, from the row that all pages and feeds share."""
        row = self.context.series.one(FragmentRow, "source", self.summary.source)
        assert row is not None  # noqa: S101 - every shown portrait has one
        return safe(row.html)

    def answer(self, number: int) -> Exchange:
        """Return one question of the portrait with its answer, without reading the rest."""
        series, source = self.context.series, self.summary.source
        return exchange_of(
            series.rows(QuestionRow, "source", source, number=number),
            series.rows(AnswerRow, "place", answer_place(source, number)),
        )

    def _card(self, entry: Recommendation) -> RecommendationCard:
        """Return the card of one #FF entry, with other people who recommend the account."""
        context, account = self.context, entry.account
        row = context.series.one(AccountRow, "account", account.key)
        owner = row.portrait if row else ""
        person = self._own.translated(owner) if owner else None
        lang, year = self.summary.lang, self.summary.date.year
        lives = then_and_now(context, account, lang, year)
        return RecommendationCard(
            account=account,
            url=account.url if lives is None else lives[0].url,
            lives=lives or (),
            network_label=context.network_label(account.network, lang),
            reason=self.html(entry.reason),
            portrait=context.link(person) if person and not self._is_same(person) else None,
            also=self._also(row.entry) if row else (),
            directory_url=self._own.directory_url(account.key) if row else "",
        )

    def _is_same(self, other: Summary) -> bool:
        return other.translation_key == self.summary.translation_key

    def _also(self, entry: str) -> tuple[Link, ...]:
        """Return links to the first other people who recommended an entry of the directory."""
        series = self.context.series
        # Fetch more than are shown, because this person's portrait and repeats are dropped below.
        rows = sorted(
            (
                row
                for account in series.rows(AccountRow, "entry", entry)
                for row in series.rows(
                    RecommendationRow,
                    "account",
                    account.account,
                    person=1,
                    oldest_first=True,
                    limit=2 * ALSO_SHOWN + 2,
                )
            ),
            key=lambda row: str(row.position),
            reverse=True,
        )
        sources = list(dict.fromkeys(row.source for row in rows))
        others = [one for one in map(self._own.translated, sources) if not self._is_same(one)]
        return tuple(map(self.context.link, others[:ALSO_SHOWN]))


def large_answers(portrait: Portrait) -> frozenset[str]:
    """Return the ids of the questions whose answers are set large: one paragraph of at most
    :data:`LARGE` words.

    A large answer interrupts, so there are never two in a row, nor one above the featured quote.
    """
    quoted = portrait.quote.question_id if portrait.quote else ""
    found: list[str] = []
    before = ""
    for exchange in portrait.exchanges:
        id, html = exchange.question.id, exchange.answer.html
        whole = html.startswith("<p>") and html.find("</p>") == len(html) - len("</p>")
        short = whole and exchange.answer.words <= LARGE and not exchange.follow_ups
        if short and id != quoted and before not in found[-1:]:
            found.append(id)
        before = id
    return frozenset(found)


def _host(url: str) -> str:
    """Return the host that an address leads to, as people say it; empty if it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _answers(words: Catalogue, count: int) -> Markup:
    """Return the text of the link to ``count`` answers: :func:`rounded_down` keeps exact what is
    less than ten."""
    if not count:
        return Markup("")
    return words("question.answers" if count < 10 else "question.answers_from", count=count)


def fragments(context: BuildContext) -> View:
    """Return the view of the fragments, each rendered once for its page and all the feeds."""

    def keys(series: Series, settings: Settings) -> Iterable[str]:
        return every_portrait(replace(context, series=series))

    def rows(series: Series, settings: Settings, key: str) -> Iterator[FragmentRow]:
        asking = replace(context, series=series)
        yield FragmentRow(key, PortraitRenderer(asking, asking.summary(key)).printed())

    return View("fragments", (FragmentRow,), keys, rows)
