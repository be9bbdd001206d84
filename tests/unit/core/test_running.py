"""When a build starts Pelican, and which plugins it loads."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
from portraits.build.site import SiteBuild
from portraits.host.running import needs_pelican

SITE = cast(SiteBuild, SimpleNamespace(knows_pages=lambda: True))


@pytest.mark.parametrize("names", [["portraits"], ["pelican.plugins.portraits"], []])
def test_our_plugin_alone_needs_no_pelican_whatever_it_is_called(names: list[str]) -> None:
    assert not needs_pelican({"PLUGINS": names, "PAGE_PATHS": ["pages"]}, SITE)


@pytest.mark.parametrize(
    "settings", [{}, {"PLUGINS": None}, {"PLUGINS": ["portraits", "sitemap"]}], ids=str
)
def test_other_plugins_need_pelican_and_so_do_all_that_are_installed(
    settings: dict[str, Any],
) -> None:
    assert needs_pelican({**settings, "PAGE_PATHS": ["pages"]}, SITE)
