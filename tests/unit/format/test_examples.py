"""What forms, the guide, schemas and hints show as an example is what the code accepts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from portraits.importer.sections import follow_line
from portraits.model.accounts import account_from_handle, account_or_note
from portraits.model.networks import NETWORKS, network_named
from portraits.model.portrait import Account
from portraits.reader.front_matter.schema import KEYS, PHOTO_KEYS, Key
from portraits.support.catalogue import catalogue
from portraits.support.languages import LANGUAGES

from tests.unit.format.case_files import parsed

GUIDE = (Path(__file__).parents[3] / "docs" / "guide-de-redaction.md").read_text(encoding="utf-8")
REQUIRED = {"name": "Léa", "date": "2011-07-14", "photo": "{file: lea.jpg, alt: Léa}"}


def complaints(front: str, body: str = "## Un ?\n\nOn apprend en écoutant.\n") -> list[str]:
    """What is wrong with a portrait of this front matter."""
    return [str(one) for one in parsed(f"---\n{front}\n---\n\n{body}").problems]


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.name)
def test_the_example_of_a_key_is_right(key: Key) -> None:
    lines = {**REQUIRED, key.name: key.example}
    assert complaints("\n".join(f"{name}: {value}" for name, value in lines.items())) == []


def test_the_examples_of_a_photo_are_right() -> None:
    photo = "\n".join(f"  {key.name}: {key.example}" for key in PHOTO_KEYS)
    assert complaints(f"name: Léa\ndate: 2011-07-14\nphoto:\n{photo}") == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_form_shows_accounts_that_the_named_network_can_have(lang: str) -> None:
    lines = catalogue(lang).text("questionnaire.accounts_example").split("\n")
    found = {}
    for line in lines:
        label, value = follow_line(line)
        network = network_named(label)
        assert network is not None, line
        found[network.key] = account_or_note(network, value)
    assert isinstance(found["twitter"], Account)
    assert found["twitter"].network == "twitter"
    assert isinstance(found["facebook"], str)


def test_each_network_in_the_guide_takes_the_example_beside_it() -> None:
    table = GUIDE.partition("### Les réseaux")[2].partition("\n\nPartout")[0]
    shown = set()
    for row in re.findall(r"^\| (`.*?) \|.*\| `(.*?)` \|$", table, re.MULTILINE):
        for name in re.findall(r"`(\w+)`", row[0]):
            network = network_named(name)
            assert network is not None, name
            assert isinstance(account_or_note(network, row[1]), Account), row
            shown.add(network.key)
    assert shown == set(NETWORKS)


def test_the_accounts_in_the_guide_are_right() -> None:
    [block] = re.findall(r"### Les comptes\n\n```yaml\n(.*?)```", GUIDE, re.DOTALL)
    front = "\n".join(f"{name}: {value}" for name, value in REQUIRED.items())
    assert complaints(f"{front}\n{block}") == []


def test_the_handles_in_the_guide_are_of_the_networks_that_it_says() -> None:
    table = GUIDE.partition("### Les comptes dans le texte")[2].partition("\n\nUne adresse")[0]
    found = [
        (account.network if account else "", meaning)
        for handles, meaning in re.findall(r"^\| (`@.*?) \| (.*) \|$", table, re.MULTILINE)
        for handle in re.findall(r"`(@.*?)`", handles)
        for account in [account_from_handle(handle, "twitter")]
    ]
    assert [network for network, _ in found] == ["twitter", "mastodon", "bluesky", "bluesky"]
    assert all(network == "twitter" or network in meaning.casefold() for network, meaning in found)


def test_the_list_in_the_guide_has_an_account_on_each_line() -> None:
    lists = re.findall(r"```markdown\n((?:## #FF.*?)?(?:- )?@.*?)```", GUIDE, re.DOTALL)
    lists += re.findall(r"```markdown\n(## #FF.*?)```", GUIDE, re.DOTALL)
    assert lists
    front = "\n".join(f"{name}: {value}" for name, value in REQUIRED.items())
    for text in lists:
        body = text if text.startswith("##") else f"## #FF\n\n{text}"
        assert complaints(front, f"{body}\n\n## Un ?\n\nOui.\n") == []
