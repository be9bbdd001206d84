"""The links with which readers share a portrait."""

from urllib.parse import parse_qs, urlsplit

import pytest
from portraits.site.sharing import share_links
from portraits.support.catalogue import catalogue

URL = "https://portraits.example/portraits/lea/"


def parts_of(link: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(link).query)


def test_every_link_carries_the_address_and_the_posts_carry_the_quote() -> None:
    bluesky, linkedin, facebook, mail = share_links(
        catalogue("fr"), URL, "Portrait de Léa & Sam", "L’équipe d’abord"
    )
    said = f"Portrait de Léa & Sam — «\u00a0L’équipe d’abord\u00a0» {URL}"
    assert parts_of(bluesky.url) == {"text": [said]}
    assert parts_of(linkedin.url) == {"url": [URL]}
    assert parts_of(facebook.url) == {"u": [URL]}
    assert parts_of(mail.url) == {"subject": ["Portrait de Léa & Sam"], "body": [said]}
    assert mail.url.startswith("mailto:?")
    assert [link.label for link in (bluesky, mail)] == ["Bluesky", "Courriel"]


@pytest.mark.parametrize("length", [10, 200, 400])
def test_a_post_is_never_longer_than_bluesky_allows(length: int) -> None:
    [text] = parts_of(share_links(catalogue("fr"), URL, "Léa", "a" * length)[0].url)["text"]
    assert len(text) <= 300
    assert text.startswith("Léa")
    assert text.endswith(URL)
