"""Parse dates and hours as editors write them.

    moment = date [[","] ["à" | "at"] hour]
    hour  = hours ":" minutes | hours "h" [minutes]      06:00, 6 h, 6 h 30
    date  = year "-" month "-" day            2011-07-14
          | day month-name year               14 juillet 2011, 1er août 2011
          | month-name day [","] year         July 14, 2011 (English portraits)
          | as the catalogue of the portrait's language writes dates

Nothing is guessed: an incomplete date, or an ambiguous one such as ``03/07/2011``, is refused
with a hint that shows an accepted form. An hour is one of the series' time zone, of 24 hours, to
the minute; one that this zone skips or has twice, when clocks change, is refused.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo

from portraits.support.catalogue import catalogue, interface_language
from portraits.support.languages import LANGUAGES
from portraits.support.messages import msg, spoken
from portraits.support.transliteration import unaccented

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""No interview on the web is older; a later year is a typing error."""

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_TIMED = re.compile(
    r"(.*?[^ ,])(?:t|,? (?:a |at )?)(\d{1,2})(?::(?=\d\d)| ?h(?![a-z]) ?)(\d{1,2})?(?!\d)(.*)"
)
"""A date, hours, minutes, and what may follow; without accents, in lower case."""
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
    elif timed := _TIMED.fullmatch(plain):
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


def read_moment(text: str, lang: str) -> tuple[dt.date, dt.time | None]:
    """Parse ``text``: a day as :func:`read_date` does, and the hour if it gives one.

    Raises DateRefused.
    """
    plain = " ".join(unaccented(text).replace("\u00a0", " ").replace("\u202f", " ").split())
    timed = _TIMED.fullmatch(plain)
    if timed is None:
        return read_date(text, lang), None
    day = read_date(timed[1], lang)
    hours, minutes, rest = int(timed[2]), int(timed[3] or 0), timed[4]
    if hours > 23 or minutes > 59:
        raise DateRefused(
            msg("moment.no_hour", text=text), msg("moment.no_hour_hint", day=day.isoformat())
        )
    if rest:
        raise DateRefused(
            msg("moment.too_precise", text=text),
            msg("moment.too_precise_hint", moment=f"{day.isoformat()} {hours:02}:{minutes:02}"),
        )
    return day, dt.time(hours, minutes)


def in_zone(day: dt.date, hour: dt.time, time_zone: str) -> dt.datetime:
    """Return the moment at which clocks of ``time_zone`` show ``hour`` on ``day``, with its offset.

    Raises DateRefused if they skip this hour or show it twice.
    """
    zone = ZoneInfo(time_zone)
    moment, later = (dt.datetime.combine(day, hour, zone).replace(fold=fold) for fold in (0, 1))
    if moment.utcoffset() != later.utcoffset():
        skipped = moment.astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None)
        key = "moment.twice" if skipped == moment.replace(tzinfo=None) else "moment.never"
        raise DateRefused(
            msg(key, hour=f"{hour:%H:%M}", day=day.isoformat(), zone=time_zone),
            msg("moment.clocks_hint"),
        )
    return moment.replace(tzinfo=dt.timezone(moment.utcoffset() or dt.timedelta()))
