"""A build upon the last one gives the same bytes as a build from nothing, whatever happened
in between."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from portraits.build import build, read_settings
from portraits.options import options_from
from portraits.problems import SourceRefused
from portraits.publication import Report

from tests.conftest import DAY, ROOT
from tests.site.test_builds import tree

pytestmark = pytest.mark.site

PORTRAIT = """---
name: {name}
date: {date}
tags: [{tags}]
status: {status}
accounts: {{twitter: {handle}}}
---

Une introduction pour {name}.

## Comment as-tu commencé ?

{answer}

## Quel conseil donnes-tu ?

Lire, puis {answer}

## #FF Qui suivre ?

{follows}
"""


class Desk:
    """A series under work: a content folder, a theme and the settings, all of them changing."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder, self.chance = folder, chance
        self.content, self.theme = folder / "content", folder / "theme"
        shutil.copytree(ROOT / "tests/cases/small-site", self.content)
        shutil.copytree(ROOT / "theme", self.theme)
        self.page_size = 12
        for _ in range(6):
            self.add()

    @property
    def files(self) -> list[Path]:
        """The invented portraits; those of the small site link to one another and stay."""
        return sorted(self.content.glob("portraits/p*.md"))

    def add(self) -> None:
        number = self.chance.randrange(1000)
        self._write(self.content / f"portraits/p{number:03}.md")

    def _write(self, path: Path) -> None:
        chance = self.chance
        number = int(path.stem[1:])
        follows = {f"compte{chance.randrange(6)}" for _ in range(3)}
        follows |= {f"p{chance.randrange(1000)}"}
        path.write_text(PORTRAIT.format(
            name=f"Personne {number}", handle=f"p{number}",
            date=f"20{chance.randrange(11, 14)}-0{chance.randrange(1, 9)}-1{chance.randrange(9)}",
            tags=", ".join(sorted(chance.sample(["musique", "radio", "ville", "livre"], 2))),
            status=chance.choice(["published"] * 5 + ["draft", "hidden"]),
            answer=f"répondre {chance.randrange(9)}.",
            follows="\n".join(f"- @{name} : pour {chance.randrange(5)}"
                              for name in sorted(follows))), encoding="utf-8")

    def edit(self) -> None:
        self._write(self.chance.choice(self.files))

    def edit_answer(self) -> None:
        path = self.chance.choice(self.files)
        path.write_text(path.read_text(encoding="utf-8").replace("répondre", "écouter encore"),
                        encoding="utf-8")

    def delete(self) -> None:
        self.chance.choice(self.files).unlink()

    def rename(self) -> None:
        path = self.chance.choice(self.files)
        path.rename(path.with_name(f"p{self.chance.randrange(1000):03}.md"))

    def change_template(self) -> None:
        path = self.theme / "templates/components/card.html"
        path.write_text(path.read_text(encoding="utf-8").replace(
            'class="card ', f'class="card essai-{self.chance.randrange(99)} '), encoding="utf-8")

    def change_style(self) -> None:
        with (self.theme / "static/css/base.css").open("a") as sheet:
            sheet.write(f"\n/* {self.chance.randrange(99)} */\n")

    def change_setting(self) -> None:
        self.page_size = self.chance.choice([2, 3, 5, 12])

    def change_questionnaire(self) -> None:
        path = self.content / "questionnaire.yml"
        path.write_text(path.read_text(encoding="utf-8").replace(
            "Quel conseil donnes-tu?", "Quel conseil as-tu?\n    # était autrement"),
            encoding="utf-8")

    def edit_page(self) -> None:
        with (self.content / "pages/a-propos.md").open("a") as page:
            page.write("\nEncore une ligne.\n")

    def damage_output(self, output: Path) -> None:
        pages = sorted(output.rglob("*.html"))
        self.chance.choice(pages).unlink()
        self.chance.choice([page for page in pages if page.exists()]).write_text("abîmé")

    def build(self, output: Path, cache: Path) -> Report:
        settings = self.folder / "conf.py"
        settings.write_text(
            f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\n"
            "PORTRAITS = {**PORTRAITS, 'search': False, 'pictures': False, 'feed_size': 3,\n"
            f"             'page_size': {self.page_size}}}\n"
            f"PATH = {str(self.content)!r}\nTHEME = {str(self.theme)!r}\n"
            f"CACHE_PATH = {str(cache)!r}\nOUTPUT_PATH = {str(output)!r}\n", encoding="utf-8")
        values = read_settings(settings)
        return build(values, options_from(values, now=DAY, processes=1, durable=False))


STEPS: tuple[Callable[[Desk], None], ...] = (
    Desk.add, Desk.edit, Desk.edit, Desk.edit_answer, Desk.delete, Desk.rename,
    Desk.change_template, Desk.change_style, Desk.change_setting, Desk.change_questionnaire,
    Desk.edit_page)


@pytest.mark.parametrize("seed", range(4))
def test_any_history_ends_in_the_tree_that_a_build_from_nothing_gives(
    tmp_path: Path, seed: int
) -> None:
    desk = Desk(tmp_path / "desk", random.Random(seed))
    output, cache = tmp_path / "grown", tmp_path / "cache"
    desk.build(output, cache)
    for step in range(7):
        for _ in range(desk.chance.choice([1, 1, 2])):
            desk.chance.choice(STEPS)(desk)
        if desk.chance.random() < 0.3:
            desk.damage_output(output)
        try:
            desk.build(output, cache)
        except SourceRefused:
            continue  # a random rename can make two portraits claim one address: rightly refused
        fresh = tmp_path / f"fresh{step}"
        desk.build(fresh, tmp_path / f"cache{step}")
        grown, wanted = tree(output), tree(fresh)
        assert grown.keys() == wanted.keys()
        assert [path for path in wanted if grown[path] != wanted[path]] == []
        shutil.rmtree(fresh)


def test_nothing_is_written_when_nothing_changed(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk", random.Random(9))
    desk.build(tmp_path / "out", tmp_path / "cache")
    again = desk.build(tmp_path / "out", tmp_path / "cache")
    assert (again.written, again.removed) == ((), ())
    assert again.release == 1


def test_a_lost_cache_costs_time_and_nothing_else(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk", random.Random(10))
    desk.build(tmp_path / "out", tmp_path / "cache")
    shutil.rmtree(tmp_path / "cache")
    again = desk.build(tmp_path / "out", tmp_path / "cache")
    assert (again.written, again.removed) == ((), ())


def test_a_template_that_every_card_uses_rewrites_what_shows_cards(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk", random.Random(11))
    desk.build(tmp_path / "out", tmp_path / "cache")
    desk.change_template()
    again = desk.build(tmp_path / "out", tmp_path / "cache")
    assert "portraits/index.html" in again.written
    assert "robots.txt" not in again.written
    assert not any(path.startswith("api/") for path in again.written)
