"""A new series in one command: what is asked, what is refused, and what each file says."""

from __future__ import annotations

import ast
import io
import runpy
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from portraits import commands, theme
from portraits.cli import HOSTS as OFFERED
from portraits.cli import LOOKS as OFFERED_LOOKS
from portraits.editor.series_folder import (
    HOSTS,
    QUESTIONS,
    NewSeries,
    series_files,
    write_series,
    wrong_answers,
)
from portraits.settings import LOOKS, settings_from
from portraits.support import messages
from portraits.support.languages import LANGUAGES

from tests.conftest import ROOT

NAME = "Gens de mer"
HOSTILE = (
    "L’été d’Ana",
    "D'un \"mot\" à l'autre",
    '"""; raise SystemExit("x") #',
    "{{ 7 * 7 }} {% raw %}",
    "C:\\nouveau\\portraits",
    "# $(touch x) `y` <script>",
    "村上 🌊 series",
    "a: [b, c] | & * !",
)


class Terminal(io.StringIO):
    """A keyboard at which somebody types these lines."""

    def isatty(self) -> bool:
        return True


def init(folder: Path, **given: str) -> int:
    return commands.init(str(folder), given)


@pytest.fixture(autouse=True)
def nobody_types(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())


def settings_of(folder: Path, file: str = "pelicanconf.py") -> dict[str, Any]:
    """The settings of a folder, without the module of another folder's file."""
    sys.modules.pop("pelicanconf", None)
    path = list(sys.path)
    try:
        return runpy.run_path(str(folder / file))
    finally:
        sys.path[:] = path
        sys.modules.pop("pelicanconf", None)


def written(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_folder_holds_a_series_and_nothing_of_ours(tmp_path: Path) -> None:
    assert init(tmp_path / "serie", name=NAME) == 0
    assert written(tmp_path / "serie") == {
        ".github/workflows/publier.yml",
        ".github/workflows/relire.yml",
        ".gitignore",
        "Makefile",
        "README.md",
        "content/pages/a-propos.md",
        "content/portraits/exemple.md",
        "content/questionnaire.yml",
        "pelicanconf.py",
        "publishconf.py",
        "requirements.txt",
        "tasks.py",
    }


@pytest.mark.parametrize("name", HOSTILE)
def test_any_name_stands_in_the_settings_as_it_was_typed(name: str, tmp_path: Path) -> None:
    assert init(tmp_path / "serie", name=name, address="https://mer.example/serie/") == 0
    settings = settings_of(tmp_path / "serie", "publishconf.py")
    assert (settings["SITENAME"], settings["AUTHOR"]) == (name, name)
    assert settings["SITEURL"] == "https://mer.example/serie"
    assert settings["THEME"] == theme()
    settings_from(settings)
    readme = (tmp_path / "serie/README.md").read_text(encoding="utf-8")
    assert "<script>" not in readme and "49" not in readme.splitlines()[0]
    for file in ("pelicanconf.py", "publishconf.py", "tasks.py"):
        ast.parse((tmp_path / "serie" / file).read_text(encoding="utf-8"))


def test_each_language_has_its_wording_and_the_first_is_the_site_s(tmp_path: Path) -> None:
    assert init(tmp_path / "serie", name=NAME, lang="en, fr", network="bluesky") == 0
    settings = settings_of(tmp_path / "serie")
    assert settings["DEFAULT_LANG"] == "en"
    assert settings["PORTRAITS"]["default_network"] == "bluesky"
    content = tmp_path / "serie/content"
    questions = yaml.safe_load((content / "questionnaire.yml").read_text(encoding="utf-8"))
    assert [list(entry) for entry in questions["questions"]] == [["id", "en", "fr"]] * 2
    assert "lang: en" in (content / "portraits/exemple.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_sample_says_that_it_is_invented(lang: str) -> None:
    texts = {str(path): text for path, text in series_files(NewSeries(NAME, lang=lang)).items()}
    sample = texts["content/portraits/exemple.md"]
    assert {"fr": "n’existe pas", "en": "does not exist"}[lang] in sample


def test_hosts_and_looks_are_those_that_the_command_offers() -> None:
    assert HOSTS == OFFERED
    assert LOOKS == OFFERED_LOOKS


@pytest.mark.parametrize("host", HOSTS)
def test_each_host_gets_its_workflows_and_no_other(host: str) -> None:
    paths = {str(path) for path in series_files(NewSeries(NAME, host=host))}
    assert (".github/workflows/publier.yml" in paths) == (host == "github")
    assert (".gitlab-ci.yml" in paths) == (host == "gitlab")


def test_the_workflows_of_a_series_use_the_actions_of_ours() -> None:
    """They are pinned by hash, and updated together."""
    ours = "".join(path.read_text() for path in (ROOT / ".github/workflows").glob("*.yml"))
    for path, text in series_files(NewSeries(NAME)).items():
        if path.suffix == ".yml" and ".github" in path.parts:
            yaml.safe_load(text)
            uses = [line.split("uses: ")[1] for line in text.splitlines() if "uses: " in line]
            assert uses and [use for use in uses if use not in ours] == []
            assert "secrets." not in text and "persist-credentials: false" in text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "--name : il manque le nom de la série"),
        ({"name": "« »"}, "--name : il manque le nom de la série"),
        ({"name": "a\nb"}, "--name : le nom contient un caractère invisible"),
        ({"name": "a" * 201}, "--name : le nom a plus de 200 caractères"),
        ({"name": NAME, "address": "exemple.org"}, "« exemple.org » n’est pas l’adresse d’un site"),
        ({"name": NAME, "address": 'https://a"b.example'}, "n’est pas l’adresse d’un site"),
        ({"name": NAME, "address": "https://[x"}, "n’est pas l’adresse d’un site"),
        ({"name": NAME, "lang": "fr,xx"}, "--lang : « xx » n’est pas une langue connue"),
        ({"name": NAME, "network": "mastodont"}, "vouliez-vous dire « mastodon » ?"),
    ],
)
def test_an_impossible_answer_is_named_and_nothing_is_written(
    given: dict[str, str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert init(tmp_path / "serie", **given) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "serie").exists()


def test_on_a_terminal_what_is_missing_is_asked_until_it_is_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed = "\nGens de mer\nmer.example\nhttps://mer.example\n\nbluesky\naffiche\n"
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    assert init(tmp_path / "serie", host="gitlab") == 0
    said = capsys.readouterr().err
    assert "il manque le nom de la série" in said
    assert "« mer.example » n’est pas l’adresse d’un site" in said
    assert "Hébergement" not in said
    settings = settings_of(tmp_path / "serie", "publishconf.py")
    assert (settings["SITENAME"], settings["SITEURL"]) == (NAME, "https://mer.example")
    assert settings["PORTRAITS"]["default_network"] == "bluesky"
    assert settings["PORTRAITS"]["look"] == "affiche"


def test_the_questions_are_asked_in_the_editor_s_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "_spoken", "en")
    assert [asked.question for asked in QUESTIONS.values()] == [
        "Name of the series",
        "Address of the site (nothing if it is not known yet)",
        f"Languages, the first is that of the site ({', '.join(LANGUAGES)})",
        "Network of a bare “@name”",
        f"Look of the site ({', '.join(LOOKS)})",
        f"Hosting ({', '.join(HOSTS)})",
    ]
    assert QUESTIONS["look"].refusal("affich") == "“affich” is unknown — did you mean “affiche”?"
    [wrong] = wrong_answers(NewSeries("— ", look=LOOKS[0]))
    assert (wrong.message, wrong.hint) == (
        "the name of the series is missing",
        "for example “Gens de mer”",
    )


def test_who_stops_answering_gets_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal("Gens de mer\n"))
    assert init(tmp_path / "serie") == 1
    assert capsys.readouterr().err.endswith("Interrompu.\n")
    assert not (tmp_path / "serie").exists()


def test_a_folder_that_is_not_empty_stays_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("a")
    assert init(tmp_path, name=NAME) == 1
    assert "ce dossier n’est pas vide" in capsys.readouterr().err
    assert init(tmp_path / "a.txt", name=NAME) == 1
    assert "un fichier porte déjà ce nom" in capsys.readouterr().err
    assert [problem.code for problem in wrong_answers(NewSeries())] == ["new-series"]
    assert written(tmp_path) == {"a.txt"}


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    assert init(tmp_path, name=NAME) == 0
    assert (tmp_path / "pelicanconf.py").is_file()


def test_a_folder_that_cannot_be_finished_is_taken_away(tmp_path: Path) -> None:
    files = series_files(NewSeries(NAME))
    unwritable = dict(files) | {next(iter(files)).with_name("x\udcff.py"): "\udcff"}
    with pytest.raises(UnicodeEncodeError):
        write_series(tmp_path / "a" / "serie", unwritable)
    assert list(tmp_path.iterdir()) == []
