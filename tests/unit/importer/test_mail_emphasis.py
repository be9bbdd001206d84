"""Bold that a program wrote with asterisks is bold again; asterisks that were typed stay."""

from __future__ import annotations

from tests.unit.importer.returns import message
from tests.unit.importer.shapes import Imported, imported_from

TEXT = (
    "> *Quel est ton outil préféré?*\n\nLe *tampon encreur*, 2 * 3 *fois*.\n\n"
    "> *Où vas-tu si tard?*\n\n*Loin* d’ici.\n"
)


def imported_with(page: str) -> Imported:
    return imported_from("m.eml", message(TEXT, page))


def test_words_that_the_html_has_in_bold_are_bold_without_asterisks() -> None:
    result = imported_with(
        "<p><b>Quel est ton outil préféré?</b></p><strong>tampon\nencreur</strong><b>Loin</b>"
        "<b>Où vas-tu si tard?</b>"
    )
    assert "Le **tampon encreur**, 2 * 3 \\*fois\\*." in result.text
    assert "## Quel est ton outil préféré? {#outil}\n" in result.text
    assert "## Où vas-tu si tard?\n\n**Loin** d’ici.\n" in result.text
    assert result.accounting.missing == ()


def test_asterisks_that_were_typed_stay() -> None:
    assert "Le \\*tampon encreur\\*" in imported_with("<p>Le *tampon encreur*</p>").text
