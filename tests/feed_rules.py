"""Check that a feed is valid: one function per rule, each with its source.

    broken_rules(document, "atom.xml") == []

A rule yields a sentence for each violation. feedparser accepts nearly anything, so it cannot
tell whether a feed is valid.

Sources: RFC 4287 (Atom); "RSS 2.0" and "Profile" are the RSS Advisory Board's
specification 2.0.11 and Best Practices Profile; "Media" is Media RSS 1.5.1; "JSON Feed" is
version 1.1; "RSS content" is the content module of RSS 1.0.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import html5lib
from lxml import etree

NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LANGUAGE_TAG = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z]{4})?(-([a-zA-Z]{2}|\d{3}))?")
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
RFC_822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d "
    r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d (GMT|[+-]\d{4})"
)
MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")

Rule = Callable[[Any], Iterator[str]]
ATOM: list[Rule] = []
RSS: list[Rule] = []
JSON: list[Rule] = []


def broken_rules(document: bytes, kind: str) -> list[str]:
    """Return the violations of a feed; ``kind`` is ``atom.xml``, ``rss.xml`` or ``feed.json``."""
    if kind == "feed.json":
        found = json.loads(document)
        rules = JSON
    else:
        found = etree.fromstring(document)
        rules = ATOM if kind == "atom.xml" else RSS
    return [f"{rule.__name__}: {broken}" for rule in rules for broken in rule(found)]


def all_of(element: Any, path: str) -> list[Any]:
    return element.findall(path, NAMES)


def texts(element: Any, path: str) -> list[str]:
    return [found.text or "" for found in all_of(element, path)]


def is_absolute(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text.replace("Z", "+00:00"))


def exactly_one(element: Any, *paths: str) -> Iterator[str]:
    for path in paths:
        if len(texts(element, path)) != 1 or not texts(element, path)[0].strip():
            yield f"{path} is there {len(texts(element, path))} times, or empty"


def at_most_one(element: Any, *paths: str) -> Iterator[str]:
    for path in paths:
        if len(all_of(element, path)) > 1:
            yield f"{path} is there more than once"


def content_rules(html: str) -> Iterator[str]:
    """Profile, "Relative URLs" and Feed Validator "ContainsRelRef", "SecurityRisk"."""
    for element in html5lib.parseFragment(html, namespaceHTMLElements=False).iter():
        tag = str(element.tag)
        if tag in {"script", "style", "iframe", "object", "embed", "form", "meta", "link"}:
            yield f"the content holds <{tag}>"
        for name, value in element.attrib.items():
            if name.startswith("on") or name in {"style", "class", "id"}:
                yield f"the content holds {name}={value!r}"
            if name in {"href", "src", "poster", "cite"} and not urlsplit(value).scheme:
                yield f"the content holds the relative address {value!r}"
            if name == "srcset" and not all(
                is_absolute(candidate.split()[0]) for candidate in value.split(", ")
            ):
                yield f"the content holds relative addresses in {value!r}"


def media_rules(element: Any) -> Iterator[str]:
    """Media, "media:content" and its optional elements."""
    for picture in all_of(element, ".//media:content"):
        if not is_absolute(picture.get("url", "")):
            yield f"media:content has url={picture.get('url')!r}"
        if not MEDIA_TYPE.fullmatch(picture.get("type", "")):
            yield f"media:content has type={picture.get('type')!r}"
        if picture.get("medium") not in {"image", "audio", "video", "document", "executable"}:
            yield f"media:content has medium={picture.get('medium')!r}"
        for name in ("width", "height", "fileSize"):
            if not picture.get(name, "1").isdigit() or picture.get(name) == "0":
                yield f"media:content has {name}={picture.get(name)!r}"
        unknown = set(picture.keys()) - {
            "url",
            "fileSize",
            "type",
            "medium",
            "isDefault",
            "expression",
            "bitrate",
            "framerate",
            "samplingrate",
            "channels",
            "duration",
            "height",
            "width",
            "lang",
        }
        if unknown:
            yield f"media:content has {sorted(unknown)}"
        for description in all_of(picture, "media:description"):
            if description.get("type", "plain") not in {"plain", "html"}:
                yield "media:description has a type that does not exist"


# -- Atom ------------------------------------------------------------------------------


def atom(rule: Rule) -> Rule:
    ATOM.append(rule)
    return rule


@atom
def atom_feed_has_its_mandatory_elements_once(feed: Any) -> Iterator[str]:
    """RFC 4287, section 4.1.1."""
    if feed.tag != f"{{{NAMES['a']}}}feed":
        yield f"the root is {feed.tag}"
    yield from exactly_one(feed, "a:id", "a:title", "a:updated")
    yield from at_most_one(feed, "a:subtitle", "a:rights", "a:icon", "a:logo", "a:generator")


@atom
def atom_entry_has_its_mandatory_elements_once(feed: Any) -> Iterator[str]:
    """RFC 4287, section 4.1.2."""
    for entry in all_of(feed, "a:entry"):
        yield from exactly_one(entry, "a:id", "a:title", "a:updated")
        yield from at_most_one(entry, "a:published", "a:summary", "a:content", "a:rights")


@atom
def atom_ids_are_absolute_and_unique(feed: Any) -> Iterator[str]:
    """RFC 4287, sections 4.2.6 and 4.1.1: an IRI, and no two entries alike but in date."""
    ids = texts(feed, "a:id") + texts(feed, "a:entry/a:id")
    for found in ids:
        if not urlsplit(found).scheme:
            yield f"{found!r} is no IRI"
    if len(set(ids)) != len(ids):
        yield "two ids are equal"


@atom
def atom_authors_have_names(feed: Any) -> Iterator[str]:
    """RFC 4287, sections 4.1.1 (an author for feed or for each entry) and 3.2.1."""
    entries = all_of(feed, "a:entry")
    if not all_of(feed, "a:author") and not all(all_of(entry, "a:author") for entry in entries):
        yield "an entry has no author"
    for author in all_of(feed, ".//a:author"):
        yield from exactly_one(author, "a:name")


@atom
def atom_dates_are_rfc_3339_and_in_order(feed: Any) -> Iterator[str]:
    """RFC 4287, section 3.3; 4.2.15: updated is a later moment than publication."""
    for name in ("published", "updated"):
        for date in texts(feed, f".//a:{name}"):
            if not RFC_3339.fullmatch(date):
                yield f"{date!r} is not RFC 3339"
    for entry in all_of(feed, "a:entry"):
        updated = max(map(moment, texts(entry, "a:updated")))
        if any(moment(published) > updated for published in texts(entry, "a:published")):
            yield f"updated before it was published: {texts(entry, 'a:id')}"
        if any(updated > moment(newest) for newest in texts(feed, "a:updated")):
            yield "an entry is newer than the feed says it is"


@atom
def atom_links_are_absolute_and_one_of_a_kind(feed: Any) -> Iterator[str]:
    """RFC 4287, section 4.2.7; 4.1.1 and 4.1.2: no two alternates of one type and language."""
    own = [link for link in all_of(feed, "a:link") if link.get("rel") == "self"]
    if len(own) != 1 or own[0].get("type") != "application/atom+xml":
        yield "the feed has no link to itself"
    for parent in (feed, *all_of(feed, "a:entry")):
        kinds = []
        for link in all_of(parent, "a:link"):
            if not is_absolute(link.get("href", "")):
                yield f"a link goes to {link.get('href')!r}"
            if link.get("rel", "alternate") == "alternate":
                kinds.append((link.get("type"), link.get("hreflang")))
        if len(set(kinds)) != len(kinds):
            yield f"two alternates of one kind: {kinds}"
    for entry in all_of(feed, "a:entry"):
        if not all_of(entry, "a:content") and "alternate" not in {
            link.get("rel", "alternate") for link in all_of(entry, "a:link")
        }:
            yield "an entry without content has no alternate (section 4.1.2)"


@atom
def atom_languages_are_language_tags(feed: Any) -> Iterator[str]:
    """RFC 4287, section 2 (xml:lang) and 4.2.7.4 (hreflang): BCP 47."""
    if LANG not in feed.attrib:
        yield "the feed has no language"
    for element in feed.iter():
        for name in (LANG, "hreflang"):
            if not LANGUAGE_TAG.fullmatch(element.get(name, "fr")):
                yield f"{element.get(name)!r} is no language tag"


@atom
def atom_categories_have_terms(feed: Any) -> Iterator[str]:
    """RFC 4287, section 4.2.2."""
    for category in all_of(feed, ".//a:category"):
        if not category.get("term", "").strip():
            yield "a category has no term"


@atom
def atom_text_constructs_hold_text_only(feed: Any) -> Iterator[str]:
    """RFC 4287, sections 3.1.1 and 4.1.3.3: text and html have no child elements."""
    for name in ("title", "subtitle", "summary", "rights", "content"):
        for element in all_of(feed, f".//a:{name}"):
            if element.get("type", "text") not in {"text", "html"} or len(element):
                yield f"{name} holds elements, or is of a type that it cannot be"


@atom
def atom_content_is_fit_for_readers(feed: Any) -> Iterator[str]:
    for html in texts(feed, "a:entry/a:content"):
        yield from content_rules(html)
    yield from media_rules(feed)


# -- RSS -------------------------------------------------------------------------------


def rss(rule: Rule) -> Rule:
    RSS.append(rule)
    return rule


@rss
def rss_channel_has_its_mandatory_elements_once(feed: Any) -> Iterator[str]:
    """RSS 2.0, "Required channel elements"; Profile: no element twice but category."""
    if feed.tag != "rss" or feed.get("version") != "2.0" or len(feed) != 1:
        yield "the root is not <rss version='2.0'> with one channel"
    channel = feed[0]
    yield from exactly_one(channel, "title", "link", "description", "language")
    yield from at_most_one(channel, "copyright", "lastBuildDate", "pubDate", "generator", "image")


@rss
def rss_item_has_what_readers_need_once(feed: Any) -> Iterator[str]:
    """RSS 2.0, "Elements of <item>"; RSS content: content:encoded once."""
    for item in all_of(feed, "channel/item"):
        yield from exactly_one(item, "title", "link", "guid", "pubDate", "content:encoded")
        yield from at_most_one(item, "description", "author", "comments", "enclosure")


@rss
def rss_guids_are_unique_and_true_to_their_word(feed: Any) -> Iterator[str]:
    """RSS 2.0, "<guid>": unless isPermaLink is "false", it is an address to open."""
    guids = all_of(feed, "channel/item/guid")
    for guid in guids:
        if guid.get("isPermaLink", "true") != "false" and not is_absolute(guid.text):
            yield f"{guid.text!r} is no permalink"
    if len({guid.text for guid in guids}) != len(guids):
        yield "two guids are equal"


@rss
def rss_links_are_absolute(feed: Any) -> Iterator[str]:
    """RSS 2.0, "Comments": links begin with a registered scheme."""
    for link in texts(feed, ".//link"):
        if not is_absolute(link):
            yield f"a link goes to {link!r}"


@rss
def rss_says_where_it_is(feed: Any) -> Iterator[str]:
    """Profile, "atom:link": rel="self" with the feed's own address and type."""
    own = [link for link in all_of(feed, "channel/a:link") if link.get("rel") == "self"]
    if (
        len(own) != 1
        or not is_absolute(own[0].get("href"))
        or (own[0].get("type") != "application/rss+xml")
    ):
        yield "the channel has no link to itself"


@rss
def rss_dates_are_rfc_822(feed: Any) -> Iterator[str]:
    """RSS 2.0, "pubDate" and "lastBuildDate"; Profile: four digits of year."""
    for name in ("pubDate", "lastBuildDate"):
        for date in texts(feed, f".//{name}"):
            if not RFC_822.fullmatch(date):
                yield f"{date!r} is not RFC 822"
            elif parsedate_to_datetime(date).strftime("%a") != date[:3]:
                yield f"{date!r} is another day of the week"


@rss
def rss_authors_are_named_or_have_an_address(feed: Any) -> Iterator[str]:
    """RSS 2.0, "<author>": an e-mail address; Profile, "dc:creator": a name."""
    for creator in texts(feed, ".//dc:creator"):
        if not creator.strip():
            yield "a creator has no name"
    for author in texts(feed, ".//author"):
        if "@" not in author:
            yield f"{author!r} is no e-mail address"


@rss
def rss_languages_are_language_tags(feed: Any) -> Iterator[str]:
    """RSS 2.0, "language"."""
    for language in texts(feed, ".//language") + texts(feed, ".//dc:language"):
        if not LANGUAGE_TAG.fullmatch(language):
            yield f"{language!r} is no language tag"


@rss
def rss_description_is_html_of_its_own(feed: Any) -> Iterator[str]:
    """RSS 2.0, "<description>": entity-encoded HTML; Profile: the full text is elsewhere."""
    for item in all_of(feed, "channel/item"):
        for description in texts(item, "description"):
            yield from content_rules(description)
            if description == texts(item, "content:encoded")[0]:
                yield "the full text stands in description"


@rss
def rss_content_is_fit_for_readers(feed: Any) -> Iterator[str]:
    for html in texts(feed, "channel/item/content:encoded"):
        yield from content_rules(html)
    yield from media_rules(feed)


# -- JSON Feed -------------------------------------------------------------------------


def json_feed(rule: Rule) -> Rule:
    JSON.append(rule)
    return rule


TOP_LEVEL = {
    "version": str,
    "title": str,
    "home_page_url": str,
    "feed_url": str,
    "description": str,
    "user_comment": str,
    "next_url": str,
    "icon": str,
    "favicon": str,
    "authors": list,
    "language": str,
    "expired": bool,
    "hubs": list,
    "items": list,
}
ITEM = {
    "id": str,
    "url": str,
    "external_url": str,
    "title": str,
    "content_html": str,
    "content_text": str,
    "summary": str,
    "image": str,
    "banner_image": str,
    "date_published": str,
    "date_modified": str,
    "authors": list,
    "tags": list,
    "language": str,
    "attachments": list,
}


@json_feed
def json_members_are_known_and_of_their_type(feed: Any) -> Iterator[str]:
    """JSON Feed, "Top-level", "Items" and "Extensions" (names begin with an underscore)."""
    for found, known in ((feed, TOP_LEVEL), *((item, ITEM) for item in feed["items"])):
        for name, value in found.items():
            if name.startswith("_"):
                if not isinstance(value, dict):
                    yield f"the extension {name} is no object"
            elif not isinstance(value, known.get(name, ())):
                yield f"{name} does not exist, or is {value!r}"


@json_feed
def json_mandatory_members_are_there(feed: Any) -> Iterator[str]:
    """JSON Feed: version, title and items; id and content of each item."""
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield "the version is another one"
    for name in ("title", "items", "feed_url", "home_page_url"):
        if name not in feed:
            yield f"there is no {name}"
    for item in feed["items"]:
        if not item.get("id") or not {"content_html", "content_text"} & set(item):
            yield "an item has no id or no content"


@json_feed
def json_ids_are_unique(feed: Any) -> Iterator[str]:
    """JSON Feed, "Items": unique for that item over time."""
    ids = [item["id"] for item in feed["items"]]
    if len(set(ids)) != len(ids):
        yield "two ids are equal"


@json_feed
def json_addresses_are_absolute(feed: Any) -> Iterator[str]:
    for found in (feed, *feed["items"]):
        for name in ("home_page_url", "feed_url", "icon", "url", "image"):
            if not is_absolute(found.get(name, "https://absent.example/")):
                yield f"{name} is {found[name]!r}"


@json_feed
def json_dates_are_rfc_3339_and_in_order(feed: Any) -> Iterator[str]:
    """JSON Feed, "date_published", "date_modified"."""
    for item in feed["items"]:
        dates = [item[name] for name in ("date_published", "date_modified")]
        if not all(RFC_3339.fullmatch(date) for date in dates):
            yield f"{dates} are not RFC 3339"
        elif moment(dates[0]) > moment(dates[1]):
            yield f"{item['id']} was modified before it was published"


@json_feed
def json_authors_say_something(feed: Any) -> Iterator[str]:
    """JSON Feed, "authors": each with a name, an address or an avatar."""
    for found in (feed, *feed["items"]):
        for author in found.get("authors", []):
            if not any(author.get(name, "").strip() for name in ("name", "url", "avatar")):
                yield "an author is empty"


@json_feed
def json_languages_are_language_tags(feed: Any) -> Iterator[str]:
    """JSON Feed, "language": RFC 5646."""
    for found in (feed, *feed["items"]):
        if not LANGUAGE_TAG.fullmatch(found.get("language", "")):
            yield f"{found.get('language')!r} is no language tag"


@json_feed
def json_content_is_fit_for_readers(feed: Any) -> Iterator[str]:
    for item in feed["items"]:
        yield from content_rules(item["content_html"])
