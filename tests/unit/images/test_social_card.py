"""Cards of 1200 by 630 that hold their text, their photo and their weight."""

import dataclasses
import io
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from portraits.images import social_card as module
from portraits.images.accent import PAGE, Accent, accent_of_name
from portraits.images.card_drawing import draw_card
from portraits.images.card_text import CardText, typefaces
from portraits.images.checking import read_image
from portraits.images.oklch import rgb_of
from portraits.images.social_card import social_card, social_card_name
from portraits.images.source import ImageError, ImageFile

from tests.unit.images.photos import BLUE, GREEN, RED, nearest, saved, written

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "theme/fonts"
FONTS = typefaces(
    FOLDER / "newsreader-480.woff2",
    FOLDER / "newsreader-italic.woff2",
    FOLDER / "atkinson-400.woff2",
    FOLDER / "atkinson-600.woff2",
)
ACCENT = accent_of_name("Caroline Audet")
MIDDLE = (0.5, 0.5)
TEXT = CardText(
    "La série", "Caroline Audet", "Gestionnaire de communauté", "Écouter, puis répondre"
)
COLUMN = (0, 0, 696, 630)
PANEL = (696, 0, 1200, 630)


@pytest.fixture
def photo(tmp_path: Path) -> ImageFile:
    image = Image.new("RGB", (900, 400), RED)
    image.paste(GREEN, (300, 0, 600, 400))
    image.paste(BLUE, (600, 0, 900, 400))
    return read_image(written(tmp_path / "a.jpg", saved(image, "JPEG")))


def ink(canvas: Image.Image, ground: str) -> tuple[int, int, int, int] | None:
    """The box of what differs from the ground."""
    plain = Image.new("RGB", canvas.size, ground)
    return ImageChops.difference(canvas.convert("RGB"), plain).convert("L").getbbox()


def column(text: CardText, photo: ImageFile) -> Image.Image:
    return draw_card(text, photo, MIDDLE, ACCENT, FONTS, "").crop(COLUMN)


def test_a_card_is_a_small_progressive_jpeg_of_the_right_size(photo: ImageFile) -> None:
    for shown in (photo, None):
        content = social_card(TEXT, shown, MIDDLE, ACCENT, FONTS)
        with Image.open(io.BytesIO(content)) as image:
            assert (image.format, image.size) == ("JPEG", (1200, 630))
            assert image.info.get("progressive")
            assert not {"exif", "icc_profile", "comment"} & image.info.keys()
        assert len(content) < 150_000


def test_a_card_of_pure_noise_is_small_too(tmp_path: Path) -> None:
    bands = [Image.effect_noise((600, 750), 120) for _ in range(3)]
    noise = written(tmp_path / "a.jpg", saved(Image.merge("RGB", bands), "JPEG"))
    assert len(social_card(TEXT, read_image(noise), MIDDLE, ACCENT, FONTS)) < 150_000


@pytest.mark.parametrize(
    ("focus", "seen"), [((0.0, 0.5), "red"), ((0.5, 0.5), "green"), ((1.0, 0.5), "blue")]
)
def test_the_photo_is_cropped_at_its_focus(
    photo: ImageFile, focus: tuple[float, float], seen: str
) -> None:
    panel = draw_card(TEXT, photo, focus, ACCENT, FONTS, "").crop(PANEL)
    known = {"red": RED, "green": GREEN, "blue": BLUE}
    for x in (250, 300):
        assert nearest(panel.getpixel((x, 315)), known) == seen


@pytest.mark.parametrize("part", ["kicker", "title", "subtitle", "quote"])
def test_each_part_of_the_text_is_there(photo: ImageFile, part: str) -> None:
    without = dataclasses.replace(TEXT, **{part: ""})
    difference = ImageChops.difference(column(TEXT, photo), column(without, photo))
    assert difference.convert("L").getbbox() is not None


LONG = CardText(
    "Une série au nom interminable " * 8,
    "Marie-Antoinette-Joséphine de La Rochefoucauld-Montbazon d’Estrées " * 3,
    "Directrice des communautés numériques et de la médiation culturelle " * 5,
    "Une phrase qui ne veut pas finir et qui recommence, " * 20,
)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        LONG,
        dataclasses.replace(LONG, quote=""),
        CardText("x" * 300, "y" * 300, "z" * 300, "q" * 300),
        CardText("", "😀", "", "😀"),
        CardText("", "", "", ""),
    ],
    ids=["usual", "long", "long without quote", "one word each", "emoji", "nothing"],
)
def test_text_stays_within_its_margins(photo: ImageFile, text: CardText) -> None:
    box = ink(column(text, photo), PAGE.light)
    assert box is not None
    assert box[0] >= 56 and box[1] >= 60 and box[2] <= 650 and box[3] <= 580


@pytest.mark.parametrize("text", [TEXT, LONG], ids=["usual", "long"])
def test_the_parts_do_not_touch(photo: ImageFile, text: CardText) -> None:
    """Between rule, series, name, role and sentence there are bands without ink."""
    image = column(text, photo)
    ground = rgb_of(PAGE.light)
    empty = [
        image.crop((0, y, image.width, y + 1)).getcolors(1) == [(image.width, ground)]
        for y in range(630)
    ]
    bands = sum(1 for y in range(1, 630) if empty[y] and not empty[y - 1])
    parts = 5
    assert bands >= parts


def test_without_photo_a_person_has_initials_and_a_question_the_whole_card() -> None:
    person = draw_card(TEXT, None, MIDDLE, ACCENT, FONTS, "CA")
    assert person.getpixel((5, 5)) == rgb_of(PAGE.light)
    panel = ink(person.crop(PANEL), PAGE.light)
    assert panel == (0, 0, 504, 630)
    question = CardText("La question", "Comment as-tu commencé\u00a0?", "12 réponses")
    card = draw_card(question, None, MIDDLE, ACCENT, FONTS, "")
    assert card.getpixel((5, 5)) == rgb_of(ACCENT.light)
    assert card.getpixel((1195, 625)) == rgb_of(ACCENT.light)


def test_quotation_marks_follow_the_language(photo: ImageFile) -> None:
    english = dataclasses.replace(TEXT, lang="en")
    assert column(TEXT, photo).tobytes() != column(english, photo).tobytes()


def test_the_name_changes_with_whatever_changes_the_card(
    photo: ImageFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = dataclasses.replace(photo, digest="1" * 64)
    arguments = [
        (TEXT, photo, MIDDLE, ACCENT, FONTS, ""),
        (dataclasses.replace(TEXT, title="Carole Audet"), photo, MIDDLE, ACCENT, FONTS, ""),
        (dataclasses.replace(TEXT, lang="en"), photo, MIDDLE, ACCENT, FONTS, ""),
        (TEXT, other, MIDDLE, ACCENT, FONTS, ""),
        (TEXT, None, MIDDLE, ACCENT, FONTS, ""),
        (TEXT, None, MIDDLE, ACCENT, FONTS, "CA"),
        (TEXT, photo, (0.1, 0.5), ACCENT, FONTS, ""),
        (TEXT, photo, MIDDLE, Accent("#000000", "#ffffff"), FONTS, ""),
        (TEXT, photo, MIDDLE, ACCENT, dataclasses.replace(FONTS, digest="other"), ""),
    ]
    names = {social_card_name(*each) for each in arguments}
    monkeypatch.setattr(module, "_version", lambda: "another version")
    names.add(social_card_name(*arguments[0]))
    assert len(names) == len(arguments) + 1
    assert all(name.startswith("social-") and name.endswith(".jpg") for name in names)


PROGRAM = """
import hashlib, sys
from pathlib import Path
from portraits.images.accent import accent_of_name
from portraits.images.monogram import initials, monogram
from portraits.images.card_text import CardText, typefaces
from portraits.images.social_card import social_card, social_card_name
folder = Path(sys.argv[1])
fonts = typefaces(*(folder / f"{name}.woff2" for name in
    ("newsreader-480", "newsreader-italic", "atkinson-400", "atkinson-600")))
accent = accent_of_name("Zoé")
text = CardText("La série", "Zoé", "Modératrice", "Écouter\u202f!")
card = social_card(text, None, (0.5, 0.5), accent, fonts, initials("Zoé"))
name = social_card_name(text, None, (0.5, 0.5), accent, fonts, initials("Zoé"))
print(name, hashlib.sha256(card + monogram("Zoé", accent)).hexdigest())
"""


def test_two_processes_draw_the_same_bytes() -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM, str(FOLDER)],
            env={"PYTHONPATH": str(ROOT / "plugins"), "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "America/Montreal"))
    }
    assert len(outputs) == 1


def test_a_missing_typeface_is_named(tmp_path: Path) -> None:
    with pytest.raises(ImageError) as caught:
        typefaces(FONTS.serif, FONTS.italic, FONTS.sans, tmp_path / "absent.woff2")
    assert caught.value.code == "font-missing"
    assert caught.value.path.name == "absent.woff2"


@pytest.mark.parametrize("quote", ["Écouter", "Une communauté, c’est du monde. " * 9])
def test_a_quote_without_a_title_has_the_column_above_the_person_to_itself(
    photo: ImageFile, quote: str
) -> None:
    alone = CardText("La série", "", "Caroline Audet", quote.strip())
    found = ink(column(alone, photo), PAGE.light)
    assert found is not None
    left, top, right, bottom = found
    assert (left, top) == (64, 64)
    assert right <= 696 - 40
    assert bottom <= 630 - 56
    person = ink(column(alone, photo).crop((0, 520, 696, 630)), PAGE.light)
    assert person is not None
