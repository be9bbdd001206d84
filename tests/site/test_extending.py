"""Test the examples of docs/extending.md: add each to a copy of the project and build its site."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import pytest

from tests.conftest import DAY, ROOT

pytestmark = pytest.mark.site

_EXAMPLE = re.compile(r"```\w+\n# (\S+?)(?:, (in \w+|at the end))?\n(.*?)```", re.DOTALL)
LEA = "portraits/lea.md"


def examples(heading: str) -> list[tuple[str, str, str]]:
    """Return (file, place in it or "", code) for each example under a heading."""
    text = (ROOT / "docs/extending.md").read_text(encoding="utf-8")
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, heading
    return _EXAMPLE.findall(found[1])


def with_entries(text: str, table: str, code: str) -> str:
    """Add entries to a table of a module, and their imports at its top."""
    for node in ast.parse(text).body:
        names = [node.target] if isinstance(node, ast.AnnAssign) else getattr(node, "targets", ())
        if any(isinstance(name, ast.Name) and name.id == table for name in names):
            value = node.value  # type: ignore[attr-defined]
            break
    else:
        raise KeyError(table)
    lines = text.splitlines(keepends=True)
    end = sum(map(len, lines[: value.end_lineno - 1])) + len(
        lines[value.end_lineno - 1].encode()[: value.end_col_offset - 1].decode()
    )
    imports = "".join(re.findall(r"^(?:from|import) .*\n", code, re.MULTILINE))
    entries = code.removeprefix(imports)
    head = text[:end].rstrip().removesuffix(",")
    first = re.search(r"^(?!from __future__)(?:from|import) ", head, re.MULTILINE)
    assert first
    return f"{head[: first.start()]}{imports}{head[first.start() :]},\n{entries}{text[end:]}"


def with_lines(text: str, table: str, code: str) -> str:
    """Add lines to a table of a TOML file."""
    assert f"\n[{table}]\n" in text
    return text.replace(f"\n[{table}]\n", f"\n[{table}]\n{code}", 1)


@dataclass(frozen=True)
class Copy:
    """A copy of the program and its theme, with a small series."""

    root: Path

    @property
    def content(self) -> Path:
        return self.root / "content"

    @property
    def output(self) -> Path:
        return self.root / "out"

    def add(self, heading: str) -> None:
        """Add the examples under a heading of the document."""
        for name, place, code in examples(heading):
            path = self.root / name
            text = path.read_text(encoding="utf-8") if place else ""
            if place.startswith("in "):
                put = with_lines if path.suffix == ".toml" else with_entries
                text, code = "", put(text, place.removeprefix("in "), code)
            path.write_text(f"{text}\n\n{code}" if text else code, encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        (self.content / name).write_text(text, encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        text = (self.content / name).read_text(encoding="utf-8")
        assert old in text
        self.write(name, text.replace(old, new, 1))

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "portraits", *arguments],
            cwd=self.root,
            text=True,
            capture_output=True,
            timeout=300,
            check=False,
            env={
                **os.environ,
                "PYTHONPATH": str(self.root / "plugins"),
                "PYTHONIOENCODING": "utf-8",
            },
        )

    def build(self) -> str:
        """Build the site; return the output."""
        done = self.run(
            "build", "--content", str(self.content), "--output", str(self.output), "--now", DAY
        )
        assert done.returncode == 0, done.stderr
        return done.stderr

    def page(self, name: str) -> str:
        return (self.output / name).read_text(encoding="utf-8")


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """Return a copy without additions."""
    shutil.copytree(
        ROOT / "plugins", tmp_path / "plugins", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    shutil.copytree(ROOT / "tests/cases/small-site", tmp_path / "content")
    settings = (ROOT / "tests/fixtures/settings.py").read_text(encoding="utf-8")
    (tmp_path / "pelicanconf.py").write_text(
        settings.replace("parents[2]", "parent")
        + "PORTRAITS |= {'search': False, 'pictures': False}\n",
        encoding="utf-8",
    )
    return Copy(tmp_path)


def test_a_network(copy: Copy) -> None:
    copy.change(LEA, "  twitter: lea_ex", "  twitch: lea_live\n  twitter: lea_ex")
    copy.change(LEA, "- @commun", "- https://m.twitch.tv/commun")
    copy.change("portraits/sam.md", "twitter: sam_ex", "twitch: https://www.twitch.tv/sam_live")
    copy.add("A network")
    copy.build()
    page = copy.page("portraits/lea/index.html")
    assert "<dt>Twitch</dt>" in page
    assert 'href="https://www.twitch.tv/lea_live">@lea_live</a>' in page
    directory = copy.page("recommandations/index.html")
    assert '.svg#web"/></svg>Twitch</a>' in directory
    data = json.loads(copy.page("api/portraits/sam.json"))
    assert data["accounts"][0]["id"] == "twitch:sam_live"
    listed = copy.page("recommandations/recommandations.txt")
    assert "@commun — https://www.twitch.tv/commun" in listed
    copy.run("schema")
    schema = json.loads((copy.root / "docs/schemas/portrait.schema.json").read_text("utf-8"))
    assert "twitch" in schema["properties"]["network"]["enum"]
    copy.change(LEA, "twitch: lea_live", "twitch: lea-live")
    said = " ".join(copy.run("check", "--content", str(copy.content)).stderr.split())
    assert "attendu : de 4 à 25 caractères : lettres sans accent, chiffres et « _ »" in said


def toml(table: dict[str, object], prefix: str = "") -> str:
    """A catalogue as TOML."""
    lines, tables = [], []
    for key, value in table.items():
        if isinstance(value, dict) and not value.keys() <= {"one", "other"}:
            tables.append(f"\n[{prefix}{key}]\n{toml(value, f'{prefix}{key}.')}")
        elif isinstance(value, dict):
            forms = (f"{form} = {json.dumps(said)}" for form, said in value.items())
            lines.append(f"{key} = {{ {', '.join(forms)} }}\n")
        else:
            lines.append(f"{key} = {json.dumps(value)}\n")
    return "".join(lines + tables)


def test_a_language(copy: Copy) -> None:
    copy.add("A language")
    catalogues = copy.root / "plugins/portraits/support/catalogues"
    words, portuguese = (
        tomllib.loads((catalogues / f"{lang}.toml").read_text(encoding="utf-8"))
        for lang in ("en", "pt")
    )
    for key, value in portuguese.items():
        words[key] = {**words[key], **value} if isinstance(value, dict) else value
    (catalogues / "pt.toml").write_text(toml(words), encoding="utf-8")
    copy.change("questionnaire.yml", "    en: How", "    pt: Como começaste?\n    en: How")
    copy.write(
        "portraits/lea.pt.md",
        "---\nname: Léa Tremblay\ndate: 1 de agosto de 2011\n"
        "accounts: {twitter: lea_ex}\n---\n\n## Como começaste?\n\nPor acaso.[^1]\n\n"
        "## Leitura\n\n- Um livro\n\n[^1]: Ou quase.\n",
    )
    assert "lea.pt.md" not in copy.build()
    page = copy.page("pt/portraits/lea/index.html")
    assert '<html lang="pt"' in page
    assert '<meta property="og:locale" content="pt_PT">' in page
    assert "Retrato de Léa Tremblay" in page
    assert "1 de agosto de 2011" in page
    assert "<h2>Para seguir Léa Tremblay</h2>" in page
    assert '"/questions/debut/"' in page
    assert json.loads(copy.page("api/portraits/lea.pt.json"))["readings"][0]["title"] == "Um livro"
    assert "Aussi en português" in copy.page("portraits/lea/index.html")
    done = copy.run("questionnaire", "Sam", "--lang", "pt", "--text")
    assert done.returncode == 0, done.stderr
    assert "Como começaste?" in (copy.root / "questionnaire-sam.txt").read_text(encoding="utf-8")


def test_a_catalogue_with_a_fault_stops_the_build_with_file_line_and_key(copy: Copy) -> None:
    path = copy.root / "plugins/portraits/support/catalogues/en.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('home = "Home"', 'hom = "Home"'), encoding="utf-8")
    done = copy.run("build", "--content", str(copy.content), "--output", str(copy.output))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    said = " ".join(done.stderr.split())
    assert "catalogues/en.toml" in said
    assert "le message « layout.home » manque" in said
    assert "le message « layout.hom » n’existe pas" in said
    assert not copy.output.exists()


def test_a_feed(copy: Copy) -> None:
    copy.add("A feed")
    copy.build()
    feed = copy.page("twtxt.txt")
    assert feed.startswith("# nick = La rédaction de Voix du havre\n2013-05-20T12:00:00+00:00\t")
    assert feed.count("\n") == 4
    assert copy.page("etiquettes/musique/twtxt.txt").count("\n") == 3
    assert 'type="text/plain" title="Voix du havre" href="/twtxt.txt"' in copy.page("index.html")
    assert '<a href="/twtxt.txt" type="text/plain">twtxt</a>' in copy.page("abonnement/index.html")
    assert "/*/twtxt.txt\n  Content-Type: text/plain" in copy.page("_headers")
    copy.change(LEA, "role:", "aliases: /twtxt.txt\nrole:")
    said = copy.run("check", "--content", str(copy.content)).stderr
    assert "« /twtxt.txt » appartient à une page que le site fabrique" in said


def test_a_front_matter_key(copy: Copy) -> None:
    copy.add("A front matter key")
    copy.change(LEA, "role:", "city: L'Islet, ou presque\nrole:")
    template = copy.root / "theme/templates/portrait.html"
    head = "{% if portrait.role %}"
    text = template.read_text(encoding="utf-8")
    assert text.count(head) == 1
    template.write_text(
        text.replace(head, f'<i>{{{{ portrait.value_of("city") }}}}</i>{head}'), encoding="utf-8"
    )
    copy.build()
    assert "<i>L’Islet, ou presque</i>" in copy.page("portraits/lea/index.html")
    assert "<i></i>" in copy.page("portraits/sam/index.html")
    schema = json.loads(copy.page("api/schemas/portrait.json"))
    assert schema["properties"]["city"]["description"] == "City of the person."
    for name, value in (("lea", "L’Islet, ou presque"), ("sam", None)):
        document = json.loads(copy.page(f"api/portraits/{name}.json"))
        assert document["city"] == value
        jsonschema.validate(document, schema)
    copy.run("schema")
    editors = json.loads((copy.root / "docs/schemas/portrait.schema.json").read_text("utf-8"))
    assert editors["properties"]["city"]["description"] == "Ville de la personne."
    copy.change(LEA, "city:", "ville:")
    said = copy.run("check", "--content", str(copy.content)).stderr
    assert "vouliez-vous dire « city »" in said


def test_a_rule(copy: Copy) -> None:
    copy.add("A rule")
    copy.change(LEA, "tags: [musique, bénévolat]\n", "")
    said = copy.build()
    assert "lea.md" in said
    assert "le portrait n’a pas d’étiquette" in said
    assert "sam.md" not in said


def test_an_import_format(copy: Copy) -> None:
    copy.add("An import format")
    spoken = (
        "Portrait de Zoé Lapierre",
        "",
        "Comment as-tu commencé?",
        "",
        "En traduisant.",
        "",
        "Quel conseil donnes-tu?",
        "",
        "Écouter d’abord.",
    )
    (copy.root / "zoe.lrc").write_text(
        "\n".join(f"[00:{n:02}.00] {said}" if said else "" for n, said in enumerate(spoken, 1)),
        encoding="utf-8",
    )
    done = copy.run("import", "zoe.lrc", "--content", str(copy.content))
    assert done.returncode == 0, done.stderr
    assert "2 questions, 17 mots sur 17" in done.stderr
    portrait = (copy.content / "portraits/zoe-lapierre.md").read_text(encoding="utf-8")
    assert "## Comment as-tu commencé?" in portrait
    assert "En traduisant." in portrait
    assert "[00:" not in portrait


def test_a_kind_of_page(copy: Copy) -> None:
    copy.add("A kind of page")
    copy.build()
    assert "En peu de mots</h1>" in copy.page("en-peu-de-mots/index.html")
