"""The net under what is published, and the tags that contributors may write."""

from __future__ import annotations

import pytest
from portraits.reader import body
from portraits.reader.sanitizing import read_tag, survives_cleaning

from tests.unit.format.case_files import HEADER, codes, parsed

KEPT = [
    "<p>L’été\u00a0: «\u00a0oui\u00a0» &amp; &lt;b&gt; <br>a<wbr>b</p>",
    '<a class="account" href="https://x.com/lea" title="a &quot;b&quot; &amp; c">@lea</a>',
    '<p><a href="\ufdd0link0\ufdd1">a</a></p>\n\ufdd0image0\ufdd1',
    '<table><thead><tr><th class="align-right">a</th></tr></thead><tbody></tbody></table>',
    '<ol start="3"><li id="fn-a-1"><p>a</p></li></ol><hr>',
    '<pre><code class="language-html">&lt;script&gt;\n\n</code></pre>',
    '<span lang="en" dir="ltr">a</span>\u2028',
    "<p>a <em>b</em> <strong>c</strong></p>\n<ul><li>d <em>e</em></li>\n</ul>",
    "<ol>\n<li>a</li>\n</ol>",
]


@pytest.mark.parametrize("fragment", KEPT)
def test_what_we_write_passes_the_net(fragment: str) -> None:
    assert survives_cleaning([fragment])
    assert survives_cleaning(KEPT)


@pytest.mark.parametrize(
    "fragment",
    [
        "<script>alert(1)</script>",
        '<p onclick="x">a</p>',
        '<a href="javascript:x">a</a>',
        '<a href=" data:text/html,x">a</a>',
        "<img src=x onerror=y>",
        '<p style="x">a</p>',
        "<!-- a -->",
        "<p>a",
        "</p>",
        '<iframe src="https://exemple.ca"></iframe>',
        "<svg></svg>",
        '<a href="https://exemple.ca" target="_blank">a</a>',
        "<h1>a</h1>",
        "<form></form>",
        "<p><em>a</strong></p>",
        "<ul><li>a</li></ol>",
        "<p><p>a</p></p>",
        "<ul><li>a</ul>",
        "a\rb",
    ],
)
def test_nothing_else_does(fragment: str) -> None:
    assert not survives_cleaning([*KEPT, fragment])


def test_what_the_net_holds_back_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "survives_cleaning", lambda fragments: not fragments)
    assert codes("## Un ?\n\nOui.\n") == [(1, "unsafe-html")]
    assert parsed(f"{HEADER}## Un ?\n\nOui.\n", trusted=True).portrait is not None


@pytest.mark.parametrize(
    "source",
    [
        "<b>",
        "</b>",
        "<BR/>",
        "<abbr title='a &amp; b'>",
        '<span lang="en-CA" dir=ltr>',
        "<q title>",
    ],
)
def test_a_harmless_tag_is_taken(source: str) -> None:
    assert read_tag(source).fault == ""


@pytest.mark.parametrize(
    "source",
    [
        "<script>",
        "</script>",
        "<b onclick=x>",
        "<span style='x'>",
        "<a href='https://exemple.ca'>",
        "<span lang='\"><script>'>",
        "<span dir=up>",
        "<abbr title='<b>'>",
        "<!-- x -->",
        "<?php x ?>",
        "<![CDATA[x]]>",
        "&#xFDD0;",
        "<b/onclick=x>",
        "<span class=x>",
        "<img src=x>",
        "<b id=x>",
    ],
)
def test_any_other_is_told(source: str) -> None:
    assert read_tag(source).fault
