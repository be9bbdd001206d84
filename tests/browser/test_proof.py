"""The proof in a real browser: change an answer, agree, save, import."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page
from portraits.options import BuildOptions
from portraits.proof.making import make
from portraits.proof.reading import ReplyReader, reply_at

from tests.browser.offline import opened_alone
from tests.proofs import ZOE, file_of, portrait_at, series

pytestmark = pytest.mark.browser

TEXT = ZOE.replace("role:", "photo: {file: zoe.jpg, alt: Zoé au quai}\nrole:")
CHANGED = "La colle.\n\n@@ fin\n\\@@ jeton x\nEt « voilà » 💡."


@pytest.fixture
def options(tmp_path: Path) -> BuildOptions:
    found = series(tmp_path, TEXT)
    Image.new("RGB", (1200, 1500), "teal").save(found.content / "portraits" / "zoe.jpg")
    return found


@pytest.fixture
def proof(options: BuildOptions) -> Path:
    path = options.root / "epreuve.html"
    assert make("zoe-lapierre", options, options.root, output=path, say=lambda _: None) == 0
    return path


@pytest.fixture
def page(browser: Browser, proof: Path) -> Iterator[Page]:
    with opened_alone(browser, proof, ("file", "blob", "data")) as page:
        yield page


def change(page: Page, id: str, text: str) -> None:
    field = page.locator(f'[data-answer="{id}"]')
    details = page.locator("details", has=field)
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    field.fill(text)


def saved(page: Page, folder: Path) -> Path:
    with page.expect_download() as download:
        page.click("#proof-download")
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def agree(page: Page) -> None:
    for key in ("texte", "photo", "date"):
        page.check(f'[name="accord-{key}"][value="oui"]')


def imported(options: BuildOptions, path: Path) -> list[str]:
    reply = reply_at(path)
    assert reply is not None
    said: list[str] = []
    reader = ReplyReader(options, options.root, said.append, lambda _: True)
    assert reader.take(path, reply) == 0, said
    return said


def test_the_photo_and_the_faces_show(page: Page) -> None:
    assert page.evaluate("document.querySelector('img.u-photo').naturalWidth") > 500
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.size)") > 0
    assert page.evaluate("document.fonts.check('16px Newsreader')")


def test_what_is_changed_and_agreed_to_comes_into_the_portrait(
    page: Page, options: BuildOptions, tmp_path: Path
) -> None:
    change(page, "ton-outil", CHANGED)
    agree(page)
    page.fill("#proof-note", "Merci !\n@@ mot")
    path = saved(page, tmp_path)
    assert path.name == "epreuve-zoe-lapierre.txt"
    said = imported(options, path)
    text = portrait_at(options).read_text(encoding="utf-8")
    assert f"\n\n{CHANGED}\n\n\n## Sans réponse" in text
    consent = file_of(options).portrait.consent
    assert consent and consent.current
    assert consent.text == consent.photo == min(dt.date.today(), options.today)
    assert consent.date == dt.date(2026, 12, 5)
    assert "    @@ mot" in said


def test_nothing_changed_is_nothing_proposed(
    page: Page, options: BuildOptions, tmp_path: Path
) -> None:
    change(page, "etudes", "Autre chose.")
    assert page.inner_text("#proof-count") == "1\u00a0changement proposé"
    page.locator("details", has=page.locator('[data-answer="etudes"]')).locator(
        ".proof__undo"
    ).click()
    assert page.inner_text("#proof-count") == "0\u00a0changement proposé"
    before = portrait_at(options).read_bytes()
    imported(options, saved(page, tmp_path))
    assert portrait_at(options).read_bytes() == before


def test_what_was_written_is_kept_when_the_page_is_opened_again(page: Page) -> None:
    change(page, "fin", "Oui.")
    agree(page)
    page.fill("#proof-note", "Merci !")
    page.reload()
    assert page.input_value('[data-answer="fin"]') == "Oui."
    assert page.is_checked('[name="accord-photo"][value="oui"]')
    assert page.input_value("#proof-note") == "Merci !"


def test_the_copied_text_is_the_saved_file(page: Page, tmp_path: Path) -> None:
    change(page, "fin", "Oui.")
    page.click("#proof-copy")
    page.wait_for_function("document.getElementById('proof-told').textContent !== ''")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.replace("\r\n", "\n") == saved(page, tmp_path).read_text(encoding="utf-8")


def test_without_a_script_the_text_is_read_and_no_dead_button_shows(
    browser: Browser, proof: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(proof.as_uri())
    assert page.is_visible("text=Le tampon.")
    assert page.is_visible(".proof--opening")
    for part in ("#proof-download", "#proof-agreement", "summary", "textarea"):
        assert not page.locator(part).first.is_visible(), part
    context.close()


def test_a_script_in_an_answer_does_not_run(
    browser: Browser, options: BuildOptions, proof: Path
) -> None:
    hostile = "`</textarea><script>document.title='hacked'</script><img src=x onerror=alert(1)>`"
    portrait_at(options).write_text(TEXT.replace("Le tampon.", hostile), encoding="utf-8")
    make("zoe-lapierre", options, options.root, output=proof, force=True, say=lambda _: None)
    context = browser.new_context()
    page = context.new_page()
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(proof.as_uri())
    assert "Épreuve" in page.title()
    assert page.input_value('[data-answer="ton-outil"]') == hostile
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_the_page_is_accessible_and_never_wider_than_the_screen(
    browser: Browser, proof: Path, scheme: str, width: int
) -> None:
    context = browser.new_context(
        color_scheme=scheme,  # type: ignore[arg-type]
        viewport={"width": width, "height": 800},
        bypass_csp=True,
    )
    page = context.new_page()
    page.goto(proof.as_uri())
    change(page, "etudes", "Autre chose.")
    page.click("#proof-preview summary")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    context.close()
