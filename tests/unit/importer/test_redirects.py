"""Links through somebody else lead where they were meant to."""

from __future__ import annotations

import base64

import pytest
from portraits.importer.html.redirects import direct

from tests.unit.importer.shapes import imported_from

MEANT = "https://exemple.example/guide?a=1&b=été"
QUOTED = "https%3A%2F%2Fexemple.example%2Fguide%3Fa%3D1%26b%3D%C3%A9t%C3%A9"
_BYTES = base64.urlsafe_b64encode("&éé".encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "address",
    [
        f"https://www.google.com/url?q={QUOTED}&sa=D&ust=1",
        f"https://www.google.co.uk/url?sa=t&url={QUOTED}",
        f"https://l.facebook.com/l.php?u={QUOTED}&h=AT0",
        f"http://www.facebook.com/l.php?u={QUOTED}",
        f"https://nam02.safelinks.protection.outlook.com/?url={QUOTED}&data=05",
        f"https://urldefense.proofpoint.com/v1/url?u={QUOTED}&k=x",
        "https://urldefense.proofpoint.com/v2/url?u=https-3A__exemple.example_guide-3Fa-3D1-26b-3D"
        "-C3-A9t-C3-A9&d=x",
        f"https://urldefense.com/v3/__https:/exemple.example/guide?a=1*b=*t*__;{_BYTES}!!Abc!x$",
        f"https://secure-web.cisco.com/1abc/{QUOTED}",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3D"
        + QUOTED.replace("%", "%25"),
    ],
)
def test_a_redirect_gives_the_address_that_was_meant(address: str) -> None:
    assert direct(address) == MEANT


@pytest.mark.parametrize(
    "address",
    [
        "https://exemple.example/url?q=https://autre.example",
        "https://www.google.com/search?q=https://autre.example",
        "https://www.google.com/url?q=javascript:alert(1)",
        "https://t.example/abc",
        "/relative",
        "http://[",
    ],
)
def test_an_address_of_another_kind_stays(address: str) -> None:
    assert direct(address) == address


PAGE = (
    "<h1>Portrait de Zoé Lapierre</h1><h2>Quel est ton outil ?</h2><p>Un "
    '<a href="https://www.google.com/url?q={}">guide</a>.</p><h2>Et après ?</h2><p>Rien.</p>'
)
TEXT = (
    "# Portrait de Zoé Lapierre\n\n## Quel est ton outil ?\n\n"
    "Un [guide](https://www.google.com/url?q={}).\n\n## Et après ?\n\nRien.\n"
)


@pytest.mark.parametrize(("file", "source"), [("page.html", PAGE), ("page.md", TEXT)])
def test_links_of_an_import_are_direct_and_this_is_said(file: str, source: str) -> None:
    result = imported_from(file, source.format("https%3A%2F%2Fa.example%2Fx").encode())
    assert "Un [guide](https://a.example/x)." in result.text
    assert any("rendus directs" in str(entry) for entry in result.report.entries)
    assert result.accounting.losses == ()
