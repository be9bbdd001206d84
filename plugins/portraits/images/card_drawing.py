"""Lay out and draw a social card: a kicker, a name, a role, a quote.

With a picture, the text is on the page's background in a column of 568 pixels to the left;
without one it fills the width, on the accent colour. The kicker is at the top, the quote at
the bottom; without a quote, the title moves to the bottom and is set larger, as on a magazine
cover; without a title, the quote is set large, and the subtitle says whose it is.
"""

from PIL import Image, ImageDraw

from portraits.images.accent import PAGE, Accent
from portraits.images.card_text import CardText, Typefaces
from portraits.images.decode import decode
from portraits.images.faces import Face
from portraits.images.oklch import hex_of, oklch_of, rgb_of
from portraits.images.picture import CARD, crop_box
from portraits.images.source import ImageFile
from portraits.images.typesetting import TextBlock, draw, draw_centred, fit, width_of
from portraits.support.catalogue import catalogue, interface_language

WIDTH, HEIGHT = 1200, 630

_PANEL = 504  # 4:5
_MARGIN = 64
_GAP = 68
_INK, _MUTED = "#1d1b22", "#56535e"


def draw_card(
    text: CardText,
    photo: ImageFile | None,
    focus: tuple[float, float],
    accent: Accent,
    fonts: Typefaces,
    initials: str,
) -> Image.Image:
    """Return the pixels of a card. Raises :class:`ImageError` if the photo does not decode."""
    plain = photo is None and not initials
    canvas = Image.new("RGB", (WIDTH, HEIGHT), accent.light if plain else PAGE.light)
    serif = Face(fonts.serif)
    if photo is not None:
        canvas.paste(_photo_panel(photo, focus), (WIDTH - _PANEL, 0))
    elif initials:
        canvas.paste(_initials_panel(initials, accent, serif), (WIDTH - _PANEL, 0))
    else:
        mark = "?" if text.title.rstrip().endswith("?") else "«"
        draw_centred(canvas, (WIDTH - 170, HEIGHT / 2 + 40), mark, serif, 900, _shade(accent))
    if plain:
        _set_plain(canvas, text, fonts)
    else:
        _set_beside(canvas, text, accent, fonts)
    return canvas


def _quotation_marks(lang: str) -> tuple[str, str]:
    """Return the opening and closing quotation marks of a language."""
    opening, _, closing = catalogue(interface_language(lang)).template("quoted").partition("{text}")
    return opening, closing


def _set_beside(canvas: Image.Image, text: CardText, accent: Accent, fonts: Typefaces) -> None:
    """Draw the text in the column to the left of a photo or of initials."""
    across = WIDTH - _PANEL - _MARGIN - _GAP
    top = _kicker(canvas, text.kicker, fonts, across, accent.light, accent.light)
    if not text.title:
        _set_quote(canvas, text, accent, fonts, (across, top))
        return
    opening, closing = _quotation_marks(text.lang)
    quote = fit(
        opening + text.quote if text.quote else "",
        Face(fonts.italic),
        range(46, 25, -2),
        (across, 206),
        leading=1.22,
        max_lines=5,
        closing=closing,
    )
    foot = HEIGHT - _MARGIN
    if quote.lines:
        foot -= quote.height
        draw(canvas, _MARGIN, foot + 6, quote, _INK)
    title, subtitle = _heading(text, fonts, across, foot - top, large=88 if quote.lines else 104)
    if not quote.lines:
        top = foot - title.height - 12 - subtitle.height
    draw(canvas, _MARGIN, top, title, _INK)
    draw(canvas, _MARGIN, top + title.height + 12, subtitle, _MUTED)


def _set_quote(
    canvas: Image.Image, text: CardText, accent: Accent, fonts: Typefaces, room: tuple[int, int]
) -> None:
    """Draw the quote as large as it fits, and whose it is at the foot; ``room`` is the width and
    the top of the column, in pixels."""
    across, top = room
    person = fit(
        text.subtitle, Face(fonts.sans), range(30, 23, -2), (across, 80), leading=1.28, max_lines=2
    )
    foot = HEIGHT - _MARGIN - person.height
    opening, closing = _quotation_marks(text.lang)
    quote = fit(
        opening + text.quote,
        Face(fonts.italic),
        range(84, 27, -2),
        (across, foot - top - 28),
        leading=1.14,
        max_lines=10,
        closing=closing,
    )
    draw(canvas, _MARGIN, top, quote, accent.light)
    draw(canvas, _MARGIN, foot, person, _MUTED)


def _set_plain(canvas: Image.Image, text: CardText, fonts: Typefaces) -> None:
    """Draw the text over the whole card, on the accent colour."""
    across = WIDTH - 3 * _MARGIN
    top = _kicker(canvas, text.kicker, fonts, across, PAGE.light, PAGE.light)
    foot = HEIGHT - _MARGIN
    title, subtitle = _heading(text, fonts, across, foot - top, large=116)
    top = foot - title.height - 12 - subtitle.height
    draw(canvas, _MARGIN, top, title, PAGE.light)
    draw(canvas, _MARGIN, top + title.height + 12, subtitle, PAGE.light)


def _kicker(
    canvas: Image.Image, text: str, fonts: Typefaces, across: int, fill: str, rule: str
) -> int:
    """Draw the rule and the kicker; return the top of the remaining space, in pixels."""
    ImageDraw.Draw(canvas).rectangle((_MARGIN, _MARGIN, _MARGIN + 55, _MARGIN + 5), fill=rule)
    block = fit(text, Face(fonts.bold), range(27, 21, -1), (across, 80), leading=1.25, max_lines=2)
    draw(canvas, _MARGIN, _MARGIN + 22, block, fill)
    return _MARGIN + 22 + block.height + 26


def _heading(
    text: CardText, fonts: Typefaces, across: int, height: int, large: int
) -> tuple[TextBlock, TextBlock]:
    """Set title and subtitle so that both fit into ``height`` (pixels)."""
    subtitle = fit(
        text.subtitle, Face(fonts.sans), range(30, 23, -2), (across, 80), leading=1.28, max_lines=2
    )
    room = height - subtitle.height - 36
    title = fit(
        text.title,
        Face(fonts.serif),
        range(large, 39, -4),
        (across, room),
        leading=1.04,
        max_lines=4,
    )
    return title, subtitle


def _photo_panel(photo: ImageFile, focus: tuple[float, float]) -> Image.Image:
    box = crop_box(photo.width, photo.height, CARD, focus)
    enough = [d for d in (1, 2, 4, 8) if d * _PANEL <= box[2] - box[0]]
    pixels = decode(photo, max(enough, default=1))
    across, down = pixels.width / photo.width, pixels.height / photo.height
    scaled = (box[0] * across, box[1] * down, box[2] * across, box[3] * down)
    return pixels.resize((_PANEL, HEIGHT), Image.Resampling.LANCZOS, scaled)


def _initials_panel(initials: str, accent: Accent, face: Face) -> Image.Image:
    """Draw the monogram with the typeface (see :mod:`portraits.images.monogram` for the SVG)."""
    panel = Image.new("RGB", (_PANEL, HEIGHT), accent.light)
    draw_centred(panel, (_PANEL * 0.7, HEIGHT * 0.54), initials[-1], face, 1100, _shade(accent))
    size = 250
    while size > 40 and width_of(initials, face, size) > _PANEL * 0.72:
        size -= 10
    draw_centred(panel, (_PANEL / 2, HEIGHT / 2), initials, face, size, PAGE.light)
    return panel


def _shade(accent: Accent) -> str:
    lightness, chroma, hue = oklch_of(rgb_of(accent.light))
    return hex_of(lightness - 0.045, chroma, hue)
