"""Nothing in a tree of HTML is lost in silence, and no tree is refused."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from portraits.importer.accounting.balance import published
from portraits.importer.transcript import words_of

from tests.unit.importer.html_trees import PAGES
from tests.unit.importer.shapes import imported_from

_WORD = re.compile(r"(?:mot|alt|choix|zone|lecture|bouton)\d+z")


@given(PAGES)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_tree_loses_nothing_but_the_stroke_through_a_block_of_code(page: str) -> None:
    result = imported_from("page.html", page.encode())
    said = " ".join([*published(result.text).words, *words_of(result.report.kept_text)])
    assert [word for word in _WORD.findall(page) if word not in said] == []
    losses = result.accounting.losses
    assert [loss for loss in losses if not (loss.what == "trait" and "<pre" in page)] == []
