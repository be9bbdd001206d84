"""Build accounts, portraits and whole series for tests.

    portrait_named("Léa", recommends=["@sam", "@ana@mastodon.example"], tags=["musique"])
    series_with(portrait_named("Léa"), portrait_named("Sam", accounts=["@sam"]))

Handles are written as editors write them: ``@name`` is on Twitter, ``@name@host`` on
Mastodon, ``@name.bsky.social`` on Bluesky, ``network:name`` on any other network, and an address
stands for itself. Dates count down from 2024-12-31, one day per portrait, unless given.

A series is an in-memory database: the rows of its portraits, and every view, derived by the same
engine as in a build.
"""

from __future__ import annotations

import datetime as dt
import weakref
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from portraits.build.engine import Engine
from portraits.images.card_text import Typefaces
from portraits.model.addresses import slug_of
from portraits.model.people import Person
from portraits.model.portrait import (
    Account,
    Exchange,
    ManagedAccount,
    Portrait,
    Presence,
    Question,
    Recommendation,
    RecommendationList,
    RichText,
    Status,
)
from portraits.reader.questionnaire import Questionnaire, QuestionnaireEntry
from portraits.series.database import Database
from portraits.series.reading import Summary, summary_of
from portraits.series.reads import Series
from portraits.series.tables import (
    OF_PORTRAITS,
    HeldAccountRow,
    PersonRow,
    PortraitRow,
    QuestionnaireRow,
    name_of,
)
from portraits.series.views import VIEWS
from portraits.series.writing import person_rows, placed, questionnaire_rows, rows_of, standings
from portraits.settings import Settings
from portraits.site.context import BuildContext
from portraits.site.environment import theme_environment
from portraits.site.fragments import fragments
from portraits.site.page import File, PageKind
from portraits.site.shared import sites_of
from portraits.site.views import Meta

DAY = dt.date(2024, 12, 31)
TODAY = dt.date(2025, 1, 1)
DEFAULTS = Settings()
THEME = Path(__file__).parent.parent / "theme"


def account(notation: str) -> Account:
    """Return the account for a notation."""
    if notation.startswith("http"):
        place = urlsplit(notation)
        bare = f"{place.netloc}{place.path}"
        return Account("web", "", notation, place.netloc, f"web:{bare.lower()}")
    network, _, handle = notation.rpartition(":")
    handle = handle.removeprefix("@")
    user, _, host = handle.partition("@")
    if host:
        network, url = "mastodon", f"https://{host}/@{user}"
    elif not network and "." in handle:
        network, url = "bluesky", f"https://bsky.app/profile/{handle}"
    else:
        network = network or "twitter"
        url = f"https://{network}.com/{handle}"
    return Account(network, handle, url, f"@{handle}", f"{network}:{handle.lower()}")


def rich(text: str) -> RichText:
    """Return a passage of one paragraph; the text must not need HTML escapes."""
    return RichText(f"<p>{text}</p>" if text else "", text)


def portrait_named(
    name: str,
    *,
    slug: str = "",
    lang: str = "fr",
    date: dt.date | str = DAY,
    recommends: Iterable[str | tuple[str, str]] = (),
    accounts: Iterable[str] = (),
    manages: Iterable[str] = (),
    answers: Mapping[str, str | tuple[str, str]] | None = None,
    own_answers: Mapping[str, str | tuple[str, str]] | None = None,
    organization: str = "",
    tags: Iterable[str] = (),
    status: Status = Status.PUBLISHED,
    translation_key: str = "",
    role: str = "",
) -> Portrait:
    """Return a portrait. ``recommends`` has notations, or pairs of notation and reason;
    ``answers`` (questionnaire ids) and ``own_answers`` (other ids) map an id to an answer, or
    to a pair of wording and answer.
    """
    slug = slug or slug_of(name)
    exchanges = []
    for own, given in ((False, answers or {}), (True, own_answers or {})):
        for question_id, pair in given.items():
            wording, answer = pair if isinstance(pair, tuple) else (f"{question_id} ?", pair)
            question = Question(
                question_id, RichText(wording, wording), 20, "" if own else question_id
            )
            exchanges.append(Exchange(question, rich(answer)))
    entries = []
    for recommended in recommends:
        notation, reason = recommended if isinstance(recommended, tuple) else (recommended, "")
        entries.append(Recommendation(account(notation), rich(reason), 40))
    suffix = "" if lang == "fr" else f".{lang}"
    return Portrait(
        source=f"portraits/{slug}{suffix}.md",
        slug=slug,
        translation_key=translation_key or slug,
        lang=lang,
        status=status,
        date=dt.date.fromisoformat(date) if isinstance(date, str) else date,
        modified=None,
        name=name,
        title=f"Portrait de {name}",
        role=role,
        organization=organization,
        tags=tuple(tags),
        interviewers=(),
        series="",
        summary=f"Une rencontre avec {name}.",
        notice=RichText(),
        photo=None,
        accounts=tuple(Presence(found.network, found) for found in map(account, accounts)),
        manages=tuple(ManagedAccount(found, found.label) for found in map(account, manages)),
        quote=None,
        aliases=(),
        introduction=rich(f"Voici {name}."),
        exchanges=tuple(exchanges),
        recommendations=RecommendationList(
            Question("ff", RichText("#FF", "#FF"), 39), tuple(entries)
        )
        if entries
        else None,
        readings=None,
        footnotes="",
        links=(),
        images=(),
        external_links=(),
        words=2 + sum(len(exchange.answer.text.split()) for exchange in exchanges),
        lines=(("name", 2),),
    )


def question(
    question_id: str, wording: str = "", *, tags: Iterable[str] = (), en: str = ""
) -> QuestionnaireEntry:
    """Return an entry of the questionnaire, in French and, if given, in English."""
    wordings = [("fr", wording or f"{question_id} ?")]
    if en:
        wordings.append(("en", en))
    return QuestionnaireEntry(question_id, tuple(wordings), tags=tuple(tags))


# -- a series


def in_memory() -> Database:
    """Return a database that is closed when nothing refers to its series any more."""
    database = Database(Path(":memory:"), b"", durable=False)
    weakref.finalize(database.series, database.connection.close)
    return database


@dataclass
class SmallSite:
    """A series in its own database, which tests can query and change."""

    settings: Settings = DEFAULTS
    today: dt.date = TODAY
    drafts: bool = False
    """Show everything, as a preview does."""
    questions: tuple[QuestionnaireEntry, ...] = ()
    people: tuple[Person, ...] = ()
    """What ``people.yml`` says."""
    portraits: dict[str, Portrait] = field(default_factory=dict)
    """By source. Call :meth:`update` after a change."""
    database: Database = field(default_factory=in_memory)

    @property
    def series(self) -> Series:
        return self.database.series

    @property
    def now(self) -> dt.datetime:
        """The first minute of today."""
        return dt.datetime.combine(self.today, dt.time(), dt.UTC)

    def update(self) -> None:
        """Update the rows, then every view, as a build does."""
        groups: dict[str, dict[str, list[Any]]] = defaultdict(dict)
        for portrait in self.portraits.values():
            rows = rows_of(portrait, Questionnaire(self.questions), search=self.settings.search)
            groups[portrait.translation_key][portrait.source] = rows
        with self.database.transaction():
            for (source,) in self.series.sql("SELECT source FROM portrait"):
                if source not in self.portraits:
                    self.database.replace(source, (), OF_PORTRAITS)
            asked = dict(questionnaire_rows(Questionnaire(self.questions)))
            for id_ in {
                *asked,
                *(id_ for (id_,) in self.series.sql("SELECT id FROM questionnaire")),
            }:
                self.database.replace(id_, asked.get(id_, ()), (QuestionnaireRow,))
            for person in self.people:
                self.database.replace(person.id, person_rows(person), (PersonRow, HeldAccountRow))
            for group in groups.values():
                first = [
                    row for rows in group.values() for row in rows if isinstance(row, PortraitRow)
                ]
                for source, standing in standings(
                    first, self.settings.lang, self.now, drafts=self.drafts
                ):
                    self.database.replace(source, placed(group[source], standing), OF_PORTRAITS)
            self.database.settle()
        Engine(self.database, self.settings, 1).derive(VIEWS)
        self.database.publish()

    def rows(self, *tables: type) -> dict[str, list[Any]]:
        """Return all rows of some tables, in order."""
        return {
            name: sorted(
                (table(*row) for row in self.database.connection.execute(f"SELECT * FROM {name}")),
                key=repr,
            )
            for table in tables
            if (name := name_of(table))
        }

    def pages(self, *, printed: bool = True) -> Pages:
        """Return a page maker for the series, with every portrait's body ``printed``."""
        languages = sorted({portrait.lang for portrait in self.portraits.values()})
        nowhere = Path()
        pages = Pages(
            self.series,
            self.settings,
            theme_environment(THEME),
            nowhere,
            nowhere,
            sites_of(self.settings, (), (), languages),
            Typefaces(nowhere, nowhere, nowhere, nowhere, ""),
            drafts=self.drafts,
        )
        if printed:
            Engine(self.database, self.settings, 1).derive([fragments(pages)])
        return pages


@dataclass
class Pages(BuildContext):
    """Makes pages, and records what they show instead of rendering templates."""

    _shown: list[Any] = field(default_factory=list)

    def render(self, template: str, meta: Meta, page: object) -> bytes:
        self._shown.append(page)
        return b""

    def shown(self, kind: PageKind, key: str = "") -> Any:
        """Return what the page of a kind with a key shows."""
        self._shown.clear()
        for _ in kind.make(self, self._whole(kind, key)):
            pass
        return self._shown[0]

    def file(self, kind: PageKind, key: str = "") -> File:
        """Return the only file of a kind with a key."""
        [file] = kind.make(self, self._whole(kind, key))
        return file

    def keys(self, kind: PageKind) -> list[str]:
        """Return the keys of a kind in the site's own language, without the language."""
        start = f"{self.settings.lang}|"
        return [key.removeprefix(start) for key in kind.keys(self) if key.startswith(start)]

    def _whole(self, kind: PageKind, key: str) -> str:
        """Return a key with the site's language, if it needs one."""
        in_languages = isinstance(kind.make, partial) and "|" not in key
        return f"{self.settings.lang}|{key}" if in_languages else key

    def summary_named(self, name: str, lang: str = "fr") -> Summary:
        """Return the summary of the portrait with a name."""
        [row] = self.series.rows(PortraitRow, "lang", lang, name=name)
        return summary_of(row)


def dated(portraits: Iterable[Portrait]) -> tuple[Portrait, ...]:
    """Return ``portraits``; those with the default date (:data:`DAY`) get dates one day apart, the
    first one the newest."""
    return tuple(
        replace(portrait, date=DAY - dt.timedelta(days=place)) if portrait.date == DAY else portrait
        for place, portrait in enumerate(portraits)
    )


def site_with(
    *portraits: Portrait,
    questions: Iterable[QuestionnaireEntry] = (),
    people: Iterable[Person] = (),
    settings: Settings = DEFAULTS,
    today: dt.date = TODAY,
    drafts: bool = False,
) -> SmallSite:
    """Return a series as of ``today`` that can be changed; dates as in :func:`dated`."""
    site = SmallSite(
        settings,
        today,
        drafts,
        tuple(questions),
        tuple(people),
        {portrait.source: portrait for portrait in dated(portraits)},
    )
    site.update()
    return site


def series_with(*portraits: Portrait, **given: Any) -> Series:
    """Return such a series, for reading only."""
    return site_with(*portraits, **given).series


def pages_with(*portraits: Portrait, **given: Any) -> Pages:
    """Return such a series, in the form that page kinds receive."""
    return site_with(*portraits, **given).pages()
