"""Rules 4 and 9 in a real browser: nothing that a portrait says ever runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, Route
from portraits.output.hosting.policy import policy_of

from tests.security.building import Builder
from tests.security.conftest import SettingsOf
from tests.security.corpus import Case, corpus
from tools.loopback import answering

pytestmark = [pytest.mark.site, pytest.mark.browser]

GROUPS = ("html", "markdown", "links", "front-matter", "yaml")
HOSTILE = tuple(case for case in corpus() if case.group in GROUPS)
META = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')

HANDLERS = """() => [...document.querySelectorAll('*')].flatMap(element =>
    [...element.attributes].map(attribute => attribute.name)
        .filter(name => name.startsWith('on') || name === 'style')
        .map(name => element.tagName + ' ' + name))"""


class _Site(SimpleHTTPRequestHandler):
    """A published folder with the policy as a header, as ``<meta>`` only, or not at all."""

    protocol_version = "HTTP/1.1"

    def __init__(self, policy: str, *args: object, **more: object) -> None:
        self._policy = policy
        super().__init__(*args, **more)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        found = path.is_file()
        content = path.read_bytes() if found else b""
        kind = self.guess_type(str(path))
        if self._policy == "none":
            content = META.sub(b"", content)
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        if self._policy == "header":
            self.send_header("Content-Security-Policy", policy_of().in_header())
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Quietly."""


@contextmanager
def served(folder: Path, policy: str) -> Iterator[str]:
    """The address at which ``folder`` is served."""
    with answering(partial(_Site, policy, directory=str(folder))) as address:
        yield address


@dataclass
class Watch:
    """What a page did that it should not."""

    dialogs: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        page.on("dialog", lambda dialog: (self.dialogs.append(page.url), dialog.dismiss()))
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda message: (
                self.faults.append(f"{page.url}: {message.text}")
                if message.type == "error"
                else None
            ),
        )
        page.route(lambda address: urlsplit(address).hostname != "127.0.0.1", self._stop)

    def _stop(self, route: Route, request: Request) -> None:
        self.elsewhere.append(f"{request.resource_type} {request.url}")
        route.abort()


@contextmanager
def watched(browser: Browser, watch: Watch) -> Iterator[Page]:
    """A page of its own, under watch until it is closed."""
    with browser.new_context() as context:
        page = context.new_page()
        watch.over(page)
        yield page


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory, settings_of: SettingsOf) -> Path:
    """A site of everything hostile that is accepted, because it is text."""
    base = tmp_path_factory.mktemp("hostile")
    return _built(
        base, [case for case in HOSTILE if case.verdict in ("fine", "warned")], settings_of, ""
    )


@pytest.fixture(scope="module")
def trusting_site(tmp_path_factory: pytest.TempPathFactory, settings_of: SettingsOf) -> Path:
    """A site of HTML that is refused unless the editor trusts it."""
    payloads = [case for case in HOSTILE if _trusted(case)]
    assert len(payloads) >= 25
    site = _built(tmp_path_factory.mktemp("trusting"), payloads, settings_of, ", 'raw_html': True")
    page_bytes = b"".join(path.read_bytes() for path in site.rglob("portraits/*/index.html"))
    assert page_bytes.count(b"alert(1)") >= 10, "the payloads are in the pages"
    return site


def _built(base: Path, cases: list[Case], settings_of: SettingsOf, more: str) -> Path:
    content = base / "content" / "portraits"
    content.mkdir(parents=True)
    for case in cases:
        (content / case.file).write_bytes(case.data)
    settings = settings_of(
        base, f"PORTRAITS = {{**PORTRAITS, 'pictures': False, 'search': False{more}}}\n"
    )
    builder = Builder(settings, base / "log")
    assert builder.build(base / "content", base / "out") == 0, builder.said
    return base / "out"


def pages(site: Path) -> list[str]:
    """Addresses of the portraits, and of the lists that show their names."""
    return [
        f"/portraits/{path.name}/"
        for path in sorted((site / "portraits").iterdir())
        if path.is_dir() and path.name != "page"
    ] + ["/", "/portraits/", "/recommandations/", "/etiquettes/", "/organisations/", "/personnes/"]


def test_at_least_forty_hostile_portraits_are_tried() -> None:
    assert len([case for case in HOSTILE if case.verdict == "refused"]) > 150
    assert len([case for case in HOSTILE if case.verdict == "fine"]) >= 40


@pytest.mark.parametrize("policy", ["header", "none"])
def test_text_that_looks_like_code_never_runs(
    hostile_site: Path, browser: Browser, policy: str
) -> None:
    watch = Watch()
    visited = pages(hostile_site)
    assert len(visited) > 40
    if policy == "header":  # the policy only takes away: a few pages show that it does not break
        visited = visited[-10:]
    with served(hostile_site, policy) as address, watched(browser, watch) as page:
        for path in visited:
            answer = page.goto(address + path)
            assert answer is not None and answer.status == 200, path
            assert page.evaluate("window.__pwned") is None
            assert page.evaluate(HANDLERS) == [], path
    assert watch == Watch(), watch


def _trusted(payload: Case) -> bool:
    """Whether a payload is about running something, not about leaving the page."""
    return (
        payload.group == "html"
        and payload.verdict == "refused"
        and not any(
            word in payload.title
            for word in ("refresh", "entity", "comment", "closed", "cross", "opened")
        )
    )


@pytest.mark.parametrize("policy", ["header", "meta"])
def test_even_trusted_html_runs_nothing_under_the_policy(
    trusting_site: Path, browser: Browser, policy: str
) -> None:
    visited = pages(trusting_site)
    if policy == "meta":
        visited = visited[:15]
    watch = Watch()
    with served(trusting_site, policy) as address, watched(browser, watch) as page:
        for path in visited:
            page.goto(address + path)
            page.wait_for_timeout(30)
    assert watch.dialogs == []
    assert watch.elsewhere == []


def test_the_payloads_would_run_without_a_policy(trusting_site: Path, browser: Browser) -> None:
    watch = Watch()
    with served(trusting_site, "none") as address, watched(browser, watch) as page:
        for path in pages(trusting_site):
            page.goto(address + path)
            page.wait_for_timeout(30)
            if len(watch.dialogs) >= 3:
                break
    assert len(watch.dialogs) >= 3
