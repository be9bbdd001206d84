"""Write a snippet for nginx, to be included in the ``server`` block of the site.

A ``location`` that has an ``add_header`` of its own loses those of the ``server`` block
(ngx_http_headers_module). So values that depend on the path are put in a variable, and all headers
are set in one place.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from portraits.output.hosting.rules import FOREVER, SHORTLY, Rules


def snippet(rules: Rules) -> str:
    """Return the text of ``portraits.nginx.conf``."""
    lines = [
        "# include /etc/nginx/portraits.nginx.conf;   in the server block of the site",
        "",
        f"error_page 404 {rules.not_found};",
        "",
        f"set $portraits_cache {_quoted(SHORTLY)};",
        f'if ($uri ~ "^({"|".join(map(re.escape, rules.immutable_paths))})") {{',
        f"    set $portraits_cache {_quoted(FOREVER)};",
        "}",
        "",
        "add_header Cache-Control $portraits_cache;",
    ]
    fields = (("Content-Security-Policy", rules.policy.in_header()), *rules.headers)
    lines += [f"add_header {name} {_quoted(value)} always;" for name, value in fields]
    for file_name, media_type in rules.media_types:
        lines += [
            "",
            f"location ~ /{re.escape(file_name)}$ {{",
            "    types { }",
            f"    default_type {media_type};",
            "}",
        ]
    if rules.redirects:
        lines.append("")
    lines += [
        f"location = {_quoted(unquote(source))} {{ return 301 {_quoted(redirect.target)}; }}"
        for redirect in rules.redirects
        for source in redirect.sources
    ]
    if rules.gone:
        lines += ["", f"error_page 410 {rules.gone_page};"]
        lines += [f"location = {_quoted(unquote(one))} {{ return 410; }}" for one in rules.gone]
    return "\n".join((*lines, ""))


def _quoted(value: str) -> str:
    """Return a string between double quotes.

    ``$`` needs no escape: targets are percent-encoded, and nginx does not expand variables in the
    address of a ``location``.
    """
    return '"{}"'.format(value.replace("\\", "\\\\").replace('"', '\\"'))
