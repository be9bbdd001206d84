"""After an edit of texts alone a build looks only at what shows them, and gives the same bytes
as a build of everything."""

from __future__ import annotations

import dataclasses
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from portraits import edits, groups, publication
from portraits.build import build, read_settings
from portraits.edits import Followed, follow, rehearse
from portraits.feeds.entry import FeedEntry
from portraits.inspection import Inspection
from portraits.options import BuildOptions, options_from
from portraits.outline import Outline
from portraits.pages import feed_pages
from portraits.pages.assembly import Assembly
from portraits.pages.spec import PageSpec
from portraits.reading import Memory
from portraits.releases import PublishingError, Releases, opened

from tests.conftest import DAY, ROOT
from tests.site.test_builds import tree

pytestmark = pytest.mark.site

PORTRAIT = """---
name: {name}
date: 2012-0{month}-1{day}
tags: [{tags}]
status: {status}
lang: {lang}
accounts: {{twitter: {handle}}}
---

Une introduction pour {name}, et [Léa](lea.md#comment-as-tu-commence).

## Comment as-tu commencé ?

En {verb} chaque jour.

- Tu peux répéter ?

  En {verb}.

## Quel conseil donnes-tu ?

Ne jamais {verb} seul, dit « {name} ».

## Qu’est-ce que {name} aime ?

Le thé.

## #FF Qui suivre ?

- @{follows} : pour ses photos
- @p3 : pour ses mots
"""
VERBS = ("lisant", "marchant", "écoutant", "dormant", "cherchant encore et encore")


class Series:
    """A small series with a page size of three, built again and again into one output."""

    def __init__(self, folder: Path, *, pictures: bool = False) -> None:
        self.folder, self.pictures = folder, pictures
        self.content = folder / "content"
        shutil.copytree(ROOT / "tests/cases/small-site", self.content)
        for number in range(9):
            self.write(number, VERBS[number % 3])

    def path(self, number: int) -> Path:
        return self.content / self.source(number)

    def source(self, number: int) -> str:
        return f"portraits/p{number}.md"

    def write(self, number: int, verb: str, status: str = "") -> None:
        self.path(number).write_text(PORTRAIT.format(
            name=f"Personne {number}", handle=f"p{number}", month=1 + number % 4, day=number,
            tags=("radio", "ville, radio", "livre")[number % 3], verb=verb,
            lang="en" if number == 8 else "fr",
            status=status or ("draft" if number == 7 else "published"),
            follows=f"p{(number + 1) % 9}"), encoding="utf-8")

    def edit(self, number: int, old: str, new: str) -> None:
        text = self.path(number).read_text(encoding="utf-8")
        assert old in text
        self.path(number).write_text(text.replace(old, new, 1), encoding="utf-8")

    def options(self, output: str = "grown", cache: str = "cache", **more: object) -> BuildOptions:
        settings = self.folder / "conf.py"
        settings.write_text(
            f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\n"
            f"PORTRAITS = {{**PORTRAITS, 'pictures': {self.pictures},\n"
            "              'feed_size': 3, 'page_size': 3}\n"
            f"PATH = {str(self.content)!r}\nTHEME = {str(ROOT / 'theme')!r}\n"
            f"CACHE_PATH = {str(self.folder / cache)!r}\n"
            f"OUTPUT_PATH = {str(self.folder / output)!r}\n", encoding="utf-8")
        self.values = read_settings(settings)
        return options_from(self.values, now=DAY, processes=1, durable=False, **more)

    def build(self, **where: str) -> None:
        options = self.options(**where)
        build(self.values, options)

    def follow(self, *numbers: int) -> Followed | None:
        return follow(self.options(), [self.source(number) for number in numbers])

    def grown(self) -> dict[str, str]:
        return tree(self.folder / "grown")

    def fresh(self) -> dict[str, str]:
        """The site that a build from nothing gives."""
        shutil.rmtree(self.folder / "fresh", ignore_errors=True)
        shutil.rmtree(self.folder / ".fresh.portraits", ignore_errors=True)
        shutil.rmtree(self.folder / "other-cache", ignore_errors=True)
        self.build(output="fresh", cache="other-cache")
        return tree(self.folder / "fresh")


@pytest.fixture
def series(tmp_path: Path) -> Series:
    found = Series(tmp_path)
    found.build()
    return found


def written(followed: Followed | None) -> set[str]:
    assert followed is not None
    return set(followed.report.written)


def test_an_edit_rewrites_the_files_that_show_the_answer_and_no_other(series: Series) -> None:
    before = series.grown()
    series.edit(0, "En lisant chaque jour", "En lisant chaque nuit")
    done = series.follow(0)
    after = series.grown()
    changed = {path for path in before | after if before.get(path) != after.get(path)}
    search = {path for path in changed if path.startswith("recherche/")}
    assert changed - search == {
        "portraits/p0/index.html", "api/portraits/p0.json",
        "questions/debut/page/1/index.html"}
    assert {path for path in search if path in after} <= written(done)
    assert len(search) <= 7  # the listing, and of each word that came or went its bucket
    assert after == series.fresh()


def test_the_newest_portrait_s_feeds_follow_its_edit(series: Series) -> None:
    series.edit(3, "Ne jamais", "Surtout ne jamais")
    done = written(series.follow(3))
    assert {f"questions/conseil/{name}" for name in ("atom.xml", "rss.xml")} <= done
    assert "atom.xml" in done
    assert not any(path.startswith("questions/debut/") for path in done)
    assert series.grown() == series.fresh()


def test_an_edit_beside_pictures_gives_the_bytes_of_a_build_from_nothing(tmp_path: Path) -> None:
    series = Series(tmp_path, pictures=True)
    for number, colour in ((0, "teal"), (1, "gold")):
        Image.new("RGB", (640, 480), colour).save(series.content / f"portraits/photo{number}.jpg")
        series.edit(number, "status:",
                    f"photo: {{file: photo{number}.jpg, alt: Un visage}}\nstatus:")
    series.edit(0, "Le thé.", "Le thé.\n\n![Une tasse](photo1.jpg)")
    series.build()
    for old, new in (("Une tasse", "Deux tasses"), ("Le thé.", "Le café."), ("seul", "seule")):
        series.edit(0, old, new)
        assert series.follow(0) is not None
    assert 'alt="Deux tasses"' in (tmp_path / "grown/portraits/p0/index.html").read_text("utf-8")
    assert series.grown() == series.fresh()


def test_entries_that_an_edit_leaves_alone_are_taken_from_the_published_feeds(
    series: Series, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    make = feed_pages._whole

    def counted(assembly: Assembly, outline: Outline) -> FeedEntry:
        made.append(outline.source)
        return make(assembly, outline)

    monkeypatch.setattr(feed_pages, "_whole", counted)
    series.edit(3, "Ne jamais", "Surtout ne jamais")
    assert {"atom.xml", "rss.xml", "feed.json"} <= written(series.follow(3))
    assert made == [series.source(3)]
    assert series.grown() == series.fresh()


def test_a_published_feed_that_was_damaged_meanwhile_is_made_anew(series: Series) -> None:
    (series.folder / "grown/atom.xml").write_bytes(b"")
    (series.folder / "grown/feed.json").unlink()
    series.edit(3, "Ne jamais", "Surtout ne jamais")
    assert {"atom.xml", "rss.xml", "feed.json"} <= written(series.follow(3))
    assert series.grown() == series.fresh()


def test_a_rehearsal_makes_what_an_edit_of_the_newest_text_makes_and_publishes_nothing(
    series: Series, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    make = feed_pages._whole

    def counted(assembly: Assembly, outline: Outline) -> FeedEntry:
        made.append(outline.source)
        return make(assembly, outline)

    monkeypatch.setattr(feed_pages, "_whole", counted)
    before, memory, options = series.grown(), Memory(), series.options()
    rehearse(options, memory)
    assert made == ["portraits/ana.md"]
    assert memory.environment is not None
    with opened(options.output) as releases:
        assert releases.number == 1
    assert series.grown() == before


def test_any_history_of_edits_ends_in_the_tree_that_a_build_from_nothing_gives(
    series: Series
) -> None:
    chance = random.Random(4)
    for _ in range(6):
        numbers = chance.sample(range(9), chance.choice([1, 1, 2, 3]))
        for number in numbers:
            series.write(number, chance.choice(VERBS))
        assert series.follow(*numbers) is not None
        assert series.grown() == series.fresh()


def test_a_build_of_everything_goes_on_where_followed_edits_stopped(series: Series) -> None:
    series.edit(1, "Le thé", "Le café")
    series.follow(1)
    series.edit(2, "name: Personne 2", "name: Autre personne")
    series.build()
    series.edit(2, "Le thé", "Le café")
    assert series.follow(2) is not None
    assert series.grown() == series.fresh()


def test_a_new_portrait_makes_no_file_that_is_as_it_was(
    series: Series, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    make = publication._Work.make

    def counted(work: publication._Work, task: publication.Task) -> publication._Outcome:
        outcome = make(work, task)
        made.extend(f"{path} is new" for path in outcome.written)
        made.extend(f"{path} is as it was" for path in outcome.rekeyed)
        return outcome

    monkeypatch.setattr(publication._Work, "make", counted)
    series.path(9).write_text(PORTRAIT.format(
        name="Personne 9", handle="p9", month=5, day=1, tags="radio", verb="lisant", lang="fr",
        status="published", follows="p1"), encoding="utf-8")
    series.build()
    assert len(made) > 20
    # The list of all accounts does not show who recommends them; its key covers both.
    assert [path for path in made if path.endswith("is as it was")
            and not path.startswith("recommandations/recommandations.")] == []


def test_a_new_portrait_rewrites_no_list_that_it_is_not_in(series: Series) -> None:
    before = series.grown()
    series.path(9).write_text(PORTRAIT.format(
        name="Personne 9", handle="p9", month=5, day=1, tags="radio", verb="lisant", lang="fr",
        status="published", follows="p1"), encoding="utf-8")
    series.build()
    after = series.grown()
    changed = {path.split("/")[1] for path in after
               if path.startswith("etiquettes/") and after[path] != before.get(path)}
    assert changed == {"radio", "index.html"}


def test_a_group_of_files_that_shows_what_it_showed_is_not_taken_apart(
    series: Series, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_apart: list[str] = []
    specs = groups.portrait_specs

    def counted(assembly: Assembly, outline: Outline) -> Iterator[PageSpec]:
        taken_apart.append(outline.source)
        return specs(assembly, outline)

    monkeypatch.setattr(groups, "portrait_specs", counted)
    series.build()
    assert taken_apart == []
    series.edit(4, "tags: [ville, radio]", "tags: [ville, radio, train]")
    series.build()
    assert series.source(4) in taken_apart
    assert len(taken_apart) < 9
    assert series.grown() == series.fresh()


def killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("followed", [True, False])
def test_an_edit_that_was_published_but_not_noted_can_be_taken_back(
    series: Series, monkeypatch: pytest.MonkeyPatch, followed: bool
) -> None:
    series.edit(1, "Le thé", "Le café")
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(Releases, "keep_trace", killed)
        if followed:
            series.follow(1)
        else:
            series.build()
    series.edit(1, "Le café", "Le thé")
    series.build()
    assert series.grown() == series.fresh()


def test_a_build_of_everything_sees_that_a_followed_edit_was_taken_back(series: Series) -> None:
    series.edit(1, "En ", "Tout en ")
    assert series.follow(1) is not None
    series.edit(1, "Tout en ", "En ")
    series.edit(2, "name: Personne 2", "name: Autre personne")
    series.build()
    assert series.grown() == series.fresh()


def test_a_text_that_was_saved_unchanged_writes_nothing(series: Series) -> None:
    series.path(0).touch()
    done = series.follow(0)
    assert done is not None
    assert (done.report.written, done.report.removed, done.report.release) == ((), (), 1)


def test_an_edit_of_a_draft_publishes_nothing(series: Series) -> None:
    series.edit(7, "Le thé", "Le café")
    done = series.follow(7)
    assert done is not None
    assert done.report.written == ()
    assert series.grown() == series.fresh()


ELSEWHERE: dict[str, Callable[[Series], None]] = {
    "the name": lambda series: series.edit(0, "name: Personne 0", "name: Zéro"),
    "the date": lambda series: series.edit(0, "2012-01-10", "2012-01-11"),
    "the tags": lambda series: series.edit(0, "[radio]", "[ville]"),
    "the state": lambda series: series.edit(0, "published", "draft"),
    "a recommendation": lambda series: series.edit(0, "@p3", "@p4"),
    "the reason of a recommendation": lambda series: series.edit(0, "ses mots", "ses vers"),
    "a question": lambda series: series.edit(0, "commencé ?", "débuté ?"),
    "a link": lambda series: series.edit(0, "(lea.md", "(sam.md"),
    "a text that is refused": lambda series: series.edit(0, "Le thé", "<script>"),
}


@pytest.mark.parametrize("what", ELSEWHERE)
def test_an_edit_that_others_show_is_left_to_a_build_of_everything(
    what: str, series: Series
) -> None:
    before = series.grown()
    ELSEWHERE[what](series)
    assert series.follow(0) is None
    assert series.grown() == before


def test_what_is_no_portrait_is_left_to_a_build_of_everything(series: Series) -> None:
    assert follow(series.options(), ["questionnaire.yml"]) is None
    assert follow(series.options(), ["pages/a-propos.md"]) is None


def test_another_day_or_a_preview_is_left_to_a_build_of_everything(series: Series) -> None:
    series.edit(0, "Le thé", "Le café")
    options = series.options()
    assert follow(series.options(drafts=True), ["portraits/p0.md"]) is None
    later = options_from(series.values, now="2031-01-01", processes=1)
    assert follow(later, ["portraits/p0.md"]) is None
    assert follow(options, ["portraits/p0.md"]) is not None


def test_more_edits_than_can_be_followed_are_left_to_a_build_of_everything(
    series: Series, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edits, "MOST", 2)
    for number in range(3):
        series.edit(number, "Le thé", "Le café")
    assert series.follow(0, 1, 2) is None
    assert series.follow(0, 1) is not None


def test_a_lost_cache_is_left_to_a_build_of_everything(series: Series) -> None:
    shutil.rmtree(series.folder / "cache")
    series.edit(0, "Le thé", "Le café")
    assert series.follow(0) is None


def test_a_site_that_was_touched_is_left_to_a_build_of_everything(series: Series) -> None:
    series.edit(0, "Le thé", "Le café")
    with Inspection.begin(series.options().output) as inspection:
        (series.folder / "grown/index.html").write_text("autre chose")
        assert follow(
            series.options(), ["portraits/p0.md"], inspection=inspection) is None


def test_warnings_move_with_the_lines_of_an_edit(series: Series) -> None:
    series.edit(1, "Le thé.", "Le th\ufffd.")
    series.build()
    series.edit(0, "Le thé.", "Le th\ufffd.")
    first = series.follow(0)
    assert first is not None and not first.same_warnings
    assert [Path(problem.path).name for problem in first.report.warnings
            if problem.code == "replacement-character"] == ["p0.md", "p1.md"]
    lost = [problem for problem in first.report.warnings if problem.path.endswith("p0.md")]

    series.edit(0, "En lisant", "Un mot.\n\nEn lisant")
    second = series.follow(0)
    assert second is not None and not second.same_warnings
    moved = [problem.line for problem in second.report.warnings if problem.path.endswith("p0.md")]
    assert moved == [lost[0].line + 2]

    series.edit(0, "Le th\ufffd.", "Le th\ufffd !")
    third = series.follow(0)
    assert third is not None and third.same_warnings


def test_every_stage_of_a_build_says_how_far_it_has_come(series: Series) -> None:
    def stages() -> list[str]:
        told: list[tuple[str, int, int]] = []
        options = series.options()
        build(series.values, options, lambda *told_now: told.append(told_now))
        assert all(0 <= done <= total for _, done, total in told)
        return list(dict.fromkeys(what for what, _, _ in told))

    assert stages() == ["lecture", "préparation", "comparaison"]
    series.edit(2, "name: Personne 2", "name: Autre personne")
    assert stages() == ["lecture", "préparation", "index de recherche", "comparaison", "pages",
                        "mise en place"]


def test_a_feed_whose_entry_is_not_well_formed_is_not_published(
    series: Series, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = series.grown()
    atom = feed_pages.FORMATS[0]
    broken = dataclasses.replace(
        atom, serialised=lambda channel, entry: atom.serialised(channel, entry)[:-3])
    monkeypatch.setattr(feed_pages, "FORMATS", (broken, *feed_pages.FORMATS[1:]))
    series.edit(4, "En ", "Tout en ")
    with pytest.raises(PublishingError, match=r"atom\.xml : le fichier est mal formé"):
        series.build()
    assert series.grown() == before
