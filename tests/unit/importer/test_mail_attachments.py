"""What comes with a message: its photo is proposed, and nothing attached is passed over."""

from __future__ import annotations

import io
from email.message import EmailMessage
from pathlib import Path

import pytest
from PIL import ExifTags, Image
from portraits.importer import cli, formats
from portraits.importer.mail.message import MAX_BYTES, message_in
from portraits.importer.transcript import ImportRefused

from tests.unit.importer.shapes import CASES, imported_from

ANSWERS = "> Quel est ton outil préféré?\n\nLe tampon.\n\n> Où vas-tu?\n\nLoin.\n"


def picture(width: int, height: int, kind: str = "JPEG", *, taken_at: bool = False) -> bytes:
    exif = Image.Exif()
    if taken_at:
        exif[ExifTags.Base.Orientation] = 6
        exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    stream = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(stream, kind, exif=exif)
    return stream.getvalue()


def message(*attached: tuple[str, bytes], embedded: bool = False) -> bytes:
    made = EmailMessage()
    made["From"] = "Léa Roy <lea@exemple.ca>"
    made["To"] = "a@b.ca"
    made.set_content(ANSWERS)
    for name, content in attached:
        is_pdf = name.endswith("pdf")
        maintype, subtype = ("application", "pdf") if is_pdf else ("image", "jpeg")
        made.add_attachment(
            content,
            maintype=maintype,
            subtype=subtype,
            filename=name,
            disposition="inline" if embedded else "attachment",
            cid=f"<{name}>" if embedded else None,
        )
    return made.as_bytes()


class Workspace:
    """A content folder into which messages are imported."""

    def __init__(self, folder: Path) -> None:
        self.content = folder / "content"
        self.content.mkdir()
        (self.content / "questionnaire.yml").write_bytes((CASES / "questionnaire.yml").read_bytes())
        self.said: list[str] = []

    def given(self, data: bytes, *, force: bool = False) -> int:
        path = self.content.parent / "m.eml"
        path.write_bytes(data)
        return cli.run([path], self.content, force=force, say=self.said.append)

    def file(self, name: str) -> Path:
        return self.content / "portraits" / name


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


def test_a_photo_is_written_beside_the_portrait_and_waits_to_be_confirmed(
    workspace: Workspace,
) -> None:
    assert workspace.given(message(("IMG_1234.JPG", picture(800, 600)))) == 0
    assert workspace.file("lea-roy.jpg").is_file()
    text = workspace.file("lea-roy.md").read_text(encoding="utf-8")
    assert "#   file: lea-roy.jpg\n" in text and "\nphoto:" not in text
    assert "# à vérifier : photo jointe, « IMG_1234.JPG »" in text
    assert "IMG_1234.JPG" in "\n".join(workspace.said)


def test_nothing_of_where_a_photo_was_taken_is_written_and_it_stands_upright(
    workspace: Workspace,
) -> None:
    source = picture(800, 600, taken_at=True)
    with Image.open(io.BytesIO(source)) as taken:
        assert taken.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    workspace.given(message(("a.jpg", source)))
    with Image.open(workspace.file("lea-roy.jpg")) as written:
        assert written.size == (600, 800)
        assert not dict(written.getexif())
    assert b"Exif" not in workspace.file("lea-roy.jpg").read_bytes()


def test_a_photo_that_is_there_is_not_replaced_without_force(workspace: Workspace) -> None:
    workspace.file("x").parent.mkdir()
    workspace.file("lea-roy.jpg").write_bytes(b"mine")
    data = message(("a.jpg", picture(800, 600)))
    assert workspace.given(data) == 1
    assert workspace.file("lea-roy.jpg").read_bytes() == b"mine"
    assert not workspace.file("lea-roy.md").exists()
    assert workspace.given(data, force=True) == 0
    assert workspace.file("lea-roy.jpg").read_bytes() != b"mine"


@pytest.mark.parametrize(
    ("size", "embedded", "proposed"),
    [
        ((120, 120), False, False),
        ((300, 300), False, True),
        ((300, 300), True, False),
        ((1200, 420), True, False),
        ((1200, 900), True, True),
        ((12, 12), True, False),
    ],
)
def test_a_logo_of_a_signature_is_no_photo(
    size: tuple[int, int], embedded: bool, proposed: bool
) -> None:
    result = imported_from("m.eml", message(("a.jpg", picture(*size)), embedded=embedded))
    assert (result.transcript.photo is not None) is proposed
    assert any("a.jpg" in entry.text for entry in result.report.entries)


def test_the_largest_photo_is_proposed_and_the_others_are_told() -> None:
    result = imported_from(
        "m.eml", message(("petite.jpg", picture(400, 400)), ("grande.jpg", picture(900, 900)))
    )
    assert result.photo == "lea-roy.jpg"
    assert result.transcript.photo and result.transcript.photo.name == "grande.jpg"
    told = {entry.text: entry.why for entry in result.report.entries}
    assert "autre image jointe" in told["petite.jpg"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (picture(800, 600)[:2000], "abîmée"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 100, "HEIC"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"", "vide"),
    ],
)
def test_a_picture_that_is_no_sound_photo_is_refused_and_told(content: bytes, why: str) -> None:
    result = imported_from("m.eml", message(("a.jpg", content)))
    assert result.transcript.photo is None
    assert any(entry.text == "a.jpg" and why in entry.why for entry in result.report.entries)


def test_a_photo_is_known_by_its_content_whatever_its_name() -> None:
    result = imported_from("m.eml", message(("a.jpg", picture(500, 500, "PNG"))))
    assert result.photo == "lea-roy.jpg"


def test_an_attachment_that_is_not_read_is_told_to_the_editor() -> None:
    result = imported_from("m.eml", message(("reponses.pdf", b"%PDF-1.7")))
    entry = next(one for one in result.report.entries if one.text == "reponses.pdf")
    assert "non lue" in entry.why
    assert entry.concern.name == "UNPLACED"


def test_a_text_that_goes_on_behind_a_picture_is_read() -> None:
    made = EmailMessage()
    made["From"] = "Léa Roy <lea@exemple.ca>"
    made["To"] = "a@b.ca"
    made.set_content("> Quel est ton outil préféré?\n\nLe tampon.\n")
    made.make_mixed()
    made.add_attachment(
        picture(600, 600), maintype="image", subtype="jpeg", disposition="inline", filename="a.jpg"
    )
    rest = EmailMessage()
    rest.set_content("> Où vas-tu?\n\nLoin.\n")
    made.attach(rest)
    text = imported_from("m.eml", made.as_bytes()).text
    assert "Le tampon." in text and "Loin." in text


def test_a_long_message_is_read_whole_and_a_longer_one_refused(tmp_path: Path) -> None:
    made = message(("a.pdf", b"x" * 4_000_000), ("b.jpg", picture(500, 500)))
    path = tmp_path / "m.eml"
    path.write_bytes(made)
    assert message_in(formats.bytes_of(path)).photo is not None
    with path.open("ab") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(ImportRefused, match="40 Mo"):
        formats.bytes_of(path)
