"""The body of a portrait with every hole filled: shown on its page, sent in the feeds.

The same answers, question by question, stand on the question pages; both come from
:class:`Filling`, so that a link or a picture looks the same wherever an answer is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from markupsafe import Markup, escape

from portraits import addresses
from portraits.around import Follow
from portraits.holes import fill, has_holes, image_hole, link_hole
from portraits.images.picture import INLINE, plan
from portraits.model import Account, Exchange, FollowUp, Portrait, RichText
from portraits.outline import Outline
from portraits.pages.assembly import Assembly, safe
from portraits.template_code import called
from portraits.values import dataclass
from portraits.views import (
    Fragment,
    FragmentExchange,
    FragmentReading,
    RecommendationCard,
)


@dataclass(frozen=True)
class Filling:
    """Fills the holes of one portrait."""

    assembly: Assembly
    outline: Outline

    @cached_property
    def portrait(self) -> Portrait:
        """The whole portrait, read when something needs it."""
        return self.assembly.load(self.outline)

    @cached_property
    def url(self) -> str:
        """Path of the portrait's page."""
        return self.assembly.url(self.outline)

    @cached_property
    def holes(self) -> Mapping[str, str]:
        """Hole -> what goes there."""
        targets = self.assembly.around(self.outline).links
        links = {link_hole(n): str(escape(url)) for n, url in enumerate(targets)}
        return links | dict(self._figures())

    def _figures(self) -> Iterator[tuple[str, str]]:
        if not self.assembly.inline_images(self.outline):
            return
        macros = self.assembly.environment.get_template("components/picture.html")
        module: Any = macros.make_module({
            "site": self.assembly.site(self.outline.lang),
            "t": self.assembly.words(self.outline.lang)})
        for number, image in enumerate(self.portrait.images):
            if not self.assembly.settings.pictures:
                yield image_hole(number), ""
                continue
            photo = self.assembly.photos[image.file]
            figure = called(
                module.figure, plan(photo.image, INLINE), image.alt, image.title)
            yield image_hole(number), str(figure).strip()

    def html(self, text: RichText) -> Markup:
        """A passage with its holes filled."""
        return safe(fill(text.html, self.holes) if has_holes(text.html) else text.html)

    def exchange(self, exchange: Exchange | FollowUp) -> FragmentExchange:
        """A question with its answer, follow-ups inside."""
        question = exchange.question
        known = question.questionnaire_id or question.id
        others = self.assembly.settings.path(addresses.question(known)) if (
            known in self.assembly.with_page and isinstance(exchange, Exchange)) else ""
        return FragmentExchange(
            id=question.id, wording=self.html(question.wording), plain=question.wording.text,
            url=f"{self.url}#{question.id}",
            answer=self.html(exchange.answer), others_url=others,
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
                self._card(entry.account, self.html(entry.reason), follow)
                for entry, follow in zip(
                    found.entries if found else (), self.assembly.around(self.outline).follows,
                    strict=True)),
            recommendations_after=self.html(found.after if found else RichText()),
            readings_before=self.html(readings.before if readings else RichText()),
            readings_after=self.html(readings.after if readings else RichText()),
            footnotes=self.html(RichText(portrait.footnotes)),
            notice=self.html(portrait.notice),
            readings=tuple(
                FragmentReading(reading.title, reading.url, self.html(reading.note))
                for reading in (readings.entries if readings else ())),
        )

    @cached_property
    def content(self) -> Markup:
        """The fragment as HTML."""
        template = self.assembly.environment.get_template("fragment.html")
        return safe(template.render(
            site=self.assembly.site(self.outline.lang), page=self.fragment,
            t=self.assembly.words(self.outline.lang)))

    def _card(self, account: Account, reason: Markup, follow: Follow) -> RecommendationCard:
        """The card of one #FF entry, with who else recommends the account."""
        assembly = self.assembly
        return RecommendationCard(
            account=account,
            network_label=assembly.network_label(account.network, self.outline.lang),
            reason=reason, portrait=follow.person, also=follow.also, directory_url=follow.url)
