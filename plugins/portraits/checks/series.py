"""Check the series as a whole: one function per rule.

Each rule queries the tables, including the rows of portraits that are not shown, and yields
problems that name both files. Rules do not open files: facts about the disk come in as arguments.
"""

from __future__ import annotations

import difflib
import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import NamedTuple, Protocol
from urllib.parse import unquote

from portraits.checks.output_paths import as_stored
from portraits.model import addresses
from portraits.model.portrait import WITHHELD, Status
from portraits.model.slugs import spelling_of
from portraits.model.withdrawn import NAME as WITHDRAWN
from portraits.options import BuildOptions
from portraits.reader.people import PEOPLE_FILE
from portraits.support.languages import LANGUAGES
from portraits.support.messages import msg
from portraits.support.picture_paths import EXTENSIONS
from portraits.support.problems import Problem, Severity, as_warning, did_you_mean
from portraits.support.transliteration import unaccented


class PictureRefusal(Protocol):
    """The reason why a picture cannot be shown."""

    @property
    def code(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def hint(self) -> str: ...


class One(NamedTuple):
    """A portrait, shown or not."""

    source: str
    slug: str
    lang: str
    translation: str
    status: str
    date: str
    hour: str
    name: str
    shown: int


_ONE = (
    "SELECT source, slug, lang, translation, status, date, hour, name, position IS NOT NULL"
    " FROM portrait"
)


@dataclass(frozen=True)
class Checked:
    """The series, and what the rules need to know about the rest of the site."""

    connection: sqlite3.Connection
    options: BuildOptions
    pages: frozenset[str]
    """Sources of the editor's own pages, relative to the content folder."""
    refusals: Mapping[str, PictureRefusal]
    """Pictures that cannot be shown: path relative to the content folder -> reason."""
    reserved: Collection[str] = addresses.RESERVED
    """First parts of addresses that belong to generated pages."""
    faulty: Collection[str] = ()
    """Files with errors of their own, as messages show them."""
    lenient: bool = False
    """Whether the faults of drafts and hidden portraits are warnings: a build publishes neither."""
    withheld_pages: frozenset[str] = frozenset()
    """Those of ``pages`` that are drafts."""
    page_slugs: Mapping[str, str] = field(default_factory=dict)
    """Slug of each of the editor's own pages -> its path, as messages show it."""

    @cached_property
    def all(self) -> tuple[One, ...]:
        """Every portrait, published or not, sorted by path."""
        return tuple(One(*row) for row in self.connection.execute(f"{_ONE} ORDER BY source"))

    def duplicates(self, *columns: str) -> Iterator[tuple[One, One]]:
        """Yield the portraits that have the same values in ``columns``: a later one, and the
        first. Those to be published come first, then the others, by path."""
        named = ", ".join(columns)
        for values in self.connection.execute(
            f"SELECT {named} FROM portrait GROUP BY {named} HAVING count(*)>1 ORDER BY {named}"
        ).fetchall():
            where = " AND ".join(f"{column}=?" for column in columns)
            first, *others = (
                self.one(source)
                for (source,) in self.connection.execute(
                    f"SELECT source FROM portrait WHERE {where} ORDER BY status<>?, source",
                    (*values, Status.PUBLISHED),
                ).fetchall()
            )
            yield from ((other, first) for other in others)

    def one(self, source: str) -> One:
        """Return the portrait of a file. Raise KeyError if there is none."""
        found = self.find(source)
        if found is None:
            raise KeyError(source)
        return found

    def find(self, source: str) -> One | None:
        """Return the portrait of a file, or None."""
        row = self.connection.execute(f"{_ONE} WHERE source=?", (source,)).fetchone()
        return One(*row) if row else None

    def named(self, slug: str) -> list[One]:
        """Return the portraits with a slug, in every language."""
        found = self.connection.execute(f"{_ONE} WHERE slug=? ORDER BY source", (slug,))
        return [One(*row) for row in found.fetchall()]

    @cached_property
    def by_source(self) -> Mapping[str, One]:
        return {one.source: one for one in self.all}

    @cached_property
    def broken(self) -> Mapping[str, str]:
        """The files whose errors leave no portrait -> their status, or an empty string."""
        return dict(
            self.connection.execute(
                "SELECT path, coalesce(status, '') FROM source WHERE path NOT IN"
                " (SELECT source FROM portrait)"
            )
        )

    def address(self, one: One) -> str:
        """Return the address of a portrait, relative to the site's root."""
        return addresses.portrait(one.slug, one.lang, self.options.settings.lang)

    def line(self, source: str, key: str) -> int:
        """Return the line number of a front matter key, a link (``link 0``) or a picture (``image
        0``).

        Return 1, the file's first line, if it is absent.
        """
        found = self.connection.execute(
            "SELECT lines FROM prose WHERE source=?", (source,)
        ).fetchone()
        line: int = json.loads(found[0]).get(key, 1) if found else 1
        return line

    def fragments(self, source: str) -> list[str]:
        """Return every id that a link to a portrait may point to."""
        found = self.connection.execute(
            "SELECT fragments FROM prose WHERE source=?", (source,)
        ).fetchone()
        ids: list[str] = json.loads(found[0])
        return ids

    def aliases(self) -> Iterator[tuple[One, str]]:
        """Yield each former address, after its portrait."""
        for source, alias in self.connection.execute(
            "SELECT source, address FROM alias ORDER BY source, address"
        ):
            yield self.one(source), alias

    def error(
        self,
        one: One,
        line: int,
        code: str,
        message: str,
        hint: str,
        field: str = "",
        *,
        other: One | None = None,
    ) -> Problem:
        """Return an error in the file of ``one``.

        It is a warning if the rules are lenient and ``one``, or ``other`` with which it
        collides, is withheld.
        """
        problem = Problem(self.file(one), line, code, message, hint, field)
        withheld = one.status in WITHHELD or (other is not None and other.status in WITHHELD)
        return as_warning(problem) if self.lenient and withheld else problem

    def file(self, one: One) -> str:
        """Return the path of a portrait as messages show it."""
        return self.shown(one.source)

    def shown(self, source: str) -> str:
        """Return a path of the content folder as messages show it."""
        return f"{self.options.label}/{source}"

    def picture_files(self) -> list[str]:
        """Return the path of every picture of the content folder."""
        content = self.options.content
        return sorted(
            path.relative_to(content).as_posix()
            for path in content.rglob("*")
            if path.suffix.lower() in EXTENSIONS
        )


Rule = Callable[[Checked], Iterator[Problem]]
RULES: list[Rule] = []


def rule(checks: Rule) -> Rule:
    """Add a function to the rules of the series."""
    RULES.append(checks)
    return checks


def _plain(address: str) -> str:
    """Return an address as seen by file systems that ignore case and normalise Unicode."""
    folded = as_stored(unquote(address)).strip("/")
    return folded.removesuffix("index.html").strip("/")


@rule
def distinct_addresses(series: Checked) -> Iterator[Problem]:
    """Refuse two portraits at one address. (Slugs have no capitals.)"""
    for one, other in series.duplicates("slug", "lang"):
        yield series.error(
            one,
            series.line(one.source, "slug"),
            "duplicate-slug",
            msg("series.duplicate_slug", address=series.address(one), file=series.file(other)),
            msg("series.duplicate_slug_hint"),
            "slug",
        )


@rule
def distinct_terms(series: Checked) -> Iterator[Problem]:
    """Refuse two tags, or two organisations, at one address.

    Spellings that differ by capitals, or by the kind of apostrophe, hyphen or space, are one; so
    are those of two languages, « Montréal » and “Montreal”.
    """
    doubled = [
        found
        for kind in _TERM_KEYS
        for found in series.connection.execute(
            f"SELECT term, lang FROM term WHERE term GLOB '{kind}/*'"
            " GROUP BY term, lang HAVING min(label)<>max(label) ORDER BY term, lang"
        )
    ]
    for term, lang in doubled:
        rows = [
            (series.one(source), label)
            for source, label in series.connection.execute(
                "SELECT source, label FROM term WHERE term=? AND lang=? ORDER BY source",
                (term, lang),
            ).fetchall()
        ]
        rows.sort(key=lambda row: row[0].status != Status.PUBLISHED)  # others give way
        leading = rows[0][0].status
        counts = Counter(spelling_of(label) for one, label in rows if one.status == leading)
        usual = min(counts, key=lambda spelling: (-counts[spelling], spelling))
        key = _TERM_KEYS[term.partition("/")[0]]
        first, shown = next(row for row in rows if spelling_of(row[1]) == usual)
        place = f"{series.file(first)}:{series.line(first.source, key)}"
        for one, label in rows:
            if spelling_of(label) != usual:
                yield series.error(
                    one,
                    series.line(one.source, key),
                    "term-collision",
                    msg(f"series.term_collision_{key}", label=label, other=shown, place=place),
                    msg("series.term_collision_hint"),
                    key,
                    other=first,
                )


_TERM_KEYS = {"tag": "tags", "organization": "organization"}
"""Kind of term -> the front matter key that names it."""


@rule
def distinct_translations(series: Checked) -> Iterator[Problem]:
    """Refuse two files for one language of a portrait."""
    for one, other in series.duplicates("translation", "lang"):
        yield series.error(
            one,
            series.line(one.source, "lang"),
            "duplicate-translation",
            msg("series.duplicate_translation", file=series.file(other), lang=one.lang),
            msg("series.duplicate_translation_hint"),
            "lang",
        )


@rule
def distinct_files(series: Checked) -> Iterator[Problem]:
    """Refuse two file names that differ only by case or Unicode normalisation."""
    unusual = series.connection.execute(
        "SELECT 1 FROM portrait WHERE source GLOB '*[^a-z0-9/._-]*' LIMIT 1"
    ).fetchone()
    if not unusual:
        return
    first: dict[str, One] = {}
    for one in sorted(series.all, key=lambda one: (one.status != Status.PUBLISHED, one.source)):
        other = first.setdefault(_plain(one.source), one)
        if other is not one:
            yield series.error(
                one,
                0,
                "file-name-collision",
                msg("series.name_collision", file=series.file(other)),
                msg("series.name_collision_hint"),
            )


@rule
def aliases_lead_somewhere(series: Checked) -> Iterator[Problem]:
    """Refuse a former address that is the present one of any page, or that is claimed twice."""
    aliases = list(series.aliases())
    if not aliases:
        return
    portraits = {
        _plain(series.address(one)): one
        for one in sorted(series.all, key=lambda one: one.status == Status.PUBLISHED)
    }
    claimed: dict[str, One] = {}
    files: dict[str, One | None] = {_file(alias): one for one, alias in aliases}
    files |= {f"{place}/index.html": one for place, one in portraits.items()}
    files |= {f"{slug}/index.html": None for slug in series.page_slugs}
    for one, alias in aliases:
        plain = _plain(alias)
        fault, other = "", portraits.get(plain) or claimed.get(plain)
        if portraits.get(plain) == one:
            fault = msg("series.alias_own", alias=alias)
        elif plain in portraits:
            fault = msg("series.alias_taken", alias=alias, file=series.file(portraits[plain]))
        elif plain in series.page_slugs:
            fault = msg("series.alias_taken", alias=alias, file=series.page_slugs[plain])
        elif plain in claimed:
            fault = msg("series.alias_twice", alias=alias, file=series.file(claimed[plain]))
        elif inside := next((folder for folder in _folders(_file(alias)) if folder in files), ""):
            fault = msg("series.alias_inside", alias=alias, page=inside)
            other = files[inside]
        elif _is_reserved(plain, series.reserved):
            fault = msg("series.alias_reserved", alias=alias)
        claimed.setdefault(plain, one)
        if fault:
            yield series.error(
                one,
                series.line(one.source, "aliases"),
                "alias-collision",
                fault,
                msg("series.alias_hint"),
                "aliases",
                other=other,
            )


def _file(alias: str) -> str:
    """Return the file served at a former address, as file systems may see it."""
    return as_stored(addresses.file_of(unquote(alias).lstrip("/")))


def _folders(file: str) -> Iterator[str]:
    """Yield every folder above ``file``, the nearest first."""
    while file := file.rpartition("/")[0]:
        yield file


def _is_reserved(plain: str, reserved: Collection[str]) -> bool:
    """Return whether an address belongs to a generated page; former addresses of portraits do
    not."""
    first, _, rest = plain.partition("/")
    if first in LANGUAGES:  # the home page of a language is « /en/ », its portraits are below it
        return _is_reserved(rest, reserved)
    former_portrait = first == addresses.PORTRAITS.strip("/") and rest
    return not plain or (first in reserved and not former_portrait)


@rule
def links_lead_somewhere(series: Checked) -> Iterator[Problem]:
    """Refuse a link unless it leads to a portrait or page, and to a question that it has.

    Warn of one to what is not shown: it is published as plain words. A file with errors exists:
    they are told once, at the file itself.
    """
    for source, number, link, fragment in series.connection.execute(
        "SELECT source, number, target, fragment FROM link ORDER BY source, number"
    ).fetchall():
        if link in (source, "") or link in series.pages - series.withheld_pages:
            continue
        one, target = series.one(source), series.find(link)
        line = series.line(source, f"link {number}")
        if link in series.options.withdrawn.sources:
            where = series.file(one)
            yield Problem(
                where,
                line,
                "withdrawn-link",
                msg("withdrawal.link"),
                msg("withdrawal.link_hint"),
                severity=Severity.WARNING,
            )
            continue
        status = Status.DRAFT if link in series.withheld_pages else series.broken.get(link, "")
        state = state_of(target) if target else _withheld(status)
        if one.shown and state:
            yield Problem(
                series.file(one),
                line,
                "link-to-unpublished",
                msg("series.link_withheld", file=series.shown(link), state=state),
                msg("series.plain_words"),
                severity=Severity.WARNING,
            )
        elif target is None:
            known = series.broken.keys() | series.pages
            if link not in known and series.shown(link) not in series.faulty:
                yield _missing_target(series, one, link, line)
        elif fragment and fragment not in (fragments := series.fragments(link)):
            yield series.error(
                one,
                line,
                "link-to-unknown-question",
                msg("series.no_question", fragment=fragment, file=series.file(target)),
                did_you_mean(fragment, fragments)
                or msg("series.questions", known=", ".join(fragments)),
            )


def state_of(one: One) -> str:
    """Return why a portrait is not shown, or an empty string if it is."""
    if one.shown:
        return ""
    if withheld := _withheld(one.status):
        return withheld
    if one.hour:
        return msg("series.not_before_hour", date=one.date, hour=one.hour[11:16])
    return msg("series.not_before", date=one.date)


def _withheld(status: str) -> str:
    return msg("series.not_public", status=status) if status in WITHHELD else ""


def _missing_target(series: Checked, one: One, target: str, line: int) -> Problem:
    near = _nearest(target, sorted({*series.by_source, *series.broken, *series.pages}))
    return series.error(
        one,
        line,
        "broken-link",
        msg("series.no_file", file=target),
        msg("problem.did_you_mean", word=near) if near else msg("series.no_file_hint"),
    )


def _nearest(path: str, known: Collection[str]) -> str:
    """Return the known path most similar to ``path``: same name elsewhere first, then a likely
    typo."""
    stems: dict[str, str] = {}
    for one in known:
        stems.setdefault(_stem(one), one)
    near = difflib.get_close_matches(_stem(path), list(stems), n=1, cutoff=0.7)
    return stems[near[0]] if near else ""


def _stem(path: str) -> str:
    return unaccented(path.rpartition("/")[2].partition(".")[0])


@rule
def who_is_withdrawn_stays_so(series: Checked) -> Iterator[Problem]:
    """Refuse a page at the address of somebody withdrawn, and a portrait with their account."""
    withdrawn = series.options.withdrawn
    if not withdrawn:
        return
    taken = {_plain(address) for address in withdrawn.addresses}
    own = [(one, "slug", series.address(one)) for one in series.all]
    for one, key, address in (*own, *((one, "aliases", at) for one, at in series.aliases())):
        if _plain(address) in taken:
            yield _returned(series.file(one), series.line(one.source, key), key, address)
    for slug, path in sorted(series.page_slugs.items()):
        if slug in taken:
            yield _returned(path, 0, "slug", slug)
    for source, account in series.connection.execute(
        "SELECT source, account FROM presence WHERE account<>'' ORDER BY source, number"
    ).fetchall():
        if withdrawn.has_account(account):
            yield Problem(
                series.shown(source),
                series.line(source, "accounts"),
                "withdrawn-account",
                msg("withdrawal.account"),
                msg("withdrawal.account_hint", file=WITHDRAWN),
                "accounts",
            )


def _returned(path: str, line: int, key: str, address: str) -> Problem:
    return Problem(
        path,
        line,
        "withdrawn-address",
        msg("withdrawal.address", address=address.strip("/")),
        msg("withdrawal.address_hint", file=WITHDRAWN),
        key,
    )


@rule
def corrections_are_made_by_now(series: Checked) -> Iterator[Problem]:
    """Warn of a correction dated after the day of the build: readers are told of it today."""
    for source, date in series.connection.execute(
        "SELECT DISTINCT source, date FROM correction WHERE date>? ORDER BY source, date",
        (series.options.today.isoformat(),),
    ).fetchall():
        yield Problem(
            series.file(series.one(source)),
            series.line(source, "corrections"),
            "future-correction",
            msg("correction.future", date=date),
            msg("correction.future_hint"),
            "corrections",
            Severity.WARNING,
        )


@rule
def pictures_can_be_shown(series: Checked) -> Iterator[Problem]:
    """Refuse a picture of a published portrait that is missing or cannot be decoded."""
    for file, refusal in series.refusals.items():
        hint = refusal.hint
        if "missing" in refusal.code:
            near = _nearest(file, series.picture_files())
            hint = msg("problem.did_you_mean", word=f"/{near}") if near else hint
        for source, number in series.connection.execute(
            "SELECT source, number FROM image WHERE file=? AND position IS NOT NULL"
            " ORDER BY source, number",
            (file,),
        ).fetchall():
            yield series.error(
                series.one(source),
                series.line(source, f"image {number}"),
                refusal.code,
                msg("series.picture", file=file, message=refusal.message),
                hint,
                "photo.file" if number < 0 else "",
            )


@rule
def people_have_accounts_of_their_own(series: Checked) -> Iterator[Problem]:
    """Warn if two people have the same account: one of them is probably a mistake."""
    holders: dict[str, list[tuple[One, str]]] = defaultdict(list)
    for source, account, label in series.connection.execute(
        "SELECT source, account, label FROM presence WHERE account IN (SELECT account FROM"
        " presence WHERE account<>'' GROUP BY account HAVING count(DISTINCT source)>1)"
        " ORDER BY source, number"
    ).fetchall():
        holders[account].append((series.one(source), label))
    for found in holders.values():
        first = found[0][0]
        for one, label in found[1:]:
            if one.translation == first.translation or one.name == first.name:
                continue
            yield Problem(
                series.file(one),
                series.line(one.source, "accounts"),
                "shared-account",
                msg(
                    "series.shared_account", account=label, name=first.name, file=series.file(first)
                ),
                msg("series.shared_account_hint"),
                "accounts",
                Severity.WARNING,
            )


@rule
def people_are_whom_they_are_said_to_be(series: Checked) -> Iterator[Problem]:
    """Refuse a portrait in ``people.yml`` that does not exist; warn if the accounts of one person
    there are those of two people in their portraits."""
    connection = series.connection
    portraits = {
        source: (translation, name)
        for source, translation, name in connection.execute(
            "SELECT source, translation, name FROM portrait"
        )
    }
    claims: dict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for person, source in connection.execute(
        "SELECT held_account.person, presence.source FROM held_account"
        " JOIN presence USING (account) ORDER BY held_account.person, presence.source"
    ):
        translation, name = portraits[source]
        claims[person].setdefault(name, (translation, source))
    for person, name, portrait, line in connection.execute(
        "SELECT person, name, portrait, line FROM person ORDER BY line"
    ).fetchall():
        if portrait and portrait not in portraits and portrait not in series.broken:
            yield Problem(
                series.shown(PEOPLE_FILE),
                line,
                "unknown-portrait",
                msg("series.unknown_portrait", file=portrait),
                did_you_mean(portrait, sorted(portraits)) or msg("series.unknown_portrait_hint"),
                "portrait",
            )
        found = claims[person]
        if portrait in portraits:
            translation, own = portraits[portrait]
            found = {own: (translation, portrait), **found}
        if len({translation for translation, _ in found.values()}) > 1:
            files = ", ".join(series.shown(source) for _, source in found.values())
            yield Problem(
                series.shown(PEOPLE_FILE),
                line,
                "several-people",
                msg("series.several_people", name=name, files=files),
                msg("series.several_people_hint"),
                "accounts",
                Severity.WARNING,
            )


@rule
def people_agree_to_what_is_published(series: Checked) -> Iterator[Problem]:
    """Tell where a text is not the one that the person agreed to; where the settings ask for
    consent, refuse to publish without it. Drafts are not concerned, nor is a preview."""
    if series.options.drafts:
        return
    required = series.options.settings.consent == "required"
    for source, slug, date, has_photo, text, photo, current, agreed in series.connection.execute(
        "SELECT portrait.source, slug, portrait.date, portrait.photo<>'', consent.text,"
        " consent.photo, consent.current, consent.date"
        f" FROM portrait {'LEFT ' if required else ''}JOIN consent USING (source)"
        " WHERE status=? ORDER BY portrait.source",
        (Status.PUBLISHED,),
    ).fetchall():
        found = partial(_consent_problem, series, source)
        if required and not text:
            yield found("no-consent", msg("proof.no_consent"), msg("proof.send", slug=slug))
        elif text and not current:
            told, again = msg("proof.another_text", day=text), msg("proof.send_again", slug=slug)
            yield found("consent-to-another-text", told, again, is_error=required)
        if required and has_photo and not photo:
            again = msg("proof.send_again", slug=slug)
            yield found("no-photo-consent", msg("proof.no_photo_consent"), again)
        if agreed and agreed != date:
            told, hint = msg("proof.another_date", day=agreed, date=date), msg("proof.settle")
            yield found("consent-to-another-date", told, hint, is_error=False)


def _consent_problem(
    series: Checked, source: str, code: str, message: str, hint: str, *, is_error: bool = True
) -> Problem:
    severity = Severity.ERROR if is_error else Severity.WARNING
    line = series.line(source, "consent")
    return Problem(series.shown(source), line, code, message, hint, "consent", severity)


def check(series: Checked) -> list[Problem]:
    """Return the problems that all rules find, sorted by file and line."""
    return sorted(problem for checks in RULES for problem in checks(series))
