"""The parts of a page that are not questions and answers: how each begins, and its lines.

    follow  = « Pour suivre … » ( network ":" handle-or-note )*
    reading = one of the series' reading headings, titles
    #FF     = heading with « #FF », ( "@handle" reason | link reason )*
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from portraits.importer.furniture import opens_follow_lines
from portraits.importer.transcript import Block
from portraits.model.networks import Network, network_named
from portraits.reader.questionnaire import normalised
from portraits.settings import Settings
from portraits.support.problems import unaccented

_LABELLED = re.compile(r"(?P<label>[^:：@]{1,30}?)\s*[:：]\s*(?P<value>\S.*)$")
_BARE = re.compile(r"@[\w.@-]+|https?://\S+")
_ENTRY = re.compile(r"(?:[-–—•·*]\s*)?(?:@\w|\[[^\]]+\]\(|<?https?://)")
_WORDS = {
    "fb": "facebook", "page facebook": "facebook", "compte facebook": "facebook",
    "compte twitter": "twitter", "fil twitter": "twitter", "insta": "instagram",
    "site web": "web", "site internet": "web", "site personnel": "web", "website": "web",
    "son blogue": "web", "mon blogue": "web", "blog": "web", "blogue": "web", "url": "web",
    "linked in": "linkedin", "youtube": "youtube", "you tube": "youtube", "x twitter": "twitter",
}


def network_of(label: str) -> Network | None:
    """The network that people call ``label``, or None."""
    plain = re.sub(r"[^\w]+", " ", unaccented(label)).strip()
    return network_named(_WORDS.get(plain, plain))


def follow_line(text: str) -> tuple[str, str]:
    """(label, value) of a line such as « Twitter : @lea »; the label may be empty."""
    text = text.strip().lstrip("-–—•·* ")
    if _BARE.fullmatch(text):
        return "", text
    found = _LABELLED.match(text)
    return (found["label"].strip("*_ "), found["value"].strip("*_ ")) if found else ("", "")


def is_follow_line(text: str) -> bool:
    label, value = follow_line(text)
    return bool(value) and (not label or network_of(label) is not None)


def opens_follow(text: str, following: Block | None) -> bool:
    """Whether ``text`` heads the person's accounts, which the next block must show."""
    return bool(following) and opens_follow_lines(text) and is_follow_line(
        following.text if following else "")


def opens_reading(text: str, settings: Settings) -> bool:
    """Whether ``text`` is one of the headings of the series' reading lists."""
    return normalised(text) in {normalised(heading) for heading in settings.reading_headings}


def is_entry(block: Block) -> bool:
    """Whether a block of a #FF list begins with an account."""
    return bool(_ENTRY.match(block.markdown.lstrip("\\")) or _ENTRY.match(block.text))


def asks_whom_to_follow(text: str, following: Sequence[Block]) -> bool:
    """Whether a question is a #FF list's, though it does not say so: accounts follow it."""
    return (len(following) == 2 and all(is_entry(block) for block in following)
            and bool(re.search(r"suiv|suis\b|follow|compte|account", unaccented(text))))


def is_title(block: Block) -> bool:
    """Whether the first block of a source reads as a title: short, and no sentence."""
    text = block.text.strip()
    return len(text.split()) <= 20 and not text.endswith((".", "?", "!", ",", ":"))
