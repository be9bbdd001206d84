"""Rule 3: what is not published reaches no byte of the output."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import ROOT
from tests.security.building import Builder
from tests.security.invariants import holding, tree

pytestmark = pytest.mark.site

UNPUBLISHED = {
    "brouillon": "status: draft\ndate: 2012-01-01",
    "mis-de-cote": "status: hidden\ndate: 2012-01-01",
    "a-venir": "date: 2099-01-01",
    "brouillon-a-venir": "status: draft\ndate: 2099-01-01",
    "demain": "date: 2026-01-16",
}

PORTRAIT = """---
name: Zqnom {n}
title: "Zqtitre {n}"
{state}
slug: zqslug-{n}
role: Zqrole {n}
organization: Zqorganisation {n}
series: Zqserie {n}
summary: Zqresume {n}
tags: [zqetiquette {n}, musique]
authors: [Zqauteur {n}]
notice: Zqavis {n}
quote: Zqcitation {n}
aliases: [/zqancienne-{n}/]
photo: {{file: zqphoto-{n}.jpg, alt: Zqalt {n}, credit: Zqcredit {n}}}
accounts: {{twitter: zqcompte_{n}, site: "https://zqsite-{n}.example/"}}
manages: [{{twitter: zqgere_{n}, label: Zqlibelle {n}}}]
archives: {{"https://zqmort-{n}.example/": "https://web.archive.org/web/2011/https://zqmort-{n}.example/"}}
---

Zqintroduction {n}, avec [un lien](https://zqlien-{n}.example/ "Zqinfobulle {n}").

## Zqquestion {n} ? {{#zqid-{n}}}

Zqcitation {n}. Une note[^zqnote-{n}], `zqcode {n}`, @zqmention_{n}.

![Zqdessin {n}](zqimage-{n}.png "Zqlegende {n}")

### Zqrelance {n} ?

Zqreponse {n}

## #FF Zqff {n}

- @zqrecommande_{n} : zqraison {n}
- @lea.exemple.social : zqraison {n}

## Lecture

- [Zqlecture {n}](https://zqlecture-{n}.example/)

[^zqnote-{n}]: Zqbasdepage {n}
"""
CANARY = re.compile(r"zq[a-z]+", re.IGNORECASE)


def put(content: Path, name: str, state: str) -> None:
    """A portrait with a canary in every field, and its pictures."""
    number = len(name)
    folder = content / "portraits"
    (folder / f"{name}.md").write_text(PORTRAIT.format(n=number, state=state), "utf-8")
    comment = Image.Exif()
    comment[0x010E] = "zqexif"
    for file in (f"zqphoto-{number}.jpg", f"zqimage-{number}.png"):
        Image.new("RGB", (200, 200), (number * 9, 80, 160)).save(folder / file, exif=comment)


def without_pictures(settings: Path) -> None:
    """Change a settings file: no pictures are encoded, which takes longer than all the rest."""
    with settings.open("a", encoding="utf-8") as stream:
        stream.write("PORTRAITS = {**PORTRAITS, 'pictures': False}\n")


@pytest.fixture
def builder(settings: Path, tmp_path: Path) -> Builder:
    return Builder(settings, tmp_path / "log")


def test_a_site_is_the_same_to_the_byte_with_and_without_what_is_not_published(
    small: Path, builder: Builder, tmp_path: Path
) -> None:
    assert builder.build(small, tmp_path / "without") == 0, builder.said
    for name, state in UNPUBLISHED.items():
        put(small, name, state)
    assert builder.build(small, tmp_path / "with") == 0, builder.said
    assert tree(tmp_path / "with") == tree(tmp_path / "without")
    canaries = set(CANARY.findall(PORTRAIT)) | {"zqexif"}
    assert len(canaries) > 30
    assert holding(tmp_path / "with", canaries) == {}
    for name in UNPUBLISHED:
        assert f"portraits/{name}.md : n’est pas publié" in builder.said


def test_the_canaries_would_be_seen(small: Path, builder: Builder, tmp_path: Path) -> None:
    put(small, "publie", "date: 2012-01-01")
    assert builder.build(small, tmp_path / "out") == 0, builder.said
    found = {
        word.lower()
        for words in holding(tmp_path / "out", CANARY.findall(PORTRAIT)).values()
        for word in words
    }
    unseen = {word.lower() for word in CANARY.findall(PORTRAIT)} - found
    # Names of sources, marks of footnotes and dead links are nobody's business.
    assert unseen <= {"zqphoto", "zqimage", "zqnote", "zqslug", "zqserie", "zqmort"}, unseen
    assert holding(tmp_path / "out", ["zqexif"]) == {}


@pytest.mark.parametrize("change", ["drafted", "deleted", "embargoed"])
def test_a_portrait_that_was_public_is_gone_from_the_next_build(
    small: Path, builder: Builder, settings: Path, tmp_path: Path, change: str
) -> None:
    without_pictures(settings)
    assert builder.build(small, tmp_path / "without") == 0, builder.said
    put(small, "publie", "date: 2012-01-01")
    assert builder.build(small, tmp_path / "out") == 0, builder.said
    assert (tmp_path / "out" / "zqancienne-6").exists()
    if change == "deleted":
        (small / "portraits" / "publie.md").unlink()
    else:
        put(
            small,
            "publie",
            "status: draft\ndate: 2012-01-01" if change == "drafted" else "date: 2099-01-01",
        )
    assert builder.build(small, tmp_path / "out") == 0, builder.said
    assert tree(tmp_path / "out") == tree(tmp_path / "without")


def test_an_embargo_ends_on_its_day(
    small: Path, builder: Builder, settings: Path, tmp_path: Path
) -> None:
    without_pictures(settings)
    put(small, "demain", UNPUBLISHED["demain"])
    output = tmp_path / "out"
    for day, public in (("2026-01-15", False), ("2026-01-16", True), ("15 janvier 2026", False)):
        assert builder.build(small, output, now=day) == 0, builder.said
        assert (output / "portraits" / "zqslug-6").exists() == public, day


def test_an_embargo_ends_at_its_minute(
    small: Path, builder: Builder, settings: Path, tmp_path: Path
) -> None:
    without_pictures(settings)
    output, page = tmp_path / "out", tmp_path / "out" / "portraits" / "zqslug-6" / "index.html"
    assert builder.build(small, tmp_path / "without") == 0, builder.said
    put(small, "demain", "date: 2026-01-16 06:00")
    assert builder.build(small, output, now="2026-01-16 05:59") == 0, builder.said
    assert tree(output) == tree(tmp_path / "without")
    assert (
        "portraits/demain.md : n’est pas publié (prévu pour le 16\u00a0janvier 2026 à 06:00)"
        in (builder.said)
    )
    assert builder.build(small, output, now="2026-01-16 06:00") == 0, builder.said
    # The offset is that of the time zone of the series, which the tests put in Montréal.
    assert 'datetime="2026-01-16T06:00:00-05:00"' in page.read_text("utf-8")
    assert builder.build(small, output, now="2026-01-16") == 0, builder.said
    assert tree(output) == tree(tmp_path / "without")


def test_a_link_to_what_is_not_published_is_plain_words_told_at_its_line(
    small: Path, builder: Builder, settings: Path, tmp_path: Path
) -> None:
    without_pictures(settings)
    put(small, "brouillon", UNPUBLISHED["brouillon"])
    lea = small / "portraits" / "lea.md"
    text = lea.read_text("utf-8") + "\n## Et après ?\n\n[Elle](brouillon.md)\n"
    lea.write_text(text, "utf-8")
    assert builder.build(small, tmp_path / "out") == 0
    assert "<p>Elle</p>" in (tmp_path / "out/portraits/lea/index.html").read_text("utf-8")
    assert holding(tmp_path / "out", ["zqslug-9"]) == {}
    line = text.count("\n", 0, text.index("[Elle]")) + 1
    assert f"portraits/lea.md:{line} : le lien mène à" in builder.said


def test_a_preview_says_on_every_page_that_it_is_not_to_be_indexed(
    small: Path, builder: Builder, settings: Path, tmp_path: Path
) -> None:
    without_pictures(settings)
    put(small, "brouillon", UNPUBLISHED["brouillon"])
    assert builder.build(small, tmp_path / "out", drafts=True) == 0, builder.said
    assert holding(tmp_path / "out", ["zqcitation"])
    for page in (tmp_path / "out").rglob("*.html"):
        assert '<meta name="robots" content="noindex">' in page.read_text("utf-8"), page
    assert "X-Robots-Tag: noindex" in (tmp_path / "out" / "_headers").read_text("utf-8")
    assert "Disallow: /\n" in (tmp_path / "out" / "robots.txt").read_text("utf-8")


def test_the_preview_is_never_built_where_the_site_is_published() -> None:
    loop = (ROOT / "plugins/portraits/editor/preview/loop.py").read_text("utf-8")
    assert "OUTPUT_PATH" not in loop
