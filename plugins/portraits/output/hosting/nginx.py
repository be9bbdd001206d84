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
    everywhere = dict(rules.everywhere)
    differing = list(dict.fromkeys(name for one in rules.exceptions for name, _ in one.headers))
    # A header whose value is empty is not sent.
    lines += [f"set {_variable(name)} {_quoted(everywhere.get(name, ''))};" for name in differing]
    for one in rules.exceptions:
        lines.append(f'if ($uri ~ "^{re.escape(one.folder)}") {{')
        lines += [f"    set {_variable(name)} {_quoted(value)};" for name, value in one.headers]
        lines.append("}")
    values = {
        **{name: _quoted(value) for name, value in rules.everywhere},
        **{name: _variable(name) for name in differing},
    }
    lines += [f"add_header {name} {value} always;" for name, value in values.items()]
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


def _variable(header: str) -> str:
    return f"$portraits_{header.lower().replace('-', '_')}"


def _quoted(value: str) -> str:
    """Return a string between double quotes.

    ``$`` needs no escape: targets are percent-encoded, and nginx does not expand variables in the
    address of a ``location``.
    """
    return '"{}"'.format(value.replace("\\", "\\\\").replace('"', '\\"'))
