"""The series as JSON, held to its own schemas."""

import datetime as dt
import json
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from portraits.images.picture import PORTRAIT
from portraits.model.addresses import portrait_data
from portraits.model.placeholders import fill, image_placeholder, link_placeholder
from portraits.model.portrait import (
    Correction,
    InternalLink,
    Photo,
    Portrait,
    Presence,
    Reading,
    ReadingList,
    RichText,
)
from portraits.output.api import PORTRAITS, RECOMMENDATIONS, Api, schema_address, schemas
from portraits.pages import data as data_pages
from portraits.series.tables import PhotoRow
from portraits.settings import Settings
from portraits.site.fragments import PortraitRenderer

from tests.builders import Pages, pages_with, portrait_named, site_with

SETTINGS = Settings(site_name="La série", site_url="https://serie.example/blogue", license="CC BY")
SITE = "https://serie.example/blogue/"

LEA = portrait_named(
    "Léa",
    accounts=["@lea"],
    manages=["@evenko"],
    tags=["musique"],
    role="Autrice",
    answers={"etudes": ("Tes études ?", "Lettres.")},
    own_answers={"velo": "Oui."},
    recommends=[("@sam", "drôle"), "https://ana.example/"],
    date="2014-01-02",
)
SAM = portrait_named("Sam", accounts=["@sam"], date="2013-01-02")
SAM_EN = portrait_named("Sam", lang="en", accounts=["@sam"], date="2013-01-02")


def validator(name: str) -> Draft202012Validator:
    schema = json.loads(schemas()[schema_address(name)])
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def pages_of(*portraits: Portrait) -> Pages:
    return pages_with(*portraits, settings=SETTINGS)


SERIES = (LEA, SAM, SAM_EN)


def all_portraits(*portraits: Portrait) -> dict:
    file = pages_of(*portraits).file(data_pages.PORTRAITS)
    assert file.address == PORTRAITS
    return json.loads(file.content)


def directory(*portraits: Portrait) -> dict:
    file = pages_of(*portraits).file(data_pages.RECOMMENDATIONS)
    assert file.address == RECOMMENDATIONS
    return json.loads(file.content)


def whole(portrait: Portrait, *others: Portrait) -> dict:
    pages = pages_of(portrait, *others)
    summary = pages.summary(portrait.source)
    return json.loads(data_pages.portrait_data(pages, PortraitRenderer(pages, summary)).content)


def test_the_list_of_portraits_keeps_to_its_schema():
    document = all_portraits(*SERIES)
    validator("portraits").validate(document)
    assert [(one["slug"], one["language"]) for one in document["portraits"]] == [
        ("lea", "fr"),
        ("sam", "en"),
        ("sam", "fr"),
    ]


def test_a_portrait_keeps_to_its_schema():
    readings = ReadingList(
        LEA.exchanges[0].question,
        (
            Reading("Un livre", "", RichText(), 3),
            Reading("Un article", "https://exemple.ca/", RichText("<p>Bien.</p>", "Bien."), 4),
        ),
    )
    full = replace(
        LEA,
        readings=readings,
        corrections=(Correction(dt.date(2014, 2, 3), "À Lévis.", 9),),
        notice=RichText("<p>Abrégé.</p>", "Abrégé."),
        accounts=(*LEA.accounts, Presence("facebook", None, "privé")),
    )
    for portrait in (LEA, SAM_EN, full):
        validator("portrait").validate(whole(portrait))
    document = whole(full)
    assert [one["title"] for one in document["readings"]] == ["Un livre", "Un article"]
    assert document["corrections"] == [{"date": "2014-02-03", "text": "À Lévis."}]
    assert document["notice"] == {"html": "<p>Abrégé.</p>", "text": "Abrégé."}
    assert document["presences"][1] == {"network": "facebook", "note": "privé", "account": None}


def test_the_directory_keeps_to_its_schema():
    document = directory(*SERIES)
    validator("recommandations").validate(document)
    [web, sam] = sorted(
        document["accounts"], key=lambda entry: entry["account"]["network"], reverse=True
    )
    assert (web["portrait"], sam["portrait"]["name"], sam["count"]) == (None, "Sam", 1)
    assert sam["recommended_by"] == [
        {
            "name": "Léa",
            "url": f"{SITE}portraits/lea/",
            "api": f"{SITE}api/portraits/lea.json",
            "reason": "drôle",
        }
    ]


def test_the_directory_has_everybody_who_recommends_an_account_newest_first():
    ana = portrait_named("Ana", recommends=["@Sam", ("@sam", "encore")], date="2015-01-02")
    [sam, _] = directory(*SERIES, ana)["accounts"]
    assert (sam["account"]["id"], sam["count"]) == ("twitter:sam", 2)
    assert [(one["name"], one["reason"]) for one in sam["recommended_by"]] == [
        ("Ana", None),
        ("Léa", "drôle"),
    ]


@pytest.mark.parametrize("name", ["portraits", "portrait", "recommandations"])
def test_a_schema_refuses_what_is_missing_and_what_it_does_not_know(name):
    document = {
        "portraits": lambda: all_portraits(*SERIES),
        "portrait": lambda: whole(LEA),
        "recommandations": lambda: directory(*SERIES),
    }[name]()
    for broken in (
        {**document, "more": 1},
        {key: value for key, value in document.items() if key != "version"},
    ):
        with pytest.raises(ValidationError):
            validator(name).validate(broken)


def test_an_empty_series_keeps_to_the_schemas():
    validator("portraits").validate(all_portraits())
    validator("recommandations").validate(directory())


def test_every_document_says_its_version_and_where_its_schema_is():
    for document, name in (
        (all_portraits(*SERIES), "portraits"),
        (whole(LEA), "portrait"),
        (directory(*SERIES), "recommandations"),
    ):
        assert document["version"] == "1.1"
        assert document["$schema"] == f"{SITE}api/schemas/{name}.json"
        assert document["series"] == {"name": "La série", "url": SITE, "language": "fr"}


def test_the_schemas_are_published_where_the_documents_say():
    published = {file.address: file.content for file in data_pages.SCHEMAS.make(pages_of(), "")}
    assert published == schemas()


def test_addresses_are_absolute_and_a_translation_has_its_own():
    [_, english, french] = all_portraits(*SERIES)["portraits"]
    assert (english["url"], english["api"]) == (
        f"{SITE}en/portraits/sam/",
        f"{SITE}api/portraits/sam.en.json",
    )
    assert english["translations"] == [
        {"language": "fr", "url": french["url"], "api": french["api"]}
    ]
    assert french["translations"] == [
        {"language": "en", "url": english["url"], "api": english["api"]}
    ]


def test_a_portrait_is_shown_with_the_largest_of_its_pictures_or_with_none():
    photo = Photo("images/sam.jpg", "Sam", "", (0.5, 0.5), 3)
    site = site_with(replace(SAM, photo=photo), LEA, settings=SETTINGS)
    row = PhotoRow(photo.file, "1a2b", 1600, 2000, "image/jpeg", "")
    with site.database.transaction():
        site.database.replace(row.file, (row,), (PhotoRow,))
    pages = site.pages()
    largest = pages.picture(pages.summary(SAM.source), PORTRAIT).jpeg[-1]
    document = json.loads(pages.file(data_pages.PORTRAITS).content)
    assert {one["slug"]: one["image"] for one in document["portraits"]} == {
        "sam": f"{SITE}images/{largest.name}",
        "lea": None,
    }


def test_a_picture_is_read_where_the_disk_has_it():
    photo = Photo("images/été.jpg", "Sam", "", (0.5, 0.5), 3)
    site = site_with(replace(SAM, photo=photo), settings=SETTINGS)
    stored = "images/e\u0301te\u0301.jpg"
    row = PhotoRow(photo.file, "1a2b", 1600, 2000, "image/jpeg", "", stored)
    with site.database.transaction():
        site.database.replace(row.file, (row,), (PhotoRow,))
    found = site.pages().photo(photo.file)
    assert found is not None
    assert found.path.as_posix() == stored


def test_files_stand_where_the_documents_say():
    assert portrait_data("sam", "fr", "fr") == "api/portraits/sam.json"
    assert portrait_data("sam", "en", "fr") == "api/portraits/sam.en.json"
    assert (PORTRAITS, RECOMMENDATIONS) == ("api/portraits.json", "api/recommandations.json")


def test_answers_come_with_their_question_and_their_address():
    [studies, bike] = whole(LEA)["questions"]
    assert studies == {
        "id": "etudes",
        "questionnaire_id": "etudes",
        "url": f"{SITE}portraits/lea/#etudes",
        "question": "Tes études ?",
        "answer": {"html": "<p>Lettres.</p>", "text": "Lettres."},
        "follow_ups": [],
    }
    assert bike["questionnaire_id"] is None


def test_holes_are_filled_before_anything_is_published():
    portrait = replace(LEA, introduction=RichText(f"<p>{image_placeholder(0)}</p>", "Voici."))
    api = Api(SETTINGS, lambda summary: f"{SITE}images/{summary.slug}.jpg")
    summary = site_with(portrait).pages(printed=False).summary(portrait.source)
    document = api.portrait(
        portrait, summary, lambda html: fill(html, {image_placeholder(0): "<img>"})
    )
    assert document["introduction"]["html"] == "<p><img></p>"
    assert document["image"] == f"{SITE}images/lea.jpg"


def test_a_link_to_another_portrait_is_absolute():
    said = RichText(f'<p>Comme <a href="{link_placeholder(0)}">Sam</a>.</p>', "Comme Sam.")
    portrait = replace(LEA, introduction=said, links=(InternalLink(SAM.source, "etudes", 9),))
    assert (
        whole(portrait, SAM)["introduction"]["html"]
        == f'<p>Comme <a href="{SITE}portraits/sam/#etudes">Sam</a>.</p>'
    )


def test_what_is_said_of_a_portrait_among_all_does_not_change_with_its_answers():
    edited = portrait_named(
        "Léa",
        accounts=["@lea"],
        manages=["@evenko"],
        tags=["musique"],
        role="Autrice",
        answers={"etudes": ("Tes études ?", "Lettres, puis droit.")},
        own_answers={"velo": "Non."},
        recommends=[("@sam", "drôle"), "https://ana.example/"],
        date="2014-01-02",
    )
    assert whole(edited) != whole(LEA)
    assert all_portraits(edited, SAM) == all_portraits(LEA, SAM)


def test_equal_series_give_equal_bytes_that_end_with_a_line():
    one, two = (pages_of(*SERIES).file(data_pages.PORTRAITS).content for _ in range(2))
    assert one == two
    assert one.endswith(b"}\n")
    assert "Léa".encode() in one
