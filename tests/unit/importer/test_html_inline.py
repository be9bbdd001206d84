"""What inline HTML and lists of a page become in a portrait."""

from __future__ import annotations

import pytest

from tests.unit.importer.shapes import imported_from, portrait

PAGE = """<html><body><h1>Portrait de Zoé Lapierre</h1>
<h2>Quel est ton outil ?</h2>{answer}
<h2>Et après ?</h2><p>Rien.</p></body></html>"""


def answer_of(html: str) -> str:
    """The HTML of the answer that a page with ``html`` gives."""
    result = imported_from("page.html", PAGE.format(answer=html).encode())
    return portrait(result).exchanges[0].answer.html


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            '<ol start="3"><li>trois</li><li value="7">sept</li><li>huit</li></ol>',
            '<ol start="3"><li>trois</li><li value="7">sept</li><li>huit</li></ol>',
        ),
        (
            '<ol start="9"><li>neuf<ul><li>a</li></ul></li><li>dix<ul><li>b</li></ul></li></ol>',
            '<ol start="9"><li>neuf<ul><li>a</li></ul></li><li>dix<ul><li>b</li></ul></li></ol>',
        ),
        ("<p>Mon <s>patron</s> collègue.</p>", "<p>Mon <del>patron</del> collègue.</p>"),
        ("<p>Mon <del>chef</del> ami.</p>", "<p>Mon <del>chef</del> ami.</p>"),
        ("<p>Dé<em>jà</em> et <i>là</i>.</p>", "<p>Dé<em>jà</em> et <em>là</em>.</p>"),
        ("<p>Les étudiant*e*s.</p>", "<p>Les étudiant*e*s.</p>"),
        ("<p>• Un ~~tel~~.</p>", "<p>• Un ~~tel~~.</p>"),
        (
            "<p>Un 1<sup>er</sup> essai de CO<sub>2</sub>.</p>",
            "<p>Un 1<sup>er</sup> essai de CO<sub>2</sub>.</p>",
        ),
        ("<p>Un <u>vrai</u> <tt>mot</tt>.</p>", "<p>Un <em>vrai</em> <code>mot</code>.</p>"),
        ("<p><b>Gras</b><i>penché</i></p>", "<p><strong>Gras</strong><em>penché</em></p>"),
        ("<p><b>a</b><b>b</b> c<b> </b>d</p>", "<p><strong>ab</strong> c d</p>"),
        (
            "<b><p>Un.</p><p>Deux.</p></b>",
            "<p><strong>Un.</strong></p>\n<p><strong>Deux.</strong></p>",
        ),
        (
            "<p>Oui!<a href='https://a.example/x'>ici</a></p>",
            '<p>Oui!<a href="https://a.example/x">ici</a></p>',
        ),
        (
            "<p>[a]<a href='https://a.example/x'>b [c]</a>(d)</p>",
            '<p>[a]<a href="https://a.example/x">b [c]</a>(d)</p>',
        ),
        ("<pre>un<br>deux</pre>", "<pre><code>un\ndeux</code></pre>"),
        (
            "<ol reversed><li>b</li><li>c</li></ol>",
            '<ol start="2"><li>b</li><li value="1">c</li></ol>',
        ),
        (
            "<table><caption>Au port</caption>Là<tr><td>a<td>b<tr><td>c<td>d</table>",
            "<p>Là</p>\n<p>Au port</p>\n<table><thead><tr><th></th><th></th></tr></thead>"
            "<tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></tbody></table>",
        ),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        (
            "<table><tr><th>a|b</th><th>c</th></tr><tr><td>d</td><td>e</td></tr></table>",
            "<table><thead><tr><th>a|b</th><th>c</th></tr></thead><tbody><tr><td>d</td><td>e</td></tr></tbody></table>",
        ),
    ],
)
def test_an_answer_keeps_its_numbers_and_marks(html: str, expected: str) -> None:
    assert answer_of(html) == expected


@pytest.mark.parametrize(
    ("style", "tag"),
    [
        ("font-style: italic", "em"),
        ("FONT-WEIGHT:700", "strong"),
        ("text-decoration: line-through", "del"),
        ("text-decoration-line:line-through", "del"),
        ("vertical-align:super;font-size:60%", "sup"),
        ("vertical-align: sub", "sub"),
    ],
)
def test_emphasis_by_style_is_emphasis(style: str, tag: str) -> None:
    written = f'<p>Un <span style="{style}">patron</span> ici.</p>'
    by_class = '<style><!-- .c1, p.c2 {%s} --></style><p>Un <span class="c1">patron</span> ici.</p>'
    assert answer_of(written) == f"<p>Un <{tag}>patron</{tag}> ici.</p>"
    assert answer_of(by_class % style) == answer_of(written)


@pytest.mark.parametrize(
    "html",
    [
        '<b style="font-weight:normal"><p>Un patron.</p></b>',
        '<p><em><span style="font-style:normal">Un patron.</span></em></p>',
        '<style>.page .c1 {font-style:italic}</style><p class="c1">Un patron.</p>',
    ],
)
def test_a_style_takes_emphasis_away(html: str) -> None:
    assert answer_of(html) == "<p>Un patron.</p>"


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        (
            '<p><a href="https://a.example/c.jpg"><img src="b.jpg" alt="Un port"></a></p>',
            "https://a.example/c.jpg",
        ),
        (
            '<table><tr><td><a href="https://a.example/c.jpg"><img></a>a<td>b<td>c</table>',
            "https://a.example/c.jpg",
        ),
        ('<p>Un <a href="https://a.example/vide"></a>mot.</p>', "https://a.example/vide"),
        ('<h3><img src="titre.gif" alt="Un port"></h3>', "Un port titre.gif"),
        ('<p title="Une bulle">Un mot.</p>', "Une bulle"),
        ('<p>Un mot.<span style="display:none">caché</span></p>', "caché"),
        ("<noscript>Sans script.</noscript>", "Sans script."),
        ('<p>Un <a href="tel:+15145550100">numéro</a>.</p>', "tel:+15145550100"),
    ],
)
def test_what_has_no_place_in_an_answer_is_in_the_report(html: str, kept: str) -> None:
    result = imported_from("page.html", PAGE.format(answer=html).encode())
    assert kept in result.report.kept_text
    assert kept not in result.text
    assert result.accounting.losses == ()
