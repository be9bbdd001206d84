"""One build after another: when there is nothing to do, and what becomes of a build that was
killed, of a release that was taken back, of a database that is gone or damaged."""

from __future__ import annotations

import datetime as dt
import errno
import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from portraits.build import engine, parsing, sources
from portraits.build import site as module
from portraits.build.identity import database_path
from portraits.build.releases import PublishingError, Releases, working_folder
from portraits.build.releases import opened as releases_of
from portraits.build.site import BuildReport, SiteBuild
from portraits.build.trees import STAMP
from portraits.host.running import build
from portraits.options import BuildOptions
from portraits.series import database as database_module
from portraits.series.database import opened
from portraits.settings import Settings
from portraits.support.problems import SourceRefused, errors

from tests.fixtures.templates import share_templates

ROOT = Path(__file__).parents[3]


@pytest.fixture
def options(tmp_path: Path, small: Path) -> BuildOptions:
    """A small site without search and pictures, which have tests of their own, and without
    pages of the editor's, which Pelican reads."""
    shutil.rmtree(small / "pages")
    for cache in ("cache", "fresh-cache"):
        share_templates(tmp_path / cache)
    return BuildOptions(
        root=tmp_path,
        content=small,
        output=tmp_path / "output",
        theme=ROOT / "theme",
        cache=tmp_path / "cache",
        now=dt.datetime(2026, 1, 15, tzinfo=dt.UTC),
        durable=False,
        settings=Settings(
            site_name="Essai", site_url="https://a.example", pictures=False, search=False
        ),
    )


def published(options: BuildOptions) -> BuildReport:
    with SiteBuild(options) as site:
        site.read()
        return site.publish()


def current(options: BuildOptions) -> BuildReport | None:
    with SiteBuild(options) as site:
        return site.current()


def portrait(options: BuildOptions, name: str) -> Path:
    return options.content / "portraits" / f"{name}.md"


def edit(options: BuildOptions, name: str = "ana", text: str = "Une ligne de plus.") -> None:
    with portrait(options, name).open("a", encoding="utf-8") as file:
        file.write(f"\n{text}\n")


def roll_back(options: BuildOptions) -> None:
    with releases_of(options.output) as releases:
        releases.roll_back()


def contents(output: Path) -> dict[str, bytes]:
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in output.rglob("*")
        if path.is_file() and path.name != STAMP
    }


def from_nothing(options: BuildOptions) -> dict[str, bytes]:
    """The site that a build without any past gives."""
    fresh = replace(options, output=options.root / "fresh", cache=options.root / "fresh-cache")
    published(fresh)
    found = contents(fresh.output)
    for folder in (fresh.output, working_folder(fresh.output)):
        shutil.rmtree(folder)
    database_path(fresh).unlink()
    return found


def changed_in_place(path: Path) -> None:
    """Let ``path`` hold as many other bytes, a moment later."""
    facts = path.stat()
    path.write_bytes(b"x" * facts.st_size)
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns + 1))


# -- nothing to do


def test_where_nothing_has_changed_there_is_nothing_to_do(options: BuildOptions) -> None:
    first = published(options)
    found = current(options)
    assert found == first._replace(written=(), removed=())
    assert (first.release, first.portraits, len(first.written)) == (1, 3, first.files)


@pytest.mark.parametrize(
    "change",
    [edit, lambda options: portrait(options, "ana").unlink()],
    ids=["an edit", "a file less"],
)
def test_where_the_sources_have_changed_there_is(
    options: BuildOptions, change: Callable[[BuildOptions], object]
) -> None:
    published(options)
    change(options)
    assert current(options) is None
    published(options)
    assert current(options)


@pytest.mark.parametrize(
    "change",
    [
        lambda options: (options.output / "robots.txt").write_text("theirs, longer"),
        lambda options: changed_in_place(options.output / "robots.txt"),
        lambda options: (options.output / "portraits/lea/index.html").unlink(),
        lambda options: shutil.rmtree(options.output),
        lambda options: shutil.rmtree(options.cache),
    ],
    ids=["a file", "a file of the same size", "a file less", "the output", "the database"],
)
def test_what_somebody_changed_or_deleted_of_the_published_site_is_made_again(
    options: BuildOptions, change: Callable[[BuildOptions], object]
) -> None:
    published(options)
    before = contents(options.output)
    change(options)
    assert current(options) is None
    published(options)
    assert contents(options.output) == before
    assert current(options)


def test_after_a_roll_back_the_next_build_publishes_what_was_taken_back(
    options: BuildOptions,
) -> None:
    published(options)
    edit(options)
    published(options)
    before = contents(options.output)
    roll_back(options)
    assert contents(options.output) != before
    assert current(options) is None
    published(options)
    assert contents(options.output) == before
    assert current(options)


@pytest.mark.parametrize(
    "other",
    [
        {"drafts": True},
        {"settings": Settings(site_name="Autre", site_url="https://a.example", pictures=False)},
    ],
    ids=["preview", "settings"],
)
def test_a_build_that_asks_for_something_else_has_something_to_do(
    options: BuildOptions, other: dict[str, Any]
) -> None:
    published(options)
    assert current(replace(options, **other)) is None


def test_a_moment_is_something_to_do_only_for_what_is_due_by_then(options: BuildOptions) -> None:
    zoe = options.content / "portraits" / "zoe.md"
    text = "---\nname: Zoé\ndate: 2026-01-16 06:00\n---\n\n## Et toi ?\n\nMoi.\n"
    zoe.write_text(text, encoding="utf-8")
    published(options)
    before, then = (options.now + dt.timedelta(days=1, minutes=n) for n in (359, 360))
    assert current(replace(options, now=before))
    assert current(replace(options, now=then)) is None
    published(replace(options, now=then))
    assert current(replace(options, now=then))
    assert current(replace(options, now=before)) is None


def test_looking_whether_there_is_something_to_do_leaves_nothing_behind(
    options: BuildOptions,
) -> None:
    before = sorted(options.root.rglob("*"))
    assert current(options) is None
    assert sorted(options.root.rglob("*")) == before


# -- what an edit makes again, and what is told


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("sam.md#quel-conseil-donnes-tu", "/portraits/sam/#quel-conseil-donnes-tu"),
        ("sam.md", "/portraits/sam/"),
        ("#et-avant", "/portraits/lea/#et-avant"),
    ],
)
def test_a_link_that_leads_elsewhere_makes_every_page_with_it_again(
    options: BuildOptions, link: str, address: str
) -> None:
    published(options)
    text = portrait(options, "lea").read_text(encoding="utf-8")
    portrait(options, "lea").write_text(text.replace("sam.md#debut", link), encoding="utf-8")
    published(options)
    found, wanted = contents(options.output), from_nothing(options)
    assert f'<a href="{address}">Sam</a>' in found["portraits/lea/index.html"].decode()
    assert [path for path in wanted if found.get(path) != wanted[path]] == []
    assert found == wanted


def test_every_build_tells_the_warnings_of_portraits_that_were_not_edited(
    options: BuildOptions,
) -> None:
    edit(options, "sam", "## Et puis ?\n\nA.\n\n## Et puis ?\n\nB.")
    first = published(options).warnings
    assert [problem.code for problem in first if "sam" in problem.path] == ["repeated-question"]
    edit(options, "ana")
    assert published(options).warnings == first
    found = current(options)
    assert found is not None
    assert found.warnings == first


def test_a_build_records_a_release_before_it_puts_it_in_place(
    options: BuildOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were it the other way round, a kill in between would leave pages that nothing knows."""
    exchange = Releases.exchange
    seen: list[tuple[bytes, int]] = []

    def noted(self: Releases, tree: Path) -> None:
        with closing(sqlite3.connect(database_path(options))) as another:
            [(recorded,)] = another.execute("SELECT value FROM fact WHERE name='release'")
        seen.append((recorded, self.number))
        exchange(self, tree)

    monkeypatch.setattr(Releases, "exchange", noted)
    published(options)
    edit(options)
    published(options)
    assert seen == [(b"1", 0), (b"2", 1)]


# -- killed


def test_a_build_that_is_killed_between_record_and_exchange_is_made_up_for(
    options: BuildOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(options)
    before = contents(options.output)
    edit(options)

    def killed(*_: object) -> None:
        raise SystemExit(9)

    monkeypatch.setattr(Releases, "exchange", killed)
    with pytest.raises(SystemExit):
        published(options)
    monkeypatch.undo()
    assert contents(options.output) == before
    assert current(options) is None
    published(options)
    assert contents(options.output) == from_nothing(options)


class Killed(BaseException):
    """What no build catches."""


@pytest.mark.parametrize(
    ("first", "step"),
    [(True, 2), (True, 20), (True, 45), (True, 60), (False, 0), (False, 10), (False, 30)],
)
def test_a_build_that_is_killed_while_it_makes_something_is_made_up_for(
    options: BuildOptions, monkeypatch: pytest.MonkeyPatch, first: bool, step: int
) -> None:
    if not first:
        published(options)
        portrait(options, "sam").unlink()
        portrait(options, "lea").write_text(
            "---\nname: Léa Roy\ndate: 2012-03-04\ntags: [musique]\n---\n\n"
            "## Comment as-tu commencé ?\n\nTard.\n\n## #FF Qui suivre ?\n\n- @commun\n",
            encoding="utf-8",
        )
    made = 0

    def counted(function: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*given: Any) -> Any:
            nonlocal made
            made += 1
            if made > step:
                raise Killed
            return function(*given)

        return noted

    for name in ("_derived", "_made"):
        monkeypatch.setattr(engine, name, counted(getattr(engine, name)))
    with pytest.raises(Killed):
        published(options)
    monkeypatch.undo()
    published(options)
    assert contents(options.output) == from_nothing(options)


def test_a_portrait_that_could_not_be_read_is_read_once_it_can_be(
    options: BuildOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = sources.read_regular

    def forbidden(path: Path, most: int) -> bytes:
        if path.name == "ana.md":
            raise PermissionError(errno.EACCES, "Permission denied")
        return read(path, most)

    with monkeypatch.context() as patched:
        for reader in (sources, parsing):
            patched.setattr(reader, "read_regular", forbidden)
        for _ in range(2):
            with pytest.raises(SourceRefused, match=r"ana\.md : ne se laisse pas lire"):
                published(options)
    assert published(options).portraits == 3


def test_a_build_that_is_refused_leaves_its_work_to_the_next(options: BuildOptions) -> None:
    published(options)
    before = contents(options.output)
    edit(options, "ana")
    edit(options, "lea", "[Personne](personne.md)")
    with pytest.raises(SourceRefused, match=r"personne\.md"):
        published(options)
    assert contents(options.output) == before
    text = portrait(options, "lea").read_text(encoding="utf-8")
    mended = text.replace("[Personne](personne.md)", "Personne")
    portrait(options, "lea").write_text(mended, encoding="utf-8")
    assert "portraits/ana/index.html" in published(options).written
    assert contents(options.output) == from_nothing(options)


# -- what is no part of the site any more


@pytest.mark.parametrize(
    "lose",
    [lambda options: shutil.rmtree(options.cache), roll_back],
    ids=["the database", "the release"],
)
def test_what_was_withdrawn_while_the_past_was_lost_does_not_come_back(
    options: BuildOptions, lose: Callable[[BuildOptions], object]
) -> None:
    published(options)
    edit(options)
    published(options)
    lose(options)
    portrait(options, "sam").unlink()
    lea = portrait(options, "lea").read_text(encoding="utf-8")
    portrait(options, "lea").write_text(lea.replace("[Sam](sam.md#debut)", "Sam"), "utf-8")
    for number in range(3):
        edit(options, text=f"{number}")
        published(options)
        assert not (options.output / "portraits/sam").exists()
    assert contents(options.output) == from_nothing(options)


# -- the database


BROKEN = (
    "---\nname: Zoé\ndate: hier\nstatus: {status}\ntags: [brouillon]\n---\n\n##Secret ?\n\nOui.\n"
)


@pytest.mark.parametrize("status", ["draft", "hidden"])
def test_a_broken_draft_is_told_and_stops_nobody(options: BuildOptions, status: str) -> None:
    published(options)
    without = contents(options.output)
    portrait(options, "zoe").write_text(BROKEN.format(status=status), encoding="utf-8")
    report = published(options)
    assert contents(options.output) == without
    told = [(one.path, one.code) for one in report.warnings if "zoe" in one.path]
    assert ("content/portraits/zoe.md", "bad-date") in told
    assert [(one.source, one.status) for one in report.waiting] == [("portraits/zoe.md", status)]
    with SiteBuild(options) as site:
        assert errors(site.examine(strict=True)), "`check` tells them as errors"
    with SiteBuild(replace(options, drafts=True)) as site, pytest.raises(SourceRefused):
        site.read()


@pytest.mark.parametrize(
    "front",
    ["status: published", "status: drat", "statut: draft", "status: draft\nstatus: draft", 'x: "'],
)
def test_a_broken_portrait_that_is_not_beyond_doubt_a_draft_stops_the_build(
    options: BuildOptions, front: str
) -> None:
    text = BROKEN.replace("status: {status}", front)
    portrait(options, "zoe").write_text(text, encoding="utf-8")
    with pytest.raises(SourceRefused):
        published(options)


def test_a_portrait_that_becomes_a_broken_draft_is_withdrawn(options: BuildOptions) -> None:
    published(options)
    assert "portraits/ana/index.html" in contents(options.output)
    portrait(options, "ana").write_text(BROKEN.format(status="draft"), encoding="utf-8")
    published(options)
    after = contents(options.output)
    portrait(options, "ana").unlink()
    assert after == from_nothing(options)


def test_a_database_that_is_damaged_inside_is_told_and_made_anew(options: BuildOptions) -> None:
    def built() -> BuildReport:
        return build(
            {
                "PLUGINS": ["portraits"],
                "PAGE_PATHS": ["pages"],
                "TIMEZONE": "UTC",
                "SITEURL": "https://a.example",
            },
            options,
        )

    assert built().notices == ()
    path = database_path(options)
    chance, raw = random.Random(1), bytearray(path.read_bytes())
    for page in range(10, len(raw) // 4096):
        raw[page * 4096 : page * 4096 + 100] = chance.randbytes(100)
    path.write_bytes(raw)
    edit(options)
    report = built()
    assert ["illisible" in notice for notice in report.notices] == [True]
    assert contents(options.output) == from_nothing(options)
    assert built().notices == ()


def test_a_build_during_another_waits_and_is_told(
    options: BuildOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "_WAIT_SECONDS", 0.05)
    with SiteBuild(options) as site:
        site.read()
        with pytest.raises(PublishingError, match="en cours"):
            published(options)


def test_where_the_cache_cannot_be_written_the_site_is_published_and_it_is_told(
    options: BuildOptions,
) -> None:
    (options.root / "file").write_text("no folder")
    closed = replace(options, cache=options.root / "file" / "cache")
    report = published(closed)
    assert ["impossible d’y écrire" in notice for notice in report.notices] == [True]
    assert contents(options.output) == from_nothing(options)


def test_of_each_output_there_is_a_database_which_says_what_is_published(
    options: BuildOptions,
) -> None:
    other = replace(options, output=options.root / "other")
    published(options)
    published(other)
    assert database_path(options) != database_path(other)
    with opened(database_path(options), module.identity_of(options)) as database:
        paths = {path for (path,) in database.connection.execute("SELECT path FROM file")}
        pending = database.connection.execute("SELECT count(*) FROM pending").fetchone()
    assert paths == contents(options.output).keys()
    assert pending == (0,)


def test_what_is_published_never_depends_on_an_order_of_writing(options: BuildOptions) -> None:
    """Rows stand in the database in the order of the series' past."""
    published(options)
    text = portrait(options, "lea").read_text(encoding="utf-8")
    portrait(options, "lea").unlink()
    ana = portrait(options, "ana").read_text(encoding="utf-8")
    edit(options, "ana")
    published(options)
    portrait(options, "lea").write_text(text, encoding="utf-8")
    portrait(options, "ana").write_text(ana, encoding="utf-8")
    published(options)
    connection = sqlite3.connect(database_path(options))
    order = [
        source for (source,) in connection.execute("SELECT source FROM portrait ORDER BY rowid")
    ]
    connection.close()
    assert order != sorted(order)
    assert contents(options.output) == from_nothing(options)
