"""Tell what mail programs and habits put around the words of a reply.

Each line is looked at with those below it, whatever program wrote it:

    header      = ("De" | "From" | "Envoyé" | "À" | …) ":" words     two or more in a row: a message
                | name date "A" name "Objet" words                   Lotus Notes, without colons
    attribution = "Le … a écrit :" | "On … wrote:" | "Am … schrieb …:"         up to four lines
    original    = "-----Message d’origine-----" | "Begin forwarded message:" | …
    rule        = "_____" | "-----" | "====="
    device      = "Envoyé de mon iPhone" | "Obtenir Outlook pour iOS" | …
    notice      = "Avis de confidentialité …" | "This message is confidential …" | …
    contact     = a line of telephone numbers, addresses and what names them
    closing     = "Cordialement," | "Best regards," | …
    picture     = "[image: …]" | "[cid:…]" | "<image001.png>"

They are private, or nobody's words, so they are left out of the portrait and told. A telephone
number or an address inside a sentence stays, and is marked for review.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEADER_NAMES = (
    r"de|from|von|da|van|envoy[ée](?: par| le)?|sent|date|gesendet|datum|enviado(?: el)?|fecha|"
    r"data|inviato|verzonden|[àa]|to|an|pour|para|per|aan|cc|cci|bcc|copie(?: [àa])?|kopie|"
    r"objet|subject|betreff|asunto|assunto|oggetto|onderwerp|exp[ée]diteur|destinataires?|"
    r"r[ée]pondre [àa]|reply-to|importance|priorit[ée]|pi[èe]ces? jointes?|attachments?|anlagen?"
)
HEADER = re.compile(rf"\**(?:{_HEADER_NAMES})\s?:\**(?:\s|$).*", re.IGNORECASE)
"""A line of the header of a message that was pasted or quoted."""
_SENDER = re.compile(r"\**(?:de|from|von|da|van|exp[ée]diteur|envoy[ée] par)\s?:\**", re.IGNORECASE)
_TELLS_A_HEADER = re.compile(
    r"\**(?:envoy[ée](?: le)?|sent|date|gesendet|datum|enviado(?: el)?|fecha|data|inviato|"
    r"verzonden|objet|subject|betreff|asunto|assunto|oggetto|onderwerp)\s?:",
    re.IGNORECASE,
)
"""What a header has besides names, and an answer rarely."""
_TO_ALONE = re.compile(r"(?:[àa]|to|pour|an|para)\s?:?", re.IGNORECASE)
_SUBJECT_ALONE = re.compile(r"(?:objet|subject|betreff|asunto)\s?:?", re.IGNORECASE)
HEADER_LINES = 12
"""Most lines of a header that is looked for."""
_ATTRIBUTION = re.compile(
    r".{2,300}\b(?:a [ée]crit|wrote|writes|schrieb|escribi[óo]|ha scritto|escreveu|schreef)\s?:$"
    r"|(?:am|op)\s.{4,200}\b(?:schrieb|schreef)\s.{1,150}:$"
    r"|\d{4}[-/]\d{1,2}[-/]\d{1,2}\b.{0,120}<[^<>\s]+@[^<>\s]+>\s?:?$",
    re.IGNORECASE,
)
"""The line that announces a quoted message."""
_OPENS_ATTRIBUTION = re.compile(
    r"(?:le|on|am|el|il giorno|em|op|den)\s(?=.*\d)"
    r"|(?:le|on|am|el|em|op)\s\w{2,10}[.,]?\s?$",
    re.IGNORECASE,
)
_TIME = re.compile(r"\b\d{1,2}\s?[:.h]\s?\d{2}\b")
MOST_ATTRIBUTION_LINES = 4
ORIGINAL = re.compile(
    r"[-_\s>]*(?:message (?:d[’'´`]?\s?origine|original|initial|transf[ée]r[ée]|"
    r"r[ée]exp[ée]di[ée])|"
    r"(?:e-?mail|mail|courriel) (?:d[’'´`]?\s?origine|original|transf[ée]r[ée])|original message|"
    r"forwarded message|begin forwarded message|mensaje original|mensagem original|"
    r"messaggio originale|urspr[üu]ngliche (?:nachricht|mail)|original-nachricht|"
    r"weitergeleitete nachricht|"
    r"d[ée]but du message (?:transf[ée]r[ée]|r[ée]exp[ée]di[ée]))\s*:?[-_\s]*$",
    re.IGNORECASE,
)
RULE = re.compile(r"(?:_{5,}|-{5,}|={5,}|\*{5,}|[–—]{3,})$")
_ON_WHAT = (
    r"mon|ma|l[’']|un |une |outlook|yahoo|gmail|proton|courrier|samsung|mail|galaxy|huawei|"
    r"bluemail|orange|la poste|laposte|la messagerie|l’application|iphone|ipad|android"
)
DEVICE = re.compile(
    r"(?:envoy[ée]e? (?:de|depuis|[àa] partir de|[àa] l[’']aide de|par|avec|via) "
    rf"(?:{_ON_WHAT}).{{0,80}}"
    r"|(?:sent|get) (?:from|with|via|using) (?:my|outlook|yahoo|gmail|proton|mail|samsung|"
    r"a mobile|spark|bluemail).{0,80}"
    r"|provenance\s?:\s?courrier.{0,60}"
    r"|(?:t[ée]l[ée]charger?z?|obtene[zr]|obtenir|get|download|holen sie|descargar) "
    r"(?:outlook|bluemail|spark|yahoo).{0,80}"
    r"|(?:von|aus) (?:meinem|meiner|der|outlook) ?.{0,50}(?:gesendet|versendet)"
    r"|gesendet (?:mit|von|[üu]ber) (?:der |meinem |meiner )?(?:gmx|web\.de|outlook|iphone|ipad|"
    r"samsung|handy|telekom|proton|mail).{0,60}"
    r"|enviado (?:desde|de|con|do|pelo) (?:mi|meu|outlook|yahoo|gmail|proton|correo|samsung).{0,60}"
    r"|inviato da(?:l mio)? (?:iphone|ipad|outlook|yahoo|samsung|mio).{0,40}"
    r"|verzonden vanaf mijn.{0,40}"
    r"|(?:garanti )?sans virus\b.{0,60}|virus-free\b.{0,60}"
    r"|l[’']absence de virus dans ce courrier.{0,100}"
    r"|this email has been checked for viruses.{0,80}"
    r")\.?\s?(?:[<(\[]\S+[>)\]]|https?://\S+)?$",
    re.IGNORECASE,
)
NOTICE = re.compile(
    r"(?:\W*(?:avis|mention|note|clause)s? "
    r"(?:de confidentialit[ée]|confidentielle?s?|l[ée]gale?s?)\b"
    r"|\W*(?:confidentiality|privacy|disclaimer|legal) ?(?:notice|note|statement|:)"
    r"|\W*(?:aviso (?:legal|de confidencialidad)|vertraulichkeitshinweis|avviso di riservatezza)\b"
    r"|(?:ce|le pr[ée]sent|l[’']information contenue dans ce) "
    r"(?:courriel|message|e-?mail|mail)\b.{0,160}\bconfidentiel"
    r"|(?:this|the information (?:contained )?in this) (?:e-?mail|message|communication)\b"
    r".{0,200}\bconfidential"
    r"|(?:este|el presente) (?:mensaje|correo)\b.{0,200}\bconfidencial"
    r"|diese (?:e-?mail|nachricht)\b.{0,200}\bvertraulich"
    r"|si vous (?:avez re[çc]u|recevez) ce (?:courriel|message|mail|e-?mail) par erreur"
    r"|if you (?:have received|received|are not the intended).{0,60}(?:message|e-?mail|recipient)"
    r"|(?:pensez|songez|merci de penser) [àa] l[’']environnement"
    r"|please consider the environment).*",
    re.IGNORECASE | re.DOTALL,
)
"""The beginning of a notice that a company adds to every message."""
CLOSING = re.compile(
    r"(?:(?:bien )?cordialement(?: v[ôo]tre| [àa] \w{3,4})?|(?:mes |meilleures |sinc[èe]res )*"
    r"salutations?(?: .{1,30})?|bien [àa] \w{3,4}|[àa] (?:vous|bient[ôo]t)|amicalement|amiti[ée]s|"
    r"au plaisir(?: .{1,30})?|bonne (?:journ[ée]e|soir[ée]e|semaine|fin de (?:journ[ée]e|semaine))|"
    r"merci(?: beaucoup| encore| bien| d[’']avance)?(?: .{1,30})?|bises?|"
    r"(?:(?:best|kind|kindest|warm|warmest) )?(?:regards|wishes)|cheers|best|"
    r"(?:many )?thanks(?: again)?|thank you(?: .{1,20})?|sincerely(?: yours)?|yours(?: .{1,20})?|"
    r"mit freundlichen gr[üu](?:ß|ss)en|(?:viele|liebe|beste|herzliche) gr[üu](?:ß|ss)e?|mfg|"
    r"(?:un )?(?:cordial )?saludos?(?: .{1,30})?|(?:un )?abrazo|atentamente|cordiali saluti|"
    r"um abra[çc]o|atenciosamente|met vriendelijke groet(?:en)?)[\s,.!;–—-]*",
    re.IGNORECASE,
)
"""The words before a name at the end of a letter."""
_CALLED = r"(?<![\w/.@-])"
PHONE = re.compile(
    rf"{_CALLED}(?:(?:\+\d{{1,3}}[\s.-]?)?\(?\d{{3}}\)?[\s.-]?\d{{3}}[\s.-]\d{{4}}"
    r"|(?:\+|00)\d{1,3}(?:[\s./-]?\(0\))?(?:[\s./-]?\(?\d{1,5}\)?){2,6}"
    r"|0\d(?:[\s.-]?\d{2}){4}"
    r"|0\d{2,4}[\s/-]+\d{3,4}[\s-]?\d{3,5}"
    r"|[6789]\d{2}[\s.-]\d{2,3}[\s.-]\d{2,3}(?:[\s.-]\d{2,3})?)"
    r"(?:\s?(?:#|x|p\.|poste|ext\.?)\s?\d{1,6})?(?![\w-])",
    re.IGNORECASE,
)
"""A telephone number as it is written in North America, France, Germany, Spain, or anywhere with
the code of its country."""
_LEAST_DIGITS = 9
ADDRESS = re.compile(r"<?(?<![@\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,24}\b>?")
"""An address of mail."""
_POSTCODE = re.compile(r"\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b")
_NAMES_A_CONTACT = re.compile(
    r"\b(?:t[ée]l(?:[ée]phone|[ée]fono|efon)?|cell(?:ulaire)?|m[óo]vil|mobile?|mob|bureau|phone|"
    r"direct|office|handy|fon|fax|t[ée]l[ée]copieur|courriel|correo|e-?mail|mail|site|web|"
    r"www\.\S+|https?://\S+|mailto|poste|ext)\b\.?|[\s:|·•,;/()<>+–—-]+|[TCFMEW](?=\s?[:.])\.?",
    re.IGNORECASE,
)
PICTURE = re.compile(
    r"\[(?:image|cid|inline image|photo)\s?:[^\]\n]*\]|<(?:image|cid:)[\w.@-]*>", re.IGNORECASE
)
"""What stands for a picture in the text of a message."""


def header_at(lines: Sequence[str], at: int) -> int:
    """Return the number of lines, from ``at``, of a message's header; 0 if there is none.

    A header names a sender, and gives an address, a date or a subject: « De : rien » above « À :
    personne » is none. A list of addresses may go on in the lines below its name.
    """
    end, named = at, 0
    while end < len(lines) and (line := lines[end].strip()):
        if HEADER.fullmatch(line):
            named += 1
        elif not (named and ADDRESS.search(line) and is_contact(ADDRESS.sub("a@b.ca", line))):
            break
        end += 1
    found = [line.strip() for line in lines[at:end]]
    if not any(map(_SENDER.match, found)):
        return _header_without_colons(lines, at)
    told = named > 1 and any(map(_TELLS_A_HEADER.match, found))
    return end - at if told or any(map(ADDRESS.search, found)) else 0


def _header_without_colons(lines: Sequence[str], at: int) -> int:
    """Return the number of lines of a header as Lotus Notes writes it, or 0."""
    below = next((line for line in lines[at + 1 : at + 3] if line.strip()), "")
    if not lines[at].strip() or not re.search(r"\d{4}|\d[/.]\d|\d:\d", below):
        return 0
    to = 0
    for place in range(at + 1, min(at + HEADER_LINES, len(lines))):
        line = lines[place].strip()
        if not to and place - at <= 4 and _TO_ALONE.fullmatch(line):
            to = place
        elif to and _SUBJECT_ALONE.fullmatch(line):
            return min(place + 2, len(lines)) - at
    return 0


def sender_in(header: Sequence[str]) -> str:
    """Return the name in the sender's line of a header, or nothing."""
    line = next((line.strip() for line in header if _SENDER.match(line.strip())), "")
    return re.sub(
        r"\[mailto:[^\]]*\]|[<>()\[\]]", "", ADDRESS.sub("", _SENDER.sub("", line))
    ).strip(" *\"'<>")


def attribution_at(lines: Sequence[str], at: int, *, quote_below: bool) -> int:
    """Return the number of lines, from ``at``, that announce a quoted message; 0 if they do not.

    « Comme Camus a écrit : » announces none: there has to be an address, an hour, or a quotation
    below. ``quote_below`` says whether deeper quotation follows ``lines``.
    """
    first = lines[at].strip()
    for size in range(1, MOST_ATTRIBUTION_LINES + 1):
        part = [line.strip() for line in lines[at : at + size]]
        if len(part) < size or not all(part):
            return 0
        if size == 2 and not (
            _OPENS_ATTRIBUTION.match(first) or ADDRESS.search(first) or first.endswith("<")
        ):
            return 0
        joined = " ".join(part)
        if not _ATTRIBUTION.match(joined):
            continue
        timed = _OPENS_ATTRIBUTION.match(joined) and _TIME.search(joined)
        last = quote_below and not any(line.strip() for line in lines[at + size :])
        return size if timed or last or ADDRESS.search(joined) else 0
    return 0


def is_contact(line: str) -> bool:
    """Return whether ``line`` holds nothing but ways to reach somebody."""
    if not (_phone_in(line) or ADDRESS.search(line) or _POSTCODE.search(line)):
        return False
    if _POSTCODE.search(line) and len(line) <= 100 and not line.endswith((".", "?", "!")):
        return True
    return not _NAMES_A_CONTACT.sub("", ADDRESS.sub("", PHONE.sub("", line))).strip()


def _phone_in(text: str) -> bool:
    """Return whether ``text`` holds a telephone number, and not another one with as few digits."""
    return any(sum(map(str.isdigit, found[0])) >= _LEAST_DIGITS for found in PHONE.finditer(text))


def private_words(text: str) -> str:
    """Return the key of what is said of private words that ``text`` may hold, or nothing."""
    if _phone_in(text):
        return "import_mail.holds_phone"
    return "import_mail.holds_address" if ADDRESS.search(text) else ""
