"""Describe a publication, in French.

+ new file        ~ replaced file        - deleted file
"""

from __future__ import annotations

from collections.abc import Sequence

from portraits.publish.changes import Changes
from portraits.support.catalogue import quantity

_SHOWN = 20
"""Maximum number of names of each kind."""


def described(changes: Changes, target: str) -> str:
    """Return what will change at ``target``: the numbers, then the names."""
    if not changes.count:
        return f"Vers {target} : rien à changer ({_files(changes.unchanged)})."
    counts = ", ".join(
        quantity(len(paths), word)
        for paths, word in (
            (changes.added, "ajouté"),
            (changes.changed, "modifié"),
            (changes.removed, "retiré"),
        )
        if paths
    )
    rest = f" ({_files(changes.unchanged)} sans changement)" if changes.unchanged else ""
    return "\n".join(
        (
            f"Vers {target} : {counts}{rest}.",
            *_listed("+", changes.added),
            *_listed("~", changes.changed),
            *_listed("-", changes.removed),
        )
    )


def in_the_way(changes: Changes, target: str) -> str:
    """Return why a publication refuses to replace files that somebody else put there."""
    return "\n".join(
        (
            f"{target} : {_files(len(changes.in_the_way))} du même nom, que cette commande n’y a "
            "pas mis — déplacez ce qui s’y trouve, ou remplacez-le avec --adopt :",
            *_listed("~", changes.in_the_way),
        )
    )


def _listed(sign: str, paths: Sequence[str]) -> list[str]:
    """Return a line for each file, pages first."""
    pages_first = sorted(paths, key=lambda path: (not path.endswith(".html"), path))
    lines = [f"  {sign} {path}" for path in pages_first[:_SHOWN]]
    if len(paths) > _SHOWN:
        lines.append(f"  {sign} … et {quantity(len(paths) - _SHOWN, 'autre')}")
    return lines


def _files(number: int) -> str:
    return quantity(number, "fichier")
