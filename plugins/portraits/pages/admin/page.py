"""Write the editor's page, what it offers, and its packages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from portraits.model import addresses
from portraits.output.hosting import admin_policy
from portraits.pages.admin import packages
from portraits.pages.admin.collections import collections_json, language_of_editors, say
from portraits.site.context import BuildContext
from portraits.site.page import File, PageKind, once

_BROWSER = Path(__file__).parent / "browser"


def _if_named(context: BuildContext) -> tuple[str, ...]:
    return once(context) if context.settings.admin else ()


def _make(context: BuildContext, key: str) -> Iterator[File]:
    settings = context.settings
    lang = language_of_editors(settings)
    page = context.fill(
        "admin.html",
        lang,
        title=say(lang, "title"),
        noscript=say(lang, "noscript"),
        policy=admin_policy(settings.repository[0]).in_meta(),
    )
    yield File(addresses.ADMIN, page.encode())
    asked = [
        (id_, json.loads(wordings))
        for id_, wordings in context.series.sql(
            "SELECT id, wordings FROM questionnaire ORDER BY number"
        )
    ]
    content = settings.admin_content or context.content.name
    yield File(f"{addresses.ADMIN}collections.json", collections_json(settings, content, asked))
    for path in sorted(_BROWSER.glob("*.js")):
        yield File(f"{addresses.ADMIN}{path.name}", path.read_bytes())
    for address, file in packages.files(context.packages):
        yield File(f"{addresses.ADMIN}{address}", file)


KIND = PageKind("admin", _if_named, _make)
