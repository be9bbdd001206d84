"""The proof: the page of a portrait in one file, whatever its standing, and nothing of others."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import html5lib
import pytest
from bs4 import BeautifulSoup
from PIL import Image
from portraits.options import BuildOptions
from portraits.proof import finding
from portraits.proof.making import make
from portraits.proof.tokens import secret_in, token_of
from portraits.support.problems import SourceRefused

from tests.conftest import ROOT
from tests.proofs import ZOE, file_of, portrait_at, series

WITH_PHOTO = ZOE.replace("role:", "photo: {file: zoe.jpg, alt: Zoé au quai, credit: Ana}\nrole:")
Made = Callable[..., BeautifulSoup]


@pytest.fixture
def options(tmp_path: Path) -> BuildOptions:
    return series(tmp_path)


@pytest.fixture
def made(options: BuildOptions, tmp_path: Path) -> Made:
    """Writes a proof and returns its page."""

    def run(name: str = "Zoé Lapierre", **more: object) -> BeautifulSoup:
        return BeautifulSoup(page(name, **more), "html.parser")

    def page(name: str, **more: object) -> str:
        path = tmp_path / "epreuve.html"
        changed = replace(options, **more)  # type: ignore[arg-type]
        assert make(name, changed, tmp_path, output=path, force=True, say=lambda _: None) == 0
        return path.read_text(encoding="utf-8")

    return run


def test_a_draft_and_a_portrait_to_come_have_a_proof(made: Made) -> None:
    page = made()
    assert page.select_one("h1").get_text(strip=True) == "Portrait deZoé Lapierre"  # type: ignore[union-attr]
    assert page.title and page.title.get_text().startswith("Épreuve — Portrait de Zoé Lapierre")
    assert "Trois ans à l’UQAM" in " ".join(page.get_text().split())
    assert not page.select(".ribbon")


def test_the_page_is_valid_html(options: BuildOptions, tmp_path: Path) -> None:
    path = tmp_path / "epreuve.html"
    make("zoe-lapierre", options, tmp_path, output=path, say=lambda _: None)
    html5lib.HTMLParser(strict=True).parse(path.read_text(encoding="utf-8"))


def test_every_answer_can_be_changed_where_it_stands(made: Made, options: BuildOptions) -> None:
    page = made()
    for answer in file_of(options).answers():
        [field] = page.select(f'textarea[data-answer="{answer.id}"]')
        assert field.get_text().removeprefix("\n") == answer.text
        assert field["data-shown"] == answer.fingerprint
        section = field.find_parent("section")
        assert section and section.find(id=answer.id)
        assert page.select(f'label[for="{field["id"]}"]')
    [follow_up] = page.select('section.follow-up [data-answer="fin"]')
    assert follow_up.find_parent("section", class_="follow-up")


def test_the_page_asks_for_nothing(made: Made, options: BuildOptions, tmp_path: Path) -> None:
    portrait_at(options).write_text(WITH_PHOTO, encoding="utf-8")
    Image.new("RGB", (1600, 2000), "teal").save(options.content / "portraits" / "zoe.jpg")
    page = made()
    assert not page.select("link, iframe, object, embed, form[action], [srcset], source")
    assert all(str(one["src"]).startswith("data:") for one in page.select("[src]"))
    [photo] = page.select("img.u-photo")
    assert str(photo["src"]).startswith("data:image/jpeg;base64,/9j/")
    style = "".join(one.get_text() for one in page.select("style"))
    assert set(re.findall(r"url\(\"?([a-z]+):", style)) == {"data"}
    assert "url(../" not in style and "@import" not in style
    assert all(str(one["href"]).startswith("#") for one in page.select("use"))
    for link in page.select("a[href]"):
        assert str(link["href"]).startswith(("#", "https://", "http://", "mailto:")), link
        assert "localhost" not in str(link["href"])


def test_its_policy_allows_what_is_in_it_alone(made: Made) -> None:
    page = made()
    policy = str(page.select_one('meta[http-equiv="Content-Security-Policy"]')["content"])  # type: ignore[index]
    assert policy.startswith("default-src 'none'")
    for kind, element in (("style", "style"), ("script", "script:not([type])")):
        [found] = page.select(element)
        hashed = base64.b64encode(hashlib.sha256(found.get_text().encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{hashed}'" in policy
    assert "connect-src" not in policy and "unsafe" not in policy


def test_the_faces_are_those_that_the_text_needs(made: Made, options: BuildOptions) -> None:
    def faces() -> int:
        return str(made()).count("@font-face")

    before = faces()
    portrait_at(options).write_text(ZOE.replace("Le tampon", "Przemyśl"), encoding="utf-8")
    assert faces() > before


def test_a_proof_tells_nothing_of_others_that_are_not_published(
    made: Made, options: BuildOptions
) -> None:
    other = """---
name: Zqsecret Personne
date: {}
{}
accounts: {{twitter: ana_roy}}
---

## Quelles études as-tu faites ? {{#etudes}}

Zqsecret.

## #FF Qui ?

- @ana_roy : x
"""
    standings = {
        "a": ("2012-01-01", "status: draft"),
        "b": ("2012-01-01", "status: hidden"),
        "c": ("2099-01-01", "# rien"),
    }
    for name, standing in standings.items():
        portrait_at(options, name).write_text(other.format(*standing), encoding="utf-8")
    text = str(made())
    assert "Zqsecret" not in text
    portrait_at(options, "a").write_text(other.format("2012-01-01", "# rien"), encoding="utf-8")
    assert "Zqsecret" in str(made()), "published, it is named beside the account"


def test_two_proofs_one_after_the_other_show_each_its_own(
    made: Made, options: BuildOptions
) -> None:
    other = ZOE.replace("Zoé Lapierre", "Léo Roy").replace("tampon", "marteau")
    portrait_at(options, "leo-roy").write_text(other, encoding="utf-8")
    assert "marteau" in str(made("Léo Roy"))
    page = str(made("Zoé Lapierre"))
    assert "tampon" in page and "marteau" not in page and "Léo" not in page


def test_the_same_text_gives_the_same_bytes(made: Made, options: BuildOptions) -> None:
    first = str(made())
    again = replace(options, cache=options.root / "autre-cache")
    assert str(made(cache=again.cache)) == first


def test_the_proof_speaks_the_language_of_the_portrait(made: Made, options: BuildOptions) -> None:
    for lang, mark in {"en": "Proof", "es": "Prueba", "de": "Korrekturabzug"}.items():
        portrait_at(options).write_text(
            ZOE.replace("role:", f"lang: {lang}\nrole:"), encoding="utf-8"
        )
        page = made()
        assert page.select_one("#proof-mark").get_text() == mark  # type: ignore[union-attr]
        assert page.html and page.html["lang"] == lang


def test_only_a_portrait_with_a_photo_asks_about_it(made: Made, options: BuildOptions) -> None:
    assert not made().select('[name="accord-photo"]')
    portrait_at(options).write_text(WITH_PHOTO, encoding="utf-8")
    Image.new("RGB", (800, 1000), "teal").save(options.content / "portraits" / "zoe.jpg")
    assert len(made().select('[name="accord-photo"]')) == 2


def test_without_a_script_the_page_says_how_to_answer(made: Made) -> None:
    page = made()
    for part in page.select("[hidden]"):
        part.decompose()
    opening = page.select_one(".proof--opening")
    assert opening and "par courriel" in opening.get_text()
    assert opening.select('a[href="mailto:redaction@exemple.ca"]')


def test_the_token_is_that_of_this_text(made: Made, options: BuildOptions, tmp_path: Path) -> None:
    file = file_of(options)
    token = token_of(secret_in(tmp_path), file.parsed.fingerprint, "zoe-lapierre", "fr")
    assert f'"jeton": "{token}"' in str(made())
    portrait_at(options).write_text(ZOE.replace("tampon", "timbre"), encoding="utf-8")
    assert token not in str(made())


def test_text_in_the_page_s_words_stays_text(made: Made, options: BuildOptions) -> None:
    hostile = ZOE.replace("Le tampon.", "`</textarea><script>alert(1)</script>`")
    portrait_at(options).write_text(hostile, encoding="utf-8")
    page = made()
    assert len(page.select("script:not([type])")) == 1
    [field] = page.select('[data-answer="ton-outil"]')
    assert field.get_text().strip() == "`</textarea><script>alert(1)</script>`"


# -- what is asked for


@pytest.mark.parametrize(
    "name",
    [
        "Zoé Lapierre",
        "zoé lapierre",
        "zoe-lapierre",
        "zoe-lapierre.md",
        "content/portraits/zoe-lapierre.md",
        "portraits/zoe-lapierre.md",
    ],
)
def test_a_portrait_is_found_by_what_people_call_it(name: str, options: BuildOptions) -> None:
    assert finding.file_called(name, options).source == "portraits/zoe-lapierre.md"


def test_a_portrait_is_found_by_its_slug_and_by_its_language(options: BuildOptions) -> None:
    portrait_at(options).write_text(ZOE.replace("role:", "slug: zoe\nrole:"), encoding="utf-8")
    english = ZOE.replace("role:", "slug: zoe\nlang: en\nrole:")
    portrait_at(options, "zoe-lapierre.en").write_text(english, encoding="utf-8")
    assert finding.file_called("zoe", options, "en").source.endswith(".en.md")
    with pytest.raises(SourceRefused) as refused:
        finding.file_called("zoe", options)
    [problem] = refused.value.problems
    assert problem.code == "several-portraits"
    assert "zoe-lapierre.en.md" in problem.message


@pytest.mark.parametrize("name", ["Personne", "../conf", "", "portraits/", "*", "a" * 5000])
def test_who_is_not_there_is_not_found(name: str, options: BuildOptions) -> None:
    with pytest.raises(SourceRefused) as refused:
        finding.file_called(name, options)
    assert [problem.code for problem in refused.value.problems] == ["no-such-portrait"]


def test_a_portrait_with_errors_has_no_proof(options: BuildOptions, tmp_path: Path) -> None:
    portrait_at(options).write_text(ZOE.replace("role:", "rôle:"), encoding="utf-8")
    with pytest.raises(SourceRefused) as refused:
        make("zoe-lapierre", options, tmp_path, say=lambda _: None)
    assert [problem.code for problem in refused.value.problems] == ["unknown-key"]


def test_errors_of_others_stop_no_proof(made: Made, options: BuildOptions) -> None:
    portrait_at(options, "ana").write_text("rien", encoding="utf-8")
    assert made().select(".proof")


def test_consent_that_is_required_stops_no_proof(made: Made, options: BuildOptions) -> None:
    portrait_at(options).write_text(ZOE.replace("status: draft\n", ""), encoding="utf-8")
    assert made(settings=replace(options.settings, consent="required")).select(".proof")


def test_a_proof_is_not_replaced_unasked(options: BuildOptions, tmp_path: Path) -> None:
    path, said = tmp_path / "a.html", list[str]()
    assert make("zoe-lapierre", options, tmp_path, output=path, say=said.append) == 0
    before = path.read_bytes()
    portrait_at(options).write_text(ZOE.replace("tampon", "timbre"), encoding="utf-8")
    assert make("zoe-lapierre", options, tmp_path, output=path, say=said.append) == 1
    assert path.read_bytes() == before
    assert "existe déjà" in said[-1]


def test_links_to_pages_and_portraits_lead_nowhere_from_a_proof(
    made: Made, options: BuildOptions
) -> None:
    links = "Voir [Ana](ana.md) et [à propos](../pages/a-propos.md) et [plus bas](#lecture)."
    portrait_at(options).write_text(ZOE.replace("Le tampon.", links), encoding="utf-8")
    page = made()
    found = {link.get_text(): link.get("href") for link in page.select(".interview a")}
    assert (found["Ana"], found["à propos"], found["plus bas"]) == (None, None, "#lecture")


def test_the_theme_of_a_portrait_page_is_used(made: Made) -> None:
    sheet = (ROOT / "theme" / "static" / "css" / "tokens.css").read_text(encoding="utf-8")
    assert "--accent-light: #9b2f55" in sheet
    assert "--accent-light: #9b2f55" in made().select_one("style").get_text()  # type: ignore[union-attr]
