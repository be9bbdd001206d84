"""Test search in a browser, under the site's content security policy."""

from __future__ import annotations

import mimetypes
import unicodedata
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from urllib.parse import quote, urlencode, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect
from portraits.output.hosting.policy import policy_of
from portraits.series.search.postings import bucket
from portraits.series.search.words import STOP_WORDS, folded

from tests.unit.search.cases import CASES
from tests.unit.search.small_site import files_of, small_site
from tools.loopback import answering

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Serve the small site on loopback; return its address."""
    files = files_of(small_site())

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = urlsplit(self.path).path.lstrip("/")
            path = f"{path}index.html" if not path or path.endswith("/") else path
            content = files.get(path)
            self.send_response(404 if content is None else 200)
            kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(content or b"")))
            self.send_header("Content-Security-Policy", policy_of().in_header())
            self.end_headers()
            self.wfile.write(content or b"")

        def log_message(self, format: str, *args: object) -> None:
            """Log nothing."""

    with answering(Handler) as address:
        yield f"{address}/"


@pytest.fixture(scope="module")
def complaints() -> list[str]:
    """Return the errors that the browser logged."""
    return []


@pytest.fixture(scope="module")
def window(browser: Browser, address: str, complaints: list[str]) -> Iterator[Page]:
    """Return a page that records its errors and its requests to other hosts."""
    page = browser.new_page(locale="fr-CA")
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda request: (
            complaints.append(request.url) if not request.url.startswith(address) else None
        ),
    )
    yield page
    page.close()


@pytest.fixture
def page(window: Page, complaints: list[str]) -> Iterator[Page]:
    """Return the same page; the test fails if anything was recorded."""
    complaints.clear()
    yield window
    assert complaints == []


def finished(page: Page) -> None:
    """Wait until a search shows its results."""
    page.locator('#resultats[aria-busy="false"]').wait_for(state="attached")


def search(page: Page, address: str, query: str, **chosen: str) -> list[str]:
    """Search by address; return the addresses of the results, relative to the site's root."""
    parameters = "&".join(f"{key}={quote(value)}" for key, value in {"q": query, **chosen}.items())
    page.goto(f"{address}recherche/?{parameters}")
    finished(page)
    links = page.locator("#resultats a")
    return [str(link.get_attribute("href")) for link in links.all()]


SOLENE, ARIANE, MAYA = (
    "/portraits/solene-tremblay-roy/",
    "/portraits/ariane-nault/",
    "/en/portraits/maya-stone/",
)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("l’UQÀM", f"{SOLENE}#etudes"),
        ("uqam", f"{SOLENE}#etudes"),
        ("evenement", f"{SOLENE}#journee"),
        ("Événements", f"{SOLENE}#journee"),
        ("œuvre", f"{SOLENE}#journee"),
        ("oeuvres", f"{SOLENE}#journee"),
        ("oeuv", f"{SOLENE}#journee"),
        ("coeur", f"{SOLENE}#plus-loin"),
        ("#jeudiconfession", f"{ARIANE}#confession"),
        ("jeudiconf", f"{ARIANE}#confession"),
        ("le_devoir", f"{SOLENE}#ff"),
        ("Devoir", f"{SOLENE}#ff"),
        ("@lea.exemple.social", f"{SOLENE}#ff"),
        ("étudié danse", f"{ARIANE}#etudes"),
        ("statistics", f"{MAYA}#etudes"),
        ("solene bureau", f"{SOLENE}#etudes"),
        ("dossier", f"{SOLENE}#ff"),
        ("statistic", f"{MAYA}#etudes"),
        ("evening", f"{MAYA}#etudes"),
    ],
)
def test_what_people_type_leads_to_the_question(
    page: Page, address: str, query: str, expected: str
) -> None:
    assert expected in search(page, address, query)


@pytest.mark.parametrize("query", ["@evenko", "evenko", "EVENKO"])
def test_a_handle_is_found_wherever_it_stands(page: Page, address: str, query: str) -> None:
    found = search(page, address, query)
    assert f"{ARIANE}#confession" in found
    assert SOLENE in found


def test_results_are_grouped_by_portrait(page: Page, address: str) -> None:
    found = search(page, address, "uqam personnes")
    assert found == [SOLENE, f"{SOLENE}#plus-loin", f"{SOLENE}#etudes"] or (
        found == [SOLENE, f"{SOLENE}#etudes", f"{SOLENE}#plus-loin"]
    )
    assert page.locator("#resultats > li").count() == 1


def test_an_excerpt_is_the_text_as_it_was_typeset(page: Page, address: str) -> None:
    search(page, address, "uqam")
    excerpt = page.locator(".search__excerpt")
    assert excerpt.text_content() == (
        "J’ai terminé un certificat à l’UQÀM, puis un stage au bureau."
    )
    assert excerpt.locator("mark").all_text_contents() == ["UQÀM"]


def test_a_long_answer_is_cut_around_the_word(page: Page, address: str) -> None:
    search(page, address, "oeuvre")
    excerpt = str(page.locator(".search__excerpt").text_content())
    assert excerpt.startswith("… ")
    assert "Une œuvre se montre" in excerpt
    assert len(excerpt) < 300


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, {SOLENE, ARIANE, MAYA}),
        ({"etiquette": "festivals"}, {SOLENE, ARIANE}),
        ({"annee": "2013"}, {ARIANE}),
        ({"langue": "en"}, {MAYA}),
        ({"etiquette": "festivals", "annee": "2011"}, {SOLENE}),
    ],
)
def test_filters_by_tag_year_and_language(
    page: Page, address: str, chosen: dict[str, str], expected: set[str]
) -> None:
    found = search(page, address, "voici", **chosen)
    assert {link for link in found if "#" not in link} == expected


def test_choosing_a_filter_searches_again_and_is_kept_in_the_address(
    page: Page, address: str
) -> None:
    search(page, address, "voici")
    page.get_by_label("Année").select_option("2013")
    page.wait_for_url("**/recherche/?q=voici&annee=2013")
    expect(page.locator("#resultats > li")).to_have_count(1)


def test_results_come_while_typing(page: Page, address: str) -> None:
    page.goto(f"{address}recherche/")
    page.get_by_role("searchbox").press_sequentially("confess")
    page.get_by_role("link", name="Ta meilleure confession").wait_for()
    page.wait_for_url("**/recherche/?q=confess")


def test_nothing_found_says_so_and_suggests_questions(page: Page, address: str) -> None:
    assert search(page, address, "zibeline") == []
    assert page.locator("#etat").text_content() == "Rien ne correspond à «\u00a0zibeline\u00a0»."
    assert page.get_by_role("link", name="En quoi as-tu étudié").is_visible()
    assert page.get_by_role("link", name="Tous les portraits").is_visible()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("comunauté", "communauté"),
        ("festval", "Festivals"),
        ("bénévloes", "bénévoles"),
        ("statistiks", "statistics"),
        ("Trembley", "Tremblay"),
        ("uqam certifcat", "uqam certificat"),
        ("jeudiconfesion", "jeudiconfession"),
        ("certiffikat", "certificat"),
    ],
)
def test_a_slip_of_the_keyboard_is_answered_with_a_link_to_what_was_meant(
    page: Page, address: str, typed: str, meant: str
) -> None:
    assert search(page, address, typed) == []
    expect(page.locator("#etat")).to_have_text(
        f"Rien ne correspond à «\u00a0{typed}\u00a0». Vouliez-vous dire {meant}?"
    )
    link = page.locator("#etat").get_by_role("link", name=meant)
    assert str(link.get_attribute("href")).endswith(f"/recherche/?{urlencode({'q': meant})}")


def test_the_link_to_what_was_meant_searches_for_it(browser: Browser, address: str) -> None:
    page = browser.new_page()
    search(page, address, "comunauté")
    page.get_by_role("link", name="communauté").click()
    page.wait_for_url("**/recherche/?q=communaut%C3%A9")
    finished(page)
    expect(page.get_by_role("searchbox")).to_have_value("communauté")
    expect(page.locator("#resultats > li")).to_have_count(1)
    page.close()


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        ("zibeline", {}),  # nothing is near
        ("dunze", {}),  # two slips are too many in a short word
        ("uqan", {"annee": "2013"}),  # what is near is not in that year
        ("uqam", {"annee": "2013"}),  # rightly spelt
        ("uqam bribes", {}),  # one of two words is near to nothing
    ],
)
def test_nothing_is_suggested_that_would_find_nothing(
    page: Page, address: str, typed: str, chosen: dict[str, str]
) -> None:
    assert search(page, address, typed, **chosen) == []
    expect(page.locator("#etat")).to_have_text(f"Rien ne correspond à «\u00a0{typed}\u00a0».")


def test_a_suggestion_keeps_the_filters(page: Page, address: str) -> None:
    search(page, address, "uqan", annee="2011")
    link = page.locator("#etat").get_by_role("link", name="UQÀM")
    assert str(link.get_attribute("href")).endswith("?q=UQ%C3%80M&annee=2011")


def test_suggestions_step_aside_for_results(page: Page, address: str) -> None:
    search(page, address, "uqam")
    assert not page.get_by_role("link", name="Tous les portraits").is_visible()


def test_the_arrows_walk_through_the_results(page: Page, address: str) -> None:
    search(page, address, "evenko")
    page.get_by_role("searchbox").focus()
    first = page.locator("#resultats a").first
    page.keyboard.press("ArrowDown")
    assert first.evaluate("link => link === document.activeElement")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.get_by_role("searchbox").evaluate("field => field === document.activeElement")


def test_a_result_opens_at_its_question(browser: Browser, address: str) -> None:
    page = browser.new_page()
    search(page, address, "uqam")
    page.get_by_role("searchbox").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{SOLENE}#etudes")
    assert page.locator(":target").text_content() == "En quoi as-tu étudié ?"
    page.close()


def test_more_results_come_on_demand(page: Page, address: str) -> None:
    search(page, address, "ribambelle")
    results = page.locator("#resultats > li")
    expect(results).to_have_count(10)
    page.get_by_role("button", name="Plus de résultats").click()
    expect(results).to_have_count(12)
    expect(page.get_by_role("button", name="Plus de résultats")).to_be_hidden()
    expect(results.nth(10).locator("a").first).to_be_focused()


def test_a_search_that_cannot_be_made_says_so_and_shows_another_way(
    browser: Browser, address: str
) -> None:
    page = browser.new_page()
    page.route("**/recherche/index/**", lambda route: route.abort())
    search(page, address, "uqam")
    assert "n’est pas disponible" in str(page.locator("#etat").text_content())
    assert page.get_by_role("link", name="Tous les portraits").is_visible()
    page.unroute("**/recherche/index/**")
    page.get_by_role("button", name="Chercher").click()
    expect(page.locator("#resultats > li")).to_have_count(1)
    page.close()


def test_an_index_that_was_replaced_meanwhile_is_loaded_anew(
    browser: Browser, address: str
) -> None:
    page = browser.new_page()
    missing = iter([404])
    page.route(
        "**/*.words",
        lambda route: route.fulfill(status=404) if next(missing, None) else route.continue_(),
    )
    search(page, address, "uqam")
    expect(page.locator("#resultats > li")).to_have_count(1)
    page.close()


@pytest.mark.parametrize("query", ["", "?q=uqam"])
def test_an_index_that_was_replaced_while_it_was_opened_is_opened_once_more(
    browser: Browser, address: str, query: str
) -> None:
    page = browser.new_page()
    fetched: list[str] = []

    def of_another_edition(route: Route) -> None:
        fetched.append(route.request.url)
        if len(fetched) > 1:
            route.continue_()
        else:
            route.fulfill(json={"edition": "another", "buckets": []})

    page.route("**/mots.json", of_another_edition)
    page.goto(f"{address}recherche/{query}")
    expect(page.get_by_label("Année")).to_be_visible()  # the choices that the index offers
    assert len(fetched) == 2
    if query:
        expect(page.locator("#resultats > li")).to_have_count(1)
    page.close()


def test_an_index_of_two_editions_cannot_be_searched_and_says_so(
    browser: Browser, address: str
) -> None:
    page = browser.new_page()
    page.route(
        "**/mots.json", lambda route: route.fulfill(json={"edition": "another", "buckets": []})
    )
    page.goto(f"{address}recherche/?q=uqam")
    expect(page.locator("#etat")).to_contain_text("n’est pas disponible")
    assert page.get_by_role("link", name="Tous les portraits").is_visible()
    page.close()


def test_what_is_typed_is_text(page: Page, address: str) -> None:
    search(page, address, "<img src=x onerror=alert(1)>")
    assert page.locator("#etat img").count() == 0


def test_without_script_there_is_a_way_to_all_portraits(browser: Browser, address: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{address}recherche/")
    link = page.locator("noscript a, .notice a").first
    assert link.get_attribute("href") == "/portraits/"
    page.close()


def module(page: Page, name: str) -> str:
    """Return the address of a script that the page has loaded."""
    address: str = page.evaluate(
        "part => performance.getEntriesByType('resource').map(r => r.name)"
        ".find(name => name.includes(part))",
        name,
    )
    return address


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("amis", ["ami", "amis"]),
        ("amis ", ["ami"]),
        ("festivals", ["fest"]),
        ("étés", ["ete", "etes"]),
    ],
)
def test_a_word_is_looked_up_by_its_stem_and_by_what_it_may_go_on_to(
    page: Page, address: str, typed: str, terms: list[str]
) -> None:
    page.goto(f"{address}recherche/")
    read = page.evaluate(
        """async ([module, typed]) => {
        const { SearchIndex } = await import(module);
        const nothing = { stop_words: [], tags: [], shards: [] };
        const index = new SearchIndex("", nothing, [...Array(512).keys()]);
        const read = [];
        index.bucket = (name) => (read.push(name), new Uint8Array());
        await index.find(index.wanted(typed), () => true);
        return read;
    }""",
        [module(page, "search-index"), typed],
    )
    assert read == [bucket(term, 512) for term in terms]


def test_the_browser_and_the_build_agree_on_words(page: Page, address: str) -> None:
    page.goto(f"{address}recherche/")
    typed = page.evaluate(
        """async ([module, texts]) => {
        const { words, stem } = await import(module);
        return texts.map(text => words(text).map(stem));
    }""",
        [module(page, "search-words"), [case.text for case in CASES]],
    )
    missed = [
        (case.text, terms)
        for case, terms in zip(CASES, typed, strict=True)
        if not {term for term in terms if len(term) > 1 and term not in STOP_WORDS} <= case.terms
    ]
    assert missed == []


def test_the_browser_and_the_build_fold_every_latin_letter_alike(page: Page, address: str) -> None:
    letters = [
        char
        for char in map(chr, range(0xC0, 0x2C80))
        if char.isalpha() and unicodedata.name(char, "").startswith("LATIN ")
    ]
    page.goto(f"{address}recherche/")
    there = page.evaluate(
        """async ([module, texts]) => {
        const { folded } = await import(module);
        return texts.map(folded);
    }""",
        [module(page, "search-words"), letters],
    )
    here = [folded(char) for char in letters]
    assert dict(zip(letters, there, strict=True)) == dict(zip(letters, here, strict=True))
    assert [char for char, plain in zip(letters, here, strict=True) if not plain.isascii()] == [
        "Ŀ",
        "ŀ",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_results_can_be_read_by_everybody(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    search(page, address, "evenko")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()
