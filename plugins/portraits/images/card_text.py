"""Hold the text of a social card and its typefaces."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from portraits.images.source import ImageError
from portraits.support.messages import msg


@dataclass(frozen=True, slots=True)
class CardText:
    """The text of a card. Empty fields take no space."""

    kicker: str
    """One short line above the title: the series."""
    title: str
    """A name, a question, the site's title."""
    subtitle: str = ""
    """A role, a number of answers."""
    quote: str = ""
    """A sentence, without quotation marks."""
    lang: str = "fr"
    """Selects the quotation marks."""


@dataclass(frozen=True, slots=True)
class Typefaces:
    """The faces of cards, each of one weight with the letters of all Latin alphabets: TTF, OTF or
    WOFF2."""

    serif: Path
    italic: Path
    sans: Path
    bold: Path
    """Heavier than ``sans``."""
    digest: str
    """SHA-256 over the four files."""


def typefaces(serif: Path, italic: Path, sans: Path, bold: Path) -> Typefaces:
    """Return the typefaces with their hash. Raises :class:`ImageError` if one cannot be read."""
    digest = hashlib.sha256()
    for path in (serif, italic, sans, bold):
        try:
            digest.update(hashlib.sha256(path.read_bytes()).digest())
        except OSError as error:
            raise ImageError(
                path, "font-missing", msg("images.font_missing"), msg("images.font_missing_hint")
            ) from error
    return Typefaces(serif, italic, sans, bold, digest.hexdigest())
