"""Addresses that lead through somebody else: a search engine, a network, a scanner of mail.

    https://www.google.com/url?q=ADDRESS      https://urldefense.com/v3/__ADDRESS__;BYTES!!…

The address that was meant is written in the one that stands there, in one of a few ways. Shortened
addresses hide theirs, and stay.
"""

from __future__ import annotations

import base64
import binascii
import re
import string
import unicodedata
from urllib.parse import SplitResult, parse_qs, quote, unquote, urlsplit

DIRECT = "import_html.redirects"
"""Key of the message about addresses that were made direct."""
_UNSAFE = re.compile(r"[\\?#\x00-\x1f\x7f\ufffd]|/\.")
_MOST = 5
"""Redirects through one another."""
_PARAMETERS: tuple[tuple[re.Pattern[str], re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(host), re.compile(path), names)
    for host, path, names in (
        (r"(?:www\.)?google(?:\.[a-z]{2,3}){1,2}", r"/url", ("q", "url")),
        (r"(?:www\.)?youtube\.com", r"/redirect", ("q",)),
        (r"googleweblight\.com", r"/.*", ("lite_url",)),
        (
            r"(?:lm?|www|m)\.(?:facebook|instagram|messenger)\.com|l\.threads\.net",
            r"/(?:l\.php)?",
            ("u",),
        ),
        (r"[a-z0-9-]+\.safelinks\.protection\.outlook\.com", r"/.*", ("url",)),
        (r"urldefense\.proofpoint\.com", r"/v1/url", ("u",)),
        (r"linkprotect\.cudasvc\.com", r"/url", ("a",)),
        (r"(?:www\.)?linkedin\.com", r"/redir/.*", ("url",)),
        (r"t\.umblr\.com", r"/redirect", ("z",)),
        (r"out\.reddit\.com|slack-redir\.net|exit\.sc|steamcommunity\.com", r"/.*", ("url",)),
        (r"(?:m\.)?vk\.com", r"/away(?:\.php)?", ("to",)),
        (r"(?:www\.)?duckduckgo\.com", r"/l/", ("uddg",)),
    )
)
_V3 = re.compile(r"/v3/__(?P<address>.+?)__;(?P<bytes>[^!]*)!")
_RUN = re.compile(r"\*(?:\*(?P<size>.))?")
_RUNS = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"


def direct(address: str) -> str:
    """``address`` without the redirects that it leads through."""
    for _ in range(_MOST):
        try:
            meant = _meant(urlsplit(address))
        except ValueError:
            break
        if not meant.startswith(("http://", "https://", "mailto:")):
            break
        address = meant
    return address


def former_path(address: str) -> str:
    """The path of an old ``address`` as an alias that hosts find, or nothing.

    Letters stand for themselves: a host looks for the file « été », not for « %C3%A9t%C3%A9 ».
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    plain = unicodedata.normalize("NFC", unquote(parts.path))
    if len(plain) < 2 or parts.query or _UNSAFE.search(plain) or not plain.startswith("/"):
        return ""
    return re.sub(r"[\s%]", lambda found: quote(found.group()), plain)


def _meant(parts: SplitResult) -> str:
    """The address that a redirect says it leads to, or nothing."""
    host = (parts.hostname or "").lower()
    if host.startswith("urldefense."):
        if found := _V3.match(f"{parts.path}{'?' if parts.query else ''}{parts.query}"):
            return _from_v3(found["address"], found["bytes"])
        if parts.path.startswith("/v2/"):
            written = parse_qs(parts.query).get("u", [""])[0]
            return unquote(written.translate(str.maketrans("-_", "%/")))
    if host == "secure-web.cisco.com":
        return unquote(parts.path.rsplit("/", 1)[-1])
    for hosts, paths, names in _PARAMETERS:
        if hosts.fullmatch(host) and paths.fullmatch(parts.path):
            values = parse_qs(parts.query)
            return next((values[name][0] for name in names if name in values), "")
    return ""


def _from_v3(address: str, encoded: str) -> str:
    """Proofpoint's third form: stars for the characters that BYTES holds, one or a run of them."""
    try:
        characters = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return ""
    place = 0

    def next_ones(found: re.Match[str]) -> str:
        nonlocal place
        size = _RUNS.find(found["size"]) + 2 if found["size"] else 1
        place += size
        return characters[place - size : place]

    whole = _RUN.sub(next_ones, address)
    return re.sub(r"^(https?:/)(?=[^/])", r"\1/", whole)
