"""HTML of Word, Google Docs, LibreOffice, mammoth and pandoc: lists, footnotes, emphasis."""

from __future__ import annotations

import pytest
from portraits.importer.portrait import Imported

from tests.unit.importer.shapes import imported_from, portrait

PAGE = """<html><head><style><!-- p.MsoNormal {{margin:0cm}} .c2 {{font-weight:700}}
.c3 {{color:#000;font-size:11pt}} .c4 {{font-style:italic;color:#000}} --></style></head><body>
<p class=MsoTitle>Portrait de Zoé Lapierre</p><p><b>Quel est ton outil ?<o:p></o:p></b></p>
{answer}
<p><b>Et après ?</b></p><p>Rien.</p>{end}</body></html>"""


def read(answer: str, end: str = "") -> Imported:
    result = imported_from("page.html", PAGE.format(answer=answer, end=end).encode())
    assert result.accounting.losses == ()
    return result


def answer_of(answer: str, end: str = "") -> str:
    return portrait(read(answer, end)).exchanges[0].answer.html


def word_item(mark: str, text: str, level: int = 1) -> str:
    return (
        f"<p class=MsoListParagraphCxSpMiddle style='margin-left:{level * 36}.0pt;"
        f"text-indent:-18.0pt;mso-list:l0 level{level} lfo1'><![if !supportLists]>"
        f"<span style='font-family:Symbol'><span style='mso-list:Ignore'>{mark}<span "
        f"style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span></span><![endif]>"
        f"{text}<o:p></o:p></p>"
    )


def filtered_item(mark: str, text: str, level: int = 1) -> str:
    """The same in a « filtered » page, which has no styles of Office."""
    return (
        f"<p class=MsoListParagraph style='margin-left:{level * 36}.0pt;text-indent:-18.0pt'>"
        f"<span style='font-family:Symbol'>{mark}<span style='font:7.0pt \"Times New Roman\"'>"
        f"&nbsp;&nbsp; </span></span>{text}</p>"
    )


@pytest.mark.parametrize("item", [word_item, filtered_item])
def test_paragraphs_that_word_numbers_are_lists(item: object) -> None:
    assert callable(item)
    bullets = item("·", "un") + "\n" + item("o", "dedans", 2) + item("·", "deux")
    assert answer_of(bullets) == "<ul><li>un<ul><li>dedans</li></ul></li><li>deux</li></ul>"
    numbers = item("3.", "trois") + item("4.", "quatre")
    assert answer_of(numbers) == '<ol start="3"><li>trois</li><li>quatre</li></ol>'


def test_a_paragraph_that_begins_with_a_number_is_no_list() -> None:
    assert answer_of("<p class=MsoNormal>2011. Une année.</p>") == "<p>2011. Une année.</p>"


def test_lists_of_google_docs_are_inside_one_another() -> None:
    written = (
        '<ol class="c1 lst-kix_abc-0 start" start="1"><li class="c0">un</li></ol>'
        '<ul class="c1 lst-kix_abc-1 start"><li>dedans</li></ul>'
        '<ol class="c1 lst-kix_abc-0" start="2"><li>deux</li></ol>'
    )
    assert answer_of(written) == "<ol><li>un<ul><li>dedans</li></ul></li><li>deux</li></ol>"


NOTES = {
    "Word": (
        '<a style=\'mso-footnote-id:ftn1\' href="#_ftn1" name="_ftnref1" title=""><span '
        "class=MsoFootnoteReference><![if !supportFootnotes]>[1]<![endif]></span></a>",
        "<div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1>"
        '<p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1"><span '
        "class=MsoFootnoteReference>[1]</span></a> Une <i>note</i>.</p></div></div>",
    ),
    "Google Docs": (
        '<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup>',
        '<hr><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span>&nbsp;Une <em>note</em>.</span>'
        "</p></div>",
    ),
    "LibreOffice": (
        '<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a>',
        '<div id="sdfootnote1"><p><a class="sdfootnotesym" name="sdfootnote1sym" '
        'href="#sdfootnote1anc">1</a>Une <i>note</i>.</p></div>',
    ),
    "mammoth": (
        '<sup><a href="#footnote-1" id="footnote-ref-1">[1]</a></sup>',
        '<ol><li id="footnote-1"><p>Une <em>note</em>. <a href="#footnote-ref-1">↑</a></p></li>'
        "</ol>",
    ),
    "pandoc": (
        '<sup id="fnref:1"><a href="#fn:1" rel="footnote">1</a></sup>',
        '<div class="footnotes"><hr><ol><li id="fn:1"><p>Une <em>note</em>.&#160;'
        '<a href="#fnref:1" rev="footnote">↩</a></p></li></ol></div>',
    ),
}


@pytest.mark.parametrize("program", NOTES)
def test_footnotes_are_footnotes(program: str) -> None:
    call, note = NOTES[program]
    result = read(f"<p>Un mot{call} ici.</p>", note)
    assert "Un mot[^1] ici." in result.text
    assert "[^1]: Une *note*." in result.text
    assert "Une <em>note</em>." in portrait(result).footnotes


def test_a_link_inside_a_page_that_is_no_footnote_stays_text() -> None:
    written = '<p>Voir <a href="#bas">plus bas</a> et <a href="#rien">1</a>.</p><p id="bas">Là.</p>'
    assert answer_of(written) == "<p>Voir plus bas et 1.</p>\n<p>Là.</p>"


def test_the_ordinary_look_of_a_document_sets_nothing_off() -> None:
    result = imported_from(
        "page.html",
        PAGE.format(
            answer='<p><span class="c3">Oui, un carnet</span></p>'
            '<p><span class="c3">Je </span><span class="c4">note</span> tout.</p>',
            end="",
        )
        .replace("<b>", '<span class="c2 c3">')
        .replace("</b>", "</span>")
        .encode(),
    )
    (found,) = portrait(result).exchanges
    assert found.answer.html == "<p>Oui, un carnet</p>\n<p>Je <em>note</em> tout.</p>"
    assert [further.answer.text for further in found.follow_ups] == ["Rien."]


def test_questions_are_found_where_every_word_has_the_same_style() -> None:
    lines = (
        "Portrait de Zoé Lapierre",
        "Quel est ton outil préféré ?",
        "Un carnet, toujours",
        "Comment as-tu commencé dans le métier ?",
        "Par un stage au port",
    )
    written = "".join(f'<p><span style="color:#222">{line}</span></p>' for line in lines)
    found = portrait(imported_from("page.html", f"<html><body>{written}</body></html>".encode()))
    assert [exchange.answer.text for exchange in found.exchanges] == [lines[2], lines[4]]
