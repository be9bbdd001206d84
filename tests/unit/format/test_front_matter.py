"""Front matter: what YAML would guess, what an editor types, what the schema says."""

from __future__ import annotations

import datetime as dt

import jsonschema
import pytest
import yaml
from portraits.model.dates import DateRefused, in_zone, read_date, read_moment
from portraits.model.portrait import Correction
from portraits.model.slugs import id_of
from portraits.reader.front_matter.reading import FrontMatter, read_front_matter
from portraits.reader.front_matter.schema import (
    BY_NAME,
    CONSENT_KEYS,
    CORRECTION_KEYS,
    KEYS,
    PHOTO_KEYS,
    json_schema,
)
from portraits.reader.front_matter.yaml_tree import Mapping, Scalar, read_yaml
from portraits.support.messages import messages_of
from portraits.support.picture_paths import PathRefused, picture_path
from portraits.support.problems import ProblemCollector

from tests.unit.format.case_files import parsed

COMPLETE = """\
name: Léa Tremblay
role: Gestionnaire de communauté
organization: Exemple inc.
date: 1er août 2011
modified: 2011-08-02
title: Portrait de gestionnaire : Léa
slug: lea
lang: fr-CA
status: draft
summary: >
  Une conversation
  sur le métier.
tags: [musique, festivals]
authors: Ana Roy, Sam Côté
series: Portraits d’été
network: mastodon
photo:
  file: images/lea.jpg
  alt: Léa devant une affiche
  credit: Ana Roy
  focus: [0.5, .3]
accounts:
  - twitter: @lea
    facebook: privé
  - twitter: lea_autre
manages:
  - twitter: exemple
  - {twitter: Exemple2, label: Le deuxième}
quote: Oui
pronouns: iel
sort_name: Tremblay Léa
notice: Propos *condensés*.
consent: {text: "2011-07-10", photo: "2011-07-10"}
aliases: [/2011/08/lea/, /lea.html]
archives:
  https://exemple.ca/a: https://web.archive.org/web/2011/https://exemple.ca/a
corrections:
  - {date: 2 août 2011, text: Deux fils.}
"""


def _read(text: str, lang: str = "fr") -> tuple[FrontMatter, ProblemCollector]:
    report = ProblemCollector("x.md")
    return read_front_matter(text, report, first_line=2, folder="portraits", lang=lang), report


def test_every_key_of_the_table_is_read() -> None:
    fields, report = _read(COMPLETE)
    assert not report.problems
    assert {key for key, _ in fields.lines if "." not in key} == set(BY_NAME)
    assert fields.date == dt.date(2011, 8, 1)
    assert fields.title == "Portrait de gestionnaire : Léa"
    assert fields.summary == "Une conversation sur le métier."
    assert fields.authors == ("Ana Roy", "Sam Côté")
    assert [presence.network for presence in fields.accounts] == ["twitter", "facebook", "twitter"]
    assert fields.accounts[1].note == "privé"
    assert [managed.label for managed in fields.manages] == ["@exemple", "Le deuxième"]
    assert fields.photo is not None
    assert (fields.photo.file, fields.photo.focus) == ("images/lea.jpg", (0.5, 0.3))
    assert fields.line_of("photo.credit") == 21
    assert fields.line_of("absent") == 1


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("no", "no"),
        ("12:30", "12:30"),
        ("2011", "2011"),
        ("1e3", "1e3"),
        ("yes", "yes"),
        ("0x1F", "0x1F"),
        ("'no'", "no"),
        ('"a: b"', "a: b"),
        ("Léa : suite", "Léa : suite"),
        ("@lea", "@lea"),
        ("L’été : a : b", "L’été : a : b"),
        ("100 % : tout", "100 % : tout"),
        ("c'est : ça", "c'est : ça"),
        ("-5", "-5"),
        ("oui # remarque", "oui"),
    ],
)
def test_a_value_is_the_text_that_was_typed(typed: str, read: str) -> None:
    report = ProblemCollector("x.md")
    root = read_yaml(f"role: {typed}", report)
    assert isinstance(root, Mapping)
    value = root.get("role")
    assert isinstance(value, Scalar)
    assert (value.text, report.problems) == (read, ())


@pytest.mark.parametrize(
    "text",
    [
        "a: {b: {c: {d: {e: {f: {g: 1}}}}}}",
        "[" * 400,
        "a: " + "[" * 5000,
        "a: !!python/object/apply:os.system [x]",
        "a: &x [1]\nb: [*x, *x]",
        "? [a]\n: b",
        "a: 'x",
        "a: b: c: d\n- e",
        "%YAML 1.1\n---\na: b",
        "<<: {a: b}",
        "a: |\n  b\n c",
    ],
)
def test_strange_yaml_is_a_problem_and_no_exception(text: str) -> None:
    fields, report = _read(text)
    assert report.has_errors
    assert fields.name == ""


def test_front_matter_without_an_end_is_not_read_for_hours() -> None:
    _, report = _read("name: a\n" * 10_000)
    assert [problem.code for problem in report.problems] == ["front-matter-too-long"]


DATES = [
    ("2011-07-14", "fr", dt.date(2011, 7, 14)),
    ("2011-7-4", "fr", dt.date(2011, 7, 4)),
    ("14 juillet 2011", "fr", dt.date(2011, 7, 14)),
    ("1er août 2011", "fr", dt.date(2011, 8, 1)),
    ("jeudi 14 Juillet 2011", "fr", dt.date(2011, 7, 14)),
    ("3 fevrier 2012", "fr", dt.date(2012, 2, 3)),
    ("1\u00a0décembre 2011", "fr", dt.date(2011, 12, 1)),
    ("July 14, 2011", "en", dt.date(2011, 7, 14)),
    ("14th July 2011", "en-CA", dt.date(2011, 7, 14)),
    ("14 juillet 2011", "en", dt.date(2011, 7, 14)),
    ("29 février 2012", "fr", dt.date(2012, 2, 29)),
    ("1990-01-01", "fr", dt.date(1990, 1, 1)),
    ("2100-12-31", "fr", dt.date(2100, 12, 31)),
]


@pytest.mark.parametrize(("text", "lang", "date"), DATES)
def test_a_date_is_read(text: str, lang: str, date: dt.date) -> None:
    assert read_date(text, lang) == date


@pytest.mark.parametrize(
    ("text", "lang", "hour"),
    [
        ("2026-12-01 06:00", "fr", "06:00"),
        ("2026-12-01T06:00", "fr", "06:00"),
        ("2026-12-01 6:05", "fr", "06:05"),
        ("2026-12-01 0:00", "fr", "00:00"),
        ("1er décembre 2026, 6 h", "fr", "06:00"),
        ("1er décembre 2026 à 18\u00a0h\u00a030", "fr", "18:30"),
        ("1er décembre 2026 à 18\u202fh\u202f30", "fr", "18:30"),
        ("mardi 1 décembre 2026 6h05", "fr", "06:05"),
        ("December 1, 2026 at 6:00", "en", "06:00"),
    ],
)
def test_a_date_may_give_its_hour(text: str, lang: str, hour: str) -> None:
    assert read_moment(text, lang) == (dt.date(2026, 12, 1), dt.time.fromisoformat(hour))


@pytest.mark.parametrize(("text", "lang", "date"), DATES)
def test_a_day_is_a_moment_without_an_hour(text: str, lang: str, date: dt.date) -> None:
    assert read_moment(text, lang) == (date, None)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (
            "2026-12-01 24:00",
            "l’heure de « 2026-12-01 24:00 » n’existe pas",
            "de 00:00 à 23:59, comme 2026-12-01 06:00",
        ),
        (
            "2026-12-01 6 h 75",
            "l’heure de « 2026-12-01 6 h 75 » n’existe pas",
            "de 00:00 à 23:59, comme 2026-12-01 06:00",
        ),
        *(
            (
                f"2026-12-01 6:05{more}",
                f"« 2026-12-01 6:05{more} » donne plus que l’heure et la minute",
                "gardez l’heure de la série, sur 24 heures : 2026-12-01 06:05",
            )
            for more in (":00", ":00Z", "Z", "-05:00", " pm", " demain", "+05:00")
        ),
        ("2026-12 06:00", "la date « 2026-12 » est incomplète", ""),
        ("2026-02-30 06:00", "la date « 2026-02-30 » n’existe pas au calendrier", ""),
    ],
)
def test_an_hour_that_is_none_is_refused_with_a_remedy(text: str, message: str, hint: str) -> None:
    with pytest.raises(DateRefused) as refused:
        read_moment(text, "fr")
    assert refused.value.message == message
    assert hint in refused.value.hint != ""


def test_an_hour_is_that_of_the_time_zone_with_its_offset() -> None:
    winter = in_zone(dt.date(2026, 12, 1), dt.time(6), "America/Toronto")
    summer = in_zone(dt.date(2026, 7, 1), dt.time(6), "America/Toronto")
    assert winter.isoformat() == "2026-12-01T06:00:00-05:00"
    assert summer.isoformat() == "2026-07-01T06:00:00-04:00"


@pytest.mark.parametrize(
    ("day", "hour", "message"),
    [
        ("2026-03-08", "02:30", "02:30 n’arrive jamais le 2026-03-08 (America/Toronto)"),
        ("2026-11-01", "01:00", "01:00 arrive deux fois le 2026-11-01 (America/Toronto)"),
    ],
)
def test_an_hour_that_clocks_skip_or_show_twice_is_refused(
    day: str, hour: str, message: str
) -> None:
    with pytest.raises(DateRefused) as refused:
        in_zone(dt.date.fromisoformat(day), dt.time.fromisoformat(hour), "America/Toronto")
    assert refused.value.message == message


@pytest.mark.parametrize(("day", "hour"), [("2026-03-08", "03:00"), ("2026-11-01", "02:00")])
def test_an_hour_beside_a_change_of_clocks_is_one(day: str, hour: str) -> None:
    moment = in_zone(dt.date.fromisoformat(day), dt.time.fromisoformat(hour), "America/Toronto")
    assert moment.isoformat()[:16] == f"{day}T{hour}"


def test_the_hour_of_a_portrait_is_read_with_its_date() -> None:
    fields, report = _read("name: Léa\ndate: 2026-12-01 06:00\n")
    assert report.problems == ()
    assert fields.date == dt.date(2026, 12, 1)
    assert fields.hour == dt.datetime(2026, 12, 1, 6, tzinfo=dt.UTC)


def test_a_correction_has_a_day_and_no_hour() -> None:
    _, report = _read("name: Léa\ndate: 2026-12-01\nmodified: 2026-12-02 06:00\n")
    assert [(problem.code, problem.hint) for problem in report.problems] == [
        ("bad-date", "gardez le jour seul : 2026-12-02")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2011",
        "2011-07",
        "juillet 2011",
        "14 juillet",
        "30 février 2011",
        "2011-13-01",
        "2011-02-29",
        "14/07/2011",
        "07-14-2011",
        "14.07.11",
        "1989-12-31",
        "2101-01-01",
        "demain",
        "July 14, 2011",
        "14 July 2011",
        "2011-07-14 12:30",
        "2011-07-14T08:00:00Z",
        "",
        "14 brumaire 2011",
    ],
)
def test_half_a_date_or_none_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(DateRefused) as refused:
        read_date(text, "fr")
    assert refused.value.hint
    assert str(refused.value) == refused.value.message


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("٢٠١١-٠٧-١٤", "2011-07-14"),
        ("２０１１-07-14", "2011-07-14"),
        ("१४ juillet २०११", "14 juillet 2011"),
        ("1² juillet 2011", "12 juillet 2011"),
    ],
)
def test_a_date_in_digits_of_another_script_is_refused_with_plain_ones(
    text: str, plain: str
) -> None:
    with pytest.raises(DateRefused) as refused:
        read_date(text, "fr")
    assert refused.value.hint == f"écrivez : {plain}"


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("lea.jpg", "portraits/lea.jpg"),
        ("images/lea.jpg", "images/lea.jpg"),
        ("/images/lea.PNG", "images/lea.PNG"),
        ("{static}/images/lea.webp", "images/lea.webp"),
        ("{attach}lea.gif", "portraits/lea.gif"),
        ("../images/l%C3%A9a.jpeg", "images/léa.jpeg"),
        ("/images/le%CC%81a.jpeg", "images/léa.jpeg"),
        ("/images/l%C2%ADea.jpeg", "images/lea.jpeg"),
        ("./a/../lea.jpg", "portraits/lea.jpg"),
    ],
)
def test_a_picture_stands_at(written: str, path: str) -> None:
    assert picture_path(written, "portraits") == path


@pytest.mark.parametrize(
    "written",
    [
        "../../lea.jpg",
        "/../lea.jpg",
        "{attach}/../secret.jpg",
        "https://exemple.ca/lea.jpg",
        "//exemple.ca/lea.jpg",
        "lea.svg",
        "lea",
        "data:image/png;base64,x",
        "..\\lea.jpg",
        "",
        ".jpg/..",
    ],
)
def test_a_picture_elsewhere_or_of_another_kind_is_refused(written: str) -> None:
    with pytest.raises(PathRefused):
        picture_path(written, "portraits")


@pytest.mark.parametrize(
    ("wording", "name"),
    [
        ("En quoi as-tu étudié ?", "en-quoi-as-tu-etudie"),
        ("L’œuvre de l’été, d’après toi?", "l-oeuvre-de-l-ete-d-apres-toi"),
        ("% de temps passé", "de-temps-passe"),
    ],
)
def test_a_wording_gives_an_id(wording: str, name: str) -> None:
    assert id_of(wording) == name


def test_a_language_suffix_names_the_language_and_the_translation() -> None:
    file = "---\nname: Léa\ndate: July 14, 2011\n---\n## One?\nYes.\n"
    portrait = parsed(file, source="portraits/lea.en.md").portrait
    assert portrait is not None
    assert (portrait.lang, portrait.slug, portrait.translation_key) == ("en", "lea", "lea")
    assert portrait.title == "Portrait of Léa"


def test_a_suffix_that_contradicts_the_key_is_told() -> None:
    file = "---\nname: Léa\ndate: 2011-07-14\nlang: fr\n---\n## Un ?\nOui.\n"
    problems = parsed(file, source="portraits/lea.en.md").problems
    assert "contradictory-lang" in [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("source", "better"),
    [
        ("portraits/Léa Tremblay.md", "lea-tremblay.md"),
        ("portraits/Lea.en.md", "lea.en.md"),
        ("portraits/lea.v2.md", "lea-v2.md"),
    ],
)
def test_a_file_name_that_is_no_address_comes_with_a_better_one(source: str, better: str) -> None:
    file = "---\nname: Léa\ndate: 2011-07-14\n---\n## Un ?\nOui.\n"
    hints = [
        problem.hint
        for problem in parsed(file, source=source).problems
        if problem.code == "bad-file-name"
    ]
    assert [better in hint for hint in hints] == [True]


def test_the_schema_is_valid_and_takes_what_the_guide_shows() -> None:
    schema = json_schema()
    jsonschema.Draft7Validator.check_schema(schema)
    given = yaml.safe_load(
        COMPLETE.replace("@lea", "lea").replace(
            "title: Portrait de gestionnaire : Léa", "title: Portrait"
        )
    )
    given["modified"] = str(given["modified"])
    jsonschema.Draft7Validator(schema).validate(given)
    assert set(schema["properties"]) == {key.name for key in KEYS}
    inner = (*PHOTO_KEYS, *CORRECTION_KEYS, *CONSENT_KEYS)
    assert set(messages_of("fr", "key")) == {
        f"{key.inside}_{key.name}" if key.inside else key.name for key in (*KEYS, *inner)
    }
    assert set(schema["properties"]["photo"]["properties"]) == {key.name for key in PHOTO_KEYS}


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "a"},
        {"name": "a", "date": "b", "titre": "c"},
        {"name": ["a"], "date": "b"},
        {"name": "a", "date": "b", "status": "brouillon"},
        {"name": "a", "date": "b", "photo": "x"},
    ],
)
def test_the_schema_is_as_closed_as_the_reading(wrong: dict[str, object]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft7Validator(json_schema()).validate(wrong)


def test_corrections_are_read_in_the_order_of_the_file() -> None:
    fields, report = _read(
        "name: Léa\ndate: 2011-07-14\ncorrections:\n"
        "  - date: 14 août 2011\n    text: L'atelier est à Lévis.\n"
        "  - {text: Deux fils., date: 2011-08-01}\n"
    )
    assert report.problems == ()
    assert fields.corrections == (
        Correction(dt.date(2011, 8, 14), "L'atelier est à Lévis.", 5),
        Correction(dt.date(2011, 8, 1), "Deux fils.", 7),
    )
    assert fields.line_of("corrections.1.date") == 7


def test_a_portrait_is_modified_on_the_day_of_its_newest_correction() -> None:
    head = "---\nname: Léa\ndate: 2011-07-14\n{}corrections:\n{}---\n## Un ?\n\nOui.\n"
    corrections = (
        "  - {date: 2011-08-01, text: Deux fils.}\n"
        "  - date: 2011-08-14\n    text: À l'heure : midi\n"
    )
    for modified, day in (("", 14), ("modified: 2011-08-02\n", 14), ("modified: 2011-08-20\n", 20)):
        portrait = parsed(head.format(modified, corrections)).portrait
        assert portrait is not None
        assert portrait.modified == dt.date(2011, 8, day)
        assert [one.date.day for one in portrait.corrections] == [14, 1]
        assert portrait.corrections[0].text == "À l’heure\u00a0: midi"  # typeset
