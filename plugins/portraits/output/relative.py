"""Convert the addresses of a page into relative ones, for Pelican's ``RELATIVE_URLS``.

    /serie/portraits/x/  on  questions/a/index.html   ->   ../../portraits/x/

Only addresses that begin with the path of the site's root are converted. Canonical and social
addresses are absolute, and stay so.
"""

from __future__ import annotations

import posixpath
import re

_ATTRIBUTE = re.compile(
    r"""(\s(?:href|src|srcset|poster|action|cite|data-index|data-root)=")(/(?!/)[^"]*)"""
    r"""|(;\s*url=)(/(?!/)[^"]*)"""
)


def relative_to(path: str, html: str, base_path: str) -> str:
    """Return ``html`` for the file at ``path`` (relative to the site's root)."""
    folder = posixpath.dirname(path)

    def converted(address: str) -> str:
        if not address.startswith(base_path):
            return address
        place = address.removeprefix(base_path)
        bare = re.split(r"[?#]", place, maxsplit=1)[0]
        near = posixpath.relpath(bare or ".", folder or ".")
        slash = "/" if bare.endswith("/") or not bare else ""
        return f"{near}{slash}{place[len(bare) :]}"

    def replaced(found: re.Match[str]) -> str:
        before, value, refresh, target = found.groups()
        if refresh:
            return f"{refresh}{converted(target)}"
        if " srcset" in before:
            candidates = (part.split(" ", 1) for part in value.split(", "))
            return before + ", ".join(
                " ".join((converted(address), *rest)) for address, *rest in candidates
            )
        return before + converted(value)

    return _ATTRIBUTE.sub(replaced, html)
