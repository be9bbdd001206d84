"""Define the keys of front matter, in one table for both the reader and the JSON Schema.

A text editor that supports JSON Schema (``# yaml-language-server: $schema=…``) completes and
checks keys while typing; the checks of :mod:`portraits.reader.front_matter.reading` are binding.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from typing import Any

from portraits.model.networks import NETWORKS
from portraits.model.portrait import Status
from portraits.support.languages import LANGUAGES
from portraits.support.messages import EditorMessage, msg


class ValueType(StrEnum):
    """The type of a key's value."""

    TEXT = "text"
    """One line of plain text."""
    MARKDOWN = "markdown"
    """One paragraph of Markdown."""
    DATE = "date"
    MOMENT = "moment"
    """A day, with or without an hour."""
    SLUG = "slug"
    LANG = "lang"
    STATUS = "status"
    NETWORK = "network"
    TEXTS = "texts"
    """A list of plain texts, or one text separated by commas."""
    PHOTO = "photo"
    PICTURE = "picture"
    """Path of a picture."""
    FOCUS = "focus"
    ACCOUNTS = "accounts"
    MANAGES = "manages"
    ALIASES = "aliases"
    ARCHIVES = "archives"
    CORRECTIONS = "corrections"
    """A list of mappings, each with :data:`CORRECTION_KEYS`."""
    CONSENT = "consent"
    FINGERPRINT = "fingerprint"
    """The hash of a text, as the command that reads the reply to a proof writes it."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the front matter."""

    name: str
    kind: ValueType
    example: str
    """A value as an author would type it."""
    required: bool = False
    meant_by: tuple[str, ...] = ()
    """Names that people use instead; each is refused with a hint to use this key. The first is its
    French name in forms."""
    inside: str = ""
    """The key that it stands in, if that has other keys of this name."""

    def label(self, lang: str) -> str:
        """Return its name in a form: in French the first that people use instead, else its own."""
        named = self.meant_by[0] if lang == "fr" and self.meant_by else self.name
        return (named[:1].upper() + named[1:]).replace("_", " ")

    @property
    def description(self) -> EditorMessage:
        """Its purpose, for the schema and for snippets: message ``key.<name>``, or
        ``key.<inside>_<name>``."""
        named = f"{self.inside}_{self.name}" if self.inside else self.name
        return msg(f"key.{named}", languages=_any_of(LANGUAGES))


def _any_of(names: Iterable[str]) -> str:
    return reduce(lambda first, last: msg("names.or", first=first, last=last), names)


KEYS = (
    Key(
        "name",
        ValueType.TEXT,
        "Léa Tremblay",
        True,
        ("nom", "personne", "prénom", "interviewé", "interviewée", "invité", "invitée"),
    ),
    Key(
        "sort_name",
        ValueType.TEXT,
        "García Márquez, Gabriel",
        meant_by=("nom de famille", "nom de tri", "classement", "surname", "lastname"),
    ),
    Key(
        "pronouns",
        ValueType.TEXT,
        "iel, accords neutres",
        meant_by=("pronom", "pronoms", "accords"),
    ),
    Key(
        "date",
        ValueType.MOMENT,
        "2011-07-14",
        True,
        ("jour", "publié le", "publication", "pubdate", "heure", "embargo"),
    ),
    Key(
        "title",
        ValueType.TEXT,
        "Portrait de Léa Tremblay",
        meant_by=("titre", "intitulé", "headline"),
    ),
    Key(
        "role",
        ValueType.TEXT,
        "Gestionnaire de communauté",
        meant_by=("rôle", "fonction", "métier", "poste", "emploi", "profession", "job"),
    ),
    Key(
        "organization",
        ValueType.TEXT,
        "Exemple inc.",
        meant_by=(
            "organisation",
            "organisme",
            "entreprise",
            "employeur",
            "société",
            "company",
            "marque",
            "compagnie",
        ),
    ),
    Key(
        "modified",
        ValueType.DATE,
        "2011-08-01",
        meant_by=("modifié", "mise à jour", "maj", "updated", "corrigé", "lastmod"),
    ),
    Key(
        "slug",
        ValueType.SLUG,
        "lea-tremblay",
        meant_by=("adresse", "permalien", "permalink", "identifiant"),
    ),
    Key("lang", ValueType.LANG, "fr", meant_by=("langue", "language", "locale")),
    Key(
        "status",
        ValueType.STATUS,
        "draft",
        meant_by=(
            "statut",
            "état",
            "brouillon",
            "draft",
            "publish",
            "published",
            "visibilité",
            "hidden",
        ),
    ),
    Key(
        "summary",
        ValueType.TEXT,
        "Une conversation sur le métier.",
        meant_by=("résumé", "sommaire", "description", "chapeau", "chapô", "extrait", "excerpt"),
    ),
    Key(
        "tags",
        ValueType.TEXTS,
        "[musique, festivals]",
        meant_by=(
            "étiquettes",
            "étiquette",
            "mots-clés",
            "mots-clefs",
            "mot-clé",
            "keywords",
            "sujets",
            "thèmes",
            "tag",
            "keyword",
        ),
    ),
    Key(
        "authors",
        ValueType.TEXTS,
        "[Ana Roy]",
        meant_by=(
            "auteurs",
            "auteur",
            "auteure",
            "autrice",
            "author",
            "intervieweur",
            "intervieweuse",
            "interviewer",
            "interviewers",
            "journaliste",
            "par",
        ),
    ),
    Key("series", ValueType.TEXT, "Portraits d’été", meant_by=("série", "collection", "serie")),
    Key(
        "network", ValueType.NETWORK, "mastodon", meant_by=("réseau", "réseaux", "default_network")
    ),
    Key(
        "photo",
        ValueType.PHOTO,
        "{file: lea-tremblay.jpg, alt: …}",
        meant_by=("photographie", "image", "picture", "portrait", "illustration", "cover"),
    ),
    Key(
        "accounts",
        ValueType.ACCOUNTS,
        "{twitter: lea, facebook: privé}",
        meant_by=("comptes", "compte", "account", "suivre", "pour suivre", "social"),
    ),
    Key(
        "manages",
        ValueType.MANAGES,
        "[{twitter: exemple, label: Exemple inc.}]",
        meant_by=("comptes gérés", "gère", "gérés", "managed", "manage", "clients"),
    ),
    Key(
        "quote",
        ValueType.TEXT,
        "On apprend en écoutant",
        meant_by=("citation", "exergue", "pullquote", "extraits"),
    ),
    Key(
        "notice",
        ValueType.MARKDOWN,
        "Propos condensés.",
        meant_by=("avis", "note", "remarque", "avertissement", "notes"),
    ),
    Key(
        "aliases",
        ValueType.ALIASES,
        "[/2011/07/lea/]",
        meant_by=("anciennes adresses", "alias", "redirections", "redirect", "redirect_from"),
    ),
    Key(
        "archives",
        ValueType.ARCHIVES,
        "{https://exemple.ca/: https://web.archive.org/web/2011/https://exemple.ca/}",
        meant_by=("archive", "archivé", "wayback"),
    ),
    Key(
        "corrections",
        ValueType.CORRECTIONS,
        "[{date: 2011-08-01, text: L’atelier est à Lévis.}]",
        meant_by=("correction", "erratum", "errata", "rectificatif", "rectificatifs"),
    ),
    Key(
        "consent",
        ValueType.CONSENT,
        "{text: 2011-07-10, photo: 2011-07-10}",
        meant_by=("accord", "consentement", "autorisation", "permission", "agreement", "approved"),
    ),
)
BY_NAME = {key.name: key for key in KEYS}

PHOTO_KEYS = (
    Key(
        "file",
        ValueType.PICTURE,
        "lea-tremblay.jpg",
        True,
        ("fichier", "src", "image", "nom", "path", "url"),
    ),
    Key(
        "alt",
        ValueType.TEXT,
        "Léa Tremblay devant une affiche",
        meant_by=("texte alternatif", "texte", "description", "légende", "caption"),
    ),
    Key(
        "credit",
        ValueType.TEXT,
        "Ana Roy",
        meant_by=("crédit", "photographe", "auteur", "author", "credits", "crédits"),
    ),
    Key("focus", ValueType.FOCUS, "[0.5, 0.3]", meant_by=("cadrage", "centre", "point", "foyer")),
)
PHOTO_BY_NAME = {key.name: key for key in PHOTO_KEYS}

CORRECTION_KEYS = (
    Key("date", ValueType.DATE, "2011-08-01", True, ("jour", "le", "modified"), "corrections"),
    Key(
        "text",
        ValueType.TEXT,
        "L’atelier est à Lévis.",
        True,
        ("texte", "note", "correction", "message"),
        "corrections",
    ),
)
CORRECTION_BY_NAME = {key.name: key for key in CORRECTION_KEYS}

CONSENT_KEYS = (
    Key(
        "text",
        ValueType.DATE,
        "2011-07-10",
        meant_by=("texte", "accord", "propos"),
        inside="consent",
    ),
    Key(
        "photo",
        ValueType.DATE,
        "2011-07-10",
        meant_by=("image", "portrait", "picture"),
        inside="consent",
    ),
    Key(
        "date",
        ValueType.DATE,
        "2011-07-14",
        meant_by=("jour", "publication", "parution"),
        inside="consent",
    ),
    Key(
        "of",
        ValueType.FINGERPRINT,
        "4f0c2a9be1d37a55",
        meant_by=("empreinte", "hash", "digest", "version"),
        inside="consent",
    ),
)
CONSENT_BY_NAME = {key.name: key for key in CONSENT_KEYS}

NOT_AN_AUTHORS = frozenset(
    {
        "save_as",
        "url",
        "template",
        "category",
        "translation",
        "override_save_as",
        "override_url",
        "canonical",
        "id",
        "relative_url",
        "stylesheet",
        "js",
        "css",
        "catégorie",
        "gabarit",
        "content",
        "path",
        "source",
        "lang_url",
        "trusted",
        "raw_html",
        "portrait_of",
        "related_posts",
    }
)
"""Keys of Pelican and its plugins that control the site, not a portrait."""


def is_key(word: str) -> bool:
    """Return whether ``word`` is a key, or a name that people use for one."""
    return word in BY_NAME or any(word in key.meant_by for key in KEYS)


_TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
_LIST: dict[str, Any] = {"type": "array", "items": _TEXT, "uniqueItems": True}
_ADDRESS: dict[str, Any] = {"type": "string", "pattern": "^https?://"}


def _accounts_schema() -> dict[str, Any]:
    names = [name for network in NETWORKS.values() for name in (network.key, *network.aliases)]
    return {
        "type": "object",
        "properties": {name: {"type": "string"} for name in names},
        "additionalProperties": False,
    }


def _schema_of(kind: ValueType) -> dict[str, Any]:
    """Return the JSON Schema of a value of ``kind``, as typed by YAML."""
    match kind:
        case ValueType.DATE | ValueType.MOMENT:
            return {"type": "string"}
        case ValueType.SLUG:
            return {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
        case ValueType.LANG:
            return {"type": "string", "pattern": f"^({'|'.join(LANGUAGES)})(-[A-Z]{{2}})?$"}
        case ValueType.STATUS:
            return {"type": "string", "enum": [status.value for status in Status]}
        case ValueType.NETWORK:
            return {"type": "string", "enum": [name for name in NETWORKS if name != "web"]}
        case ValueType.TEXTS | ValueType.ALIASES:
            return {"oneOf": [_TEXT, _LIST]}
        case ValueType.PHOTO:
            return _object(PHOTO_KEYS)
        case ValueType.CONSENT:
            return _object(CONSENT_KEYS)
        case ValueType.FINGERPRINT:
            return {"type": "string", "pattern": "^[0-9a-f]{16}$"}
        case ValueType.FOCUS:
            part = {"type": "number", "minimum": 0, "maximum": 1}
            return {"type": "array", "items": part, "minItems": 2, "maxItems": 2}
        case ValueType.ACCOUNTS:
            return {"oneOf": [_accounts_schema(), {"type": "array", "items": _accounts_schema()}]}
        case ValueType.MANAGES:
            managed = _accounts_schema()
            managed["properties"] = {**managed["properties"], "label": _TEXT}
            return {"type": "array", "items": managed}
        case ValueType.CORRECTIONS:
            return {"type": "array", "items": _object(CORRECTION_KEYS), "minItems": 1}
        case ValueType.ARCHIVES:
            return {
                "type": "object",
                "propertyNames": {"pattern": "^https?://"},
                "additionalProperties": _ADDRESS,
            }
        case _:
            return dict(_TEXT)


def _object(keys: tuple[Key, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            key.name: {
                **_schema_of(key.kind),
                "description": key.description,
                **({} if key.example[0] in "[{" else {"examples": [key.example]}),
            }
            for key in keys
        },
        "required": [key.name for key in keys if key.required],
        "additionalProperties": False,
    }


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of front matter, in the editor's language (draft-07, which text
    editors support)."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": msg("front_matter.title"),
        **_object(KEYS),
    }
