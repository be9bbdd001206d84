"""Addresses that count from their page, for Pelican's ``RELATIVE_URLS``."""

from __future__ import annotations

import pytest
from portraits.checks.output import linked_files
from portraits.output.relative import relative_to


@pytest.mark.parametrize(
    ("path", "address", "relative"),
    [
        ("index.html", "/", "./"),
        ("index.html", "/portraits/x/", "portraits/x/"),
        ("portraits/x/index.html", "/", "../../"),
        ("portraits/x/index.html", "/portraits/x/#q", "./#q"),
        ("portraits/x/index.html", "/portraits/y/?a=1", "../y/?a=1"),
        ("portraits/x/index.html", "/theme/a.css", "../../theme/a.css"),
        ("x.html", "https://a.example/", "https://a.example/"),
        ("x.html", "//a.example/", "//a.example/"),
        ("x.html", "#q", "#q"),
        ("x.html", "mailto:a@b.example", "mailto:a@b.example"),
    ],
)
def test_an_address_counts_from_its_page(path: str, address: str, relative: str) -> None:
    assert relative_to(path, f'<a href="{address}">', "/") == f'<a href="{relative}">'


def test_the_path_of_the_site_is_left_out() -> None:
    assert relative_to("a/index.html", '<a href="/serie/b/">', "/serie/") == '<a href="../b/">'
    assert relative_to("a/index.html", '<a href="/b/">', "/serie/") == '<a href="/b/">'


def test_every_candidate_of_a_picture_is_converted() -> None:
    html = '<img srcset="/images/a.jpg 400w, /images/b.jpg 800w">'
    assert (
        relative_to("p/index.html", html, "/")
        == '<img srcset="../images/a.jpg 400w, ../images/b.jpg 800w">'
    )


def test_a_redirect_and_a_search_form_are_converted() -> None:
    assert 'url=../p/"' in relative_to("a/index.html", '<meta content="0; url=/p/">', "/")
    assert 'data-root="../"' in relative_to("a/index.html", '<form data-root="/">', "/")


def test_text_that_looks_like_an_address_is_left_alone() -> None:
    text = '<p title="/usr/bin">href="/x/" is not an attribute here: &quot;/y/&quot;</p>'
    assert relative_to("a/index.html", text, "/").startswith('<p title="/usr/bin">')


def test_what_a_page_links_to_is_found_whichever_way_it_is_written() -> None:
    page = "portraits/x/index.html"
    html = '<a href="/portraits/y/"><a href="/"><img src="/images/a.jpg"><a href="#q">'
    assert linked_files(
        relative_to(page, html, "/serie/").encode(), "/serie/", page
    ) == linked_files(html.encode(), "/serie/", page)
    html = html.replace('"/', '"/serie/')
    relative = relative_to(page, html, "/serie/")
    assert "/serie/" not in relative
    assert (
        linked_files(relative.encode(), "/serie/", page)
        == linked_files(html.encode(), "/serie/", page)
        == {"portraits/y/index.html", "index.html", "images/a.jpg"}
    )
