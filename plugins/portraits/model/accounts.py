"""Parse accounts from handles and profile addresses.

    handle = "@" name                   the default network
           | "@" name "@" host          Mastodon and the fediverse
           | "@" name "." domain        Bluesky, whose handles are domain names

A profile's address and its handle name the same account: ``https://mobile.twitter.com/Evenko?s=20``
has the key of ``@evenko``. Any other address is an account of the network ``web``, identified by
the address itself.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from portraits.model.networks import BY_HOST, DOMAIN, NETWORKS, Network, network_hint, network_named
from portraits.model.portrait import Account
from portraits.support.messages import msg
from portraits.support.transliteration import unaccented

__all__ = [
    "NETWORKS",
    "AccountRefused",
    "Network",
    "account_from_handle",
    "account_from_url",
    "account_on",
    "account_or_note",
    "is_note",
    "network_hint",
    "network_named",
]


_NOT_MASTODON = frozenset({"medium.com", "substack.com"})
"""Hosts that are not Mastodon servers although their profiles are at ``/@name``."""
_MASTODON_PATH = re.compile(rf"/@([A-Za-z0-9_.-]+)(?:@({DOMAIN}))?/?")
_MASTODON_USERS = re.compile(r"/users/([A-Za-z0-9_.-]+)/?")
_BLUESKY_HANDLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*(?:\.[A-Za-z0-9-]+)*\.[a-z]{2,24}")
_HOST = re.compile(rf"(?:{DOMAIN})|[\w-]+(?:\.[\w-]+)*\.\w{{2,24}}")
_BARE_ADDRESS = re.compile(rf"{DOMAIN}(?:/\S*)?")
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|igshid|igsh|mc_[ce]id|ref_src|ref_url|s|si|t")
"""Tracking parameters of queries; ``s``, ``si`` and ``t`` are dropped on known networks only."""
_NOTE_WORDS = frozenset(
    {
        "prive",
        "privee",
        "prives",
        "perso",
        "personnel",
        "personnelle",
        "aucun",
        "aucune",
        "ferme",
        "fermee",
        "supprime",
        "inactif",
        "non",
        # in Spanish and German
        "privado",
        "privada",
        "ninguno",
        "ninguna",
        "privat",
        "keins",
        "keines",
        "nein",
        "private",
        "personal",
        "none",
        "closed",
        "deleted",
        "no",
    }
)


class AccountRefused(ValueError):
    """A text that is not an account of a network; message and hint in the editor's language."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


def _account(network: Network, handle: str, label: str = "") -> Account:
    name, _, host = handle.partition("@") if network.key == "mastodon" else (handle, "", "")
    return Account(
        network=network.key,
        handle=handle,
        url=network.profile.format(name=name, host=host.lower()),
        label=label or (f"@{handle}" if network.at else handle),
        key=f"{network.key}:{handle.casefold()}",
    )


def account_on(network: Network, text: str) -> Account | None:
    """Return the account of the handle ``text``, with or without ``@``, on ``network``, or None."""
    handle = text.strip().removeprefix("@")
    if network.key == "bluesky" and "." not in handle and handle:
        handle += ".bsky.social"
    return _account(network, handle) if network.handle.fullmatch(handle) else None


def account_from_handle(text: str, default_network: str) -> Account | None:
    """Return the account of a handle in the grammar above, or None.

    An empty ``default_network`` takes only those that name their network themselves.
    """
    handle = text.strip().removeprefix("@")
    if "@" in handle:
        return account_on(NETWORKS["mastodon"], handle)
    if _BLUESKY_HANDLE.fullmatch(handle):
        return account_on(NETWORKS["bluesky"], handle)
    network = network_named(default_network)
    return account_on(network, handle) if network else None


def _web_identity(host: str, path: str, query: str, known: bool) -> str:
    """Return an address without scheme, tracking parameters and final slash, to compare it.

    ``known``: the host belongs to a known network.
    """
    kept = [
        (key, value)
        for key, value in parse_qsl(query, keep_blank_values=True)
        if not (_TRACKING.fullmatch(key) and (known or len(key) > 2))
    ]
    tail = f"?{urlencode(kept)}" if kept else ""
    return f"{host}{path.rstrip('/') or '/'}{tail}"


def account_from_url(url: str, label: str = "") -> Account:
    """Return the account whose profile is at ``url``, an absolute http(s) address.

    A profile of a known network gives the same account as its handle. ``label`` is the text to
    show, by default the handle or the address without its scheme. Raises ValueError for an
    address without a host or with another scheme.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    if parts.scheme not in ("http", "https") or not host:
        raise ValueError(url)
    network = BY_HOST.get(host) or BY_HOST.get(host.partition(".")[2])
    if network and network.path and (found := network.path.fullmatch(parts.path)):
        return _account(network, found[1], label)
    if host.endswith(".tumblr.com") and host.count(".") == 2:
        return _account(NETWORKS["tumblr"], host.partition(".")[0], label)
    if not network and host not in _NOT_MASTODON:
        found = _MASTODON_PATH.fullmatch(parts.path) or _MASTODON_USERS.fullmatch(parts.path)
        if found:
            server = found[2] if found.re is _MASTODON_PATH and found[2] else host
            if account := account_on(NETWORKS["mastodon"], f"{found[1]}@{server}"):
                return Account(
                    account.network,
                    account.handle,
                    account.url,
                    label or account.label,
                    account.key,
                )
    identity = _web_identity(host, parts.path, parts.query, network is not None)
    return Account("web", "", url, label or identity.rstrip("/"), f"web:{identity}")


def is_note(text: str) -> bool:
    """Return whether a value replaces an account (« privé », « sur demande »)."""
    return " " in text.strip() or not text.isascii() or unaccented(text.strip()) in _NOTE_WORDS


def account_or_note(network: Network, text: str) -> Account | str:
    """Parse a front matter value for ``network``: a handle, an address or a note.

    Returns an account, or the note as text. Raises AccountRefused for anything else, and for the
    address of another network.
    """
    text = text.strip()
    if "://" in text or (network.key == "web" and _BARE_ADDRESS.fullmatch(text)):
        url = text if "://" in text else f"https://{text}"
        return _account_at(network, url)
    if account := account_on(network, text):
        return account if unaccented(text) not in _NOTE_WORDS else text
    if is_note(text) and not text.startswith("@"):
        return text
    if other := account_from_handle(text, ""):
        where = NETWORKS[other.network]
        raise AccountRefused(
            msg(
                "account.form_of_another_network",
                text=text,
                network=network.label,
                rule=network.rule,
            ),
            msg(
                "account.form_of_another_network_hint",
                network=where.label,
                key=where.key,
                handle=other.handle,
            ),
        )
    expected = "expected_words_or_address" if network.hosts else "expected_or_words"
    raise AccountRefused(
        msg("account.not_an_account", text=text, network=network.label),
        msg(f"account.{expected}", rule=network.rule),
    )


def _account_at(network: Network, url: str) -> Account:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        parts, host = urlsplit(""), ""
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host) or re.search(r"\s", url):
        raise AccountRefused(
            msg("account.not_an_address", url=url), msg("account.not_an_address_hint")
        )
    account = account_from_url(url)
    if network.key == "web" or account.network == network.key:
        return account
    if account.network != "web":
        raise AccountRefused(
            msg(
                "account.address_of_another_network",
                url=url,
                network=NETWORKS[account.network].label,
            ),
            msg("account.address_of_another_network_hint", key=account.network),
        )
    return Account(network.key, "", url, account.label, account.key)
