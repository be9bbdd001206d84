"""Write a snippet for Caddy 2, to be imported in the block of the site.

Caddy sorts directives of one name by their matchers, so the matchers here exclude one another and
their order does not matter.
"""

from __future__ import annotations

from portraits.output.hosting.rules import FOREVER, SHORTLY, Rules


def snippet(rules: Rules) -> str:
    """Return the text of ``portraits.caddy``."""
    lines = ["# import portraits.caddy   in the block of the site", ""]
    differing = {name for one in rules.exceptions for name, _ in one.headers}
    lines += [
        _header("@portraits_ordinary " if name in differing else "", name, value)
        for name, value in rules.everywhere
    ]
    if rules.exceptions:
        exempt = " ".join(f"{one.folder}*" for one in rules.exceptions)
        lines += ["", f"@portraits_ordinary not path {exempt}"]
    for number, one in enumerate(rules.exceptions, start=1):
        lines.append(f"@portraits_folder{number} path {one.folder}*")
        lines += [
            _header(f"@portraits_folder{number} ", name, value) for name, value in one.headers
        ]
    folders = " ".join(f"{path}*" for path in rules.immutable_paths)
    lines += [
        "",
        f"@portraits_immutable path {folders}",
        f"@portraits_changing not path {folders}",
        _header("@portraits_immutable ", "Cache-Control", FOREVER),
        _header("@portraits_changing ", "Cache-Control", SHORTLY),
    ]
    for number, (file_name, media_type) in enumerate(rules.media_types, start=1):
        # a leading star matches across folders, one in the middle does not
        lines += [
            "",
            f"@portraits_feed{number} path */{file_name}",
            _header(f"@portraits_feed{number} ", "Content-Type", media_type),
        ]
    if rules.redirects:
        lines.append("")
    lines += [
        f"redir {source} {redirect.target} 301"
        for redirect in rules.redirects
        for source in redirect.sources
    ]
    if rules.gone:
        lines += ["", f"@portraits_gone path {' '.join(rules.gone)}", "error @portraits_gone 410"]
    # Browsers must not cache a 404 of a style sheet for a year. The form of handle_errors
    # that takes a status requires Caddy 2.8, and Debian has an earlier version.
    lines += [
        "",
        "handle_errors {",
        "\theader -Cache-Control",
        "\t@portraits_missing expression {http.error.status_code} == 404",
        "\thandle @portraits_missing {",
        f"\t\trewrite * {rules.not_found}",
        "\t\tfile_server",
        "\t}",
    ]
    if rules.gone:
        lines += [
            "\t@portraits_withdrawn expression {http.error.status_code} == 410",
            "\thandle @portraits_withdrawn {",
            f"\t\trewrite * {rules.gone_page}",
            "\t\tfile_server",
            "\t}",
        ]
    lines.append("}")
    return "\n".join((*lines, ""))


def _header(matcher: str, name: str, value: str) -> str:
    return f'header {matcher}{name} "{value}"'
