"""The front matter of other generators: Jekyll, Hugo, Pelican, Eleventy and the like.

    file = "---" YAML "---" body  |  "+++" TOML "+++" body  |  JSON body
         | ( Key ":" value NEWLINE )+ NEWLINE body  |  body

Their many names for one thing are listed in one table. What has no equivalent, and what
is lost of a value on the way (the hour of a date), is reported with its key.
"""

from __future__ import annotations

import datetime as dt
import html
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import yaml

from portraits.importer.html.redirects import former_path
from portraits.importer.sections import network_of
from portraits.importer.transcript import (
    Block,
    Facts,
    ImportRefused,
    Kind,
    words_of,
    words_of_value,
)
from portraits.model.dates import DateRefused, read_date
from portraits.reader.front_matter.yaml_tree import MAX_REPAIRS, plain_spaces, quoted_value
from portraits.support.languages import LANGUAGES
from portraits.support.messages import msg
from portraits.support.transliteration import unaccented

_HEADER = re.compile(r"(?:[A-Za-z][\w -]*:[ \t]*[^\n]*\n(?:[ \t]+\S[^\n]*\n)*)+(?=\s*(?:\n|\Z))")
_TELLING = frozenset({"title", "titre", "date", "slug", "status", "author", "authors"})
"""Keys one of which every header has that is no text."""
_LISTED = frozenset({"tags", "authors", "category", "keywords"})
_FENCES = {"---": "---", "+++": r"\+\+\+"}
_NAMES = {
    "name": ("name", "nom", "interviewee", "person"),
    "title": ("title", "titre"),
    "role": ("role", "job", "occupation", "fonction", "metier", "subtitle", "poste"),
    "organization": ("organization", "organisation", "company", "entreprise", "employer"),
    "date": ("date", "pubdate", "publishdate", "publish_date", "published_at", "date_published"),
    "modified": ("modified", "lastmod", "updated", "last_modified_at"),
    "authors": ("author", "authors", "auteur", "interviewer", "byline"),
    "tags": ("tags", "tag", "categories", "category", "keywords", "etiquettes"),
    "status": ("draft", "published", "status", "brouillon", "publie", "statut"),
    "slug": ("slug",),
    "lang": ("lang", "language", "locale"),
    "summary": ("summary", "description", "excerpt", "resume", "lead"),
    "series": ("series", "serie"),
    "aliases": ("aliases", "alias", "redirect_from", "permalink", "url"),
    "photo": ("image", "photo", "cover", "thumbnail", "featured_image", "portrait", "picture"),
    "credit": ("photo_credit", "credit", "image_credit"),
}
_MEANS = {name: field for field, names in _NAMES.items() for name in names}
_ACCOUNTS = frozenset({"accounts", "comptes", "social", "socials", "reseaux", "links"})
_NETWORK_KEY = re.compile(r"[_ -]?(?:username|handle|url|account|user|profile|link|id)$", re.I)
_FILE_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})-(.+)")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


_YES, _NO = {"true", "yes", "oui", "1"}, {"false", "no", "non", "0"}
_PUBLIC = {"published", "publish", "public", "live", "publie", "publiee"}
_DRAFT = {"draft", "brouillon"}
_OPEN = _NO | _PUBLIC | {"none", "all", "everyone", "[]", "{}"}
_PUBLISHED_FROM = {"publishdate", "publish_date", "published_at", "pubdate"}
_SECRETS = {"password", "mot de passe", "mot_de_passe"}
_LIMITS = _SECRETS | {
    "visibility",
    "visibilite",
    "access",
    "private",
    "prive",
    "hidden",
    "unlisted",
    "protected",
    "members",
    "membersonly",
    "paywall",
    "embargo",
    "expirydate",
    "expiry_date",
    "unpublishdate",
}
"""Keys of other generators that keep a text from some readers, or for a time."""


class _Loader(yaml.SafeLoader):
    """YAML without aliases, which are how a small file becomes a large one."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise ImportRefused(msg("import_markdown.aliases"))
        return super().compose_node(parent, index)


def front_matter(text: str) -> tuple[dict[str, object], str, int]:
    """(values, body, 1-based line on which the body begins). Raises ImportRefused."""
    first = text.split("\n", 1)[0].rstrip()
    if first in _FENCES:
        return _fenced(text, first)
    end = 0
    values: dict[str, object] = {}
    if first.startswith("{"):
        end, values = _json(text)
    elif found := _HEADER.match(text):
        values = _header(found.group())
        end = found.end() if _TELLING & {unaccented(key) for key in values} else 0
    if not end:
        return {}, text, 1
    return _flat(_unescaped(values)), text[end:], text.count("\n", 0, end) + 1


def _yaml(raw: str) -> object:
    """What a header says; as the portraits' own reader, with no-break spaces around its marks read
    as spaces, and a value with a colon as if it stood in quotation marks. Raises YAMLError."""
    lines = [plain_spaces(line) for line in raw.split("\n")]
    for _ in range(MAX_REPAIRS):
        try:
            return yaml.load("\n".join(lines), _Loader)  # noqa: S506 - a SafeLoader
        except yaml.MarkedYAMLError as error:
            at = error.problem_mark.line if error.problem_mark else len(lines)
            repaired = quoted_value(lines[at]) if at < len(lines) else None
            if repaired is None:
                raise
            lines[at] = repaired
    return yaml.load("\n".join(lines), _Loader)  # noqa: S506


def _fenced(text: str, first: str) -> tuple[dict[str, object], str, int]:
    """Front matter between two lines of ``---``, in YAML, or of ``+++``, in TOML."""
    close = re.compile(rf"(?m)^{_FENCES[first]}[ \t]*$\n?")
    end = close.search(text, len(first))
    if not end:
        return {}, text, 1
    raw = text[len(first) : end.start()]
    try:
        values = tomllib.loads(raw) if first == "+++" else _yaml(raw)
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError) as error:
        raise ImportRefused(msg("import_markdown.unreadable", why=_first_line(error))) from None
    if not isinstance(values, dict):
        return {}, text, 1
    return _flat(_unescaped(values)), text[end.end() :], text.count("\n", 0, end.end()) + 1


def _json(text: str) -> tuple[int, dict[str, object]]:
    """Where an object of JSON at the beginning of ``text`` ends, and its values; Hugo has it."""
    try:
        values, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return 0, {}
    return (end, values) if isinstance(values, dict) else (0, {})


def _header(text: str) -> dict[str, object]:
    """Pelican's lines ``Key: value``; a value goes on in lines that are indented."""
    written: dict[str, str] = {}
    key = ""
    for line in text.strip("\n").split("\n"):
        if line.startswith((" ", "\t")):
            written[key] = f"{written[key]} {line.strip()}".strip()
        else:
            key, _, value = line.partition(":")
            written[key] = value.strip()
    return {
        key: re.split(r"\s*;\s*" if ";" in value else r"\s*,\s*", value)
        if key.lower() in _LISTED
        else value
        for key, value in written.items()
    }


def _first_line(error: Exception) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return msg("import_markdown.at_line", line=error.problem_mark.line + 1)
    return str(error).split("\n")[0][:80]


def _unescaped(value: Any) -> Any:
    """``value`` with the characters that HTML's references in its texts stand for."""
    if isinstance(value, dict):
        return {key: _unescaped(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_unescaped(part) for part in value]
    return html.unescape(value) if isinstance(value, str) else value


def _flat(values: Mapping[Any, Any]) -> dict[str, object]:
    """Hugo's and Zola's ``params``, ``extra`` and ``taxonomies`` among the other keys."""
    flat: dict[str, object] = {}
    for key, value in values.items():
        if str(key) in ("params", "extra", "taxonomies") and isinstance(value, dict):
            flat.update({str(k): v for k, v in value.items()})
        else:
            flat[str(key)] = value
    return flat


def facts_of(values: dict[str, object], stem: str) -> tuple[Facts, tuple[Block, ...]]:
    """What front matter says, and blocks for the report of what has no place in it."""
    said: dict[str, object] = {}
    left: list[Block] = []
    for key, value in _counted(values).items():
        name = _MEANS.get(unaccented(key), "")
        if not name and (accounts := list(_accounts(key, value))):
            left += accounts
            continue
        taken = _taken(name, value) if name else None
        if taken and name == "tags" and _at_spaces(key, value):
            review = msg("import_markdown.tags_at_spaces")
            why = msg("import_markdown.key_by_words", key=key)
            left.append(Block(1, 1, str(value), "", Kind.BOILERPLATE, why=why, review=review))
            taken = tuple(str(value).split())
        if taken and name in ("tags", "aliases", "authors"):
            known = said.get(name, ())
            taken = tuple(each for each in dict.fromkeys(taken) if each not in known)  # type: ignore
            said[name] = (*known, *taken)  # type: ignore[misc]
        elif taken and name not in said:
            said[name] = taken
        else:
            taken = None
        lost = list(words_of_value(value))
        for word in words_of_value(taken):
            if word in lost:
                lost.remove(word)
        if lost:
            told = (
                "import_markdown.key_in_part" if taken else "import_markdown.key_without_equivalent"
            )
            why = msg(told, key=key)
            left.append(Block(1, 1, " ".join(_scalars(value)), "", Kind.BOILERPLATE, why=why))
    return Facts(**(_from_file_name(stem) | said)), tuple(left)  # type: ignore[arg-type]


def _at_spaces(key: str, value: object) -> bool:
    """Whether ``value`` is a list as Jekyll reads it: words of a plural key without commas."""
    plural = unaccented(key) in ("tags", "categories")
    return plural and isinstance(value, str) and "," not in value and len(value.split()) > 1


def _from_file_name(stem: str) -> dict[str, object]:
    """What the name of a file says: ``2012-03-06-zoe.en``."""
    said: dict[str, object] = {}
    name, _, lang = stem.rpartition(".")
    if name and lang.lower() in LANGUAGES:
        said["lang"] = lang.lower()
        stem = name
    dated = _FILE_DATE.fullmatch(stem)
    if dated and (date := _date(dated[1])):
        said["date"] = date
    if dated and _SLUG.fullmatch(dated[2]):
        said["slug"] = dated[2]
    return said


def _accounts(key: str, value: object) -> Iterator[Block]:
    """Lines « network : account » for a key that names a network, or for a list of such keys."""
    if unaccented(key) in _ACCOUNTS and isinstance(value, dict | list):
        for part in value if isinstance(value, list) else [value]:
            for inner, account in part.items() if isinstance(part, dict) else ():
                yield from _accounts(str(inner), account)
                if network_of(_NETWORK_KEY.sub("", str(inner))) is None:
                    why = msg("import_markdown.key_without_equivalent", key=f"{key}.{inner}")
                    said = " ".join(_scalars(account))
                    yield Block(1, 1, said, "", Kind.BOILERPLATE, why=why)
    elif (network := network_of(_NETWORK_KEY.sub("", key))) and isinstance(value, str | int):
        yield Block(1, 1, f"{network.key} : {value}", "", Kind.FOLLOW_LINE)


def _scalars(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for part in value.values():
            yield from _scalars(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _scalars(part)
    elif value is not None:
        yield str(value)


def _taken(name: str, value: object) -> object:
    """``value`` as the field ``name`` of the facts, or None when it cannot be."""
    if name in ("date", "modified"):
        return _date(str(value))
    if name in ("tags", "authors"):
        texts = value.split(",") if isinstance(value, str) else list(_scalars(value))
        return tuple(text.strip() for text in texts if text.strip())
    if name == "aliases":
        paths = (former_path(text) for text in _scalars(value) if ":" not in urlsplit(text).path)
        return tuple(path for path in paths if path)
    texts = list(_scalars(value))
    if name == "lang":
        return texts[0][:2].lower() if texts else None
    if name == "slug":
        return texts[0] if texts and _SLUG.fullmatch(texts[0]) else None
    if isinstance(value, dict | list) and name != "photo":
        return None
    return " ".join(texts[0].split()) if texts else None


def _date(text: str) -> dt.date | None:
    """The day in ``text``: ISO, with or without an hour, or in words."""
    try:
        return dt.date.fromisoformat(text.strip()[:10])
    except ValueError:
        pass
    try:
        return read_date(text, "en")
    except DateRefused:
        return None


def visibility(values: dict[str, object]) -> tuple[str, str]:
    """Return the status that front matter means, and a message: why it is not plainly public.

    The status is empty where nothing is said. ``draft: true``, ``published: false`` and
    ``status: draft`` are one thing; whatever speaks against publication outweighs what speaks for
    it, and a word that is not known does too.
    """
    public, drafts, withheld = False, False, []
    hidden = values.get("status") == "hidden"
    written = _date(str(values.get("date", "")))
    for key, value in values.items():
        name, said = unaccented(key), unaccented(str(value)).strip()
        if name in ("draft", "brouillon"):
            public, drafts = public or said in _NO, drafts or said not in _NO
        elif name in ("published", "publie") and said in _YES | _NO:
            public, drafts = public or said in _YES, drafts or said in _NO
        elif name in ("status", "statut"):
            public, drafts = public or said in _PUBLIC, drafts or said in _DRAFT
            if said not in _PUBLIC | _DRAFT | {"hidden"}:
                withheld.append(f"{key}: {value}")
        elif name in _PUBLISHED_FROM and (day := _date(str(value))) and day > (written or day):
            withheld.append(f"{key}: {value}")
        elif name in _LIMITS and value not in (None, "") and said not in _OPEN:
            withheld.append(key if name in _SECRETS else f"{key}: {value}")
    status = "hidden" if hidden else "draft" if drafts or withheld else "published" * public
    why = ", ".join(withheld)
    if drafts and public:
        why = (
            msg("import_markdown.also_contradiction", keys=why)
            if why
            else msg("import_markdown.contradiction")
        )
    return status, why


def words_of_facts(values: dict[str, object], facts: Facts) -> tuple[str, ...]:
    """The words of front matter, and of a date that only the file's name gave."""
    named = (
        words_of(str(facts.date))
        if facts.date and not any(_MEANS.get(unaccented(key)) == "date" for key in values)
        else ()
    )
    return (*words_of_value(_counted(values)), *named)


def _counted(values: dict[str, object]) -> dict[str, object]:
    """``values`` without those that only say who may read the text."""
    return {
        key: value
        for key, value in values.items()
        if _MEANS.get(unaccented(key)) != "status" and unaccented(key) not in _LIMITS
    }
