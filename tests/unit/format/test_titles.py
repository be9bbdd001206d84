"""What a pattern of the settings makes of a portrait's name, role and organisation."""

from __future__ import annotations

import pytest
from portraits.model.titles import is_pattern, title_of
from portraits.settings import Settings
from portraits.support.catalogue import catalogue

from tests.unit.format.case_files import parsed


@pytest.mark.parametrize(
    ("pattern", "role", "organization", "title"),
    [
        ("{name}, {role}", "dev", "", "Ada, dev"),
        ("{name}, {role}", "", "", "Ada"),
        ("{name}, {role} ({organization})", "dev", "", "Ada, dev"),
        ("{name}, {role} ({organization})", "", "evenko", "Ada (evenko)"),
        ("{name}, {role} ({organization}).", "", "", "Ada."),
        ("{name} « {organization} », {role}", "dev", "", "Ada, dev"),
        ("{name}, {role} chez {organization}", "dev", "", "Ada, dev"),
        ("{role} : {name}", "", "", "Ada"),
        ("({role}) {name}", "", "", "Ada"),
        ("{organization}, {role} : {name}", "", "", "Ada"),
        ("{organization}, {role} : {name}", "", "evenko", "evenko : Ada"),
        ("Portrait de {name}", "", "", "Portrait d’Ada"),
        ("{role} de {organization}", "dev", "Évolution", "dev d’Évolution"),
        ("{role}", "", "", "Ada"),
        ("Série d’été", "", "", "Série d’été"),
        ("{{{name}}}", "", "", "{Ada}"),
    ],
)
def test_an_empty_field_leaves_no_punctuation_behind(
    pattern: str, role: str, organization: str, title: str
) -> None:
    values = {"name": "Ada", "role": role, "organization": organization}
    assert title_of(pattern, values, catalogue("fr").writing.elisions) == title


@pytest.mark.parametrize(
    "text", ["{nom}", "{name!r}", "{name:>9}", "{name.upper}", "{", "{0}", "{}"]
)
def test_only_the_three_fields_stand_in_braces(text: str) -> None:
    assert not is_pattern(text)


def test_a_portrait_without_a_title_gets_that_of_the_settings() -> None:
    file = "---\nname: Ada\ndate: 2011-07-14\n---\n## Un ?\nOui.\n"
    portrait = parsed(file, settings=Settings(title="{name}, {role}")).portrait
    assert portrait is not None
    assert portrait.title == "Ada"


def test_two_hashes_in_front_matter_are_a_comment() -> None:
    file = "---\nname: Ada\n## Le jour\ndate: 2011-07-14\n---\n## Un ?\nOui.\n"
    assert parsed(file).portrait is not None
