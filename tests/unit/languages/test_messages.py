"""What the editor is told, in the editor's language."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
from portraits.model.dates import DateRefused, read_date
from portraits.reader.front_matter.schema import BY_NAME
from portraits.support import messages
from portraits.support.catalogue import catalogue
from portraits.support.languages import LANGUAGES
from portraits.support.messages import (
    FILES,
    MEASURE,
    MessagesRefused,
    Names,
    in_language,
    language_of_system,
    languages,
    messages_of,
    msg,
    rooms,
    speak,
    spoken,
)
from portraits.support.problems import Problem

from tests.unit.format.case_files import parsed


@pytest.fixture(autouse=True)
def french_again() -> Iterator[None]:
    yield
    speak("fr")


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of messages with a French file."""
    for name in ("messages_of", "_sources", "_plurals", "languages"):
        monkeypatch.setattr(messages, name, getattr(messages, name).__wrapped__)
    monkeypatch.setattr(messages, "FILES", tmp_path)
    (tmp_path / "fr.toml").write_text(
        '[plurals]\none = "i = 0,1"\n\n[room]\nname = "le nom « {name} »"\n'
        'count = { one = "{count} mot", other = "{count} mots" }\n',
        encoding="utf-8",
    )
    return tmp_path


@pytest.mark.parametrize("lang", languages())
def test_every_language_has_every_message_with_its_values_and_forms(lang: str) -> None:
    assert rooms(lang) == rooms(MEASURE)
    for room in rooms(lang):
        messages_of(lang, room)  # compares it with French


@pytest.mark.parametrize("lang", languages())
def test_the_plural_rules_are_those_of_the_catalogue(lang: str) -> None:
    rules = catalogue(lang).writing.plurals
    for number in (0, 1, 2, 5, 11, 21, 100, 1_000_000):
        of_messages = {form for form, rule in messages._plurals(lang).items() if rule(number)}
        assert of_messages <= {form for form, rule in rules.items() if rule(number)}


def test_a_problem_is_printed_as_the_language_writes_it() -> None:
    problem = Problem("x.md", 3, "c", "un mot", "un autre")
    assert str(problem) == "x.md:3 : un mot — un autre"
    speak("en")
    assert str(problem) == "x.md:3: un mot — un autre"


def test_what_was_stored_in_one_language_is_read_in_another() -> None:
    stored = pickle.dumps(msg("problem.did_you_mean", word="tags"))
    assert pickle.loads(stored) == "vouliez-vous dire « tags » ?"  # noqa: S301 - our own
    speak("en")
    assert pickle.loads(stored) == "did you mean “tags”?"  # noqa: S301 - our own


def test_a_message_as_a_value_changes_its_language_too() -> None:
    hint = msg("problem.did_you_mean", word="tags")
    stored = pickle.dumps(msg("problem.hint", message="?", hint=hint))
    speak("en")
    assert pickle.loads(stored) == "? — did you mean “tags”?"  # noqa: S301 - our own


def test_names_in_a_message_may_be_messages() -> None:
    names = Names(msg("names.quoted", name=name) for name in ("alt", "file"))
    stored = pickle.dumps(msg("front_matter.indent_keys", keys=names))
    assert pickle.loads(stored) == "mettez deux espaces devant « alt », « file »"  # noqa: S301 - our own
    speak("en")
    assert pickle.loads(stored) == "put two spaces before “alt”, “file”"  # noqa: S301 - our own


def test_the_name_of_a_language_is_in_that_of_the_message() -> None:
    with pytest.raises(DateRefused) as refused:
        read_date("July 14, 2011", "fr")
    assert refused.value.message == (
        "« July 14, 2011 » est une date en anglais, le portrait est en français"
    )
    stored = pickle.dumps(refused.value.message)
    speak("en")
    assert pickle.loads(stored) == (  # noqa: S301 - our own
        "“July 14, 2011” is a date in English, the portrait is in French"
    )


@pytest.mark.parametrize("lang", languages())
def test_what_others_read_too_is_in_their_language(lang: str) -> None:
    speak(lang)
    description = BY_NAME["lang"].description
    own = messages_of(lang, "key")["lang"]
    assert isinstance(own, str)
    assert description.startswith(own.partition("{")[0])
    assert in_language("en", description) == f"Language of the portrait: {' or '.join(LANGUAGES)}."


def test_a_portrait_with_faults_is_told_in_english() -> None:
    speak("en")
    text = (
        "---\nnom: Léa\ndate: 03/07/2011\ntags: [a, A]\nnetwork: mastodont\n"
        "photo:\nfile: lea.jpg\nalt: Léa\naccounts: {twitter: [a]}\nsummary: C #1\n"
        "tite: Léa\u200b\u200b\n---\n\n## Pourquoi?\n\nParce que.\n"
    )
    assert [
        str(problem).removeprefix("portraits/lea.md:") for problem in parsed(text).problems
    ] == [
        "2: the key “nom” is unknown — did you mean “name”?",
        "3: “03/07/2011” can be read in two ways — "
        "write it out (14 juillet 2011) or in ISO form (2011-07-14)",
        "4: “A” stands twice in “tags” — keep one of the two",
        "5: the network “mastodont” is unknown — did you mean “mastodon”?",
        "6: the key “photo” has no value — put two spaces before “file”, “alt”",
        "9: “accounts.twitter” takes the name of an account, an address or a note — "
        "expected: at most 15 characters: letters without accents, digits and “_”",
        "10: “#1” is taken for a comment (#) and disappears — "
        'put the value in quotation marks: "C #1"',
        "11: 2 invisible characters: U+200B (zero width space); line 11 — "
        "delete them: no name, account or address has any",
        "11: the key “tite” is unknown — did you mean “title”?",
    ]


def test_counts_choose_the_form_of_the_language(files: Path) -> None:
    assert [msg("room.count", count=count) for count in (0, 1, 2)] == ["0 mot", "1 mot", "2 mots"]


@pytest.mark.parametrize(
    ("environment", "lang"),
    [
        ({"LANG": "en_CA.UTF-8"}, "en"),
        ({"LANG": "en_CA.UTF-8", "LC_ALL": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr", "LC_MESSAGES": "en@latin"}, "en"),
        ({"LANG": "en_CA", "LANGUAGE": "is:fr_FR:en"}, "fr"),
        ({"LANG": "C.UTF-8"}, ""),
        ({"LANG": "is_IS.UTF-8"}, ""),
        ({"LC_ALL": "C", "LANG": "en_CA"}, ""),
        ({}, ""),
    ],
)
def test_the_locale_of_the_system_chooses(environment: dict[str, str], lang: str) -> None:
    assert language_of_system(environment) == lang


def test_a_setting_goes_before_the_system_and_the_system_before_the_site(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def chosen(locale: str, setting: str, site: str) -> str:
        monkeypatch.setenv("LANGUAGE", locale)
        messages.choose(setting, site)
        return spoken()

    assert chosen("en", "fr", "en") == "fr"
    assert chosen("en", "", "fr") == "en"
    assert chosen("C", "", "en-CA") == "en"
    assert chosen("C", "", "tlh") == "fr"


def test_a_language_without_messages_is_not_spoken() -> None:
    with pytest.raises(KeyError):
        speak("tlh")
    assert spoken() == "fr"


@pytest.mark.parametrize(
    ("room", "fault"),
    [
        ('name = "the name “{name}”"', "xx.toml: room.count: missing"),
        ('name = "the name"\ncount = { one = "{count}", other = "{count}" }', "values are name"),
        ('name = "{name}"\ncount = "{count}"', "only one of the languages counts"),
        ('name = "{name}"\ncount = { other = "{count}" }', "the forms are one, other"),
        ('name = "{name}"\ncount = {}\nmore = ""', "room.count: the forms"),
        ('name = "{name}', "room: "),
        ('name = "{name}"\n[room]\n', "room: this room stands twice"),
    ],
)
def test_a_faulty_file_is_refused_with_the_key_when_its_room_is_loaded(
    room: str, fault: str, files: Path
) -> None:
    (files / "xx.toml").write_text(
        f'[plurals]\none = "i = 1"\n\n[room]\n{room}\n', encoding="utf-8"
    )
    with pytest.raises(MessagesRefused, match="xx") as refused:
        messages.messages_of("xx", "room")
    assert fault in str(refused.value)


def test_one_file_more_is_one_language_more(files: Path) -> None:
    assert messages.languages() == ("fr",)
    (files / "xx.toml").write_text("", encoding="utf-8")
    assert messages.languages() == ("fr", "xx")


def test_the_files_stand_where_the_package_takes_them() -> None:
    assert (FILES / "fr.toml").is_file()
