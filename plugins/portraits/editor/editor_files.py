"""What a text editor needs to know of the format: made from the model, kept in the repository.

    docs/schemas/portrait.schema.json         the front matter, as JSON Schema
    docs/schemas/questionnaire.schema.json    the questionnaire, as JSON Schema
    .vscode/portrait.code-snippets            a key of the front matter, and what belongs in it

The schemas keep to draft-07, which is what the YAML language server reads. Snippets follow the
grammar of Visual Studio Code: ``${1:text}`` is to be typed over, ``${1|a,b|}`` to be chosen.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from portraits.model.networks import NETWORKS
from portraits.model.portrait import Status
from portraits.reader.front_matter.schema import KEYS, LANGUAGES, Key, ValueType, json_schema

_SNIPPET_SIGNS = str.maketrans({"\\": "\\\\", "$": "\\$", "}": "\\}"})
_WORDING = {"type": "string", "minLength": 1}
_WORDINGS = {"oneOf": [_WORDING, {"type": "array", "items": _WORDING}]}


def editor_files() -> Mapping[PurePosixPath, str]:
    """Path from the project's root -> what the file holds."""
    return {
        PurePosixPath("docs/schemas/portrait.schema.json"): _json(json_schema()),
        PurePosixPath("docs/schemas/questionnaire.schema.json"): _json(questionnaire_schema()),
        PurePosixPath(".vscode/portrait.code-snippets"): _json(snippets()),
    }


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def questionnaire_schema() -> dict[str, Any]:
    """``content/questionnaire.yml`` as JSON Schema, descriptions in French."""
    names = {"fr": "en français", "en": "en anglais"}
    entry = {
        "type": "object",
        "properties": {
            "id": {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
                   "description": "Identifiant, pour toujours : il figure dans les adresses."},
            **{lang: {**_WORDING, "description": f"La question, {names[lang]}."}
               for lang in LANGUAGES},
            "variants": {
                "type": "object", "description": "Autres façons dont la question a été posée.",
                "properties": dict.fromkeys(LANGUAGES, _WORDINGS),
                "additionalProperties": False},
            "tags": {**_WORDINGS, "description": "Thèmes de la question."},
        },
        "required": ["id"],
        "anyOf": [{"required": [lang]} for lang in LANGUAGES],
        "additionalProperties": False,
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Le questionnaire d’une série de portraits",
        "type": ["object", "null"],
        "properties": {"questions": {
            "type": "array", "items": entry,
            "description": "Les questions, dans l’ordre où on les pose."}},
        "required": ["questions"],
        "additionalProperties": False,
    }


def snippets() -> dict[str, Any]:
    """Every key of the front matter as a snippet: the editor takes front matter for YAML."""
    return {
        f"portrait : {key.name}": {
            "scope": "yaml", "prefix": key.name, "description": key.description,
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
