"""Placeholders, addresses, settings, bounds, verification and assets."""

from __future__ import annotations

import errno
import re
from pathlib import Path

import pytest
from portraits.checks import pages as pages_module
from portraits.checks.output import linked_files, malformed, may_link
from portraits.checks.pages import check_pages
from portraits.host.running import read_settings
from portraits.model import addresses
from portraits.model.placeholders import fill, image_placeholder, link_placeholder
from portraits.options import check_folders, options_from
from portraits.settings import Settings, settings_from
from portraits.site.assets import theme_assets
from portraits.support.bounds import OutOfBounds, bounded
from portraits.support.digests import digest
from portraits.support.problems import SourceRefused, did_you_mean


def codes_of(refused: pytest.ExceptionInfo[SourceRefused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_holes_are_filled_and_the_rest_is_left() -> None:
    html = f'<a href="{link_placeholder(0)}">x</a>{image_placeholder(1)}'
    assert (
        fill(html, {link_placeholder(0): "/y/", image_placeholder(1): "<img>"})
        == '<a href="/y/">x</a><img>'
    )


def test_a_hole_that_nothing_fills_is_an_error() -> None:
    with pytest.raises(KeyError):
        fill(link_placeholder(3), {})


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("", "index.html"),
        ("portraits/lea/", "portraits/lea/index.html"),
        ("api/portraits.json", "api/portraits.json"),
    ],
)
def test_a_folder_is_served_by_its_index_and_a_file_by_itself(address: str, file: str) -> None:
    assert addresses.file_of(address) == file


@pytest.mark.parametrize(
    ("key", "anchor"),
    [
        ("twitter:le_devoir", "twitter-le_devoir"),
        ("bluesky:lea.exemple.ca", "bluesky-lea.exemple.ca"),
        ("web:exemple.ca", "web-exemple.ca"),
    ],
)
def test_an_account_is_named_by_its_network_and_handle_in_the_directory(
    key: str, anchor: str
) -> None:
    assert addresses.account_anchor(key) == anchor


def test_accounts_whose_names_differ_by_a_sign_have_anchors_of_their_own() -> None:
    keys = [
        *(f"instagram:le{sign}devoir" for sign in ("", ".", "_", "-", "__")),
        *(f"web:exemple.ca{path}" for path in ("", "/", "/Blog", "/blog", "/été", "/ete", "?p=1")),
        "mastodon:lea@un.exemple",
        "mastodon:lea.un@exemple",
    ]
    anchors = [addresses.account_anchor(key) for key in keys]
    assert len(set(anchors)) == len(keys)
    assert all(re.fullmatch(r"[a-z0-9._-]+", anchor) for anchor in anchors)


def test_a_portrait_in_another_language_stands_under_its_tag() -> None:
    assert addresses.portrait("lea", "fr", "fr") == "portraits/lea/"
    assert addresses.portrait("lea", "en", "fr") == "en/portraits/lea/"


def test_a_site_in_a_folder_keeps_the_folder_in_every_path() -> None:
    settings = Settings(site_url="https://example.org/serie")
    assert settings.path("portraits/x/") == "/serie/portraits/x/"
    assert settings.absolute("") == "https://example.org/serie/"


def test_an_unknown_setting_is_refused_with_the_one_that_was_meant() -> None:
    with pytest.raises(SourceRefused) as refused:
        settings_from({"PORTRAITS": {"page_sise": 12}})
    assert codes_of(refused) == ["unknown-setting"]
    assert "page_size" in refused.value.problems[0].hint


def test_a_setting_of_the_wrong_type_is_refused() -> None:
    with pytest.raises(SourceRefused) as refused:
        settings_from({"PORTRAITS": {"page_size": "12", "related": True}})
    assert codes_of(refused) == ["wrong-type", "wrong-type"]


@pytest.mark.parametrize(
    "setting",
    [{"PORTRAITS": {"page_size": 0}}, {"PORTRAITS": {"comments": "isso"}}, {"DEFAULT_LANG": "la"}],
)
def test_a_setting_that_cannot_have_its_value_is_refused(setting: dict[str, object]) -> None:
    with pytest.raises(SourceRefused) as refused:
        settings_from(setting)
    assert codes_of(refused) == ["bad-setting"]


@pytest.mark.parametrize(
    "setting",
    [
        *(
            {"SITEURL": address}
            for address in (
                "https://exemple.org/ma serie",
                "https://exemple.org\n",
                "https://exemple.org/a\nb",
                'https://exemple.org/"',
                "https://exemple.org/l'été",
                "https://exem ple.org",
                "https://exemple.org/?a=1",
                "https://exemple.org/#a",
                "https://exemple.org/a//b",
                "https://exemple.org/a/../b",
                "https://exemple.org/%zz",
                "https://exemple.org;x",
                "https://exemple.org:99999",
                "https://moi:secret@exemple.org",
                "https://",
                "http://[::1",
                "exemple.org",
                "ftp://exemple.org",
                "javascript:alert(1)",
            )
        ),
        *(
            {"PORTRAITS": {key: value}}
            for key, values in {
                "email": ("a b@exemple.org", "a@b", "a@exemple.org\n", "a?cc=b@exemple.org", '"'),
                "license_url": ("exemple.org", "javascript:x", "https://exemple.org/a b", "//a.b/"),
                "isso": ("https://a.b/\n", 'https://a.b/"x', "https://moi:x@a.b/"),
                "admin": (
                    "github.com/lea/serie",
                    "https://github.com/lea",
                    "https://exemple.org/lea/serie",
                    "https://github.com/lea/serie/tree/main",
                    "https://github.com/lea/serie?x",
                    "https://moi:x@github.com/lea/serie",
                ),
                "admin_branch": ("", "a b", "/main", "main/", "a//b"),
                "admin_content": ("../x", "/content", "a/"),
                "admin_sign_in": ("https://connexion.example",),
                "folder": ("", "../x", "/etc", "a/../b", "a\\b", ".x", "_x", "a/", "a//b", "a\n"),
                "questionnaire": ("", "../q.yml", "/etc/passwd", "a/\n.yml"),
                "menu": (
                    (("A", "javascript:alert(1)"),),
                    (("A", "//ailleurs.example/"),),
                    (("A", "a-propos/"),),
                    (("A", "/a b/"),),
                ),
            }.items()
            for value in values
        ),
    ],
    ids=repr,
)
def test_a_setting_that_makes_no_address_or_path_is_named_with_its_value_and_an_example(
    setting: dict[str, object],
) -> None:
    with pytest.raises(SourceRefused) as refused:
        settings_from(setting)
    (problem,) = refused.value.problems
    ((name, value),) = setting.items()
    if isinstance(value, dict):
        ((name, value),) = value.items()
    assert (problem.code, problem.field) == ("bad-setting", name)
    assert repr(value) in problem.message
    assert problem.hint.startswith("attendu : ")


@pytest.mark.parametrize(
    "setting",
    [
        *(
            {"SITEURL": address}
            for address in (
                "",
                "https://exemple.org/",
                "https://exemple.org/serie/2%20b/~lea",
                "https://portraits.québec",
                "http://[::1]:8000",
                "http://[fe80::1%eth0]:8000",
                "http://machine_1:80",
            )
        ),
        *(
            {"PORTRAITS": {key: value}}
            for key, value in {
                "email": "léa.roy+site@exemple.org",
                "license_url": "https://exemple.org/l%C3%A9gal?x=1#é",
                "isso": "http://localhost:8080/",
                "folder": "entrevues/2011 été",
                "questionnaire": "a/questions_1.yml",
                "menu": (("A", "/a-propos/#b"), ("B", "https://a.example"), ("C", "mailto:a@b.c")),
            }.items()
        ),
    ],
    ids=repr,
)
def test_a_setting_that_makes_an_address_or_path_is_taken(setting: dict[str, object]) -> None:
    settings_from(setting)


@pytest.mark.parametrize("value", [5, ["a"], True])
@pytest.mark.parametrize("name", ["SITENAME", "SITEURL", "SITESUBTITLE", "AUTHOR"])
def test_a_setting_of_pelican_s_that_is_no_text_is_refused(name: str, value: object) -> None:
    with pytest.raises(SourceRefused, match=name) as refused:
        settings_from({name: value})
    assert codes_of(refused) == ["wrong-type"]


@pytest.mark.parametrize("value", [None, 5, "", " ", "a\nb", "a\0b"])
@pytest.mark.parametrize("name", ["PATH", "OUTPUT_PATH", "THEME", "CACHE_PATH"])
def test_a_setting_that_can_be_no_folder_is_refused(name: str, value: object) -> None:
    folders = {"PATH": "c", "OUTPUT_PATH": "o", "THEME": "t", "CACHE_PATH": "k"}
    with pytest.raises(SourceRefused) as refused:
        options_from({**folders, name: value})
    assert [problem.field for problem in refused.value.problems] == [name]


def test_a_settings_file_that_is_not_there_or_no_python_is_refused(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text("PORTRAITS = {", encoding="utf-8")
    for name, code in (("none.py", "no-settings"), ("conf.py", "settings")):
        with pytest.raises(SourceRefused) as refused:
            read_settings(tmp_path / name)
        assert codes_of(refused) == [code]


@pytest.mark.parametrize("output", ["content", "content/site", "theme", "."])
def test_a_site_is_not_built_over_its_own_sources(tmp_path: Path, output: str) -> None:
    for name in ("content", "theme"):
        (tmp_path / name).mkdir()
    with pytest.raises(SourceRefused) as refused:
        check_folders(tmp_path / "content", tmp_path / output, tmp_path / "theme")
    assert set(codes_of(refused)) == {"output-over-source"}


def test_without_texts_there_is_nothing_to_build(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused) as refused:
        check_folders(tmp_path / "content", tmp_path / "output", tmp_path / "theme")
    assert codes_of(refused) == ["no-content"]


@pytest.mark.parametrize(
    ("name", "text", "line", "code"),
    [
        ("a.md", "title: A\n\nTexte.\n", 0, ""),
        ("a.rst", "A\n=\n", 0, "not-a-page"),
        ("a.md", "title: A\nTexte.\n", 2, "page-head"),
        ("a.md", "title: A\n\n[x]({attach}secret.md)\n", 3, "copied-file"),
    ],
)
def test_what_an_editors_page_may_not_be_is_told_with_its_line(
    tmp_path: Path, name: str, text: str, line: int, code: str
) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / name).write_text(text, encoding="utf-8")
    assert [
        (problem.path, problem.line, problem.code) for problem in check_pages(tmp_path, "content")
    ] == ([(f"content/pages/{name}", line, code)] if code else [])


def test_a_page_that_cannot_be_opened_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(path: Path, most: int) -> bytes:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(pages_module, "read_regular", forbidden)
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.md").write_text("title: A\n\nTexte.\n", encoding="utf-8")
    assert [problem.code for problem in check_pages(tmp_path, "content")] == ["unreadable"]


def test_the_nearest_word_is_proposed_whatever_its_accents() -> None:
    assert did_you_mean("tilte", ("title", "tags")) == "vouliez-vous dire « title » ?"
    assert did_you_mean("zzz", ("title", "tags")) == ""


def test_work_that_takes_too_long_is_stopped() -> None:
    with pytest.raises(OutOfBounds, match="secondes"), bounded(0.05, 512):
        while True:
            pass


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_finalizer_does_not_save_work_that_takes_too_long() -> None:
    class Slow:
        def __del__(self) -> None:
            while True:
                pass

    with pytest.raises(OutOfBounds, match="secondes"), bounded(0.05, 512):
        Slow()  # the exception that ends its finalizer is lost
        while True:
            pass


def test_a_regular_expression_that_runs_away_is_stopped() -> None:
    with pytest.raises(OutOfBounds), bounded(0.1, 512):
        re.match(r"(a+)+$", "a" * 40 + "b")


def test_work_that_takes_too_much_memory_is_stopped() -> None:
    with pytest.raises(OutOfBounds, match="mémoire"), bounded(5, 16):
        bytearray(2**30)


def test_work_within_bounds_is_left_alone() -> None:
    with bounded(5, 512):
        done = sum(range(1000))
    assert done == 499500


STANDING = {"index.html", "x/index.html", "a.jpg"}
"""The files of a small site."""


@pytest.mark.parametrize(
    ("html", "missing"),
    [
        (b'<a href="/x/">', set()),
        (b'<a href="/y/">', {"y/index.html"}),
        (b'<a href="/x/#part">', set()),
        (b'<img src="/a.jpg" srcset="/a.jpg 1x, /b.jpg 2x">', {"b.jpg"}),
        (b'<a href="https://example.org/y/">', set()),
        (b'<a href="//example.org/y/">', set()),
        (b'<a href="#part">', set()),
        (b'<img src="/a.jpg" srcset="https://example.org/a.jpg 1x, /b.jpg 2x">', {"b.jpg"}),
        (b'<a href="/y/#part">', {"y/index.html"}),
        (b'<a href="/y/?a&amp;b" title="/z/">', {"y/index.html"}),
        (b'<p title="/y/">Soit /y/, /z/</p> <a href="/x/">', set()),
        (b'<a href="/"> <link href="/e%CC%81/%C3%A9.css">', {"e\u0301/\u00e9.css"}),
        (b'<a\nhref="/y/">', {"y/index.html"}),
    ],
)
def test_an_address_that_no_file_answers_is_found(html: bytes, missing: set[str]) -> None:
    named = linked_files(html, "/")
    assert named - STANDING == missing
    assert named <= may_link(html, "/"), "the quick look misses what the thorough one finds"


def test_on_a_site_in_a_folder_only_what_is_in_it_is_the_sites_own() -> None:
    html = b'<a href="/serie/x/"></a><a href="/other/y/"></a><a href="/serie/"></a>'
    assert linked_files(html, "/serie/") == {"x/index.html", "index.html"}
    assert may_link(html, "/serie/") == {"x/index.html", "index.html"}


def test_a_digest_tells_parts_from_their_concatenation() -> None:
    assert digest("ab", "c") != digest("a", "bc")


@pytest.mark.parametrize(
    ("path", "content", "well_formed"),
    [
        ("a.json", b'{"a": 1}', True),
        ("a.json", b'{"a": }', False),
        ("a.json", b"\xff", False),
        ("a.xml", b"<a><b/></a>", True),
        ("a.xml", b"<a><b></a>", False),
        ("a.svg", b"<svg>&nope;</svg>", False),
        ("a.opml", b"", False),
        ("a.html", b'<script type="application/ld+json">{}</script><p>', True),
        ("a.html", b'<script type="application/ld+json">{</script>', False),
        (
            "a.html",
            b'<script type="application/ld+json">{}</script>'
            b'<script type="application/ld+json">nope</script>',
            False,
        ),
        ("a.txt", b"{<", True),
    ],
)
def test_what_is_not_well_formed_for_its_name_is_found(
    path: str, content: bytes, well_formed: bool
) -> None:
    assert (malformed(path, content) == "") == well_formed


def theme_with(root: Path, files: dict[str, str], listing: str = "") -> Path:
    for name, text in files.items():
        path = root / "static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    if listing:
        (root / "assets.toml").write_text(listing)
    return root


def test_style_sheets_are_sent_as_one_and_know_the_names_of_fonts(tmp_path: Path) -> None:
    theme = theme_with(
        tmp_path,
        {
            "css/a.css": "@layer a;",
            "css/b.css": 'x{src:url("../fonts/f.woff2")}',
            "fonts/f.woff2": "font",
            "fonts/f-OFL.txt": "licence",
        },
        '[bundles]\n"css/site.css" = ["css/a.css", "css/b.css"]\n',
    )
    assets = {asset.name: asset for asset in theme_assets(theme)}
    assert set(assets) == {"css/site.css", "fonts/f.woff2"}
    font = assets["fonts/f.woff2"].address.rpartition("/")[2]
    assert assets["css/site.css"].content.decode() == f'@layer a;x{{src:url("../fonts/{font}")}}'


def test_a_changed_font_changes_the_name_of_the_style_sheet_that_uses_it(tmp_path: Path) -> None:
    files = {"css/a.css": "x{src:url(../fonts/f.woff2)}", "fonts/f.woff2": "one"}
    before = {asset.name: asset.address for asset in theme_assets(theme_with(tmp_path, files))}
    files["fonts/f.woff2"] = "two"
    after = {asset.name: asset.address for asset in theme_assets(theme_with(tmp_path, files))}
    assert before["css/a.css"] != after["css/a.css"]


@pytest.mark.parametrize(
    ("repository", "sign_in"),
    [
        ("https://github.com/lea/serie", "connexion.example"),
        ("https://github.com/lea/serie", "http://connexion.example"),
        ("https://github.com/lea/serie", "https://connexion.example/?a=1"),
        ("https://gitlab.com/lea/serie", "https://connexion.example"),
        ("https://gitlab.com/lea/serie", "abc"),
    ],
)
def test_who_signs_editors_in_is_said_as_the_service_wants_it(
    repository: str, sign_in: str
) -> None:
    with pytest.raises(SourceRefused) as refused:
        settings_from({"PORTRAITS": {"admin": repository, "admin_sign_in": sign_in}})
    (problem,) = refused.value.problems
    assert (problem.code, problem.field) == ("bad-setting", "admin_sign_in")


@pytest.mark.parametrize(
    ("address", "repository"),
    [
        ("https://github.com/lea/serie", ("github", "lea/serie")),
        ("https://github.com/lea/serie.ca/", ("github", "lea/serie.ca")),
        ("https://gitlab.com/journal/ete/serie", ("gitlab", "journal/ete/serie")),
    ],
)
def test_a_repository_is_named_by_its_address(address: str, repository: tuple[str, str]) -> None:
    assert settings_from({"PORTRAITS": {"admin": address}}).repository == repository
