"""Where the preview listens, and how its address is given to a browser."""

from __future__ import annotations

import json
import socket
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from portraits import commands
from portraits.editor.preview.loop import address_of
from portraits.editor.preview.server import Server, names_of
from portraits.editor.preview.state import State
from portraits.output.hosting import rules_of
from portraits.settings import Settings
from portraits.support import messages
from portraits.support.problems import Problem, as_warning


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://localhost:8000"),
        ("::1", "http://localhost:8000"),
        ("0.0.0.0", "http://localhost:8000"),  # noqa: S104 - nobody listens
        ("192.0.2.1", "http://192.0.2.1:8000"),
        ("2001:db8::1", "http://[2001:db8::1]:8000"),
        ("bureau.local", "http://bureau.local:8000"),
    ],
)
def test_a_browser_is_given_an_address_that_it_can_open(host: str, address: str) -> None:
    assert address_of(host, 8000) == address


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1"])
def test_the_preview_listens_at_the_address_that_it_is_given_and_at_no_other(
    host: str, tmp_path: Path
) -> None:
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.bind((host, 0))
    except OSError:
        pytest.skip(f"this machine has no {host}")
    with served(tmp_path, host) as port:
        name = f"[{host}]" if ":" in host else host
        with urllib.request.urlopen(f"http://{name}:{port}/", timeout=30) as answer:
            assert answer.status == 200
        with pytest.raises(OSError), socket.create_connection(("127.0.0.3", port), timeout=5):
            pass


def test_the_editor_in_the_browser_is_not_reloaded_while_one_types(tmp_path: Path) -> None:
    settings = Settings(admin="https://github.com/lea/serie")
    for folder in (tmp_path, tmp_path / "admin"):
        folder.mkdir(exist_ok=True)
        (folder / "index.html").write_text("<body></body>", encoding="utf-8")
    with served(tmp_path, "127.0.0.1", settings) as port:
        pages = {}
        for path in ("/", "/admin/"):
            address = f"http://127.0.0.1:{port}{path}"
            with urllib.request.urlopen(address, timeout=30) as answer:
                pages[path] = answer.read().decode(), answer.headers["Content-Security-Policy"]
    assert ["reload.js" in page for page, _ in pages.values()] == [True, False]
    assert ["unsafe-inline" in policy for _, policy in pages.values()] == [False, True]


@contextmanager
def served(folder: Path, host: str, settings: Settings | None = None) -> Iterator[int]:
    """A preview of ``folder`` that listens at ``host``: its port."""
    rules = rules_of(settings or Settings(), preview=True)
    server = Server(folder, host, 0, State(), rules, folder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def asked(port: int, path: str, *headers: str, method: str = "GET", at: str = "127.0.0.1") -> str:
    """The whole answer to a request with these headers only."""
    with socket.create_connection((at, port), timeout=30) as connection:
        lines = (f"{method} {path} HTTP/1.1", *headers, "Connection: close", "", "")
        connection.sendall("\r\n".join(lines).encode())
        answer = bytearray()
        while (part := connection.recv(65536)) and not answer.partition(b"\r\n\r\n")[2]:
            answer += part  # up to the end, or a first part of the body: a stream goes on
        return (answer + part).decode()


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("path", ["/", "/portraits/brouillon/", "/__portraits/events"])
@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])  # noqa: S104 - during a test
def test_a_name_that_leads_here_by_somebody_else_s_will_is_not_answered(
    tmp_path: Path, host: str, path: str, method: str
) -> None:
    (tmp_path / "index.html").write_text("BROUILLON")
    with served(tmp_path, host) as port:
        for headers in (
            ("Host: piege.example",),
            (f"Host: piege.example:{port}",),
            ("Host: localhost.piege.example",),
            ("Host: 192.0.2.1",),
            ("Host: [::1",),
            ("Host: ",),
            ("Host: localhost", "Host: piege.example"),
            (),
        ):
            answer = asked(port, path, *headers, method=method)
            head, _, body = answer.partition("\r\n\r\n")
            assert head.startswith("HTTP/1.1 421 "), headers
            assert ("portraits serve --host" in body) is (method == "GET")
            assert "BROUILLON" not in answer


@pytest.mark.parametrize(
    ("host", "at", "names"),
    [
        ("127.0.0.1", "127.0.0.1", ["localhost", "LOCALHOST", "localhost.", "127.0.0.1", "[::1]"]),
        ("127.0.0.2", "127.0.0.2", ["127.0.0.2", "localhost"]),
        (
            "0.0.0.0",  # noqa: S104 - during a test
            "127.0.0.2",
            [
                "127.0.0.2",
                "localhost",
                socket.gethostname(),
                f"{socket.gethostname().partition('.')[0]}.local",
            ],
        ),
    ],
)
def test_the_names_and_addresses_at_which_the_preview_listens_are_answered(
    tmp_path: Path, host: str, at: str, names: list[str]
) -> None:
    (tmp_path / "index.html").write_text("accueil")
    with served(tmp_path, host) as port:
        for name in (*names, *(f"{name}:{port}" for name in names)):
            answer = asked(port, "/", f"Host: {name}", at=at)
            assert answer.startswith("HTTP/1.1 200 ") and answer.endswith("accueil"), name


def test_the_name_that_was_given_is_answered_and_those_of_the_machine_only_at_all_addresses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: "Bureau.exemple.org")
    here = {"localhost", "127.0.0.1", "::1"}
    assert names_of("Bureau.local") == {*here, "bureau.local"}
    machine = {"bureau.exemple.org", "bureau", "bureau.local"}
    assert names_of("") == here | machine
    assert names_of("::") == {*here, *machine, "::"}


@pytest.mark.parametrize(
    ("lang", "page", "told"),
    [
        ("fr", "Le site n’est pas encore construit.", "Cet aperçu ne répond pas à ce nom."),
        ("en", "The site is not built yet.", "This preview does not answer to this name."),
        ("es", "El sitio aún no se ha generado.", "Esta vista previa no responde a este nombre."),
    ],
)
def test_the_preview_speaks_the_editor_s_language(
    lang: str, page: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "_spoken", lang)
    with served(tmp_path, "127.0.0.1") as port:
        first = asked(port, "/", "Host: localhost")
        assert f'<html lang="{lang}">' in first and f"<h1>{page}</h1>" in first
        assert told in asked(port, "/", "Host: piege.example")


@pytest.mark.parametrize(
    ("lang", "headings", "foot"),
    [
        (
            "fr",
            ("Une chose à corriger", "2 choses à corriger"),
            "La page en dessous est la dernière qui était bonne.",
        ),
        (
            "en",
            ("One thing to correct", "2 things to correct"),
            "The page below is the last one that was good.",
        ),
        (
            "es",
            ("Una cosa que corregir", "2 cosas que corregir"),
            "La página de abajo es la última que era correcta.",
        ),
    ],
)
def test_the_panel_of_problems_speaks_the_editor_s_language(
    lang: str, headings: tuple[str, str], foot: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "_spoken", lang)
    state = State()
    wrong = [Problem("x.md", line, "c", "?", "!") for line in (0, 3)]
    for count, heading in enumerate(headings, 1):
        state.refused([*wrong[:count], as_warning(wrong[0])])
        panel = json.loads(state.message())["panel"]
        assert (panel["lang"], panel["heading"], panel["foot"]) == (lang, heading, foot)
        assert [one["place"] for one in panel["problems"]] == ["x.md", "x.md:3"][:count]
    state.built(changed=False)
    assert json.loads(state.message())["panel"] is None


@pytest.mark.parametrize("end", ["/", ""])
def test_a_proof_is_shown_at_the_address_with_its_token(tmp_path: Path, end: str) -> None:
    token = "0123456789abcdef" * 4
    (tmp_path / "proofs").mkdir()
    (tmp_path / "proofs" / f"{token}.html").write_text("<h1>BROUILLON</h1></body>")
    with served(tmp_path, "127.0.0.1") as port:
        answer = asked(port, f"/__portraits/proof/{token}{end}", "Host: localhost")
        stranger = asked(port, f"/__portraits/proof/{token}/", "Host: piege.example")
    head, _, body = answer.partition("\r\n\r\n")
    assert head.startswith("HTTP/1.1 200 ")
    assert body == "<h1>BROUILLON</h1></body>", "it is sent as it was written"
    assert "Content-Security-Policy" not in head, "it has one of its own"
    assert "Cache-Control: no-store" in head and "X-Content-Type-Options: nosniff" in head
    assert stranger.startswith("HTTP/1.1 421 ") and "BROUILLON" not in stranger


@pytest.mark.parametrize(
    "token",
    [
        "",
        "0" * 64,
        "0123456789abcdef" * 4 + "0",
        "0123456789ABCDEF" * 4,
        "..%2fsecret",
        "../secret",
        "../../index",
        "*",
        "%00",
    ],
)
def test_without_its_token_there_is_no_proof(tmp_path: Path, token: str) -> None:
    (tmp_path / "proofs").mkdir()
    (tmp_path / "proofs" / f"{'0123456789abcdef' * 4}.html").write_text("BROUILLON")
    (tmp_path / "secret.html").write_text("BROUILLON")
    with served(tmp_path, "127.0.0.1") as port:
        for path in (f"/__portraits/proof/{token}", f"/__portraits/proof/{token}/"):
            answer = asked(port, path, "Host: localhost")
            assert answer.startswith("HTTP/1.1 404 "), path
            assert "BROUILLON" not in answer


def test_the_head_of_the_stream_of_events_has_no_body(tmp_path: Path) -> None:
    with served(tmp_path, "127.0.0.1") as port:
        answer = asked(port, "/__portraits/events", "Host: localhost", method="HEAD")
    head, _, body = answer.partition("\r\n\r\n")
    assert head.startswith("HTTP/1.1 200 ")
    assert "text/event-stream" in head
    assert body == ""


@pytest.mark.parametrize("host", ["192.0.2.1", "nulle-part.invalid"])
def test_an_address_of_another_machine_is_refused_in_french(
    host: str, tmp_path: Path, small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from tests.conftest import small_settings

    settings = small_settings(tmp_path, "'search': False")
    assert commands.serve(str(settings), str(small), host, 8000) == commands.WRONG
    said = capsys.readouterr().err
    assert said.startswith(f"--host : cette machine n’écoute pas à l’adresse « {host} » (")
