"""Style sheets, typefaces, drawings and scripts of the theme."""

from __future__ import annotations

import gzip
import re
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest
import tinycss2
from fontTools.pens.areaPen import AreaPen
from fontTools.ttLib import TTFont
from portraits.images.accent import MIN_CONTRAST, PAGE
from portraits.images.oklch import contrast
from portraits.settings import LOOKS as CHOSEN
from portraits.site.cards import OF_THE_SITE
from portraits.site.styleguide import ComponentMismatch, declared, styleguide_page
from portraits.support.catalogue import catalogue

from tools import open_zeros, write_accents, write_font_faces
from tools.samples import ENVIRONMENT, SITE, THEME, samples, stylesheet

CSS = THEME / "static" / "css"
LOOKS = sorted((CSS / "looks").glob("*.css"))
TEMPLATES = "".join(
    path.read_text(encoding="utf-8") for path in sorted((THEME / "templates").rglob("*.html"))
)


def bundle() -> list[str]:
    with (THEME / "assets.toml").open("rb") as file:
        names: list[str] = tomllib.load(file)["bundles"]["css/site.css"]
    return names


def test_every_style_sheet_is_sent_once() -> None:
    present = [path.relative_to(THEME / "static").as_posix() for path in CSS.rglob("*.css")]
    # The last one is for the pages in a blog, which load no other.
    sent = {name.format(look=look) for look in CHOSEN for name in bundle()}
    assert sorted(sent) == sorted(set(present) - {"css/guest.css"})


def test_the_style_sheet_is_well_formed() -> None:
    def errors(rules: list[tinycss2.ast.Node]) -> list[str]:
        return [str(rule) for rule in rules if rule.type == "error"]

    rules = tinycss2.parse_stylesheet(stylesheet(), skip_comments=True, skip_whitespace=True)
    assert errors(rules) == []
    text = stylesheet()
    assert text.count("{") == text.count("}")


def test_everything_is_in_a_layer_but_the_typefaces() -> None:
    rules = tinycss2.parse_stylesheet(stylesheet(), skip_comments=True, skip_whitespace=True)
    outside = {getattr(rule, "at_keyword", "a rule") for rule in rules}
    assert outside == {"layer", "font-face"}


def test_colours_are_written_in_one_place() -> None:
    at_home = {
        "tokens.css",
        "accents.css",
        "interview.css",
        "carnet.css",
    }  # the last one: a mask, not a colour
    strays = [
        path.name
        for path in CSS.rglob("*.css")
        if path.name not in at_home
        and re.search(r"#[0-9a-f]{3,8}\b|rgb\(|oklch\(", path.read_text(encoding="utf-8"))
    ]
    assert strays == []


def test_every_class_that_is_styled_is_used() -> None:
    drawn = "".join(
        path.read_text(encoding="utf-8")
        for folder, kind in (
            (THEME.parent / "plugins" / "portraits", "*.py"),
            (THEME / "static" / "js", "*.js"),
        )
        for path in sorted(folder.rglob(kind))
    )
    found = set(
        re.findall(
            r"\.([a-z][a-z-]*(?:__[a-z-]+)?(?:--[a-z-]+)?)(?=[\s,:.{)>~+\[])",
            re.sub(r"/\*.*?\*/|url\([^)]*\)", "", stylesheet(), flags=re.S),
        )
    )
    unused = [
        name for name in found if name not in TEMPLATES and name not in drawn and "--" not in name
    ]
    assert unused == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_accent_can_be_read_on_paper_and_on_its_own_tint(scheme: str) -> None:
    paper = getattr(PAGE, scheme)
    for hue in write_accents.HUES:
        accent = getattr(write_accents.accent_of_hue(hue), scheme)
        assert contrast(accent, paper) >= MIN_CONTRAST
        assert contrast(accent, write_accents.tinted(accent, paper)) >= MIN_CONTRAST


@pytest.mark.parametrize(
    ("token", "place"), [("ink", 0), ("ink-soft", 0), ("ink", 1), ("ink-soft", 1)]
)
def test_text_can_be_read_on_paper_and_on_every_tint(token: str, place: int) -> None:
    paper = (PAGE.light, PAGE.dark)[place]
    ink = pair(token)[place]
    for hue in write_accents.HUES:
        accent = write_accents.accent_of_hue(hue)
        ground = write_accents.tinted((accent.light, accent.dark)[place], paper)
        assert contrast(ink, ground) >= MIN_CONTRAST


def pair(token: str) -> tuple[str, str]:
    """A colour of tokens.css in both schemes."""
    found = re.search(
        rf"--{token}: light-dark\((#\w+), (#\w+)\)",
        (CSS / "tokens.css").read_text(encoding="utf-8"),
    )
    assert found
    return found[1], found[2]


def test_the_paper_is_the_one_that_accents_are_made_for() -> None:
    assert pair("paper") == (PAGE.light, PAGE.dark)
    assert re.findall(r'theme-color".*?(#\w{6})', TEMPLATES) == [PAGE.light, PAGE.dark]


def test_no_tint_is_stronger_than_accents_are_made_for() -> None:
    """Nor is paper that stands as text on an accent mixed with more of it."""
    text = "".join(path.read_text(encoding="utf-8") for path in (CSS / "tokens.css", *LOOKS))
    shares = re.findall(r"--tint[a-z-]*: color-mix\(in srgb, var\(--\w+\) (\d+)%", text)
    shares += [
        str(100 - int(share))
        for share in re.findall(r"color-mix\(in srgb, var\(--paper\) (\d+)%, var\(--hue\)", text)
    ]
    assert len(shares) == 5
    assert max(map(int, shares)) <= write_accents.TINT * 100


@pytest.mark.parametrize("place", [0, 1])
def test_the_one_ink_of_the_notebook_can_be_read_everywhere(place: int) -> None:
    text = (CSS / "looks/carnet.css").read_text(encoding="utf-8")
    found = re.search(r"--accent: light-dark\((#\w+), (#\w+)\)", text)
    assert found
    accent, paper = found[place + 1], (PAGE.light, PAGE.dark)[place]
    assert contrast(accent, write_accents.tinted(accent, paper)) >= MIN_CONTRAST
    assert contrast(accent, pair("rule")[place]) >= MIN_CONTRAST, "on a ruled line"
    assert contrast(pair("ink-soft")[place], pair("rule")[place]) >= 3, "crossed by a line"


def test_every_look_sets_the_same_tokens() -> None:
    def tokens(path: Path) -> set[str]:
        return set(re.findall(r"^ +(--[\w-]+):", path.read_text(encoding="utf-8"), re.MULTILINE))

    own = {"--tint", "--tint-strong", "--size-5", "--size-6"}
    magazine = tokens(CSS / "looks/magazine.css")
    assert {path.stem for path in LOOKS} == set(CHOSEN)
    assert [path.stem for path in LOOKS if tokens(path) - own != magazine] == []


def test_written_style_sheets_are_up_to_date() -> None:
    assert (CSS / "accents.css").read_text(encoding="utf-8") == write_accents.stylesheet()
    assert (CSS / "fonts.css").read_text(encoding="utf-8") == write_font_faces.stylesheet()


def test_every_icon_has_its_mark() -> None:
    sprite = ElementTree.parse(THEME / "static" / "img" / "sprite.svg")
    marks = {symbol.get("id") for symbol in sprite.iter("{http://www.w3.org/2000/svg}symbol")}
    icons = set(re.findall(r'icon\(site, "(\w+)"\)', TEMPLATES))
    assert (icons | {"web"}) - marks == set()


def test_a_portraits_page_is_light() -> None:
    page = samples()["portrait-30"].html() + stylesheet()
    assert len(gzip.compress(page.encode(), mtime=0)) < 20_000
    fonts = [THEME / "static" / name for name in re.findall(r'asset\("(fonts/[^"]+)"\)', TEMPLATES)]
    assert len(fonts) == 2
    assert sum(font.stat().st_size for font in fonts) < 100_000


def test_every_component_is_declared_with_an_example() -> None:
    macros = {
        (path.name, macro)
        for path in (THEME / "templates" / "components").glob("*.html")
        for macro in re.findall(r"{% macro (\w+)\(", path.read_text(encoding="utf-8"))
    }
    assert {(one["file"], one["macro"]) for one in declared(THEME)} == macros


def test_every_example_can_be_rendered() -> None:
    page = styleguide_page(THEME, ENVIRONMENT, SITE, catalogue("fr"))
    assert all(one.html.strip() for one in page.components)


def test_a_declaration_that_does_not_fit_its_macro_is_refused(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = {"file": "day.html", "macro": "day", "parameters": {"t": "", "date": ""}, "example": {}}
    monkeypatch.setattr("portraits.site.styleguide.declared", lambda theme: (wrong,))
    with pytest.raises(ComponentMismatch, match="day takes"):
        styleguide_page(THEME, ENVIRONMENT, SITE, catalogue("fr"))


def test_scripts_are_small_and_speak_no_language() -> None:
    for path in (THEME / "static" / "js").glob("*.js"):
        if path.name in {"theme-switch.js", "reading-position.js", "copy-link.js"}:
            script = path.read_bytes()
            assert len(gzip.compress(script, mtime=0)) < 1500
            assert not re.search(rb"innerHTML|document\.write|\beval\b", script)


@pytest.mark.parametrize("weight", [400, 700])
def test_zeros_have_no_slash(weight: int) -> None:
    glyphs = TTFont(open_zeros.FACE).getGlyphSet(location={"wght": weight})
    areas = {}
    for name in ("zero", "O"):
        pen = AreaPen()
        glyphs[name].draw(pen)
        areas[name] = abs(pen.value) / glyphs[name].width
    # A slash would add a fifth to what is inked.
    assert areas["zero"] == pytest.approx(areas["O"], rel=0.1)


def test_the_card_and_the_icon_of_the_site_have_the_colour_of_its_pages() -> None:
    tokens = (CSS / "tokens.css").read_text(encoding="utf-8")
    assert f"--accent-light: {OF_THE_SITE.light};" in tokens
    assert f"--accent-dark: {OF_THE_SITE.dark};" in tokens
    icon = (THEME / "static" / "img" / "favicon.svg").read_text(encoding="utf-8")
    assert f'fill="{OF_THE_SITE.light}"' in icon
