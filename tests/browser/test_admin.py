"""Write in the browser: open a portrait, edit it, add a photo, save; begin a new one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from playwright.sync_api import Browser, Page

from tests.browser.admin import PICKED, field, read, site_with_editor, write
from tests.conftest import Command, small_settings
from tests.fixtures.series import picture, write_series

pytestmark = pytest.mark.browser

DENIS = "content/portraits/denis-ouellet.md"
NOT_SENT = ("cdn.jsdelivr.net", "www.githubstatus.com")
"""Hosts that the editor would ask: for typefaces, which the policy forbids because the site has
them, and for the state of the service, which this test does not let out."""


class Desk(NamedTuple):
    """An editor at work on a repository."""

    page: Page
    before: dict[str, bytes]
    """The files of the repository as they were."""

    def open(self, person: str) -> None:
        self.page.get_by_role("gridcell", name=re.compile(f"^{person} — ")).click()
        field(self.page, "Nom").wait_for()

    def save(self) -> None:
        self.page.get_by_role("button", name="Enregistrer", exact=True).click()
        self.page.get_by_text("Entrée enregistrée.").wait_for(timeout=90_000)

    def changed(self) -> dict[str, bytes]:
        """Return the files that are not as they were."""
        after = read(self.page)
        assert set(self.before) <= set(after)
        return {path: text for path, text in after.items() if self.before.get(path) != text}


@pytest.fixture(scope="module")
def series(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_series(tmp_path_factory.mktemp("series") / "content")


@pytest.fixture(scope="module")
def address(
    series: Path, tmp_path_factory: pytest.TempPathFactory, program: Command
) -> Iterator[str]:
    with site_with_editor(tmp_path_factory.mktemp("editor"), series, program) as address:
        yield address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Return the page of the editor, whose fields are all in sight: it draws no others."""
    context = browser.new_context(locale="fr-CA", viewport={"width": 1300, "height": 5000})
    context.add_init_script(PICKED)
    asked: set[str] = set()
    faults: list[str] = []
    context.route(lambda url: not url.startswith(address), lambda route: route.abort())
    page = context.new_page()
    page.on("request", lambda request: asked.add(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{address}404.html")
    yield page
    context.close()
    outside = {url for url in asked if not url.startswith((address, "data:", "blob:", "about:"))}
    assert {url for url in outside if url.split("/")[2] not in NOT_SENT} == set()
    assert faults == []


@pytest.fixture
def desk(page: Page, series: Path, address: str) -> Desk:
    files = {
        f"content/{path.relative_to(series).as_posix()}": path.read_bytes()
        for path in sorted(series.rglob("*"))
        if path.is_file()
    }
    write(page, {".git/HEAD": b"ref: refs/heads/main\n", **files})
    page.goto(f"{address}admin/")
    page.get_by_role("button", name="Travailler avec un dépôt local").click()
    page.get_by_role("gridcell", name="Alix Morin").first.wait_for()
    return Desk(page, read(page))


def check(files: dict[str, bytes], folder: Path, program: Command) -> str:
    """Return what `check` says of a repository with these files; it must accept them."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    settings = small_settings(folder, "'pictures': False")
    done = program("check", "--content", str(folder / "content"), "--settings", str(settings))
    assert done.returncode == 0, done.stderr
    return done.stderr


def test_the_list_says_who_when_and_whether_it_is_published(desk: Desk) -> None:
    rows = desk.page.get_by_role("row").all_inner_texts()
    assert any("Alix Morin — 2011-07-14 (publié)" in row for row in rows), rows
    tree = desk.page.get_by_role("treeitem").all_inner_texts()
    assert [text.split("\n")[1] for text in tree] == ["Portraits", "Portraits en anglais"]


def test_an_edit_and_a_photo_change_their_lines_and_no_byte_besides(
    desk: Desk, tmp_path: Path, program: Command
) -> None:
    page = desk.page
    desk.open("Denis Ouellet")
    field(page, "Rôle").get_by_role("textbox").fill("Menuisier : portes et fenêtres")
    text = field(page, "Texte").get_by_role("textbox")
    text.click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("Bonjour. ")

    field(page, "Photographie").get_by_role("checkbox").click()
    field(page, "Texte alternatif").get_by_role("textbox").fill("Dessin : un homme au rabot")
    field(page, "Crédit").get_by_role("textbox").fill("Ana Roy")
    field(page, "Fichier").get_by_role("button", name="Parcourir").click()
    drawn = tmp_path / "Été au rabot (1).jpg"
    picture("rabot", (900, 700)).save(drawn)
    chooser = page.get_by_role("dialog", name="Sélectionner une image")
    with page.expect_file_chooser() as chosen:
        chooser.get_by_role("button", name="Téléverser").click()
    chosen.value.set_files(drawn)
    chooser.get_by_role("option", name="ete-au-rabot-1.jpg").wait_for()
    chooser.get_by_role("button", name="Insérer").click()
    chooser.wait_for(state="hidden")
    desk.save()

    changed = desk.changed()
    assert set(changed) == {DENIS, "content/portraits/ete-au-rabot-1.jpg"}
    assert changed["content/portraits/ete-au-rabot-1.jpg"] == drawn.read_bytes()
    before = desk.before[DENIS].decode().split("\n")
    after = changed[DENIS].decode().split("\n")
    assert [line for line in before if line not in after] == [
        "role: Bibliothécaire de nuit",
        "Il n’a pas voulu de photo : « La lampe suffit. » Nous avons laissé la lampe.",
    ]
    assert [line for line in after if line not in before] == [
        "role: 'Menuisier : portes et fenêtres'",
        "photo:",
        "  file: ete-au-rabot-1.jpg",
        "  alt: 'Dessin : un homme au rabot'",
        "  credit: Ana Roy",
        "Bonjour. Il n’a pas voulu de photo : « La lampe suffit. » Nous avons laissé la lampe.",
    ]
    check({**desk.before, **changed}, tmp_path / "checked", program)


def test_a_second_edit_begins_where_the_first_ended(desk: Desk) -> None:
    page = desk.page
    desk.open("Denis Ouellet")
    field(page, "Rôle").get_by_role("textbox").fill("Menuisier")
    desk.save()
    page.get_by_text("Entrée enregistrée.").wait_for(state="hidden")
    desk.open("Denis Ouellet")
    field(page, "Organisation").get_by_role("textbox").fill("La Varlope")
    page.get_by_role("radio", name="brouillon").click()
    desk.save()
    (path, after), *others = desk.changed().items()
    assert (path, others) == (DENIS, [])
    head = yaml.safe_load(after.decode().split("---\n")[1])
    old = yaml.safe_load(desk.before[DENIS].decode().split("---\n")[1])
    assert head == {**old, "role": "Menuisier", "organization": "La Varlope", "status": "draft"}


@pytest.mark.parametrize(
    ("collection", "name", "said"),
    [
        ("Portraits", "zoe-d-amours.md", "## Comment as-tu commencé? {#debuts}"),
        ("Portraits en anglais", "zoe-d-amours.en.md", "## How did you begin? {#debuts}"),
    ],
)
def test_a_new_portrait_is_a_draft_with_its_questions(
    desk: Desk, tmp_path: Path, program: Command, collection: str, name: str, said: str
) -> None:
    page = desk.page
    page.get_by_role("treeitem", name=collection, exact=True).click()
    page.get_by_role("button", name="Créer une entrée", exact=True).click()
    field(page, "Nom").get_by_role("textbox").fill("Zoé D’Amours")
    field(page, "Jour").get_by_role("textbox").fill("2014-03-09")
    desk.save()
    ((path, text),) = desk.changed().items()
    assert path == f"content/portraits/{name}"
    lang = "lang: en\n" if name.endswith(".en.md") else ""
    assert text.decode().startswith(
        f"---\nname: Zoé D’Amours\ndate: 2014-03-09\n{lang}status: draft\n---\n\n## "
    )
    assert said in text.decode()
    answered = text.decode().partition("\n\n\n")[0] + "\n\nAinsi.\n"
    check({**desk.before, path: answered.encode()}, tmp_path / "checked", program)
