"""Documents of word processors and PDF become portraits; what cannot be read is refused."""

from __future__ import annotations

import base64
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from portraits.importer import cli, formats
from portraits.importer.documents import package, reading
from portraits.importer.portrait import Imported
from portraits.importer.report import Concern, report_text
from portraits.importer.transcript import ImportRefused
from pypdf import PdfReader, PdfWriter

from tests.unit.importer.documents import (
    docx,
    fodt,
    odt,
    para,
    pdf,
    rtf,
    run,
    word_part,
    word_picture,
    zipped,
)
from tests.unit.importer.shapes import CASES, QUESTIONNAIRE, imported_from, portrait
from tests.unit.importer.test_mail_attachments import picture

REFERENCES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
QUESTIONS = ["Comment as-tu commencé?", "Quel est ton outil préféré?"]
ANSWERS = ["Par hasard, un soir de pluie.", "Le tampon encreur, et de loin."]


def asked(result: Imported) -> list[str]:
    return [one.question.wording.text.replace("\xa0", "") for one in portrait(result).exchanges]


def answers(result: Imported) -> list[str]:
    return [one.answer.text.replace("\xa0", " ") for one in portrait(result).exchanges]


def report(result: Imported) -> str:
    return report_text(result.report, result.accounting, 0)


def whole(result: Imported) -> str:
    """The portrait and its report."""
    return f"{result.text}\n{report(result)}"


WORD_TITLE = para(run("Portrait de Zoé Lavoie"), "Titre")
WORD = {
    "headings": "".join(
        para(run(question), "Titre2") + para(run(answer))
        for question, answer in zip(QUESTIONS, ANSWERS, strict=True)
    ),
    "bold": "".join(
        para(run(question, bold=True)) + para(run(answer))
        for question, answer in zip(QUESTIONS, ANSWERS, strict=True)
    ),
    "numbered": "".join(
        para(run(question), numbered=1) + para(run(answer))
        for question, answer in zip(QUESTIONS, ANSWERS, strict=True)
    ),
    "table": "<w:tbl>"
    + "".join(
        f"<w:tr><w:tc>{para(run(question))}</w:tc><w:tc>{para(run(answer))}</w:tc></w:tr>"
        for question, answer in zip(QUESTIONS, ANSWERS, strict=True)
    )
    + "</w:tbl>",
}
OPEN_TITLE = '<text:p text:style-name="Title">Portrait de Zoé Lavoie</text:p>'
OPEN = {
    "headings": "".join(
        f'<text:h text:outline-level="2">{question}</text:h><text:p>{answer}</text:p>'
        for question, answer in zip(QUESTIONS, ANSWERS, strict=True)
    ),
    "bold": "".join(
        f'<text:p><text:span text:style-name="gras">{question}</text:span></text:p>'
        f"<text:p>{answer}</text:p>"
        for question, answer in zip(QUESTIONS, ANSWERS, strict=True)
    ),
    "bold by a parent style": "".join(
        f'<text:p text:style-name="P1">{question}</text:p><text:p>{answer}</text:p>'
        for question, answer in zip(QUESTIONS, ANSWERS, strict=True)
    ),
    "table": "<table:table>"
    + "".join(
        f"<table:table-row><table:table-cell><text:p>{question}</text:p></table:table-cell>"
        f"<table:table-cell><text:p>{answer}</text:p></table:table-cell></table:table-row>"
        for question, answer in zip(QUESTIONS, ANSWERS, strict=True)
    )
    + "</table:table>",
}
TEXT = ["Portrait de Zoé Lavoie", QUESTIONS[0], ANSWERS[0], QUESTIONS[1], ANSWERS[1]]
DOCUMENTS = {
    **{f"docx, {name}": docx(WORD_TITLE + body) for name, body in WORD.items()},
    **{f"odt, {name}": odt(OPEN_TITLE + body) for name, body in OPEN.items()},
    "fodt": fodt(OPEN_TITLE + OPEN["headings"]),
    "rtf": rtf(*TEXT),
    "pdf": pdf(TEXT),
    "pdf, a heading and bold": pdf([f"#{TEXT[0]}", f"*{TEXT[1]}", TEXT[2], f"*{TEXT[3]}", TEXT[4]]),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_questions_and_answers_of_a_document_become_a_portrait(name: str) -> None:
    # Its name says nothing: the content tells what it is.
    result = imported_from("entrevue", DOCUMENTS[name])
    assert asked(result) == QUESTIONS
    assert answers(result) == ANSWERS
    assert portrait(result).name == "Zoé Lavoie"
    assert "Perdu" not in report(result)


def test_letters_links_lists_and_notes_of_word_are_kept() -> None:
    link = (
        f'<Relationship Id="l" Type="{REFERENCES}/hyperlink" Target="https://a.example/"'
        ' TargetMode="External"/>'
    )
    body = (
        para(run("Quel est ton outil préféré?"), "Titre2")
        + para(run("Le ") + run("tampon", italic=True) + run(" oui ", bold=True))
        + para('<w:hyperlink r:id="l">' + run("ici") + "</w:hyperlink>")
        + para(run("un"), numbered=1)
        + para(run("deux"), numbered=1)
        + para(run("Bref") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
    )
    note = word_part("footnotes", f'<w:footnote w:id="2">{para(run("Une note."))}</w:footnote>')
    text = imported_from("a.docx", docx(body, {"word/footnotes.xml": note}, link)).text
    assert "*tampon* **oui**" in text
    assert "[ici](https://a.example/)" in text
    assert "1. un\n2. deux" in text
    assert "Bref[^1]" in text and "[^1]: Une note." in text


def test_letters_links_lists_and_notes_of_libreoffice_are_kept() -> None:
    body = (
        '<text:h text:outline-level="2">Quel est ton outil préféré?</text:h>'
        '<text:p>Le <text:span text:style-name="i">tampon</text:span>,<text:s text:c="2"/>oui'
        "<text:line-break/>"
        '<text:a xlink:href="https://a.example/">ici</text:a></text:p>'
        '<text:list text:style-name="L1"><text:list-item><text:p>un</text:p></text:list-item>'
        "<text:list-item><text:p>deux</text:p><text:list><text:list-item><text:p>dedans</text:p>"
        "</text:list-item></text:list></text:list-item></text:list>"
        "<text:p>Bref<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>Une note.</text:p></text:note-body></text:note></text:p>"
    )
    text = imported_from("a.odt", odt(body)).text
    assert "*tampon*" in text
    assert "[ici](https://a.example/)" in text
    assert "1. un\n2. deux" in text and "dedans" in text
    assert "Bref[^1]" in text and "[^1]: Une note." in text


def test_what_was_deleted_with_changes_tracked_stays_deleted() -> None:
    word = para(run("Quel est ton outil préféré?"), "Titre2") + para(
        run("Le tampon.")
        + "<w:del><w:r><w:delText>SECRET</w:delText></w:r></w:del>"
        + f"<w:ins>{run(' Oui.')}</w:ins>"
    )
    libre = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>SECRET</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        '<text:h text:outline-level="2">Quel est ton outil préféré?</text:h>'
        "<text:p>Le tampon. Oui.</text:p>"
    )
    for data in (docx(word), odt(libre)):
        result = imported_from("a", data)
        assert "Le tampon. Oui." in result.text
        assert "SECRET" not in whole(result)


def test_the_comments_of_a_document_go_to_the_report() -> None:
    comment = word_part(
        "comments", f'<w:comment w:id="0" w:author="Ana">{para(run("À vérifier?"))}</w:comment>'
    )
    word = docx(WORD_TITLE + WORD["headings"], {"word/comments.xml": comment})
    libre = odt(
        OPEN_TITLE
        + OPEN["headings"].replace(
            "<text:p>Par",
            "<text:p><office:annotation><dc:creator>Ana</dc:creator><text:p>À vérifier?</text:p>"
            "</office:annotation>Par",
        )
    )
    for data in (word, libre):
        result = imported_from("a", data)
        assert "Ana : À vérifier?" in report(result)
        assert "vérifier?" not in result.text
        assert asked(result) == QUESTIONS


def test_headings_below_a_title_are_questions() -> None:
    """« Titre » and « Titre 1 » are both of the first level."""
    word = WORD_TITLE + WORD["headings"].replace("Titre2", "Titre1")
    libre = OPEN_TITLE + OPEN["headings"].replace('outline-level="2"', 'outline-level="1"')
    for data in (docx(word), odt(libre)):
        assert asked(imported_from("a", data)) == QUESTIONS


def test_headers_footers_and_deleted_words_of_word_are_told() -> None:
    edge = word_part("hdr", para(run("La Gazette du port")))
    body = WORD_TITLE + WORD["headings"]
    body += para("<w:del><w:r><w:delText>deux mots</w:delText></w:r></w:del>" + run("Fin."))
    result = imported_from("a.docx", docx(body, {"word/header1.xml": edge}))
    assert "La Gazette du port" in report(result) and "Gazette" not in result.text
    assert "2 mots supprimés, non repris" in report(result)
    assert "deux mots" not in whole(result)


def test_a_word_that_the_library_passes_over_is_told_as_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import mammoth

    real = mammoth.convert_to_html

    def forgetful(*given: Any, **more: Any) -> Any:
        done = real(*given, **more)
        return type(done)(done.value.replace("pluie", ""), done.messages)

    monkeypatch.setattr(mammoth, "convert_to_html", forgetful)
    result = imported_from("a.docx", docx(WORD_TITLE + WORD["headings"]))
    lost = result.report.of(Concern.LOST)
    assert any("pluie" in entry.text or "pluie" in entry.why for entry in lost)


@pytest.mark.parametrize("kind", ["docx", "odt", "fodt"])
def test_the_photo_of_a_document_is_proposed(kind: str, tmp_path: Path) -> None:
    photo = picture(800, 600, taken_at=True)
    frame = '<text:p><draw:frame draw:name="Zoé"><draw:image {}</draw:frame></text:p>'
    data = {
        "docx": docx(
            WORD_TITLE + para(word_picture("p")) + WORD["headings"],
            {"word/media/image1.jpeg": photo},
            f'<Relationship Id="p" Type="{REFERENCES}/image" Target="media/image1.jpeg"/>',
        ),
        "odt": odt(
            OPEN_TITLE + frame.format('xlink:href="Pictures/1.jpg"/>') + OPEN["headings"],
            {"Pictures/1.jpg": photo},
        ),
        "fodt": fodt(
            OPEN_TITLE
            + frame.format(
                f"><office:binary-data>{base64.b64encode(photo).decode()}</office:binary-data>"
                "</draw:image>"
            )
            + OPEN["headings"]
        ),
    }[kind]
    content = tmp_path / "content"
    content.mkdir()
    (content / "questionnaire.yml").write_bytes((CASES / "questionnaire.yml").read_bytes())
    file = tmp_path / f"zoe.{kind}"
    file.write_bytes(data)
    said: list[str] = []
    assert cli.run([file], content, say=said.append) == 0, said
    written = content / "portraits/zoe-lavoie.jpg"
    assert written.is_file()
    assert b"GPS" not in written.read_bytes()
    assert "#   file: zoe-lavoie.jpg" in (content / "portraits/zoe-lavoie.md").read_text("utf-8")


def test_what_an_rtf_document_has_besides_words_is_told() -> None:
    note = b"{\\footnote Une note.}{\\pict\\jpegblip ffd8}Par hasard"
    result = imported_from("a.rtf", rtf(*TEXT).replace(b"Par hasard", note))
    told = report(result)
    assert "notes, non repris, à reprendre à la main : 1" in told
    assert "images, non repris, à reprendre à la main : 1" in told
    assert "le gras et l’italique ne sont pas repris" in told


# -- PDF


def test_lines_of_a_pdf_are_put_together_again() -> None:
    data = pdf(
        [
            "#Portrait de Zoé Lavoie",
            "Comment as-tu commencé?",
            "Par hasard, un soir de pluie, quand la commu-",
            "nauté m’a demandé de tenir son journal pour",
            "une semaine qui dure encore.",
            "Ensuite, tout est venu.",
            "Quel est ton outil préféré?",
            "Le tampon encreur, et de loin.",
        ]
    )
    result = imported_from("a.pdf", data)
    assert asked(result) == QUESTIONS
    first = answers(result)[0]
    assert "la communauté m’a demandé de tenir son journal pour une semaine" in first
    assert "commu-nauté" in report(result), "a word that was put together is told"


def test_heads_and_numbers_of_pages_go_to_the_report() -> None:
    pages = [
        ["La Gazette du port", QUESTIONS[0], f"Réponse {word}, en entier.", f"- {number} -"]
        for number, word in enumerate(("une", "deux", "trois"), 1)
    ]
    pages[1][1], pages[2][1] = QUESTIONS[1], "Où vas-tu?"
    pages[0].insert(1, "#Portrait de Zoé Lavoie")
    result = imported_from("a.pdf", pdf(*pages))
    assert asked(result) == [*QUESTIONS, "Où vas-tu?"]
    assert answers(result)[0] == "Réponse une, en entier."
    assert "Gazette" not in result.text and "Gazette" in report(result)


def test_a_pdf_without_text_is_refused_with_a_remedy() -> None:
    with pytest.raises(ImportRefused, match="reconnaissance"):
        formats.transcript_of("a.pdf", pdf([]), QUESTIONNAIRE)


def test_a_pdf_with_a_password_is_refused() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(TEXT))))
    writer.encrypt("secret", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    with pytest.raises(ImportRefused, match="mot de passe"):
        formats.transcript_of("a.pdf", stream.getvalue(), QUESTIONNAIRE)


# -- what cannot be read


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", b" " * (package.MAX_UNPACKED + 1))
    return stream.getvalue()


def encrypted(data: bytes) -> bytes:
    """Set the flag of encryption in each header."""
    return data.replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01").replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
    )


ENTITIES = '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>'
REFUSED: dict[str, tuple[bytes, str]] = {
    "an old Word document": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, r"\.docx"),
    "an archive": (zipped({"a.txt": "texte"}), "archive ZIP"),
    "a spreadsheet": (odt("", kind="spreadsheet"), "traitement de texte"),
    "a bomb": (bomb(), "ferait plus de"),
    "many parts": (zipped({f"{n}.xml": "" for n in range(package.MAX_PARTS + 1)}), "ferait plus"),
    "a truncated Word document": (docx(WORD["bold"])[:900], "abîmé"),
    "an empty Word document": (docx(""), "aucun texte"),
    "a Word document with a password": (encrypted(docx(WORD["bold"])), "mot de passe"),
    "entities in a Word document": (
        docx("", {"word/document.xml": f"{ENTITIES}<w:document/>"}),
        "entités",
    ),
    "entities in a text of LibreOffice": (
        odt("", {"content.xml": f"{ENTITIES}<a>&c;</a>"}),
        "entités",
    ),
    "Word that is no XML": (docx("", {"word/document.xml": "<w:document>"}), "ne se laisse pas"),
    "LibreOffice that is no XML": (odt("", {"content.xml": "<a>"}), "abîmé"),
    "LibreOffice without a text": (odt("", {"content.xml": "<a/>"}), "pas un texte"),
    "a truncated RTF document": (rtf(*TEXT)[:-1], "incomplet"),
    "an RTF document with deleted text": (
        rtf(*TEXT).replace(b"Par hasard", b"{\\deleted SECRET}Par hasard"),
        "texte supprim",
    ),
    "an empty RTF document": (rtf(), "aucun texte"),
    "a truncated PDF": (pdf(TEXT)[:80], "abîmé"),
    "a PDF of many pages": (pdf(*[["a"]] * 301), "301 pages"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_read_is_refused_with_a_remedy(what: str) -> None:
    data, told = REFUSED[what]
    with pytest.raises(ImportRefused, match=told) as refused:
        formats.transcript_of("a", data, QUESTIONNAIRE)
    assert " — " in str(refused.value) or "entités" in told or "aucun" in told or "texte" in told


def test_a_document_that_is_too_long_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.4\n")
        file.truncate(package.MAX_BYTES + 10)
    with pytest.raises(ImportRefused, match="le document fait plus de 40 Mo"):
        formats.bytes_of(path)


@pytest.mark.parametrize(
    ("library", "data"), [("mammoth", docx("")), ("striprtf", rtf("a")), ("pypdf", pdf(["a"]))]
)
def test_a_library_that_is_missing_is_named_with_what_to_install(
    library: str, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = __import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.split(".")[0] == library:
            raise ModuleNotFoundError(f"No module named {library!r}", name=library)
        return real(name, *rest, **more)

    monkeypatch.setattr("builtins.__import__", without)
    with pytest.raises(ImportRefused, match=r"pelican-portraits\[documents\]"):
        reading.transcript("a", data)
