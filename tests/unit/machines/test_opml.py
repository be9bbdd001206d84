"""The list of the site's feeds, for subscribing to several at once."""

from __future__ import annotations

import pytest
from lxml import etree
from portraits.output.feeds.opml import FeedGroup, FeedListing, write

from tests.unit.machines.published import HOSTILE

SERIES = FeedListing(
    "Gens du fil", "https://serie.example/atom.xml", "https://serie.example/", "fr"
)
MUSIC = FeedListing(
    "Musique",
    "https://serie.example/etiquettes/musique/atom.xml",
    "https://serie.example/etiquettes/musique/",
    "fr",
)


def test_feeds_stand_at_the_top_or_under_the_label_of_their_group() -> None:
    opml = etree.fromstring(
        write(
            "Gens du fil",
            "L’atelier",
            (FeedGroup("", (SERIES,)), FeedGroup("Étiquettes", (MUSIC,)), FeedGroup("Langues", ())),
        )
    )
    assert (opml.tag, opml.get("version")) == ("opml", "2.0")
    assert opml.findtext("head/title") == "Gens du fil"
    assert opml.findtext("head/ownerName") == "L’atelier"
    series, tags = opml.findall("body/outline")
    assert dict(series.attrib) == {
        "type": "rss",
        "text": "Gens du fil",
        "title": "Gens du fil",
        "language": "fr",
        "xmlUrl": "https://serie.example/atom.xml",
        "htmlUrl": "https://serie.example/",
    }
    assert tags.attrib == {"text": "Étiquettes"}
    assert [feed.get("xmlUrl") for feed in tags] == [MUSIC.url]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_labels_are_read_back(text: str) -> None:
    opml = etree.fromstring(write(f"x{text}", "", (FeedGroup(f"x{text}", (MUSIC,)),)))
    assert (opml.findtext("head/title"), opml.find("body/outline").get("text")) == (
        f"x{text}",
        f"x{text}",
    )
