"""The recommended accounts as files that other programs read."""

import csv
import io
import json
from xml.etree import ElementTree

import pytest
from portraits.model.account_feeds import feed_of
from portraits.model.portrait import Account
from portraits.output.exports import EXTENSIONS, ExportedAccount, exported, listed_by, mastodon
from portraits.pages import exports
from portraits.pages.portrait import page as portrait_pages

from tests.builders import account, pages_with, portrait_named


def listed(*entries: str | tuple[str, str]) -> tuple[ExportedAccount, ...]:
    """The accounts that Léa recommends: notations, or pairs of notation and reason."""
    pairs = (entry if isinstance(entry, tuple) else (entry, "") for entry in entries)
    return listed_by("Léa", ((account(notation), reason) for notation, reason in pairs))


RECOMMENDED = (
    ("@sam@mastodon.example", "pour ses photos"),
    "@evenko",
    "@ana.bsky.social",
    "https://blogue.example/",
)
LEA = listed(*RECOMMENDED)
WHERE = {"title": "Les comptes que Léa recommande", "url": "https://serie.example/portraits/lea/"}


def elsewhere(network: str, handle: str, url: str) -> Account:
    return Account(network, handle, url, handle or url, f"{network}:{handle or url}")


# -- Mastodon


def test_the_mastodon_list_is_what_mastodon_imports():
    assert exported(LEA, "mastodon", **WHERE).decode() == (
        "Account address,Show boosts,Notify on new posts,Languages\n"
        "sam@mastodon.example,true,false,\n"
    )


def test_a_list_of_several_languages_is_one_quoted_field():
    rows = mastodon(listed("@sam@mastodon.example"), "fr,en").decode()
    assert list(csv.reader(io.StringIO(rows)))[1] == [
        "sam@mastodon.example",
        "true",
        "false",
        "fr,en",
    ]


@pytest.mark.parametrize(
    "handle",
    [
        "=1+1@evil.example",
        "+sam@mastodon.example",
        "-sam@mastodon.example",
        "@sam@mastodon.example",
        "sam@mastodon.example\n=1+1",
        "sam",
        "sam@",
        "sam@nowhere",
        "s am@mastodon.example",
    ],
)
def test_only_addresses_of_the_fediverse_are_written_there(handle):
    entry = ExportedAccount(elsewhere("mastodon", handle, "https://mastodon.example/@sam"), ())
    assert exported((entry,), "mastodon", **WHERE) == b""


def test_a_handle_elsewhere_that_looks_like_a_fediverse_address_is_none():
    entry = ExportedAccount(
        elsewhere("flickr", "12@n01.example", "https://www.flickr.com/people/12"), ()
    )
    assert exported((entry,), "mastodon", **WHERE) == b""


# -- OPML


def test_the_subscription_list_holds_the_accounts_that_have_a_feed():
    document = ElementTree.fromstring(exported(LEA, "opml", **WHERE))
    assert (document.tag, document.get("version")) == ("opml", "2.0")
    assert document.findtext("head/title") == WHERE["title"]
    assert [outline.attrib for outline in document.iterfind("body/outline")] == [
        {
            "type": "rss",
            "text": "@sam@mastodon.example",
            "title": "@sam@mastodon.example",
            "xmlUrl": "https://mastodon.example/@sam.rss",
            "htmlUrl": "https://mastodon.example/@sam",
        },
        {
            "type": "rss",
            "text": "@ana.bsky.social",
            "title": "@ana.bsky.social",
            "xmlUrl": "https://bsky.app/profile/ana.bsky.social/rss",
            "htmlUrl": "https://bsky.app/profile/ana.bsky.social",
        },
    ]


@pytest.mark.parametrize(
    ("network", "handle", "url", "feed"),
    [
        ("mastodon", "sam@m.example", "https://m.example/@sam", "https://m.example/@sam.rss"),
        (
            "bluesky",
            "ana.example",
            "https://bsky.app/profile/ana.example",
            "https://bsky.app/profile/ana.example/rss",
        ),
        ("tumblr", "ana", "https://ana.tumblr.com/", "https://ana.tumblr.com/rss"),
        ("github", "ana", "https://github.com/ana", "https://github.com/ana.atom"),
        ("vimeo", "ana", "https://vimeo.com/ana", "https://vimeo.com/ana/videos/rss"),
        (
            "flickr",
            "12345@N01",
            "https://www.flickr.com/people/12345@N01/",
            "https://www.flickr.com/services/feeds/photos_public.gne?id=12345%40N01",
        ),
        ("flickr", "ana", "https://www.flickr.com/people/ana/", ""),
        ("youtube", "ana", "https://www.youtube.com/@ana", ""),
        (
            "web",
            "",
            "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv",
            "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv",
        ),
        ("web", "", "https://ana.wordpress.com/a-propos/", "https://ana.wordpress.com/feed/"),
        ("web", "", "https://ana.blogspot.com", "https://ana.blogspot.com/feeds/posts/default"),
        ("web", "", "https://ana.substack.com/", "https://ana.substack.com/feed"),
        ("web", "", "https://medium.com/@ana/", "https://medium.com/feed/@ana"),
        ("web", "", "https://ana.example/", ""),
        ("web", "", "https://notwordpress.com.example/", ""),
        ("twitter", "ana", "https://x.com/ana", ""),
        ("instagram", "ana", "https://www.instagram.com/ana/", ""),
    ],
)
def test_feeds_are_known_for_networks_that_publish_one(network, handle, url, feed):
    assert feed_of(elsewhere(network, handle, url)) == feed


# -- text and JSON


def test_the_plain_list_has_one_account_a_line():
    assert exported(LEA, "text", **WHERE).decode().splitlines() == [
        "@sam@mastodon.example — https://mastodon.example/@sam",
        "@evenko — https://twitter.com/evenko",
        "@ana.bsky.social — https://bsky.app/profile/ana.bsky.social",
        "blogue.example — https://blogue.example/",
    ]


def test_the_json_list_says_who_recommends_what_and_why():
    found = json.loads(exported(LEA, "json", **WHERE))
    assert (found["title"], found["url"]) == (WHERE["title"], WHERE["url"])
    assert found["accounts"][0] == {
        "network": "mastodon",
        "handle": "sam@mastodon.example",
        "label": "@sam@mastodon.example",
        "url": "https://mastodon.example/@sam",
        "feed": "https://mastodon.example/@sam.rss",
        "recommended_by": [{"name": "Léa", "reason": "pour ses photos"}],
    }


# -- what is in them, what is not


def test_an_account_named_twice_is_listed_once():
    assert [entry.account.label for entry in listed("@sam", "@Sam", "@ana")] == ["@sam", "@ana"]


def test_the_list_of_the_series_is_the_directory():
    pages = pages_with(
        portrait_named("Léa", recommends=["@bob", ("@sam", "drôle")]),
        portrait_named("Ana", recommends=["@sam"]),
    )
    files = {file.address: file.content for file in exports.KIND.make(pages, "")}
    found = json.loads(files["recommandations/recommandations.json"])
    assert found["url"] == "http://localhost:8000/recommandations/"
    assert [
        (one["label"], [(by["name"], by["reason"]) for by in one["recommended_by"]])
        for one in found["accounts"]
    ] == [("@sam", [("Léa", "drôle"), ("Ana", "")]), ("@bob", [("Léa", "")])]


def test_the_list_of_one_portrait_stands_beside_its_page_in_every_format_that_holds_any():
    pages = pages_with(
        portrait_named("Léa", recommends=["@evenko", ("@bob", "drôle")]), portrait_named("Ana")
    )
    lea, ana = (pages.summary_named(name) for name in ("Léa", "Ana"))
    files = {file.address: file.content for file in exports.portrait_exports(pages, lea)}
    assert list(files) == [
        "portraits/lea/recommandations.txt",
        "portraits/lea/recommandations.json",
    ]
    assert json.loads(files["portraits/lea/recommandations.json"])["title"] == "Portrait de Léa"
    assert exports.exports_of(pages, ana) == ()
    links = pages.shown(portrait_pages.KIND, lea.source).exports
    assert [link.url for link in links] == [f"/{address}" for address in files]


def test_the_files_of_the_series_are_those_that_its_directory_names():
    pages = pages_with(portrait_named("Léa", recommends=[*RECOMMENDED]))
    assert (
        [file.address for file in exports.KIND.make(pages, "")]
        == [export.address for export in exports.exports_of_series(pages)]
        == [f"recommandations/recommandations.{end}" for end in EXTENSIONS.values()]
    )


@pytest.mark.parametrize("format_", sorted(EXTENSIONS))
def test_an_export_that_would_hold_nothing_is_empty(format_):
    assert exported((), format_, **WHERE) == b""


def test_a_label_with_markup_is_text_in_every_format():
    entry = ExportedAccount(
        Account("tumblr", "x", "https://x.tumblr.com/?a=1&b=2", '"<&>,\u2028', "k"), ()
    )
    outline = ElementTree.fromstring(exported((entry,), "opml", **WHERE)).find("body/outline")
    assert outline is not None
    assert (outline.get("text"), outline.get("htmlUrl")) == (
        '"<&>,\u2028',
        "https://x.tumblr.com/?a=1&b=2",
    )
    assert json.loads(exported((entry,), "json", **WHERE))["accounts"][0]["label"] == '"<&>,\u2028'


def test_accounts_of_the_builders_are_like_those_of_the_site():
    assert account("@sam@mastodon.example").handle == "sam@mastodon.example"
