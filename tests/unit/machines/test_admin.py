"""What the editor in the browser offers: a field for each key, the questions, who may sign in."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from portraits.model.networks import NETWORKS
from portraits.model.portrait import Status
from portraits.pages.admin.collections import FORM_KEYS, collections_json
from portraits.pages.admin.packages import SVELTIA
from portraits.reader.front_matter.schema import BY_NAME, PHOTO_KEYS
from portraits.settings import Settings
from portraits.support.languages import LANGUAGES
from portraits.support.messages import in_language, speak

from tests.fixtures.packages import KEPT, share_packages

SETTINGS = Settings(
    site_name="Voix du havre",
    site_url="https://portraits.example/serie",
    admin="https://github.com/lea/serie",
)
QUESTIONS = (
    ("debuts", {"fr": "Tes débuts *là* ?", "en": "How did you begin?"}),
    ("outil", {"fr": "Sans quel outil ?"}),
)


@pytest.fixture(autouse=True)
def french() -> Iterator[None]:
    """Speak French again after each test."""
    yield
    speak("fr")


def offered(settings: Settings = SETTINGS, questions: Any = QUESTIONS) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(collections_json(settings, "content", questions))
    return made


def editor(settings: Settings = SETTINGS, questions: Any = QUESTIONS) -> dict[str, Any]:
    found: dict[str, Any] = offered(settings, questions)["editor"]
    return found


def fields(collection: int = 0) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in editor()["collections"][collection]["fields"]}


def test_every_key_is_a_field_with_its_name_and_its_help_in_french() -> None:
    assert set(fields()) == {"source", "body", *(key.name for key in FORM_KEYS)}
    for key in FORM_KEYS:
        assert fields()[key.name]["label"] == key.label("fr")
        assert fields()[key.name]["hint"] == key.description
        assert fields()[key.name]["required"] == key.required or key.name == "status"


def test_an_english_editor_reads_english() -> None:
    made = offered(replace(SETTINGS, editor_lang="en"))
    (field,) = (one for one in made["editor"]["collections"][0]["fields"] if one["name"] == "role")
    assert (field["label"], field["hint"]) == (
        "Role",
        in_language("en", BY_NAME["role"].description),
    )
    assert made["messages"]["unreadable"] == "the front matter is unreadable, line {line}: {reason}"
    assert [one["label"] for one in made["editor"]["collections"]] == [
        "Portraits",
        "Portraits in English",
    ]


def test_the_language_is_that_of_the_settings_whatever_machine_builds() -> None:
    before = collections_json(SETTINGS, "content", QUESTIONS)
    speak("en")
    assert collections_json(SETTINGS, "content", QUESTIONS) == before


def test_what_every_portrait_needs_comes_first() -> None:
    assert list(fields())[:8] == [
        "source",
        "name",
        "date",
        "status",
        "role",
        "organization",
        "photo",
        "body",
    ]


def test_a_photo_has_its_file_its_words_and_its_credit() -> None:
    photo = {one["name"]: one for one in fields()["photo"]["fields"]}
    assert list(photo) == [key.name for key in PHOTO_KEYS]
    assert photo["file"]["widget"] == "image"
    assert [photo[name]["label"] for name in ("alt", "credit")] == ["Texte alternatif", "Crédit"]
    # the picture stands beside the text, and the text names it without a folder
    collection = editor()["collections"][0]
    assert (collection["media_folder"], collection["public_folder"]) == ("", "")


def test_status_and_date_are_chosen_and_a_new_portrait_is_a_draft() -> None:
    status = fields()["status"]
    assert [option["value"] for option in status["options"]] == [one.value for one in Status]
    assert status["default"] == "draft"
    assert (
        fields()["date"] | {"widget": "datetime", "type": "date", "format": "YYYY-MM-DD"}
        == (fields()["date"])
    )


def test_accounts_are_chosen_from_the_networks_that_there_are() -> None:
    network, account = fields()["accounts"]["fields"]
    assert [option["value"] for option in network["options"]] == list(NETWORKS)
    assert account["widget"] == "string"
    bare = [option["value"] for option in fields()["network"]["options"]]
    assert bare == [name for name in NETWORKS if name != "web"]


def test_a_new_portrait_asks_the_questions_under_their_ids() -> None:
    assert fields()["body"]["default"] == (
        "## Tes débuts \\*là\\* ? {#debuts}\n\n\n## Sans quel outil ? {#outil}\n\n\n"
        "## #FF Qui devrait-on suivre?\n\n\n## Lecture\n"
    )
    assert (fields()["body"]["widget"], fields()["body"]["modes"]) == ("markdown", ["raw"])


def test_each_language_of_the_questionnaire_begins_portraits_of_its_own() -> None:
    french, english = editor()["collections"]
    assert (french["name"], english["name"]) == ("portraits", "portraits-en")
    assert offered()["formats"] == {"portrait": "md", "portrait-en": "en.md"}
    assert (french["format"], english["format"]) == ("portrait", "portrait-en")
    assert english["label"] == "Portraits en anglais"
    # a question that is not worded in a language is asked in the first that it has
    body = fields(1)["body"]["default"]
    assert body.startswith("## How did you begin? {#debuts}\n\n\n## Sans quel outil ? {#outil}")
    assert (fields()["lang"]["default"], fields(1)["lang"]["default"]) == ("", "en")


def test_an_english_site_begins_with_english_portraits() -> None:
    collections = editor(replace(SETTINGS, lang="en"))["collections"]
    assert [one["name"] for one in collections] == ["portraits", "portraits-fr"]
    assert [one["label"] for one in collections] == ["Portraits", "Portraits in French"]


def test_a_series_without_a_questionnaire_has_one_collection() -> None:
    (collection,) = editor(questions=())["collections"]
    assert collection["folder"] == "content/portraits"


def test_what_is_saved_is_proposed_and_not_published() -> None:
    assert editor()["publish_mode"] == "editorial_workflow"
    assert editor()["backend"]["branch"] == "main"


@pytest.mark.parametrize(
    ("given", "backend"),
    [
        ({}, {"name": "github", "repo": "lea/serie", "auth_methods": ["token"]}),
        (
            {"admin_sign_in": "https://connexion.example/"},
            {"name": "github", "repo": "lea/serie", "base_url": "https://connexion.example"},
        ),
        (
            {"admin": "https://gitlab.com/a/b/c", "admin_sign_in": "0" * 64},
            {"name": "gitlab", "repo": "a/b/c", "auth_type": "pkce", "app_id": "0" * 64},
        ),
        (
            {"admin": "https://gitlab.com/a/b", "admin_branch": "redaction/ete"},
            {"name": "gitlab", "repo": "a/b", "auth_methods": ["token"], "branch": "redaction/ete"},
        ),
    ],
)
def test_editors_sign_in_as_the_settings_say(
    given: dict[str, str], backend: dict[str, Any]
) -> None:
    made = editor(replace(SETTINGS, **given))["backend"]
    del made["commit_messages"]
    assert made == {"branch": "main", **backend}


def test_the_scripts_know_the_shape_of_every_key_and_all_names_of_networks_and_months() -> None:
    made = offered()
    assert list(made["shapes"]) == [key.name for key in FORM_KEYS]
    assert list(made["photo"]) == [key.name for key in PHOTO_KEYS]
    aliases = {alias for network in NETWORKS.values() for alias in network.aliases}
    assert set(made["networks"]) == aliases
    assert {made["months"][month] for month in ("aout", "august")} == {8}
    assert set(made["months"].values()) == set(range(1, 13))
    assert len(made["months"]) > 12 * (len(LANGUAGES) - 1)


def configurations() -> Iterator[Settings]:
    for sign_in in ("", "https://connexion.example"):
        yield replace(SETTINGS, admin_sign_in=sign_in)
    for application in ("", "0" * 64):
        yield replace(SETTINGS, admin="https://gitlab.com/a/b", admin_sign_in=application)
    yield replace(SETTINGS, lang="en")


@pytest.mark.parametrize("settings", tuple(configurations()), ids=lambda one: one.admin + one.lang)
def test_the_editor_s_own_schema_accepts_its_configuration(
    settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    share_packages(tmp_path_factory.mktemp("cache"))
    with tarfile.open(KEPT / SVELTIA.file_name) as archive:
        file = archive.extractfile("package/schema/sveltia-cms.json")
        assert file
        schema = json.load(file)
    jsonschema.validate(editor(settings), schema)
