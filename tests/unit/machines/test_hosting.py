"""What hosts are told: the same rules in every notation, and none that undoes another."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from portraits.model import addresses
from portraits.model.portrait import Status
from portraits.output.hosting import (
    NOTATIONS,
    Redirect,
    Rules,
    admin_policy,
    gone_of,
    host_files,
    policy_of,
    redirects_of,
    rules_of,
)
from portraits.pages.machine_files import host_rules
from portraits.settings import Settings
from portraits.support.problems import SourceRefused

from tests.builders import pages_with, portrait_named

EXPECTED = Path(__file__).parent / "expected"
SETTINGS = Settings(
    site_url="https://exemple.example/serie",
    comments="isso",
    isso="https://commentaires.example/isso/",
)
FORMER = (
    ("/2011/07/été.html", "portraits/lea/"),
    ("/vieux blogue/léa/", "portraits/lea/"),
    ('/$1"\\{x}*;/', "en/portraits/ana/"),
)
RULES = rules_of(SETTINGS, redirects_of(FORMER, SETTINGS))
STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"
)


# -- the policy ------------------------------------------------------------------------


def test_pages_load_nothing_from_elsewhere_and_nothing_inline() -> None:
    assert policy_of().in_header() == f"{STRICT}; frame-ancestors 'none'"


def test_the_meta_element_leaves_out_what_it_cannot_say() -> None:
    assert policy_of().in_meta() == STRICT


@pytest.mark.parametrize(
    ("isso", "origin"),
    [
        ("https://commentaires.example", "https://commentaires.example"),
        ("https://Commentaires.Example/isso/?a=1", "https://commentaires.example"),
        ("http://localhost:8080/", "http://localhost:8080"),
        ("https://moi:secret@commentaires.example/", "https://commentaires.example"),
    ],
)
def test_a_server_of_comments_is_let_in_by_its_origin(isso: str, origin: str) -> None:
    sources = dict(policy_of(isso=isso).directives)
    open_to = {name for name, allowed in sources.items() if origin in allowed}
    assert open_to == {"script-src", "style-src", "img-src", "connect-src"}


@pytest.mark.parametrize(
    "isso",
    [
        "commentaires.example",
        "//commentaires.example/",
        "javascript:alert(1)",
        "https://",
        "https://a.example; script-src *",
        "https://a b.example/",
        "https://*.example/",
        "http://[",
        "https://a.example:x/",
        "https://é.example/",
    ],
)
def test_an_address_that_is_no_server_is_refused(isso: str) -> None:
    with pytest.raises(SourceRefused, match=r"pelicanconf\.py : PORTRAITS") as refused:
        policy_of(isso=isso)
    assert [problem.code for problem in refused.value.problems] == ["bad-isso"]


def test_a_server_of_comments_that_is_not_used_is_not_let_in() -> None:
    unused = rules_of(replace(SETTINGS, comments="email"))
    assert "commentaires" not in unused.policy.in_header()


# -- the editor in the browser ----------------------------------------------------------

WITH_EDITOR = rules_of(replace(SETTINGS, admin="https://github.com/lea/serie"))


def test_the_editor_runs_no_script_but_the_site_s_and_asks_nobody_but_its_service() -> None:
    sources = dict(admin_policy("github").directives)
    assert sources["script-src"] == ("'self'",)
    assert sources["default-src"] == ("'none'",)
    assert sources["connect-src"] == (
        "'self'",
        "blob:",
        "data:",
        "https://api.github.com",
        "https://www.githubstatus.com",
    )
    assert "https://gitlab.com" in dict(admin_policy("gitlab").directives)["connect-src"]
    assert "unsafe-eval" not in admin_policy("github").in_header()


def test_only_the_editor_s_folder_has_headers_of_its_own() -> None:
    everywhere = dict(WITH_EDITOR.headers_of("/serie/portraits/lea/"))
    own = dict(WITH_EDITOR.headers_of("/serie/admin/index.html"))
    assert everywhere == dict(RULES.headers_of("/serie/portraits/lea/"))
    assert dict(WITH_EDITOR.headers_of("/serie/administration/")) == everywhere
    assert {name for name in own if own[name] != everywhere.get(name)} == {
        "Content-Security-Policy",
        "Cross-Origin-Opener-Policy",
        "X-Robots-Tag",
    }
    assert own["X-Robots-Tag"] == "noindex"


def test_no_host_is_told_of_an_editor_that_no_setting_asks_for() -> None:
    assert RULES.exceptions == ()
    assert all("admin" not in text for _, text in host_files(RULES))


@pytest.mark.parametrize("path", ["/serie/admin/", "/serie/admin/sveltia/index.js", "/serie/"])
@pytest.mark.parametrize("reading", ["cloudflare", "netlify"])
def test_hosts_that_read_headers_send_one_value_of_each(path: str, reading: str) -> None:
    text = dict(host_files(WITH_EDITOR))["_headers"]
    headers = (sent if reading == "cloudflare" else sent_by_netlify)(text, path)
    assert headers == {name: [value] for name, value in WITH_EDITOR.headers_of(path)}


def test_apache_sets_the_editor_s_headers_after_those_of_the_site() -> None:
    lines = dict(host_files(WITH_EDITOR))[".htaccess"].splitlines()
    policies = [line.strip() for line in lines if "Content-Security-Policy" in line]
    assert policies == [
        f'Header always set Content-Security-Policy "{RULES.policy.in_header()}"',
        f'Header always set Content-Security-Policy "{admin_policy("github").in_header()}"'
        ' "expr=%{REQUEST_URI} =~ m#^(/serie/admin/)#"',
    ]


# -- redirects -------------------------------------------------------------------------


def test_addresses_of_people_withdrawn_are_gone_in_both_forms_whatever_is_in_them() -> None:
    gone = gone_of(("portraits/lea/", '2011/é$1"\\x.html'), SETTINGS)
    assert gone == (
        "/serie/2011/%C3%A9%241%22%5Cx.html",
        "/serie/portraits/lea/",
        "/serie/portraits/lea",
    )
    files = dict(host_files(rules_of(SETTINGS, gone=gone)))
    assert 'location = "/serie/portraits/lea/" { return 410; }' in files["portraits.nginx.conf"]
    assert 'location = "/serie/2011/é$1\\"\\\\x.html"' in files["portraits.nginx.conf"]
    assert f"@portraits_gone path {' '.join(gone)}\n" in files["portraits.caddy"]
    patterns = re.findall(r'RedirectMatch 410 "(.*)"', files[".htaccess"])
    plain = [re.sub(r"\\(.)", r"\1", one) for one in patterns]  # as Apache reads its quotes
    for address, pattern in zip(gone, plain, strict=True):
        assert re.fullmatch(pattern, unquote(address)), pattern
    assert "410" not in "".join(text for _, text in host_files(rules_of(SETTINGS)))


def test_former_addresses_lead_to_the_present_ones_in_their_order() -> None:
    assert redirects_of(FORMER, SETTINGS) == (
        Redirect("/serie/%241%22%5C%7Bx%7D%2A%3B/", "/serie/en/portraits/ana/"),
        Redirect("/serie/2011/07/%C3%A9t%C3%A9.html", "/serie/portraits/lea/"),
        Redirect("/serie/vieux%20blogue/l%C3%A9a/", "/serie/portraits/lea/"),
    )


def test_a_site_redirects_to_its_portraits_in_their_languages_and_to_no_draft() -> None:
    aliased = [
        replace(portrait_named(name, lang=lang, status=status), aliases=aliases)
        for name, lang, status, aliases in (
            ("Léa", "fr", Status.PUBLISHED, ("/2011/07/léa.html", "/avant/")),
            ("Ana", "en", Status.PUBLISHED, ("/ana/",)),
            ("Sam", "fr", Status.DRAFT, ("/sam/",)),
        )
    ]
    rules = host_rules(pages_with(*aliased, settings=SETTINGS))
    assert rules == rules_of(
        SETTINGS,
        (
            Redirect("/serie/2011/07/l%C3%A9a.html", "/serie/portraits/lea/"),
            Redirect("/serie/ana/", "/serie/en/portraits/ana/"),
            Redirect("/serie/avant/", "/serie/portraits/lea/"),
        ),
    )


@pytest.mark.parametrize(
    ("source", "sources"), [("/a/", ("/a/", "/a")), ("/a.html", ("/a.html",)), ("/", ("/",))]
)
def test_a_folder_is_redirected_with_and_without_its_slash(
    source: str, sources: tuple[str, ...]
) -> None:
    assert Redirect(source, "/x/").sources == sources


@pytest.mark.parametrize("alias", ["/a\nb/", "/a%0Ab/", "/a\x00/"])
def test_an_address_that_would_begin_a_new_line_is_refused(alias: str) -> None:
    with pytest.raises(ValueError, match="control character"):
        redirects_of([(alias, "portraits/lea/")], Settings())


# -- _headers, read as Netlify and Cloudflare read it -----------------------------------


def sent(text: str, path: str) -> dict[str, list[str]]:
    """Headers of a response: every rule that matches applies, a star crosses folders."""
    found: dict[str, list[str]] = defaultdict(list)
    applies = False
    for line in filter(None, text.splitlines()):
        if line.startswith("/"):
            pattern = ".*".join(map(re.escape, line.split("*")))
            applies = re.fullmatch(pattern, path) is not None
        elif applies and (dropped := line.strip()).startswith("! "):
            found.pop(dropped.removeprefix("! "), None)
        elif applies:
            name, _, value = line.strip().partition(": ")
            found[name].append(value)
    return found


def sent_by_netlify(text: str, path: str) -> dict[str, list[str]]:
    """The same where a line without a colon is skipped, and the value that comes last counts."""
    lines = [line for line in text.splitlines() if line.startswith("/") or ":" in line]
    return {name: values[-1:] for name, values in sent("\n".join(lines), path).items()}


PATHS = (
    "/serie/",
    "/serie/portraits/lea/",
    "/serie/recherche/",
    "/serie/recherche/index/portraits.json",
    "/serie/recherche/index/mots/1a2b.words",
    "/serie/theme/css/site.1a2b.css",
    "/serie/images/lea.1a2b.jpg",
    "/serie/atom.xml",
    "/serie/etiquettes/musique/rss.xml",
    "/serie/feed.json",
    "/serie/abonnement.opml",
)


@pytest.mark.parametrize("path", PATHS)
def test_no_header_is_sent_twice_since_hosts_would_join_the_two(path: str) -> None:
    headers = sent(dict(host_files(RULES))["_headers"], path)
    assert {name: values for name, values in headers.items() if len(values) > 1} == {}
    assert headers["X-Content-Type-Options"] == ["nosniff"]
    assert headers["Content-Security-Policy"] == [RULES.policy.in_header()]


@pytest.mark.parametrize(
    ("path", "name", "value"),
    [
        (
            "/serie/theme/css/site.1a2b.css",
            "Cache-Control",
            ["public, max-age=31536000, immutable"],
        ),
        ("/serie/images/lea.1a2b.jpg", "Cache-Control", ["public, max-age=31536000, immutable"]),
        (
            "/serie/recherche/index/mots/1a2b.words",
            "Cache-Control",
            ["public, max-age=31536000, immutable"],
        ),
        ("/serie/recherche/index/portraits.json", "Cache-Control", []),
        ("/serie/recherche/", "Cache-Control", []),
        ("/serie/portraits/lea/", "Cache-Control", []),
        ("/serie/atom.xml", "Content-Type", ["application/atom+xml"]),
        ("/serie/etiquettes/musique/rss.xml", "Content-Type", ["application/rss+xml"]),
        ("/serie/feed.json", "Content-Type", ["application/feed+json"]),
        ("/serie/abonnement.opml", "Content-Type", ["text/x-opml"]),
        ("/serie/portraits/lea/", "Content-Type", []),
    ],
)
def test_caching_and_media_types_follow_the_path(path: str, name: str, value: list[str]) -> None:
    assert sent(dict(host_files(RULES))["_headers"], path).get(name, []) == value


@pytest.mark.parametrize("search", [True, False])
@pytest.mark.parametrize(
    "file_name", ["_headers", ".htaccess", "portraits.nginx.conf", "portraits.caddy"]
)
def test_every_page_has_the_one_policy_with_search_or_without(file_name: str, search: bool) -> None:
    rules = rules_of(replace(SETTINGS, comments="email", search=search))
    text = dict(host_files(rules))[file_name]
    assert text.count("Content-Security-Policy") == text.count("default-src") == 1
    assert f"{STRICT}; frame-ancestors 'none'" in text


# -- every notation --------------------------------------------------------------------


@pytest.mark.parametrize("file_name", [name for name, _ in NOTATIONS])
def test_a_notation_is_written_as_agreed(file_name: str) -> None:
    assert dict(host_files(RULES))[file_name] == (EXPECTED / file_name).read_text("utf-8")


@pytest.mark.parametrize(
    "file_name", ["_headers", ".htaccess", "portraits.nginx.conf", "portraits.caddy"]
)
def test_a_preview_keeps_search_engines_out(file_name: str) -> None:
    def of(rules: Rules) -> str:
        return dict(host_files(rules))[file_name]

    assert "noindex" in of(rules_of(SETTINGS, preview=True))
    assert "noindex" not in of(RULES)


def test_no_page_can_take_the_place_of_these_files() -> None:
    assert {"_headers", "_redirects", ".htaccess", addresses.OPML} <= addresses.RESERVED
