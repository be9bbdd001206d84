"""Resolve the paths of pictures and sounds of a portrait to paths in the content folder.

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

SOUNDS = (".mp3", ".m4a", ".ogg", ".opus")
"""Formats of sounds that are accepted: those that are small and that browsers play."""
_OTHER_SOUNDS = (".wav", ".aif", ".aiff", ".flac", ".wma", ".amr")
_VIDEOS = (".mp4", ".m4v", ".mov", ".webm", ".mkv", ".avi", ".ogv", ".mpg", ".mpeg", ".3gp")
VIDEO_HINT = "exportez-en le son seul, en MP3, ou donnez un lien vers la vidéo"

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


def is_sound(path: str) -> bool:
    """Return whether ``path`` is named like a sound or a video, not like a picture."""
    return path.lower().endswith((*SOUNDS, *_OTHER_SOUNDS, *_VIDEOS))


def sound_path(written: str, folder: str) -> str:
    """Return the path, relative to the content folder, of a sound path ``written`` in a file of
    ``folder``.

    Raises PathRefused for an address on the web, a video, an unknown format or a path outside the
    folder.
    """
    if _SCHEME.match(written):
        raise PathRefused(
            f"le son « {written[:80]} » vient d’ailleurs",
            "copiez-le à côté du texte et donnez son nom de fichier",
        )
    path = plain_name(unquote(_PREFIX.sub("", written, count=1)))
    if path.lower().endswith(_VIDEOS):
        raise PathRefused(f"« {written[:80]} » est une vidéo, pas un son", VIDEO_HINT)
    if not path.lower().endswith(SOUNDS):
        raise PathRefused(
            f"« {written[:80]} » est trop lourd pour une page, ou illisible pour des navigateurs",
            f"exportez ce son en MP3 ; formats possibles : {', '.join(SOUNDS)}",
        )
    return _in_content(path, folder)


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
    return _in_content(path, folder)


def _in_content(path: str, folder: str) -> str:
    return inside(f"/{path}" if path.startswith("images/") else path, folder)
