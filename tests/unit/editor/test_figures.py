"""The series in figures, as the command prints them."""

from __future__ import annotations

import pytest
from portraits.drawing.statistics import AccountCount, Count, QuestionCount, Statistics
from portraits.editor.figures import Figures, figures_text
from portraits.support import messages

ONE = AccountCount(
    "mastodon:ana@exemple.social",
    "bluesky",
    "@ana",
    "https://exemple.social/@ana",
    ("Léa Tremblay", "Sam Roy"),
)
FIGURES = Figures(
    Statistics(2, 2, 3, 4, 12345, 600, 50, (Count("2011", 2),), (), (Count("web", 4),), (), (), ()),
    (QuestionCount("outil", "Quel outil?", 2, 50),),
    (),
    (ONE,),
)


def test_figures_are_in_french_with_whom_to_interview_next() -> None:
    lines = figures_text(FIGURES).split("\n")
    assert lines[0] == "Portraits : 2"
    assert lines[4] == "Mots en tout : 12\N{NO-BREAK SPACE}345"
    assert lines[-2:] == [
        "À interviewer : plusieurs les recommandent, et ils n’ont pas encore de portrait",
        "  @ana (Bluesky, https://exemple.social/@ana) — par Léa Tremblay et Sam Roy",
    ]


def test_figures_are_in_the_editor_s_language_and_questions_in_the_site_s(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(messages, "_spoken", "en")
    lines = figures_text(FIGURES).split("\n")
    assert lines[0] == "Portraits: 2"
    assert lines[4].endswith(": 12,345")
    assert "  2  Quel outil?" in lines
    assert (
        lines[-1] == "  @ana (Bluesky, https://exemple.social/@ana) — by Léa Tremblay and Sam Roy"
    )
