"""A verb and its pronoun stay on one line."""

from __future__ import annotations

import pytest
from markupsafe import Markup
from portraits.typography.inversion import together


def kept(words: str) -> str:
    return f'<span class="together">{words}</span>'


@pytest.mark.parametrize(
    ("wording", "shown"),
    [
        ("Comment as-tu commencé?", f"Comment {kept('as-tu')} commencé?"),
        ("Quelle qualité faut-il avoir?", f"Quelle qualité {kept('faut-il')} avoir?"),
        ("De quoi parle-t-on ici?", f"De quoi {kept('parle-t-on')} ici?"),
        ("Qu’en penses-tu?", f"Qu’en {kept('penses-tu')}?"),
        ("Un rendez-vous manqué?", f"Un {kept('rendez-vous')} manqué?"),
        ("Ton porte-bonheur?", "Ton porte-bonheur?"),
        ("Une journée ordinaire?", "Une journée ordinaire?"),
        ("Que fais-tu en R&D?", f"Que {kept('fais-tu')} en R&amp;D?"),
    ],
)
def test_a_verb_and_its_pronoun_are_kept_together(wording: str, shown: str) -> None:
    assert together(wording) == shown


def test_a_wording_with_markup_is_left_as_it_is() -> None:
    wording = Markup('Que fais-<a href="/x-tu">tu</a>?')
    assert together(wording) == wording
