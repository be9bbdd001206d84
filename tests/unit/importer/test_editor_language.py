"""The language that the editor reads changes what is said of an import, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from portraits.importer import cli
from portraits.importer.portrait import Imported
from portraits.importer.report import report_text
from portraits.importer.transcript import Block, Kind
from portraits.model.review_comments import MARK, pending
from portraits.support.messages import languages, msg, speak

from tests.unit.importer.shapes import CASES, imported_from

SOURCES = sorted(path for path in (CASES / "sources").iterdir() if path.suffix != ".xml")
OTHERS = [lang for lang in languages() if lang != "fr"]
PAGE = b"""<!DOCTYPE html><html><head><title>Zo&eacute; Roy, relieuse</title></head><body>
<p>Publi&eacute; le 14 juillet 2011</p><p><b>Qui es-tu?</b></p><p>Une relieuse.</p>
<p><b>O&ugrave; vis-tu?</b></p><p>Ici.</p></body></html>"""
POST = "Une image.\n\n![Zoé](photo.jpg)\n\n## Qui es-tu?\n\nMoi.\n\n## Où?\n\nIci.\n".encode()
LABELS = """Luc Roy : Qui es-tu?

Zoé Tanguay : Une relieuse.

Luc Roy : Où vis-tu?

Zoé Tanguay : Ici.
""".encode()
NUMBERS = b"1. Une relieuse.\n\n2. En 2011.\n\n4. Des livres, et encore des livres.\n"
GIVEN = {
    **{path.name: path.read_bytes() for path in SOURCES},
    "fenetre.html": PAGE,
    "image.md": POST,
    "etiquettes.txt": LABELS,
    "numeros.txt": NUMBERS,
}


@pytest.fixture(autouse=True)
def french_again() -> Iterator[None]:
    yield
    speak("fr")


def without_comments(result: Imported) -> list[str]:
    lines = result.text.split("\n")
    return [line.partition("    # ")[0] for line in lines if not line.startswith("#")]


@pytest.mark.parametrize("lang", OTHERS)
@pytest.mark.parametrize("name", GIVEN)
def test_an_import_is_the_same_in_every_language_but_for_what_is_said_of_it(
    name: str, lang: str
) -> None:
    french = imported_from(name, GIVEN[name])
    speak(lang)
    other = imported_from(name, GIVEN[name])
    assert without_comments(other) == without_comments(french)
    assert other.accounting == french.accounting
    assert [(entry.concern, entry.line) for entry in other.report.entries] == [
        (entry.concern, entry.line) for entry in french.report.entries
    ]
    assert [block.kind for block in other.transcript.blocks] == [
        block.kind for block in french.transcript.blocks
    ]


def test_the_report_and_the_comments_are_in_the_editors_language() -> None:
    speak("en")
    result = imported_from("page.html", GIVEN["page.html"])
    report = report_text(result.report, result.accounting, result.questions)
    assert report.startswith("Import of page.html\n")
    assert "\nTo review in the portrait (" in report
    assert "“Ses outils” — formatted like the questions, but does not read like one" in report
    assert "«" not in "".join(entry.why for entry in result.report.entries)


def test_the_mark_of_a_review_comment_is_the_files_and_is_found_again() -> None:
    speak("en")
    text = imported_from("gras.html", GIVEN["gras.html"]).text
    comments = [line for line in text.split("\n") if line.startswith(MARK)]
    assert comments[0].startswith("# à vérifier, ligne 25 : “Et l’hiver?” — short question")
    assert len(pending("gras.md", text)) == len(comments) > 1


def test_a_page_says_whose_portrait_it_is_and_of_which_day_in_every_language() -> None:
    for lang in languages():
        speak(lang)
        result = imported_from("fenetre.html", PAGE)
        assert "\nname: Zoé Roy\n" in result.text
        assert "\ndate: 2011-07-14\n" in result.text


def test_what_a_block_is_left_for_is_known_in_whichever_language_it_is_said() -> None:
    told = Block(1, 1, "Zoé", "", Kind.BOILERPLATE, why=msg("import_html.window_title"))
    assert told.is_because("import_block.time", "import_html.window_title")
    assert not told.is_because("import_block.time")
    typed = Block(1, 1, "Zoé", "", Kind.BOILERPLATE, why="titre de la fenêtre")
    assert not typed.is_because("import_html.window_title")


def test_the_command_speaks_the_editors_language(tmp_path: Path) -> None:
    speak("en")
    said: list[str] = []
    source = tmp_path / "fenetre.html"
    source.write_bytes(PAGE)
    (tmp_path / "content").mkdir()
    assert cli.run([source, tmp_path / "rien.txt"], tmp_path / "content", say=said.append) == 1
    assert said[0] == (
        f"{tmp_path / 'content' / 'questionnaire.yml'}: no questionnaire — "
        "the questions will not be linked to anything."
    )
    assert f"{tmp_path / 'rien.txt'}: this file does not exist, or is not a file" in said
    assert said[-1] == "1 portrait imported, 1 source refused."
