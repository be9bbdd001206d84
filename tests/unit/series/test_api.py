"""The series as JSON, held to its own schemas."""

import json
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from portraits.api import (
    PORTRAITS,
    RECOMMENDATIONS,
    Api,
    encoded,
    portrait_address,
    schema_address,
    schemas,
)
from portraits.directory import directory
from portraits.holes import fill, image_hole
from portraits.model import Portrait, Presence, Reading, ReadingList, RichText
from portraits.outline import outline_of
from portraits.settings import Settings

from tests.builders import full_portrait_named, library_with

SETTINGS = Settings(site_name="La série", site_url="https://serie.example/blogue", license="CC BY")
SITE = "https://serie.example/blogue/"
API = Api(SETTINGS, lambda outline: f"{SITE}images/{outline.slug}.jpg")

LEA = full_portrait_named(
    "Léa", accounts=["@lea"], manages=["@evenko"], tags=["musique"], role="Autrice",
    answers={"etudes": ("Tes études ?", "Lettres.")}, own_answers={"velo": "Oui."},
    recommends=[("@sam", "drôle"), "https://ana.example/"], date="2014-01-02")
SAM = full_portrait_named("Sam", accounts=["@sam"], date="2013-01-02")
SAM_EN = full_portrait_named("Sam", lang="en", accounts=["@sam"], date="2013-01-02")


def validator(name: str) -> Draft202012Validator:
    schema = json.loads(schemas()[schema_address(name)])
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def outline(portrait: Portrait):
    return outline_of(portrait, "digest")


def whole(portrait: Portrait) -> dict:
    return API.portrait(portrait, outline(portrait), lambda html: html)


LIBRARY = library_with(*map(outline, (LEA, SAM, SAM_EN)))


def test_the_list_of_portraits_keeps_to_its_schema():
    document = API.portraits(LIBRARY)
    validator("portraits").validate(json.loads(encoded(document)))
    assert [(one["slug"], one["language"]) for one in document["portraits"]] \
        == [("lea", "fr"), ("sam", "en"), ("sam", "fr")]


def test_a_portrait_keeps_to_its_schema():
    readings = ReadingList(LEA.exchanges[0].question, (
        Reading("Un livre", "", RichText(), 3),
        Reading("Un article", "https://exemple.ca/", RichText("<p>Bien.</p>", "Bien."), 4)))
    full = replace(LEA, readings=readings, notice=RichText("<p>Abrégé.</p>", "Abrégé."),
                   accounts=(*LEA.accounts, Presence("facebook", None, "privé")))
    for portrait in (LEA, SAM_EN, full):
        validator("portrait").validate(json.loads(encoded(whole(portrait))))


def test_the_directory_keeps_to_its_schema():
    document = API.recommendations(directory(LIBRARY, "fr"))
    validator("recommandations").validate(json.loads(encoded(document)))
    [web, sam] = sorted(document["accounts"], key=lambda entry: entry["account"]["network"],
                        reverse=True)
    assert (web["portrait"], sam["portrait"]["name"], sam["count"]) == (None, "Sam", 1)
    assert sam["recommended_by"] == [{
        "name": "Léa", "url": f"{SITE}portraits/lea/", "api": f"{SITE}api/portraits/lea.json",
        "reason": "drôle"}]


@pytest.mark.parametrize("name", ["portraits", "portrait", "recommandations"])
def test_a_schema_refuses_what_is_missing_and_what_it_does_not_know(name):
    document = {"portraits": lambda: API.portraits(LIBRARY), "portrait": lambda: whole(LEA),
                "recommandations": lambda: API.recommendations(directory(LIBRARY, "fr"))}[name]()
    for broken in ({**document, "more": 1},
                   {key: value for key, value in document.items() if key != "version"}):
        with pytest.raises(ValidationError):
            validator(name).validate(broken)


def test_an_empty_series_keeps_to_the_schemas():
    library = library_with()
    validator("portraits").validate(API.portraits(library))
    validator("recommandations").validate(API.recommendations(directory(library, "fr")))


def test_every_document_says_its_version_and_where_its_schema_is():
    for document, name in ((API.portraits(LIBRARY), "portraits"), (whole(LEA), "portrait")):
        assert document["version"] == "1.0"
        assert document["$schema"] == f"{SITE}api/schemas/{name}.json"
        assert document["series"] == {"name": "La série", "url": SITE, "language": "fr"}


def test_addresses_are_absolute_and_a_translation_has_its_own():
    [_, english, french] = API.portraits(LIBRARY)["portraits"]
    assert (english["url"], english["api"]) \
        == (f"{SITE}en/portraits/sam/", f"{SITE}api/portraits/sam.en.json")
    assert english["translations"] == [
        {"language": "fr", "url": french["url"], "api": french["api"]}]
    assert french["image"] == f"{SITE}images/sam.jpg"


def test_files_stand_where_the_documents_say():
    assert portrait_address("sam", "fr", "fr") == "api/portraits/sam.json"
    assert portrait_address("sam", "en", "fr") == "api/portraits/sam.en.json"
    assert (PORTRAITS, RECOMMENDATIONS) == ("api/portraits.json", "api/recommandations.json")


def test_answers_come_with_their_question_and_their_address():
    [studies, bike] = whole(LEA)["questions"]
    assert studies == {
        "id": "etudes", "questionnaire_id": "etudes", "url": f"{SITE}portraits/lea/#etudes",
        "question": "Tes études ?", "answer": {"html": "<p>Lettres.</p>", "text": "Lettres."},
        "follow_ups": []}
    assert bike["questionnaire_id"] is None


def test_holes_are_filled_before_anything_is_published():
    portrait = replace(LEA, introduction=RichText(f"<p>{image_hole(0)}</p>", "Voici."))
    document = API.portrait(
        portrait, outline(portrait), lambda html: fill(html, {image_hole(0): "<img>"}))
    assert document["introduction"]["html"] == "<p><img></p>"


def test_equal_series_give_equal_bytes_that_end_with_a_line():
    one, two = (encoded(API.portraits(LIBRARY)) for _ in range(2))
    assert one == two
    assert one.endswith(b"}\n")
    assert "Léa".encode() in one
