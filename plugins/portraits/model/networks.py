"""Define the networks on which people can be followed.

A network is a row of the table below: its key in front matter, its name, the format of its
handles, the addresses of its profiles and their feeds. Schemas, hints, pages and exports are
derived from it. The theme shows the network's own icon if it has one (``img/sprite.svg``).

What handles look like is what the networks publish. Names given out under older rules are
accepted too, so no network has a least length but those that never had a shorter one.

    X          help.x.com/en/managing-your-account/x-username-rules
    Mastodon   USERNAME_RE in app/models/account.rb of mastodon/mastodon
    Bluesky    atproto.com/specs/handle
    Facebook   facebook.com/help/105399436216001
    YouTube    support.google.com/youtube/answer/11585688
    TikTok     support.tiktok.com, Changing your username
    GitHub     the form of github.com/join
    LinkedIn   linkedin.com/help/linkedin/answer/a542685

Of the others the addresses of their profiles say it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from portraits.support.catalogue import catalogue, interface_language
from portraits.support.messages import Names, msg
from portraits.support.problems import did_you_mean


@dataclass(frozen=True, slots=True)
class Network:
    """A network, or the web, where people have accounts."""

    key: str
    """Its name in front matter and settings."""
    label: str
    """Its name for readers, unless catalogues translate it: message ``network.<key>``."""
    profile: str
    """Address of a profile; ``{name}`` is the handle, ``{host}`` its server."""
    handle: re.Pattern[str]
    """Format of a handle, without the leading ``@``; message ``handle.<key>`` says it in words."""
    hosts: tuple[str, ...] = ()
    """Hosts of its profiles, without ``www.``; any subdomain counts."""
    path: re.Pattern[str] | None = None
    """Path of a profile; the first group is the handle."""
    at: bool = True
    """Whether handles are shown with an ``@``."""
    aliases: tuple[str, ...] = ()
    feed: str = ""
    """Suffix that turns a profile's address, without its final slash, into that of its feed."""

    @property
    def rule(self) -> str:
        """What a handle looks like, in the editor's language, for hints."""
        return msg(f"handle.{self.key}")

    def name(self, lang: str) -> str:
        """Return its name for readers of ``lang``."""
        said = catalogue(interface_language(lang)).messages.get(f"network.{self.key}", self.label)
        return said if isinstance(said, str) else self.label


def _path(expression: str) -> re.Pattern[str]:
    return re.compile(expression + r"/?", re.IGNORECASE)


DOMAIN = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
"""A host name with at least one dot, as a regular expression."""
_UNDERSCORED = re.compile(r"(?!.*\.\.)(?!\.)[A-Za-z0-9._]{1,30}(?<!\.)")

_TABLE = (
    Network(
        "twitter",
        "Twitter",
        "https://x.com/{name}",
        re.compile(r"[A-Za-z0-9_]{1,15}"),
        ("twitter.com", "x.com"),
        _path(
            r"/@?(?!(?:home|search|hashtag|i|intent|share|explore|login|settings)(?:/|$))"
            r"([A-Za-z0-9_]{1,15})"
        ),
        aliases=("x",),
    ),
    Network(
        "mastodon",
        "Mastodon",
        "https://{host}/@{name}",
        re.compile(rf"[A-Za-z0-9_]+(?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?@{DOMAIN}"),
        aliases=("fediverse",),
        feed=".rss",
    ),
    Network(
        "bluesky",
        "Bluesky",
        "https://bsky.app/profile/{name}",
        re.compile(rf"(?=.{{1,253}}\Z){DOMAIN}"),
        ("bsky.app",),
        _path(rf"/profile/({DOMAIN})"),
        aliases=("bsky",),
        feed="/rss",
    ),
    Network(
        "facebook",
        "Facebook",
        "https://www.facebook.com/{name}",
        re.compile(r"(?!\.)[A-Za-z0-9.]{2,50}(?<!\.)"),
        ("facebook.com", "fb.com"),
        _path(
            r"/(?!(?:pages|groups|events|profile\.php|people|watch)(?:/|$))"
            r"([A-Za-z0-9.]{2,60})"
        ),
        at=False,
    ),
    Network(
        "instagram",
        "Instagram",
        "https://www.instagram.com/{name}/",
        _UNDERSCORED,
        ("instagram.com",),
        _path(r"/(?!(?:p|reel|explore|stories)(?:/|$))([A-Za-z0-9._]{1,30})"),
    ),
    Network(
        "linkedin",
        "LinkedIn",
        "https://www.linkedin.com/in/{name}/",
        re.compile(r"[\w-]{3,100}"),
        ("linkedin.com",),
        _path(r"/in/([\w%-]{3,100})"),
        at=False,
    ),
    Network(
        "youtube",
        "YouTube",
        "https://www.youtube.com/@{name}",
        re.compile(r"(?=.{3,30}\Z)[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?"),
        ("youtube.com",),
        _path(r"/@([A-Za-z0-9._-]{3,60})"),
    ),
    Network(
        "threads",
        "Threads",
        "https://www.threads.net/@{name}",
        _UNDERSCORED,
        ("threads.net", "threads.com"),
        _path(r"/@([A-Za-z0-9._]{1,30})"),
    ),
    Network(
        "tiktok",
        "TikTok",
        "https://www.tiktok.com/@{name}",
        re.compile(r"[A-Za-z0-9._]{2,24}(?<!\.)"),
        ("tiktok.com",),
        _path(r"/@([A-Za-z0-9._]{1,30})"),
    ),
    Network(
        "flickr",
        "Flickr",
        "https://www.flickr.com/people/{name}/",
        re.compile(r"[A-Za-z0-9_@-]{1,60}"),
        ("flickr.com",),
        _path(r"/(?:people|photos)/([A-Za-z0-9_@-]{1,60})"),
        at=False,
    ),
    Network(
        "github",
        "GitHub",
        "https://github.com/{name}",
        re.compile(r"(?=.{1,39}\Z)[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*"),
        ("github.com",),
        _path(r"/([A-Za-z0-9][A-Za-z0-9-]{0,38})"),
        feed=".atom",
    ),
    Network(
        "pinterest",
        "Pinterest",
        "https://www.pinterest.com/{name}/",
        re.compile(r"[A-Za-z0-9_]{3,30}"),
        ("pinterest.com", "pinterest.ca", "pinterest.fr"),
        _path(r"/(?!pin(?:/|$))([A-Za-z0-9_]{3,30})"),
        at=False,
    ),
    Network(
        "tumblr",
        "Tumblr",
        "https://{name}.tumblr.com/",
        re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?"),
        at=False,
        feed="/rss",
    ),
    Network(
        "vimeo",
        "Vimeo",
        "https://vimeo.com/{name}",
        re.compile(r"[A-Za-z0-9]{3,32}"),
        ("vimeo.com",),
        _path(r"/(?!\d+/?$)([A-Za-z0-9]{3,32})"),
        at=False,
        feed="/videos/rss",
    ),
    Network("web", "Web", "", re.compile(r"(?!)"), at=False, aliases=("site", "blog", "blogue")),
)
NETWORKS: dict[str, Network] = {network.key: network for network in _TABLE}
"""Every known network by key, in the order in which they are offered."""

_ALIASES = {alias: network.key for network in _TABLE for alias in network.aliases}
BY_HOST = {host: network for network in _TABLE for host in network.hosts}
"""Host of profiles, without ``www.`` -> network."""


def network_named(name: str) -> Network | None:
    """Return the network with this key or alias, ignoring case, or None."""
    plain = name.strip().casefold()
    return NETWORKS.get(_ALIASES.get(plain, plain))


def name_of(key: str, lang: str) -> str:
    """Return a network's name for readers of ``lang``, or the key itself if it is unknown."""
    network = NETWORKS.get(key)
    return network.name(lang) if network else key


def network_hint(name: str) -> str:
    """Return a hint, in the editor's language, for an unknown network's name."""
    return did_you_mean(name, (*NETWORKS, *_ALIASES)) or msg(
        "account.known_networks", networks=Names(NETWORKS)
    )
