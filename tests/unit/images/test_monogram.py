"""The initials of names as people have them, drawn without any font."""

import importlib.util
import json
from pathlib import Path

import pytest
from lxml import etree
from portraits.images.accent import accent_of_name
from portraits.images.monogram import initials, monogram
from portraits.images.oklch import contrast

from tests.unit.images.letterforms import LETTERS, letterforms

NAMES = [
    ("Caroline Audet", "CA"),
    ("caroline audet", "CA"),
    ("Anne Marie Tremblay", "AT"),
    ("Jean-François Côté", "JC"),
    ("Maude Lavoie-Tardif", "ML"),
    ("Marie-Ève", "MÈ"),
    ("Émile Œuvray", "ÉŒ"),
    ("E\u0301mile Zola", "ÉZ"),
    ("Guy d’Amours", "GA"),
    ("Guy D'Amours", "GA"),
    ("Guy d’ Amours", "GA"),
    ("Élodie L’Heureux", "ÉH"),
    ("Sean O’Brien", "SO"),
    ("Jeanne de La Tour du Pin", "JP"),
    ("Ludwig van Beethoven", "LB"),
    ("De Niro", "DN"),
    ("evenko", "E"),
    ("@evenko", "E"),
    ("« Zaz »", "Z"),
    ("Ana 😀 Ruiz", "AR"),
    ("Karim B.", "KB"),
    ("2Pac", "2"),
    ("Łukasz Čapek", "ŁČ"),
    ("straße", "S"),
    ("ßeta", "S"),
    ("Nom\u202fComposé", "NC"),
    ("Martin Luther King Jr.", "MK"),
    ("de", "D"),
    ("😀", "«"),
    ("", "«"),
    ("李娜", "«"),
    ("李 Na", "N"),
    ("—", "«"),
    ("-", "«"),
]


@pytest.mark.parametrize(("name", "expected"), NAMES)
def test_initials(name: str, expected: str) -> None:
    assert initials(name) == expected


@pytest.mark.parametrize("name", [name for name, _ in NAMES if name != "李娜"])
def test_a_monogram_is_a_picture_on_its_own_ground(name: str) -> None:
    svg = etree.fromstring(monogram(name, accent_of_name(name)))
    paths = list(svg.iter("{http://www.w3.org/2000/svg}path"))
    assert {element.tag.rpartition("}")[2] for element in svg.iter()} == {"svg", "path"}
    assert svg.attrib["viewBox"] == "0 0 800 1000"
    ground, _, *letters = paths
    assert len(letters) == len(initials(name))
    for letter in letters:
        assert contrast(ground.attrib["fill"], letter.attrib["fill"]) >= 4.5


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("李娜", "李"),
        ("Ольга Иванова", "ОИ"),
        ("Γιώργος Σεφέρης", "ΓΣ"),
        ("سارة علي", "س"),
        ("김민수", "김"),
    ],
)
def test_a_name_in_another_script_has_its_own_initials(name: str, written: str) -> None:
    svg = etree.fromstring(monogram(name, accent_of_name(name)))
    shade, letters = svg.iter("{http://www.w3.org/2000/svg}text")
    assert letters.text == written
    assert shade.text == written[-1]
    (ground,) = svg.iter("{http://www.w3.org/2000/svg}path")
    assert contrast(ground.attrib["fill"], letters.attrib["fill"]) >= 4.5


def test_a_monogram_is_always_the_same() -> None:
    accent = accent_of_name("Caroline Audet")
    assert monogram("Caroline Audet", accent) == monogram("Caroline Audet", accent)
    assert monogram("Caroline Audet", accent) != monogram("Caroline Audet", accent_of_name("X"))


def extent(name: str) -> tuple[float, float]:
    """Where the initials begin and end, in pixels, from their places and advances."""
    forms = json.loads(LETTERS.read_bytes())
    svg = etree.fromstring(monogram(name, accent_of_name(name)))
    edges = []
    for letter, path in zip(initials(name), list(svg)[2:], strict=True):
        place, scale = path.attrib["transform"].split(" scale(")
        left = float(place.removeprefix("translate(").split()[0])
        edges += [left, left + forms[letter][0] * float(scale.rstrip(")"))]
    return edges[0], edges[-1]


@pytest.mark.parametrize("name", ["Q W", "W W", "Œ Œ", "I I", "J L", "Zoé"])
def test_initials_stand_in_the_middle_and_within_a_round_crop(name: str) -> None:
    left, right = extent(name)
    assert abs((left + right) / 2 - 400) < 1
    assert left >= 100


def test_the_letters_are_those_of_the_site_s_typeface() -> None:
    """If this fails, the typeface changed: run ``python tests/unit/images/letterforms.py``."""
    drawn = json.loads(LETTERS.read_bytes())
    assert "Open Font License" in drawn.pop("")
    assert drawn == letterforms()
    assert (Path(__file__).parents[3] / "theme/static/fonts/newsreader-OFL.txt").is_file()


def test_only_the_tests_need_fonttools() -> None:
    assert importlib.util.find_spec("fontTools") is not None
    package = Path(__file__).parents[3] / "plugins/portraits/images"
    assert not any("fontTools" in path.read_text("utf-8") for path in package.glob("*.py"))
