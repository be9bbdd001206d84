"""Serve the preview: the built files, and events that tell browsers when they change.

    /…                   the site, with one script added to each page
    /__portraits/proof/TOKEN/  the proof with a token, as « portraits proof » wrote it; else 404
    /__portraits/events  server-sent events (HTML standard, section 9.2): state as JSON
    /__portraits/…       the script and the style sheet of the panel of problems

Only requests for a name or an address of this server are answered: a site of a stranger may let its
own name lead to this machine (DNS rebinding), and its scripts would read drafts.

The site's own headers are sent, including its strict policy, so that what works here works when it
is published. Files named by content hash are cached for ever, as on the published site, so a reload
fetches only the page.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Collection
from functools import partial
from html import escape
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from portraits.editor.preview.state import State
from portraits.output.hosting.rules import FOREVER, Rules
from portraits.output.media_types import media_type
from portraits.proof.tokens import served_proof
from portraits.support.messages import msg, spoken

OWN = "/__portraits/"
_PROOF = f"{OWN}proof/"
_HERE = Path(__file__).parent
_FIRST = """<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>Portraits</title>
<main id="contenu"><h1>{message}</h1></main>"""
"""The page until a site is built."""
_KEEP_ALIVE_SECONDS = 15
_NO_CACHE, _NO_STORE = "no-cache", "no-store"


def names_of(host: str) -> frozenset[str]:
    """Return the names under which a server that listens at ``host`` is asked for, besides the
    address at which a request arrives: those of this machine if ``host`` is all its addresses."""
    names = {"localhost", "127.0.0.1", "::1", host.lower()}
    if host in ("", "0.0.0.0", "::"):  # noqa: S104 - compared
        machine = socket.gethostname().lower()
        short = machine.partition(".")[0]
        names |= {machine, short, f"{short}.local"}  # RFC 6762: multicast DNS
    return frozenset(names - {""})


def _plain(address: str) -> str:
    """Return an IP address in its shortest form; any other name in lower case."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address.lower().removesuffix(".")
    return str(getattr(found, "ipv4_mapped", None) or found)


class Server(ThreadingHTTPServer):
    """Serves one folder, to this machine only unless ``host`` is another address."""

    daemon_threads = True
    # On Windows it would let two programs have one port.
    allow_reuse_address = os.name == "posix"
    request_queue_size = 128  # a page asks for many files at once

    def __init__(
        self, root: Path, host: str, port: int, state: State, rules: Rules, cache: Path
    ) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        answer = partial(_Answer, root, state, rules, names_of(host), cache)
        super().__init__((host, port), answer)

    def handle_error(self, request: object, client_address: object) -> None:
        """Ignore errors: a browser that disconnects during a response is normal."""


class _Answer(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # headers and content are two writes: do not delay the second

    def __init__(
        self,
        root: Path,
        state: State,
        rules: Rules,
        names: Collection[str],
        cache: Path,
        *args: object,
    ) -> None:
        self._root, self._state, self._rules, self._names = root, state, rules, names
        self._cache = cache
        super().__init__(*args, directory=str(root))  # type: ignore[arg-type]

    def do_GET(self) -> None:
        if not self._is_for_us():
            said = f"{msg('preview.other_name')}\n".encode()
            self._send(said, "text/plain; charset=utf-8", HTTPStatus.MISDIRECTED_REQUEST)
            return
        path = unquote(urlsplit(self.path).path).replace("\0", "")
        if path == f"{OWN}events":
            self._send_events()
        elif path.startswith(_PROOF):
            self._send_proof(path.removeprefix(_PROOF).removesuffix("/"))
        elif path.startswith(OWN):
            self._send_file(_HERE / "browser" / Path(path).name, HTTPStatus.OK)
        else:
            self._send_site(path)

    do_HEAD = do_GET

    def _is_for_us(self) -> bool:
        """Return whether the request names this server (RFC 9110, sections 7.2 and 7.4)."""
        named = self.headers.get_all("Host", [])
        try:
            (name,) = [_plain(urlsplit(f"//{host}").hostname or "") for host in named]
        except ValueError:  # none, several, or no host at all
            return False
        return name in self._names or name == _plain(self.connection.getsockname()[0])

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
            first = _FIRST.format(lang=spoken(), message=escape(msg("preview.not_built"))).encode()
            self._send(first + self._script(), "text/html; charset=utf-8", HTTPStatus.OK)

    def _send_proof(self, token: str) -> None:
        """Send a proof as it was written: it has a policy and a script of its own."""
        path = served_proof(self._cache, token)
        if path is None or not path.is_file():
            self._send(b"", "text/plain", HTTPStatus.NOT_FOUND, _NO_STORE)
            return
        kind = "text/html; charset=utf-8"
        self._send(path.read_bytes(), kind, HTTPStatus.OK, _NO_STORE, policy=False)

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
        if kind.startswith("text/html") and not self._is_exception():
            content = content.replace(b"</body>", script + b"</body>")
        self._send(content, kind, status, caching)

    def _is_exception(self) -> bool:
        """Return whether the page asked for must not reload by itself: the editor at ``admin/``
        would lose what is typed there."""
        path = unquote(urlsplit(self.path).path)
        return any(path.startswith(one.folder) for one in self._rules.exceptions)

    def _send(
        self,
        content: bytes,
        kind: str,
        status: HTTPStatus,
        caching: str = _NO_CACHE,
        *,
        policy: bool = True,
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", caching)
        for name, value in self._rules.headers_of(unquote(urlsplit(self.path).path)):
            if name == "Content-Security-Policy" and not policy:
                continue
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
        if self.command == "HEAD":
            return
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
