"""Other people's plugins and themes, in a blog with portraits and in a site of its own.

docs/pelican.md tells what each does; ``tools/pelican_plugins.py`` installs them.
"""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from tests.site.blog import Blog
from tools.pelican_plugins import ensure_plugins

pytestmark = pytest.mark.site

TOGETHER = (
    "sitemap",
    "neighbors",
    "related_posts",
    "seo",
    "i18n_feeds",
    "pelican_redirect",
    "image_process",
    "readtime",
    "series",
    "minify",
    "precompress",
    "pelican_embed_svg",
    "webassets",
)
"""Plugins that a blog may have all at once."""
ARTICLE = """\
{% extends "!simple/article.html" %}
{% block content %}{{ super() }}
{% for one in (article.prev_article, article.next_article) if one %}
<p>voisin : {{ one.title }}</p>{% endfor %}
{% endblock %}
"""


@pytest.fixture(scope="module")
def plugins() -> str:
    return str(ensure_plugins())


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory, plugins: str) -> Blog:
    """Return a blog with portraits among its articles, and with all plugins that go together."""
    blog = Blog(tmp_path_factory.mktemp("blog") / "blog")
    blog.with_portraits(
        f"PLUGINS = ['portraits', *{TOGETHER!r}]\n"
        "PORTRAITS = {'pictures': False, 'among_articles': True}\n"
        "SITEMAP = {'format': 'xml'}\nTHEME_TEMPLATES_OVERRIDES = ['t']\nTHEME = 'simple'\n"
        "PRECOMPRESS_GZIP = True\n"
    )
    (blog.folder / "t").mkdir()
    (blog.folder / "t/article.html").write_text(ARTICLE, encoding="utf-8")
    done = blog.pelican(PYTHONPATH=plugins)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ERROR" not in done.stdout
    return blog


def test_the_site_map_of_a_plugin_has_the_portraits(busy: Blog) -> None:
    listed = re.findall(r"<loc>([^<]+)</loc>", busy.page("sitemap.xml"))
    assert "https://blogue.example/portraits/lea/" in listed
    assert "https://blogue.example/premier.html" in listed


def test_portraits_are_neighbours_of_articles(busy: Blog) -> None:
    assert "voisin : Portrait d" in busy.page("premier.html")


def test_our_pages_are_made_small_and_compressed_like_those_of_the_blog(busy: Blog) -> None:
    page = busy.output / "portraits/lea/index.html"
    assert "\n\n" not in page.read_text(encoding="utf-8")
    assert gzip.decompress(Path(f"{page}.gz").read_bytes()) == page.read_bytes()
    assert busy.page("portraits/lea/index.html").count("portraits__page") == 1


def test_a_second_build_gives_the_same_portraits(busy: Blog, plugins: str) -> None:
    before = busy.page("portraits/lea/index.html")
    done = busy.pelican(PYTHONPATH=plugins)
    assert done.returncode == 0, done.stdout + done.stderr
    assert busy.page("portraits/lea/index.html") == before


def test_a_blog_in_two_languages_keeps_its_second_site(tmp_path: Path, plugins: str) -> None:
    blog = Blog(tmp_path / "blog")
    blog.write("two.md", "Title: Two\nDate: 2024-05-01\nLang: en\n\nHello.\n")
    blog.with_portraits("PLUGINS = ['i18n_subsites', 'portraits']\nI18N_SUBSITES = {'en': {}}\n")
    done = blog.pelican(PYTHONPATH=plugins)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Two" in blog.page("en/index.html")
    assert "portraits/lea/index.html" in blog.files()


def test_a_theme_from_the_package_index_has_portraits(tmp_path: Path, plugins: str) -> None:
    blog = Blog(tmp_path / "blog")
    blog.with_portraits(
        "from pelican.themes import reflex\nTHEME = reflex.path()\nCC_LICENSE = {}\n"
        "LINKS = ()\nSOCIAL = ()\n"
    )
    done = blog.pelican(PYTHONPATH=plugins)
    assert done.returncode == 0, done.stdout + done.stderr
    page = blog.page("portraits/lea/index.html")
    assert "portraits__page" in page
    assert page.count("css/guest.") == 1
    assert "font-awesome" in page, "the theme's own layout"


@pytest.mark.parametrize(("choice", "ours"), [("", True), ("theirs", False)])
def test_a_site_of_its_own_keeps_its_site_map_unless_a_setting_says_otherwise(
    tmp_path: Path, plugins: str, choice: str, ours: bool
) -> None:
    blog = Blog(tmp_path / "site")
    for one in (blog.content / "un.md", blog.content / "brouillon.md"):
        one.unlink()
    blog.write("pages/apropos.md", "title: À propos\n\nUne page.\n")
    theme = Path(__file__).parent.parent.parent / "theme"
    settings = (
        f"THEME = {str(theme)!r}\nPLUGINS = ['portraits', 'sitemap']\n"
        "SITEMAP = {'format': 'xml'}\n"
        f"PORTRAITS = {{'pictures': False, 'on_clash': {choice!r}}}\n"
    )
    blog.with_portraits(settings)
    for _ in range(2):  # the second build makes little anew
        done = blog.pelican(PYTHONPATH=plugins)
        assert done.returncode == 0, done.stdout + done.stderr
        assert ("/portraits/lea/" in blog.page("sitemap.xml")) is ours
    blog.settings(f"THEME = {str(theme)!r}\nPLUGINS = ['portraits']\n" + settings.splitlines()[-1])
    done = blog.pelican(PYTHONPATH=plugins)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "/portraits/lea/" in blog.page("sitemap.xml"), "it comes back"
