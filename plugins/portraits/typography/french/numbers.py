"""Write the spaces in and after numbers: symbols, units, groups of digits, times, dates, nouns.

    number + no-break space + symbol        20 $   50 %   3,5 km   12 h 30   1er août
                            | noun          3 ans   850 événements   10 000 abonnés

A missing space is added where the meaning is certain (20$, 5km, 12h30); a typed space becomes
a no-break space. Digits and letters are never changed, moved or added: « $20 » and « 1ère »
stay as typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from portraits.typography.characters import NBSP, SPACE, SPACES, gap, is_word
from portraits.typography.line import Edits, rule

_NUMBER = re.compile("[0-9]+")
_COUNT = re.compile(rf"[0-9](?<![0-9].)[0-9]*+(?:[.,][0-9]++)?+(?=[{SPACES}°a-zA-Zµ])")
"""A number before a space or a letter. The look-behind comes second because searching for a digit
is fast."""
_DECIMAL = r"\d+(?:[.,]\d+)?"
_SIGN = re.compile("[%‰$€¢£]")
_CURRENCY_CODE = re.compile(rf"\$({SPACE})(?:CAN?|US)(?!\w)")
_MILLIONS = re.compile(r"\d *(?:millions?|milliards?)$".replace(" ", SPACE))
_DEGREES = re.compile(rf"{_DECIMAL}({SPACE}{{0,2}})°({SPACE}{{0,2}})[CF](?!\w)")
_SYMBOL = (
    r"(?:km/h|[kcmd]?m[²³]?|[kmµ]?g|[mcd]?[lL]|min|s|[kKMGT]o|[kMGT]B"
    r"|[kMG]?Hz|[kM]?W|kWh?|dB|px|lb|po|pi)(?![\w'’])"
)
_UNIT = re.compile(rf"{_DECIMAL}({SPACE}{{1,2}}){_SYMBOL}")
_GLUED_SYMBOL = r"(?:km/h|[kcm]m|[km]g|m[lL]|[kKMGT]o|[kMG]Hz|kWh?)(?![\w'’]|\.\w)"
_GLUED_UNIT = re.compile(rf"(?<![\w.,/-]){_DECIMAL}(){_GLUED_SYMBOL}")
_THOUSANDS = re.compile(rf"(?<![\w.,])\d{{1,3}}(?:{SPACE}\d{{3}})+(?!\d)")
_BREAKABLE = re.compile("[ \t\n\r\u2009]")
_MONTH = "(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)"
_TIME = re.compile(
    r"(?<![\w.,:/@#])(?<![^\W\dh]-)\d{1,2}"
    rf"({SPACE}{{0,2}})h(?:({SPACE}{{0,2}})[0-5]?\d(?:({SPACE}{{0,2}})min)?)?(?!\w|\.\w)"
)
_DAY = re.compile(rf"\d{{1,2}}(?:er)?({SPACE}{{1,2}}){_MONTH}(?!\w)")
_NUMBERED = re.compile(
    rf"(?<!\w)(?:[nN]os?|pp?\.|[Vv]ol\.|[Cc]hap\.|[Aa]rt\.|[Ff]ig\.)({SPACE}{{1,2}})$"
    rf"|(?<!\w)[nN][°º]s?({SPACE}{{0,2}})$"
)
_YEAR = r"(?:1\d\d\d|20\d\d|2100)(?![\d.,])"
_NO_NOUN = (
    "(?:alors|au|aussi|aux|avec|car|ce|ces|cet|cette|chez|comme|dans|de|depuis|des|dont|du|déjà"
    "|elle|elles|en|entre|environ|est|et|était|étaient|il|ils|je|la|le|les|leur|leurs|lui|mais|me"
    "|ne|nous|on|ont|où|ou|par|pendant|pour|puis|quand|que|qui|sans|se|ses|si|sont|sur|te|tu|un"
    "|une|vous)"
)
"""Words that begin what comes after a number and its clause. Left out are those that are nouns as
well (« 3 pas », « 5 sous », « 12 vers »)."""
_LOWER_CASE = "[a-zà-öø-ÿœ]"
_COUNTED = re.compile(
    rf"(?<![^\s(\[«“‘'’–—-])(?<![^\W\d]-)(?!{_YEAR}){_DECIMAL}({SPACE}{{1,2}})"
    rf"(?!{_NO_NOUN}(?!\w)){_LOWER_CASE}\w+(?![\w'’])"
)
_CENTURY = re.compile(rf"(?<!\w)[IVX]+(?:e|er)({SPACE}{{1,2}})siècles?(?!\w)")


# Cheap tests for the rules below (see ``Rule.is_due``): numbers whose spacing may be wrong.
_WRONG = rf"(?!{NBSP}[^{SPACES}]){SPACE}"
"""A space that is not already exactly one no-break space."""
_MISSET_SIGN = rf"[%‰$€¢£](?:(?<![^{SPACES}]{NBSP}.)|(?={_WRONG}(?:CA|US)))"
_MISSET_THOUSANDS = rf"{_BREAKABLE.pattern}\d\d\d"
_MISSET_UNIT = rf"{_WRONG}{SPACE}?{_SYMBOL}|{_GLUED_SYMBOL}"
_MISSET_TIME = (
    rf"(?!{NBSP}h){SPACE}{{0,2}}h(?![^\W\d])|{NBSP}h(?:(?!{NBSP}\d){SPACE}{{0,2}}\d"
    rf"|{NBSP}\d\d?(?!{NBSP}m){SPACE}{{0,2}}min)"
)
_MISSET_DATE = "|".join(
    (
        rf"(?:er)?{_WRONG}{SPACE}?{_MONTH}",
        *(
            f"(?<={mark}{space}.)"
            for mark in (r"[plgt]\.", "[nN]o", "[nN]os", "[°º]", "[°º]s")
            for space in (f"[^\\S{NBSP}]", SPACE * 2)
        ),
        "(?<=[°º].)",
        "(?<=[°º]s.)",
    )
)
_MISSET_NOUN = rf"{_WRONG}{SPACE}?{_LOWER_CASE}"
COUNTING = re.compile(
    rf"[0-9](?:{_MISSET_THOUSANDS}|{_MISSET_UNIT}|{_MISSET_TIME}|{_MISSET_DATE}|{_MISSET_NOUN})"
)
"""What the trigger ``0`` stands for: a number that one of the rules may edit."""


@rule("%", "‰", "$", "€", "¢", "£", glance=_MISSET_SIGN)
def percent_and_currency(text: str) -> Edits:
    """Write a no-break space between a number and %, $, €, ¢, £; also before k$, M$, G$, after
    « millions », and before CA or US.

    Source: OQLF, « Écriture des sommes d'argent » (21584); « Espacement avant et après les
    signes de ponctuation et les symboles » (22039), « Pour cent », « Unité monétaire ».
    """
    edits: Edits = []
    for match in _SIGN.finditer(text):
        sign, end = match.group(), match.start()
        after = text[match.end() : match.end() + 1]
        if after.isdigit() or (is_word(after) and sign != "$"):
            continue
        if sign in "$€£" and text[end - 1 : end] in ("k", "M", "G"):
            end -= 1
        start = gap(text, end)
        counted = start > 0 and (
            text[start - 1].isdigit()
            or _MILLIONS.search(text, max(0, start - 12), start) is not None
        )
        if counted and text[start:end] != NBSP:
            edits.append((start, end, NBSP))
    return sorted(edits + _glued(_CURRENCY_CODE.finditer(text)))


@rule("°")
def degrees(text: str) -> Edits:
    """Write a no-break space between a number and °C or °F, none between ° and C.

    Source: SI Brochure (BIPM, 9th edition), 5.4.3; ISO 80000-1, « Unit symbols ».
    """
    edits: Edits = []
    for match in _at_numbers(_DEGREES, text):
        for group, wanted in ((1, NBSP), (2, "")):
            if match.group(group) != wanted:
                edits.append((*match.span(group), wanted))
    return edits


@rule("0", glance=f"[0-9](?:{_MISSET_UNIT})")
def units(text: str) -> Edits:
    """Write a no-break space between a number and the symbol of its unit.

    Source: OQLF, « Espacement avant et après les signes de ponctuation et les symboles »
    (22039), « Symbole SI ou autre ». SI Brochure (BIPM, 9th edition), 5.4.3.
    """
    return sorted(_glued(_at_numbers(_UNIT, text)) + _glued(_at_numbers(_GLUED_UNIT, text)))


@rule("0", glance=rf"\d{_MISSET_THOUSANDS}")
def thousands(text: str) -> Edits:
    """Keep groups of three digits typed with spaces on one line. Digits typed without spaces
    are not grouped: they may be a year, a file number or an address.

    Source: SI Brochure (BIPM, 9th edition), 5.4.4. Bureau de la traduction, Guide du
    rédacteur, 2.3.1: a number is never divided at the end of a line.
    """
    return [
        (match.start() + space.start(), match.start() + space.end(), NBSP)
        for match in _at_numbers(_THOUSANDS, text)
        for space in _BREAKABLE.finditer(match.group())
    ]


@rule("0", glance=f"[0-9](?:{_MISSET_TIME})")
def times(text: str) -> Edits:
    """Write 12h30 and 12 h 30 as 12 h 30, with no-break spaces; durations too. Keep 12:30.

    Source: OQLF, « Écriture des heures » (21516): the symbol h has a space before and after.
    """
    return _glued(_at_numbers(_TIME, text))


@rule("0", glance=f"[0-9](?:{_MISSET_DATE})")
def dates_and_numbered_things(text: str) -> Edits:
    """Write a no-break space in « 1er août », « no 5 », « n° 5 », « p. 12 », « vol. 2 ».

    Source: Lexique de l'Imprimerie nationale, « Nombres »: a number is not separated from
    the noun that it stands with.
    """
    edits = _glued(_at_numbers(_DAY, text))
    for number in _NUMBER.finditer(text):
        before = _NUMBERED.search(text, max(0, number.start() - 8), number.start())
        if before:
            edits += _glued([before])
    return sorted(edits)


@rule("0", glance=f"[0-9]{_MISSET_NOUN}")
def counted_things(text: str) -> Edits:
    """Write a no-break space between a number and the noun: « 3 ans », « 10 000 abonnés ».

    The noun is any lower-case word of two letters or more after the number, except those that
    never are one (« entre 3 et 5 ans »); an adjective before the noun stays with the number. Four
    digits from 1000 to 2100 are taken for a year, after which a clause ends as often as not
    (« en 2011 personne… »), and the line may break there; whoever means a number groups it.

    Source: OQLF, « Espace insécable » (BDL 4566): a number in digits is not separated from the
    noun that follows. Lexique de l'Imprimerie nationale, « Nombres ».
    """
    return _glued(_at_numbers(_COUNTED, text))


@rule("siècle")
def centuries(text: str) -> Edits:
    """Write a no-break space in « XXIe siècle ».

    Source: Lexique de l'Imprimerie nationale, « Nombres », for Roman numbers too.
    """
    return _glued(_CENTURY.finditer(text))


def _at_numbers(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the non-overlapping matches of ``pattern`` that start at a number. Trying it only
    there is faster than searching the whole text."""
    done = 0
    for number in _COUNT.finditer(text):
        if number.start() >= done:
            match = pattern.match(text, number.start())
            if match:
                done = match.end()
                yield match


def _glued(matches: Iterator[re.Match[str]] | list[re.Match[str]]) -> Edits:
    """Return the edits that replace each group of each match by a no-break space."""
    return [
        (*match.span(group), NBSP)
        for match in matches
        for group in range(1, match.re.groups + 1)
        if match.group(group) is not None and match.group(group) != NBSP
    ]
