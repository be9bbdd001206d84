"""Codes that another generator expanded: Hugo's shortcodes, Liquid's tags, kramdown's attributes.

    code = "{{<" … ">}}" | "{{%" … "%}}" | "{%" … "%}" | "{{" … "}}" | "{:" … "}"

Nobody expands them any more. They are taken out wherever they stand, but in code, and what
stands between two of them stays.
"""

from __future__ import annotations

import re

_CODE = re.compile(
    r"""
      (?P<verbatim>^\ {0,3}(?P<fence>```+|~~~+)[^\n]*\n.*?(?:^\ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)
        |(?<![\\`])(?P<tick>`+)(?!`)(?:(?!\n\s*\n).)*?(?<!`)(?P=tick)(?!`))
    | (?P<shown>\{\{[<%]/\*.*?\*/[>%]\}\})
    | (?<!\\)(?P<code>\{\{[<%](?:(?!\{\{).)*?[>%]\}\}|\{%(?:(?!\{%).)*?%\}
        |\{\{(?:(?!\{\{|\n).)*?\}\}|\{:[^{}\n]*\})
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)


def without_shortcodes(body: str) -> tuple[str, tuple[tuple[int, str], ...]]:
    """``body`` without its codes, line by line as long as before; (0-based line, code) of each."""
    taken: list[tuple[int, str]] = []

    def take(found: re.Match[str]) -> str:
        code = found["code"]
        if code is None:
            return found.group()
        taken.append((body.count("\n", 0, found.start()), " ".join(code.split())))
        return "\n" * code.count("\n")

    return _CODE.sub(take, body), tuple(taken)
