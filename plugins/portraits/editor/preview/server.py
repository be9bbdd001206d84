"""Serve the preview: the built files, and events that tell browsers when they change.

    /…                   the site, with one script added to each page
    /__portraits/events  server-sent events (HTML standard, section 9.2): state as JSON
    /__portraits/…       the script and the style sheet of the panel of problems

The site's own headers are sent, including its strict policy, so that what works here works when it
is published. Files named by content hash are cached for ever, as on the published site, so a reload
fetches only the page.
"""

from __future__ import annotations

import socket
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from portraits.editor.preview.state import State
from portraits.output.hosting.rules import FOREVER, Rules
from portraits.output.media_types import media_type

OWN = "/__portraits/"
_HERE = Path(__file__).parent
_FIRST = b"""<!doctype html><html lang="fr"><meta charset="utf-8"><title>Portraits</title>
<main id="contenu"><h1>Le site n\xe2\x80\x99est pas encore construit.</h1></main>"""
_KEEP_ALIVE_SECONDS = 15
_NO_CACHE = "no-cache"


class Server(ThreadingHTTPServer):
    """Serves one folder, to this machine only unless ``host`` is another address."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128  # a page asks for many files at once

    def __init__(self, root: Path, host: str, port: int, state: State, rules: Rules) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), partial(_Answer, root, state, rules))

    def handle_error(self, request: object, client_address: object) -> None:
        """Ignore errors: a browser that disconnects during a response is normal."""


class _Answer(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # headers and content are two writes: do not delay the second

    def __init__(self, root: Path, state: State, rules: Rules, *args: object) -> None:
        self._root, self._state, self._rules = root, state, rules
        super().__init__(*args, directory=str(root))  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path).replace("\0", "")
        if path == f"{OWN}events":
            self._send_events()
        elif path.startswith(OWN):
            self._send_file(_HERE / "browser" / Path(path).name, HTTPStatus.OK)
        else:
            self._send_site(path)

    do_HEAD = do_GET

    def _send_site(self, path: str) -> None:
        base = self._rules.base_path
        if path == base.rstrip("/") and base != "/":
            self._redirect(base)
            return
        root = self._root.resolve()
        target = (root / path.removeprefix(base).lstrip("/")).resolve()
        inside = target.is_relative_to(root)
        if inside and target.is_dir() and not path.endswith("/"):
            self._redirect(f"/{path.strip('/')}/")  # never `//host`, which is another site
            return
        if target.is_dir():
            target /= "index.html"
        if inside and target.is_file():
            self._send_file(
                target,
                HTTPStatus.OK,
                FOREVER if path.startswith(self._rules.immutable_paths) else _NO_CACHE,
            )
        elif (self._root / "404.html").is_file():
            self._send_file(self._root / "404.html", HTTPStatus.NOT_FOUND)
        else:
            self._send(_FIRST + self._script(), "text/html; charset=utf-8", HTTPStatus.OK)

    def _script(self) -> bytes:
        """Return the element of the preview's script, with the version of the page.

        Call it before reading the page: read afterwards, the version could be newer than the page.
        """
        source = f"{OWN}reload.js?version={self._state.version}"
        return f'<script type="module" src="{source}"></script>'.encode()

    def _send_file(self, path: Path, status: HTTPStatus, caching: str = _NO_CACHE) -> None:
        script = self._script()
        try:
            content = path.read_bytes()
        except OSError:
            self._send(b"", "text/plain", HTTPStatus.NOT_FOUND)
            return
        kind = media_type(path.name)
        if kind.startswith("text/html"):
            content = content.replace(b"</body>", script + b"</body>")
        self._send(content, kind, status, caching)

    def _send(
        self, content: bytes, kind: str, status: HTTPStatus, caching: str = _NO_CACHE
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", caching)
        self.send_header("Content-Security-Policy", self._rules.policy.in_header())
        for name, value in self._rules.headers:
            if name != "Strict-Transport-Security":  # there is no TLS on this machine
                self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _redirect(self, target: str) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", quote(target))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send_events(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        known = ""
        while (message := self._state.wait(known, _KEEP_ALIVE_SECONDS)) is not None:
            line = ": rien de neuf\n\n" if message == known else f"data: {message}\n\n"
            known = message
            try:
                self.wfile.write(line.encode())
                self.wfile.flush()
            except OSError:
                return

    def log_message(self, format: str, *args: object) -> None:
        """Do not log: a line per request would hide the problems."""
