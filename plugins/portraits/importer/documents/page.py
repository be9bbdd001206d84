"""From a document that was made HTML to its transcript.

The words to account for are counted on the document itself, not on the HTML that a library made
of it: a word that the library passed over is a loss like any other, and told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from portraits.importer.accounting.pieces import Piece
from portraits.importer.html import page
from portraits.importer.photo import AttachedImage, chosen_photo
from portraits.importer.transcript import Block, Kind, Transcript, words_of
from portraits.support.messages import msg

PARAGRAPHS = "import_documents.paragraphs"
TITLE = '<h1 class="document-title">'
_HEADING = re.compile(r"<(/?)h([1-5])>")
_ENDS = re.compile(r"(</(?:p|h[1-6]|tr)>)")


@dataclass(frozen=True, slots=True)
class WordProcessed:
    """What a document says."""

    html: str
    words: tuple[str, ...] = ()
    """Words of the text, counted on the document itself; none where the HTML is ours."""
    aside: tuple[Block, ...] = ()
    """Comments, headers and footers."""
    images: tuple[AttachedImage, ...] = ()
    notices: tuple[str, ...] = ()


def transcript(source: str, document: WordProcessed) -> Transcript:
    """Return the transcript of a document. Raises ImportRefused for one without text."""
    text = _ENDS.sub(r"\1\n", document.html)
    read = page.transcript(source, text, (msg(PARAGRAPHS), *document.notices))
    photo, told = chosen_photo(document.images)
    around = (*document.aside, *told)
    added = [word for block in around for word in words_of(block.text)]
    shown = Counter(page.words_in(read.pieces))
    added += (Counter(document.words) - shown).elements()
    return replace(
        read,
        blocks=(*around, *read.blocks),
        words=(*added, *read.words),
        pieces=(*(Piece(word, 0) for word in added), *read.pieces),
        photo=photo,
    )


def below_title(html: str) -> str:
    """Put the headings of ``html`` below the title, where the document has one (``TITLE``).

    Word and LibreOffice have a style for the title, beside those of the headings of each level.
    """
    if TITLE not in html:
        return html
    before, _, rest = html.partition(TITLE)
    title, _, after = rest.partition("</h1>")
    return f"{_lowered(before)}<h1>{title}</h1>{_lowered(after)}"


def _lowered(html: str) -> str:
    return _HEADING.sub(lambda found: f"<{found[1]}h{int(found[2]) + 1}>", html)


def aside(texts: Sequence[str], why: str, kind: Kind = Kind.BOILERPLATE) -> list[Block]:
    """Blocks for the report of ``texts`` that stand beside the text; ``why`` is a message."""
    return [Block(0, 0, text, "", kind, why=why) for text in texts if text.strip()]
