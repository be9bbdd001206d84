"""Tell the person who sent a message from the display name of the address, if it is a person's.

    display = name [ "(" organization ")" | "via" … ]
    name    = first-name family-name | family-name "," first-name | FAMILY-NAME first-name

A name that is an address, that a mailbox has (« Rédaction », « Info »), or that an organization has
(« Ville de Longueil », « Studio Nord inc. ») is nobody's. One word is a name only when the address
begins with it: « Zoé <zoe@exemple.ca> ».
"""

from __future__ import annotations

import re
from email.errors import MessageError
from email.message import EmailMessage

from portraits.importer.mail.surroundings import HEADER_LINES, header_at, sender_in
from portraits.support.transliteration import unaccented

_UNREADABLE = (MessageError, ValueError, LookupError, AttributeError, TypeError)
"""What the standard library raises for headers that are no headers."""
_MAILBOXES = frozenset(
    # Read as prose, not as many literals.
    """
abonnement accueil admin administration admission android bonjour bureau candidature client
clientele clients comm comms communication communications compta comptabilite contact contacts
courrier destinataire direction donotreply editor emploi equipe expediteur facturation hello help
hola info information informations infos inscription ipad iphone journal kontakt listserv mail
mailbox mailer marketing media medias membres messagerie nepasrepondre news newsletter noreply
notification notifications office postmaster press presse reception recipient recipients
recrutement redaction relations reply rh sales secretariat sender service services support team
undisclosed user utilisateur vente ventes webmaster
""".split()  # noqa: SIM905
)
_ORGANIZATIONS = frozenset(
    """
agence asbl asso association atelier ateliers bank banque bibliotheque boutique bureau cabinet
cegep center centre club co college comite commission compagnie company conseil consulting
cooperative corp corporation departement department ecole editions enr entreprise entreprises ev
festival fondation foundation gmbh group groupe hopital hotel inc institut institute lab
laboratoire librairie llc llp ltd ltee magazine mairie marketing media medias ministere
municipalite musee museum office ong orchestre ordre organisation organization productions radio
regroupement restaurant revue sa sarl sas school sl societe solutions sprl studio studios syndicat
systems tech technologies theatre universite university verlag ville web
""".split()  # noqa: SIM905
)
_NAME = re.compile(r"[^\W\d_][\w.’'`-]*(?: [^\W\d_][\w.’'`-]*){0,4}")
_ASIDE = re.compile(
    r"\([^)]*\)|\[[^\]]*\]|\s(?:via|par l[’']interm[ée]diaire d[eu])\s.*$|\s[|/–—-]\s.*$"
)
_FORWARDED = re.compile(r"\s*(?:fwd?|tr|wg|rv|i|enc)\s?:", re.IGNORECASE)


def sender_of(message: EmailMessage, body: str) -> str:
    """Return the name of the person who wrote ``message``, or an empty string.

    Of a message that was sent on, it is the one in the header inside its text, ``body``.
    """
    if _FORWARDED.match(_subject(message)):
        return _first_sender_in(body)
    try:
        addresses = message["From"].addresses if message["From"] else ()
        return person_in(addresses[0].display_name, addresses[0].addr_spec) if addresses else ""
    except _UNREADABLE:
        return ""


def _subject(message: EmailMessage) -> str:
    try:
        return str(message["Subject"] or "")
    except _UNREADABLE:
        return ""


def _first_sender_in(body: str) -> str:
    lines = body.split("\n")
    for at in range(len(lines)):
        ahead = lines[at : at + HEADER_LINES]
        if lines[at].strip() and (size := header_at(ahead, 0)):
            return person_in(sender_in(ahead[:size]), "")
    return ""


def readable(header: object) -> str:
    """The text of a header; bytes that it should not have held are UTF-8, else Windows-1252."""
    held = str(header).encode("utf-8", "surrogateescape")
    try:
        return held.decode("utf-8")
    except UnicodeDecodeError:
        return held.decode("cp1252", "replace")


def person_in(display: str, address: str) -> str:
    """Return the person's name in the ``display`` name of an ``address``, or an empty string."""
    name = " ".join(_ASIDE.sub(" ", readable(display)).split()).strip(" \"'’‘“”«».,;:")
    if not name or "@" in name or "\ufffd" in name:
        return ""
    family, comma, first = name.partition(",")
    if comma:
        name = f"{first.strip()} {family.strip()}"
    name = _capitalized(name)
    words = [unaccented(word).strip(".'’-") for word in name.split()]
    known = _MAILBOXES | _ORGANIZATIONS
    if not _NAME.fullmatch(name) or any(part in known for word in words for part in _parts(word)):
        return ""
    mailbox = unaccented(address.partition("@")[0])
    if len(words) == 1 and not re.match(rf"{re.escape(words[0])}(?:\W|$|_)", mailbox):
        return ""
    return name


def _parts(word: str) -> list[str]:
    return [word, *re.split(r"[-’']", word)]


def _capitalized(name: str) -> str:
    """``name`` in small letters where all of it, or the family name before the first one, is in
    capitals."""
    words = name.split()
    if name.isupper() or name.islower():
        return name.title()
    capitals = [word for word in words if word.isupper() and len(word) > 2]
    if capitals and capitals == words[: len(capitals)]:
        words = [*words[len(capitals) :], *capitals]
    return " ".join(word.title() if word in capitals else word for word in words)
