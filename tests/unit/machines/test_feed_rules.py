"""Each rule for feeds notices what breaks it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from portraits.output.feeds.entry import channel_of
from portraits.output.feeds.formats import FORMATS

from tests.feed_rules import broken_rules
from tests.unit.machines.published import SETTINGS, entry

ATOM, RSS, JSON = (kind.write(channel_of(SETTINGS, ""), [entry()]).decode() for kind in FORMATS)
ID = "https://serie.example/portraits/lea/"


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (
            '<updated>2012-01-02T12:00:00+00:00</updated>\n  <link rel="self"',
            '<link rel="self"',
            "atom_feed_has_its_mandatory_elements_once",
        ),
        (
            "<title>Léa — Gestionnaire de communauté</title>",
            "<title/>",
            "atom_entry_has_its_mandatory_elements_once",
        ),
        (f"<id>{ID}</id>", "<id>lea</id>", "atom_ids_are_absolute_and_unique"),
        (
            f"<id>{ID}</id>",
            "<id>https://serie.example/atom.xml</id>",
            "atom_ids_are_absolute_and_unique",
        ),
        ("<name>Ana Exemple</name>", "<name/>", "atom_authors_have_names"),
        (
            "<published>2011-07-14T12",
            "<published>2011-07-14 12",
            "atom_dates_are_rfc_3339_and_in_order",
        ),
        ("<published>2011", "<published>2021", "atom_dates_are_rfc_3339_and_in_order"),
        (
            'hreflang="fr"/>\n    <link rel="related"',
            'hreflang="en"/>\n    <link rel="alternate"',
            "atom_links_are_absolute_and_one_of_a_kind",
        ),
        (f'href="{ID}"', 'href="/portraits/lea/"', "atom_links_are_absolute_and_one_of_a_kind"),
        ('hreflang="en"', 'hreflang="english"', "atom_languages_are_language_tags"),
        ('term="musique"', 'term=""', "atom_categories_have_terms"),
        ("Une rencontre", "Une <b>belle</b> rencontre", "atom_text_constructs_hold_text_only"),
        ("&lt;p&gt;Voici", "&lt;p class='x'&gt;Voici", "atom_content_is_fit_for_readers"),
        (
            "https://serie.example/portraits/sam/",
            "/portraits/sam/",
            "atom_content_is_fit_for_readers",
        ),
        ('medium="image"', 'medium="photo"', "atom_content_is_fit_for_readers"),
    ],
)
def test_a_broken_atom_feed_is_noticed(old: str, new: str, rule: str) -> None:
    assert old in ATOM
    assert rule in rules_broken(ATOM.replace(old, new), "atom.xml")


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("<language>fr</language>", "", "rss_channel_has_its_mandatory_elements_once"),
        (
            "<pubDate>Thu, 14 Jul 2011 12:00:00 GMT</pubDate>",
            "",
            "rss_item_has_what_readers_need_once",
        ),
        (
            f'isPermaLink="true">{ID}',
            'isPermaLink="true">tag:serie.example,2011:lea',
            "rss_guids_are_unique_and_true_to_their_word",
        ),
        ("<link>https://serie.example/</link>", "<link>/</link>", "rss_links_are_absolute"),
        ('rel="self"', 'rel="via"', "rss_says_where_it_is"),
        ("Thu, 14 Jul", "jeu, 14 juil", "rss_dates_are_rfc_822"),
        ("Thu, 14 Jul", "Fri, 14 Jul", "rss_dates_are_rfc_822"),
        (
            "<dc:creator>Ana Exemple</dc:creator>",
            "<dc:creator/>",
            "rss_authors_are_named_or_have_an_address",
        ),
        (
            "<dc:creator>Ana Exemple</dc:creator>",
            "<author>Ana</author>",
            "rss_authors_are_named_or_have_an_address",
        ),
        ("<language>fr", "<language>français", "rss_languages_are_language_tags"),
        ("Une rencontre", "&lt;img src='/x'&gt;", "rss_description_is_html_of_its_own"),
        ("&lt;p&gt;Voici", "&lt;script&gt;", "rss_content_is_fit_for_readers"),
    ],
)
def test_a_broken_rss_feed_is_noticed(old: str, new: str, rule: str) -> None:
    assert old in RSS
    assert rule in rules_broken(RSS.replace(old, new), "rss.xml")


def change(**members: Any) -> Callable[[dict[str, Any]], None]:
    return lambda feed: feed.update(members)


def change_item(**members: Any) -> Callable[[dict[str, Any]], None]:
    return lambda feed: feed["items"][0].update(members)


@pytest.mark.parametrize(
    ("breaking", "rule"),
    [
        (change(author="Ana"), "json_members_are_known_and_of_their_type"),
        (change_item(tags="musique"), "json_members_are_known_and_of_their_type"),
        (change(version="https://jsonfeed.org/version/1"), "json_mandatory_members_are_there"),
        (change_item(id=""), "json_mandatory_members_are_there"),
        (lambda feed: feed["items"].append(feed["items"][0]), "json_ids_are_unique"),
        (change_item(image="/images/x.jpg"), "json_addresses_are_absolute"),
        (change_item(date_modified="2001-01-01T00:00:00Z"), "json_dates_are_rfc_3339_and_in_order"),
        (change_item(authors=[{"name": " "}]), "json_authors_say_something"),
        (change(language="français"), "json_languages_are_language_tags"),
        (change_item(content_html='<a href="/x/">x</a>'), "json_content_is_fit_for_readers"),
    ],
)
def test_a_broken_json_feed_is_noticed(
    breaking: Callable[[dict[str, Any]], None], rule: str
) -> None:
    feed = json.loads(JSON)
    breaking(feed)
    assert rule in rules_broken(json.dumps(feed), "feed.json")


def rules_broken(document: str, kind: str) -> set[str]:
    return {broken.partition(":")[0] for broken in broken_rules(document.encode(), kind)}
