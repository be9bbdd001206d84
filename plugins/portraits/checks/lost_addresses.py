"""Warn about the addresses of portraits that the next release no longer has.

    gone address = that of a portrait with another one now    an alias keeps it: a warning
                 | that of a portrait that is not shown       withdrawn on purpose: a notice

The last release says which addresses there were, and whose: each portrait has a file for machines
(``api/portraits/<slug>.json``). A file that is renamed is known again by the person's name and
language, or by the day and language where the name was corrected as well.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from portraits.checks.series import Checked, One
from portraits.model import addresses
from portraits.support.messages import msg
from portraits.support.problems import Problem, Severity

_DATA = f"{addresses.API}portraits/"


class LostAddress(NamedTuple):
    """An address of the last release that the next one does not have."""

    address: str
    """Relative to the site's root: ``portraits/lea/``."""
    name: str
    date: str
    """ISO 8601."""
    lang: str


def lost_addresses(release: Path, gone: Collection[str]) -> list[LostAddress]:
    """Return the addresses of portraits among the files ``gone`` from the folder ``release``."""
    found = []
    for path in sorted(path for path in gone if path.startswith(_DATA)):
        try:
            known = json.loads((release / path).read_bytes())
            slug, lang, name, date = (known[key] for key in ("slug", "language", "name", "date"))
        except (OSError, ValueError, KeyError, TypeError):  # written by somebody else
            continue
        found += [
            LostAddress(address, name, date, lang)
            for address in (f"{addresses.PORTRAITS}{slug}/", f"{lang}/{addresses.PORTRAITS}{slug}/")
            if addresses.file_of(address) in gone
        ]
    return found


def moved(
    series: Checked, release: Path, lost: Collection[LostAddress]
) -> Iterator[tuple[LostAddress, Problem | None]]:
    """Yield each lost address, with a warning that names the line to add; None for a portrait that
    was withdrawn."""
    if not lost:
        return
    new = [
        one
        for one in series.all
        if one.shown and not (release / addresses.file_of(series.address(one))).is_file()
    ]
    for one in lost:
        known = _known_again(series, one, new)
        yield one, _warning(series, one, known) if known else None


def _known_again(series: Checked, lost: LostAddress, new: Collection[One]) -> One | None:
    slug = lost.address.split("/")[-2]
    if any(series.address(one) == lost.address for one in series.named(slug)):
        return None  # its file is there, and its editor withdrew it
    same = [one for one in new if one.name == lost.name] or [
        one for one in new if (one.date, one.lang) == (lost.date, lost.lang)
    ]
    return min(same, key=lambda one: (one.lang != lost.lang, one.source), default=None)


def _warning(series: Checked, lost: LostAddress, now: One) -> Problem:
    aliases = [alias for one, alias in series.aliases() if one == now]
    line = f"aliases: [{', '.join((*aliases, f'/{lost.address}'))}]"
    return Problem(
        series.file(now),
        series.line(now.source, "aliases") if aliases else 0,
        "lost-address",
        msg("series.lost_address", address=lost.address),
        msg(f"series.lost_address_{'write' if aliases else 'add'}", line=line),
        "aliases",
        Severity.WARNING,
    )
