"""Write ``_headers`` and ``_redirects``, as Netlify and Cloudflare Pages read them.

    headers   = (pattern newline (two spaces name ": " value newline)+)+
    redirects = (source " " target " 301" newline)*

All rules that match a request apply, and both hosts join the values of one header with a comma. So
no two rules that match the same request set the same header: caching is set only for files that
never change; for the rest both hosts already make the browser revalidate each time.
"""

from __future__ import annotations

from portraits.output.hosting.rules import FOREVER, Rules


def headers(rules: Rules) -> str:
    """Return the text of ``_headers``."""
    blocks = [
        _block(
            f"{rules.base_path}*",
            (("Content-Security-Policy", rules.policy.in_header()), *rules.headers),
        )
    ]
    blocks.extend(
        _block(f"{path}*", (("Cache-Control", FOREVER),)) for path in rules.immutable_paths
    )
    blocks.extend(
        _block(pattern, (("Content-Type", media_type),))
        for file_name, media_type in rules.media_types
        for pattern in (f"{rules.base_path}{file_name}", f"{rules.base_path}*/{file_name}")
    )
    return "\n".join(blocks)


def _block(pattern: str, fields: tuple[tuple[str, str], ...]) -> str:
    return "".join((f"{pattern}\n", *(f"  {name}: {value}\n" for name, value in fields)))


def redirects(rules: Rules) -> str:
    """Return the text of ``_redirects``."""
    return "".join(
        f"{source} {redirect.target} 301\n"
        for redirect in rules.redirects
        for source in redirect.sources
    )
