"""Write the recommended accounts in formats that other programs import.

    mastodon  CSV of « Following list », as Mastodon imports it
    opml      OPML 2.0 subscription list, for feed readers
    text      one account per line: label, dash, address
    json      everything that is known of each account

Mastodon's importer (``app/models/form/import.rb``) requires exactly the header below. Its column «
Languages » is a filter: a follower sees only posts in those languages, all if it is empty; we leave
it empty unless the caller sets it. Only addresses of the form name@server are written there, which
no spreadsheet takes for a formula.

An export omits accounts that its format cannot represent. Equal lists give equal bytes.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from portraits.model.account_feeds import feed_of
from portraits.model.networks import NETWORKS

if TYPE_CHECKING:
    from portraits.model.portrait import Account

EXTENSIONS: Mapping[str, str] = {"mastodon": "csv", "opml": "opml", "text": "txt", "json": "json"}
"""Format -> file extension."""

MASTODON_HEADER = ("Account address", "Show boosts", "Notify on new posts", "Languages")


@dataclass(frozen=True, slots=True)
class ExportedAccount:
    """An account to follow."""

    account: Account
    recommenders: tuple[tuple[str, str], ...]
    """(name of the recommender, reason as plain text or empty), newest first."""


def listed_by(name: str, entries: Iterable[tuple[Account, str]]) -> tuple[ExportedAccount, ...]:
    """Return the accounts that the portrait of ``name`` recommends, in its order, each once.

    ``entries`` are the accounts and the reasons (plain text).
    """
    found: dict[str, ExportedAccount] = {}
    for account, reason in entries:
        found.setdefault(account.key, ExportedAccount(account, ((name, reason),)))
    return tuple(found.values())


def merged(entries: Iterable[ExportedAccount]) -> tuple[ExportedAccount, ...]:
    """Return each account once, where it comes first, with all who recommend it, each once."""
    found: dict[str, ExportedAccount] = {}
    for entry in entries:
        before = found.get(entry.account.key)
        if before:
            known = {name for name, _ in before.recommenders}
            more = tuple(one for one in entry.recommenders if one[0] not in known)
            entry = ExportedAccount(before.account, before.recommenders + more)
        found[entry.account.key] = entry
    return tuple(found.values())


def holds(entries: Iterable[ExportedAccount], format_: str) -> bool:
    """Return whether an export of ``entries`` as ``format_`` would contain an account."""
    can_hold = {"mastodon": fediverse_address, "opml": feed_of}.get(format_)
    return any(can_hold is None or can_hold(entry.account) for entry in entries)


def fediverse_address(account: Account) -> str:
    """Return ``name@server`` for an account of the fediverse, or an empty string."""
    if account.network == "mastodon" and NETWORKS["mastodon"].handle.fullmatch(account.handle):
        return account.handle
    return ""


def mastodon(entries: Iterable[ExportedAccount], languages: str = "") -> bytes:
    """Return the CSV to import under « Following list ».

    ``languages`` are ISO 639-1 codes, separated by commas: the follower sees posts in these only.
    """
    rows = io.StringIO(newline="")
    writer = csv.writer(rows, lineterminator="\n")
    writer.writerow(MASTODON_HEADER)
    for entry in entries:
        if address := fediverse_address(entry.account):
            writer.writerow((address, "true", "false", languages))
    return rows.getvalue().encode()


def opml(entries: Iterable[ExportedAccount], title: str) -> bytes:
    """Return the subscription list of the accounts that have a feed.

    http://opml.org/spec2.opml, « Subscription lists »: ``type``, ``text`` and ``xmlUrl`` are
    required; ``type`` is ``rss`` whatever the feed's format.
    """
    from portraits.output.xml_tree import child, document, root

    top = root("opml", attributes={"version": "2.0"})
    head = child(top, "head")
    child(head, "title", title)
    child(head, "docs", "http://opml.org/spec2.opml")
    body = child(top, "body")
    for entry in entries:
        if feed := feed_of(entry.account):
            child(
                body,
                "outline",
                attributes={
                    "type": "rss",
                    "text": entry.account.label,
                    "title": entry.account.label,
                    "xmlUrl": feed,
                    "htmlUrl": entry.account.url,
                },
            )
    return document(top)


def text(entries: Iterable[ExportedAccount]) -> bytes:
    """Return one account per line, in UTF-8."""
    return "".join(f"{entry.account.label} — {entry.account.url}\n" for entry in entries).encode()


def json_list(entries: Iterable[ExportedAccount], title: str, url: str) -> bytes:
    """Return everything that is known of each account, as JSON.

    ``url`` is the absolute address of the page that the list comes from.
    """
    listed = {
        "title": title,
        "url": url,
        "accounts": [
            {
                "network": entry.account.network,
                "handle": entry.account.handle,
                "label": entry.account.label,
                "url": entry.account.url,
                "feed": feed_of(entry.account) or None,
                "recommended_by": [
                    {"name": name, "reason": reason} for name, reason in entry.recommenders
                ],
            }
            for entry in entries
        ],
    }
    return (json.dumps(listed, ensure_ascii=False) + "\n").encode()


def exported(entries: tuple[ExportedAccount, ...], format_: str, *, title: str, url: str) -> bytes:
    """Return the file of ``entries`` in ``format_``, or no bytes if it would contain no account.

    Raise KeyError for a format that is not in :data:`EXTENSIONS`.
    """
    if not holds(entries, format_):
        return b""
    return {
        "mastodon": lambda: mastodon(entries),
        "opml": lambda: opml(entries, title),
        "text": lambda: text(entries),
        "json": lambda: json_list(entries, title, url),
    }[format_]()
