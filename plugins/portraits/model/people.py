"""Define what is known of people beyond their portraits: all accounts of each, and since when.

A portrait keeps the accounts of its day. This says which of them belong to one person, which are
given up, and where the person is now.
"""

from __future__ import annotations

from dataclasses import dataclass

from portraits.model.portrait import Account


@dataclass(frozen=True, slots=True)
class HeldAccount:
    """An account of a person, and the years between which they held it."""

    account: Account
    since: str
    """Year (``2022``), or empty if it is not known."""
    until: str
    """Year in which the person gave it up; empty for a living account."""
    archived: str
    """Address of an archived copy of the profile, or empty."""
    line: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with one or more accounts, with or without a portrait."""

    id: str
    """The slug of the name."""
    name: str
    portrait: str
    """Source of the person's portrait as named by the editor, or empty."""
    accounts: tuple[HeldAccount, ...]
    line: int
