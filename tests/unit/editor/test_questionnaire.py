"""The questionnaire as it is sent: one page on its own, or the text of an e-mail."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from pathlib import Path

import html5lib
import portraits
import pytest
from bs4 import BeautifulSoup
from portraits.editor import cli, questionnaire_html, questionnaire_text
from portraits.editor.asking import chosen
from portraits.reader.questionnaire import Questionnaire, QuestionnaireEntry, read_questionnaire
from portraits.settings import LOOKS, Settings
from portraits.support.problems import SourceRefused

CASES = Path(__file__).parents[2] / "cases" / "import"
SETTINGS = Settings(site_name="Les voix basses", email="redaction@exemple.ca")
QUESTIONNAIRE: Questionnaire = read_questionnaire(
    "questionnaire.yml", (CASES / "questionnaire.yml").read_bytes()
)[0]
LANGUAGES = ["fr", "en"]


def page(lang: str = "fr", name: str = "Zoé Lapierre") -> BeautifulSoup:
    return BeautifulSoup(questionnaire_html(name, SETTINGS, QUESTIONNAIRE, lang), "html.parser")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_valid_html(lang: str) -> None:
    parser = html5lib.HTMLParser(strict=True)
    assert parser.parse(questionnaire_html("Zoé", SETTINGS, QUESTIONNAIRE, lang)) is not None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_asks_every_question_in_its_language_and_order(lang: str) -> None:
    asked = [(field["data-id"], field["data-wording"]) for field in page(lang).select("[data-id]")]
    assert asked == [(entry.id, entry.wording(lang)) for entry in QUESTIONNAIRE.entries]
    assert page(lang).html["lang"] == lang  # type: ignore[index]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_has_a_label(lang: str) -> None:
    soup = page(lang)
    labels = {label["for"] for label in soup.select("label[for]")}
    for field in soup.select("input:not([type=hidden]), textarea"):
        assert field.get("id") in labels or field.get("aria-label"), field


def test_the_page_loads_and_sends_nothing() -> None:
    soup = page()
    assert not soup.select("[src], link, form[action], iframe, img")
    links = [str(link["href"]) for link in soup.select("a[href]")]
    assert all(link.startswith(("#", "mailto:")) for link in links)


@pytest.mark.parametrize("look", LOOKS)
def test_the_page_has_the_faces_and_the_colours_of_the_look(look: str) -> None:
    html = questionnaire_html("Zoé", replace(SETTINGS, look=look), QUESTIONNAIRE, "fr")
    static = Path(portraits.theme()) / "static"
    style = str(BeautifulSoup(html, "html.parser").style.string)  # type: ignore[union-attr]
    assert (static / "css" / "looks" / f"{look}.css").read_text(encoding="utf-8") in style
    for face in ("newsreader", "newsreader-italic", "atkinson-hyperlegible-next"):
        data = base64.b64encode((static / "fonts" / f"{face}.woff2").read_bytes()).decode()
        assert f"data:font/woff2;base64,{data}" in style
    assert set(re.findall(r'url\("([a-z]+:)?', style)) == {"data:"}
    assert len(html.encode()) < 200_000


def test_a_file_that_the_theme_lacks_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "questionnaire.yml").write_bytes((CASES / "questionnaire.yml").read_bytes())
    said: list[str] = []
    output = tmp_path / "envoi.html"
    assert cli.questionnaire("Zoé", tmp_path, output, theme=tmp_path, say=said.append) == 1
    assert "fonts.css" in said[0]
    assert not output.exists()


SECTIONED = """questions:
  - {id: a, fr: Un?, en: One?}
  - {id: b, fr: Deux?, section: {fr: Le métier, en: The job}}
  - {id: c, fr: Trois?}
  - {id: d, fr: Quatre?, section: {fr: La suite}}
"""


def headings(lang: str, questions: list[str] | None = None) -> list[tuple[str, list[str]]]:
    """The sections of questions: heading, and the ids of what they ask."""
    known, problems = read_questionnaire("q", SECTIONED.encode())
    assert problems == ()
    html = questionnaire_html("Zoé", SETTINGS, known, lang, questions)
    return [
        (part.h2.get_text(), [str(field["data-id"]) for field in part.select("[data-id]")])  # type: ignore[union-attr]
        for part in BeautifulSoup(html, "html.parser").select("section:has([data-id])")
    ]


def test_questions_stand_in_the_sections_of_the_questionnaire() -> None:
    assert headings("fr") == [
        ("Les questions", ["a"]),
        ("Le métier", ["b", "c"]),
        ("La suite", ["d"]),
    ]
    assert headings("en")[1] == ("The job", ["b", "c"])


def test_a_question_keeps_its_section_where_the_one_that_begins_it_is_not_asked() -> None:
    assert headings("fr", ["c"]) == [("Le métier", ["c"])]


def test_a_questionnaire_without_sections_makes_one_run_of_questions() -> None:
    assert len(page().select("section:has([data-id])")) == 1


def test_a_section_that_is_no_table_of_languages_is_refused_with_what_to_write() -> None:
    _, problems = read_questionnaire("q", b"questions:\n  - {id: a, fr: Un?, section: Deux}\n")
    assert [(p.line, p.code, p.hint) for p in problems] == [
        (2, "wrong-type", "écrivez : section: {fr: …}")
    ]


def test_the_form_says_tu() -> None:
    assert not re.search(r"(?i)\b(vous|votre|vos)\b", page("fr").body.get_text())  # type: ignore[union-attr]


def test_the_policy_allows_exactly_the_page_s_own_style_and_script() -> None:
    soup = page()
    policy = str(soup.select_one('meta[http-equiv="Content-Security-Policy"]')["content"])  # type: ignore[index]
    assert policy.startswith("default-src 'none';")
    for element in (soup.style, soup.select("script")[-1]):
        digest = hashlib.sha256(str(element.string).encode()).digest()  # type: ignore[union-attr]
        assert f"'sha256-{base64.b64encode(digest).decode()}'" in policy


def test_a_name_and_a_wording_are_text_and_never_markup() -> None:
    hostile = '</script><b>"Zoé" & {{ x }}'
    questionnaire = Questionnaire((QuestionnaireEntry("q", (("fr", hostile),)),))
    soup = BeautifulSoup(questionnaire_html(hostile, SETTINGS, questionnaire, "fr"), "html.parser")
    assert not soup.select("b")
    assert soup.select_one("[data-id=q]")["data-wording"] == hostile  # type: ignore[index]
    assert soup.select_one("#nom")["value"] == hostile  # type: ignore[index]


def test_a_french_page_has_no_english_and_an_english_page_no_french() -> None:
    assert "Save" not in page("fr").get_text()
    assert "Enregistr" not in page("en").get_text()


def test_the_same_questionnaire_gives_the_same_bytes() -> None:
    assert questionnaire_html("Zoé", SETTINGS, QUESTIONNAIRE, "fr") == questionnaire_html(
        "Zoé", SETTINGS, QUESTIONNAIRE, "fr"
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_text_for_an_email_numbers_and_names_every_question(lang: str) -> None:
    lines = questionnaire_text("Zoé", SETTINGS, QUESTIONNAIRE, lang).split("\n")
    asked = [line for line in lines if line.endswith("]")]
    assert asked == [
        f"{n}. {entry.wording(lang)} [{entry.id}]"
        for n, entry in enumerate(QUESTIONNAIRE.entries, 1)
    ]


def test_a_question_that_the_questionnaire_does_not_have_is_refused_with_the_one_meant() -> None:
    first, *_ = QUESTIONNAIRE.entries
    with pytest.raises(SourceRefused) as refused:
        chosen(QUESTIONNAIRE, [first.id, f"{first.id}x", "zzzz"])
    assert [(problem.code, problem.hint) for problem in refused.value.problems] == [
        ("unknown-question", f"vouliez-vous dire « {first.id} » ?"),
        ("unknown-question", "les noms sont ceux des « id: »"),
    ]


@pytest.mark.parametrize(
    ("as_text", "name"),
    [(False, "questionnaire-zoe-lapierre.html"), (True, "questionnaire-zoe-lapierre.txt")],
)
def test_the_command_writes_what_is_to_be_sent(
    as_text: bool, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "questionnaire.yml").write_bytes((CASES / "questionnaire.yml").read_bytes())
    monkeypatch.chdir(tmp_path)
    said: list[str] = []
    assert cli.questionnaire("Zoé Lapierre", tmp_path, as_text=as_text, say=said.append) == 0
    assert (tmp_path / name).is_file() and name in said[0]
    assert cli.questionnaire("Zoé Lapierre", tmp_path, as_text=as_text, say=said.append) == 1


@pytest.mark.parametrize("output", ["lien/envoi.html", "lien.html"])
def test_the_questionnaire_is_not_written_through_a_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    (tmp_path / "ailleurs").mkdir()
    (tmp_path / "lien").symlink_to("ailleurs")
    (tmp_path / "lien.html").symlink_to("ailleurs/envoi.html")
    monkeypatch.chdir(tmp_path)
    said: list[str] = []
    status = cli.questionnaire("Zoé", CASES, Path(output), force=True, say=said.append)
    assert status == 1
    assert "c’est un lien symbolique" in said[0]
    assert list((tmp_path / "ailleurs").iterdir()) == []
