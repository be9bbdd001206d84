"""A correction is told wherever the interview is read, as the words that they are."""

from __future__ import annotations

import datetime as dt
import json
import re
from html import unescape
from pathlib import Path

import pytest
from lxml import etree

from tests.site.workspace import Workspace

HOSTILE = 'Le </script><script>alert(1)</script> & <b onclick="x">{{ 7 * 7 }}</b> [Sam](sam.md).'
DAY = "2014-05-06"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


def correct(workspace: Workspace, text: str) -> None:
    workspace.set("ana", corrections=[{"date": dt.date.fromisoformat(DAY), "text": text}])


def test_page_feeds_and_site_map_tell_a_correction_and_its_day(workspace: Workspace) -> None:
    correct(workspace, "Deux micros.")
    workspace.build()
    page = workspace.page("portraits/ana")
    foot = page.partition('<section class="corrections">')[2].partition("</section>")[0]
    assert "<h2>Correction</h2>" in foot
    assert f'<time datetime="{DAY}">6\u00a0mai 2014</time>\u00a0: Deux micros.' in foot
    assert f'<meta property="article:modified_time" content="{DAY}">' in page
    for feed in ("atom.xml", "rss.xml", "feed.json"):
        told = (workspace.output / feed).read_text("utf-8")
        assert "Deux micros." in unescape(told), feed
    atom = etree.parse(workspace.output / "atom.xml")
    updated = [
        entry.findtext("{*}updated")
        for entry in atom.iterfind("{*}entry")
        if str(entry.findtext("{*}id")).endswith("/portraits/ana/")
    ]
    assert updated == [f"{DAY}T12:00:00+00:00"]
    entries = etree.parse(workspace.output / "sitemap.xml").iterfind("{*}url")
    assert DAY in [
        entry.findtext("{*}lastmod")
        for entry in entries
        if str(entry.findtext("{*}loc")).endswith("/portraits/ana/")
    ]


def test_a_correction_is_words_and_no_markup_whoever_wrote_it(workspace: Workspace) -> None:
    correct(workspace, HOSTILE)
    workspace.build()
    page = workspace.page("portraits/ana")
    assert "<script>alert" not in page and "<b onclick" not in page
    foot = page.partition('<section class="corrections">')[2].partition("</section>")[0]
    shown = " ".join(unescape(re.sub("<[^>]*>", "", foot)).split())
    assert shown.endswith("{{ 7 * 7 }}</b> [Sam](sam.md).") and "49" not in shown
    data = page.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    [correction] = json.loads(data)["@graph"][0]["correction"]
    assert correction["text"].startswith("Le </script><script>alert(1)")
    [told] = json.loads((workspace.output / "api/portraits/ana.json").read_text())["corrections"]
    assert told == {"date": DAY, "text": correction["text"]}
