"""Which feeds an edit makes again: those that show it, and of a question's, those of no other."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from portraits.build import read_settings
from portraits.options import options_from
from portraits.pages.feed_pages import feed_pages, followings
from portraits.site_build import SiteBuild

from tests.conftest import DAY, ROOT

pytestmark = pytest.mark.site

Feeds = dict[str, tuple[bytes, bytes]]
"""Address of a feed -> its key and its bytes."""


@pytest.fixture
def feeds(small: Path, tmp_path: Path) -> Callable[[], Feeds]:
    """All feeds of the small site as it now is."""
    conf = tmp_path / "conf.py"
    conf.write_text(f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\n"
                    "PORTRAITS = {**PORTRAITS, 'search': False}\n",
                    encoding="utf-8")
    values = {**read_settings(conf), "THEME": str(ROOT / "theme"),
              "CACHE_PATH": str(tmp_path / "cache")}
    options = options_from(values, content=small, output=tmp_path / "out", now=DAY, processes=1)

    def all_of_them() -> Feeds:
        build = SiteBuild(options)
        try:
            build.read()
            assembly = build._assembly
            return {spec.address: (spec.key, spec.make())
                    for spec in feed_pages(assembly, tuple(followings(assembly)))}
        finally:
            build.close()

    return all_of_them


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def changes(before: Feeds, after: Feeds) -> tuple[set[str], set[str]]:
    """Addresses of the feeds with another key, and of those with other bytes."""
    keys, shown = ({address for address in after if after[address][part] != before[address][part]}
                   for part in (0, 1))
    return keys, shown


EVERY_FEED = {"", "etiquettes/musique/", "etiquettes/benevolat/", "questions/debut/",
              "questions/conseil/"}
OF_SAM = {"", "etiquettes/musique/"}


@pytest.mark.parametrize(("before", "after", "remade"), [
    ("Écouter d'abord.", "Écouter toujours.", OF_SAM | {"questions/conseil/"}),
    ("un oubli.", "un oubli.\n\nEt un matin.", OF_SAM | {"questions/debut/"}),
    ("## Quel conseil donnes-tu ?", "## Quel conseil donnes-tu, toi ? {#conseil}",
     OF_SAM | {"questions/conseil/"}),
    ("- @commun parce que c'est drôle", "- @commun parce que c'est beau", OF_SAM),
    ("  twitter: sam_ex", "  twitter: sam_ex\n  facebook: privé", OF_SAM),
    ("tags: [musique]", "tags: [musique]\nmodified: 2012-03-01",
     EVERY_FEED - {"etiquettes/benevolat/"}),
    ("name: Sam Roy", "name: Sam Leroy", EVERY_FEED),
    ("role: Animateur", "role: Animatrice", EVERY_FEED - {"etiquettes/benevolat/"}),
    ("date: 2012-02-10", "date: 2012-02-11", EVERY_FEED - {"etiquettes/benevolat/"}),
], ids=["an answer", "an answer with a line more", "the words of a question",
        "a recommendation", "an account", "modified", "name", "role", "date"])
def test_an_edit_makes_the_feeds_that_show_it(
    small: Path, feeds: Callable[[], Feeds], before: str, after: str, remade: set[str]
) -> None:
    standing = feeds()
    edit(small / "portraits/sam.md", before, after)
    keys, shown = changes(standing, feeds())
    assert shown <= keys
    assert {address.rpartition("/")[0] + "/" if "/" in address else ""
            for address in keys} == remade


def test_the_words_for_a_picture_in_an_answer_are_in_the_feeds_of_its_question(
    small: Path, feeds: Callable[[], Feeds]
) -> None:
    Image.new("RGB", (1200, 800), "teal").save(small / "portraits/micro.jpg")
    edit(small / "portraits/sam.md", "d'abord.", "d'abord.\n\n![Un micro](micro.jpg)")
    standing = feeds()
    edit(small / "portraits/sam.md", "Un micro]", "Deux micros]")
    keys, shown = changes(standing, feeds())
    assert shown <= keys
    assert "questions/conseil/rss.xml" in shown




def test_a_question_that_was_asked_twice_has_both_answers(
    small: Path, feeds: Callable[[], Feeds]
) -> None:
    edit(small / "portraits/sam.md", "## Quel conseil",
         "## Comment as-tu commencé ?\n\nEncore ainsi.\n\n## Quel conseil")
    items = json.loads(feeds()["questions/debut/feed.json"][1])["items"]
    answers = [(question["id"], question["answer"]) for item in items if "/sam/" in item["id"]
               for question in item["_portrait"]["questions"]]
    assert answers == [("debut", "Un micro, une nuit, un oubli."),
                       ("comment-as-tu-commence", "Encore ainsi.")]
