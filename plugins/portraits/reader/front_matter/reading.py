"""Read the front matter, the YAML at the top of a portrait, into typed values.

    file         = "---" NEWLINE front matter "---" NEWLINE body
    front matter = the keys of :data:`portraits.reader.front_matter.schema.KEYS`, each at most once

The schema is closed. A French name of a key (``titre``), a misspelt key (``tilte``) and a key
that controls the site (``template``) are errors with a hint. All problems are collected; a value
that cannot be read leaves the field at its default.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from urllib.parse import unquote

from portraits.model.accounts import (
    AccountRefused,
    Network,
    account_or_note,
    network_hint,
    network_named,
)
from portraits.model.addresses import slug_of
from portraits.model.dates import DateRefused, in_zone, read_date, read_moment
from portraits.model.portrait import Account, Consent, Correction, ManagedAccount, Presence, Status
from portraits.model.slugs import id_of, is_slug, spelling_of
from portraits.reader.front_matter.schema import (
    BY_NAME,
    CONSENT_BY_NAME,
    CORRECTION_BY_NAME,
    KEYS,
    NOT_AN_AUTHORS,
    PHOTO_BY_NAME,
    PHOTO_KEYS,
    Key,
    ValueType,
)
from portraits.reader.front_matter.yaml_tree import Mapping, Node, Scalar, Sequence, read_yaml
from portraits.support.languages import LANGUAGES
from portraits.support.messages import Names, msg
from portraits.support.picture_paths import PathRefused, picture_path
from portraits.support.problems import ProblemCollector, closest, did_you_mean
from portraits.support.transliteration import unaccented

MAX_CHARACTERS = 20_000
"""Longer front matter is refused: its closing line is probably missing."""
MAX_TEXT = 1_000
"""Characters of one value."""
MAX_PART = 200
"""Bytes of one segment of a former address; file systems limit names to 255."""

_LANG = re.compile(rf"(?:{'|'.join(LANGUAGES)})(?:-[A-Z]{{2}})?")
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
_SPACES = re.compile(r"[ \t\r\n]+")
_ALIAS = re.compile(r"/[^\s?#\\]*")
_UNSAFE = re.compile(r"[\\?#\x00-\x1f\x7f]")
_STATUS_WORDS = {
    "brouillon": Status.DRAFT,
    "publie": Status.PUBLISHED,
    "publiee": Status.PUBLISHED,
    "cache": Status.HIDDEN,
    "retenu": Status.HIDDEN,
    "masque": Status.HIDDEN,
    "oui": Status.PUBLISHED,
    "yes": Status.PUBLISHED,
    "true": Status.PUBLISHED,
    "non": Status.DRAFT,
    "no": Status.DRAFT,
    "false": Status.DRAFT,
    "public": Status.PUBLISHED,
    "private": Status.HIDDEN,
}


@dataclass(frozen=True, slots=True)
class PhotoFields:
    """The values of ``photo``."""

    file: str
    alt: str = ""
    credit: str = ""
    focus: tuple[float, float] = (0.5, 0.5)
    line: int = 1


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The values of a file's front matter; missing ones are empty."""

    name: str = ""
    date: dt.date | None = None
    hour: dt.datetime | None = None
    """The hour that ``date`` gives, or None."""
    title: str = ""
    role: str = ""
    organization: str = ""
    modified: dt.date | None = None
    slug: str = ""
    lang: str = ""
    status: Status = Status.PUBLISHED
    summary: str = ""
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    series: str = ""
    network: str = ""
    photo: PhotoFields | None = None
    accounts: tuple[Presence, ...] = ()
    manages: tuple[ManagedAccount, ...] = ()
    quote: str = ""
    notice: str = ""
    aliases: tuple[str, ...] = ()
    archives: tuple[tuple[str, str], ...] = ()
    corrections: tuple[Correction, ...] = ()
    """In the order of the file; texts as they are typed."""
    consent: Consent | None = None
    further: tuple[tuple[str, str], ...] = ()
    """The values of :data:`FURTHER_KEYS` that were given, by key."""
    lines: tuple[tuple[str, int], ...] = ()
    """(dotted key, line) of each key given."""

    def line_of(self, key: str) -> int:
        """Return the line of a key, or 1 when it is absent."""
        return dict(self.lines).get(key, 1)


FURTHER_KEYS = tuple(
    key for key in KEYS if key.name not in {one.name for one in fields(FrontMatter)}
)
"""Keys without a field of their own: plain texts that pages may print, and that the JSON of a
portrait contains."""
if any(key.kind is not ValueType.TEXT for key in FURTHER_KEYS):
    raise TypeError("a key that is not a text needs a field of FrontMatter")


def _is_seen(char: str) -> bool:
    """Return whether a character leaves a mark on paper: U+2800 is a Braille cell without dots."""
    return unicodedata.category(char)[0] in "LNPS" and char != "\u2800"


class _RefusedValue(Exception):
    """A value that cannot be used: code, message and hint."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


def _names(key: Key) -> set[str]:
    """Return the names, normalised, under which people look for ``key``."""
    return {unaccented(word).replace("_", " ") for word in (key.name, *key.meant_by)}


def _written(key: Key) -> str:
    """Return a hint that shows how ``key`` is written."""
    return msg("front_matter.write_key", key=key.name, example=key.example)


def _quoted(names: Iterable[str]) -> Names:
    return Names(msg("names.quoted", name=name) for name in names)


def _unindented_photo(mapping: Mapping) -> list[str]:
    """Return the keys of a photo that stand beside an empty ``photo`` instead of under it."""
    photo = mapping.get("photo")
    if not isinstance(photo, Scalar) or not photo.is_null:
        return []
    return [name.text for name, _ in mapping.entries if name.text in PHOTO_BY_NAME]


def _at_one_address(label: str, others: Iterable[str]) -> str:
    """Return the one of ``others`` whose page would be that of ``label``, or an empty string."""
    return next((other for other in others if slug_of(other) == slug_of(label)), "")


@dataclass(slots=True)
class _FrontMatterReader:
    """Reads the front matter of one file."""

    report: ProblemCollector
    folder: str
    """Folder of the Markdown file, relative to the content folder."""
    lang: str
    time_zone: str
    lines: list[tuple[str, int]] = field(default_factory=list)
    hour: dt.datetime | None = None
    """The hour of the ``date``, once it is read."""

    def fields(self, mapping: Mapping, keys: dict[str, Key], prefix: str = "") -> dict[str, object]:
        """Return name -> value for each valid key of ``mapping``; report the others."""
        values: dict[str, object] = {}
        meant: set[str] = set()
        unindented = _unindented_photo(mapping) if keys is BY_NAME else []
        for name, node in mapping.entries:
            key = keys.get(name.text)
            dotted = prefix + name.text
            if name.text in unindented:
                continue
            if key is None:
                meant.add(self.unknown(name, keys, dotted))
                continue
            self.lines.append((dotted, name.line))
            try:
                values[key.name] = self.value(key, node, dotted)
            except _RefusedValue as refused:
                meant.add(key.name)
                if refused.code == "empty-value" and self.swallowed(node.line):
                    continue
                if key.name == "photo" and unindented:
                    refused.hint = msg("front_matter.indent_keys", keys=_quoted(unindented))
                self.report.error(node.line, refused.code, refused.message, refused.hint, dotted)
        for key in keys.values():
            if key.required and key.name not in values and key.name not in meant:
                self.report.error(
                    mapping.line,
                    "missing-key",
                    msg("front_matter.missing_key", key=prefix + key.name),
                    msg("front_matter.add_key", key=key.name, example=key.example),
                    prefix + key.name,
                )
        return values

    def swallowed(self, line: int) -> bool:
        """Return whether the missing value on ``line`` is already reported as a comment."""
        return any(
            problem.line == line and problem.code == "swallowed-by-comment"
            for problem in self.report.problems
        )

    def unknown(self, name: Scalar, keys: dict[str, Key], dotted: str) -> str:
        """Report a key that is not in the schema; return the key meant, or ``""``."""
        plain = unaccented(name.text).replace("_", " ").strip()
        if plain.replace(" ", "_") in NOT_AN_AUTHORS and keys is BY_NAME:
            self.report.error(
                name.line,
                "not-an-authors-key",
                msg("front_matter.not_an_authors_key", key=name.text),
                msg("front_matter.not_an_authors_key_hint"),
                dotted,
            )
            return ""
        meant = next((key.name for key in keys.values() if plain in _names(key)), "")
        if keys is BY_NAME and plain in PHOTO_BY_NAME:
            hint = msg("front_matter.goes_under_photo", example=PHOTO_KEYS[0].example)
        elif meant == "status":
            hint = msg("problem.did_you_mean", word="status: draft")
        elif meant := meant or closest(name.text, list(keys)):
            hint = msg("problem.did_you_mean", word=meant)
        else:
            hint = msg("front_matter.known_keys", keys=Names(keys))
        self.report.error(
            name.line, "unknown-key", msg("front_matter.unknown_key", key=name.text), hint, dotted
        )
        return meant

    def value(self, key: Key, node: Node, dotted: str) -> object:
        """Convert ``node`` to the type of ``key``. Raises _RefusedValue."""
        if isinstance(node, Scalar) and node.is_null:
            raise _RefusedValue(
                "empty-value",
                msg("front_matter.no_value", key=dotted),
                msg("front_matter.give_a_value", example=key.example),
            )
        match key.kind:
            case ValueType.TEXT | ValueType.MARKDOWN:
                return self.text(node, key)
            case ValueType.DATE:
                return self.date(node, key)
            case ValueType.MOMENT:
                return self.moment(node, key)
            case ValueType.SLUG:
                return self.slug(self.text(node, key))
            case ValueType.LANG:
                return self.language(self.text(node, key))
            case ValueType.STATUS:
                return self.status(self.text(node, key))
            case ValueType.NETWORK:
                return self.default_network(self.text(node, key))
            case ValueType.TEXTS:
                return self.texts(node, key, dotted)
            case ValueType.ALIASES:
                return tuple(self.alias(text) for text in self.texts(node, key, dotted))
            case ValueType.PHOTO:
                return self.photo(self.mapping(node, key))
            case ValueType.PICTURE:
                return self.picture(self.text(node, key))
            case ValueType.FOCUS:
                return self.focus(node, key)
            case ValueType.ACCOUNTS:
                return self.accounts(node, key, dotted)
            case ValueType.MANAGES:
                return self.manages(node, key, dotted)
            case ValueType.ARCHIVES:
                return self.archives(self.mapping(node, key), key)
            case ValueType.CORRECTIONS:
                return self.corrections(node, key)
            case ValueType.CONSENT:
                given = self.fields(self.mapping(node, key), CONSENT_BY_NAME, "consent.")
                return Consent(**given)  # type: ignore[arg-type]
            case ValueType.FINGERPRINT:
                return self.fingerprint(self.text(node, key))

    def mapping(self, node: Node, key: Key) -> Mapping:
        if not isinstance(node, Mapping):
            refused = (
                msg("front_matter.wants_keys_not_text", key=key.name, found=node.text)
                if isinstance(node, Scalar)
                else msg("front_matter.wants_keys_not_list", key=key.name)
            )
            raise _RefusedValue("wrong-type", refused, _written(key))
        return node

    def text(self, node: Node, key: Key) -> str:
        if not isinstance(node, Scalar):
            found = "list" if isinstance(node, Sequence) else "keys"
            raise _RefusedValue(
                "wrong-type",
                msg(f"front_matter.wants_text_not_{found}", key=key.name),
                _written(key),
            )
        text = _SPACES.sub(" ", node.text).strip()
        if not any(_is_seen(char) for char in text):
            raise _RefusedValue(
                "empty-value",
                msg("front_matter.empty_value", key=key.name),
                msg("front_matter.give_a_value", example=key.example),
            )
        if len(text) > MAX_TEXT:
            raise _RefusedValue(
                "too-long",
                msg("front_matter.too_long", key=key.name, count=len(text)),
                msg("front_matter.too_long_hint", most=MAX_TEXT),
            )
        return text

    def date(self, node: Node, key: Key) -> dt.date:
        try:
            return read_date(self.text(node, key), self.lang)
        except DateRefused as refused:
            raise _RefusedValue("bad-date", refused.message, refused.hint) from None

    def moment(self, node: Node, key: Key) -> dt.date:
        """Return the day; keep the hour, if there is one."""
        try:
            day, hour = read_moment(self.text(node, key), self.lang)
            self.hour = in_zone(day, hour, self.time_zone) if hour else None
        except DateRefused as refused:
            raise _RefusedValue("bad-date", refused.message, refused.hint) from None
        return day

    def slug(self, text: str) -> str:
        if not is_slug(text):
            raise _RefusedValue(
                "bad-slug",
                msg("front_matter.bad_slug", text=text),
                msg("front_matter.bad_slug_hint", slug=id_of(text)),
            )
        return text

    def fingerprint(self, text: str) -> str:
        if not _FINGERPRINT.fullmatch(text):
            raise _RefusedValue(
                "bad-fingerprint",
                msg("proof.bad_fingerprint", text=text),
                msg("proof.bad_fingerprint_hint"),
            )
        return text

    def language(self, text: str) -> str:
        if not _LANG.fullmatch(text):
            raise _RefusedValue(
                "bad-lang",
                msg("front_matter.unknown_language", lang=text),
                msg("front_matter.known_languages", languages=Names(LANGUAGES)),
            )
        return text

    def status(self, text: str) -> Status:
        if text in tuple(Status):
            return Status(text)
        meant = _STATUS_WORDS.get(unaccented(text))
        raise _RefusedValue(
            "bad-status",
            msg("front_matter.bad_status", text=text),
            msg("problem.did_you_mean", word=meant)
            if meant
            else did_you_mean(text, list(Status))
            or msg("front_matter.known_statuses", statuses=Names(Status)),
        )

    def default_network(self, text: str) -> str:
        network = network_named(text)
        if network is None or network.key == "web":
            raise _RefusedValue(
                "unknown-network",
                msg("front_matter.unknown_network", network=text),
                network_hint(text),
            )
        return network.key

    def texts(self, node: Node, key: Key, dotted: str) -> tuple[str, ...]:
        if isinstance(node, Scalar):
            parts = [Scalar(part, node.line, True) for part in node.text.split(",")]
        elif isinstance(node, Sequence):
            parts = []
            for part in node.nodes:
                if not isinstance(part, Scalar):
                    raise _RefusedValue(
                        "wrong-type", msg("front_matter.wants_texts", key=key.name), _written(key)
                    )
                parts.append(part)
        else:
            raise _RefusedValue(
                "wrong-type", msg("front_matter.wants_list_not_keys", key=key.name), _written(key)
            )
        texts: dict[str, str] = {}
        for part in parts:
            text = self.text(part, key)
            if spelling_of(text) in texts:
                self.report.warn(
                    part.line,
                    "repeated-value",
                    msg("front_matter.repeated_value", value=text, key=key.name),
                    msg("front_matter.repeated_value_hint"),
                    dotted,
                )
            elif key.name == "tags" and (other := _at_one_address(text, texts.values())):
                self.report.error(
                    part.line,
                    "term-collision",
                    msg("front_matter.term_collision", tag=text, other=other),
                    msg("front_matter.term_collision_hint"),
                    dotted,
                )
            texts.setdefault(spelling_of(text), text)
        return tuple(texts.values())

    def alias(self, text: str) -> str:
        plain = unquote(text)
        parts = plain.split("/")[1:]
        if parts and not parts[-1]:
            parts.pop()
        if (
            not _ALIAS.fullmatch(text)
            or _UNSAFE.search(plain)
            or any(
                not part or part.startswith(".") or len(part.encode()) > MAX_PART for part in parts
            )
        ):
            raise _RefusedValue(
                "bad-alias",
                msg("front_matter.bad_alias", text=text),
                msg("front_matter.bad_alias_hint"),
            )
        return text

    def picture(self, text: str) -> str:
        try:
            return picture_path(text, self.folder)
        except PathRefused as refused:
            raise _RefusedValue("bad-picture", refused.message, refused.hint) from None

    def photo(self, mapping: Mapping) -> PhotoFields | None:
        before = len(self.report.problems)
        values = self.fields(mapping, PHOTO_BY_NAME, "photo.")
        if "alt" not in values and len(self.report.problems) == before:
            self.report.warn(
                mapping.line,
                "photo-without-alt",
                msg("front_matter.photo_without_alt"),
                msg("front_matter.add_key", key="alt", example=PHOTO_KEYS[1].example),
                "photo.alt",
            )
        if "file" not in values:
            return None
        return PhotoFields(line=dict(self.lines)["photo.file"], **values)  # type: ignore[arg-type]

    def focus(self, node: Node, key: Key) -> tuple[float, float]:
        parts = node.nodes if isinstance(node, Sequence) else ()
        numbers = [
            float(part.text)
            for part in parts
            if isinstance(part, Scalar) and re.fullmatch(r"[01]|[01]?\.[0-9]{1,6}", part.text)
        ]
        if len(parts) != 2 or len(numbers) != 2 or max(numbers) > 1:
            raise _RefusedValue(
                "bad-focus",
                msg("front_matter.bad_focus"),
                msg("front_matter.bad_focus_hint", example=key.example),
            )
        return numbers[0], numbers[1]

    def network(self, name: Scalar, dotted: str) -> Network | None:
        network = network_named(name.text)
        if network is None:
            self.report.error(
                name.line,
                "unknown-network",
                msg("front_matter.unknown_network", network=name.text),
                network_hint(name.text),
                dotted,
            )
        return network

    def account(self, network: Network, node: Node, dotted: str) -> Account | str | None:
        if not isinstance(node, Scalar) or node.is_null:
            self.report.error(
                node.line,
                "wrong-type",
                msg("front_matter.wants_account", key=dotted),
                msg("account.expected", rule=network.rule),
                dotted,
            )
            return None
        try:
            return account_or_note(network, _SPACES.sub(" ", node.text))
        except AccountRefused as refused:
            self.report.error(node.line, "bad-account", refused.message, refused.hint, dotted)
            return None

    def accounts(self, node: Node, key: Key, dotted: str) -> tuple[Presence, ...]:
        groups = node.nodes if isinstance(node, Sequence) else (node,)
        presences = []
        for group in groups:
            for name, given in self.mapping(group, key).entries:
                where = f"{dotted}.{name.text}"
                network = self.network(name, where)
                found = self.account(network, given, where) if network else None
                self.lines.append((where, name.line))
                if network is None or found is None:
                    continue
                presences.append(
                    Presence(network.key, None, found)
                    if isinstance(found, str)
                    else Presence(network.key, found)
                )
        return tuple(presences)

    def manages(self, node: Node, key: Key, dotted: str) -> tuple[ManagedAccount, ...]:
        if not isinstance(node, Sequence):
            raise _RefusedValue("wrong-type", msg("front_matter.wants_accounts"), _written(key))
        managed = []
        for number, entry in enumerate(node.nodes):
            where = f"{dotted}.{number}"
            self.lines.append((where, entry.line))
            mapping = self.mapping(entry, key)
            given = mapping.get("label")
            label = self.text(given, key) if given else ""
            accounts = [
                self.managed(name, value, where)
                for name, value in mapping.entries
                if name.text != "label"
            ]
            if not accounts:
                self.report.error(
                    entry.line,
                    "bad-account",
                    msg("front_matter.entry_without_account"),
                    msg("front_matter.write", example=key.example),
                    where,
                )
            managed += [
                ManagedAccount(account, label or account.label) for account in accounts if account
            ]
        return tuple(managed)

    def managed(self, name: Scalar, node: Node, where: str) -> Account | None:
        network = self.network(name, where)
        found = self.account(network, node, where) if network else None
        if isinstance(found, str):
            self.report.error(
                node.line,
                "bad-account",
                msg("front_matter.note_not_account", note=found),
                msg("front_matter.note_not_account_hint"),
                where,
            )
            return None
        return found

    def archives(self, mapping: Mapping, key: Key) -> tuple[tuple[str, str], ...]:
        pairs = []
        for name, node in mapping.entries:
            copy = self.text(node, key)
            for url in (name.text, copy):
                if not re.fullmatch(r"https?://[^\s/]+\.[^\s/]+\S*", url):
                    raise _RefusedValue(
                        "bad-url", msg("front_matter.bad_url", url=url), _written(key)
                    )
            pairs.append((name.text, copy))
        return tuple(pairs)

    def corrections(self, node: Node, key: Key) -> tuple[Correction, ...]:
        if not isinstance(node, Sequence):
            raise _RefusedValue(
                "wrong-type",
                msg("correction.not_a_list"),
                msg("correction.not_a_list_hint", example=key.example),
            )
        found = []
        for number, entry in enumerate(node.nodes):
            where = f"{key.name}.{number}"
            try:
                mapping = self.mapping(entry, key)
            except _RefusedValue as refused:
                self.report.error(entry.line, refused.code, refused.message, refused.hint, where)
                continue
            values = self.fields(mapping, CORRECTION_BY_NAME, f"{where}.")
            if values.keys() == CORRECTION_BY_NAME.keys():
                found.append(Correction(line=entry.line, **values))  # type: ignore[arg-type]
        return tuple(found)


def read_front_matter(
    text: str,
    report: ProblemCollector,
    *,
    first_line: int,
    folder: str,
    lang: str,
    time_zone: str = "UTC",
) -> FrontMatter:
    """Read front matter that starts at line ``first_line`` of its file.

    ``folder`` is the Markdown file's, relative to the content folder. ``lang`` is the language
    according to the file's name; dates are read in it unless the front matter sets another.
    Hours are those of ``time_zone``.
    """
    if len(text) > MAX_CHARACTERS:
        report.error(
            first_line,
            "front-matter-too-long",
            msg("front_matter.front_matter_too_long", count=len(text)),
            msg("front_matter.front_matter_too_long_hint", most=MAX_CHARACTERS),
        )
        return FrontMatter()
    root = read_yaml(text, report, first_line=first_line)
    if root is None:
        if not report.has_errors:
            report.error(first_line, "empty-front-matter", msg("front_matter.empty"), _minimum())
        return FrontMatter()
    if not isinstance(root, Mapping):
        report.error(first_line, "front-matter-not-keys", msg("front_matter.not_keys"), _minimum())
        return FrontMatter()
    said = root.get("lang")
    said_lang = said.text if isinstance(said, Scalar) else lang
    reading = _FrontMatterReader(report, folder, said_lang, time_zone)
    values = reading.fields(root, BY_NAME)
    further = tuple(
        (key.name, str(values.pop(key.name))) for key in FURTHER_KEYS if key.name in values
    )
    return FrontMatter(
        hour=reading.hour,
        further=further,
        lines=tuple(reading.lines),
        **values,  # type: ignore[arg-type]
    )


def _minimum() -> str:
    required = _quoted(f"{key.name}: {key.example}" for key in KEYS if key.required)
    return msg("front_matter.minimum", keys=required)
