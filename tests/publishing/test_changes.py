"""What a publication changes, and in which order, decided without any target."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from portraits.output.media_types import media_type
from portraits.publish import manifest
from portraits.publish.changes import TargetState, compare, deleted_in_order, sent_in_order
from portraits.publish.media import caching
from portraits.publish.wording import described, in_the_way

NAMES = st.frozensets(st.sampled_from("abcdef"))


def test_what_is_new_what_differs_and_what_is_no_longer_wanted_are_told_apart() -> None:
    standing = TargetState(same=frozenset("a"), different=frozenset("b"), ours=frozenset("abz"))
    changes = compare(("a", "b", "c"), standing)
    assert (changes.added, changes.changed, changes.removed) == (("c",), ("b",), ("z",))
    assert changes.unchanged == 1
    assert not changes.in_the_way


def test_a_different_file_of_somebody_else_is_in_the_way() -> None:
    assert compare(
        "ab", TargetState(different=frozenset("ab"), ours=frozenset("a"))
    ).in_the_way == ("b",)


def test_what_others_put_there_is_never_removed() -> None:
    assert compare("a", TargetState(same=frozenset("a"), ours=frozenset("a"))).nothing


def test_a_target_that_holds_the_site_but_no_list_of_it_is_given_the_list() -> None:
    changes = compare("a", TargetState(same=frozenset("a")))
    assert changes.count == 0
    assert not changes.nothing


@given(site=NAMES, same=NAMES, different=NAMES, ours=NAMES)
def test_every_file_of_the_site_is_there_in_the_end_and_no_other_of_ours(
    site: frozenset[str], same: frozenset[str], different: frozenset[str], ours: frozenset[str]
) -> None:
    same &= site
    different = (different & site) - same
    others = frozenset("xyz")
    changes = compare(site, TargetState(same, different, ours))
    target = same | different | ours | others
    after = (target | {*changes.added, *changes.changed}) - {*changes.removed}
    assert after == site | others
    assert changes.unchanged + len(changes.added) + len(changes.changed) == len(site)


def test_nothing_is_named_before_it_is_there() -> None:
    new = ("atom.xml", "images/p.avif", "nouveau/index.html", "theme/n.css")
    old = ("api/portraits.json", "index.html", "rss.xml", "sitemap-2.xml")
    changes = compare((*new, *old), TargetState(different=frozenset(old), ours=frozenset(old)))
    assert sent_in_order(changes) == (
        ("images/p.avif", "theme/n.css"),
        ("api/portraits.json",),
        ("nouveau/index.html",),
        ("index.html",),
        ("atom.xml",),
        ("rss.xml", "sitemap-2.xml"),
    )


def test_what_names_others_is_deleted_first() -> None:
    gone = frozenset(("atom.xml", "a/index.html", "theme/a.css"))
    changes = compare((), TargetState(ours=gone))
    assert deleted_in_order(changes) == (("atom.xml",), ("a/index.html",), ("theme/a.css",))


# -- what is said


def test_the_numbers_come_first_and_then_the_names() -> None:
    changes = compare("abc", TargetState(frozenset("a"), frozenset("b"), frozenset("bz")))
    assert described(changes, "ici") == (
        "Vers ici : 1 ajouté, 1 modifié, 1 retiré (1 fichier sans changement).\n  + c\n  ~ b\n  - z"
    )


def test_long_lists_are_cut_and_say_so() -> None:
    changes = compare([f"{n:02}" for n in range(23)], TargetState())
    lines = described(changes, "ici").splitlines()
    assert len(lines) == 22
    assert lines[-1] == "  + … et 3 autres"


def test_pages_are_named_before_what_belongs_to_them() -> None:
    changes = compare(("a.css", "b/index.html", "index.html"), TargetState())
    assert described(changes, "ici").splitlines()[1:] == [
        "  + b/index.html",
        "  + index.html",
        "  + a.css",
    ]


def test_nothing_to_do_is_said_as_such() -> None:
    changes = compare("ab", TargetState(frozenset("ab"), frozenset(), frozenset("ab")))
    assert described(changes, "ici") == "Vers ici : rien à changer (2 fichiers)."


def test_what_is_in_the_way_is_named_with_the_way_out() -> None:
    message = in_the_way(compare("a", TargetState(different=frozenset("a"))), "ici")
    assert "--adopt" in message
    assert message.endswith("~ a")


# -- the list that stays at the target


def test_a_list_is_read_as_it_was_written_and_the_same_list_is_the_same_bytes() -> None:
    marks = {"z/é.html": "1", "a.css": ""}
    content = manifest.written(marks)
    assert manifest.read(content) == marks
    assert content == manifest.written(dict(reversed(marks.items())))


@pytest.mark.parametrize(
    "content", [None, b"", b"{", b"\xff", b"[]", b"{}", b'{"files": []}', b'{"files": 3}']
)
def test_a_list_that_cannot_be_read_lists_nothing(content: bytes | None) -> None:
    assert manifest.read(content) == {}


@pytest.mark.parametrize(
    "path", ["../voisin/index.html", "/etc/passwd", "a/../../b", "a//b", "./a", "", "a\nb", "a/.."]
)
def test_a_forged_list_does_not_lead_out_of_the_target(path: str) -> None:
    assert manifest.read(manifest.written({path: "", "a.html": ""})) == {"a.html": ""}


# -- headers of a bucket


@pytest.mark.parametrize(
    ("path", "media"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("_headers", "application/octet-stream"),
        ("a/atom.xml", "application/atom+xml"),
        ("rss.xml", "application/rss+xml"),
        ("a/feed.json", "application/feed+json"),
        ("abonnement.opml", "text/x-opml"),
        ("sitemap.xml", "application/xml"),
        ("api/portraits.json", "application/json"),
        ("theme/a.1f.css", "text/css; charset=utf-8"),
        ("theme/fonts/a.woff2", "font/woff2"),
        ("theme/a.1f.js", "text/javascript; charset=utf-8"),
        ("images/a.avif", "image/avif"),
        ("images/a.JPG", "image/jpeg"),
        ("recherche/index/mots/1f.words", "application/octet-stream"),
    ],
)
def test_a_bucket_is_told_what_a_file_is(path: str, media: str) -> None:
    assert media_type(path) == media


@pytest.mark.parametrize(
    ("path", "cache"),
    [
        ("theme/a.1f.css", "public, max-age=31536000, immutable"),
        ("images/a.avif", "public, max-age=31536000, immutable"),
        ("recherche/index/mots/1f.words", "public, max-age=31536000, immutable"),
        ("recherche/index/portraits.json", "public, max-age=300, must-revalidate"),
        ("index.html", "public, max-age=300, must-revalidate"),
        ("rss.xml", "public, max-age=300, must-revalidate"),
        ("portraits/theme/index.html", "public, max-age=300, must-revalidate"),
    ],
)
def test_a_bucket_is_told_how_long_a_file_keeps(path: str, cache: str) -> None:
    assert caching(path) == cache
