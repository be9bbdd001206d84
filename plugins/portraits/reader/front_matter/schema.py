"""Define the keys of front matter, in one table for both the reader and the JSON Schema.

A text editor that supports JSON Schema (``# yaml-language-server: $schema=…``) completes and
checks keys while typing; the checks of :mod:`portraits.reader.front_matter.reading` are binding.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from portraits.model.networks import NETWORKS
from portraits.model.portrait import Status
from portraits.support.languages import LANGUAGES


class ValueType(StrEnum):
    """The type of a key's value."""

    TEXT = "text"
    """One line of plain text."""
    MARKDOWN = "markdown"
    """One paragraph of Markdown."""
    DATE = "date"
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
    CONSENT = "consent"
    FINGERPRINT = "fingerprint"
    """The hash of a text, as the command that reads the reply to a proof writes it."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the front matter."""

    name: str
    kind: ValueType
    description: str
    """Its purpose, in French, for the schema and the guide."""
    example: str
    """A value as an author would type it."""
    required: bool = False
    meant_by: tuple[str, ...] = ()
    """Names that people use instead; each is refused with a hint to use this key."""


KEYS = (
    Key(
        "name",
        ValueType.TEXT,
        "Nom de la personne.",
        "Léa Tremblay",
        True,
        ("nom", "personne", "prénom", "interviewé", "interviewée", "invité", "invitée"),
    ),
    Key(
        "sort_name",
        ValueType.TEXT,
        "Nom par lequel la personne est classée, s’il n’est pas le dernier mot de son nom.",
        "García Márquez, Gabriel",
        meant_by=("nom de famille", "nom de tri", "classement", "surname", "lastname"),
    ),
    Key(
        "pronouns",
        ValueType.TEXT,
        "Pronoms de la personne, comme elle les donne.",
        "iel, accords neutres",
        meant_by=("pronom", "pronoms", "accords"),
    ),
    Key(
        "date",
        ValueType.DATE,
        "Jour de publication : 2011-07-14 ou 14 juillet 2011.",
        "2011-07-14",
        True,
        ("jour", "publié le", "publication", "pubdate"),
    ),
    Key(
        "title",
        ValueType.TEXT,
        "Titre de la page ; sans lui, il est fait du nom.",
        "Portrait de Léa Tremblay",
        meant_by=("titre", "intitulé", "headline"),
    ),
    Key(
        "role",
        ValueType.TEXT,
        "Métier ou fonction.",
        "Gestionnaire de communauté",
        meant_by=("rôle", "fonction", "métier", "poste", "emploi", "profession", "job"),
    ),
    Key(
        "organization",
        ValueType.TEXT,
        "Organisation pour laquelle la personne travaille.",
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
        "Jour de la dernière correction.",
        "2011-08-01",
        meant_by=("modifié", "mise à jour", "maj", "updated", "corrigé", "lastmod"),
    ),
    Key(
        "slug",
        ValueType.SLUG,
        "Dernière partie de l’adresse ; sans elle, le nom du fichier.",
        "lea-tremblay",
        meant_by=("adresse", "permalien", "permalink", "identifiant"),
    ),
    Key(
        "lang",
        ValueType.LANG,
        f"Langue du portrait : {' ou '.join(LANGUAGES)}.",
        "fr",
        meant_by=("langue", "language", "locale"),
    ),
    Key(
        "status",
        ValueType.STATUS,
        "published (publié), draft (brouillon) ou hidden (retenu).",
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
        "Résumé pour les listes et les fils ; sans lui, le début du texte.",
        "Une conversation sur le métier.",
        meant_by=("résumé", "sommaire", "description", "chapeau", "chapô", "extrait", "excerpt"),
    ),
    Key(
        "tags",
        ValueType.TEXTS,
        "Étiquettes.",
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
        "Qui a mené l’entretien.",
        "[Ana Roy]",
        meant_by=(
            "auteur",
            "auteurs",
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
    Key(
        "series",
        ValueType.TEXT,
        "Série dont le portrait fait partie.",
        "Portraits d’été",
        meant_by=("série", "collection", "serie"),
    ),
    Key(
        "network",
        ValueType.NETWORK,
        "Réseau d’un @nom sans serveur, dans ce fichier.",
        "mastodon",
        meant_by=("réseau", "réseaux", "default_network"),
    ),
    Key(
        "photo",
        ValueType.PHOTO,
        "La photo du portrait.",
        "{file: lea-tremblay.jpg, alt: …}",
        meant_by=("image", "picture", "portrait", "illustration", "photographie", "cover"),
    ),
    Key(
        "accounts",
        ValueType.ACCOUNTS,
        "Où suivre la personne : réseau, puis nom, adresse ou note.",
        "{twitter: lea, facebook: privé}",
        meant_by=("comptes", "compte", "account", "suivre", "pour suivre", "social"),
    ),
    Key(
        "manages",
        ValueType.MANAGES,
        "Les comptes que la personne tient pour d’autres.",
        "[{twitter: exemple, label: Exemple inc.}]",
        meant_by=("gère", "gérés", "comptes gérés", "managed", "manage", "clients"),
    ),
    Key(
        "quote",
        ValueType.TEXT,
        "La phrase mise en valeur ; elle doit figurer dans une réponse.",
        "On apprend en écoutant",
        meant_by=("citation", "exergue", "pullquote", "extraits"),
    ),
    Key(
        "notice",
        ValueType.MARKDOWN,
        "Remarque de la rédaction sur le texte lui-même.",
        "Propos condensés.",
        meant_by=("avis", "note", "remarque", "avertissement", "notes"),
    ),
    Key(
        "aliases",
        ValueType.ALIASES,
        "Anciennes adresses de la page, qui mènent à elle.",
        "[/2011/07/lea/]",
        meant_by=("alias", "redirections", "redirect", "redirect_from", "anciennes adresses"),
    ),
    Key(
        "archives",
        ValueType.ARCHIVES,
        "Copies archivées de pages disparues : adresse, puis copie.",
        "{https://exemple.ca/: https://web.archive.org/web/2011/https://exemple.ca/}",
        meant_by=("archive", "archivé", "wayback"),
    ),
    Key(
        "consent",
        ValueType.CONSENT,
        "Accord de la personne avec le texte et la photo ; écrit au retour de l’épreuve.",
        "{text: 2011-07-10, photo: 2011-07-10}",
        meant_by=("accord", "consentement", "autorisation", "permission", "agreement", "approved"),
    ),
)
BY_NAME = {key.name: key for key in KEYS}

PHOTO_KEYS = (
    Key(
        "file",
        ValueType.PICTURE,
        "Fichier : à côté du texte, ou images/… dans le dossier content.",
        "lea-tremblay.jpg",
        True,
        ("fichier", "src", "image", "nom", "path", "url"),
    ),
    Key(
        "alt",
        ValueType.TEXT,
        "Ce que la photo montre, pour qui ne la voit pas.",
        "Léa Tremblay devant une affiche",
        meant_by=("texte", "description", "légende", "caption", "texte alternatif"),
    ),
    Key(
        "credit",
        ValueType.TEXT,
        "Qui a pris la photo.",
        "Ana Roy",
        meant_by=("crédit", "photographe", "auteur", "author", "credits", "crédits"),
    ),
    Key(
        "focus",
        ValueType.FOCUS,
        "Ce qu’un recadrage doit garder, de 0 à 1 depuis le coin haut gauche.",
        "[0.5, 0.3]",
        meant_by=("cadrage", "centre", "point", "foyer"),
    ),
)
PHOTO_BY_NAME = {key.name: key for key in PHOTO_KEYS}

CONSENT_KEYS = (
    Key(
        "text",
        ValueType.DATE,
        "Jour où la personne a accepté le texte.",
        "2011-07-10",
        meant_by=("texte", "accord", "propos"),
    ),
    Key(
        "photo",
        ValueType.DATE,
        "Jour où la personne a accepté la photo.",
        "2011-07-10",
        meant_by=("image", "portrait", "picture"),
    ),
    Key(
        "date",
        ValueType.DATE,
        "Jour de publication que la personne a accepté.",
        "2011-07-14",
        meant_by=("jour", "publication", "parution"),
    ),
    Key(
        "of",
        ValueType.FINGERPRINT,
        "Empreinte de ce qui a été accepté, écrite par « portraits import ».",
        "4f0c2a9be1d37a55",
        meant_by=("empreinte", "hash", "digest", "version"),
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
        case ValueType.DATE:
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
    """Return the JSON Schema of front matter, in French (draft-07, which text editors support)."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "En-tête d’un portrait",
        **_object(KEYS),
    }
