"""What pages depend on besides portraits is told by its content: templates with all that they
include, the theme's files, what pages have in common, the editor's files, other plugins'."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import TemplateSyntaxError
from portraits.build.inputs import context_of, keep_pages, update_templates
from portraits.options import BuildOptions
from portraits.series.database import Database, opened
from portraits.series.tables import EditorPageRow, InputRow
from portraits.settings import Settings
from portraits.site.environment import theme_environment

from tests.unit.core.made_up import IDENTITY, concerned, reader

ROOT = Path(__file__).parents[3]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with opened(tmp_path / "series.sqlite", IDENTITY) as database:
        yield database


@pytest.fixture
def options(tmp_path: Path) -> BuildOptions:
    """A site with a theme of three templates and a style sheet, and the theme's typefaces."""
    theme, content = tmp_path / "theme", tmp_path / "content"
    for fonts in ("static/fonts", "fonts"):
        shutil.copytree(ROOT / "theme" / fonts, theme / fonts)
    files = {
        theme / "templates/page.html": '{% extends "base.html" %}{% include "parts/a.html" %}',
        theme / "templates/base.html": "<html>",
        theme / "templates/parts/a.html": '{% from "parts/b.html" import b %}{{ b() }}',
        theme / "templates/parts/b.html": "{% macro b() %}b{% endmacro %}",
        theme / "templates/other.html": "other",
        theme / "static/css/site.css": "p{}",
        content / "extra/CNAME": "a.example",
        content / "extra/.well-known/security.txt": "Contact: x",
        content / "extra/Thumbs.db": "left behind by a program",
        content / "extra/CNAME~": "left behind by a program",
    }
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return BuildOptions(
        root=tmp_path,
        content=content,
        output=tmp_path / "output",
        theme=theme,
        cache=tmp_path / "cache",
        now=dt.datetime(2024, 1, 1, tzinfo=dt.UTC),
        settings=Settings(site_name="Essai", site_url="https://a.example"),
    )


def update(options: BuildOptions, database: Database) -> set[str]:
    """Bring the inputs up to date; which of them are others than they were."""
    before = _inputs(database)
    with database.transaction():
        context_of(options, database)
        database.settle()
    after = _inputs(database)
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def _inputs(database: Database) -> dict[str, bytes]:
    return {
        row.name: row.digest
        for row in map(InputRow._make, database.connection.execute("SELECT * FROM input"))
    }


def test_every_input_is_known_by_its_name(options: BuildOptions, database: Database) -> None:
    assert update(options, database) == {
        "assets",
        "typefaces",
        "site:fr",
        "template:page.html",
        "template:base.html",
        "template:parts/a.html",
        "template:parts/b.html",
        "template:other.html",
        "extra:CNAME",
        "extra:.well-known/security.txt",
    }


def test_inputs_that_are_as_they_were_are_left_alone(
    options: BuildOptions, database: Database
) -> None:
    update(options, database)
    database.publish()
    (options.theme / "templates/base.html").touch()
    assert update(options, database) == set()
    with database.transaction():
        assert database.settle() == set() == database.left_over()
    assert database.connection.execute("SELECT * FROM pending").fetchall() == []


@pytest.mark.parametrize(
    ("path", "changed"),
    [
        (
            "theme/templates/parts/b.html",
            {"template:parts/b.html", "template:parts/a.html", "template:page.html"},
        ),
        ("theme/templates/base.html", {"template:base.html", "template:page.html"}),
        ("theme/templates/other.html", {"template:other.html"}),
        ("theme/static/css/site.css", {"assets", "site:fr"}),
        ("theme/static/fonts/newsreader.woff2", {"assets", "site:fr"}),
        ("theme/fonts/newsreader-480.woff2", {"typefaces"}),
        ("content/extra/CNAME", {"extra:CNAME"}),
    ],
)
def test_a_file_that_is_another_makes_others_of_what_is_made_of_it(
    options: BuildOptions, database: Database, path: str, changed: set[str]
) -> None:
    update(options, database)
    with (options.root / path).open("ab") as file:
        file.write(b" ")
    assert update(options, database) == changed


def test_what_is_gone_is_gone(options: BuildOptions, database: Database) -> None:
    update(options, database)
    (options.theme / "templates/other.html").unlink()
    (options.content / "extra/CNAME").unlink()
    assert update(options, database) == {"template:other.html", "extra:CNAME"}


def test_what_all_pages_have_in_common_is_told_by_language(
    options: BuildOptions, database: Database
) -> None:
    update(options, database)
    with database.transaction():
        keep_pages(database, [EditorPageRow("pages/a.md", "a/", "À propos", "fr", "<p>")])
    assert update(options, database) == {"site:fr"}, "the menu names the page"
    settings = replace(options.settings, site_name="Autre")
    assert update(replace(options, settings=settings), database) == {"site:fr"}


def test_a_link_among_the_editors_files_leads_nowhere(
    options: BuildOptions, database: Database
) -> None:
    (options.content / "extra/passwords").symlink_to(options.root / "series.sqlite")
    assert "extra:passwords" not in update(options, database)


def test_a_page_depends_on_the_template_and_on_what_it_includes(
    options: BuildOptions, database: Database
) -> None:
    update(options, database)
    for name in ("page", "other"):
        reader(
            database,
            name,
            lambda series, name=name: series.rows(InputRow, "name", f"template:{name}.html"),
        )
    (options.theme / "templates/parts/b.html").write_text("{% macro b() %}c{% endmacro %}")
    with database.transaction():
        update_templates(options, database, theme_environment(options.theme))
    assert concerned(database) == {"page"}


def test_templates_that_include_one_another_have_an_end(
    options: BuildOptions, database: Database
) -> None:
    (options.theme / "templates/base.html").write_text('{% include "page.html" %}')
    update(options, database)
    (options.theme / "templates/base.html").write_text('{% include "page.html" %}!')
    assert update(options, database) == {"template:base.html", "template:page.html"}


def test_a_template_with_a_mistake_is_told_where_it_stands(
    options: BuildOptions, database: Database
) -> None:
    update(options, database)
    mistaken = options.theme / "templates/parts/b.html"
    mistaken.write_text("\n{% macro %}")
    with pytest.raises(TemplateSyntaxError) as error:
        update(options, database)
    assert (error.value.filename, error.value.lineno) == (str(mistaken), 2)


# -- the editor's pages


def test_the_editors_pages_are_those_that_were_read_last(database: Database) -> None:
    one = EditorPageRow("pages/a.md", "a/", "A", "fr", "<p>")
    two, three = one._replace(source="pages/b.md"), one._replace(source="pages/c.md")
    for pages in ([one, two], [two._replace(title="B"), three], []):
        with database.transaction():
            keep_pages(database, pages)
            database.settle()
        database.series.forget()
        assert database.series.rows(EditorPageRow) == pages
