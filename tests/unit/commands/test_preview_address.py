"""Where the preview listens, and how its address is given to a browser."""

from __future__ import annotations

import socket
import threading
import urllib.request
from pathlib import Path

import pytest
from portraits import commands
from portraits.editor.preview.loop import address_of
from portraits.editor.preview.server import Server
from portraits.editor.preview.state import State
from portraits.output.hosting import rules_of
from portraits.settings import Settings


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
    server = Server(tmp_path, host, 0, State(), rules_of(Settings(), preview=True))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        port = server.server_address[1]
        name = f"[{host}]" if ":" in host else host
        with urllib.request.urlopen(f"http://{name}:{port}/", timeout=30) as answer:
            assert answer.status == 200
        with pytest.raises(OSError), socket.create_connection(("127.0.0.3", port), timeout=5):
            pass
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("host", ["192.0.2.1", "nulle-part.invalid"])
def test_an_address_of_another_machine_is_refused_in_french(
    host: str, tmp_path: Path, small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from tests.conftest import small_settings

    settings = small_settings(tmp_path, "'search': False")
    assert commands.serve(str(settings), str(small), host, 8000) == commands.WRONG
    said = capsys.readouterr().err
    assert said.startswith(f"--host : cette machine n’écoute pas à l’adresse « {host} » (")
