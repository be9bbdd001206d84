"""Join each sound of an answer with its transcript.

    sound = "![caption](file)" blank line [transcript]

A sound stands alone in its paragraph, as a picture does; the transcript that follows
(:mod:`portraits.reader.asides`) is for those who do not hear it, and both become one figure.
Its address is filled in later, like that of a picture (:mod:`portraits.reader.markdown.linking`).
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from portraits.reader.asides import TRANSCRIPT
from portraits.reader.markdown.document import Document
from portraits.support.messages import msg
from portraits.support.picture_paths import is_sound
from portraits.support.problems import ProblemCollector


def join_sounds(document: Document, report: ProblemCollector) -> None:
    """Make a figure of each sound of ``document`` and its transcript.

    Problems go to ``report``: a transcript without a sound and a sound within a text are errors, a
    sound without a transcript is a warning.
    """
    root, blocks = document.root, list(document.root)
    alone: set[ET.Element] = set()
    for number, block in enumerate(blocks):
        before = blocks[number - 1] if number else None
        after = blocks[number + 1] if number + 1 < len(blocks) else None
        if _is_transcript(block) and (before is None or _sound_alone(before) is None):
            report.error(
                _line(document, block),
                "transcript-without-sound",
                msg("sounds.transcript_without_sound"),
                msg("sounds.transcript_without_sound_hint"),
            )
        if (sound := _sound_alone(block)) is None:
            continue
        alone.add(sound)
        figure = ET.Element("figure", {"class": "sound"})
        root[list(root).index(block)] = figure
        figure.append(block)
        if after is not None and _is_transcript(after):
            root.remove(after)
            figure.append(after)
        else:
            report.warn(
                _line(document, block),
                "sound-without-transcript",
                msg("sounds.without_transcript"),
                msg("sounds.without_transcript_hint"),
            )
    for block, numbers in document.lines.items():
        for picture in block.iter("img"):
            if is_sound(picture.get("src") or "") and picture not in alone:
                report.error(
                    numbers[0],
                    "sound-out-of-place",
                    msg("sounds.out_of_place"),
                    msg("sounds.out_of_place_hint"),
                )


def _is_transcript(block: ET.Element) -> bool:
    return block.tag == "details" and block.get("class") == TRANSCRIPT


def _sound_alone(block: ET.Element) -> ET.Element | None:
    """Return the sound that is all that the paragraph ``block`` holds; None if there is none."""
    if block.tag != "p" or len(block) != 1 or (block.text or "").strip():
        return None
    [one] = block
    found = one.tag == "img" and is_sound((one.get("src") or "").strip())
    return one if found and not (one.tail or "").strip() else None


def _line(document: Document, block: ET.Element) -> int:
    return min(number for each in block.iter() for number in document.lines.get(each, ()))
