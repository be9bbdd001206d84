"""Accents can be read on the page, come from the photo or the name, and never vary."""

import itertools
from pathlib import Path

import pytest
from PIL import Image
from portraits.images.accent import (
    MIN_CONTRAST,
    PAGE,
    Accent,
    Backgrounds,
    accent_of_name,
    accent_of_photo,
    main_colour,
    readable,
)
from portraits.images.checking import read_image
from portraits.images.oklch import contrast, hex_of, oklch_of, rgb_of

from tests.unit.images.photos import saved, written


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),  # the grey that famously just fails
        ("#767676", "#ffffff", 4.54),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert round(contrast(one, other), 2) == ratio
    assert contrast(one, other) == contrast(other, one)


def test_a_colour_goes_to_oklch_and_back() -> None:
    for colour in ("#ff0000", "#00ff00", "#0000ff", "#ffffff", "#000000", "#7f5d00", "#16151a"):
        assert hex_of(*oklch_of(rgb_of(colour))) == colour


def test_oklch_agrees_with_the_published_values() -> None:
    """CSS Color 4 gives red as oklch(62.8% 0.258 29.2)."""
    lightness, chroma, hue = oklch_of((255, 0, 0))
    assert (round(lightness, 3), round(chroma, 3), round(hue, 1)) == (0.628, 0.258, 29.2)


@pytest.mark.parametrize("colour", ["red", "#fff", "fbfaf7", "#gggggg", ""])
def test_what_is_no_colour_is_refused(colour: str) -> None:
    with pytest.raises(ValueError):
        rgb_of(colour)


def is_readable(accent: Accent, backgrounds: Backgrounds = PAGE) -> bool:
    return (
        contrast(accent.light, backgrounds.light) >= MIN_CONTRAST
        and contrast(accent.dark, backgrounds.dark) >= MIN_CONTRAST
    )


@pytest.mark.parametrize(
    "backgrounds",
    [PAGE, Backgrounds("#ffffff", "#000000"), Backgrounds("#d8d0c4", "#333340")],
    ids=["ours", "black and white", "greyish"],
)
def test_every_hue_can_be_read_in_both_schemes(backgrounds: Backgrounds) -> None:
    for hue in range(0, 360, 7):
        for chroma in (0.0, 0.1, 0.4):
            assert is_readable(readable(hue, chroma, backgrounds), backgrounds)


def test_a_background_on_which_nothing_can_be_read_is_refused() -> None:
    with pytest.raises(ValueError):
        readable(30, 0.1, Backgrounds(light="#707070", dark="#16151a"))


def test_a_name_always_has_the_same_accent() -> None:
    assert accent_of_name("Élodie Côté") == accent_of_name("  e\u0301lodie co\u0302te\u0301 ")
    assert accent_of_name("Élodie Côté") == Accent("#a23e35", "#f19488")


def test_names_share_out_the_palette() -> None:
    accents = [accent_of_name(f"Personne {number}") for number in range(300)]
    assert len(set(accents)) == 15
    assert all(is_readable(accent) for accent in accents)


def hue_of(colour: str) -> float:
    return oklch_of(rgb_of(colour))[2]


def apart(one: float, other: float) -> float:
    return abs((one - other + 180) % 360 - 180)


def accent_of(folder: Path, image: Image.Image) -> Accent | None:
    return accent_of_photo(read_image(written(folder / "a.png", saved(image, "PNG"))))


def with_patch(ground: tuple[int, int, int], patch: tuple[int, int, int]) -> Image.Image:
    image = Image.new("RGB", (200, 200), ground)
    image.paste(patch, (0, 0, 60, 60))
    return image


@pytest.mark.parametrize(
    ("ground", "patch", "main"),
    [
        ("grey wall", "blue shirt", (30, 60, 200)),
        ("skin", "green scarf", (20, 150, 70)),
        ("skin", "dull blue", (70, 90, 130)),
        ("pale blue", "vivid red", (210, 20, 20)),
    ],
)
def test_the_accent_is_the_most_vivid_colour_and_not_the_skin(
    tmp_path: Path, ground: str, patch: str, main: tuple[int, int, int]
) -> None:
    grounds = {"grey wall": (150, 150, 150), "skin": (214, 165, 140), "pale blue": (200, 210, 220)}
    accent = accent_of(tmp_path, with_patch(grounds[ground], main))
    assert accent is not None and is_readable(accent)
    assert apart(hue_of(accent.light), oklch_of(main)[2]) < 12
    assert apart(hue_of(accent.dark), oklch_of(main)[2]) < 12


def test_a_face_and_nothing_else_gives_a_warm_accent(tmp_path: Path) -> None:
    accent = accent_of(tmp_path, Image.new("RGB", (100, 100), (214, 165, 140)))
    assert accent is not None and is_readable(accent)
    assert apart(hue_of(accent.light), 55) < 25


@pytest.mark.parametrize("colour", [(0, 0, 0), (128, 128, 128), (255, 255, 255), (122, 120, 118)])
def test_a_black_and_white_photo_has_no_accent_of_its_own(
    tmp_path: Path, colour: tuple[int, int, int]
) -> None:
    assert accent_of(tmp_path, Image.new("RGB", (100, 100), colour)) is None


def test_any_colours_at_all_give_a_readable_accent() -> None:
    steps = (0, 60, 130, 200, 255)
    for colour in itertools.product(steps, repeat=3):
        found = main_colour([colour])
        assert found is None or is_readable(readable(*found))


def test_no_pixels_no_colour() -> None:
    assert main_colour([]) is None
