"""sitemap.xml and robots.txt."""

from __future__ import annotations

import datetime as dt
from urllib.robotparser import RobotFileParser

import pytest
from lxml import etree
from portraits.output.sitemap import SitemapEntry, entry, robots_txt, sitemaps
from portraits.pages.machine_files import SITEMAP
from portraits.series.tables import FileRow
from portraits.settings import Settings

from tests.builders import site_with

SITE = "https://serie.example"
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "i": "http://www.google.com/schemas/sitemap-image/1.1",
}


def urls(count: int) -> list[str]:
    return [f"{SITE}/portraits/p{number}/" for number in range(count)]


def pages(count: int) -> list[SitemapEntry]:
    return [entry(url, dt.date(2020, 1, 1 + number % 28)) for number, url in enumerate(urls(count))]


def listed(document: bytes) -> list[str]:
    return [loc.text for loc in etree.fromstring(document).findall("*/s:loc", NAMES)]


def test_a_page_is_listed_with_its_day_its_languages_and_its_pictures() -> None:
    alternates = (("en", f"{SITE}/en/portraits/lea/"), ("fr", f"{SITE}/portraits/lea/"))
    ((name, document),) = sitemaps(
        [
            entry(
                f"{SITE}/portraits/lea/",
                dt.date(2012, 1, 2),
                alternates,
                (f"{SITE}/images/lea.jpg?a=1&b=2",),
            )
        ],
        SITE,
    )

    (url,) = etree.fromstring(document)
    assert name == "sitemap.xml"
    assert url.findtext("s:loc", namespaces=NAMES) == f"{SITE}/portraits/lea/"
    assert url.findtext("s:lastmod", namespaces=NAMES) == "2012-01-02"
    assert [
        (link.get("rel"), link.get("hreflang"), link.get("href"))
        for link in url.findall("x:link", NAMES)
    ] == [("alternate", *alternate) for alternate in alternates]
    assert [loc.text for loc in url.findall("i:image/i:loc", NAMES)] == [
        f"{SITE}/images/lea.jpg?a=1&b=2"
    ]


def test_a_page_without_a_day_claims_none() -> None:
    ((_, document),) = sitemaps([entry(f"{SITE}/")], SITE)
    assert listed(document) == [f"{SITE}/"]
    assert b"lastmod" not in document


def test_a_site_without_pages_has_a_site_map_all_the_same() -> None:
    ((name, document),) = sitemaps([], SITE)
    assert name == "sitemap.xml"
    assert listed(document) == []


def test_what_a_page_says_of_itself_is_put_together_into_a_well_formed_document() -> None:
    address = f'{SITE}/a?b=1&c=<d>"é'
    one = entry(address, dt.date(2012, 1, 2), (("fr", address),), (address,))
    ((_, document),) = sitemaps([one, entry(f"{SITE}/b")], SITE)
    assert one.modified == "2012-01-02"
    assert listed(document) == [address, f"{SITE}/b"]
    assert document.count(b"xmlns") == 3, "each space is named once, in the root"


def test_pages_keep_their_order() -> None:
    ((_, document),) = sitemaps(pages(5), SITE)
    assert listed(document) == urls(5)


@pytest.mark.parametrize("limits", [{"maximum_addresses": 3}, {"maximum_bytes": 700}])
def test_a_large_site_is_split_under_an_index(limits: dict[str, int]) -> None:
    (index_name, index), *files = sitemaps(pages(10), f"{SITE}/", **limits)

    assert index_name == "sitemap.xml"
    assert listed(index) == [f"{SITE}/{name}" for name, _ in files]
    assert [name for name, _ in files] == [
        f"sitemap-{number}.xml" for number in range(1, len(files) + 1)
    ]
    assert [url for _, document in files for url in listed(document)] == urls(10)
    for _, document in files:
        assert len(listed(document)) <= limits.get("maximum_addresses", 10)
        assert len(document) <= limits.get("maximum_bytes", 10_000)


def test_the_index_gives_the_newest_day_of_each_file() -> None:
    (_, index), *_ = sitemaps(pages(4), SITE, maximum_addresses=2)
    assert [day.text for day in etree.fromstring(index).findall("*/s:lastmod", NAMES)] == [
        "2020-01-02",
        "2020-01-04",
    ]


def test_a_site_lists_what_its_pages_say_of_themselves_in_order_of_their_paths() -> None:
    site = site_with(settings=Settings(site_url=SITE))
    named = [
        ("b/index.html", entry(f"{SITE}/b/").xml),
        ("a/index.html", entry(f"{SITE}/a/").xml),
        ("404.html", ""),
        ("index.html", entry(f"{SITE}/").xml),
    ]
    with site.database.transaction():
        for path, xml in named:
            node = site.database.node("page", path)
            site.database.replace(node, [FileRow(node, path, path, 1, 1, xml, "")], (FileRow,))
    (file,) = SITEMAP.make(site.pages(), "")
    assert file.address == "sitemap.xml"
    assert listed(file.content) == [f"{SITE}/a/", f"{SITE}/b/", f"{SITE}/"]


def test_robots_may_read_a_site_and_nothing_of_a_preview() -> None:
    site, preview = RobotFileParser(), RobotFileParser()
    site.parse(robots_txt(f"{SITE}/sitemap.xml").splitlines())
    preview.parse(robots_txt(f"{SITE}/sitemap.xml", preview=True).splitlines())

    assert site.can_fetch("Robot", f"{SITE}/portraits/lea/")
    assert site.site_maps() == [f"{SITE}/sitemap.xml"]
    assert not preview.can_fetch("Robot", f"{SITE}/")
    assert preview.site_maps() is None
