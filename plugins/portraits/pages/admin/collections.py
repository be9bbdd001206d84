"""Generate what the editor offers: its collections, their fields and the help of each.

    collections.json = {"editor": the configuration of Sveltia CMS,
                        "shapes": key -> how front-matter.js shows its value in fields,
                        …}

Every key of :data:`~portraits.reader.front_matter.schema.KEYS` is a field, with its help in the
editor's language. The body of a new portrait is the questionnaire. Nothing is taken
from the portraits themselves: what is not published is read from the repository, by who may.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from portraits.model import addresses
from portraits.model.networks import NETWORKS
from portraits.model.portrait import Status
from portraits.reader.front_matter.schema import KEYS, PHOTO_KEYS, Key, ValueType
from portraits.reader.questionnaire import headings_to_fill
from portraits.settings import Settings
from portraits.support.catalogue import catalogue
from portraits.support.languages import LANGUAGES
from portraits.support.transliteration import unaccented

Questions = Iterable[tuple[str, Mapping[str, str]]]
"""(id, language -> wording) of each question, in the order in which they are asked."""

_STATUSES = {Status.PUBLISHED: "publié", Status.DRAFT: "brouillon", Status.HIDDEN: "retenu"}
_PICTURES = "image/jpeg,image/png,image/webp"
_MESSAGES = {
    "create": "Ajouter {{slug}}",
    "update": "Modifier {{slug}}",
    "delete": "Supprimer {{slug}}",
    "uploadMedia": "Ajouter {{path}}",
    "deleteMedia": "Supprimer {{path}}",
}
_SHAPES = {
    ValueType.DATE: "date",
    ValueType.TEXTS: "texts",
    ValueType.ALIASES: "texts",
    ValueType.PHOTO: "photo",
    ValueType.FOCUS: "numbers",
    ValueType.ACCOUNTS: "accounts",
    ValueType.MANAGES: "managed",
    ValueType.ARCHIVES: "copies",
}
"""How the values of a key are shown in fields; those of the others are one line of text."""
SOURCE, BODY = "source", "body"
"""Fields that are no keys: the text of the file as it was read, and what follows the keys."""
_FIRST = ("name", "date", "status", "role", "organization", "photo", BODY)
"""Fields that most portraits need; the others come after them in the order of the keys."""


def collections_json(settings: Settings, content: str, questions: Questions) -> bytes:
    """Return the file that admin.js reads.

    ``content`` is the path of the content folder inside the repository.
    """
    asked = list(questions)
    languages = [
        lang
        for lang in LANGUAGES
        if lang == settings.lang[:2] or any(lang in wordings for _, wordings in asked)
    ]
    languages.sort(key=lambda lang: lang != settings.lang[:2])
    made = {
        "editor": _editor(settings, content, languages, asked),
        "formats": {_format(lang, settings): _extension(lang, settings) for lang in languages},
        "shapes": {key.name: _shape(key) for key in KEYS},
        "photo": {key.name: _shape(key) for key in PHOTO_KEYS},
        "networks": {
            alias: network.key for network in NETWORKS.values() for alias in network.aliases
        },
        "months": {
            unaccented(month): number
            for lang in LANGUAGES
            for number, month in enumerate(catalogue(lang).writing.months, start=1)
        },
    }
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()


def _shape(key: Key) -> str:
    return _SHAPES.get(key.kind, "text")


def _editor(
    settings: Settings, content: str, languages: Sequence[str], asked: Sequence[Any]
) -> dict[str, Any]:
    folder = f"{content}/{settings.folder}"
    return {
        "load_config_file": False,
        "backend": _backend(settings),
        "publish_mode": "editorial_workflow",
        "site_url": settings.absolute(addresses.HOME),
        "app_title": settings.site_name,
        "media_folder": folder,
        "public_folder": "",
        "media_libraries": {"all": {"slugify_filename": True}, "stock_assets": {"providers": []}},
        "slug": {"encoding": "ascii", "clean_accents": True},
        "editor": {"preview": False},
        "collections": [_collection(lang, settings, folder, asked) for lang in languages],
    }


def _backend(settings: Settings) -> dict[str, Any]:
    service, repository = settings.repository
    signed_in: dict[str, Any] = {"auth_methods": ["token"]}
    if settings.admin_sign_in and service == "gitlab":
        signed_in = {"auth_type": "pkce", "app_id": settings.admin_sign_in}
    elif settings.admin_sign_in:
        signed_in = {"base_url": settings.admin_sign_in.rstrip("/")}
    return {
        "name": service,
        "repo": repository,
        "branch": settings.admin_branch,
        **signed_in,
        "commit_messages": _MESSAGES,
    }


def _format(lang: str, settings: Settings) -> str:
    return f"portrait-{lang}" if lang != settings.lang[:2] else "portrait"


def _extension(lang: str, settings: Settings) -> str:
    """Return the end of the names of files in a language: ``md``, ``en.md``."""
    return f"{lang}.md" if lang != settings.lang[:2] else "md"


def _collection(
    lang: str, settings: Settings, folder: str, asked: Sequence[tuple[str, Mapping[str, str]]]
) -> dict[str, Any]:
    own = lang == settings.lang[:2]
    language = catalogue("fr").language(lang)
    headings = headings_to_fill(
        ((id_, wordings.get(lang) or next(iter(wordings.values()))) for id_, wordings in asked),
        lang,
    )
    return {
        "name": "portraits" if own else f"portraits-{lang}",
        "label": "Portraits" if own else f"Portraits en {language}",
        "label_singular": "Portrait" if own else f"Portrait en {language}",
        "icon": "person",
        "folder": folder,
        "format": _format(lang, settings),
        "media_folder": "",
        "public_folder": "",
        "identifier_field": "name",
        "slug": "{{name}}",
        "summary": "{{name}} — {{date}} ({{status}})",
        "sortable_fields": ["name", "date"],
        "view_filters": [
            {"label": label.capitalize(), "field": "status", "pattern": f"^{status.value}$"}
            for status, label in _STATUSES.items()
        ],
        "fields": [
            {"name": SOURCE, "widget": "hidden"},
            *_in_order([*(_field(key, "" if own else lang) for key in KEYS), _body(headings)]),
        ],
    }


def _in_order(fields: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(
        fields,
        key=lambda field: _FIRST.index(field["name"]) if field["name"] in _FIRST else len(_FIRST),
    )


def _body(headings: Sequence[str]) -> dict[str, Any]:
    return {
        "name": BODY,
        "label": "Texte",
        "hint": "L’introduction, puis « ## » devant chaque question et la réponse dessous. "
        "Retirez les questions sans réponse. Le guide de rédaction explique le reste.",
        "widget": "markdown",
        "modes": ["raw"],
        "default": "\n\n\n".join(headings) + "\n",
    }


def _field(key: Key, lang: str = "") -> dict[str, Any]:
    """Return the field of a key; ``lang`` is the language that a new portrait says, if any."""
    return {
        "name": key.name,
        "label": key.label,
        "hint": key.description,
        "required": key.required,
        **_widget(key, lang),
    }


def _widget(key: Key, lang: str) -> dict[str, Any]:
    match key.kind:
        case ValueType.MARKDOWN:
            return {"widget": "text", "use_emoji_autocomplete": False}
        case ValueType.DATE:
            return {
                "widget": "datetime",
                "type": "date",
                "format": "YYYY-MM-DD",
                "default": "{{now}}" if key.required else "",
            }
        case ValueType.LANG:
            return {"widget": "string", "default": lang}
        case ValueType.STATUS:
            options = [
                {"label": label, "value": status.value} for status, label in _STATUSES.items()
            ]
            return {
                "widget": "select",
                "options": options,
                "default": Status.DRAFT.value,
                "required": True,
            }
        case ValueType.NETWORK:
            return {"widget": "select", "options": _networks(without="web")}
        case ValueType.TEXTS | ValueType.ALIASES:
            return {"widget": "list"}
        case ValueType.PHOTO:
            return {"widget": "object", "fields": [_field(one) for one in PHOTO_KEYS]}
        case ValueType.PICTURE:
            return {"widget": "image", "choose_url": False, "accept": _PICTURES}
        case ValueType.FOCUS:
            return {
                "widget": "string",
                "pattern": [r"^[01]?\.?\d*, ?[01]?\.?\d*$", f"deux nombres : {key.example[1:-1]}"],
            }
        case ValueType.ACCOUNTS:
            return {"widget": "list", "fields": _account()}
        case ValueType.MANAGES:
            label = {"name": "label", "label": "À qui", "widget": "string", "required": False}
            accounts = {
                "name": "accounts",
                "label": "Comptes",
                "widget": "list",
                "fields": _account(),
            }
            return {"widget": "list", "fields": [label, accounts]}
        case ValueType.ARCHIVES:
            return {
                "widget": "list",
                "fields": [
                    {"name": "address", "label": "Adresse", "widget": "string"},
                    {"name": "copy", "label": "Copie", "widget": "string"},
                ],
            }
        case _:
            return {"widget": "string"}


def _account() -> list[dict[str, Any]]:
    return [
        {"name": "network", "label": "Réseau", "widget": "select", "options": _networks()},
        {"name": "account", "label": "Nom, adresse ou note", "widget": "string"},
    ]


def _networks(without: str = "") -> list[dict[str, str]]:
    return [
        {"label": network.name("fr"), "value": network.key}
        for network in NETWORKS.values()
        if network.key != without
    ]
