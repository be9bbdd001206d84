"""The new portrait file: ready to fill in, never in the way of another."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from portraits.editor import cli, new_portrait
from portraits.reader.questionnaire import Questionnaire, read_questionnaire
from portraits.reader.source import parse
from portraits.settings import Settings
from portraits.support import messages
from portraits.support.problems import SourceRefused

CASES = Path(__file__).parents[2] / "cases" / "import"
SETTINGS = Settings()
QUESTIONNAIRE: Questionnaire = read_questionnaire(
    "questionnaire.yml", (CASES / "questionnaire.yml").read_bytes()
)[0]
TODAY = dt.date(2026, 1, 2)


def filled(text: str) -> str:
    """The file as an editor might fill it in."""
    lines = []
    for line in text.split("\n"):
        lines.append(line)
        if line.startswith("## "):
            lines += ["", "- @ana_roy pour ses ruelles" if "#FF" in line else "Une réponse."]
    return "\n".join(lines)


@pytest.mark.parametrize("name", ["Léa Tremblay", "Jean: « D’Amour »", "no", "O'Brien #2", "12:30"])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_file_that_was_filled_in_is_a_portrait(name: str, lang: str) -> None:
    text = filled(new_portrait(name, SETTINGS, QUESTIONNAIRE, lang, today=TODAY))
    suffix = "" if lang == "fr" else ".en"
    read = parse(f"portraits/x{suffix}.md", text.encode(), SETTINGS, QUESTIONNAIRE)
    assert read.portrait, read.problems
    assert [e.question.id for e in read.portrait.exchanges] == list(QUESTIONNAIRE.by_id)
    assert read.portrait.lang == lang
    assert read.portrait.date == TODAY


def test_only_the_questions_that_were_chosen_are_asked_in_their_order() -> None:
    text = new_portrait("Zoé", SETTINGS, QUESTIONNAIRE, "fr", ["outil", "etudes"])
    asked = [line for line in text.split("\n") if line.startswith("## ")]
    assert asked == [
        "## Quel est ton outil préféré? {#outil}",
        "## Quelles études as-tu faites? {#etudes}",
        "## #FF Qui devrait-on suivre?",
        "## Lecture",
    ]


def test_an_unknown_question_is_refused_with_the_one_that_was_meant() -> None:
    with pytest.raises(SourceRefused, match="vouliez-vous dire « outil »"):
        new_portrait("Zoé", SETTINGS, QUESTIONNAIRE, "fr", ["outils"])


def test_without_a_day_the_date_is_left_to_be_written() -> None:
    text = new_portrait("Zoé", SETTINGS, QUESTIONNAIRE, "fr")
    problems = parse("portraits/x.md", filled(text).encode(), SETTINGS, QUESTIONNAIRE).problems
    assert [p.field for p in problems if p.is_error] == ["date"]


@pytest.mark.parametrize("line", ["role", "tags", "authors", "accounts", "manages", "summary"])
def test_a_suggested_key_is_valid_once_its_sign_is_taken_off(line: str) -> None:
    text = filled(new_portrait("Zoé", SETTINGS, QUESTIONNAIRE, "fr", today=TODAY))
    text = text.replace(f"# {line}: ", f"{line}: ")
    read = parse("portraits/x.md", text.encode(), SETTINGS, QUESTIONNAIRE)
    assert read.portrait, read.problems


@pytest.fixture
def content(tmp_path: Path) -> Path:
    (tmp_path / "questionnaire.yml").write_bytes((CASES / "questionnaire.yml").read_bytes())
    return tmp_path


def test_the_command_writes_the_file_and_says_what_to_do_next(content: Path) -> None:
    said: list[str] = []
    assert cli.new("Léa Tremblay", content, today=TODAY, say=said.append) == 0
    assert (content / "portraits" / "lea-tremblay.md").is_file()
    assert "est prêt" in said[0] and len(said) == 4


def test_the_command_overwrites_nothing_without_force(content: Path) -> None:
    said: list[str] = []
    cli.new("Léa Tremblay", content, say=said.append)
    path = content / "portraits" / "lea-tremblay.md"
    path.write_text("à moi", encoding="utf-8")
    assert cli.new("Léa  Tremblay", content, say=said.append) == 1
    assert path.read_text(encoding="utf-8") == "à moi"
    assert cli.new("Léa Tremblay", content, force=True, say=said.append) == 0
    assert path.read_text(encoding="utf-8").startswith("---")


@pytest.mark.parametrize(
    ("name", "questions", "status"), [("", None, 2), ("…", None, 2), ("Zoé", ["inconnue"], 1)]
)
def test_the_command_says_what_is_wrong_with_what_it_was_given(
    name: str, questions: list[str] | None, status: int, content: Path
) -> None:
    said: list[str] = []
    assert cli.new(name, content, questions=questions, say=said.append) == status
    assert said and not (content / "portraits").exists()


def test_without_a_questionnaire_a_portrait_has_no_questions_yet(tmp_path: Path) -> None:
    said: list[str] = []
    assert cli.new("Zoé", tmp_path, say=said.append) == 0
    assert "pas de questionnaire" in said[0]
    text = (tmp_path / "portraits" / "zoe.md").read_text(encoding="utf-8")
    headings = [line[3:6] for line in text.splitlines() if line.startswith("## ")]
    assert headings == ["#FF", "Lec"]


def test_an_english_portrait_stands_beside_the_french_one(content: Path) -> None:
    assert cli.new("Léa Tremblay", content, lang="en", say=lambda _: None) == 0
    assert (content / "portraits" / "lea-tremblay.en.md").is_file()


def test_a_new_portrait_is_not_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "ailleurs").mkdir()
    (tmp_path / "portraits").symlink_to("ailleurs")
    said: list[str] = []
    assert cli.new("Zoé", tmp_path, force=True, say=said.append) == 1
    assert "portraits : c’est un lien symbolique" in said[-1]
    assert list((tmp_path / "ailleurs").iterdir()) == []


@pytest.mark.parametrize(
    ("name", "file", "asks"),
    [
        ("Łukasz Sørensen", "lukasz-sorensen.md", False),
        ("Đặng Thị Ngọc", "dang-thi-ngoc.md", False),
        ("Ольга", "olga.md", True),
        ("سارة", "srh.md", True),
        ("村上春樹", "cunshangchunshu.md", True),
    ],
)
def test_a_name_in_any_script_names_the_file_and_one_that_is_not_latin_is_asked_about(
    content: Path, name: str, file: str, asks: bool
) -> None:
    said: list[str] = []
    assert cli.new(name, content, say=said.append) == 0
    assert (content / "portraits" / file).is_file()
    assert ("en lettres latines?" in "\n".join(said)) is asks


def test_the_editor_is_told_what_to_do_next_in_their_language(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "_spoken", "en")
    said: list[str] = []
    assert cli.new("村上", content, say=said.append) == 0
    assert said[0].endswith(".md is ready.")
    assert said[1].startswith("  How does the person write their name in Latin letters?")
    assert cli.new("Zoé", content, questions=["outils"], say=said.append) == 1
    assert said[-1].endswith("no question is called “outils” — did you mean “outil”?")
