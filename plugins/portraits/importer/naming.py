"""Who a portrait is of, when only a title says it.

    title = [ … (":" | "–" | "—" | "|") ] name
          | … ("Portrait" | "Entrevue" | "Interview" | "Rencontre") ("de" | "avec" | "of" …) name
"""

from __future__ import annotations

import re

_SEPARATORS = re.compile(r"\s*[:|–—]\s+|\s-\s")
_INTRODUCED = re.compile(
    r"\b(?:portraits?|entrevues?|entretiens?|interviews?|rencontres?|questions)\s+"
    r"(?:de|d[’']|du|avec|à|of|with|to)\s*(?P<name>.+)$", re.IGNORECASE)
_PARTICLE = r"(?:d[e’']|du|des|la|le|van|von|di|da|el|ben|st-?)"
_NAME_WORD = r"[^\W\d_a-z][\w.’'-]*"
_NAME = re.compile(
    rf"(?:d[’'])?{_NAME_WORD}(?:\s+(?:{_PARTICLE}\s*){{0,2}}{_NAME_WORD}){{1,4}}", re.UNICODE)


def name_in(title: str) -> str:
    """The person's name in ``title``, or an empty string; capitals become small letters."""
    parts = [part.strip(" «»“”\"") for part in _SEPARATORS.split(title)]
    introduced = [found["name"].strip() for part in parts if (found := _INTRODUCED.search(part))]
    candidates = [*introduced, *reversed(parts[1:]), *parts[:1]]
    candidates += [candidate.split(",")[0].strip() for candidate in candidates]
    name = next((name for name in candidates if _is_name(name)), "")
    return name.title() if name.isupper() else name


def _is_name(words: str) -> bool:
    return bool(_NAME.fullmatch(words)) and not any(letter.isdigit() for letter in words)
