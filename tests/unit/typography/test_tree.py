"""Typography of a tree: what carries over, what does not, and what is not looked into."""

from __future__ import annotations

from xml.etree.ElementTree import Comment, Element, fromstring, tostring

import pytest
from markdown.util import AtomicString
from portraits.typography import Rules
from portraits.typography.tree import CLOSED, typeset_tree


def parsed(html: str) -> Element:
    return fromstring(html)


def settled(html: str, lang: str = "fr", rules: Rules = "quebec") -> str:
    root = parsed(f"<div>{html}</div>")
    typeset_tree(root, lang, rules)
    shown = tostring(root, encoding="unicode").replace("\u00a0", "⍽").replace("\u202f", "⎵")
    return shown.removeprefix("<div>").removesuffix("</div>")


@pytest.mark.parametrize(
    ("title", "typed", "expected"),
    [
        (
            "a quote opens before an emphasis",
            '<p>dit "<em>oui</em>" ici</p>',
            "<p>dit «⍽<em>oui</em>⍽» ici</p>",
        ),
        (
            "a quote opens inside an emphasis and closes after it",
            '<p><em>"oui</em> et <b>non</b>"</p>',
            "<p><em>«⍽oui</em> et <b>non</b>⍽»</p>",
        ),
        (
            "nested quotes in nested elements",
            '<p>"a <em>"b"</em> c"</p>',
            "<p>«⍽a <em>“b”</em> c⍽»</p>",
        ),
        (
            "the space before a colon stands in another node",
            "<p><strong>Note </strong>: oui</p>",
            "<p><strong>Note⍽</strong>: oui</p>",
        ),
        (
            "the space that a colon needs goes with the colon",
            "<p><strong>Note</strong>: oui</p>",
            "<p><strong>Note</strong>⍽: oui</p>",
        ),
        (
            "a space before a question mark is in the element before",
            "<p><em>Qui </em>?</p>",
            "<p><em>Qui</em>?</p>",
        ),
        (
            "an apostrophe before a link",
            "<p>l'<a href='/x'>été</a></p>",
            '<p>l’<a href="/x">été</a></p>',
        ),
        ("three dots over two nodes", "<p>bon<em>.</em>..</p>", "<p>bon<em>…</em></p>"),
        ("a number and its unit in two nodes", "<p><b>20</b>$</p>", "<p><b>20</b>⍽$</p>"),
        (
            "a guillemet before a space in another node",
            "<p>«<em> oui</em> »</p>",
            "<p>«<em>⍽oui</em>⍽»</p>",
        ),
        (
            "code is a word",
            '<p>"<code>x</code>" : <code>l\'a</code> ?</p>',
            "<p>«⍽<code>x</code>⍽»⍽: <code>l'a</code>?</p>",
        ),
        (
            "a line break is no space to replace",
            '<p>oui<br />: "a<br />b"</p>',
            "<p>oui<br />: «⍽a<br />b⍽»</p>",
        ),
        (
            "a picture is a word",
            '<p><img alt="l\'été : oui" src="l\'a" /> : la voilà</p>',
            '<p><img alt="l’été⍽: oui" src="l\'a" />⍽: la voilà</p>',
        ),
        (
            "titles of links",
            '<p><a href="l\'a" title="l\'été !">x</a></p>',
            '<p><a href="l\'a" title="l’été!">x</a></p>',
        ),
        (
            "a link whose text is an address",
            "<p><a href='x'>http://x.ca/l'a:b</a> : oui</p>",
            '<p><a href="x">http://x.ca/l\'a:b</a>⍽: oui</p>',
        ),
        (
            "an address that an emphasis divides is left alone",
            "<p>http://x.ca/l'<em>a</em>;b</p>",
            "<p>http://x.ca/l'<em>a</em>;b</p>",
        ),
        (
            "a part that is not to be translated",
            '<p><span translate="no">l\'a : "b" !</span> : oui</p>',
            '<p><span translate="no">l\'a : "b" !</span>⍽: oui</p>',
        ),
        (
            "a whole that is not to be translated",
            '<div translate="no"><p>l\'a !</p></div>',
            '<div translate="no"><p>l\'a !</p></div>',
        ),
        (
            "nothing carries over from paragraph to paragraph",
            '<p>un "</p><p>: deux"</p>',
            '<p>un "</p><p>: deux"</p>',
        ),
        (
            "nothing carries over from an item to the list in it",
            '<ul><li>a "b<ul><li>c" d</li></ul>" e</li></ul>',
            '<ul><li>a "b<ul><li>c" d</li></ul>" e</li></ul>',
        ),
        (
            "text after a block is a line of its own",
            '<blockquote>"a"<p>"b"</p>"c"</blockquote>',
            "<blockquote>«⍽a⍽»<p>«⍽b⍽»</p>«⍽c⍽»</blockquote>",
        ),
        (
            "cells are lines",
            '<table><tr><td>a "</td><td>b !</td></tr></table>',
            '<table><tr><td>a "</td><td>b!</td></tr></table>',
        ),
        (
            "another French inside French",
            '<p>"<i lang="fr-FR">a "b"</i>"</p>',
            '<p>«⍽<i lang="fr-FR">a “b”</i>⍽»</p>',
        ),
        (
            "English inside French",
            '<p>Il dit : <em lang="en">"don\'t: it\'s 50%"</em> !</p>',
            '<p>Il dit⍽: <em lang="en">“don’t: it’s 50%”</em>!</p>',
        ),
        (
            "an English block",
            '<p lang="en">it\'s "so": yes</p><p>l\'an: "oui"</p>',
            '<p lang="en">it’s “so”: yes</p><p>l’an⍽: «⍽oui⍽»</p>',
        ),
        (
            "a language without rules",
            '<p>Le mot <i lang="iu">a\'b "c"</i> : oui</p>',
            '<p>Le mot <i lang="iu">a\'b "c"</i>⍽: oui</p>',
        ),
        ("white space between blocks", "<p>a</p>\n<p>b</p>\n", "<p>a</p>\n<p>b</p>\n"),
    ],
)
def test_the_text_of_a_block_is_one_line(title: str, typed: str, expected: str) -> None:
    assert settled(typed) == expected
    assert settled(expected.replace("⍽", "\u00a0")) == expected


@pytest.mark.parametrize("tag", sorted(CLOSED))
def test_closed_elements_stay_as_typed(tag: str) -> None:
    typed = f"<{tag}>l'a : \"b\" <b>c'd</b> !</{tag}>"
    assert settled(f"<p>{typed}</p>") == f"<p>{typed}</p>"
    assert settled(typed) == typed


def test_france_puts_narrow_spaces_in_the_tree_too() -> None:
    assert settled("<p><em>Qui</em>?</p>", rules="france") == "<p><em>Qui</em>⎵?</p>"


def test_the_language_of_the_root_goes_before_the_argument() -> None:
    root = parsed("<p lang='en'>it's 50%</p>")
    typeset_tree(root, "fr")
    assert root.text == "it’s 50%"


def test_a_root_that_is_code_stays_as_typed() -> None:
    root = parsed("<pre>l'a</pre>")
    typeset_tree(root)
    assert root.text == "l'a"


def test_placeholders_and_holes_come_through() -> None:
    root = parsed("<p>x</p>")
    root.text = "l'\x02wzxhzdk:12\x03 : \ufdd0link3\ufdd1 ! \x0234\x03oui\x0234\x03"
    typeset_tree(root)
    assert root.text == "l’\x02wzxhzdk:12\x03\u00a0: \ufdd0link3\ufdd1! \x0234\x03oui\x0234\x03"


def test_a_hole_in_an_attribute_comes_through() -> None:
    root = parsed("<p><a>l'a</a></p>")
    root[0].set("href", "\ufdd0link0\ufdd1")
    typeset_tree(root)
    assert root[0].get("href") == "\ufdd0link0\ufdd1"


def test_atomic_text_stays_and_is_a_word() -> None:
    root = parsed("<p><a href='x'>y</a> : oui</p>")
    root[0].text = AtomicString("l'a : b")
    typeset_tree(root)
    assert root[0].text == "l'a : b"
    assert root[0].tail == "\u00a0: oui"


def test_a_comment_is_not_there() -> None:
    root = parsed("<p>Qui</p>")
    comment = Comment("l'été !")
    comment.tail = " ?"
    root.append(comment)
    typeset_tree(root)
    assert comment.text == "l'été !"
    assert comment.tail == "?"
