"""Pelican's own command, with each of its options, for a site that consists of the series."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.processes import free_port
from tests.site.blog import (
    PORTRAITS,
    ROOT,
    Blog,
    assert_links_lead_to_files,
    follow_edits,
    running,
    save,
    wait_until,
)

pytestmark = pytest.mark.site


@pytest.fixture
def site(tmp_path: Path) -> Blog:
    """Return a folder with the small series and the theme of portraits."""
    site = Blog(tmp_path / "site")
    for one in (site.content / "un.md", site.content / "brouillon.md"):
        one.unlink()
    site.write("pages/apropos.md", "title: À propos\n\nUne page.\n")
    site.with_portraits(f"THEME = {str(ROOT / 'theme')!r}\n")
    return site


def test_the_closing_line_counts_the_portraits(site: Blog) -> None:
    done = site.pelican("content")
    assert done.returncode == 0, done.stderr
    shown = len(list(site.output.glob("portraits/*/index.html")))
    assert shown > 1
    assert f"Processed {shown} articles" in done.stdout


def test_it_follows_edits_and_goes_on_after_an_error(site: Blog) -> None:
    follow_edits(site)


def test_it_serves_and_follows(site: Blog) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}/portraits/lea/"

    def served() -> str:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                text: str = answer.read().decode()
                return text
        except OSError:
            return ""

    lea = site.content / "portraits/lea.md"
    with running(site, "-lr", "-p", str(port)) as told:
        wait_until(lambda: "Léa" in served(), told)
        more = f"{lea.read_text(encoding='utf-8')}\n## Encore?\n\nUne retouche.\n"
        save(lea, more, lambda: "Une retouche." in served(), told)


def test_a_setting_of_the_command_line_counts(site: Blog) -> None:
    done = site.pelican("-e", 'SITENAME="Autre"', 'PORTRAITS={"pictures": false, "page_size": 1}')
    assert done.returncode == 0, done.stderr
    assert "Autre" in site.page("index.html")
    assert (site.output / "portraits/2/index.html").exists() or (
        site.output / "portraits/page/2/index.html"
    ).exists()


def test_other_settings_are_read(site: Blog) -> None:
    settings = (site.folder / "pelicanconf.py").read_text(encoding="utf-8")
    (site.folder / "other.py").write_text(
        f"{settings}SITEURL = 'https://ailleurs.example/serie'\n", encoding="utf-8"
    )
    done = site.pelican("-s", "other.py")
    assert done.returncode == 0, done.stderr
    assert 'href="/serie/portraits/lea/"' in site.page("index.html")


def test_the_settings_are_printed(site: Blog) -> None:
    done = site.pelican("--print-settings", "PORTRAITS")
    assert done.returncode == 0, done.stderr
    assert "pictures" in done.stdout


def test_a_warning_is_fatal_if_asked(site: Blog) -> None:
    assert site.pelican("--fatal", "warnings").returncode == 0
    site.write("pages/double.md", "title: Oui\nslug: apropos\n\nEncore.\n")
    before = site.files()
    done = site.pelican("--fatal", "warnings")
    assert done.returncode == 1
    assert site.files() == before


def test_relative_addresses_lead_to_files(site: Blog) -> None:
    done = site.pelican("--relative-urls")
    assert done.returncode == 0, done.stderr
    # 404.html is shown in any folder: it has addresses from the root
    assert_links_lead_to_files(site, except_for="404.html")


def test_a_link_that_leads_nowhere_is_found_in_relative_addresses_too(site: Blog) -> None:
    site.write("pages/apropos.md", "title: À propos\n\n[Rien](../portraits/personne/)\n")
    done = site.pelican("--relative-urls")
    assert done.returncode == 1
    assert "personne" in done.stderr


def test_the_editors_own_template_and_style_sheet_are_used_as_the_docs_show(site: Blog) -> None:
    text = (ROOT / "docs/theme.md").read_text(encoding="utf-8")
    template = re.search(r"```html\n\{# (mine/[\w./]+): [^}]*#\}\n(.*?)```", text, re.DOTALL)
    sheet = re.search(r"`content/extra/site.css`.*?```css\n(.*?)```", text, re.DOTALL)
    setting = re.search(r"^THEME_TEMPLATES_OVERRIDES = .*$", text, re.MULTILINE)
    links = re.search(r"```python\n(PORTRAITS = \{\n.*?\n\}\n)```", text, re.DOTALL)
    assert template and sheet and setting and links
    own = site.folder / template[1]
    own.parent.mkdir(parents=True)
    own.write_text(template[2], encoding="utf-8")
    site.write("extra/site.css", sheet[1])
    site.settings(
        f"{PORTRAITS}THEME = {str(ROOT / 'theme')!r}\n{setting[0]}\n{links[1]}"
        "PORTRAITS['pictures'] = False\n"
    )
    done = site.pelican()
    assert done.returncode == 0, done.stderr
    page = site.page("portraits/lea/index.html")
    in_digits = re.search(r'<time[^>]*datetime="([0-9-]+)">\1</time>', page)
    assert in_digits
    assert '<link rel="stylesheet" href="/site.css">' in page
    assert site.page("site.css") == sheet[1]
    menu, _, footer = page.partition("<main")
    assert '<a href="https://balado.example/">Le balado</a>' in menu
    assert '<a href="mailto:redaction@exemple.org">Nous écrire</a>' in footer
    own.unlink()
    done = site.pelican()
    assert done.returncode == 0, done.stderr
    assert in_digits[0] not in site.page("portraits/lea/index.html")


def test_an_article_of_a_blog_is_not_left_out_in_silence(site: Blog) -> None:
    site.write("un.md", "Title: Premier\nDate: 2024-03-01\n\nBonjour.\n")
    site.write("LICENSE.md", "Les textes…\n")
    done = subprocess.run(
        [sys.executable, "-m", "portraits", "check", "--format", "json"],
        cwd=site.folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")},
    )
    assert "article-left-out" in done.stdout and "content/un.md" in done.stdout
    assert "LICENSE" not in done.stdout
