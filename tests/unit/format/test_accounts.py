"""Handles, networks and profile addresses."""

from __future__ import annotations

import pytest
from portraits.model.accounts import (
    NETWORKS,
    AccountRefused,
    account_from_handle,
    account_from_url,
    account_or_note,
    network_named,
)
from portraits.model.portrait import Account
from portraits.support.messages import messages_of

HANDLES = [
    ("@evenement", "twitter", "twitter:evenement", "https://x.com/evenement"),
    ("evenement", "twitter", "twitter:evenement", "https://x.com/evenement"),
    ("@Osh_FR", "twitter", "twitter:osh_fr", "https://x.com/Osh_FR"),
    (
        "@lea.exemple.social",
        "twitter",
        "bluesky:lea.exemple.social",
        "https://bsky.app/profile/lea.exemple.social",
    ),
    (
        "@lea.bsky.social",
        "mastodon",
        "bluesky:lea.bsky.social",
        "https://bsky.app/profile/lea.bsky.social",
    ),
    (
        "@sam@mastodon.example",
        "twitter",
        "mastodon:sam@mastodon.example",
        "https://mastodon.example/@sam",
    ),
    ("@lea", "bluesky", "bluesky:lea.bsky.social", "https://bsky.app/profile/lea.bsky.social"),
    ("@lea", "instagram", "instagram:lea", "https://www.instagram.com/lea/"),
    ("@lea", "x", "twitter:lea", "https://x.com/lea"),
]


@pytest.mark.parametrize(("handle", "network", "key", "url"), HANDLES)
def test_a_handle_is_an_account(handle: str, network: str, key: str, url: str) -> None:
    account = account_from_handle(handle, network)
    assert account is not None
    assert (account.key, account.url) == (key, url)


@pytest.mark.parametrize(
    ("handle", "network"),
    [
        ("@seize_caracteres", "twitter"),
        ("@élodie", "twitter"),
        ("@", "twitter"),
        ("", "twitter"),
        ("@lea", "mastodon"),
        ("@lea", "web"),
        ("@lea@sanspoint", "twitter"),
        ("@lea", "inconnu"),
    ],
)
def test_what_no_network_takes_is_no_account(handle: str, network: str) -> None:
    assert account_from_handle(handle, network) is None


SAME = [
    (
        "@evenement",
        "https://twitter.com/evenement",
        "https://www.x.com/Evenement/",
        "https://mobile.twitter.com/evenement?s=20",
        "http://twitter.com/@evenement",
    ),
    (
        "@sam@mastodon.example",
        "https://mastodon.example/@sam",
        "https://autre.example/@sam@mastodon.example",
        "https://mastodon.example/users/Sam",
    ),
    ("@lea.exemple.social", "https://bsky.app/profile/lea.exemple.social/"),
]


@pytest.mark.parametrize("forms", SAME, ids=[forms[0] for forms in SAME])
def test_every_address_of_a_profile_is_the_handles_account(forms: tuple[str, ...]) -> None:
    handle, *urls = forms
    account = account_from_handle(handle, "twitter")
    assert account is not None
    assert {account_from_url(url).key for url in urls} == {account.key}


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://ana.example/", "web:ana.example/"),
        ("http://www.Ana.example", "web:ana.example/"),
        (
            "https://ana.example/blogue/?utm_source=x&page=2&fbclid=1#ici",
            "web:ana.example/blogue?page=2",
        ),
        ("https://ana.example/?s=cherche", "web:ana.example/?s=cherche"),
        ("https://ana.example/?vide=&page=2", "web:ana.example/?vide=&page=2"),
        ("https://a.lea.tumblr.com/", "web:a.lea.tumblr.com/"),
        ("https://x.com/evenement/status/12", "web:x.com/evenement/status/12"),
        ("https://x.com/search?q=a", "web:x.com/search?q=a"),
        ("https://medium.com/@ana", "web:medium.com/@ana"),
        ("https://www.facebook.com/profile.php?id=3", "web:facebook.com/profile.php?id=3"),
        ("https://fr-ca.facebook.com/Exemple", "facebook:exemple"),
        ("https://ca.linkedin.com/in/lea-tremblay", "linkedin:lea-tremblay"),
        ("https://www.youtube.com/@lea", "youtube:lea"),
        ("https://www.youtube.com/watch?v=1", "web:youtube.com/watch?v=1"),
        ("https://lea.tumblr.com/post/1", "tumblr:lea"),
        ("https://vimeo.com/12345", "web:vimeo.com/12345"),
        ("https://github.com/lea", "github:lea"),
    ],
)
def test_an_address_has_this_identity(url: str, key: str) -> None:
    assert account_from_url(url).key == key


def test_a_link_keeps_the_words_it_was_given() -> None:
    account = account_from_url("https://twitter.com/lea", "Léa, tout simplement")
    assert (account.label, account.handle) == ("Léa, tout simplement", "lea")


@pytest.mark.parametrize(
    ("url", "account"),
    [
        (
            "https://Ana.example/blogue/?page=2#ici",
            Account(
                "web",
                "",
                "https://Ana.example/blogue/?page=2#ici",
                "ana.example/blogue?page=2",
                "web:ana.example/blogue?page=2",
            ),
        ),
        (
            "https://ana.example/",
            Account("web", "", "https://ana.example/", "ana.example", "web:ana.example/"),
        ),
        (
            "https://lea.tumblr.com/post/1",
            Account("tumblr", "lea", "https://lea.tumblr.com/", "lea", "tumblr:lea"),
        ),
        (
            "https://mastodon.example/users/Sam",
            Account(
                "mastodon",
                "Sam@mastodon.example",
                "https://mastodon.example/@Sam",
                "@Sam@mastodon.example",
                "mastodon:sam@mastodon.example",
            ),
        ),
    ],
)
def test_an_address_gives_all_that_is_shown_of_an_account(url: str, account: Account) -> None:
    assert account_from_url(url) == account


@pytest.mark.parametrize("url", ["lea", "javascript:alert(1)", "https://", "mailto:lea@exemple.ca"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError):
        account_from_url(url)


@pytest.mark.parametrize(
    ("network", "text", "expected"),
    [
        ("facebook", "privé", "privé"),
        ("facebook", "perso", "perso"),
        ("facebook", "sur demande", "sur demande"),
        ("twitter", "@lea", "twitter:lea"),
        ("web", "ana.example", "web:ana.example/"),
        ("web", "https://x.com/lea", "twitter:lea"),
        ("facebook", "http://www.facebook.com/lea.ex", "facebook:lea.ex"),
        ("twitter", "fermé", "fermé"),
        ("twitter", "été", "été"),
        (
            "facebook",
            "https://www.facebook.com/profile.php?id=3",
            "web:facebook.com/profile.php?id=3",
        ),
    ],
)
def test_front_matter_gives_an_account_or_a_note(network: str, text: str, expected: str) -> None:
    found = account_or_note(NETWORKS[network], text)
    assert (found if isinstance(found, str) else found.key) == expected


@pytest.mark.parametrize(
    ("network", "text"),
    [
        ("twitter", "un_nom_beaucoup_trop_long"),
        ("twitter", "https://www.instagram.com/lea"),
        ("web", "ftp://exemple.ca"),
        ("web", "javascript:alert(1)"),
        ("web", "https://exemple"),
        ("web", "https://exemple.ca/a b"),
        ("web", "https://[exemple.ca"),
        ("mastodon", "@lea"),
        ("twitter", "@lea et moi"),
    ],
)
def test_front_matter_refuses_what_is_neither(network: str, text: str) -> None:
    with pytest.raises(AccountRefused) as refused:
        account_or_note(NETWORKS[network], text)
    assert text in refused.value.message
    assert str(refused.value) == refused.value.message
    assert refused.value.hint


@pytest.mark.parametrize(
    ("network", "text", "meant"),
    [
        ("twitter", "@lea.exemple", "Bluesky : « bluesky: lea.exemple »"),
        ("twitter", "lea.bsky.social", "Bluesky : « bluesky: lea.bsky.social »"),
        ("twitter", "lea@serveur.example", "Mastodon : « mastodon: lea@serveur.example »"),
        ("instagram", "@lea@serveur.example", "Mastodon : « mastodon: lea@serveur.example »"),
        ("mastodon", "lea.exemple", "Bluesky : « bluesky: lea.exemple »"),
        ("github", "lea.exemple", "Bluesky : « bluesky: lea.exemple »"),
    ],
)
def test_a_handle_that_another_network_has_is_told_with_it(
    network: str, text: str, meant: str
) -> None:
    with pytest.raises(AccountRefused) as refused:
        account_or_note(NETWORKS[network], text)
    assert refused.value.message == (
        f"« {text} » ne peut pas être un compte {NETWORKS[network].label} "
        f"({NETWORKS[network].rule})"
    )
    assert refused.value.hint == f"c’est la forme d’un compte {meant}"


def test_every_network_says_what_its_handles_look_like() -> None:
    assert list(messages_of("fr", "handle")) == list(NETWORKS)


FORMATS = {
    "twitter": (["a", "_", "Lea_2011", "quinze_signes__"], ["", "seize_caracteres", "a.b", "a-b"]),
    "mastodon": (["lea@a.example", "l.e-a@a.example"], ["lea", "lea@a", "lea.@a.example"]),
    "bluesky": (["lea.bsky.social", "4chan.org"], ["lea.", "-a.org", f"{'a.' * 130}org"]),
    "facebook": (["zuck", "lea.tremblay", "a" * 50], ["a", "a" * 51, "a_b", "a-b", "a.", ".a"]),
    "instagram": (["a", "_lea_", "l.e.a", "a" * 30], ["a" * 31, ".a", "a.", "a..b", "a-b"]),
    "threads": (["a", "_lea_", "l.e.a", "a" * 30], ["a" * 31, ".a", "a.", "a..b", "a-b"]),
    "tiktok": (["ab", "_l.e_a", "a" * 24], ["a", "a" * 25, "ab.", "a-b"]),
    "linkedin": (["lea", "léa-tremblay", "a" * 100], ["ab", "a" * 101, "a.b"]),
    "youtube": (["lea", "l.e_a-3", "a" * 30], ["ab", "a" * 31, "_lea", "lea-"]),
    "flickr": (["lea", "12345678@N00"], ["a.b"]),
    "github": (["a", "lea-3", "a" * 39], ["a" * 40, "-a", "a-", "a--b", "a_b"]),
    "pinterest": (["lea", "l_a", "a" * 30], ["ab", "a" * 31, "a-b"]),
    "tumblr": (["a", "lea-3", "a" * 32], ["a" * 33, "-a", "a-", "a_b"]),
    "vimeo": (["lea", "a" * 32], ["ab", "a" * 33, "a_b"]),
    "web": ([], ["lea", "lea.exemple"]),
}


@pytest.mark.parametrize("network", NETWORKS)
def test_a_network_takes_the_handles_that_it_can_have_and_no_other(network: str) -> None:
    taken, refused = FORMATS[network]
    pattern = NETWORKS[network].handle
    assert [handle for handle in taken if not pattern.fullmatch(handle)] == []
    assert [handle for handle in refused if pattern.fullmatch(handle)] == []


def test_an_address_without_a_profile_is_shown_under_the_network_that_was_named() -> None:
    url = "https://www.facebook.com/profile.php?id=3"
    assert account_or_note(NETWORKS["facebook"], url) == Account(
        "facebook", "", url, "facebook.com/profile.php?id=3", "web:facebook.com/profile.php?id=3"
    )


def test_a_network_answers_to_its_aliases_and_has_a_name_in_each_language() -> None:
    network = network_named("Blogue")
    assert network is not None
    assert (network.key, network.name("fr"), network.name("en-CA")) == (
        "web",
        "Site web",
        "Website",
    )
