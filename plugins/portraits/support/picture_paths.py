"""Resolve the picture paths of a portrait to paths in the content folder.

    path = name                         beside the Markdown file
         | "images/" name               in content/images
         | ["{static}"] "/" path        from the content folder
         | ("{static}" | "{attach}") name   beside the Markdown file

Whether the file exists is checked later, for all portraits at once, however the disk spells it.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from urllib.parse import unquote

from portraits.support.limits import visible

EXTENSIONS = (".jpg", ".jpeg", ".png", ".webp", ".gif")
"""Formats that are accepted. Pictures are decoded and re-encoded before they are published."""

_PREFIX = re.compile(r"[{|](?:static|attach|filename)[}|]")
_SCHEME = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


def plain_name(path: str) -> str:
    """Return ``path`` in the form in which names of files are compared.

    macOS and some archives write accents as characters of their own (Unicode NFD), and a name may
    hold characters that nobody sees.
    """
    return path if path.isascii() else unicodedata.normalize("NFC", visible(path))


class PathRefused(ValueError):
    """A path that is refused; message and hint in French."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def inside(path: str, folder: str) -> str:
    """Resolve ``path``, written in a file of ``folder``, relative to the content folder.

    A leading ``/`` means the content folder. Raises PathRefused for a path that leaves it.
    """
    joined = path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path)
    whole = posixpath.normpath(joined)
    if "\\" in path:
        raise PathRefused(
            f"« {path} » sépare ses dossiers par une barre oblique inverse",
            f"écrivez « {path.replace(chr(92), '/')} »",
        )
    if whole == ".." or whole.startswith("../") or "\0" in path:
        raise PathRefused(
            f"« {path} » sort du dossier content",
            "seuls les fichiers du dossier content sont publiés",
        )
    return whole


def picture_path(written: str, folder: str) -> str:
    """Return the path, relative to the content folder, of a picture path ``written`` in a file of
    ``folder``.

    Raises PathRefused for an address on the web, an unknown format or a path outside the folder.
    """
    if _SCHEME.match(written):
        raise PathRefused(
            f"l’image « {written[:80]} » vient d’ailleurs",
            "copiez-la dans content/images et donnez son nom de fichier",
        )
    path = plain_name(unquote(_PREFIX.sub("", written, count=1)))
    if not path.lower().endswith(EXTENSIONS):
        raise PathRefused(
            f"« {written[:80]} » n’est pas une image que l’on publie",
            f"formats possibles : {', '.join(EXTENSIONS)}",
        )
    return inside(f"/{path}" if path.startswith("images/") else path, folder)
