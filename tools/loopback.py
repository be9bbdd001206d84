"""Serve a built site on this machine as its host would: compressed, with the site's headers.

For the browser tests and the screenshots: one folder, a free port, nothing written. By hand:

    python -m tools.loopback FOLDER [PORT]        until Ctrl-C; the default port is 8080
"""

from __future__ import annotations

import gzip
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from portraits.output.hosting import Rules, rules_of
from portraits.output.hosting.rules import FOREVER, SHORTLY
from portraits.output.media_types import media_type
from portraits.settings import Settings

LEFT_OUT = "Strict-Transport-Security"
"""Header that is not sent: there is no TLS on loopback."""


class _Server(ThreadingHTTPServer):
    """A server with a longer queue than the standard library's five connections.

    A page requests many files at once, and on a busy machine five are not enough.
    """

    daemon_threads = True
    request_queue_size = 128


@contextmanager
def answering(handler: Callable[..., BaseHTTPRequestHandler], port: int = 0) -> Iterator[str]:
    """Answer requests with ``handler`` while the context lasts; yield the address, without slash.

    Close pages before the context ends, or their late requests fail and show up as errors. ``port``
    0 takes a free one. Raise OSError if the port is taken.
    """
    server = _Server(("127.0.0.1", port), handler)
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    )
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def serving(root: Path, rules: Rules, port: int = 0) -> Iterator[str]:
    """Serve the site in ``root`` while the context lasts; yield its address, with the slash.

    ``port`` 0 takes a free one. Raise OSError if the port is taken.
    """
    with answering(_handler(root.resolve(), rules), port) as address:
        yield address + rules.base_path


@cache
def _compressed(path: Path, _: int) -> bytes:
    """Return a file compressed with gzip. The second argument, its mtime, is part of the cache
    key."""
    return gzip.compress(path.read_bytes(), mtime=0)


def _handler(root: Path, rules: Rules) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            file = root / path.removeprefix(rules.base_path).lstrip("/")
            if path.endswith("/"):
                file /= "index.html"
            if not file.resolve().is_relative_to(root) or not file.is_file():
                self._send(404, root / "404.html", path)
            else:
                self._send(200, file, path)

        def _send(self, status: int, file: Path, path: str) -> None:
            kind = media_type(file.name)
            is_text = not kind.startswith(("image/", "font/")) or "xml" in kind
            content = _compressed(file, file.stat().st_mtime_ns) if is_text else file.read_bytes()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            if is_text:
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(content)))
            self.send_header(
                "Cache-Control", FOREVER if path.startswith(rules.immutable_paths) else SHORTLY
            )
            for name, value in rules.headers_of(path):
                if name != LEFT_OUT:
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Do not log."""

    return Handler


def _serve_until_stopped(folder: str, port: str = "8080") -> None:
    with suppress(KeyboardInterrupt), serving(Path(folder), rules_of(Settings()), int(port)) as url:
        print(url, flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    _serve_until_stopped(*sys.argv[1:])
