"""Write the agreement of a person into the front matter, and nothing else.

    consent: {text: 2026-11-28, photo: 2026-11-28, date: 2026-12-01, of: 4f0c2a9be1d37a55}

The line is made of days and of a hash that we reckoned: no word of a reply goes into it.
"""

from __future__ import annotations

import re

from portraits.model.portrait import Consent, Portrait
from portraits.proof.answers import lines_of

KEY = "consent"
_FENCE = re.compile(r"---[^\S\n]*$")


def with_consent(data: bytes, portrait: Portrait, consent: Consent) -> bytes:
    """Return the file of ``portrait`` with another ``consent``; without the key if it says none.

    A consent that stands there is replaced where it stands, on however many lines; a new one
    becomes the last key of the front matter.
    """
    lines = lines_of(data)
    newline = lines[0][len(lines[0].rstrip("\r\n")) :]
    written = [f"{_line(consent)}{newline}"] if _line(consent) else []
    keys = dict(portrait.lines)
    if KEY in keys:
        first = keys[KEY] - 1
        end = first + 1
        while lines[end].startswith((" ", "\t")) and lines[end].strip():
            end += 1
    else:
        first = end = next(
            number for number, line in enumerate(lines[1:], 1) if _FENCE.match(line.rstrip("\r\n"))
        )
    lines[first:end] = written
    return "".join(lines).encode("utf-8")


def _line(consent: Consent) -> str:
    said = [
        f"{name}: {day.isoformat()}"
        for name, day in (("text", consent.text), ("photo", consent.photo), ("date", consent.date))
        if day
    ]
    if consent.of and consent.text:
        said.append(f"of: {_quoted(consent.of)}")
    return f"{KEY}: {{{', '.join(said)}}}" if said else ""


def _quoted(fingerprint: str) -> str:
    """Return a fingerprint as YAML: digits alone, or with an « e », would be a number."""
    return f'"{fingerprint}"' if re.fullmatch(r"[0-9]*e?[0-9]+", fingerprint) else fingerprint
