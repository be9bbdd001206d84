"""What changed rows make stale is made again, and nothing else is: with small made-up views and
kinds of pages, which count for themselves what is asked of them.

    terms        the view « labels »      one part for each tag: its label, and how many have it
    term_label   the view « popular »     one part: tags that two or more have
    leading      the page of the popular tags
    term_count   the page of each tag
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from portraits.build import engine as module
from portraits.build.engine import Engine, Outcome
from portraits.build.releases import opened as releases_of
from portraits.build.trees import STAMP
from portraits.images.source import ImageError
from portraits.output.sitemap import SitemapEntry
from portraits.series.database import Database, opened
from portraits.series.reads import Series
from portraits.series.tables import (
    FileRow,
    LeadingRow,
    TermCountRow,
    TermLabelRow,
    TermRow,
    fields_of,
    name_of,
)
from portraits.series.views import View
from portraits.series.views.view import once
from portraits.settings import Settings
from portraits.site.context import BuildContext
from portraits.site.page import File, PageKind
from portraits.support import workers

from tests.unit.core.made_up import IDENTITY, tagged

ASKED: Counter[str] = Counter()
"""How often each part was derived, each page made, each list of keys asked for."""
FAULTY: set[str] = set()
"""Parts and pages that stop the build."""


class Stopped(Exception):
    """A build that ends too soon."""


def note(what: str) -> None:
    ASKED[what] += 1
    if what in FAULTY:
        raise Stopped(what)


def _tags(series: Series, settings: Settings) -> Iterator[str]:
    note("keys of labels")
    for (tag,) in series.sql(
        "SELECT DISTINCT term FROM term WHERE position IS NOT NULL ORDER BY term"
    ):
        yield tag


def _label(series: Series, settings: Settings, key: str) -> Iterator[tuple[Any, ...]]:
    note(f"label {key}")
    found = series.rows(TermRow, "term", key)
    yield TermLabelRow(key, "tag", key, min(row.label for row in found), 1)
    yield TermCountRow(key, "tag", len(found))


def _popular(series: Series, settings: Settings, key: str) -> Iterator[LeadingRow]:
    note("popular")
    popular = [row for row in series.rows(TermCountRow, "kind", "tag") if row.people > 1]
    for number, row in enumerate(popular):
        yield LeadingRow(key, number, row.term, row.term, 0)


def _pages(context: BuildContext) -> Iterator[str]:
    note("keys of tags")
    for (term,) in context.series.sql("SELECT term FROM term_label ORDER BY term"):
        yield term


def _page(context: BuildContext, key: str) -> Iterator[File]:
    note(f"page {key}")
    count = context.series.one(TermCountRow, "term", key)
    assert count
    yield File(f"{key}/", f"<p>{key} {count.people}</p>".encode(), SitemapEntry(key, ""))
    if count.people > 2:
        yield File(f"{key}/much.txt", b"much")


def _home(context: BuildContext, key: str) -> Iterator[File]:
    note("home")
    links = "".join(
        f'<a href="/{row.term}/"></a>' for row in context.series.rows(LeadingRow, "kind", "")
    )
    yield File("", links.encode())


def _sitemap(context: BuildContext, key: str) -> Iterator[File]:
    note("sitemap")
    yield File(
        "sitemap.txt",
        "\n".join(
            entry
            for (entry,) in context.series.sql(
                "SELECT sitemap FROM file WHERE sitemap<>'' ORDER BY path"
            )
        ).encode(),
    )


VIEWS = (
    View("labels", (TermLabelRow, TermCountRow), _tags, _label),
    View("popular", (LeadingRow,), once, _popular),
)
KINDS = (
    PageKind("sitemap", lambda context: ("",), _sitemap, last=True),
    PageKind("tags", _pages, _page),
    PageKind("home", lambda context: ("",), _home),
)
Series_ = Mapping[str, Iterable[TermRow]]


class Workspace:
    """Builds made-up sites in one folder."""

    def __init__(self, folder: Path, processes: int = 1) -> None:
        self.folder, self.processes = folder, processes

    def build(
        self,
        changed: Series_,
        *,
        stops: str = "",
        kinds: tuple[PageKind, ...] = KINDS,
        touched: tuple[str, ...] = (),
    ) -> Outcome:
        """Write what changed, by source; make what is stale, and publish it."""
        ASKED.clear()
        FAULTY.clear()
        FAULTY.add(stops)
        with opened(self.folder / "series.sqlite", IDENTITY, durable=False) as database:
            with database.transaction():
                for source, rows in changed.items():
                    database.replace(source, rows, (TermRow,))
                database.settle()
            engine = Engine(database, Settings(), self.processes)
            engine.derive(VIEWS)
            with releases_of(self.folder / "output") as releases, database.transaction():
                run = database.connection.execute
                engine.mark(
                    node
                    for path in touched
                    for (node,) in run("SELECT node FROM file WHERE path=?", (path,))
                )
                outcome = engine.make(kinds, _context(database), releases.staging())
                paths = {path for (path,) in run("SELECT path FROM file")}
                _, tree = releases.put_together(
                    outcome.written, outcome.gone - paths, paths, None, durable=False
                )
                releases.exchange(tree)
                database.publish()
            assert self.site.keys() == paths
        return outcome

    @property
    def site(self) -> dict[str, bytes]:
        """What is published."""
        output = self.folder / "output"
        return {
            path.relative_to(output).as_posix(): path.read_bytes()
            for path in output.rglob("*")
            if path.is_file() and path.name != STAMP
        }

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row that was derived."""
        with opened(self.folder / "series.sqlite", IDENTITY) as database:
            return {
                name_of(table): database.connection.execute(
                    f"SELECT * FROM {name_of(table)} ORDER BY {', '.join(fields_of(table))}"
                ).fetchall()
                for table in (TermLabelRow, TermCountRow, LeadingRow)
            }


def _context(database: Database) -> BuildContext:
    return cast(BuildContext, SimpleNamespace(series=database.series, settings=Settings()))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A site of three portraits and their tags, made once."""
    workspace = Workspace(tmp_path)
    workspace.build(
        {
            "ana": [tagged("ana", "art"), tagged("ana", "musique", number=1)],
            "lea": [tagged("lea", "musique")],
            "sam": [tagged("sam", "danse")],
        }
    )
    return workspace


FIRST_SITE = {
    "index.html": b'<a href="/tag/musique/"></a>',
    "tag/art/index.html": b"<p>tag/art 1</p>",
    "tag/danse/index.html": b"<p>tag/danse 1</p>",
    "tag/musique/index.html": b"<p>tag/musique 2</p>",
    "sitemap.txt": b"tag/art\ntag/danse\ntag/musique",
}


def test_at_first_everything_is_made_once(workspace: Workspace) -> None:
    assert workspace.site == FIRST_SITE
    assert set(ASKED) == {
        "keys of labels",
        "label tag/art",
        "label tag/danse",
        "label tag/musique",
        "popular",
        "keys of tags",
        "page tag/art",
        "page tag/danse",
        "page tag/musique",
        "home",
        "sitemap",
    }
    assert set(ASKED.values()) == {1}


def test_where_nothing_has_changed_nothing_is_asked(workspace: Workspace) -> None:
    outcome = workspace.build({"sam": [tagged("sam", "danse")]})
    assert ASKED == {}
    assert outcome == Outcome()


def test_what_is_concerned_is_made_again_from_view_to_page(workspace: Workspace) -> None:
    outcome = workspace.build({"sam": [tagged("sam", "danse"), tagged("sam", "musique", number=1)]})
    assert set(ASKED) == {
        "keys of labels",
        "label tag/musique",
        "popular",
        "page tag/musique",
        "sitemap",
    }, "there is a file more, so that the site map is looked at"
    assert outcome.written == {"tag/musique/index.html", "tag/musique/much.txt"}
    assert workspace.site["tag/musique/index.html"] == b"<p>tag/musique 3</p>"


def test_where_rows_come_out_the_same_nothing_further_is_made(workspace: Workspace) -> None:
    workspace.build({"sam": [tagged("sam", "danse", day=9, label="DANSE")]})
    assert set(ASKED) == {"keys of labels", "label tag/danse", "keys of tags"}, (
        "neither its page nor what is popular: how many have the tag is what they were before"
    )


def test_a_page_that_comes_out_the_same_is_made_and_not_written(workspace: Workspace) -> None:
    outcome = workspace.build({}, touched=("tag/danse/index.html",))
    assert set(ASKED) == {"page tag/danse"}
    assert outcome.paths == {"tag/danse/index.html"}
    assert outcome.written == set()


def test_a_new_key_is_made_and_those_that_there_were_are_not(workspace: Workspace) -> None:
    outcome = workspace.build({"leo": [tagged("leo", "cirque")]})
    assert set(ASKED) == {
        "keys of labels",
        "label tag/cirque",
        "popular",
        "keys of tags",
        "page tag/cirque",
        "sitemap",
    }
    assert outcome.written == {"tag/cirque/index.html", "sitemap.txt"}
    assert workspace.site["sitemap.txt"] == b"tag/art\ntag/cirque\ntag/danse\ntag/musique"


def test_a_key_that_is_gone_takes_its_rows_its_files_and_its_node_along(
    workspace: Workspace,
) -> None:
    outcome = workspace.build({"sam": []})
    assert set(ASKED) == {"keys of labels", "popular", "keys of tags", "sitemap"}
    assert outcome.gone >= {"tag/danse/index.html"}
    assert workspace.site.keys() == FIRST_SITE.keys() - {"tag/danse/index.html"}
    assert "tag/danse" not in repr(workspace.rows())
    with opened(workspace.folder / "series.sqlite", IDENTITY) as database:
        nodes = [key for (key,) in database.connection.execute("SELECT key FROM node")]
    assert nodes.count("tag/danse") == 0
    assert nodes.count("tag/art") == 2, "a part of a view, and a page"


def test_a_key_that_is_gone_and_comes_back_is_made_like_a_new_one(workspace: Workspace) -> None:
    workspace.build({"sam": []})
    workspace.build({"sam": [tagged("sam", "danse")]})
    assert workspace.site == FIRST_SITE
    assert ASKED["page tag/danse"] == ASKED["label tag/danse"] == 1


def test_which_keys_there_are_is_asked_again_by_who_is_concerned(workspace: Workspace) -> None:
    workspace.build({"sam": [tagged("sam", "danse"), tagged("sam", "art", number=1)]})
    assert ASKED["keys of labels"] == 1
    assert ASKED["keys of tags"] == 0, "the labels are those of before"


def test_what_the_site_does_not_show_is_not_even_looked_at(workspace: Workspace) -> None:
    outcome = workspace.build({"leo": [tagged("leo", "cirque", shown=False)]})
    assert ASKED == {}
    assert outcome == Outcome()


def test_a_page_that_gives_a_file_less_lets_it_go(workspace: Workspace) -> None:
    workspace.build({"sam": [tagged("sam", "musique")]})
    assert "tag/musique/much.txt" in workspace.site
    outcome = workspace.build({"lea": []})
    assert outcome.gone - outcome.paths == {"tag/musique/much.txt"}
    assert "tag/musique/much.txt" not in workspace.site


def test_a_page_whose_published_file_was_touched_is_made_again(workspace: Workspace) -> None:
    outcome = workspace.build({}, touched=("tag/art/index.html", "index.html"))
    assert set(ASKED) == {"page tag/art", "home"}
    assert outcome.paths == {"tag/art/index.html", "index.html"}


# -- a build that ends too soon


@pytest.mark.parametrize(
    "stops",
    [
        "keys of labels",
        "label tag/cirque",
        "popular",
        "keys of tags",
        "page tag/musique",
        "home",
        "sitemap",
    ],
)
def test_what_a_build_that_was_stopped_has_left_is_made_by_the_next(
    workspace: Workspace, tmp_path: Path, stops: str
) -> None:
    changed = {
        "sam": [tagged("sam", "cirque"), tagged("sam", "musique", number=1)],
        "ana": [tagged("ana", "cirque"), tagged("ana", "musique", number=1)],
    }
    with pytest.raises(Stopped, match=stops):
        workspace.build(changed, stops=stops)
    assert workspace.site == FIRST_SITE
    workspace.build(changed)
    fresh = Workspace(tmp_path / "fresh")
    fresh.build({"lea": [tagged("lea", "musique")], **changed})
    assert workspace.site == fresh.site
    assert workspace.rows() == fresh.rows()


@pytest.mark.parametrize(
    "stops",
    [
        "keys of labels",
        "label tag/danse",
        "popular",
        "keys of tags",
        "page tag/art",
        "home",
        "sitemap",
    ],
)
def test_a_first_build_that_was_stopped_is_taken_up_by_the_next(tmp_path: Path, stops: str) -> None:
    workspace = Workspace(tmp_path)
    given = {
        "ana": [tagged("ana", "art"), tagged("ana", "musique", number=1)],
        "lea": [tagged("lea", "musique")],
        "sam": [tagged("sam", "danse")],
    }
    with pytest.raises(Stopped, match=stops):
        workspace.build(given, stops=stops)
    workspace.build(given)
    assert workspace.site == FIRST_SITE


# -- any history


def rows_at_random(chance: random.Random, source: str) -> list[TermRow]:
    day, shown = chance.randrange(1, 20), chance.random() < 0.8
    return [
        tagged(source, tag, day=day, shown=shown, number=number, label=chance.choice("xy"))
        for number, tag in enumerate(chance.sample("abcde", chance.randrange(4)))
    ]


@pytest.mark.parametrize("seed", range(6))
def test_after_any_history_the_site_is_that_of_a_build_from_nothing(
    tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    workspace = Workspace(tmp_path / "workspace")
    series: dict[str, list[TermRow]] = {}
    steps = [f"page tag/{tag}" for tag in "abcde"] + ["popular", "home", "label tag/a"]
    for _ in range(15):
        sources = chance.sample("klmnopq", chance.randrange(4))
        changed = {source: rows_at_random(chance, source) for source in sources}
        series |= changed
        with suppress(Stopped):
            workspace.build(changed, stops=chance.choice(steps) if chance.random() < 0.3 else "")
    workspace.build({})
    fresh = Workspace(tmp_path / "fresh")
    fresh.build(series)
    assert workspace.site == fresh.site
    assert workspace.rows() == fresh.rows()


# -- many at once


def test_several_processes_make_what_one_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PARALLEL_FROM", 2)
    monkeypatch.setattr(workers, "_BATCH", 3)
    chance = random.Random(1)
    given = {
        source: [tagged(source, f"{chance.randrange(20)}", number=number) for number in range(3)]
        for source in "abcdefghijklmnop"
    }
    one, two = Workspace(tmp_path / "one"), Workspace(tmp_path / "two", processes=2)
    outcomes = [workspace.build(given) for workspace in (one, two)]
    assert outcomes[0] == outcomes[1]
    given = {source: [] for source in "aceg"} | {"b": given["c"]}
    outcomes = [workspace.build(given) for workspace in (one, two)]
    assert outcomes[0] == outcomes[1] != Outcome()
    assert one.site == two.site
    assert one.rows() == two.rows()


# -- what is said of the files of a page


def kind_of(*files: File) -> tuple[PageKind, ...]:
    return (PageKind("made up", lambda context: ("",), lambda context, key: files),)


@pytest.mark.parametrize(
    ("file", "faults"),
    [
        (File("a.json", b"{"), ["a.json : le fichier est mal formé"]),
        (File("a.xml", b"<a>"), ["a.xml : le fichier est mal formé"]),
        (
            File("a/", b'<script type="application/ld+json">{</script>'),
            ["a/index.html : le fichier est mal formé"],
        ),
        (File("a.json", b"{}"), []),
        (File("a.json", b"{", checked=True), []),
        (File("a.txt", b"{"), []),
    ],
)
def test_a_file_that_is_not_well_formed_is_a_fault_unless_its_maker_has_looked(
    tmp_path: Path, file: File, faults: list[str]
) -> None:
    outcome = Workspace(tmp_path).build({}, kinds=kind_of(file))
    assert [fault.partition(" (")[0] for fault in outcome.faults] == faults


def test_a_photo_that_cannot_be_encoded_is_a_fault_and_the_others_are_made(tmp_path: Path) -> None:
    def make(context: BuildContext, key: str) -> Iterator[File]:
        if key == "bad.jpg":
            raise ImageError(Path(key), "image-changed", "la photo a changé", "recommencez")
        yield File(key, b"")

    outcome = Workspace(tmp_path).build(
        {}, kinds=(PageKind("photos", lambda context: ("bad.jpg", "good.jpg"), make),)
    )
    assert outcome.paths == {"good.jpg"}
    assert [fault.partition(" ")[0] for fault in outcome.faults] == ["bad.jpg"]


def test_where_pages_may_lead_is_told_with_a_page_that_does(tmp_path: Path) -> None:
    outcome = Workspace(tmp_path).build(
        {},
        kinds=kind_of(
            File("a/", b'<a href="/b/#c"></a><a href="https://x.example/"></a>'),
            File("c.txt", b'<a href="/d/"></a>'),
        ),
    )
    assert outcome.links == {"b/index.html": "a/index.html"}


def test_files_are_recorded_with_what_the_site_map_says_of_them(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    workspace.build(
        {},
        kinds=kind_of(
            File("a/", b"a", SitemapEntry("<url/>", "2024-01-02")), File("b.txt", b"bcd")
        ),
    )
    with opened(tmp_path / "series.sqlite", IDENTITY) as database:
        found = sorted(database.series.rows(FileRow), key=lambda row: row.path)
    assert [(row.path, row.size, row.sitemap, row.modified) for row in found] == [
        ("a/index.html", 1, "<url/>", "2024-01-02"),
        ("b.txt", 3, "", ""),
    ]


def test_how_far_it_is_is_told(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    with opened(tmp_path / "series.sqlite", IDENTITY) as database:
        engine = Engine(database, Settings(), 1, lambda *said: told.append(said))
        engine.derive(VIEWS)
        with releases_of(tmp_path / "output") as releases, database.transaction():
            engine.make(KINDS, _context(database), releases.staging())
    assert told == [("préparation", 1, 2), ("préparation", 2, 2), ("pages", 1, 1), ("pages", 1, 1)]
