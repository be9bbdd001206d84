"""Read and write the list of the people who are off the site: ``withdrawn.toml``.

    [[withdrawn]]
    date = 2026-12-01
    sources = ["portraits/lea.md"]                       no longer read, whether there or not
    addresses = ["portraits/lea/", "2011/07/lea.html"]   answer « retiré »
    accounts = ["9f86…"]                                 SHA-256 of the keys of their accounts

The list stands in the content folder. It names nobody, so that the texts and pictures themselves
may be deleted, and says enough to keep the person off whatever others write.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from portraits.model.addresses import file_of
from portraits.support.content_folder import FileRefused, read_regular
from portraits.support.limits import MAX_BYTES
from portraits.support.messages import msg
from portraits.support.problems import Problem, SourceRefused

NAME = "withdrawn.toml"
_ADDRESS = re.compile(r"(?:[^\s?#\\/.][^\s?#\\/]*/)*(?:[^\s?#\\/.][^\s?#\\/]*)?")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What one withdrawal took off the site."""

    date: dt.date
    sources: tuple[str, ...]
    """Paths of the files relative to the content folder, POSIX separators."""
    addresses: tuple[str, ...]
    """Relative to the site's root: those of the pages, and the former ones."""
    accounts: tuple[str, ...] = ()
    """:func:`digest_of` of each account."""

    @property
    def mark(self) -> str:
        """What a release without the person carries; it says nothing to who does not know."""
        return hashlib.sha256("\n".join(sorted(self.addresses)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Everybody who is off the site."""

    entries: tuple[Withdrawal, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.entries)

    @property
    def sources(self) -> frozenset[str]:
        return frozenset(source for one in self.entries for source in one.sources)

    @property
    def addresses(self) -> frozenset[str]:
        return frozenset(address for one in self.entries for address in one.addresses)

    @property
    def files(self) -> frozenset[str]:
        """Path of the file that is served at each address."""
        return frozenset(file_of(unquote(address)) for address in self.addresses)

    @property
    def marks(self) -> frozenset[str]:
        return frozenset(one.mark for one in self.entries)

    def has_account(self, key: str) -> bool:
        """Return whether the account with this key is that of somebody withdrawn."""
        return any(digest_of(key) in one.accounts for one in self.entries)


NOBODY = Withdrawn()


@lru_cache(maxsize=4096)
def digest_of(key: str) -> str:
    """Return the SHA-256 of an account's key, in hexadecimal."""
    return hashlib.sha256(key.encode()).hexdigest()


def read_withdrawn(content: Path, label: str) -> Withdrawn:
    """Return the list of a content folder; ``label`` is the folder's name in messages.

    Raise SourceRefused if it cannot be read: it must never be passed over.
    """
    try:
        raw = read_regular(content / NAME, MAX_BYTES + 1)
        entries = tomllib.loads(raw.decode()).get("withdrawn", [])
        return Withdrawn(tuple(_entry(one) for one in entries))
    except FileNotFoundError:
        return Withdrawn()
    except FileRefused as refused:
        message, hint = refused.message, refused.hint
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        message, hint = msg("withdrawal.bad_list", error=error), msg("withdrawal.bad_list_hint")
    raise SourceRefused([Problem(f"{label}/{NAME}", 0, "bad-withdrawn", message, hint)])


def _entry(given: dict[str, Any]) -> Withdrawal:
    """Return an entry. Raise ValueError, TypeError or KeyError if it is none."""
    names = {field.name for field in fields(Withdrawal)}
    if unknown := given.keys() - names:
        raise ValueError(msg("withdrawal.unknown_key", key=min(unknown)))
    lists = {
        name: tuple(given.get(name, ()) if name == "accounts" else given[name])
        for name in names - {"date"}
    }
    one = Withdrawal(given["date"], **lists)
    if type(one.date) is not dt.date or not one.sources or not one.addresses:
        raise ValueError(msg("withdrawal.bad_entry"))
    for address in (*one.sources, *map(unquote, one.addresses)):
        if not address or not _ADDRESS.fullmatch(address):
            raise ValueError(msg("withdrawal.bad_address", address=address))
    if wrong := [text for text in one.accounts if not _DIGEST.fullmatch(text)]:
        raise ValueError(msg("withdrawal.bad_digest", text=wrong[0]))
    return one


def written(entries: Iterable[Withdrawal]) -> str:
    """Return the text of the list."""
    return "\n".join((msg("withdrawal.head"), *(_written(one) for one in entries)))


def _written(one: Withdrawal) -> str:
    lists = (("sources", one.sources), ("addresses", one.addresses), ("accounts", one.accounts))
    lines = [f"{name} = {json.dumps(list(values), ensure_ascii=False)}" for name, values in lists]
    return "\n".join(("[[withdrawn]]", f"date = {one.date.isoformat()}", *lines, ""))
