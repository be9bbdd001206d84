"""Apply typographic rules to a line of text until it no longer changes.

    edit  = (start, end, new): text[start:end] becomes new
    rule  = a function from a text to its edits, sorted, without overlap
    line  = the text of one paragraph, heading or cell; cuts are the offsets where one
            text node ends and the next begins, and are updated with every edit

A line is settled when a whole pass changes nothing. ``settle`` repeats the pass until then; a
text that does not settle is left as typed. Either way the result is idempotent for every input.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from portraits.typography.protected import PROTECTED, Protected, hide, reveal

Edit = tuple[int, int, str]
Edits = list[Edit]
Cuts = Sequence[int]

_PASSES = 4
"""Maximum number of passes. Real text needs two: one that edits, one that changes nothing."""

_DIGIT = re.compile("[0-9]")


@dataclass(frozen=True, slots=True)
class Rule:
    """One typographic rule."""

    name: str
    source: str
    """The rule and its source: the docstring of its function."""
    triggers: frozenset[str]
    """The rule applies only to a text that contains one of these strings; ``0`` stands for a
    number (:attr:`RuleSet.number`)."""
    edits: Callable[[str], Edits]
    is_due: Callable[[str], object] = bool
    """A cheap test of whether a text with a trigger may need an edit, for triggers that are
    frequent or remain in typeset text. Most passes have nothing to do and stop here."""


@dataclass(frozen=True, slots=True, eq=False)
class RuleSet:
    """The rules of one variant of a language, in the order in which they run."""

    rules: tuple[Rule, ...]
    signs: tuple[str, ...]
    """The triggers of all rules except ``0``, and the signs of protected tokens."""
    number: re.Pattern[str]
    """Matches the numbers that rules may edit."""

    @classmethod
    def of(cls, *rules: Rule, number: re.Pattern[str] = _DIGIT) -> RuleSet:
        """Build a rule set of ``rules``, collecting their triggers."""
        signs = frozenset().union(
            *(each.triggers for each in rules), *(kind.signs for kind in PROTECTED)
        ) - {"0"}
        return cls(rules, tuple(sorted(signs)), number)

    def triggered(self, text: str) -> tuple[tuple[Rule, ...], tuple[Protected, ...]]:
        """Return the rules triggered by ``text``, and the kinds of tokens it may contain."""
        found = [sign for sign in self.signs if sign in text]
        if self.number.search(text):
            found.append("0")
        return _triggered(self, tuple(found))


@lru_cache(maxsize=4096)
def _triggered(
    variant: RuleSet, signs: tuple[str, ...]
) -> tuple[tuple[Rule, ...], tuple[Protected, ...]]:
    return (
        tuple(each for each in variant.rules if not each.triggers.isdisjoint(signs)),
        tuple(kind for kind in PROTECTED if not set(kind.signs).isdisjoint(signs)),
    )


def rule(*triggers: str, glance: str = "") -> Callable[[Callable[[str], Edits]], Rule]:
    """Decorate a function to make it a rule; its docstring becomes the rule's source.

    ``glance`` is a regular expression that matches every text in which the rule has an edit.
    """

    def named(function: Callable[[str], Edits]) -> Rule:
        return Rule(
            function.__name__,
            function.__doc__ or "",
            frozenset(triggers),
            function,
            re.compile(glance).search if glance else bool,
        )

    return named


def every(pattern: re.Pattern[str], new: str, text: str) -> Edits:
    """Return the edits that replace each match of ``pattern`` by ``new``."""
    return [(m.start(), m.end(), new) for m in pattern.finditer(text) if m.group() != new]


def settle(text: str, variant: RuleSet, cuts: Cuts = ()) -> tuple[str, Cuts]:
    """Apply ``variant`` to ``text`` until it settles; return the text and its moved cuts."""
    settled, moved = text, cuts
    for _ in range(_PASSES):
        before = settled
        settled, moved = _one_pass(before, variant, moved)
        if settled == before:
            return settled, moved
    return text, cuts


def _one_pass(text: str, variant: RuleSet, cuts: Cuts) -> tuple[str, Cuts]:
    shown = ""
    edited = text
    rules, protected = variant.triggered(text)
    for each in rules:
        if not each.is_due(edited):
            continue
        if not shown:  # hide tokens only once a rule is due: most passes never get here
            edited = shown = hide(text, protected)
        if edits := each.edits(edited):
            edited = _apply(edited, edits)
            cuts = _move(cuts, edits) if cuts else cuts
    return (reveal(edited, shown, text), cuts) if shown else (text, cuts)


def _apply(text: str, edits: Edits) -> str:
    parts: list[str] = []
    position = 0
    for start, end, new in edits:
        parts += (text[position:start], new)
        position = end
    parts.append(text[position:])
    return "".join(parts)


def _move(cuts: Cuts, edits: Edits) -> Cuts:
    """Return the positions of ``cuts`` after ``edits``. Text inserted at a cut belongs to the
    node after it: the space before a colon goes with the colon."""
    moved = []
    shift = number = 0
    for cut in cuts:
        while number < len(edits) and edits[number][0] < cut and edits[number][1] <= cut:
            start, end, new = edits[number]
            shift += len(new) - (end - start)
            number += 1
        position = cut + shift
        if number < len(edits) and edits[number][0] < cut:
            start, _, new = edits[number]
            position = start + shift + min(cut - start, len(new))
        moved.append(position)
    return moved
