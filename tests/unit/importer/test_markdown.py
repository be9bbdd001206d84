"""Markdown of other generators: their headers, their codes, their pictures."""

from __future__ import annotations

import datetime as dt

import pytest
from portraits.importer.portrait import Imported

from tests.unit.importer.shapes import imported_from, portrait

BODY = "\n## Quel est ton outil ?\n\n{answer}\n\n## Et après ?\n\nRien.\n"


def read(head: str, answer: str = "Un mot.", file: str = "page.md") -> Imported:
    return imported_from(file, (head + BODY.format(answer=answer)).encode())


@pytest.mark.parametrize(
    "head",
    [
        "Title: Portrait de Zoé Lapierre\nDate: 2012-05-01\nTags: ville, l’été\n  dernier\n"
        "Authors: Ana Roy; Luc Roy\n\n",
        '{\n "title": "Portrait de Zoé Lapierre", "date": "2012-05-01",\n'
        ' "tags": ["ville", "l’été dernier"], "authors": ["Ana Roy", "Luc Roy"]\n}\n',
        '+++\ntitle = "Portrait de Zoé Lapierre"\ndate = 2012-05-01\n'
        'tags = ["ville", "l’été dernier"]\nauthors = ["Ana Roy", "Luc Roy"]\n+++\n',
        "---\ntitle\u00a0:\u00a0Portrait de Zoé Lapierre\ndate: 2012-05-01\n"
        "tags:\n-\u00a0ville\n- l’été dernier\nauthors: [Ana Roy, Luc Roy]\n---\n",
        "---\ntitle: Portrait : Zoé Lapierre\ndate: 2012-05-01\n"
        "tags: [ville, l’été dernier]\nauthors: [Ana Roy, Luc Roy]\n---\n",
        "---\ntitle: Portrait de Zo&eacute; Lapierre\ndate: 2012-05-01\n"
        "tags: [ville, l&#8217;été dernier]\nauthors: [Ana Roy, Luc Roy]\n---\n",
    ],
    ids=["Pelican", "JSON", "TOML", "no-break spaces", "a colon in a value", "YAML"],
)
def test_every_kind_of_header_says_the_same(head: str) -> None:
    result = read(head)
    found = portrait(result)
    assert (found.name, found.date) == ("Zoé Lapierre", dt.date(2012, 5, 1))
    assert found.tags == ("ville", "l’été dernier")
    assert "\nauthors: [Ana Roy, Luc Roy]\n" in result.text
    assert result.accounting.losses == ()


def test_lines_with_colons_that_are_no_header_are_text() -> None:
    result = read("Zoé : bonjour\nAna : bonjour\n\n")
    assert "bonjour" in result.text
    assert result.accounting.losses == ()


def test_the_keys_of_networks_become_accounts() -> None:
    result = read(
        "---\nname: Zoé Lapierre\ntwitter: zoe_l\ngithub_username: zoelapierre\n"
        "website: https://zoe.example/\nsocial: {mastodon: zoe@a.example, minitel: 3615 ZOE}\n---\n"
    )
    assert [account.network for account in portrait(result).accounts] == [
        "twitter",
        "github",
        "web",
        "mastodon",
    ]
    assert "3615 ZOE" in result.report.kept_text
    assert result.accounting.losses == ()


def test_a_language_in_the_name_of_the_file_is_kept() -> None:
    result = read("---\nname: Zoé Lapierre\n---\n", file="2012-03-06-zoe.en.md")
    assert "\nlang: en\n" in result.text
    assert "\ndate: 2012-03-06\n" in result.text
    assert result.stem == "zoe.en"


def test_tags_of_jekyll_are_words_and_this_is_to_review() -> None:
    result = read("---\nname: Zoé Lapierre\ntags: ville port\ncategories: [port, mer]\n---\n")
    assert portrait(result).tags == ("ville", "port", "mer")
    assert "comme le fait Jekyll" in "\n".join(map(str, result.report.entries))
    assert result.accounting.losses == ()


@pytest.mark.parametrize(
    ("answer", "text", "kept"),
    [
        ("Un {{< youtube abc >}} mot.", "Un mot.", "{{< youtube abc >}}"),
        ("Un mot{: .vert } ici.", "Un mot ici.", "{: .vert }"),
        ("{% include a.html %}{% include b.html %}\nUn mot.", "Un mot.", "{% include b.html %}"),
        ("{{% note %}}\nUn mot.\n{{% /note %}}", "Un mot.", "{{% /note %}}"),
        ("{{< figure\n  src='x.jpg' >}}\n\nUn mot.", "Un mot.", "{{< figure src='x.jpg' >}}"),
        ("Du `{{ code }}`.", "Du {{ code }}.", ""),
        ("```\n{% code %}\n```", "{% code %}", ""),
        ("Un {{</* youtube */>}}.", "Un {{< youtube >}}.", ""),
        ("Un [![a](b.jpg)](c.jpg) mot.", "Un mot.", "c.jpg"),
        ("Un [](https://a.example/vide) mot.", "Un mot.", "https://a.example/vide"),
        ("- un ![a](b.jpg)\n- deux", "un\n\ndeux", "a b.jpg"),
        ("> Un ![a](b.jpg) mot.", "Un mot.", "a b.jpg"),
        ("### ![Un port](t.png)\n\nUn mot.", "Un mot.", "Un port t.png"),
        ("Merci ![:)](smile.gif)!", "Merci :)!", ""),
        ("Les étudiant**e**s du 1<sup>er</sup>.", "Les étudiantes du 1er.", ""),
        ("| Un mot. |\n|---|\n| Deux. |", "Un mot.\n\nDeux.", ""),
    ],
)
def test_what_nobody_expands_any_more_goes_to_the_report_and_the_words_stay(
    answer: str, text: str, kept: str
) -> None:
    result = read("---\nname: Zoé Lapierre\n---\n", answer)
    assert portrait(result).exchanges[0].answer.text.replace("\u00a0", " ") == text
    assert kept in result.report.kept_text
    assert result.accounting.losses == ()


@pytest.mark.parametrize(
    ("answer", "html"),
    [
        ("1. un\n1. deux\n1. trois", "<ol><li>un</li><li>deux</li><li>trois</li></ol>"),
        ("3. trois\n7. sept", '<ol start="3"><li>trois</li><li value="7">sept</li></ol>'),
        (
            "1. un\n   1. a\n   1. b\n1. deux",
            "<ol><li>un<ol><li>a</li><li>b</li></ol></li><li>deux</li></ol>",
        ),
        ("- [x] fait\n- [ ] à faire", "<ul><li>☑ fait</li><li>☐ à faire</li></ul>"),
    ],
)
def test_items_have_the_numbers_and_boxes_that_were_seen(answer: str, html: str) -> None:
    result = read("---\nname: Zoé Lapierre\n---\n", answer)
    assert portrait(result).exchanges[0].answer.html == html
    assert result.accounting.losses == ()
