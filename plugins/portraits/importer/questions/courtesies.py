"""What people put around a question and does not belong to it.

    question  = ( number | connector | greeting | vocative )* question filler* [vocative] [thanks]
    number    = « 3. », « Q2 : »
    connector = « Pour commencer, », « Dernière question : », « Alors, »
    greeting  = « Bonjour Léa! », « Merci de nous recevoir. »
    vocative  = a name and a comma
    filler    = « en quelques mots », « à nos lecteurs », « s’il te plaît »

It is set aside where questions are compared; the portrait keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from portraits.support.transliteration import unaccented

_SIGNS = "«“\"'‘-–—•·*►▶→>¿¡ \u00a0"
_NUMBER = re.compile(
    r"(?:(?:question|q)\s?)?(?:n[o°]\s?)?\d{1,3}(?:\s?/\s?\d{1,3})?\s?[-.):/°–—]+\s*(?=\S)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:(?:une |la |notre |ma |et |the |one |and )?(?:(?:toute )?(?:petite )?(?:derniere|"
    r"premiere|autre|"
    r"prochaine|last|first|final|next|another) question(?: (?:pour (?:finir|terminer|conclure|"
    r"commencer)|"
    r"traditionnelle|rituelle|classique))?|question (?:suivante|piege|bonus|rituelle|classique)|"
    r"letzte frage|ultima pregunta|ultima domanda|ultima pergunta|laatste vraag))\s*[:,.!…–—-]+\s*"
)
_CONNECTOR = re.compile(
    r"(?:(?:et )?(?:pour|afin de) (?:commencer|debuter|finir|terminer|conclure|continuer|"
    r"rester)[^,:.?!]{0,25}|"
    r"(?:tout )?d[’']abord|avant tout|avant de (?:commencer|terminer|finir)|(?:et )?(?:enfin|"
    r"finalement)|"
    r"premierement|deuxiemement|sinon|alors|donc|bon|bref|ensuite|puis|justement|"
    r"dis[- ](?:moi|nous)|dites[- ](?:moi|nous)|"
    r"(?:so|well|now|okay|ok|first(?: of all)?|firstly|to (?:begin|start)(?: with)?|"
    r"(?:and )?finally|"
    r"(?:and )?lastly|in closing|to (?:finish|conclude|wrap up)))\s*[,:]\s*"
)
_LINK = re.compile(r"(?:et|alors|donc|mais|and|so|but)\s+(?=\w)")
_GREETING = re.compile(
    r"(?:bonjour|bonsoir|salut|coucou|allo|bienvenue|merci|un grand merci|hello|hi|hey|welcome|"
    r"thanks|"
    r"thank you|good (?:morning|evening)|hola|hallo|guten tag|ciao|buongiorno|ola|bom dia|dag|"
    r"goedendag)\b"
    r"(?P<rest>[^.,:!?…]*)(?P<end>[.,:!…]+)\s*"
)
_VOCATIVE = re.compile(
    r"(?P<name>[^\W\d_a-z][\w’'-]+(?: [^\W\d_a-z][\w’'-]+){0,2})\s?[,!]\s+(?=\S)"
)
_FILLER = re.compile(
    r",?\s*\b(?:(?:en|avec) (?:quelques|peu de) (?:mots|phrases|lignes)|"
    r"(?:(?:a|pour) )?(?:nos|notre) (?:lect\w+|auditeurs|abonnes|internautes)|"
    r"(?:a|pour) (?:ceux|celles)(?: et celles)? qui ne (?:te|vous) connaissent pas(?: encore)?|"
    r"brievement|rapidement|s[’']il (?:te|vous) plait|in a few (?:words|sentences)|briefly|please|"
    r"(?:for|to) (?:our readers|those who don[’']t know you))(?=\W|$)"
)
_THANKS = re.compile(r"(?<=[?.!…])\s*(?:merci|thanks|thank you)\b[^?]{0,40}$")
_MOST_IN_GREETING = 9
"""Words of a greeting; « Merci à tous ceux qui … » can be the question itself."""


def without_start(text: str, names: Collection[str] = ()) -> str:
    """``text`` without what stands before its question.

    A name goes only after a greeting or if it is one of ``names``, unless ``names`` holds « * »:
    then any word with a capital and a comma passes for one.
    """
    rest, greeted = text, False
    for _ in range(8):
        rest = rest.lstrip(_SIGNS)
        plain = _plain(rest)
        if (found := _NUMBER.match(rest) or _LABEL.match(plain) or _CONNECTOR.match(plain)) or (
            found := _greeting(plain)
        ):
            greeted = greeted or bool(_GREETING.match(plain))
            rest = rest[found.end() :]
        elif found := _vocative(rest, names, greeted) or _link(plain, rest):
            rest = rest[found.end() :]
        else:
            break
    return rest if re.search(r"\w", rest) else text


def _greeting(plain: str) -> re.Match[str] | None:
    found = _GREETING.match(plain)
    if found and len(found["rest"].split()) <= _MOST_IN_GREETING and plain[found.end() :]:
        return found
    return None


def _vocative(rest: str, names: Collection[str], greeted: bool) -> re.Match[str] | None:
    found = _VOCATIVE.match(rest)
    known = greeted or "*" in names
    return found if found and (known or unaccented(found["name"]) in names) else None


def _link(plain: str, rest: str) -> re.Match[str] | None:
    """« Et » or « So » before a name."""
    found = _LINK.match(plain)
    return found if found and _VOCATIVE.match(rest[found.end() :]) else None


@lru_cache(maxsize=4096)
def bare(text: str, names: frozenset[str] = frozenset()) -> str:
    """``text`` as it is compared: without what stands before, within and after its question.

    ``names`` are the person's, as :func:`unaccented` gives them.
    """
    rest = without_start(" ".join(text.split()), names)
    plain = _THANKS.sub("", _plain(rest))
    plain = _FILLER.sub("", plain)
    for name in names:
        plain = re.sub(rf",\s*{re.escape(name)}(?=\s*[?.!,]|$)", "", plain)
    return plain if re.search(r"\w", plain) else text


def _plain(text: str) -> str:
    """``text`` without case and accents, each letter in its place."""
    return "".join(map(_letter, text))


@lru_cache(maxsize=2048)
def _letter(char: str) -> str:
    if char in "'’":
        return "’"
    plain = unaccented(char)
    return plain if len(plain) == 1 else char
