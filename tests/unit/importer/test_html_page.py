"""What stands around an article on its page: its title, captions, the rest of the site."""

from __future__ import annotations

import pytest
from portraits.importer.html.page import as_mail_text

from tests.unit.importer.shapes import imported_from, portrait

PAGE = """<html lang="fr"><body>
<h1 class="logo"><a href="https://vieux.example/">Le carnet</a></h1>{title}
<div title="Une bulle"><div class="entry-content" title="Une autre"><p>Elle gère des pages.</p>
<h2>Quel est ton outil ?</h2><p>Un carnet.</p>{answer}
<h2>Et après ?</h2><p>Rien.</p></div></div>
<ol class="commentlist"><li>Bravo <abbr title="Zoé">Z.</abbr></li></ol></body></html>"""


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ('<h3 class="post-title">Portrait de <a href="/zoe">Zoé Lapierre</a></h3>', "Zoé Lapierre"),
        ('<div><h2 class="entry-title">Portrait de Zoé Lapierre</h2></div>', "Zoé Lapierre"),
        ("", ""),
    ],
)
def test_the_title_is_the_one_that_is_named_so(title: str, expected: str) -> None:
    result = imported_from("page.html", PAGE.format(title=title, answer="").encode())
    assert (f"\nname: {expected}\n" in result.text) is bool(expected)
    assert ("title: Le carnet" in result.text) is not bool(expected)
    for kept in ("vieux.example", "Une bulle", "Une autre", "Bravo Z."):
        assert kept in result.report.kept_text
    assert result.accounting.losses == ()


@pytest.mark.parametrize(
    "answer",
    [
        '<figure><img src="a.jpg" alt=""><figcaption>Au port</figcaption></figure>',
        '<div class="wp-caption"><img src="a.jpg"><p class="wp-caption-text">Au port</p></div>',
        '<table><tr><td><a href="b.jpg"><img src="a.jpg"></a></td></tr>'
        '<tr><td class="tr-caption">Au port</td></tr></table>',
    ],
)
def test_a_caption_is_no_answer(answer: str) -> None:
    title = '<h2 class="entry-title">Portrait de Zoé Lapierre</h2>'
    result = imported_from("page.html", PAGE.format(title=title, answer=answer).encode())
    assert portrait(result).exchanges[0].answer.text == "Un carnet."
    assert "Au port" in result.report.kept_text
    assert result.accounting.losses == ()


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Mon <s>patron</s> chef.</p>", "Mon ~~patron~~ chef."),
        ("<ol start=3><li>Un bac.</li><li>Rien.</li></ol>", "3. Un bac.\n\n4. Rien."),
        ("<ul><li>Un bac.</li><li>Rien.</li></ul>", "- Un bac.\n\n- Rien."),
    ],
)
def test_a_message_in_html_keeps_strokes_and_numbers_as_text(html: str, text: str) -> None:
    assert as_mail_text(html) == text
