"""Share what the pages have in common that are sent to somebody and answered without a network.

The questionnaire and the proof of a portrait are one file each: styles, faces and pictures stand in
it, and its policy allows nothing but its own script, named by hash.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


def templates(folder: Path) -> Environment:
    """Return the environment of the templates in a folder."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def script_of(path: Path) -> str:
    """Return the script of a page: what all of them share (``offline.js``), then its own."""
    shared = Path(__file__).with_suffix(".js")
    return "".join(file.read_text(encoding="utf-8") for file in (shared, path))


def data_address(content: bytes, media_type: str) -> str:
    """Return the ``data:`` address of a file."""
    return f"data:{media_type};base64,{base64.b64encode(content).decode('ascii')}"


def policy(style: str, script: str, *, media: bool = False) -> str:
    """Return the Content Security Policy of a page with one style sheet and one script; ``media``
    allows pictures and sounds that stand in it."""
    loaded = "img-src data:; media-src data:; " if media else ""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; font-src data:; {loaded}"
        f"script-src '{_hash(script)}'; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    """Return a source expression of a policy (Content Security Policy Level 3, section 2.3.1)."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode('ascii')}"
