"""Give back the bold that a program wrote with asterisks in the text of a message.

    bold = "*" words "*"         where the HTML of the same message has these words in bold

Gmail writes it so. Asterisks around other words were typed, and stay. A question has no bold of its
own, so that there only the asterisks go.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from portraits.importer.transcript import Block, Kind, Style
from portraits.reader.escaping import marks_escaped


def with_bold(blocks: Iterable[Block], bold: Collection[str]) -> Iterator[Block]:
    """Yield ``blocks`` with the words ``bold`` in bold where they stand between asterisks."""
    longest = sorted(set(bold), key=lambda words: (-len(words), words))
    for block in blocks:
        yield _restored(block, longest) if "*" in block.text else block


def _restored(block: Block, bold: Iterable[str]) -> Block:
    text, markdown = block.text, block.markdown
    for words in bold:
        if f"*{words}*" not in text:
            continue
        asked = block.style is Style.ASKED or block.kind is Kind.QUESTION
        inner = marks_escaped(words)
        text = text.replace(f"*{words}*", words)
        starred = marks_escaped(f"*{words}*")
        markdown = markdown.replace(starred, inner if asked else f"**{inner}**")
    return replace(block, text=text, markdown=markdown)
