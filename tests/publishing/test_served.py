"""A published folder, served by the real nginx and Caddy with the rules that we write for them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import urljoin

import pytest
import requests
from portraits.output.hosting import Redirect, admin_policy, gone_of, host_files, rules_of
from portraits.output.hosting.rules import ALWAYS, FOREVER, SHORTLY
from portraits.publish.targets import FolderTarget
from portraits.settings import Settings

from tests.processes import free_port
from tests.publishing.conftest import running
from tests.publishing.sites import FILES, LATER, Publication

pytestmark = pytest.mark.servers

SETTINGS = Settings(site_url="https://exemple.org", admin="https://github.com/lea/serie")
RULES = rules_of(
    SETTINGS,
    (
        Redirect("/2011/07/lea.html", "/portraits/lea/"),
        Redirect("/vieux/", "/portraits/lea/"),
        Redirect("/%C3%A9t%C3%A9%20indien/", "/portraits/lea/"),
    ),
    gone=gone_of(("portraits/parti/", "2012/%C3%A9t%C3%A9.html"), SETTINGS),
)
SERVED = {
    **FILES,
    "recherche/index.html": b"<!doctype html><title>Recherche</title>",
    "recherche/index/portraits.json": b"{}",
    "recherche/index/mots/0f.words": b"\x00\x01",
    "abonnement.opml": b"<opml version='2.0'/>",
    "410.html": b"<!doctype html><title>Retir\xc3\xa9e</title>",
    "portraits/parti/index.html": b"<!doctype html><title>Retir\xc3\xa9e</title>",
    "admin/index.html": b"<!doctype html><title>\xc3\x89diteur</title>",
    "admin/admin.js": b"export {};",
    "administration/index.html": b"<!doctype html><title>Administration</title>",
}


def published(base: Path) -> Publication:
    # a server need not run as root: the way to the site is open to everybody
    for folder in (base, *base.parents):
        if folder.name.startswith(("pytest-", "popen-")):
            folder.chmod(0o755)
    base.chmod(0o755)
    publication = Publication(base, FolderTarget("site"))
    publication(SERVED)
    return publication


def nginx(program: str, base: Path, port: int) -> list[str]:
    (base / "portraits.nginx.conf").write_text(dict(host_files(RULES))["portraits.nginx.conf"])
    temporary = "".join(
        f"{kind}_temp_path {base}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.geteuid() == 0 else ""
    (base / "nginx.conf").write_text(f"""
{user} worker_processes 1; pid {base}/nginx.pid; error_log {base}/error.log;
events {{ worker_connections 64; }}
http {{
    types {{ text/html html; text/css css; application/xml xml; application/json json;
             image/avif avif; font/woff2 woff2; text/javascript js; }}
    default_type application/octet-stream; access_log off; {temporary}
    server {{
        listen 127.0.0.1:{port}; root {base}/site;
        include {base}/portraits.nginx.conf;
    }}
}}
""")
    return [
        program,
        "-p",
        str(base),
        "-c",
        str(base / "nginx.conf"),
        "-e",
        str(base / "error.log"),
        "-g",
        "daemon off;",
    ]


def caddy(program: str, base: Path, port: int) -> list[str]:
    (base / "portraits.caddy").write_text(dict(host_files(RULES))["portraits.caddy"])
    (base / "Caddyfile").write_text(f"""{{
    admin off
    auto_https off
    storage file_system {base}/caddy
}}
http://127.0.0.1:{port} {{
    root * {base}/site
    import {base}/portraits.caddy
    file_server
}}
""")
    return [program, "run", "--config", str(base / "Caddyfile"), "--adapter", "caddyfile"]


def served(program: str, base: Path, port: int) -> AbstractContextManager[None]:
    command = {"nginx": nginx, "caddy": caddy}[Path(program).name](program, base, port)
    return running(command, port, base / "log")


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def address(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    servers: dict[str, str],
) -> Iterator[str]:
    """Address under which a published folder is served."""
    publication = published(tmp_path_factory.mktemp("servi"))
    port = free_port()
    with served(servers[request.param], publication.base, port):
        yield f"http://127.0.0.1:{port}"


def get(address: str) -> requests.Response:
    return requests.get(address, timeout=10, allow_redirects=False)


def test_readers_get_the_site_with_the_headers_that_we_ask_for(address: str) -> None:
    for path in SERVED:
        if path.startswith((".", "_")):
            continue
        answer = get(f"{address}/{path}")
        assert (answer.status_code, answer.content) == (200, SERVED[path]), path
        for name, value in RULES.headers_of(f"/{path}"):
            assert answer.headers[name] == value, path
        assert ("X-Robots-Tag" in answer.headers) == path.startswith("admin/"), path
        for_ever = path.startswith(("theme/", "images/", "recherche/index/mots/"))
        assert answer.headers["Cache-Control"] == (FOREVER if for_ever else SHORTLY), path


def test_a_folder_is_served_by_its_page(address: str) -> None:
    answer = get(f"{address}/portraits/lea/")
    assert answer.content == FILES["portraits/lea/index.html"]
    assert answer.headers["Content-Security-Policy"] == RULES.policy.in_header()
    assert answer.headers["Cache-Control"] == SHORTLY


def test_the_editor_has_a_policy_of_its_own_and_the_pages_beside_it_the_strict_one(
    address: str,
) -> None:
    strict, looser = RULES.policy.in_header(), admin_policy("github").in_header()
    policies = {
        path: get(f"{address}/{path}").headers["Content-Security-Policy"]
        for path in ("admin/", "admin/admin.js", "administration/", "portraits/lea/")
    }
    assert list(policies.values()) == [looser, looser, strict, strict]
    opener = get(f"{address}/admin/").headers["Cross-Origin-Opener-Policy"]
    assert opener == "same-origin-allow-popups"


def test_feeds_are_sent_as_feeds(address: str) -> None:
    types = {
        path: get(f"{address}/{path}").headers["Content-Type"]
        for path in (
            "atom.xml",
            "etiquettes/web/atom.xml",
            "rss.xml",
            "feed.json",
            "abonnement.opml",
        )
    }
    assert types == {
        "atom.xml": "application/atom+xml",
        "etiquettes/web/atom.xml": "application/atom+xml",
        "rss.xml": "application/rss+xml",
        "feed.json": "application/feed+json",
        "abonnement.opml": "text/x-opml",
    }


@pytest.mark.parametrize(
    "former", ["/2011/07/lea.html", "/vieux/", "/vieux", "/%C3%A9t%C3%A9%20indien/"]
)
def test_a_former_address_leads_to_the_present_one(address: str, former: str) -> None:
    answer = get(f"{address}{former}")
    assert answer.status_code == 301
    assert urljoin(f"{address}/", answer.headers["Location"]) == f"{address}/portraits/lea/"


@pytest.mark.parametrize(
    "former", ["/portraits/parti/", "/portraits/parti", "/2012/%C3%A9t%C3%A9.html"]
)
def test_the_address_of_somebody_withdrawn_answers_410_with_our_page(
    address: str, former: str
) -> None:
    answer = get(f"{address}{former}")
    assert (answer.status_code, answer.content) == (410, SERVED["410.html"])
    assert answer.headers["Content-Type"].startswith("text/html")
    assert answer.headers["Content-Security-Policy"] == RULES.policy.in_header()


def test_what_is_not_there_is_answered_with_our_page_and_the_right_status(address: str) -> None:
    answer = get(f"{address}/portraits/personne/")
    assert (answer.status_code, answer.content) == (404, FILES["404.html"])
    assert answer.headers["Content-Type"].startswith("text/html")
    assert answer.headers["Content-Security-Policy"] == RULES.policy.in_header()
    for name, value in ALWAYS:
        assert answer.headers[name] == value
    assert "immutable" not in get(f"{address}/theme/absent.css").headers.get("Cache-Control", "")


@pytest.mark.parametrize("name", ["nginx", "caddy"])
def test_the_next_version_is_served_at_once_and_whole(
    name: str, tmp_path: Path, servers: dict[str, str]
) -> None:
    publication = published(tmp_path)
    port = free_port()
    with served(servers[name], tmp_path, port):
        address = f"http://127.0.0.1:{port}"
        assert get(f"{address}/").content == FILES["index.html"]
        publication(LATER)
        assert get(f"{address}/").content == LATER["index.html"]
        style = "theme/style.3d4e5f.css"
        assert get(f"{address}/{style}").content == LATER[style]
        assert get(f"{address}/portraits/marc-andre/").status_code == 404
