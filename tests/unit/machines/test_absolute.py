"""What of a page's HTML reaches a reader of feeds, and how."""

from __future__ import annotations

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from portraits.output.absolute import absolutise

PAGE = "https://serie.example/portraits/lea/"


@pytest.mark.parametrize(
    ("given_html", "expected"),
    [
        (
            '<a href="/etiquettes/musique/">x</a>',
            '<a href="https://serie.example/etiquettes/musique/">x</a>',
        ),
        ('<a href="#etudes">x</a>', f'<a href="{PAGE}#etudes">x</a>'),
        ('<a href="../sam/">x</a>', '<a href="https://serie.example/portraits/sam/">x</a>'),
        ('<a href="//autre.example/">x</a>', '<a href="https://autre.example/">x</a>'),
        (
            '<a href="mailto:lea@courriel.example">x</a>',
            '<a href="mailto:lea@courriel.example">x</a>',
        ),
        (
            '<a href="https://ailleurs.example/?a=1&amp;b=2#c">x</a>',
            '<a href="https://ailleurs.example/?a=1&amp;b=2#c">x</a>',
        ),
        ('<a href="http://[">x</a>', '<a href="http://[">x</a>'),
        (
            '<img src="/images/a.jpg" srcset="/a,b.jpg 1x,/c.jpg 2x" alt="">',
            '<img src="https://serie.example/images/a.jpg" srcset="https://serie.example/a,b.jpg 1x, '  # noqa: E501
            'https://serie.example/c.jpg 2x" alt="">',
        ),
        (
            '<blockquote cite="/x/"><p>x</p></blockquote>',
            '<blockquote cite="https://serie.example/x/"><p>x</p></blockquote>',
        ),
        (
            '<video poster="/x.jpg" src="/x.mp4" controls></video>',
            '<video poster="https://serie.example/x.jpg" src="https://serie.example/x.mp4" controls>'  # noqa: E501
            "</video>",
        ),
    ],
)
def test_every_address_becomes_absolute(given_html: str, expected: str) -> None:
    assert absolutise(given_html, PAGE) == expected


@pytest.mark.parametrize(
    ("given_html", "expected"),
    [
        ('<h2 id="q" class="x" tabindex="-1" data-n="1" aria-level="2">Q</h2>', "<h2>Q</h2>"),
        ('<p lang="en" dir="ltr">x</p>', '<p lang="en" dir="ltr">x</p>'),
        ('<h2>Q</h2> <a class="x permalink" href="#q">#</a><p>R</p>', "<h2>Q</h2> <p>R</p>"),
        (
            '<h2>Q</h2><p>R</p><aside class="beside x"><a href="/q/">6</a></aside>',
            "<h2>Q</h2><p>R</p>",
        ),
        ("<aside><p>a</p></aside>", "<aside><p>a</p></aside>"),
        ('<p><a class="permalinks">a</a></p>', "<p><a>a</a></p>"),
        ('<p>a<span aria-hidden="true">—</span>b<i hidden>c</i>d</p>', "<p>abd</p>"),
        ("<p>a<script>alert(1)</script>b<!-- c --></p>", "<p>ab</p>"),
        ('<p onclick="x()" style="color:red">a</p>', "<p>a</p>"),
        ('<p>a <svg viewBox="0 0 1 1"><path d="M0 0"/></svg>b</p>', "<p>a b</p>"),
        (
            '<picture><source srcset="/a.avif" type="image/avif"><img src="/a.jpg" alt="A"></picture>z',  # noqa: E501
            '<img src="https://serie.example/a.jpg" alt="A">z',
        ),
    ],
)
def test_what_only_the_page_needs_stays_on_the_page(given_html: str, expected: str) -> None:
    assert absolutise(given_html, PAGE) == expected


@pytest.mark.parametrize(
    "html",
    [
        "",
        "du texte seul",
        " blancs autour ",
        "<p>un</p>\n<p>deux</p>",
        "<p>]]&gt; &amp;amp; 😀</p>",
        "<p>a\u2028b\u2029c\u202ed\xa0e</p>",
        "<p>« l’été » <em>naïf</em></p><br><hr>",
        "<table><tbody><tr><td>1</td></tr></tbody></table>",
        "<ul><li>a</li><li>b</li></ul>",
    ],
)
def test_html_without_addresses_is_left_as_it_is(html: str) -> None:
    assert absolutise(html, PAGE) == html


PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")))


@given(PLAIN, PLAIN)
def test_any_text_comes_out_as_it_went_in(text: str, alt: str) -> None:
    fragment = html5lib.parseFragment("<p>x</p><img>", namespaceHTMLElements=False)
    paragraph, image = fragment
    paragraph.text, image.attrib["alt"] = text, alt
    html = html5lib.serialize(fragment, quote_attr_values="always", omit_optional_tags=False)

    paragraph, image = html5lib.parseFragment(absolutise(html, PAGE), namespaceHTMLElements=False)

    assert (paragraph.text or "", image.get("alt")) == (text, alt)
