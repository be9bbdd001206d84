"""The command « importer » as a person meets it: statuses, files, sentences."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from portraits.importer import cli

from tests.unit.importer.shapes import CASES

SOURCES = CASES / "sources"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "questionnaire.yml").write_bytes((CASES / "questionnaire.yml").read_bytes())
    return folder


class Workspace:
    """Runs the command and keeps what it says."""

    def __init__(self, content: Path) -> None:
        self.content, self.said = content, ""

    def run(self, *files: Path, force: bool = False, everything: bool = False) -> int:
        heard: list[str] = []
        status = cli.run(files, self.content, force=force, everything=everything, say=heard.append)
        self.said = "\n".join(heard)
        return status

    def given(self, name: str, data: bytes) -> int:
        """Import a file made of ``data``."""
        path = self.content.parent / name
        path.write_bytes(data)
        return self.run(path)

    @property
    def written(self) -> set[str]:
        return {path.name for path in (self.content / "portraits").glob("*")}


@pytest.fixture
def workspace(content: Path) -> Workspace:
    return Workspace(content)


def test_an_import_writes_the_portrait_and_its_report_and_says_what_is_left(
    workspace: Workspace,
) -> None:
    assert workspace.run(SOURCES / "blogue.txt") == 0
    assert workspace.written == {"zoe-lapierre.md", "zoe-lapierre.import.txt"}
    assert "il manque la clé « date »" in workspace.said
    assert "question courte prise pour une relance" in workspace.said


def test_nothing_is_overwritten_without_force(workspace: Workspace) -> None:
    workspace.run(SOURCES / "blogue.txt")
    portrait = workspace.content / "portraits" / "zoe-lapierre.md"
    portrait.write_text("à moi", encoding="utf-8")
    assert workspace.run(SOURCES / "blogue.txt") == 1
    assert "existe déjà" in workspace.said and "--force" in workspace.said
    assert portrait.read_text(encoding="utf-8") == "à moi"
    assert workspace.run(SOURCES / "blogue.txt", force=True) == 0
    assert portrait.read_text(encoding="utf-8").startswith("---")


def test_two_sources_of_one_run_do_not_overwrite_each_other_even_with_force(
    workspace: Workspace,
) -> None:
    assert workspace.run(SOURCES / "blogue.txt", SOURCES / "page.html", force=True) == 1
    assert "s’appelle déjà zoe-lapierre.md" in workspace.said


def test_an_export_gives_its_interviews_its_comments_and_the_list_of_the_rest(
    workspace: Workspace,
) -> None:
    assert workspace.run(SOURCES / "export.xml") == 0
    assert workspace.written == {
        "zoe-lapierre.md",
        "zoe-lapierre.import.txt",
        "zoe-lapierre.comments.json",
        "luc-savard.md",
        "luc-savard.import.txt",
    }
    assert "article sans question : export.xml : Bienvenue" in workspace.said
    assert "https://voix.example/wp-content/uploads/zoe.jpg" in workspace.said
    kept = (workspace.content / "portraits" / "zoe-lapierre.comments.json").read_text(
        encoding="utf-8"
    )
    assert [comment["text"] for comment in json.loads(kept)] == ["Bravo!"]
    assert "jean@exemple.ca" not in kept and "192.0.2.1" not in kept
    portrait = (workspace.content / "portraits" / "zoe-lapierre.md").read_text(encoding="utf-8")
    assert "aliases: [/2012/03/zoe/]" in portrait
    assert "tags: [Livres, chats]" in portrait
    assert "status" not in portrait


def test_an_article_without_questions_is_imported_when_everything_is_asked_for(
    workspace: Workspace,
) -> None:
    assert workspace.run(SOURCES / "export.xml", everything=True) == 0
    assert "bienvenue.md" in workspace.written


BOMB = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>
<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>&b;</title></item></channel>
</rss>"""


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("vide.txt", b"", "vide"),
        ("photo.txt", b"\xff\xd8\xff\xe0", "pas du texte"),
        ("notes.docx", b"PK\x03\x04....", "abîmé"),
        ("coupe.xml", (SOURCES / "export.xml").read_bytes()[:3000], "coupé"),
        ("bombe.xml", BOMB, "entités"),
        ("autre.xml", b"<?xml version='1.0'?><feed><entry>x</entry></feed>", "WordPress"),
        ("profond.html", b"<html>" + b"<div>" * 5000 + b"x", "imbriqués"),
        ("script.html", b"<html><body><script>x</script></body></html>", "aucun texte"),
        ("alias.md", b"---\na: &x [1]\nb: [*x, *x]\n---\ntexte", "alias"),
        ("yaml.md", b"---\ntitle: [\n---\ntexte", "ne se lit pas"),
        ("toml.md", b"+++\ntitle =\n+++\ntexte", "ne se lit pas"),
        ("coupe.txt", b"portraits-reponses 1\n\n@@ nom\nL", "incomplet"),
    ],
)
def test_a_bad_source_is_refused_by_name_and_the_next_one_is_taken(
    name: str, data: bytes, said: str, workspace: Workspace
) -> None:
    assert workspace.given(name, data) == 1
    assert name in workspace.said and said in workspace.said
    assert "Traceback" not in workspace.said
    assert workspace.run(workspace.content.parent / name, SOURCES / "voix.txt") == 1
    assert "ida-fortin.md" in workspace.written


def test_what_was_read_before_a_cut_export_ends_is_kept(workspace: Workspace) -> None:
    whole = (SOURCES / "export.xml").read_bytes()
    assert workspace.given("coupe.xml", whole[: whole.index(b"Entretien")]) == 1
    assert "zoe-lapierre.md" in workspace.written


def test_a_windows_1252_text_is_read_and_said(workspace: Workspace) -> None:
    text = (SOURCES / "serre.txt").read_text(encoding="utf-8").encode("cp1252")
    assert workspace.given("vieux.txt", text) == 0
    report = (workspace.content / "portraits" / "marc-ouellet.import.txt").read_text(
        encoding="utf-8"
    )
    assert "Windows-1252" in report


@pytest.mark.parametrize("name", ["absent.txt", "dossier"])
def test_a_file_that_is_not_there_is_said(name: str, workspace: Workspace) -> None:
    (workspace.content / "dossier").mkdir()
    assert workspace.run(workspace.content / name) == 1
    assert "n’existe pas" in workspace.said


def test_nothing_to_do_is_a_misuse(workspace: Workspace) -> None:
    assert workspace.run() == 2
    assert (
        cli.run([SOURCES / "voix.txt"], workspace.content / "nulle-part", say=lambda _: None) == 2
    )


def test_without_a_questionnaire_the_import_goes_on_and_says_so(workspace: Workspace) -> None:
    (workspace.content / "questionnaire.yml").unlink()
    assert workspace.run(SOURCES / "voix.txt") == 0
    assert "pas de questionnaire" in workspace.said


@pytest.mark.parametrize(
    "typed",
    [
        "Le livre — https://livre.example/x",
        "Le livre : https://livre.example/x",
        "Le livre (https://livre.example/x)",
        "- Le livre https://livre.example/x",
    ],
)
def test_a_title_with_its_address_is_a_link(typed: str, workspace: Workspace) -> None:
    text = f"Portrait de Zoé Lapierre\n\nOù vas-tu?\n\nLoin.\n\nLecture\n\n{typed}\n"
    assert workspace.given("zoe.txt", text.encode()) == 0
    portrait = (workspace.content / "portraits" / "zoe-lapierre.md").read_text(encoding="utf-8")
    assert portrait.endswith("## Lecture\n\n- [Le livre](https://livre.example/x)\n")


def test_an_old_page_without_end_tags_is_read(workspace: Workspace) -> None:
    page = (
        "<html><body><h1>Portrait de Zoé Lapierre</h1>"
        + "<p>Un mot.<br>" * 300
        + "<p><b>Où vas-tu?</b><p>Loin.<ul><li>ici<li>là</ul>"
        "<p><b>Quand pars-tu?</b><p>Demain."
    )
    assert workspace.given("vieille.html", page.encode()) == 0
    portrait = (workspace.content / "portraits" / "zoe-lapierre.md").read_text(encoding="utf-8")
    assert "## Où vas-tu?\n\nLoin.\n\n- ici\n- là\n\n## Quand pars-tu?\n\nDemain.\n" in portrait


@pytest.mark.parametrize("linked", ["portraits", "portraits/zoe-lapierre.import.txt"])
def test_nothing_is_written_through_a_link(
    workspace: Workspace, tmp_path: Path, linked: str
) -> None:
    (tmp_path / "ailleurs").mkdir()
    place = workspace.content / linked
    place.parent.mkdir(exist_ok=True)
    place.symlink_to(tmp_path / "ailleurs")
    assert workspace.run(SOURCES / "blogue.txt", force=True) == 1
    assert f"content/{linked} : c’est un lien symbolique" in workspace.said
    assert list((tmp_path / "ailleurs").iterdir()) == []
    assert workspace.written <= {"zoe-lapierre.import.txt"}, "half of the files was written"


EXPORT = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:wp="http://wordpress.org/export/1.2/"><channel>{items}</channel></rss>
"""
ITEM = (
    "<item><title>Portrait de {name}</title><content:encoded><![CDATA[<h2>Quel est ton outil ?</h2>"
    "<p>Un{mark}carnet.</p><h2>Où vas-tu ?</h2><p>Loin.</p>]]></content:encoded>"
    "<wp:post_date>2012-03-06 10:00:00</wp:post_date><wp:post_type>post</wp:post_type>"
    "<wp:status>publish</wp:status></item>"
)


@pytest.mark.parametrize(
    ("source", "suffix"), [("blogue.txt", ".import.txt"), ("export.xml", ".comments.json")]
)
def test_a_report_and_comments_are_not_overwritten_either(
    workspace: Workspace, source: str, suffix: str
) -> None:
    workspace.run(SOURCES / source)
    (kept,) = (workspace.content / "portraits").glob(f"*{suffix}")
    for path in (workspace.content / "portraits").iterdir():
        path.unlink()
    kept.write_text("à moi", encoding="utf-8")
    assert workspace.run(SOURCES / source) == 1
    assert kept.name in workspace.said
    assert kept.read_text(encoding="utf-8") == "à moi"
    assert not kept.with_name(kept.name.removesuffix(suffix) + ".md").exists()


@pytest.mark.parametrize("control", ["\x0c", "&#12;", "&#xC;", "&#x0008;"])
def test_a_control_character_in_an_export_loses_no_article_and_is_told(
    workspace: Workspace, control: str
) -> None:
    items = "".join(
        ITEM.format(name=name, mark=mark)
        for name, mark in (("Zoé Lapierre", " "), (f"Ana {control}Roy", " "), ("Léa Côté", " "))
    )
    assert workspace.given("a.xml", EXPORT.format(encoding="UTF-8", items=items).encode()) == 0
    assert sum(name.endswith(".md") for name in workspace.written) == 3
    assert "1 caractère de contrôle remplacé par une espace" in workspace.said


def test_a_byte_that_is_not_utf_8_loses_no_article_and_is_told(workspace: Workspace) -> None:
    items = "".join(
        ITEM.format(name=name, mark=mark)
        for name, mark in (("Zoé Lapierre", " "), ("Ana Roy", " ODD "), ("Léa Côté", " é "))
    )
    data = EXPORT.format(encoding="UTF-8", items=items).encode().replace(b"ODD", b"\xe9t\xe9")
    assert workspace.given("a.xml", data) == 0
    assert sum(name.endswith(".md") for name in workspace.written) == 3
    assert "été carnet" in (workspace.content / "portraits" / "ana-roy.md").read_text("utf-8")
    assert "2 octets qui ne sont pas de l’UTF-8" in workspace.said


@pytest.mark.parametrize("encoding", ["x-inconnu", "utf-7", "cp500"])
def test_an_encoding_that_xml_cannot_have_is_told_and_the_next_source_is_taken(
    workspace: Workspace, encoding: str
) -> None:
    odd = workspace.content.parent / "a.xml"
    odd.write_text(EXPORT.format(encoding=encoding, items=""), encoding="utf-8")
    assert workspace.run(odd, SOURCES / "blogue.txt") == 1
    assert "a.xml" in workspace.said
    assert "zoe-lapierre.md" in workspace.written


def test_no_control_character_of_a_source_reaches_the_terminal(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = content.parent / "a.txt"
    source.write_text("Quel est ton \x9b31moutil ?\n\nRien.\u202e\n", encoding="utf-8")
    cli.run([source], content)
    assert not any(ord(char) < 32 and char != "\n" for char in capsys.readouterr().err)
    cli.run([content.parent / "\x1b[31m.txt"], content)
    assert "\x1b" not in capsys.readouterr().err
