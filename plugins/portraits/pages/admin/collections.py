"""Generate what the editor offers: its collections, their fields and the help of each.

    collections.json = {"editor": the configuration of Sveltia CMS,
                        "shapes": key -> how front-matter.js shows its value in fields,
                        …}

Every key of :data:`FORM_KEYS` is a field, with its help in the
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
from portraits.support.catalogue import catalogue, interface_language
from portraits.support.languages import LANGUAGES
from portraits.support.messages import MEASURE, in_language, languages, msg
from portraits.support.transliteration import unaccented

Questions = Iterable[tuple[str, Mapping[str, str]]]
"""(id, language -> wording) of each question, in the order in which they are asked."""

_PICTURES = "image/jpeg,image/png,image/webp"
_COMMITS = ("create", "update", "delete", "uploadMedia", "deleteMedia")
_OF_FILES = ("not_closed", "not_keys", "unreadable", "alias", "expects_keys", "expects_text")
"""Messages of front-matter.js about a file that it cannot read."""
_SHAPES = {
    ValueType.DATE: "date",
    ValueType.MOMENT: "date",
    ValueType.TEXTS: "texts",
    ValueType.ALIASES: "texts",
    ValueType.PHOTO: "photo",
    ValueType.FOCUS: "numbers",
    ValueType.ACCOUNTS: "accounts",
    ValueType.MANAGES: "managed",
    ValueType.ARCHIVES: "copies",
}
"""How the values of a key are shown in fields; those of the others are one line of text."""
FORM_KEYS = tuple(key for key in KEYS if key.kind not in (ValueType.CORRECTIONS, ValueType.CONSENT))
"""The keys that are fields. Corrections and agreements are typed in the text of the file, which
keeps them."""
SOURCE, BODY = "source", "body"
"""Fields that are no keys: the text of the file as it was read, and what follows the keys."""
_FIRST = ("name", "date", "status", "role", "organization", "photo", BODY)
"""Fields that most portraits need; the others come after them in the order of the keys."""


def language_of_editors(settings: Settings) -> str:
    """Return the language of the editor's page: that of the settings, whatever machine builds."""
    wanted = (settings.editor_lang, settings.lang[:2])
    return next((lang for lang in wanted if lang in languages()), MEASURE)


def say(lang: str, name: str, **values: object) -> str:
    """Return a message of the editor's page."""
    return in_language(lang, msg(f"admin.{name}", **values))


def collections_json(settings: Settings, content: str, questions: Questions) -> bytes:
    """Return the file that admin.js reads.

    ``content`` is the path of the content folder inside the repository.
    """
    asked = list(questions)
    written = [
        lang
        for lang in LANGUAGES
        if lang == settings.lang[:2] or any(lang in wordings for _, wordings in asked)
    ]
    written.sort(key=lambda lang: lang != settings.lang[:2])
    own = language_of_editors(settings)
    made = {
        "editor": _editor(settings, content, written, asked),
        "messages": {
            name: say(own, f"file_{name}", key="{key}", line="{line}", reason="{reason}")
            for name in _OF_FILES
        },
        "formats": {_format(lang, settings): _extension(lang, settings) for lang in written},
        "shapes": {key.name: _shape(key) for key in FORM_KEYS},
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
    settings: Settings, content: str, written: Sequence[str], asked: Sequence[Any]
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
        "collections": [_collection(lang, settings, folder, asked) for lang in written],
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
        "commit_messages": {
            name: say(language_of_editors(settings), f"commit_{name.lower()}", path=path)
            for name in _COMMITS
            for path in ["{{path}}" if name.endswith("Media") else "{{slug}}"]
        },
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
    spoken = language_of_editors(settings)
    language = catalogue(interface_language(spoken)).language(lang)
    headings = headings_to_fill(
        ((id_, wordings.get(lang) or next(iter(wordings.values()))) for id_, wordings in asked),
        lang,
    )
    return {
        "name": "portraits" if own else f"portraits-{lang}",
        "label": say(spoken, "portraits" if own else "portraits_in", language=language),
        "label_singular": say(spoken, "portrait" if own else "portrait_in", language=language),
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
            {
                "label": say(spoken, f"are_{status.value}"),
                "field": "status",
                "pattern": f"^{status.value}$",
            }
            for status in Status
        ],
        "fields": [
            {"name": SOURCE, "widget": "hidden"},
            *_in_order(
                [
                    *(_field(key, spoken, "" if own else lang) for key in FORM_KEYS),
                    _body(headings, spoken),
                ]
            ),
        ],
    }


def _in_order(fields: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(
        fields,
        key=lambda field: _FIRST.index(field["name"]) if field["name"] in _FIRST else len(_FIRST),
    )


def _body(headings: Sequence[str], spoken: str) -> dict[str, Any]:
    return {
        "name": BODY,
        "label": say(spoken, "body"),
        "hint": say(spoken, "body_help"),
        "widget": "markdown",
        "modes": ["raw"],
        "default": "\n\n\n".join(headings) + "\n",
    }


def _field(key: Key, spoken: str, lang: str = "") -> dict[str, Any]:
    """Return the field of a key in the language of the page; ``lang`` is the language that a new
    portrait says, if any."""
    return {
        "name": key.name,
        "label": key.label(spoken),
        "hint": in_language(spoken, key.description),
        "required": key.required,
        **_widget(key, spoken, lang),
    }


def _widget(key: Key, spoken: str, lang: str) -> dict[str, Any]:
    match key.kind:
        case ValueType.MARKDOWN:
            return {"widget": "text", "use_emoji_autocomplete": False}
        case ValueType.DATE | ValueType.MOMENT:
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
                {"label": say(spoken, f"is_{status.value}"), "value": status.value}
                for status in Status
            ]
            return {
                "widget": "select",
                "options": options,
                "default": Status.DRAFT.value,
                "required": True,
            }
        case ValueType.NETWORK:
            return {"widget": "select", "options": _networks(spoken, without="web")}
        case ValueType.TEXTS | ValueType.ALIASES:
            return {"widget": "list"}
        case ValueType.PHOTO:
            return {"widget": "object", "fields": [_field(one, spoken) for one in PHOTO_KEYS]}
        case ValueType.PICTURE:
            return {"widget": "image", "choose_url": False, "accept": _PICTURES}
        case ValueType.FOCUS:
            return {
                "widget": "string",
                "pattern": [
                    r"^[01]?\.?\d*, ?[01]?\.?\d*$",
                    say(spoken, "two_numbers", example=key.example[1:-1]),
                ],
            }
        case ValueType.ACCOUNTS:
            return {"widget": "list", "fields": _account(spoken)}
        case ValueType.MANAGES:
            label = {
                "name": "label",
                "label": say(spoken, "for_whom"),
                "widget": "string",
                "required": False,
            }
            accounts = {
                "name": "accounts",
                "label": say(spoken, "accounts"),
                "widget": "list",
                "fields": _account(spoken),
            }
            return {"widget": "list", "fields": [label, accounts]}
        case ValueType.ARCHIVES:
            return {
                "widget": "list",
                "fields": [
                    {"name": "address", "label": say(spoken, "address"), "widget": "string"},
                    {"name": "copy", "label": say(spoken, "copy"), "widget": "string"},
                ],
            }
        case _:
            return {"widget": "string"}


def _account(spoken: str) -> list[dict[str, Any]]:
    network = {"name": "network", "label": say(spoken, "network"), "widget": "select"}
    return [
        {**network, "options": _networks(spoken)},
        {"name": "account", "label": say(spoken, "account"), "widget": "string"},
    ]


def _networks(spoken: str, without: str = "") -> list[dict[str, str]]:
    return [
        {"label": network.name(spoken), "value": network.key}
        for network in NETWORKS.values()
        if network.key != without
    ]
