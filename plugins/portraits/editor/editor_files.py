"""Generate the files that text editors use for completion and checks.

    docs/schemas/portrait.schema.json         the front matter, as JSON Schema
    docs/schemas/questionnaire.schema.json    the questionnaire, as JSON Schema
    docs/schemas/people.schema.json           what is known of people, as JSON Schema
    .vscode/portrait.code-snippets            each key of the front matter, with an example

They are generated from the model and kept in the repository. The schemas are draft-07, which the
YAML language server supports. Snippets follow the grammar of Visual Studio Code: ``${1:text}`` is a
text to replace, ``${1|a,b|}`` a choice.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from portraits.model.networks import NETWORKS
from portraits.model.portrait import Status
from portraits.reader.front_matter.schema import KEYS, Key, ValueType, json_schema
from portraits.support.catalogue import catalogue
from portraits.support.languages import LANGUAGES
from portraits.support.messages import msg, spoken

_SNIPPET_SIGNS = str.maketrans({"\\": "\\\\", "$": "\\$", "}": "\\}"})
_WORDING = {"type": "string", "minLength": 1}
_WORDINGS = {"oneOf": [_WORDING, {"type": "array", "items": _WORDING}]}


def editor_files() -> Mapping[PurePosixPath, str]:
    """Return the content of each file, by path relative to the project's root."""
    return {
        PurePosixPath("docs/schemas/portrait.schema.json"): _json(json_schema()),
        PurePosixPath("docs/schemas/questionnaire.schema.json"): _json(questionnaire_schema()),
        PurePosixPath("docs/schemas/people.schema.json"): _json(people_schema()),
        PurePosixPath(".vscode/portrait.code-snippets"): _json(snippets()),
    }


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def questionnaire_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``content/questionnaire.yml``, with descriptions in the
    editor's language."""
    language = catalogue(spoken()).language
    entry = {
        "type": "object",
        "properties": {
            "id": {
                "type": "string",
                "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
                "description": msg("schemas.id"),
            },
            **{
                lang: {**_WORDING, "description": msg("schemas.wording", language=language(lang))}
                for lang in LANGUAGES
            },
            "variants": {
                "type": "object",
                "description": msg("schemas.variants"),
                "properties": dict.fromkeys(LANGUAGES, _WORDINGS),
                "additionalProperties": False,
            },
            "tags": {**_WORDINGS, "description": msg("schemas.tags")},
            "section": {
                "type": "object",
                "description": msg("schemas.section"),
                "properties": dict.fromkeys(LANGUAGES, _WORDING),
                "additionalProperties": False,
            },
        },
        "required": ["id"],
        "anyOf": [{"required": [lang]} for lang in LANGUAGES],
        "additionalProperties": False,
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": msg("schemas.questionnaire"),
        "type": ["object", "null"],
        "properties": {
            "questions": {"type": "array", "items": entry, "description": msg("schemas.questions")}
        },
        "required": ["questions"],
        "additionalProperties": False,
    }


def people_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``content/people.yml``, with descriptions in the editor's
    language."""
    handle = {**_WORDING, "description": msg("schemas.handle")}
    year = {"pattern": "^(19|20)[0-9]{2}$", "minimum": 1900, "maximum": 2099}
    account = {
        "type": "object",
        "properties": {
            "account": handle,
            "since": {"type": ["integer", "string"], **year, "description": msg("schemas.since")},
            "until": {"type": ["integer", "string"], **year, "description": msg("schemas.until")},
            "archived": {
                "type": "string",
                "pattern": "^https?://",
                "description": msg("schemas.archived"),
            },
        },
        "required": ["account"],
        "additionalProperties": False,
    }
    entry = {
        "type": "object",
        "properties": {
            "name": {**_WORDING, "description": msg("schemas.name")},
            "portrait": {**_WORDING, "description": msg("schemas.portrait")},
            "accounts": {
                "oneOf": [
                    handle,
                    account,
                    {"type": "array", "items": {"oneOf": [handle, account]}},
                ],
                "description": msg("schemas.accounts"),
            },
        },
        "required": ["name", "accounts"],
        "additionalProperties": False,
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": msg("schemas.people"),
        "type": ["object", "null"],
        "properties": {"people": {"type": "array", "items": entry}},
        "required": ["people"],
        "additionalProperties": False,
    }


def snippets() -> dict[str, Any]:
    """Return a snippet for every key of the front matter.

    Their scope is YAML, because the editor treats front matter as such.
    """
    return {
        f"portrait : {key.name}": {
            "scope": "yaml",
            "prefix": key.name,
            "description": key.description,
            "body": [f"{key.name}: {_value(key)}"],
        }
        for key in KEYS
    }


def _value(key: Key) -> str:
    match key.kind:
        case ValueType.STATUS:
            return _choice([status.value for status in Status])
        case ValueType.NETWORK:
            return _choice([name for name in NETWORKS if name != "web"])
        case ValueType.LANG:
            return _choice(LANGUAGES)
        case _:
            return f"${{1:{key.example.translate(_SNIPPET_SIGNS)}}}"


def _choice(values: list[str] | tuple[str, ...]) -> str:
    return f"${{1|{','.join(values)}|}}"
