"""Fixtures shared by tests that build in this process."""

from __future__ import annotations

from typing import Any

import pytest
from portraits.build import engine

from tests.site.workspace import MadePage


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[MadePage]:
    """Return a list that collects the pages made by builds in this process from now on."""
    pages: list[MadePage] = []
    make = engine._made

    def noted(kinds: Any, context: Any, staging: Any, number: int, key: str) -> engine.Made:
        page = make(kinds, context, staging, number, key)
        pages.append(
            MadePage(
                kinds[number].name, key, tuple(file.path for file in page.files if file.written)
            )
        )
        return page

    monkeypatch.setattr(engine, "_made", noted)
    return pages
