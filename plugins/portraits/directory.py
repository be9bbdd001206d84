"""The #FF directory: every recommended account, and who recommends it.

Accounts are one when their keys are equal; the directory shows the spelling of the
label that is used most, ties going to the newest portrait. A portrait that names an
account twice recommends it once, with its first reason. Translations of a portrait are
one portrait. Most recommended first, ties by key.

Whom the *person* is recommended by is told apart from it: only through the person's own
accounts, not those managed for others, and never by themselves.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cached_property

from portraits.library import Library, one_per_person
from portraits.model import Account
from portraits.outline import Outline, Recommended
from portraits.values import dataclass


@dataclass(frozen=True, slots=True)
class Recommender:
    """Somebody who recommends an account, and why."""

    outline: Outline
    reason_html: str
    reason_text: str


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """One recommended account."""

    account: Account
    outlines: tuple[Outline, ...]
    """Who recommends it, newest portrait first; at least one."""
    recommended: tuple[Recommended, ...]
    """The entry in the #FF list of each of ``outlines``, in the same order."""
    person: Outline | None
    """The portrait of the person whose own account it is."""
    managed: bool
    """Somebody portrayed runs it for others."""

    @property
    def recommenders(self) -> tuple[Recommender, ...]:
        """Who recommends it and why, newest portrait first."""
        return tuple(
            Recommender(outline, recommended.reason_html, recommended.reason_text)
            for outline, recommended in zip(self.outlines, self.recommended, strict=True)
        )

    @property
    def count(self) -> int:
        """How many recommend it."""
        return len(self.outlines)


@dataclass(frozen=True)
class Directory:
    """The recommended accounts of a series, most recommended first."""

    entries: tuple[DirectoryEntry, ...]

    @cached_property
    def by_key(self) -> Mapping[str, DirectoryEntry]:
        return {entry.account.key: entry for entry in self.entries}

    @cached_property
    def by_network(self) -> Mapping[str, tuple[DirectoryEntry, ...]]:
        """Network -> its entries; the network with most accounts first, ties by name."""
        groups: dict[str, list[DirectoryEntry]] = defaultdict(list)
        for entry in self.entries:
            groups[entry.account.network].append(entry)
        return {
            network: tuple(groups[network])
            for network in sorted(groups, key=lambda name: (-len(groups[name]), name))
        }

    @cached_property
    def not_yet_interviewed(self) -> tuple[DirectoryEntry, ...]:
        """Recommended by at least two, and neither run by nor belonging to anybody portrayed."""
        return tuple(
            entry for entry in self.entries
            if entry.count >= 2 and entry.person is None and not entry.managed
        )

    def recommending(self, outline: Outline) -> tuple[Recommender, ...]:
        """Who recommends the person of ``outline``, newest first; once each, with the reason
        given for the first of the person's accounts that they name."""
        found: dict[str, Recommender] = {}
        for account in outline.accounts:
            entry = self.by_key.get(account.key)
            if entry and entry.person and entry.person.translation_key == outline.translation_key:
                for recommender in entry.recommenders:
                    found.setdefault(recommender.outline.translation_key, recommender)
        found.pop(outline.translation_key, None)
        return tuple(sorted(found.values(), key=lambda recommender: recommender.outline.order))


def owners(outlines: tuple[Outline, ...]) -> dict[str, Outline]:
    """Account key -> the portrait of the person whose own account it is; of two portraits
    that claim one account, the first."""
    found: dict[str, Outline] = {}
    for outline in outlines:
        for account in outline.accounts:
            found.setdefault(account.key, outline)
    return found


def _spelling(recommended: list[Recommended]) -> Account:
    """The account as most spell it; ``most_common`` keeps the order of first use among equals."""
    first = recommended[0].account
    labels = [entry.account.label for entry in recommended]
    if labels.count(first.label) == len(labels):
        return first
    label = Counter(labels).most_common(1)[0][0]
    return recommended[labels.index(label)].account


def directory(library: Library, lang: str) -> Directory:
    """The directory of ``library``; of a translated portrait the reasons in ``lang`` count."""
    people = one_per_person(library, lang)
    owned = owners(people)
    managed = {account.key for outline in people for account in outline.manages}
    # Two lists an account rather than one list of pairs, as in the question index.
    outlines: dict[str, list[Outline]] = defaultdict(list)
    entries: dict[str, list[Recommended]] = defaultdict(list)
    for outline in people:
        for recommended in outline.recommends:
            key = recommended.account.key
            found = outlines[key]
            if not found or found[-1] is not outline:  # else named twice in one list
                found.append(outline)
                entries[key].append(recommended)
    keys = sorted(sorted(outlines), key=lambda key: len(outlines[key]), reverse=True)
    return Directory(tuple(
        DirectoryEntry(
            _spelling(entries[key]), tuple(outlines[key]), tuple(entries[key]),
            owned.get(key), key in managed)
        for key in keys
    ))
