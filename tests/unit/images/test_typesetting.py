"""Lines that fit, break well and show no empty box."""

from pathlib import Path

import pytest
from PIL import Image, ImageFont
from portraits.images import faces, typesetting
from portraits.images.faces import Face, drawable
from portraits.images.typesetting import fit, width_of

FONTS = Path(__file__).parents[3] / "theme/fonts"
SERIF = Face(FONTS / "newsreader-480.woff2")
ITALIC = Face(FONTS / "newsreader-italic.woff2")
SANS = Face(FONTS / "atkinson-400.woff2")
FACES = pytest.mark.parametrize("face", [SERIF, ITALIC, SANS], ids=lambda face: face.path.stem)


@pytest.fixture(params=["raqm", "basic"])
def layout(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both with the library that shapes text and on a machine without it."""
    if request.param == "basic":
        monkeypatch.setattr(faces, "raqm", lambda: False)
    elif not faces.raqm():
        pytest.skip("this Pillow cannot load Raqm (libfribidi is missing)")
    return str(request.param)


@FACES
def test_french_is_drawn_as_it_is_written(face: Face, layout: str) -> None:
    for character in "àâæçéèêëîïôœùûüÀÂÆÇÉÈÊËÎÏÔŒÙÛÜ«»“”’—–…%@#\u00a0":
        assert drawable(f"a{character}b", face) == f"a{character}b", hex(ord(character))


@FACES
def test_the_narrow_no_break_space_is_drawn_or_replaced(face: Face, layout: str) -> None:
    kept = {"raqm": "\u202f", "basic": "\u00a0"}[layout]
    assert drawable("bon\u202f!", face) == f"bon{kept}!"


def test_vietnamese_keeps_its_accents_where_the_face_has_them() -> None:
    name = "Nguyễn-Đặng"
    assert [drawable(name, face) for face in (SERIF, ITALIC, SANS)] == [name, name, "Nguyen-Đang"]


@FACES
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Merci 😀 !", "Merci !"),
        ("👩🏽‍💻 Ana", "Ana"),
        ("J’❤️ Montréal 🇨🇦", "J’ Montréal"),
        ("1\ufe0f\u20e3 d’abord", "1 d’abord"),
        ("Łukasz Čapek", "Łukasz Čapek"),
        ("Ελένη Roy", "Roy"),
        ("co\u0302te\u0301", "côté"),
        ("mot\u00adlong", "motlong"),
        ("deux\n lignes\t ici", "deux lignes ici"),
        ("ﬁn", "fin"),
        ("日本 Tokyo", "Tokyo"),
        ("\u200e\x07\ud800", ""),
    ],
)
def test_what_the_face_lacks_is_replaced_or_dropped(face: Face, text: str, expected: str) -> None:
    assert drawable(text, face) == expected


@FACES
def test_nothing_that_is_kept_is_drawn_as_an_empty_box(face: Face, layout: str) -> None:
    font = ImageFont.truetype(face.path, 40, layout_engine=ImageFont.Layout[layout.upper()])
    box = bytes(font.getmask("\U0010ffff"))
    everything = "".join(map(chr, [*range(32, 0x500), *range(0x2000, 0x2200), 0x1F600, 0x4E00]))
    for character in set(drawable(everything, face)):
        assert bytes(font.getmask(character)) != box, hex(ord(character))


def lines_of(text: str, width: int = 500, height: int = 200, closing: str = "") -> tuple[str, ...]:
    block = fit(
        text, SERIF, (60, 40, 30), (width, height), leading=1.1, max_lines=4, closing=closing
    )
    for line in block.lines:
        assert width_of(line, SERIF, block.size) <= width
    assert block.height <= height + 1
    return block.lines


def test_a_short_text_is_set_large_on_one_line() -> None:
    block = fit("Zoé", SERIF, (60, 40), (500, 200), leading=1.1, max_lines=3)
    assert (block.lines, block.size, block.height) == (("Zoé",), 60, 66)


def test_a_longer_text_is_set_smaller() -> None:
    text = "Quelle est la pire erreur que tu as faite ?"
    block = fit(text, SERIF, (60, 40, 30), (500, 140), leading=1.1, max_lines=4)
    assert block.size == 40
    assert " ".join(block.lines) == text


def test_no_word_is_left_alone_on_the_last_line() -> None:
    """At this width « Un deux trois quatre » fits, but leaves less even lines."""
    assert lines_of("Un deux trois quatre cinq six sept", width=340, height=90) == (
        "Un deux trois",
        "quatre cinq six sept",
    )


def test_no_line_ends_at_a_no_break_space() -> None:
    lines = lines_of("Qui es-tu, toi qui lis ces lignes jusqu’au bout du monde\u00a0?", width=330)
    assert lines[-1].endswith("monde\u00a0?")


def test_a_name_breaks_at_its_hyphen_only_when_it_must() -> None:
    assert "Nguyen-Caron" in lines_of("Florence Nguyen-Caron", width=300)
    long = lines_of("Marie-Antoinette-Joséphine-Bernadette", width=330)
    assert "".join(long) == "Marie-Antoinette-Joséphine-Bernadette"


@pytest.mark.parametrize(
    "text",
    [
        "mot " * 200,
        "anticonstitutionnellement" * 20,
        "court " + "anticonstitutionnellement" * 20,
        "a-" * 400,
        "x" * 20_000,
        "mot, " * 5_000,
    ],
    ids=["many words", "one long word", "both", "hyphens", "very long word", "very many words"],
)
@pytest.mark.parametrize("closing", ["", "\u00a0»"])
def test_what_does_not_fit_ends_with_an_ellipsis(text: str, closing: str) -> None:
    lines = lines_of(text, closing=closing)
    assert lines[-1].endswith("…" + closing)
    assert not lines[-1].endswith((" …" + closing, ",…" + closing))


def test_a_text_of_emoji_alone_gives_no_line_and_draws_nothing() -> None:
    block = fit("😀😀", SERIF, (60,), (500, 200), leading=1.1, max_lines=3, closing="\u00a0»")
    assert block.lines == ()
    assert block.height == 0
    canvas = Image.new("RGB", (50, 50), "white")
    typesetting.draw(canvas, 0, 0, block, "black")
    assert canvas.getextrema() == ((255, 255),) * 3


def test_ink_stays_within_the_block() -> None:
    block = fit("Éléphant ÂÊ jgpq", SERIF, (40,), (700, 60), leading=1.3, max_lines=1)
    canvas = Image.new("L", (800, 200), 255)
    typesetting.draw(canvas, 50, 60, block, "black")
    left, top, right, bottom = canvas.point(lambda level: 255 - level).getbbox() or (0, 0, 0, 0)
    assert left >= 48 and top >= 60
    assert right <= 50 + width_of(block.lines[0], SERIF, 40) + 2 and bottom <= 60 + block.height
