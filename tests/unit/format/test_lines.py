"""Each heading, link and entry is told at its own line, whatever stands before it."""

from __future__ import annotations

import pytest
from portraits.reader.markdown.document import MarkdownReader
from portraits.reader.markdown.lines import candidates

from tests.unit.format.case_files import codes, portrait_of

BEFORE = [
    "Un paragraphe.\n\n",
    "Un paragraphe\nsur trois\nlignes.\n",
    "\n\n\n",
    "```\n## Cible ?\n```\n\n",
    "~~~~\n```\n## Cible ?\n~~~\n## Cible ?\n~~~~\n",
    "    ## Cible ?\n\n    ## Cible ?\n\n",
    "- un\n- Cible ?\n\n    Cible ?\n\n",
    "> Cible ?\n> encore\n\n",
    "| Cible ? | b |\n|---|---|\n| Cible ? | Cible ? |\n| Cible ? | b |\n\n",
    "Note[^1].\n\n[^1]: Cible ?\n    Cible ?\n\n    Cible ?\n\n",
    '[a][b]\n\n[b]: https://exemple.ca "Cible ?"\n\n',
    '[a][b]\n\n[b]: https://exemple.ca\n"Cible ?"\n\n',
    "***\n\nCible ?\n\n---\n\n",
    "Texte\n***\nCible ?\n***\n",
    "1. Cible ?\n2. deux\n\n\n3. trois\n",
    "Deux espaces  \nà la fin  \nCible ?\n\n",
    "\tCible ? avec une tabulation\n\n",
    "Une fin\u2028de ligne\u0020étrange.\n\n",
    "Cible ? <b>gras</b>\n&amp; `Cible ?`\n\n",
    "Voici #1\n#Cible ?\n\n",
]


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("heading", ["\n## Cible ?", "\nCible ?\n---", "\n   ## *Cible* ? ##"])
def test_a_question_knows_its_line(before: str, heading: str) -> None:
    portrait = portrait_of(f"## Avant ?\n\n{before}{heading}\n\nOui.\n")
    assert portrait.exchanges[-1].question.line == 9 + before.count("\n")
    assert "Cible" in portrait.exchanges[-1].question.wording.text


@pytest.mark.parametrize("before", BEFORE)
def test_a_link_knows_its_line(before: str) -> None:
    body = f"## Avant ?\n\n{before}\nUn texte\nsur *deux\nlignes* et [un lien](javascript:x)\n"
    assert (6 + before.count("\n"), "forbidden-link") in codes(body)


@pytest.mark.parametrize(
    ("block", "line"),
    [
        ("- un\n- deux [x](javascript:x)\n", 4),
        ("- un\n\n    suite\n    [x](javascript:x)\n", 6),
        ("> un\n> deux  \n> [x](javascript:x)\n", 5),
        ("| a | b |\n|---|---|\n| c | [x](javascript:x) |\n", 5),
        ("un <br>\ndeux\n![x](javascript:x)\n", 5),
        ("un `code\nsur deux lignes` [x](javascript:x)\n", 4),
        ("[un lien\nsur deux lignes](javascript:x)\n", 3),
        ("un[^1]\n\n[^1]: note\n    [x](javascript:x)\n", 6),
        ("[x][r]\n\n[r]: javascript:x\n", 3),
        ("un\n<div>\n", 4),
        ("un *deux\ntrois <div>* quatre\n", 4),
    ],
)
def test_what_is_wrong_inside_a_block_is_told_at_its_line(block: str, line: int) -> None:
    assert line in [at for at, _ in codes(f"## Avant ?\n\n{block}")]


def test_equal_rows_of_a_table_have_their_own_lines() -> None:
    row = "| [x](javascript:x) | 1 |\n"
    assert [at for at, _ in codes(f"## Avant ?\n\n| a | b |\n|---|---|\n{row * 3}")] == [5, 6, 7]


def test_every_block_of_a_text_has_a_line_and_the_lines_rise() -> None:
    text = "".join(f"## Question {n} ?\n\n{before}" for n, before in enumerate(BEFORE))
    document = MarkdownReader().read(text)
    in_text = {element for element in document.root.iter() if element in document.lines}
    lines = [
        line
        for element, numbers in document.lines.items()
        if element in in_text
        for line in numbers
    ]
    assert lines == sorted(lines)
    source = text.expandtabs(4).split("\n")
    for element, numbers in document.lines.items():
        if element.tag.startswith("h") and element in in_text and element.text:
            assert element.text in source[numbers[0] - 1]


def test_definitions_and_blank_lines_are_no_candidates() -> None:
    text, notes = candidates(
        ["a", "", "[b]: c", "[^d]: e", "    f", "", "    g", "lazy", "", "h"], 10
    )
    assert [number for number, _ in text] == [10, 19]
    assert [number for number, _ in notes] == [13, 14, 16, 17]
