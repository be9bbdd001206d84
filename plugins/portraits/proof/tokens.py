"""Give each proof a token of its own, so that a reply to something else is told.

    token = HMAC-SHA-256(secret, digest(fingerprint slug language))        RFC 2104

The secret never leaves the folder of the series. A token shows that this folder made a proof of
this text of this portrait; it does not show who answered, for whoever has the page has the token.
"""

from __future__ import annotations

import hmac
import os
import re
import secrets
from pathlib import Path

from portraits.support.digests import digest
from portraits.support.messages import msg
from portraits.support.problems import Problem, SourceRefused
from portraits.support.symlinks import open_itself, refuse_links

FOLDER = ".proofs"
"""Folder beside the settings, which holds the secret and is left out of Git by a file in it."""
FILE = "secret"
_TOKEN = re.compile("[0-9a-f]{64}")
_FORM = re.compile(rb"[0-9a-f]{64}\n")


def secret_in(root: Path) -> bytes:
    """Return the secret of a series, from the folder of its settings; make one if there is none.

    Raise SourceRefused for a damaged one, OSError.
    """
    refuse_links(root, f"{FOLDER}/{FILE}")
    path = root / FOLDER / FILE
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        (path.parent / ".gitignore").write_text("*\n", encoding="ascii")
        try:
            descriptor = open_itself(str(path), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:  # another command made it meanwhile
            pass
        else:
            with os.fdopen(descriptor, "wb") as file:
                file.write(f"{secrets.token_hex(32)}\n".encode())
    return known_secret_in(root)


def known_secret_in(root: Path) -> bytes:
    """Return the secret of a series; an empty one if no proof was ever made here.

    Raise SourceRefused for a damaged one.
    """
    path = root / FOLDER / FILE
    if not path.is_file():
        return b""
    secret = path.read_bytes()
    if not _FORM.fullmatch(secret):
        raise SourceRefused(
            [
                Problem(
                    str(path),
                    0,
                    "damaged-secret",
                    msg("proof.damaged_secret"),
                    msg("proof.damaged_secret_hint"),
                )
            ]
        )
    return secret


def token_of(secret: bytes, fingerprint: str, slug: str, lang: str) -> str:
    """Return the token of the proof of one text of a portrait."""
    return hmac.digest(secret, digest(fingerprint, slug, lang), "sha256").hex()


def is_token_of(token: str, secret: bytes, fingerprint: str, slug: str, lang: str) -> bool:
    """Return whether ``token`` is that of a proof, in a time that does not tell how nearly."""
    made = token_of(secret, fingerprint, slug, lang)
    return bool(secret) and hmac.compare_digest(made.encode(), token.encode())


def served_proof(cache: Path, token: str) -> Path | None:
    """Return where the preview finds the proof with a token; None for what is no token."""
    return cache / "proofs" / f"{token}.html" if _TOKEN.fullmatch(token) else None
