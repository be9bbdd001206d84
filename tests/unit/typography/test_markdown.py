"""The Python-Markdown extension."""

from __future__ import annotations

import pytest
from markdown import Markdown
from portraits.typography.markdown import TypographyExtension


def converted(source: str, *others: str, lang: str = "fr", rules: str = "quebec") -> str:
    extension = TypographyExtension(lang=lang, rules=rules)
    html = Markdown(extensions=[extension, *others]).convert(source)
    return html.replace("\u00a0", "⍽").replace("\u202f", "⎵")


@pytest.mark.parametrize(
    ("title", "typed", "expected"),
    [
        ("emphasis", 'Il dit "*oui*" : *non* !', "<p>Il dit «⍽<em>oui</em>⍽»⍽: <em>non</em>!</p>"),
        ("a heading", "## L'été : quand ?", "<h2>L’été⍽: quand?</h2>"),
        ("a code span", '`l\'a : "b"` : oui', '<p><code>l\'a : "b"</code>⍽: oui</p>'),
        ("a code block", "    l'a !", "<pre><code>l'a !\n</code></pre>"),
        (
            "an automatic link",
            "<http://x.ca/?l'a;b> : oui",
            "<p><a href=\"http://x.ca/?l'a;b\">http://x.ca/?l'a;b</a>⍽: oui</p>",
        ),
        (
            "a picture",
            "![L'été : oui](l'a.png \"l'an !\")",
            '<p><img alt="L’été⍽: oui" src="l\'a.png" title="l’an!" /></p>',
        ),
        ("an escaped quote", r"\"l'a\" \'b\'", "<p>\"l’a\" 'b'</p>"),
        ("an escaped dot", r"a\.\.\.", "<p>a...</p>"),
        (
            "a no-break space written as a reference",
            "Oui&nbsp;: &laquo;non&raquo; &#8239;!",
            "<p>Oui⍽: «⍽non⍽»!</p>",
        ),
        (
            "references that mean something in HTML",
            "a &lt; b &amp; c &quot;d&quot;",
            "<p>a &lt; b &amp; c &quot;d&quot;</p>",
        ),
        ("references that do not exist", "a &nbs; b", "<p>a &nbs; b</p>"),
        (
            "raw code",
            "<kbd>l'a : *b* !</kbd> : <b>l'a</b> !",
            "<p><kbd>l'a : *b* !</kbd>⍽: <b>l’a</b>!</p>",
        ),
        ("raw code that is not closed", "<code>l'a *b*", "<p><code>l’a <em>b</em></p>"),
        ("a raw block", "<div>l'a !</div>", "<div>l'a !</div>"),
        ("a line break", 'Oui  \n"non" !', "<p>Oui<br />\n«⍽non⍽»!</p>"),
    ],
)
def test_a_page_is_set(title: str, typed: str, expected: str) -> None:
    assert converted(typed) == expected


def test_rules_of_france_by_setting() -> None:
    assert converted("Qui ?", rules="france") == "<p>Qui⎵?</p>"


def test_a_page_says_its_language_in_its_metadata() -> None:
    assert converted("lang: en\n\nIt's 50%", "meta") == "<p>It’s 50%</p>"
    assert converted("title: x\n\nL'an : 50%", "meta") == "<p>L’an⍽: 50⍽%</p>"


def test_the_page_after_an_english_one_is_french_again() -> None:
    markdown = Markdown(extensions=[TypographyExtension(), "meta"])
    markdown.convert("lang: en\n\n50%")
    assert markdown.reset().convert("title: x\n\n50%") == "<p>50\u00a0%</p>"


def test_the_table_of_contents_is_set_from_the_headings() -> None:
    markdown = Markdown(extensions=[TypographyExtension(), "toc"])
    assert markdown.convert("# L'été : quand ?") == '<h1 id="lete-quand">L’été\u00a0: quand?</h1>'
    assert markdown.toc_tokens[0]["name"] == "L’été : quand?"  # type: ignore[attr-defined]


def test_the_extension_is_found_by_name() -> None:
    name = "portraits.typography.markdown"
    markdown = Markdown(extensions=[name], extension_configs={name: {"rules": "france"}})
    assert markdown.convert("Qui ?") == "<p>Qui\u202f?</p>"
