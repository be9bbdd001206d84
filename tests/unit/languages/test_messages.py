"""What the editor is told, in the editor's language."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
from portraits.support import messages
from portraits.support.catalogue import catalogue
from portraits.support.messages import (
    FILES,
    MEASURE,
    MessagesRefused,
    language_of_system,
    languages,
    messages_of,
    msg,
    rooms,
    speak,
    spoken,
)
from portraits.support.problems import Problem


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
