"""The name of the person, or nothing where it would be a guess.

    title = kind [words] preposition name [words]    « Entretien sur le miel avec Zoé Roy »
          | [ … (":" | "–" | "—" | "|") ] name       « Portrait : Zoé Roy »
          | name "," words                           « Zoé Roy, apicultrice »
          | name ("en" | "in") number "questions"

Elsewhere: the label of the one who answers, « Je m’appelle … », « Rencontre avec … » in the
introduction. A name of one word, or in small letters, counts only where the interview calls the
person so, and one of several candidates only where it names no other. « Luc et Marc » is no name
of one person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from portraits.importer.transcript import Block, Facts, Kind, Style
from portraits.support.transliteration import unaccented

WINDOW_TITLE = "import_html.window_title"
LABEL = "import_block.speaker_label"
"""Keys of what is said of a title and of a label: two places where a name may be."""
_PARTICLE = (
    r"(?:d[e’']|du|des|la|le|van|von|der|den|ter|di|da|do|dos|del|della|el|ben|bin|ibn|y|st-?)"
)
_WORD = r"(?![A-Z]{1,3}\d)[^\W\d_a-zà-öø-ÿ][\w.’'-]*"
_ONE = rf"(?:d[’'])?{_WORD}"
_FULL = rf"{_ONE}(?:\s+(?:{_PARTICLE}\s*){{0,2}}{_WORD}){{1,4}}"
_NAME = re.compile(_FULL)
_SEPARATORS = re.compile(r"\s*[:|–—·•]\s+|\s+[:|–—·•]\s*|\s-\s|\s*[«»“”]\s*")
_KIND = (
    r"(?:portraits?|entrevues?|entretiens?|interviews?|rencontres?|questions?|conversations?|"
    r"discussions?|causeries?|tete-a-tete|echanges?|profile?|spotlight|q\s?(?:&|and|et)\s?a|chat|"
    r"talk|entrevistas?|conversas?|preguntas|perguntas|encuentro|encontro|intervist[ae]|domande|"
    r"incontro|gesprach|interviewt|fragen|vraaggesprek|gesprek|vragen|cafe|journee|minutes)"
)
_WITH = r"(?:avec|with|con|mit|met|com)"
_OF = rf"(?:{_WITH}|de|d[’']|du|a|of|to|al|an|aan|por|para)"
_DIRECT = (
    r"(?:meet|who is|qui est|qui es[- ]tu,?|quien es|wer ist|chi e|quem e|wie is|voici|decouvrez|"
    r"(?:zoom|focus|coup de projecteur) sur|spotlight on|dans la peau de)"
)
_INTRODUCED = re.compile(
    rf"\b{_KIND}\b\s*(?:{_OF}\s*|(?:\s\S+){{1,8}}?\s+{_WITH}\s+)(?=\S)|\b{_DIRECT}\s+(?=\S)"
)
_ANNOUNCED = re.compile(rf"\b{_KIND}\b")
_TITLES = re.compile(
    r"(?:M\.|MM\.|Mme|Mlle|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|Dre|Me|Monsieur|Madame|Herr|Frau|Señora?|Don|"
    r"Doña|"
    r"Sr\.|Sra\.)\s+"
)
_IN_QUESTIONS = re.compile(r"\s+(?:en|in)\s+\S+\s+(?:questions?|minutes|points|mots|reponses)\b")
_AND = re.compile(r"\s*(?:et|&|and|y|e|und|en|,)\s+[^\W\d_a-zà-öø-ÿ]")
_COMMON = frozenset(
    # Words that titles write with a capital and that no name holds.
    """
a about after an and are at avec before by comment community de des du en et for from how i in
interview interviews is it je l la le les ma mes mon my not notre nos of on or our par portrait
portraits pour quand que qui saison season series sur that the this to un une vous we what when
where who why with you your episode entretien entrevue rencontre question questions blog blogue
podcast radio magazine revue journal conversation bienvenue welcome guest gestionnaire
""".split()  # noqa: SIM905
)
_CALLS_HERSELF = re.compile(
    r"(?:je m[’']appelle|mon nom est|moi,? c[’']est|my name is|i am called|me llamo|mi nombre es|"
    r"mi chiamo|ich heiße|ich heisse|mein name ist|ik heet|mijn naam is|chamo-me|meu nome é)\s+",
    re.IGNORECASE,
)
_PRESENTED = re.compile(
    r"(?:présente(?:r|ons)?|rencontr\w+|reçoi\w+|reçu|accueill\w+|parlé avec|discuté avec|"
    r"entretenue?s? avec|interviewée?|(?:entrevue|entretien|interview|rencontre) (?:avec|with|de)|"
    r"questions à|introduc\w+|meet|talked (?:to|with)|spoke (?:to|with)|sat down with)\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundName:
    """A name and where it stands."""

    name: str
    line: int = 0
    """1-based line in the source; 0 for the title."""
    text: str = ""
    """What stands there."""


def name_of(facts: Facts, blocks: Sequence[Block]) -> FoundName:
    """The name that a source gives to the person, or an empty one."""
    body = _Said.of(blocks)
    for title in dict.fromkeys(filter(None, (facts.title, *body.titles))):
        if name := name_in(title, body):
            labelled = (
                body.label if unaccented(body.label).startswith(unaccented(name) + " ") else ""
            )
            return FoundName(labelled or name)
    if _NAME.fullmatch(body.label) or (body.label and body.calls(body.label)):
        return FoundName(body.label, body.label_line, body.label)
    return body.presented()


def name_in(title: str, body: _Said | None = None) -> str:
    """The person's name in ``title``, or an empty string; capitals become small letters."""
    body = body or _Said()
    title = " ".join(title.split())
    if title.isupper():
        title = title.title()
    for found in _INTRODUCED.finditer(_plain(title)):
        if name := _introduced(title[found.end() :], body):
            return name
    parts = [part.strip(' «»“”"()') for part in _SEPARATORS.split(title)]
    told = [name for part in parts if part and (name := _alone(part, body))]
    if len(set(told)) > 1:
        told = [name for name in told if body.mentions(name)]
    return told[0] if len(set(told)) == 1 else ""


def called(facts: Facts, blocks: Sequence[Block]) -> frozenset[str]:
    """What the person may be called, in small letters without accents."""
    text = "\n".join(block.text for block in blocks)
    body = _Said(text, text)
    above = [
        block.text
        for place, block in enumerate(blocks)
        if place == 0 or block.style is Style.H1 or block.is_because(WINDOW_TITLE)
    ]
    titles = filter(None, (facts.title, *above))
    found = facts.name or next(filter(None, (name_in(title, body) for title in titles)), "")
    name = unaccented(found)
    return frozenset({name, name.split(" ")[0]} - {""})


@dataclass(frozen=True, slots=True)
class _Said:
    """What an interview says besides its title."""

    asked: str = ""
    """The questions."""
    said: str = ""
    """All text."""
    titles: tuple[str, ...] = ()
    """Other titles of the source, and headings above the interview."""
    label: str = ""
    """The label of who answers, if one person does."""
    label_line: int = 0
    opening: tuple[Block, ...] = ()
    """The introduction and the first answers."""

    @classmethod
    def of(cls, blocks: Sequence[Block]) -> _Said:
        asked = [b.text for b in blocks if b.kind in (Kind.QUESTION, Kind.FOLLOW_UP)]
        titles = [
            block.text
            for block in blocks
            if block.kind is Kind.TITLE
            or block.is_because(WINDOW_TITLE)
            or (block.kind is Kind.UNPLACED and block.style.level)
            or (block in blocks[:3] and block.why and _ANNOUNCED.search(_plain(block.text)))
        ]
        said = [block.text for block in blocks if block.text not in titles]
        labels = [
            (block.text.split("(")[0].strip(" .:–—-[]"), block.first)
            for place, block in enumerate(blocks[:-1])
            if block.is_because(LABEL) and blocks[place + 1].kind is Kind.ANSWER
        ]
        label = max(labels, key=lambda found: len(found[0]), default=("", 0))
        prose = [b for b in blocks if b.kind in (Kind.INTRODUCTION, Kind.ANSWER)]
        return cls(
            "\n".join(asked), "\n".join(said), tuple(titles), *label, opening=tuple(prose[:6])
        )

    def calls(self, name: str) -> bool:
        """Whether questions call the person so, or a label does."""
        if unaccented(self.label) == unaccented(name):
            return bool(self._vocative(name).search(self.asked))
        first = unaccented(self.label).split(" ")[0]
        return first == unaccented(name) or bool(self._vocative(name).search(self.asked))

    def mentions(self, name: str) -> bool:
        """Whether a word of ``name`` stands in the interview."""
        return any(
            len(word) > 2 and re.search(rf"\b{re.escape(word)}\b", self.said)
            for word in name.split()
        )

    def presented(self) -> FoundName:
        """The name that the introduction or the person gives."""
        for block in self.opening:
            if found := _CALLS_HERSELF.search(block.text):
                name = _leading(block.text[found.end() :], words=1)
            elif block.kind is Kind.INTRODUCTION:
                found = _PRESENTED.search(block.text)
                name = _leading(block.text[found.end() :], words=2) if found else ""
            else:
                name = ""
            if name:
                return FoundName(name, block.first, block.text)
        return FoundName("")

    @staticmethod
    def _vocative(name: str) -> re.Pattern[str]:
        return re.compile(
            rf"(?:^|[,.!?]\s+|\b(?:bonjour|salut|merci|alors|allô|hello|hi|hey|so|et|and)\s+)"
            rf"{re.escape(name)}\s?(?:[,!?.]|$)",
            re.IGNORECASE | re.MULTILINE,
        )


def _introduced(rest: str, body: _Said) -> str:
    """The name at the beginning of ``rest``, which stands after « Entretien avec »."""
    rest = _TITLES.sub("", rest.lstrip(' «“".…:'), count=1)
    if name := _leading(rest, words=2):
        return name
    if (name := _leading(rest, words=1)) and (
        re.match(r"\s*[,(]\s*[a-zà-ÿ]", rest[len(name) :]) or body.calls(name)
    ):
        return name
    small = re.match(r"[^\W\d_][\w’'-]*(?:\s[^\W\d_][\w’'-]*)?(?=\s*(?:[,(:]|$))", rest)
    if small and small[0].islower() and body.calls(small[0].split(" ")[0]):
        return small[0].title()
    return ""


def _leading(text: str, words: int) -> str:
    """The name of at least so many words that ``text`` begins with, of one person."""
    found = re.match(_FULL if words > 1 else rf"(?:{_FULL}|{_ONE})", text)
    if not found:
        return ""
    kept: list[str] = []
    for word in found[0].split():
        if unaccented(word.strip(".,’'")) in _COMMON and word[:1].isupper():
            break
        kept.append(word)
    name = " ".join(kept).rstrip(".,’'")
    while name and re.search(rf"\s{_PARTICLE}$", name):
        name = name.rpartition(" ")[0]
    if _AND.match(text[len(name) :]) or len(name.split()) < words:
        return ""
    return name.title() if name.isupper() and len(name) > 4 else name


def _alone(part: str, body: _Said) -> str:
    """The name that a part of a title is, or begins with."""
    part = _TITLES.sub("", part, count=1)
    name = _leading(part, words=2)
    rest = part[len(name) :]
    if name and (not rest or re.match(r"\s*[,(@]", rest) or _IN_QUESTIONS.match(_plain(rest))):
        return name
    if name and re.match(r"\s+[a-zà-ÿ«“\"]", rest) and body.calls(name.split(" ")[0]):
        return name
    one = _leading(part, words=1) if not name else ""
    return one if one and re.match(r"\s*(?:,|$)", part[len(one) :]) and body.calls(one) else ""


def _plain(text: str) -> str:
    """``text`` without case and accents, each letter in its place."""
    return "".join(low if len(low := unaccented(char)) == 1 else char for char in text)
