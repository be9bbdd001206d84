"""Generate the invented series: interview ``number`` is always the same, whatever the length.

    interview = thirty questions of the questionnaire, each in one of its wordings
                [ a question of its own ], follow-ups, lists, six recommendations, readings

The recommended accounts are drawn from an endless list by a shifted Pareto law, P(rank > r) = (1 +
r / 50) ** -0.6: some accounts are recommended by one interview in fifteen, and there are always new
ones. Every fourth account belongs to another interviewee.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random

import yaml

from benchmarks.words import below, choice, choices, filled, sentences, words

QUESTIONNAIRE = Path(__file__).parent / "questionnaire.yml"
LONGEST_SERIES = 50_000
"""Above this, portraits would have dates in the future."""
_FIRST_DAY = dt.date(1995, 1, 2)
_A_DAY = 5
"""Number of portraits published on one day."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was asked, and the answer in Markdown."""

    wording: str
    answer: str
    follow_ups: tuple[tuple[str, str], ...] = ()
    """(wording, answer)."""


@dataclass(frozen=True, slots=True)
class Interview:
    """One interview, independent of any generator's file format."""

    number: int
    name: str
    date: dt.date
    role: str
    organization: str
    tags: tuple[str, ...]
    interviewer: str
    summary: str
    quote: str
    """A sentence of an answer."""
    introduction: str
    asked: tuple[Asked, ...]
    recommended: tuple[str, ...]
    """Account and reason, as an editor types them."""
    readings: tuple[tuple[str, str], ...]
    """(title, address)."""
    surname: str = ""
    """A later addition to the name."""

    @property
    def full_name(self) -> str:
        return f"{self.name} {self.surname}".rstrip()

    @property
    def slug(self) -> str:
        return _slug(self.name)

    @property
    def handle(self) -> str:
        """The interviewee's own account, without ``@``."""
        return handle_of(self.number)


@cache
def questions() -> tuple[tuple[str, ...], ...]:
    """Return every wording of each question, in the questionnaire's order."""
    listed = yaml.safe_load(QUESTIONNAIRE.read_text(encoding="utf-8"))["questions"]
    return tuple((entry["fr"], *entry["variants"]["fr"]) for entry in listed)


def interview(number: int, addition: str = "", tag: str = "", surname: str = "") -> Interview:
    """Return interview ``number``, counted from 1, the oldest.

    ``addition`` is appended to its first answer, to simulate an edit. ``tag`` replaces its first
    tag, and ``surname`` is appended to its name; the file name does not change.
    """
    random = Random(f"portrait {number}")  # noqa: S311 - repeatable on purpose
    lists = words()
    kind, place = (
        choice(lists["organization_kinds"], random),
        choice(lists["organization_names"], random),
    )
    follow_ups = list(choices(lists["follow_ups"], len(lists["follow_ups"]), random))
    asked = [_asked(wordings, follow_ups, random) for wordings in questions()]
    if addition:
        asked[0] = replace(asked[0], answer=f"{asked[0].answer} {addition}")
    if number % 5 == 0:
        own = filled(choice(lists["own_questions"], random), random)
        asked.insert(8 + below(15, random), Asked(own, " ".join(sentences(3, random))))
    made = Interview(
        number=number,
        name=name_of(number),
        date=_FIRST_DAY + dt.timedelta(days=number // _A_DAY),
        role=choice(lists["roles"], random),
        organization=f"{kind} {place}",
        tags=tuple(sorted(choices(lists["tags"], 3, random))),
        interviewer=choice(lists["interviewers"], random),
        summary=sentences(1, random, "openings")[0],
        quote=_quotable(asked),
        introduction="\n\n".join(" ".join(sentences(3, random, "openings")) for _ in range(2)),
        asked=tuple(asked),
        recommended=_recommended(number, random),
        readings=tuple(
            (title, f"https://lectures.example/{_slug(title)}-{below(40, random)}")
            for title in choices(lists["readings"], 2, random)
        ),
    )
    if tag:
        made = replace(made, tags=(tag, *made.tags[1:]))
    return replace(made, surname=surname) if surname else made


def name_of(number: int) -> str:
    """Return a name that no other interviewee has."""
    first_names, last_names = words()["first_names"], words()["last_names"]
    size = len(last_names)
    plain = len(first_names) * size
    if number < plain:
        scattered = number * 1597 % plain
        return f"{first_names[scattered // size]} {last_names[scattered % size]}"
    scattered = number * 48271 % (plain * (size - 1))
    first, rest = divmod(scattered, size * (size - 1))
    last, distance = divmod(rest, size - 1)
    return f"{first_names[first]} {last_names[last]}-{last_names[(last + 1 + distance) % size]}"


def handle_of(number: int) -> str:
    """Return the account of interviewee ``number``."""
    return f"{_slug(name_of(number).split()[0])[:6]}_ex{number}"


def account_of(rank: int) -> str:
    """Return the account at a rank of the endless list, in a notation that people use."""
    turn, kind = divmod(rank, 4)
    match kind:
        case 0:
            return f"@{handle_of(turn + 1)}"
        case 1:
            return f"@dehors_ex{turn}"
        case 2:
            return f"@plume{turn}@fedivers{turn % 7}.example"
        case _:
            return f"[Le carnet no {turn}](https://carnet{turn}.example/)"


def _recommended(number: int, random: Random) -> tuple[str, ...]:
    accounts: dict[str, str] = {}
    while len(accounts) < 6:
        account = account_of(int(50 * ((1 - random.random()) ** (-1 / 0.6) - 1)))
        if account != f"@{handle_of(number)}" and account not in accounts:
            accounts[account] = filled(choice(words()["reasons"], random), random)
    return tuple(f"{account} {reason}" for account, reason in accounts.items())


def _asked(wordings: tuple[str, ...], unused: list[str], random: Random) -> Asked:
    """Return a question and its answer; a follow-up is taken from ``unused``."""
    answer = " ".join(sentences(2 + below(3, random), random))
    if random.random() < 0.25:
        answer += "\n\n" + " ".join(sentences(2, random))
    if random.random() < 0.1:
        answer += "\n\n" + "\n".join(
            f"- {doing}" for doing in choices(words()["doings"], 3, random)
        )
    follow_ups: tuple[tuple[str, str], ...] = ()
    if random.random() < 0.12 and unused:
        follow_ups = ((unused.pop(), " ".join(sentences(2, random))),)
    return Asked(choice(wordings, random), answer, follow_ups)


def _quotable(asked: list[Asked]) -> str:
    """Return the first sentence of plain text, from the tenth answer on."""
    for one in asked[10:]:
        sentence = one.answer.partition(". ")[0].removesuffix(".")
        if not set("*[@«\n:") & set(sentence):
            return sentence
    return ""


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return "".join(sign if sign.isalnum() else "-" for sign in plain)
