"""A catalogue file that lacks something is refused when it is loaded, with file, line and key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel import Locale
from portraits.support.catalogue import catalogue
from portraits.support.languages import CATALOGUES, LANGUAGES
from portraits.support.problems import Problem, SourceRefused
from portraits.support.writing.catalogue_file import read
from portraits.support.writing.plurals import category


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the French catalogue, and the German one under the name of Danish."""
    (tmp_path / "fr.toml").write_bytes((CATALOGUES / "fr.toml").read_bytes())
    german = (CATALOGUES / "de.toml").read_text("utf-8")
    (tmp_path / "da.toml").write_text(german.replace('de = "Deutsch"', 'da = "dansk"'), "utf-8")
    return tmp_path


def change(folder: Path, old: str, new: str) -> int:
    """Replace a text of the Danish catalogue; return the line where it began."""
    path = folder / "da.toml"
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def refused(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(SourceRefused) as caught:
        read("da", folder)
    return caught.value.problems


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_catalogue_of_the_project_is_whole(lang: str) -> None:
    assert read(lang).messages[f"language.{lang}"]


def test_a_whole_catalogue_is_read(folder: Path) -> None:
    assert read("da", folder).writing.months[2] == "März"


def test_a_missing_message_is_named_with_its_section_s_line(folder: Path) -> None:
    change(folder, 'heading = "Die Fragen"\n', "")
    [problem] = refused(folder)
    assert (problem.code, problem.path, problem.field) == (
        "catalogue-missing",
        f"{folder.name}/da.toml",
        "questions.heading",
    )
    line = (folder / "da.toml").read_text("utf-8").splitlines()[problem.line - 1]
    assert line == "[questions]"
    assert str(problem).endswith(
        "le message « questions.heading » manque — en français : « Les questions »"
    )


def test_a_catalogue_says_the_name_of_its_own_language(folder: Path) -> None:
    change(folder, 'da = "dansk"\n', "")
    assert [one.field for one in refused(folder)] == ["language.da"]


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        (
            'heading = "Die Fragen"',
            'headings = "Die Fragen"\nheading = "x"',
            "catalogue-unknown",
            "« questions.headings » n’existe pas — vouliez-vous dire « questions.heading » ?",
        ),
        (
            'modified = "Aktualisiert am {date}"',
            'modified = "Aktualisiert am {datum}"',
            "catalogue-values",
            "les valeurs entre accolades sont datum — attendues : date",
        ),
        (
            'modified = "Aktualisiert am {date}"',
            'modified = "Aktualisiert"',
            "catalogue-values",
            "les valeurs entre accolades sont absentes — attendues : date",
        ),
        (
            'heading = "Die Fragen"',
            'heading = "Die {"',
            "catalogue-values",
            "une accolade est seule",
        ),
        ('heading = "Die Fragen"', "heading = 3", "catalogue-forms", "un message est un texte"),
        (
            'heading = "Die Fragen"',
            'heading = { one = "x", other = "y" }',
            "catalogue-forms",
            "ce message ne compte rien — écrivez un seul texte",
        ),
        (
            'all = { one = "Zum Porträt", other = "Alle {count}\u00a0Porträts ansehen" }',
            'all = "Alle {count} Porträts"',
            "catalogue-forms",
            "ce message compte — formes attendues : one, other",
        ),
        (
            'all = { one = "Zum Porträt", other',
            "all = { other",
            "catalogue-forms",
            "les formes sont other — formes attendues, d’après « plurals » : one, other",
        ),
        (
            "grouped_from = 1000",
            'grouped_from = "1000"',
            "catalogue-writing",
            "« writing.grouped_from » vaut '1000' — attendu : 1000",
        ),
        ('"Dezember"]', "]", "catalogue-writing", "douze noms"),
        ('{month} {year}"', '{month}"', "catalogue-writing", "dans l’ordre de la langue"),
        ('"i = 1 and v = 0"', '"i is 1"', "catalogue-writing", "les règles de CLDR"),
        ("elisions = []", 'elisions = ["de "]', "catalogue-writing", "« writing.elisions »"),
        (
            "elisions = []",
            'elisions = [{ before = "[", words = { "de " = "d’" } }]',
            "catalogue-writing",
            "« writing.elisions »",
        ),
        ('locale = "de_DE"\n', "", "catalogue-missing", "« writing.locale » manque — comme : "),
        (
            'locale = "de_DE"',
            'locale = "de_DE"\nlocal = "x"',
            "catalogue-unknown",
            "« writing.local » n’existe pas — vouliez-vous dire « locale » ?",
        ),
        ('heading = "Die Fragen"', "heading = Die", "catalogue-syntax", "n’est pas du TOML"),
    ],
)
def test_a_fault_is_said_with_its_line(
    folder: Path, old: str, new: str, code: str, said: str
) -> None:
    line = change(folder, old, new)
    [problem] = refused(folder)
    assert problem.code == code
    assert said in str(problem)
    if "manque" not in said:
        assert problem.line - line in (0, 1)


def test_all_faults_are_said_at_once(folder: Path) -> None:
    change(folder, 'heading = "Die Fragen"\n', "")
    change(folder, 'locale = "de_DE"\n', "")
    change(folder, "Aktualisiert am {date}", "Aktualisiert")
    assert {one.field for one in refused(folder)} == {
        "questions.heading",
        "writing.locale",
        "portrait.modified",
    }


# -- what Unicode CLDR knows, by Babel


@pytest.mark.parametrize("lang", LANGUAGES)
def test_months_are_those_of_cldr(lang: str) -> None:
    months = Locale.parse(lang).months["format"]["wide"]
    assert catalogue(lang).writing.months == tuple(months[number] for number in range(1, 13))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_plural_forms_are_those_of_cldr(lang: str) -> None:
    """Below a million: from there, French and Spanish have a form that no series needs."""
    rules, cldr = catalogue(lang).writing.plurals, Locale.parse(lang).plural_form
    numbers = [*range(1200), *range(1200, 1_000_000, 997), 0.5, 1.5, 2.5]
    assert [n for n in numbers if category(rules, n) != cldr(n)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_decimal_sign_is_that_of_cldr(lang: str) -> None:
    assert catalogue(lang).writing.decimal == Locale.parse(lang).number_symbols["latn"]["decimal"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_languages_are_named_as_cldr_names_them(lang: str) -> None:
    names = Locale.parse(lang).languages
    known = {
        key.removeprefix("language."): said
        for key, said in catalogue(lang).messages.items()
        if key.startswith("language.")
    }
    assert set(known) == set(LANGUAGES)
    assert known == {tag: names[tag] for tag in known}


# -- words outside the catalogues

TEMPLATES = Path(__file__).parents[3] / "theme"
_FORM = Path(__file__).parents[3] / "plugins/portraits/editor/form/form.html"
_CODE = re.compile(
    r"\{% block kind %\}.*?\{% endblock %\}|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->"
    r"|<(?:style|script)\b.*?</(?:style|script)>",
    re.DOTALL,
)
_SPOKEN = re.compile(r"\s(?:aria-label|alt|title|placeholder|content)=\"([^\"]*)\"")
_TAG = re.compile(r"<[^>]*>")
_NO_WORDS = re.compile(
    r"width=device-width, initial-scale=1|noindex|0; url=|light dark|min-width|\d[a-z]+\b|#FF\b"
)
"""What machines read in these places, and a sign of the questionnaire."""


def words_of(template: str) -> list[str]:
    """The words that a template prints itself, in its text and in attributes that are read out."""
    text = _CODE.sub("", template)
    shown = [*_SPOKEN.findall(text), _TAG.sub(" ", _SPOKEN.sub(" ", text))]
    return [word for part in shown for word in re.findall(r"[^\W\d_]{2,}", _NO_WORDS.sub("", part))]


@pytest.mark.parametrize(
    "path", [*sorted(TEMPLATES.rglob("*.html")), _FORM], ids=lambda path: path.name
)
def test_no_template_has_words_of_its_own(path: Path) -> None:
    template = path.read_text("utf-8")
    if path.name == "base.html" and path.parent.name == "portraits":
        template = template.partition("<!--portraits-->")[2]
    assert words_of(template) == []


@pytest.mark.parametrize(
    "template",
    [
        "<p>Lire</p>",
        '<p aria-label="Lire">{{ x }}</p>',
        "<p>{{ x }} et {{ y }}</p>",
        '<img alt="Photo of {{ name }}">',
    ],
)
def test_a_word_in_a_template_is_noticed(template: str) -> None:
    assert words_of(template) != []


def test_every_message_that_is_asked_for_exists() -> None:
    asked = re.compile(r"\b(?:t|words|message)(?:\.text|\.template|\.forms)?\(\s*\"([a-z_.]+)\"")
    sources = [*TEMPLATES.rglob("*.html"), *(TEMPLATES.parent / "plugins").rglob("*.py")]
    found = {key for path in sources for key in asked.findall(path.read_text("utf-8"))}
    assert len(found) > 100
    begun = {key for key in found if key.endswith((".", "_"))}  # the rest is the kind of list
    assert begun == {"list.", "list.siblings_"}
    assert found - begun - set(catalogue("fr").messages) == set()
