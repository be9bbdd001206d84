"""What a source lets one suppose of the person: each a proposal, with its line.

    role           « Zoé Roy, apicultrice chez Miel et Cie » in a title
    organization   the same; « je suis relieuse chez Miel et Cie » in an answer
    manages        the handles under « Pour quel compte … »

Nothing of it is written as a value: the editor reads the line and decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portraits.importer.sections import network_of
from portraits.importer.transcript import Block, Facts, Kind
from portraits.model.accounts import account_from_handle, account_on
from portraits.model.networks import Network
from portraits.settings import Settings
from portraits.support.transliteration import unaccented

_AT = r"(?:chez|pour|at|for|bei|en|presso|bij|@|à|au)"
_PLACE = r"(?:(?:l[ae’']|les?|the)\s?)?[^\W\d_a-zà-ÿ][^,.;:!?()|–—]{1,60}"
_ROLE = re.compile(
    rf"\s*,\s*(?P<role>[a-zà-ÿ][^,.;:!?()|–—«»]{{2,60}}?)"
    rf"(?:\s+{_AT}\s+(?P<place>{_PLACE}))?\s*(?:[,.;:!?()|–—«»]|$)"
)
_I_AM = re.compile(
    r"\b(?i:je suis|je travaille comme|i am|i[’']m)\s+(?:une?\s|an?\s|la\s|le\s|the\s)?"
    rf"(?P<role>[a-zà-ÿ][^,.;:!?()]{{2,50}}?)\s+(?:chez|pour|at|for)\s+(?P<place>{_PLACE})"
)
_OF_A_ROLE = re.compile(
    r"portraits? d(?:e\s+|u\s+|[’'])(?P<role>[^:|–—]{3,60}?)\s*[:|–—]\s*$", re.IGNORECASE
)
_WHICH = r"(?:quels?|quelles?|which|what)\s(?:\w+\s?[/,]?\s?){0,3}?"
_ACCOUNTS = re.compile(
    rf"\b(?:pour|for|de)\s{_WHICH}(?:comptes?|pages?|marques?|accounts?|brands?)\b|"
    rf"\b{_WHICH}(?:comptes?|pages?|accounts?)\s(?:\w+[ -]){{0,3}}?"
    r"(?:geres|gerez|animes|animez|administre[sz]|manage|run|handle)\b"
)
_HANDLE = re.compile(r"(?<![\w.@])@(?P<handle>\w[\w.]*\w(?:@[\w.-]+\w)?)")
_NETWORK = re.compile(r"\b(?:sur|on)\s+(?P<on>\w+)|(?P<label>\w+)\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A key of the front matter that the source lets one suppose."""

    line: int
    """1-based line in the source; 0 for its title."""
    text: str
    """What stands there."""
    yaml: str
    """The line to write if it is right."""


def proposals(facts: Facts, blocks: Sequence[Block], settings: Settings) -> Iterator[Proposal]:
    """What may be written of the person, in the order of the front matter."""
    role, place, line, text = _work(facts, blocks)
    if role and not facts.role:
        yield Proposal(line, text, f"role: {role}")
    if place and not facts.organization:
        yield Proposal(line, text, f"organization: {place}")
    for block, accounts in _managed(blocks, settings):
        listed = ", ".join(f"{{{network}: {handle}}}" for network, handle in accounts)
        yield Proposal(block.first, block.text, f"manages: [{listed}]")


def _work(facts: Facts, blocks: Sequence[Block]) -> tuple[str, str, int, str]:
    """(role, organisation, line, text) as a title or an answer gives them."""
    titles = [(0, facts.title)] if facts.title else []
    titles += [(block.first, block.text) for block in blocks if block.kind is Kind.TITLE]
    for line, title in titles:
        before, _, rest = title.partition(facts.name) if facts.name else ("", "", "")
        if before and rest == "" and (role := _OF_A_ROLE.search(before)):
            return role["role"], "", line, title
        if found := _ROLE.match(rest):
            return found["role"].strip(), (found["place"] or "").strip(), line, title
    for block in blocks:
        if block.kind is Kind.ANSWER and (found := _I_AM.search(block.text)):
            return found["role"].strip(), found["place"].strip(), block.first, block.text
    return "", "", 0, ""


def _managed(
    blocks: Sequence[Block], settings: Settings
) -> Iterator[tuple[Block, list[tuple[str, str]]]]:
    """(block, [(network, handle)]) of the accounts in the answer to « Pour quel compte … »."""
    answering, seen = False, set[tuple[str, str]]()
    for block in blocks:
        if block.kind in (Kind.QUESTION, Kind.FOLLOW_UP):
            answering = _ACCOUNTS.search(unaccented(block.text)) is not None
        elif block.kind is not Kind.ANSWER:
            continue
        elif answering:
            accounts: list[tuple[str, str]] = []
            for found in _HANDLE.finditer(block.text):
                named = _network_around(block.text, found)
                account = (
                    account_on(named, found["handle"])
                    if named
                    else account_from_handle(found["handle"], settings.default_network)
                )
                if account is None:
                    continue
                if (key := (account.network, account.handle)) not in seen:
                    seen.add(key)
                    accounts.append(key)
            if accounts:
                yield block, accounts


def _network_around(text: str, handle: re.Match[str]) -> Network | None:
    """The network named right after the handle (« @a sur Twitter »), or last before it."""
    sentence = re.split(r"[.;\n]", text[handle.end() :], maxsplit=1)[0]
    after = re.match(r"\s*,?\s*(?:sur|on)\s+(\w+)", sentence)
    names = [after[1]] if after else []
    before = [found["on"] or found["label"] for found in _NETWORK.finditer(text[: handle.start()])]
    for name in [*names, *reversed(before)]:
        if network := network_of(name):
            return network
    return None
