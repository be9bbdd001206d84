"""Write ``.htaccess`` for Apache 2.4, for shared hosts where one can only upload files.

A later ``Header set`` replaces an earlier one. ``RedirectMatch`` matches a regular expression
against the decoded address.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from portraits.output.hosting.rules import FOREVER, SHORTLY, Rules
from portraits.output.media_types import BY_SUFFIX

_UNKNOWN = ("woff2", "avif")
"""Extensions that an older Apache does not know."""


def htaccess(rules: Rules) -> str:
    """Return the text of ``.htaccess``."""
    lines = [f"ErrorDocument 404 {rules.not_found}", "", "<IfModule mod_headers.c>"]
    lines += [f"  Header always set {name} {_quoted(value)}" for name, value in rules.everywhere]
    lines += [
        f"  Header always set {name} {_quoted(value)} {_under((one.folder,))}"
        for one in rules.exceptions
        for name, value in one.headers
    ]
    lines += [
        f"  Header set Cache-Control {_quoted(SHORTLY)}",
        f"  Header set Cache-Control {_quoted(FOREVER)} {_under(rules.immutable_paths)}",
        "</IfModule>",
        "",
        "<IfModule mod_mime.c>",
        *(f"  AddType {BY_SUFFIX[suffix]} .{suffix}" for suffix in _UNKNOWN),
        "</IfModule>",
    ]
    for file_name, media_type in rules.media_types:
        lines += ["", f"<Files {_quoted(file_name)}>", f"  ForceType {media_type}", "</Files>"]
    if rules.redirects:
        lines += ["", "<IfModule mod_alias.c>"]
        lines += [
            f"  RedirectMatch 301 {_quoted(_pattern(redirect.source))} {_quoted(redirect.target)}"
            for redirect in rules.redirects
        ]
        lines.append("</IfModule>")
    if rules.gone:
        lines += ["", f"ErrorDocument 410 {rules.gone_page}", "<IfModule mod_alias.c>"]
        lines += [
            f"  RedirectMatch 410 {_quoted(f'^{re.escape(unquote(one))}$')}" for one in rules.gone
        ]
        lines.append("</IfModule>")
    return "\n".join((*lines, ""))


def _under(paths: tuple[str, ...]) -> str:
    """Return the condition that a request is for something in one of these folders."""
    return _quoted(f"expr=%{{REQUEST_URI}} =~ m#^({'|'.join(map(re.escape, paths))})#")


def _pattern(source: str) -> str:
    plain = unquote(source)
    bare = re.escape(plain.rstrip("/"))
    return f"^{bare}/?$" if plain.endswith("/") else f"^{bare}$"


def _quoted(value: str) -> str:
    return '"{}"'.format(value.replace("\\", "\\\\").replace('"', '\\"'))
