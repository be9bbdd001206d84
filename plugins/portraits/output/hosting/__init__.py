"""Write the rules for web servers: headers, caching, media types, redirects.

    Rules -> _headers, _redirects     Netlify, Cloudflare Pages
          -> .htaccess                Apache 2.4
          -> portraits.nginx.conf     nginx
          -> portraits.caddy          Caddy 2

All notations are written from one :class:`~portraits.output.hosting.rules.Rules`. For hosts without
custom headers (GitHub Pages), only the ``<meta>`` element of each page remains, which
:meth:`~portraits.output.hosting.policy.Policy.in_meta` fills.
"""

from __future__ import annotations

from portraits.output.hosting import apache, caddy, netlify, nginx
from portraits.output.hosting.policy import Policy, admin_policy, policy_of
from portraits.output.hosting.rules import Redirect, Rules, gone_of, redirects_of, rules_of

NOTATIONS = (
    ("_headers", netlify.headers),
    ("_redirects", netlify.redirects),
    (".htaccess", apache.htaccess),
    ("portraits.nginx.conf", nginx.snippet),
    ("portraits.caddy", caddy.snippet),
)
"""(file name, function that writes it)."""


def host_files(rules: Rules) -> tuple[tuple[str, str], ...]:
    """Return (file name, text) of every notation.

    The first three belong in the site's root; the others are for people who run a server.
    """
    return tuple((file_name, write(rules)) for file_name, write in NOTATIONS)


__all__ = [
    "Policy",
    "Redirect",
    "Rules",
    "admin_policy",
    "gone_of",
    "host_files",
    "policy_of",
    "redirects_of",
    "rules_of",
]
