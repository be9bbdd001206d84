"""Lines that are neither question nor answer, each told by its own words.

    boilerplate   what blog pages put around an interview
    others        links to other portraits of the series
    follow        « Pour suivre … » ( network ":" handle-or-note )*
    reading       one of the series' reading headings, titles
    #FF           heading with « #FF », ( "@handle" reason | link reason )*
    credit        « Photo : … »

Each row of the table of boilerplate is one kind of line, as a pattern over the line without
case, accents and punctuation. A line is boilerplate only when the pattern covers all of it:
« Laisser un commentaire » is, « Laisser un commentaire demande du courage » is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from portraits.importer.transcript import Block
from portraits.model.networks import Network, network_named
from portraits.reader.questionnaire import normalised
from portraits.settings import Settings
from portraits.support.catalogue import reading_headings
from portraits.support.transliteration import unaccented

_LETTERS = re.compile(r"[^\w#@+%]+")
_RULE = re.compile(r"[\s*_=~\-–—•·.#+^°<>|/\\]{3,}")


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """One kind of line of an old page."""

    pattern: re.Pattern[str]
    why: str
    """Key of the message that says what it is."""
    ends: bool = False
    """Nothing of the interview comes after it."""
    is_rule: bool = False
    """A line of asterisks or dashes: it closes the part above it."""


def _row(expression: str, why: str, ends: bool = False) -> Boilerplate:
    return Boilerplate(re.compile(expression), why, ends)


_COMMENTS = "import_block.comments"
PUBLISHED = "import_block.published"
_TABLE = (
    _row(
        r"(?:laissez?r?|ajoutez?r?|ecrire|publier|poster) (?:un|votre|une) (?:commentaire|reponse)"
        r"(?: annuler la reponse)?|leave a (?:reply|comment)(?: cancel reply)?|post a comment",
        _COMMENTS,
        ends=True,
    ),
    _row(
        r"\d+ (?:commentaires?|reponses?|reflexions? (?:sur|au sujet de).*|comments?|responses?"
        r"|thoughts? on .*)|(?:commentaires?|comments?)(?: \d+)?|(?:aucun|no) comment(?:aire|s)?",
        _COMMENTS,
        ends=True,
    ),
    _row(
        r"votre adresse (?:e mail|email|courriel|de messagerie) ne sera pas publiee"
        r"(?: les champs obligatoires sont (?:indiques|marques) avec ?)?|"
        r"your email address will not be published(?: required fields are marked ?)?",
        _COMMENTS,
        ends=True,
    ),
    _row(
        r"les champs obligatoires sont (?:indiques|marques) avec|required fields are marked",
        _COMMENTS,
    ),
    _row(
        r"nom|name|e mail|email|adresse (?:e mail|de contact|de messagerie)|site web|website|"
        r"commentaire|comment|laisser ce champ vide.*|enregistrer mon nom .*|save my name .*",
        _COMMENTS,
    ),
    _row(
        r"(?:partager?z?|share)(?: (?:ceci|this|cet article|sur.*|on.*|this.*|l article))?|"
        r"(?:tweet|tweeter|j aime(?: ca| ceci)?|like(?: this)?|wordpress|imprimer|print|e mail|"
        r"pin it|epingler|chargement|loading)(?: \d+)?|j aime chargement|similaire|"
        r"partager (?:sur )?(?:twitter|facebook|linkedin|google\+?).*|click to share.*|"
        r"cliquez pour (?:partager|imprimer|envoyer).*|soyez le premier a aimer.*",
        "import_block.sharing",
    ),
    _row(
        r"(?:publie|poste|posted|published|ecrit) (?:le|par|on|by|dans|in) .{1,80}|"
        r"(?:categories?|classe dans|filed under|tags?|etiquettes?|mots cles|tagged) .{1,120}|"
        r"(?:categories?|tags?|etiquettes?)|(?:par|by) .{1,40} (?:le|on) \d.{4,20}",
        PUBLISHED,
    ),
    _row(
        r"navigation(?: des articles| de l article)?|post navigation|(?:article|billet|post)s? "
        r"(?:precedents?|suivants?|plus anciens|plus recents).{0,80}|"
        r"(?:previous|next)(?: (?:post|article).{0,80})?|precedent|suivant|lire la suite|"
        r"read more|"
        r"retour (?:a l accueil|en haut)|back to top|skip to content|aller au contenu.*|menu|"
        r"accueil|home|rechercher?|search|a propos|about|archives?|abonnez vous.{0,60}|"
        r"fierement propulse par.*|proudly powered by.*|tous droits reserves.*|"
        r"all rights reserved.*|copyright .{1,60}",
        "import_block.navigation",
    ),
)
_A_RULE = Boilerplate(_RULE, "import_block.rule", is_rule=True)
_OTHERS = re.compile(
    r"(?:les |d |nos |voir (?:les |d )?)?autres? (?:portraits?|entrevues?|interviews?|articles?)"
    r".{0,80}|(?:other|more) (?:portraits?|interviews?|posts?).{0,60}|"
    r"articles? (?:similaires?|relies?|lies?|connexes?)|related(?: (?:posts?|articles?))?|"
    r"(?:dans la meme serie|from the same series).{0,40}|vous aimerez aussi.{0,40}"
)
OTHER_PORTRAITS = "import_block.other_portraits"
_THANKS = re.compile(
    r"(?:(?:un grand|mille|encore) )?(?:merci|thanks|thank you|danke|gracias|grazie|obrigad[oa]|"
    r"bedankt|"
    r"dank je|muchas gracias|vielen dank)\b(?: \S+){0,9}"
)
_AFTER = re.compile(
    r"(?:references?|sources?|notes?|ressources?|resources|bibliographie|bibliography|credits?|"
    r"(?:quelques |les |some )?(?:liens?|links)(?: utiles| externes)?|conclusion|en conclusion|"
    r"epilogue|"
    r"pour (?:aller plus loin|en savoir (?:plus|davantage))|en savoir plus|(?:a )?lire aussi|"
    r"further reading|(?:find out|learn|read) more|biographie|biography|bio|"
    r"(?:a propos|about)(?: .{1,60})?|(?:l|the) (?:auteure?|autrice|author)|"
    r"propos recueillis par .{2,60}|entrevue realisee par .{2,60})"
)
_FOLLOW = re.compile(
    r"(?:pour (?:le |la |les |me )?(?:suivre|joindre|retrouver)|(?:ou |comment )?(?:le |la |les )?"
    r"(?:suivre|retrouver|rejoindre)|suivez(?: le| la)?|retrouvez(?: le| la)?|"
    r"(?:where to )?(?:follow|find))\b.{0,60}"
)
_CREDIT = re.compile(
    r"^\s*(?:(?:cr[ée]dits?(?:[ -]?photos?)?|photos?|photographi[ea]s?|photographe|"
    r"photo credit|picture)\s*(?::|par\b|by\b|©)|©|\(c\)|cr[ée]dits?\s+photos?\s+)\s*"
    r"(?P<name>.{2,80})$",
    re.IGNORECASE,
)
_NAMES = re.compile(
    r"(?:[^\W\d_a-zà-ÿ][\w’'.-]*|d[’'][^\W\d_]\w*|de|du|des|la|le|van|von|den|der|di|da|et|and|&|/|,)"
    r"(?:[\s,]+(?:[^\W\d_a-zà-ÿ][\w’'.-]*|d[’'][^\W\d_]\w*|de|du|des|la|le|van|von|den|der|di|da|et|and"
    r"|&|/|\d{4}))*"
)
"""Names of people and agencies, and a year: nothing in lower case but particles."""
_MOST_NAMES = 8
"""Words of a credit; a longer line is a sentence of capitals."""
_LABELLED = re.compile(r"(?P<label>[^:：@]{1,30}?)\s*[:：]\s*(?P<value>\S.*)$")
_BARE = re.compile(r"@[\w.@-]+|https?://\S+")
_ENTRY = re.compile(r"(?:[-–—•·*]\s*)?(?:@\w|\[[^\]]+\]\(|<?https?://)")
_NETWORKS = {
    "fb": "facebook",
    "page facebook": "facebook",
    "compte facebook": "facebook",
    "compte twitter": "twitter",
    "fil twitter": "twitter",
    "insta": "instagram",
    "site web": "web",
    "site internet": "web",
    "site personnel": "web",
    "website": "web",
    "son blogue": "web",
    "mon blogue": "web",
    "blog": "web",
    "blogue": "web",
    "url": "web",
    "linked in": "linkedin",
    "youtube": "youtube",
    "you tube": "youtube",
    "x twitter": "twitter",
}


def _plain(text: str) -> str:
    """A line without case, accents and punctuation, as the tables read it."""
    return _LETTERS.sub(" ", unaccented(text)).strip()


def boilerplate_of(text: str) -> Boilerplate | None:
    """The kind of boilerplate that the whole line ``text`` is, or None."""
    words = _plain(text)
    if not words:
        return _A_RULE if _RULE.fullmatch(text.strip()) else None
    return next((row for row in _TABLE if row.pattern.fullmatch(words)), None)


def opens_other_portraits(text: str) -> bool:
    """Whether ``text`` heads a list of links to other portraits."""
    return bool(_OTHERS.fullmatch(_plain(text)))


def thanks(text: str) -> bool:
    """Whether the line ``text`` is a word of thanks, and nothing else."""
    return "?" not in text and bool(_THANKS.fullmatch(_plain(text)))


def opens_after(text: str) -> bool:
    """Whether ``text`` heads what magazines put below an interview: sources, who wrote it…"""
    return "?" not in text and bool(_AFTER.fullmatch(_plain(text)))


def opens_follow_lines(text: str) -> bool:
    """Whether ``text`` heads the accounts of the person (« Pour suivre … »)."""
    return "?" not in text and bool(_FOLLOW.fullmatch(_plain(text)))


def credit_in(text: str) -> str:
    """The photographer that the line ``text`` credits, or an empty string."""
    found = _CREDIT.match(text)
    return found["name"].strip() if found else ""


def is_credit_alone(text: str) -> bool:
    """Whether the line ``text`` credits somebody and says nothing else, wherever it stands."""
    name = credit_in(text)
    return bool(name and len(name.split()) <= _MOST_NAMES and _NAMES.fullmatch(name.rstrip(".")))


# -- accounts to follow, readings, recommendations, the title


def network_of(label: str) -> Network | None:
    """The network that people call ``label``, or None."""
    name = re.sub(r"[^\w]+", " ", unaccented(label)).strip()
    return network_named(_NETWORKS.get(name, name))


def follow_line(text: str) -> tuple[str, str]:
    """(label, value) of a line such as « Twitter : @lea »; the label may be empty."""
    text = text.strip().lstrip("-–—•·* ")
    if _BARE.fullmatch(text):
        return "", text
    found = _LABELLED.match(text)
    return (found["label"].strip("*_ "), found["value"].strip("*_ ")) if found else ("", "")


def is_follow_line(text: str) -> bool:
    label, value = follow_line(text)
    return bool(value) and (not label or network_of(label) is not None)


def opens_follow(text: str, following: Block | None) -> bool:
    """Whether ``text`` heads the person's accounts, which the next block must show."""
    return (
        bool(following)
        and opens_follow_lines(text)
        and is_follow_line(following.text if following else "")
    )


def opens_reading(text: str, settings: Settings) -> bool:
    """Whether ``text`` is one of the headings of the series' reading lists."""
    return normalised(text) in {
        normalised(heading) for heading in settings.reading_headings or reading_headings()
    }


def is_entry(block: Block) -> bool:
    """Whether a block of a #FF list begins with an account."""
    return bool(_ENTRY.match(block.markdown.lstrip("\\")) or _ENTRY.match(block.text))


def asks_whom_to_follow(text: str, following: Sequence[Block]) -> bool:
    """Whether a question is a #FF list's, though it does not say so: accounts follow it."""
    return (
        len(following) == 2
        and all(is_entry(block) for block in following)
        and bool(re.search(r"suiv|suis\b|follow|compte|account", unaccented(text)))
    )


def is_title(block: Block) -> bool:
    """Whether the first block of a source reads as a title: short, and no sentence."""
    text = block.text.strip()
    return len(text.split()) <= 20 and not text.endswith((".", "?", "!", ",", ":"))
