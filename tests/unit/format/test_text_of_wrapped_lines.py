"""The plain form of a passage has one space wherever a reader sees one."""

from __future__ import annotations

from portraits.reader.questionnaire import Questionnaire
from portraits.reader.source import parse
from portraits.settings import Settings

HEAD = "---\nname: Léa\ndate: 2011-07-14\n{more}---\n\n"


def test_a_list_item_over_two_lines_is_one_line_of_text() -> None:
    text = HEAD.format(more="") + (
        "## Pourquoi ?\n\n1. les médias,\n   autant que possible\n2. rien\n"
    )
    portrait = parse("portraits/x.md", text.encode(), Settings(), Questionnaire()).portrait
    assert portrait
    assert portrait.exchanges[0].answer.text == "les médias, autant que possible\n\nrien"


def test_what_an_import_left_to_look_at_is_a_warning_until_it_is_deleted() -> None:
    comment = "# à vérifier, ligne 9 : est-ce une question ?\n"
    text = HEAD.format(more=comment) + "## Oui ?\n\nOui.\n"
    parsed = parse("portraits/x.md", text.encode(), Settings(), Questionnaire())
    assert [(p.line, p.code) for p in parsed.problems if p.code == "import-review"] == [
        (4, "import-review")
    ]
    assert parsed.portrait
