"""A snippet for nginx, to be included in the ``server`` block of the site.

``add_header`` of a ``server`` block is lost in each ``location`` that has one of its own
(ngx_http_headers_module). So what varies with the path is a variable, and the headers
stand in one place.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from portraits.output.hosting.rules import FOREVER, SHORTLY, Rules


def snippet(rules: Rules) -> str:
    """The text of ``portraits.nginx.conf``."""
    lines = ["# include /etc/nginx/portraits.nginx.conf;   in the server block of the site",
             "", f"error_page 404 {rules.not_found};",
             "", f"set $portraits_cache {_quoted(SHORTLY)};",
             f'if ($uri ~ "^({"|".join(map(re.escape, rules.immutable_paths))})") {{',
             f"    set $portraits_cache {_quoted(FOREVER)};", "}",
             "", "add_header Cache-Control $portraits_cache;"]
    fields = (("Content-Security-Policy", rules.policy.in_header()), *rules.headers)
    lines += [f"add_header {name} {_quoted(value)} always;" for name, value in fields]
    for file_name, media_type in rules.media_types:
        lines += ["", f"location ~ /{re.escape(file_name)}$ {{", "    types { }",
                  f"    default_type {media_type};", "}"]
    if rules.redirects:
        lines.append("")
    lines += [
        f"location = {_quoted(unquote(source))} {{ return 301 {_quoted(redirect.target)}; }}"
        for redirect in rules.redirects for source in redirect.sources
    ]
    return "\n".join((*lines, ""))


def _quoted(value: str) -> str:
    """A string between double quotes. ``$`` does not occur: targets are percent-encoded,
    and the address of a ``location`` is not searched for variables."""
    return '"{}"'.format(value.replace("\\", "\\\\").replace('"', '\\"'))
