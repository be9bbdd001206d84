"""What text editors read of the format: kept equal to the model, and as strict as the check."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from portraits.editor.editor_files import (
    editor_files,
    people_schema,
    questionnaire_schema,
    snippets,
)
from portraits.reader.front_matter.schema import KEYS, json_schema
from portraits.reader.people import read_people
from portraits.reader.questionnaire import read_questionnaire

ROOT = Path(__file__).parent.parent.parent.parent
SERIES = ROOT / "tests" / "fixtures" / "series"
PORTRAITS = sorted((SERIES / "portraits").glob("*.md"))


class Yaml12(yaml.CSafeLoader):
    """YAML as the language server of editors types it: a day is a text (YAML 1.2, core schema)."""


Yaml12.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for sign, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def typed(text: str) -> Any:
    return yaml.load(text, Loader=Yaml12)  # noqa: S506 - a safe loader's child


def front_matter(path: Path) -> Any:
    return typed(path.read_text(encoding="utf-8").split("---\n")[1])


@cache
def validator(name: str) -> jsonschema.Draft7Validator:
    schema = {
        "portrait": json_schema,
        "questionnaire": questionnaire_schema,
        "people": people_schema,
    }[name]()
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


@pytest.mark.parametrize("path", sorted(map(str, editor_files())))
def test_the_committed_file_is_the_generated_one(path: str) -> None:
    generated = {str(name): text for name, text in editor_files().items()}[path]
    assert (ROOT / path).read_text(encoding="utf-8") == generated, "uv run portraits schema --force"


@pytest.mark.parametrize("path", PORTRAITS, ids=lambda path: path.stem)
def test_the_schema_takes_every_portrait_of_a_right_series(path: Path) -> None:
    assert [error.message for error in validator("portrait").iter_errors(front_matter(path))] == []


@pytest.mark.parametrize("key", [key.name for key in KEYS])
def test_a_misspelt_key_is_marked(key: str) -> None:
    given = {**front_matter(PORTRAITS[0]), f"{key}e": "x"}
    assert [error.validator for error in validator("portrait").iter_errors(given)] == [
        "additionalProperties"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "people: []\n",
        "",
        "people:\n- {name: Zoé, accounts: ['@zoe', {account: '@z', since: 2009, until: 2022}]}\n",
        "people:\n- {name: Zoé, portrait: zoe.md, accounts: zoe.example.org}\n",
        "people:\n- {name: Zoé}\n",
        "people:\n- {nom: Zoé, accounts: []}\n",
        "people:\n- {name: Zoé, accounts: [{account: '@z', since: hier}]}\n",
        "people:\n- {name: Zoé, accounts: [{account: '@z', archived: ici}]}\n",
        "people:\n- {name: Zoé, accounts: [{since: 2010}]}\n",
        "gens: []\n",
    ],
)
def test_the_schema_of_people_refuses_what_the_check_refuses(text: str) -> None:
    _, problems = read_people("people.yml", text.encode(), folder="portraits", network="twitter")
    refused = [error.message for error in validator("people").iter_errors(typed(text))]
    assert bool(refused) == bool(problems)


def test_the_schema_takes_a_right_questionnaire() -> None:
    given = typed((SERIES / "questionnaire.yml").read_text(encoding="utf-8"))
    assert [error.message for error in validator("questionnaire").iter_errors(given)] == []


@pytest.mark.parametrize(
    "text",
    [
        "questions:\n- {id: a, fr: A}\n",
        "questions:\n- {id: a-b2, en: A, tags: x, variants: {fr: B, en: [C, D]}}\n",
        "questions: []\n",
        "",
        "question: []\n",
        "questions: rien\n",
        "questions:\n- {fr: A}\n",
        "questions:\n- {id: a}\n",
        "questions:\n- {id: Année, fr: A}\n",
        "questions:\n- {id: a, fr: A, français: B}\n",
        "questions:\n- {id: a, fr: A, variants: [b]}\n",
        "questions:\n- {id: a, fr: A, variants: {pt: [b]}}\n",
        "questions:\n- {id: a, fr: [A]}\n",
    ],
)
def test_the_schema_of_the_questionnaire_and_its_reading_agree(text: str) -> None:
    _, problems = read_questionnaire("questionnaire.yml", text.encode())
    assert validator("questionnaire").is_valid(typed(text)) == (not problems)


def test_each_key_has_a_snippet_that_the_schema_takes() -> None:
    """A snippet's body, once its places are left as they are, is YAML with a value of the key."""
    found = snippets()
    assert [entry["prefix"] for entry in found.values()] == [key.name for key in KEYS]
    for entry in found.values():
        text = "\n".join(entry["body"])
        chosen = re.sub(r"\$\{1\|([^,]+),[^|]*\|\}", r"\1", text)
        left = re.sub(r"\$\{1:(.*)\}$", r"\1", chosen).replace("\\}", "}")
        given = {**front_matter(PORTRAITS[0]), **typed(left)}
        assert [error.message for error in validator("portrait").iter_errors(given)] == [], left


def test_the_settings_of_the_workspace_name_files_that_exist() -> None:
    workspace = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    for schema, source in workspace["yaml.schemas"].items():
        assert (ROOT / schema).is_file()
        assert source == f"content/{Path(schema).name.partition('.')[0]}.yml"
        # A series need not have either.
    json.loads((ROOT / ".vscode" / "extensions.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("line", "owner", "place"),
    [
        (
            "content/portraits/lea.md:3 : la clé « tilte » est inconnue — « title » ?",
            "portraits",
            ("content/portraits/lea.md", "3"),
        ),
        (
            "avertissement — content/portraits/lea.md:1 : pas de photo — ajoutez-la",
            "portraits-avertissements",
            ("content/portraits/lea.md", "1"),
        ),
        ("3 portraits lus. Aucun problème.", "", None),
    ],
)
def test_problems_are_found_in_what_the_check_prints(
    line: str, owner: str, place: tuple[str, str] | None
) -> None:
    tasks = json.loads((ROOT / ".vscode" / "tasks.json").read_text(encoding="utf-8"))["tasks"]
    found = {}
    for matcher in tasks[0]["problemMatcher"]:
        pattern = matcher["pattern"]
        if match := re.match(pattern["regexp"], line):
            found[matcher["owner"]] = (match[pattern["file"]], match[pattern["line"]])
    assert found == ({owner: place} if owner else {})
