"""Parse dates as editors write them.

    date  = year "-" month "-" day            2011-07-14
          | day month-name year               14 juillet 2011, 1er août 2011
          | month-name day [","] year         July 14, 2011 (English portraits)
          | as the catalogue of the portrait's language writes dates

Nothing is guessed: an incomplete date, or an ambiguous one such as ``03/07/2011``, is refused
with a hint that shows an accepted form.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from portraits.support.catalogue import catalogue, interface_language
from portraits.support.languages import LANGUAGES
from portraits.support.messages import msg, spoken
from portraits.support.transliteration import unaccented

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""No interview on the web is older; a later year is a typing error."""

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_ISO_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{1,2}[:h]\d{2}.*")
_DAY_FIRST = re.compile(r"(?:\w+ )?(\d{1,2})(?:er|st|nd|rd|th)? ([a-z]+) (\d{4})")
_MONTH_FIRST = re.compile(r"(?:[a-z]+,? )?([a-z]+) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_HALF = re.compile(r"\d{4}|\d{4}-\d{1,2}|[a-z]+ \d{4}|\d{1,2}(?:er)? [a-z]+|\d{1,2}-\d{1,2}")
_NUMERIC = re.compile(r"\d{1,4}[/.\-]\d{1,2}[/.\-]\d{1,4}")


class DateRefused(ValueError):
    """A date that is refused; message and hint in the editor's language."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(frozen=True, slots=True)
class _LanguageName:
    """The name of a language as a value of a message, in the language of the message."""

    lang: str

    def __str__(self) -> str:
        return catalogue(spoken()).language(self.lang)


@cache
def _months(lang: str) -> dict[str, int]:
    """Map each month name in ``lang``, without accents and in lower case, to 1 to 12."""
    return {
        unaccented(name): number for number, name in enumerate(catalogue(lang).writing.months, 1)
    }


@cache
def _form(lang: str) -> re.Pattern[str]:
    """Return a pattern for dates as the catalogue of ``lang`` writes them."""
    said = unaccented(catalogue(lang).writing.date).replace("\u00a0", " ")
    parts = {
        "day": r"(?P<day>\d{1,2})",
        "month": r"(?P<month>[^\W\d_]+)",
        "year": r"(?P<year>\d{4})",
    }
    return re.compile(re.sub(r"\\{(\w+)\\}", lambda found: parts[found[1]], re.escape(said)))


def _month(word: str, languages: Iterable[str]) -> int:
    """Return 1 to 12, or 0 when ``word`` is not a month in one of ``languages``."""
    return next((_months(lang)[word] for lang in languages if word in _months(lang)), 0)


def _written_out(text: str, languages: Sequence[str]) -> tuple[int, int, int] | None:
    """Return year, month and day of a date that names a month in one of ``languages``."""
    if (long := _DAY_FIRST.fullmatch(text)) and (month := _month(long[2], languages)):
        return int(long[3]), month, int(long[1])
    if (long := _MONTH_FIRST.fullmatch(text)) and (month := _month(long[1], languages)):
        return int(long[3]), month, int(long[2])
    for lang in languages:
        if (long := _form(lang).fullmatch(text)) and (month := _month(long["month"], (lang,))):
            return int(long["year"]), month, int(long["day"])
    return None


def _in_plain_digits(text: str) -> str:
    """Return ``text`` with the digits 0 to 9, whatever script its digits are of."""
    return "".join(
        str(unicodedata.digit(char)) if char.isdigit() else char
        for char in unicodedata.normalize("NFKC", text)
    )


def read_date(text: str, lang: str) -> dt.date:
    """Parse ``text``; month names are accepted in ``lang``, and in French in every portrait.

    Raises DateRefused.
    """
    languages = tuple(dict.fromkeys((interface_language(lang), LANGUAGES[0])))
    if any(char.isdigit() and not char.isascii() for char in text):
        raise DateRefused(
            msg("date.other_digits", text=text),
            msg("date.other_digits_hint", date=_in_plain_digits(text)),
        )
    plain = " ".join(unaccented(text).replace("\u00a0", " ").split())
    if iso := _ISO.fullmatch(plain):
        year, month, day = (int(part) for part in iso.groups())
    elif found := _written_out(plain, languages):
        year, month, day = found
    elif timed := _ISO_TIME.fullmatch(plain):
        raise DateRefused(msg("date.time", text=text), msg("date.time_hint", day=timed[1]))
    elif _NUMERIC.fullmatch(plain):
        raise DateRefused(msg("date.ambiguous", text=text), msg("date.write_out"))
    elif _HALF.fullmatch(plain):
        raise DateRefused(msg("date.incomplete", text=text), msg("date.incomplete_hint"))
    elif other := next((one for one in LANGUAGES if _written_out(plain, (one,))), ""):
        raise DateRefused(
            msg(
                "date.other_language",
                text=text,
                found=_LanguageName(other),
                expected=_LanguageName(languages[0]),
            ),
            msg("date.write_out"),
        )
    else:
        raise DateRefused(msg("date.unknown", text=text), msg("date.write_out"))
    try:
        date = dt.date(year, month, day)
    except ValueError:
        raise DateRefused(
            msg("date.not_in_calendar", text=text), msg("date.not_in_calendar_hint")
        ) from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateRefused(
            msg("date.out_of_range", year=year),
            msg("date.out_of_range_hint", first=FIRST_YEAR, last=LAST_YEAR),
        )
    return date
