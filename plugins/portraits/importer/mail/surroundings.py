"""Tell what mail programs and habits put around the words of a reply.

Each line is looked at alone, whatever program wrote it:

    header      = ("De" | "From" | "Envoyé" | "À" | …) ":" words     two or more in a row: a message
    attribution = "Le … a écrit :" | "On … wrote:"
    original    = "-----Message d’origine-----" | "Begin forwarded message:" | …
    rule        = "_____" | "-----" | "====="
    device      = "Envoyé de mon iPhone" | "Obtenir Outlook pour iOS" | …
    notice      = "Avis de confidentialité …" | "This message is confidential …" | …
    contact     = a line of telephone numbers, addresses and what names them

They are private, or nobody's words, so they are left out of the portrait and told. A telephone
number or an address inside a sentence stays, and is marked for review.
"""

from __future__ import annotations

import re

_HEADER_NAMES = (
    r"de|from|von|envoy[ée]|sent|date|gesendet|[àa]|to|an|cc|cci|bcc|objet|subject|betreff|"
    r"r[ée]pondre [àa]|reply-to|importance|pi[èe]ces? jointes?|attachments?"
)
HEADER = re.compile(rf"\**(?:{_HEADER_NAMES})\s?:\**(?:\s|$).*", re.IGNORECASE)
"""A line of the header of a message that was pasted or quoted."""
_SENDER = re.compile(r"\**(?:de|from|von)\s?:", re.IGNORECASE)
ATTRIBUTION = re.compile(
    r"(?:le|on|am)\s.{4,200}\b(?:a [ée]crit|wrote|schrieb)\s?:$"
    r"|.{2,80}(?:a [ée]crit|wrote|schrieb)\s?:$",
    re.IGNORECASE,
)
"""The line that announces a quoted message."""
ORIGINAL = re.compile(
    r"-*\s*(?:message (?:d[’'´`]?\s?origine|original|transf[ée]r[ée])|original message|"
    r"forwarded message|begin forwarded message|"
    r"d[ée]but du message (?:transf[ée]r[ée]|r[ée]exp[ée]di[ée]))\s*:?\s*-*$",
    re.IGNORECASE,
)
RULE = re.compile(r"(?:_{5,}|-{5,}|={5,}|\*{5,})$")
DEVICE = re.compile(
    r"(?:envoy[ée]e? (?:de|depuis|[àa] partir de|par) (?:mon|ma|l[’']|outlook|yahoo|gmail|proton"
    r"|courrier).{0,80}"
    r"|sent (?:from|with|via) (?:my|outlook|yahoo|gmail|proton|mail).{0,80}"
    r"|(?:t[ée]l[ée]charger|obtenir|get|download) outlook.{0,80})\.?$",
    re.IGNORECASE,
)
NOTICE = re.compile(
    r"(?:\W*(?:avis|mention|note|clause)s? "
    r"(?:de confidentialit[ée]|confidentielle?s?|l[ée]gale?s?)\b"
    r"|\W*(?:confidentiality|privacy|disclaimer|legal) ?(?:notice|note|statement|:)"
    r"|(?:ce|le pr[ée]sent) (?:courriel|message|e-?mail|mail)\b.{0,160}\bconfidentiel"
    r"|this (?:e-?mail|message|communication)\b.{0,200}\bconfidential"
    r"|(?:pensez|songez) [àa] l[’']environnement|please consider the environment).*",
    re.IGNORECASE | re.DOTALL,
)
"""The beginning of a notice that a company adds to every message."""
PHONE = re.compile(
    r"(?<![\w/.-])(?:\+\d{1,3}[\s.-]?)?(?:\(?\d{3}\)?[\s.-]?\d{3}[\s.-]\d{4}"
    r"|0\d(?:[\s.-]\d{2}){4})(?:\s?(?:#|x|p\.|poste|ext\.?)\s?\d{1,6})?(?![\w-])",
    re.IGNORECASE,
)
"""A telephone number as it is written in North America or in France."""
ADDRESS = re.compile(r"<?(?<![@\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,24}\b>?")
"""An address of mail."""
_POSTCODE = re.compile(r"\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b")
_NAMES_A_CONTACT = re.compile(
    r"\b(?:t[ée]l(?:[ée]phone)?|cell(?:ulaire)?|mobile|bureau|phone|fax|t[ée]l[ée]copieur|courriel|"
    r"e-?mail|mail|site|web|www\.\S+|https?://\S+|poste|ext)\b\.?|[\s:|·•,;/()+–—-]+|[TCFMEW](?=\s?[:.])\.?",
    re.IGNORECASE,
)


def header_at(lines: list[str], at: int) -> int:
    """Return the number of lines, from ``at``, of a message's header; 0 if there is none.

    A header names a sender, and either gives an address or has more lines.
    """
    end = at
    while end < len(lines) and HEADER.fullmatch(lines[end].strip()):
        end += 1
    found = [line.strip() for line in lines[at:end]]
    if not any(map(_SENDER.match, found)):
        return 0
    return end - at if len(found) > 1 or ADDRESS.search(found[0]) else 0


def sender_in(header: list[str]) -> str:
    """Return the name in the sender's line of a header, or nothing."""
    line = next((line.strip() for line in header if _SENDER.match(line.strip())), "")
    return ADDRESS.sub("", _SENDER.sub("", line)).strip(" *\"'<>")


def is_contact(line: str) -> bool:
    """Return whether ``line`` holds nothing but ways to reach somebody."""
    if not (PHONE.search(line) or ADDRESS.search(line) or _POSTCODE.search(line)):
        return False
    if _POSTCODE.search(line) and len(line) <= 100 and not line.endswith((".", "?", "!")):
        return True
    return not _NAMES_A_CONTACT.sub("", ADDRESS.sub("", PHONE.sub("", line))).strip()


def private_words(text: str) -> str:
    """Return in French what ``text`` holds that may be private, or nothing."""
    if PHONE.search(text):
        return "un numéro de téléphone"
    return "une adresse de courriel" if ADDRESS.search(text) else ""
