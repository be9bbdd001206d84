"""What is known of people, ``people.yml``: what the file gives, and what is wrong with it."""

from __future__ import annotations

import pytest
from portraits.reader.people import read_people

GOOD = """\
people:
  - name: Zoé Gagnon
    portrait: zoe-gagnon.md
    accounts:
      - "@zoe@mstdn.example"
      - account: https://twitter.com/ZoeGagnon?s=20
        since: 2009
        until: 2022
        archived: https://web.archive.org/web/2022/https://twitter.com/zoegagnon
  - name: Le bibliobus
    accounts: ["@bibliobus"]
"""
START = "people:\n  - name: Zoé\n    accounts:\n"


def said(text: str) -> list[tuple[int, str]]:
    _, problems = read_people(
        "content/people.yml", text.encode(), folder="portraits", network="twitter"
    )
    return [(problem.line, problem.code) for problem in problems]


def test_people_are_read_with_their_accounts_and_years() -> None:
    (zoe, bus), problems = read_people(
        "content/people.yml", GOOD.encode(), folder="portraits", network="twitter"
    )
    assert problems == ()
    assert (zoe.id, zoe.name, zoe.portrait) == (
        "zoe-gagnon",
        "Zoé Gagnon",
        "portraits/zoe-gagnon.md",
    )
    assert [one.account.key for one in zoe.accounts] == [
        "mastodon:zoe@mstdn.example",
        "twitter:zoegagnon",
    ]
    _, twitter = zoe.accounts
    assert (twitter.since, twitter.until, twitter.line) == ("2009", "2022", 6)
    assert twitter.archived.startswith("https://web.archive.org/")
    assert [one.account.key for one in bus.accounts] == ["twitter:bibliobus"]


@pytest.mark.parametrize("named", ["zoe", "zoe.md", "portraits/zoe.md"])
def test_a_portrait_is_named_by_its_file(named: str) -> None:
    text = f"people:\n  - name: Z\n    portrait: {named}\n    accounts: [a.example]\n"
    (zoe,), _ = read_people("x", text.encode(), folder="portraits", network="twitter")
    assert zoe.portrait == "portraits/zoe.md"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", []),
        ("# rien encore\n", []),
        ("people: []\n", []),
        ("personnes: []\n", [(1, "no-people")]),
        ("people: Zoé\n", [(1, "no-people")]),
        ("people: []\nplus: []\n", [(2, "unknown-key")]),
        ("people:\n  - Zoé\n", [(2, "wrong-type")]),
        ("people:\n  - accounts: []\n", [(2, "missing-key")]),
        ('people:\n  - name: ""\n    accounts: []\n', [(2, "missing-key")]),
        ("people:\n  - name: [a]\n    accounts: []\n", [(2, "wrong-type")]),
        ("people:\n  - name: Zoé\n", [(2, "missing-key")]),
        ("people:\n  - nom: Zoé\n    accounts: []\n", [(2, "missing-key"), (2, "unknown-key")]),
        (f'{START}      - "@é!"\n', [(4, "no-account")]),
        (f"{START}      - ftp://zoe.example\n", [(4, "no-account")]),
        (f"{START}      - since: 2020\n", [(4, "missing-key")]),
        (f'{START}      - account: "@zoe"\n        since: l’an dernier\n', [(5, "bad-year")]),
        (f'{START}      - account: "@zoe"\n        depuis: 2011\n', [(5, "unknown-key")]),
        (
            f'{START}      - account: "@zoe"\n        since: 2012\n        until: 2011\n',
            [(4, "years-reversed")],
        ),
        (f'{START}      - account: "@zoe"\n        archived: ici\n', [(5, "bad-url")]),
        (f'{START}      - "@zoe"\n      - https://twitter.com/zoe\n', [(5, "same-account-twice")]),
        (
            f'{START}      - "@zoe"\n  - name: ZOÉ\n    accounts: ["@bob"]\n',
            [(5, "same-person-twice")],
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, problems: list[tuple[int, str]]) -> None:
    assert said(text) == problems
