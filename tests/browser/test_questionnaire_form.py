"""Test the questionnaire form in a real browser: fill in, store, save, import."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser, Page
from portraits.editor import cli as editor
from portraits.importer import cli as importer
from portraits.importer.answer_file import sections_of
from portraits.reader.questionnaire import Questionnaire, read_questionnaire
from portraits.reader.source import parse
from portraits.settings import Settings

from tests.browser.offline import opened_alone

pytestmark = pytest.mark.browser

CASES = Path(__file__).parents[1] / "cases" / "import"
ANSWER = "En 2010.\n\n@@ fin\n\\@@ reponse x\n# pas un titre\n- un\n- deux\n\n\nEt « voilà » 💡."


@pytest.fixture
def content(tmp_path: Path) -> Path:
    (tmp_path / "questionnaire.yml").write_bytes((CASES / "questionnaire.yml").read_bytes())
    return tmp_path


@pytest.fixture
def form(content: Path) -> Path:
    path = content / "questionnaire.html"
    assert editor.questionnaire("Zoé Lapierre", content, path, say=lambda _: None) == 0
    return path


@pytest.fixture
def page(browser: Browser, form: Path) -> Iterator[Page]:
    with opened_alone(browser, form, ("file", "blob")) as page:
        yield page


def fill(page: Page) -> None:
    page.fill("#q-annee-de-creation", ANSWER)
    page.fill("#q-outil", "Le tampon.")
    page.fill("#fonction", "Bibliothécaire")
    page.fill("#comptes", "Twitter : @zoe_lapierre\nFacebook : privé")
    page.fill("#recommandations", "@ana_roy pour ses ruelles\n@sam@mastodon.example : parce que")
    page.fill("#lectures", "Le livre qui dormait")
    page.fill("#mot", "Merci!")


def saved(page: Page, folder: Path) -> Path:
    with page.expect_download() as download:
        page.click("#download")
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_answers_are_kept_when_the_page_is_opened_again(page: Page) -> None:
    fill(page)
    page.reload()
    assert page.input_value("#q-annee-de-creation") == ANSWER
    assert page.input_value("#comptes") == "Twitter : @zoe_lapierre\nFacebook : privé"
    assert page.input_value("#nom") == "Zoé Lapierre"


def test_the_saved_file_holds_what_was_typed_to_the_character(page: Page, tmp_path: Path) -> None:
    fill(page)
    path = saved(page, tmp_path)
    assert path.name == "reponses-zoe-lapierre.txt"
    sections = sections_of(path.read_text(encoding="utf-8"))
    answers = {part.id: part.content for part in sections if part.key == "reponse"}
    assert answers["annee-de-creation"] == ANSWER
    assert answers["outil"] == "Le tampon."
    assert answers["etudes"] == ""


def test_the_saved_file_becomes_a_portrait(page: Page, content: Path) -> None:
    fill(page)
    path = saved(page, content)
    assert importer.run([path], content, say=lambda _: None) == 0
    text = (content / "portraits" / "zoe-lapierre.md").read_text(encoding="utf-8")
    questionnaire, _ = read_questionnaire("q", (content / "questionnaire.yml").read_bytes())
    dated = text.replace("# date: 2011-07-14 ", "date: 2011-07-14 #")
    read = parse("portraits/zoe-lapierre.md", dated.encode(), Settings(), questionnaire)
    portrait = read.portrait
    assert portrait is not None
    assert [e.question.questionnaire_id for e in portrait.exchanges] == [
        "annee-de-creation",
        "outil",
    ]
    answer = " ".join(portrait.exchanges[0].answer.text.replace("\u00a0", " ").split())
    assert answer == "En 2010. @@ fin \\@@ reponse x # pas un titre un deux Et « voilà » 💡."
    assert portrait.role == "Bibliothécaire"
    assert [p.network for p in portrait.accounts] == ["twitter", "facebook"]
    assert portrait.recommendations is not None
    assert [entry.account.handle for entry in portrait.recommendations.entries] == [
        "ana_roy",
        "sam@mastodon.example",
    ]


def test_the_copied_text_is_the_saved_file(page: Page, tmp_path: Path) -> None:
    fill(page)
    page.click("#copy")
    page.wait_for_function("document.getElementById('told').textContent !== ''")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.replace("\r\n", "\n") == saved(page, tmp_path).read_text(encoding="utf-8")


def test_progress_and_words_are_counted(page: Page) -> None:
    page.fill("#q-outil", "L’eau, le feu.")
    page.fill("#q-etudes", "   ")
    assert page.inner_text("#answered") == "1"
    assert page.inner_text("#q-outil-count") == "3\u00a0mots"
    assert page.inner_text("#total") == "3\u00a0mots"
    page.fill("#q-outil", "le feu")
    assert page.inner_text("#q-outil-count") == "2\u00a0mots"
    page.fill("#q-outil", "eau")
    assert page.inner_text("#q-outil-count") == "1\u00a0mot"
    assert page.evaluate("document.getElementById('progress').value") == 1


def test_the_progress_line_says_how_many_of_all_questions_are_answered(page: Page) -> None:
    questions = page.locator(".question").count()
    assert page.inner_text("#progress-text").startswith(f"Réponses\u00a0: 0 sur {questions}")
    page.fill("#q-outil", "Le tampon.")
    page.fill("#q-etudes", "Aucune.")
    page.fill("#q-etudes", "")
    assert page.inner_text("#progress-text").startswith(f"Réponses\u00a0: 1 sur {questions}")
    assert page.get_attribute("#progress", "max") == str(questions)
    assert page.get_attribute("#progress", "aria-describedby") == "progress-text"


PREVIEWED = """Par *hasard* et **beaucoup** de _travail_, 2*3*4, * seul, « *oui* ».
Suite @ana_roy_.

Avant :
- un
- deux *mots*

* trois

1. premier

2) second
7. autre

# pas un titre
*(ensemble)* *ici* ***trois***"""


def shape_of(html: str) -> list[str]:
    """The elements and words of an answer, without what typography and links change."""
    soup = BeautifulSoup(html, "html.parser")
    for link in soup.select("a"):
        link.unwrap()
    return [
        f"<{part.name}>" if isinstance(part, Tag) else "".join(part.split())
        for part in BeautifulSoup(str(soup), "html.parser").descendants
        if isinstance(part, Tag) or part.strip()
    ]


def test_the_preview_of_an_answer_has_the_shape_that_its_page_will_have(
    page: Page, content: Path
) -> None:
    assert page.is_hidden("#q-outil-shown")
    page.fill("#q-outil", PREVIEWED)
    page.click("#q-outil-shown summary")
    page.wait_for_selector("#q-outil-answer li")
    preview = page.inner_html("#q-outil-answer")
    assert importer.run([saved(page, content)], content, say=lambda _: None) == 0
    text = (content / "portraits" / "zoe-lapierre.md").read_text(encoding="utf-8")
    dated = text.replace("# date: 2011-07-14 ", "date: 2011-07-14 #")
    portrait = parse(
        "portraits/zoe-lapierre.md", dated.encode(), Settings(), Questionnaire()
    ).portrait
    assert portrait is not None
    assert shape_of(preview) == shape_of(portrait.exchanges[0].answer.html)


def test_nothing_typed_is_ever_markup_in_the_preview(page: Page) -> None:
    hostile = (
        "<img src=x onerror=alert(1)>\n- *<b>un</b>*\n- </div><script>alert(1)</script>\n\n"
        "[lien](javascript:alert(1)) &lt;i&gt; <style>*{display:none}</style>"
    )
    page.fill("#q-outil", hostile)
    page.click("#q-outil-shown summary")
    page.wait_for_selector("#q-outil-answer li")
    names = page.evaluate(
        "[...document.querySelectorAll('#q-outil-answer *')].map(found => found.localName)"
    )
    assert set(names) <= {"p", "br", "ul", "li", "em"}
    shown = page.evaluate("document.getElementById('q-outil-answer').textContent")
    for typed in ("<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "&lt;i&gt;"):
        assert typed in shown


def test_the_preview_follows_what_is_typed_and_goes_when_the_answer_does(page: Page) -> None:
    page.fill("#q-outil", "Le tampon.")
    page.click("#q-outil-shown summary")
    page.wait_for_selector("#q-outil-answer p")
    page.fill("#q-outil", "La *plume*.")
    assert page.inner_text("#q-outil-answer em") == "plume"
    page.fill("#q-outil", "")
    assert page.is_hidden("#q-outil-shown")


def test_where_storage_is_blocked_the_page_says_so_and_still_saves(
    browser: Browser, form: Path, tmp_path: Path
) -> None:
    context = browser.new_context(accept_downloads=True)
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('blocked'); }})"
    )
    page = context.new_page()
    page.goto(form.as_uri())
    assert page.is_visible("#no-storage")
    page.fill("#q-outil", "Le tampon.")
    assert "Le tampon." in saved(page, tmp_path).read_text(encoding="utf-8")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_the_page_is_accessible_and_never_wider_than_the_screen(
    browser: Browser, form: Path, scheme: str, width: int
) -> None:
    context = browser.new_context(
        color_scheme=scheme,  # type: ignore[arg-type]
        viewport={"width": width, "height": 800},
        bypass_csp=True,
    )
    page = context.new_page()
    page.goto(form.as_uri())
    fill(page)
    page.click("#preview summary")
    page.click("#q-outil-shown summary")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    context.close()


def test_the_keyboard_alone_reaches_every_field_and_button(page: Page) -> None:
    reached: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.id || document.activeElement.localName")
        if name in reached:
            break
        reached.append(name)
    wanted = page.evaluate(
        "[...document.querySelectorAll('input:not([type=hidden]), textarea:not([readonly]), '"
        " + 'button')].map(field => field.id)"
    )
    assert [name for name in wanted if name not in reached] == []
    assert re.fullmatch(r"nom", reached[0])
