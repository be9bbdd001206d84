"""Parse dates as editors write them.

    date  = year "-" month "-" day            2011-07-14
          | day month-name year               14 juillet 2011, 1er août 2011
          | [month-name day ","] year         July 14, 2011 (English portraits)

Nothing is guessed: an incomplete date, or an ambiguous one such as ``03/07/2011``, is refused
with a hint that shows an accepted form.
"""

from __future__ import annotations

import datetime as dt
import re

from portraits.support.problems import unaccented

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""No interview on the web is older; a later year is a typing error."""

_MONTHS = {
    "fr": ("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout",
           "septembre", "octobre", "novembre", "decembre"),
    "en": ("january", "february", "march", "april", "may", "june", "july", "august",
           "september", "october", "november", "december"),
}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_ISO_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{1,2}[:h]\d{2}.*")
_DAY_FIRST = re.compile(r"(?:\w+ )?(\d{1,2})(?:er|st|nd|rd|th)? ([a-z]+) (\d{4})")
_MONTH_FIRST = re.compile(r"(?:[a-z]+,? )?([a-z]+) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_HALF = re.compile(r"\d{4}|\d{4}-\d{1,2}|[a-z]+ \d{4}|\d{1,2}(?:er)? [a-z]+|\d{1,2}-\d{1,2}")
_NUMERIC = re.compile(r"\d{1,4}[/.\-]\d{1,2}[/.\-]\d{1,4}")
_EXAMPLE = "écrivez-la au long (14 juillet 2011) ou en ISO (2011-07-14)"


class DateRefused(ValueError):
    """A date that is refused; message and hint in French."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def _month(word: str, lang: str) -> int:
    """Return 1 to 12, or 0 when ``word`` is not a month in an allowed language.

    English portraits may also use French months.
    """
    for code in ("fr", "en") if lang.startswith("en") else ("fr",):
        if word in _MONTHS[code]:
            return _MONTHS[code].index(word) + 1
    return 0


def read_date(text: str, lang: str) -> dt.date:
    """Parse ``text``; English month names are accepted in English portraits only.

    Raises DateRefused.
    """
    plain = " ".join(unaccented(text).replace("\u00a0", " ").split())
    if iso := _ISO.fullmatch(plain):
        year, month, day = (int(part) for part in iso.groups())
    elif (long := _DAY_FIRST.fullmatch(plain)) and _month(long[2], lang):
        day, month, year = int(long[1]), _month(long[2], lang), int(long[3])
    elif (long := _MONTH_FIRST.fullmatch(plain)) and _month(long[1], lang):
        month, day, year = _month(long[1], lang), int(long[2]), int(long[3])
    elif timed := _ISO_TIME.fullmatch(plain):
        raise DateRefused(f"« {text} » donne une heure", f"gardez le jour seul : {timed[1]}")
    elif _NUMERIC.fullmatch(plain):
        raise DateRefused(f"« {text} » peut se lire de deux façons", _EXAMPLE)
    elif _HALF.fullmatch(plain):
        raise DateRefused(f"la date « {text} » est incomplète",
                          "donnez le jour, le mois et l’année, comme 2011-07-14")
    elif (long := _DAY_FIRST.fullmatch(plain)) and _month(long[2], "en"):
        raise DateRefused(f"« {text} » est une date anglaise, le portrait est en français",
                          _EXAMPLE)
    else:
        raise DateRefused(f"« {text} » n’est pas une date", _EXAMPLE)
    try:
        date = dt.date(year, month, day)
    except ValueError:
        raise DateRefused(f"la date « {text} » n’existe pas au calendrier",
                          "vérifiez le jour et le mois") from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateRefused(f"l’année {year} est hors de portée",
                          f"vérifiez l’année : de {FIRST_YEAR} à {LAST_YEAR}")
    return date
