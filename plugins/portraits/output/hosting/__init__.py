"""What a host is told about the site: headers, caching, media types, redirects.

    Rules -> _headers, _redirects     Netlify, Cloudflare Pages
          -> .htaccess                Apache 2.4
          -> portraits.nginx.conf     nginx
          -> portraits.caddy          Caddy 2

One :class:`~portraits.output.hosting.rules.Rules` is the source of all notations. A host that
sends no headers of ours (GitHub Pages) is left with the ``<meta>`` element of each page,
which :meth:`~portraits.output.hosting.policy.Policy.in_meta` fills.
"""

from __future__ import annotations

from portraits.output.hosting import apache, caddy, netlify, nginx
from portraits.output.hosting.policy import Policy, policy_of
from portraits.output.hosting.rules import Redirect, Rules, redirects_of, rules_of

NOTATIONS = (
    ("_headers", netlify.headers), ("_redirects", netlify.redirects),
    (".htaccess", apache.htaccess), ("portraits.nginx.conf", nginx.snippet),
    ("portraits.caddy", caddy.snippet),
)
"""(file name, what writes it)."""


def host_files(rules: Rules) -> tuple[tuple[str, str], ...]:
    """(file name, text) of every notation. The first three belong in the site's root; the
    others are for whoever runs the server."""
    return tuple((file_name, write(rules)) for file_name, write in NOTATIONS)


__all__ = ["Policy", "Redirect", "Rules", "host_files", "policy_of", "redirects_of", "rules_of"]
