"""Write ``_headers`` and ``_redirects``, as Netlify and Cloudflare Pages read them.

    headers   = (pattern newline (two spaces (name ": " value | "! " name) newline)+)+
    redirects = (source " " target " 301" newline)*

All rules that match a request apply, and Cloudflare joins the values of one header with a comma. So
no two rules that match the same request set the same header: caching is set only for files that
never change; for the rest both hosts already make the browser revalidate each time. A folder with
headers of its own first drops those of the site (``!``, which Cloudflare reads; Netlify skips a
line without a colon, and there the value that comes last counts).
"""

from __future__ import annotations

from portraits.output.hosting.rules import FOREVER, Rules


def headers(rules: Rules) -> str:
    """Return the text of ``_headers``."""
    blocks = [_block(f"{rules.base_path}*", rules.everywhere)]
    everywhere = dict(rules.everywhere)
    blocks.extend(
        _block(
            f"{one.folder}*",
            one.headers,
            dropped=tuple(name for name, _ in one.headers if name in everywhere),
        )
        for one in rules.exceptions
    )
    blocks.extend(
        _block(f"{path}*", (("Cache-Control", FOREVER),)) for path in rules.immutable_paths
    )
    blocks.extend(
        _block(pattern, (("Content-Type", media_type),))
        for file_name, media_type in rules.media_types
        for pattern in (f"{rules.base_path}{file_name}", f"{rules.base_path}*/{file_name}")
    )
    return "\n".join(blocks)


def _block(pattern: str, fields: tuple[tuple[str, str], ...], dropped: tuple[str, ...] = ()) -> str:
    lines = [f"! {name}" for name in dropped] + [f"{name}: {value}" for name, value in fields]
    return "".join((f"{pattern}\n", *(f"  {line}\n" for line in lines)))


def redirects(rules: Rules) -> str:
    """Return the text of ``_redirects``."""
    return "".join(
        f"{source} {redirect.target} 301\n"
        for redirect in rules.redirects
        for source in redirect.sources
    )
