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
    ],
)
def test_an_answer_keeps_its_numbers_and_marks(html: str, expected: str) -> None:
    assert answer_of(html) == expected
