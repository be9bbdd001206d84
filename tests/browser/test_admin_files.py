"""Test what the editor in the browser does to the text of a file, with its own script."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Page
from portraits.pages.admin.collections import FORM_KEYS
from portraits.reader.front_matter.reading import FrontMatter, read_front_matter
from portraits.support.problems import ProblemCollector

from tests.browser.admin import site_with_editor
from tests.conftest import ROOT, Command

pytestmark = pytest.mark.browser

CASES = ROOT / "tests" / "cases"
SERIES = sorted((ROOT / "tests" / "fixtures" / "series" / "portraits").glob("*.md"))
IMPORTED = sorted((CASES / "import" / "expected").rglob("*.md"))
_OPEN = """async () => {
  const { portraitFormat } = await import("/admin/front-matter.js");
  const { editor, formats, ...forms } = await (await fetch("/admin/collections.json")).json();
  window.format = portraitFormat(forms);
}"""
_SAVE = """async ([text, edits]) =>
  `${(await format.toFile({...await format.fromFile(text.trim()), ...edits})).trim()}\\n`"""
"""The editor trims what it reads and what it writes, and ends a file with one line end."""


class Edit(NamedTuple):
    """A case: a front matter, what is typed into fields, and the front matter that is saved."""

    title: str
    before: str
    typed: dict[str, Any]
    after: str


def edits() -> Iterator[Edit]:
    """Read the cases of ``browser-edits.txt``."""
    parts = (CASES / "browser-edits.txt").read_text(encoding="utf-8").split("\n.\n")
    title = parts[0].split("\n\n")[-1]
    for before, typed, after, following in zip(*[iter(parts[1:])] * 4, strict=False):
        yield Edit(title.strip(), before, json.loads(typed), after)
        title = following


@pytest.fixture(scope="module")
def page(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, program: Command
) -> Iterator[Page]:
    """Return a page in which ``format`` is that of the editor."""
    folder = tmp_path_factory.mktemp("editor")
    shutil.copytree(CASES / "small-site", folder / "content")
    with site_with_editor(folder, folder / "content", program) as address:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{address}404.html")
        page.evaluate(_OPEN)
        yield page
        context.close()


def saved(page: Page, text: str, typed: dict[str, Any] | None = None) -> str:
    text = page.evaluate(_SAVE, [text, typed or {}])
    return text


def front_matter(text: str) -> FrontMatter:
    report = ProblemCollector("portraits/lea.md")
    front = text.removeprefix("---\n").partition("\n---\n")[0]
    found = read_front_matter(front, report, first_line=2, folder="portraits", lang="fr")
    assert not report.has_errors, report.problems
    return found


@pytest.mark.parametrize("path", [*SERIES, *IMPORTED], ids=lambda path: path.stem)
def test_a_file_that_nobody_edited_is_saved_as_it_was(page: Page, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert saved(page, text) == text


@pytest.mark.parametrize("edit", tuple(edits()), ids=lambda edit: edit.title)
def test_an_edit_changes_what_was_edited_and_nothing_else(page: Page, edit: Edit) -> None:
    text = f"---\n{edit.before}\n---\n\nUne introduction.\n"
    assert saved(page, text, edit.typed) == f"---\n{edit.after}\n---\n\nUne introduction.\n"


def test_there_are_cases_for_every_key_that_is_no_line_of_text() -> None:
    typed = {key for edit in edits() for key in edit.typed}
    lines = ("text", "slug", "lang", "network")
    structured = {key.name for key in FORM_KEYS if key.kind not in lines}
    assert structured <= typed


AWKWARD = (
    "Autrice : romans",
    "Autrice:",
    "a # b",
    "#FF",
    "@lea",
    "- une liste",
    "? une question",
    "[crochets]",
    "{accolades}, et virgule",
    "l’un, l’autre: les deux",
    "'guillemets'",
    'un "mot"',
    "C’est l'autre",
    "null",
    "~",
    "yes",
    "12:30",
    "%",
    "&ancre",
    "*alias",
    "!balise",
    "| barre",
    "> suite",
    "`code`",
    "« oui »",
    "---",
    "... et puis",
    "\\n n’est pas une ligne",
    "💡 idée",
)


@pytest.mark.parametrize("text", AWKWARD)
@pytest.mark.parametrize(
    "line", ["", "role: Autrice", 'role: "Autrice"', "role: >-\n  Autrice\n  de romans"]
)
def test_what_is_typed_is_what_is_read(page: Page, line: str, text: str) -> None:
    before = f"---\nname: Léa\ndate: 2011-07-14\n{line}\n---\n\nOui.\n"
    after = saved(page, before, {"role": text})
    assert front_matter(after) == replace(
        front_matter(before), role=text, lines=front_matter(after).lines
    )


@pytest.mark.parametrize("text", AWKWARD)
@pytest.mark.parametrize(
    "lines",
    ["", "tags: [mer, vent]", "tags:\n  - mer\n  - vent", "tags: mer, vent"],
    ids=["none", "flow", "block", "commas"],
)
def test_an_item_that_is_typed_is_what_is_read(page: Page, lines: str, text: str) -> None:
    before = f"---\nname: Léa\ndate: 2011-07-14\n{lines}\n---\n\nOui.\n"
    for typed in ([text], ["mer", text], ["mer", "vent", text]):
        assert front_matter(saved(page, before, {"tags": typed})).tags == tuple(typed)


def test_the_text_below_keeps_its_markdown_and_only_what_is_typed_changes(page: Page) -> None:
    body = (
        "Une ligne  \nune autre\n\n\n* un\n* deux\n\n## Outil? {#outil}\n\n\tdu code\n\n[^1]: note"
    )
    text = f"---\nname: Léa\ndate: 2011-07-14\n---\n\n\n{body}\n"
    assert saved(page, text, {"body": f"{body}\n"}) == text
    assert saved(page, text, {"body": body.replace("deux", "trois")}) == text.replace(
        "deux", "trois"
    )


def test_a_new_portrait_is_a_file_that_begins_with_its_keys_in_order(page: Page) -> None:
    typed = {
        "body": "## Comment? {#debut}\n\nAinsi.\n",
        "tags": ["mer", ""],
        "status": "draft",
        "photo": {"file": "lea.jpg", "alt": "Léa", "credit": "", "focus": ""},
        "date": "2011-07-14",
        "name": "Léa",
        "accounts": [{"network": "mastodon", "account": "@lea@mastodon.example"}],
        "title": "",
    }
    made = page.evaluate("typed => format.toFile(typed)", typed)
    assert made == (
        "---\nname: Léa\ndate: 2011-07-14\nstatus: draft\ntags: [mer]\n"
        "photo:\n  file: lea.jpg\n  alt: Léa\n"
        "accounts:\n  mastodon: '@lea@mastodon.example'\n---\n\n"
        "## Comment? {#debut}\n\nAinsi.\n"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Bonjour.", "en-tête fermé"),
        ("---\nname: Léa\n", "en-tête fermé"),
        ("---\nname: [Léa\n---\n", "illisible"),
        ("---\n- Léa\n---\n", "n’est pas fait de clés"),
        ("---\nphoto: lea.jpg\n---\n", "« photo » attend des clés"),
        ("---\nname: &a Léa\nrole: *a\n---\n", "ancre"),
    ],
)
def test_a_file_that_cannot_be_read_is_not_opened(page: Page, text: str, said: str) -> None:
    message = page.evaluate(
        "text => { try { format.fromFile(text); } catch (error) { return error.message; } }", text
    )
    assert said in message
