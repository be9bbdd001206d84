"""Find the feed of an account, for the networks that publish one.

The addresses are those that each network documents or announces in its pages:

    Mastodon     profile + ".rss"                    https://docs.joinmastodon.org/
    Bluesky      profile + "/rss"                    announced by <link> in each profile
    Tumblr       blog + "/rss"                       https://help.tumblr.com/
    GitHub       profile + ".atom"                   announced by <link> in each profile
    Vimeo        profile + "/videos/rss"             https://help.vimeo.com/
    Flickr       by numeric id (…@N00) only          https://www.flickr.com/services/feeds/
    YouTube      by channel id (UC…) only            announced by <link> in each channel
    WordPress    blog + "/feed/"                     https://wordpress.com/support/feeds/
    Blogger      blog + "/feeds/posts/default"       https://support.google.com/blogger/
    Substack     blog + "/feed"                      https://support.substack.com/
    Medium       "/feed" before the profile's path   https://help.medium.com/

A suffix common to all profiles of a network is in its row (:mod:`portraits.model.networks`); the
other rules are below. Nothing is fetched or guessed: an account outside this table has no feed
here, although its site may have one.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from portraits.model.networks import NETWORKS
from portraits.model.portrait import Account

_BLOG_HOSTS = {
    ".wordpress.com": "/feed/",
    ".blogspot.com": "/feeds/posts/default",
    ".substack.com": "/feed",
}
"""Suffix of a blog's host -> path of its feed."""

_HOSTS = ("youtube.com", "medium.com", *_BLOG_HOSTS)
"""Hosts with a rule below. Most addresses contain none of them and need not be parsed."""

_FLICKR_ID = re.compile(r"\d+@N\d{2}")
_YOUTUBE_CHANNEL = re.compile(r"/channel/(UC[\w-]{22})/?")
_MEDIUM_PROFILE = re.compile(r"/@[\w.]+/?")


def feed_of(account: Account) -> str:
    """Return the absolute address of the account's feed, or an empty string."""
    network = NETWORKS.get(account.network)
    if network and network.feed:
        return account.url.rstrip("/") + network.feed
    if account.network == "flickr":
        if not _FLICKR_ID.fullmatch(account.handle):
            return ""
        photos = "https://www.flickr.com/services/feeds/photos_public.gne"
        return f"{photos}?id={quote(account.handle)}"
    if not any(host in account.url.lower() for host in _HOSTS):
        return ""
    place = urlsplit(account.url)
    host = (place.hostname or "").removeprefix("www.")
    if host == "youtube.com" and (channel := _YOUTUBE_CHANNEL.fullmatch(place.path)):
        return f"https://www.youtube.com/feeds/videos.xml?channel_id={channel[1]}"
    if host == "medium.com" and _MEDIUM_PROFILE.fullmatch(place.path):
        return f"https://medium.com/feed{place.path.rstrip('/')}"
    for ending, path in _BLOG_HOSTS.items():
        if host.endswith(ending):
            return f"https://{host}{path}"
    return ""
