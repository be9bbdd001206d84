"""The documents say what the program does: commands, settings, keys, links, licences."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import click
import pytest
from portraits.cli import program
from portraits.model.networks import NETWORKS
from portraits.reader.front_matter.schema import KEYS, PHOTO_KEYS
from portraits.settings import OWN, Settings

ROOT = Path(__file__).parent.parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
COMMANDS_OF_EDITORS = (
    "init",
    "new",
    "questionnaire",
    "proof",
    "import",
    "check",
    "serve",
    "publish",
    "rollback",
)
"""Commands that the editor uses."""
_LINK = re.compile(r"\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^()\s]+)\)")
_FENCE = re.compile(r"^(```|~~~).*?^\1\s*$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]*`")


@cache
def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_the_modules_that_a_document_names_are_there(document: Path) -> None:
    modules = [path.as_posix() for path in ROOT.glob("*.py")]
    for folder in ("plugins", "tests", "tools", "benchmarks", "theme"):
        modules += [path.as_posix() for path in (ROOT / folder).rglob("*.py")]
    named = re.findall(r"`([\w/.-]*\w\.py)`", document.read_text(encoding="utf-8"))
    assert [name for name in named if not any(m.endswith(f"/{name}") for m in modules)] == []


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next one of its level."""
    level = heading.split()[0]
    found = re.search(
        rf"^{re.escape(heading)}$(.*?)(?=^#{{1,{len(level)}}} |\Z)", text, re.MULTILINE | re.DOTALL
    )
    assert found, heading
    return found[1]


def first_cells(text: str) -> list[str]:
    """The code in the first cell of each row of the tables of a text."""
    return [
        name
        for line in text.splitlines()
        if line.startswith("| `")
        for name in re.findall(r"`([^`]+)`", line.split("|")[1])
    ]


@cache
def tasks() -> dict[str, set[str]]:
    """Task -> its options, as Invoke knows them."""
    sys.path.insert(0, str(ROOT))
    try:
        import tasks as module
    finally:
        sys.path.remove(str(ROOT))
    from invoke import Collection

    return {
        context.name: {flag for flag in context.flags if flag.startswith("--")}
        for context in Collection.from_module(module).to_contexts()
    }


@cache
def commands() -> dict[str, set[str]]:
    """Command of the site -> its options, as Click knows them."""
    return {
        name: {
            option
            for param in command.params
            if isinstance(param, click.Option)
            for option in (*param.opts, *param.secondary_opts)
        }
        for name, command in program.commands.items()
    }


# -- commands


def test_every_command_of_the_site_but_completion_is_a_task_with_the_same_options() -> None:
    for name in set(commands()) - {"completion"}:
        options = {option for option in commands()[name] if not option.startswith("--no-")}
        words = {"--name", "--files", "--folder"} - options  # NAME, FILE…
        assert tasks()[name] - words == options, name


def test_every_command_and_task_is_in_the_table_of_commands_and_no_other() -> None:
    cells = first_cells(section(read("docs/operations.md"), "## Commands"))
    assert {cell.split()[0] for cell in cells if not cell.startswith("-")} == (
        set(tasks()) | set(commands())
    )


@pytest.mark.parametrize("name", sorted({*tasks(), *commands()}))
def test_every_option_of_a_command_is_documented(name: str) -> None:
    text = section(read("docs/operations.md"), "## Commands")
    row = next(line for line in text.splitlines() if line.startswith(f"| `{name}"))
    shared = first_cells(text)
    said = set(re.findall(r"--[a-z]+(?:-[a-z]+)*", row)) | {
        cell.split()[0] for cell in shared if cell.startswith("--")
    }
    said |= {option.replace("--no-", "--") for option in said}
    if "see `--help`" not in row:
        assert (tasks() | commands())[name] <= said


@pytest.mark.parametrize("name", COMMANDS_OF_EDITORS)
def test_the_editor_s_commands_are_in_the_guide(name: str) -> None:
    text = section(read("docs/guide-de-redaction.md"), "## Les commandes")
    assert f"`uv run portraits {name}" in text


@pytest.mark.parametrize("path", [str(path.relative_to(ROOT)) for path in DOCUMENTS])
def test_a_command_that_a_document_shows_exists_with_its_options(path: str) -> None:
    rest = r" ([a-z]+)((?:[^`\n#|]|\\\n)*)"
    for start, known in ((r"\binvoke", tasks()), (r"(?:uv run |`|\$\()portraits", commands())):
        for name, options in re.findall(start + rest, read(path)):
            assert name in known, name
            for option in re.findall(r"(?<!\S)(--[a-z-]+)", options):
                assert option in known[name] | {"--help"}, f"{name} {option}"


@pytest.mark.parametrize(
    "target", ["serve", "test", "coverage", "explore", "build", "check", "clean"]
)
def test_the_makefile_has_the_commands_that_documents_show(target: str) -> None:
    targets = {
        name
        for line in read("Makefile").splitlines()
        if (match := re.match(r"([a-z ]+):", line))
        for name in match[1].split()
    }
    assert target in targets


# -- settings and keys


def test_every_setting_is_in_the_table_with_its_default() -> None:
    text = section(read("docs/operations.md"), "### PORTRAITS")
    assert sorted(first_cells(text)) == sorted(OWN)
    defaults = Settings()
    for line in text.splitlines():
        if line.startswith("| `"):
            name, _, default = (cell.strip(" `") for cell in line.split("|")[1:4])
            value = getattr(defaults, name)
            shown = (
                {} if name == "languages" else list(value) if isinstance(value, tuple) else value
            )
            assert default == str(shown).replace("'", '"') or default == f'"{shown}"', name


@pytest.mark.parametrize("variable", ["SITEURL", "CHROMIUM"])
def test_the_environment_is_explained(variable: str) -> None:
    assert variable in first_cells(section(read("docs/operations.md"), "## Environment"))


def test_every_key_of_the_front_matter_is_in_the_guide_in_its_table() -> None:
    text = read("docs/guide-de-redaction.md")
    named = first_cells(section(text, "### Toutes les clés"))
    assert sorted(named) == sorted(key.name for key in KEYS)
    named = first_cells(section(text, "### La photo"))
    assert named == [key.name for key in PHOTO_KEYS]


def test_every_network_and_its_other_names_are_in_the_guide() -> None:
    named = first_cells(section(read("docs/guide-de-redaction.md"), "### Les réseaux"))
    known = [name for key, network in NETWORKS.items() for name in (key, *network.aliases)]
    assert sorted(named) == sorted(known)


# -- links


def anchors(text: str) -> set[str]:
    """The anchors that GitHub gives to the headings of a text."""
    found: dict[str, int] = {}
    for heading in re.findall(r"^#{1,6} (.+)$", _FENCE.sub("", text), re.M):
        words = re.sub(r"[`*]|\]\([^)]*\)|\[", "", heading).strip().lower()
        kept = "".join(
            char for char in unicodedata.normalize("NFC", words) if char.isalnum() or char in " -_"
        )
        name = kept.replace(" ", "-")
        count = found.get(name, -1) + 1
        found[name] = count
        if count:
            found[f"{name}-{count}"] = 0
    return set(found)


@pytest.mark.parametrize("path", [str(path.relative_to(ROOT)) for path in DOCUMENTS])
def test_every_link_of_a_document_leads_somewhere(path: str) -> None:
    text = _CODE.sub(
        lambda found: "`" + "x" * (len(found[0]) - 2) + "`", _FENCE.sub("", read(path))
    )
    broken = []
    for target in _LINK.findall(text):
        if target.startswith(("https://", "http://", "mailto:")):
            continue
        file, _, fragment = unquote(target).partition("#")
        if file.startswith("content/"):
            continue  # of the demonstration, which has tests of its own
        place = (ROOT / path).parent / file if file else ROOT / path
        if not place.exists() or (
            fragment and fragment not in anchors(place.read_text(encoding="utf-8"))
        ):
            broken.append(target)
    assert broken == []


# -- what a repository owes its readers


def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("no git repository: a released archive")
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_the_changelog_says_what_is_not_released_yet() -> None:
    headings = re.findall(r"^## \[(.+?)\]", read("CHANGELOG.md"), re.M)
    assert headings[0] == "Unreleased"


def test_the_licence_is_the_one_that_is_declared() -> None:
    declared = tomllib.loads(read("pyproject.toml"))["project"]["license"]
    assert declared == "AGPL-3.0-or-later"
    heading = " ".join(read("LICENSE").split()[:8])
    assert heading.startswith("GNU AFFERO GENERAL PUBLIC LICENSE Version 3")
    assert declared in read("README.md")


def test_every_typeface_has_its_licence_beside_it() -> None:
    fonts = ROOT / "theme" / "static" / "fonts"
    faces = [*fonts.glob("*.woff2"), *(ROOT / "theme" / "fonts").glob("*.woff2")]
    assert len(faces) >= 12
    for face in faces:
        families = [
            name
            for name in (
                path.name.removesuffix("-OFL.txt") for path in face.parent.glob("*-OFL.txt")
            )
            if face.name.startswith(name)
        ]
        assert families, face.name


def test_no_file_names_a_place_of_one_machine_or_a_private_index() -> None:
    signs = ("/work" + "/", "/opt" + "/pypi", "/home" + "/", "/Users" + "/", "file:" + "///")
    hostile = ("tests/cases/", "tests/security/", "tests/fuzz/", "tests/unit/")
    found = []
    for name in tracked():
        if name.startswith(hostile) or Path(name).suffix in (".png", ".jpg", ".woff2", ".avif"):
            continue
        text = (ROOT / name).read_bytes().decode("utf-8", "replace")
        found += [f"{name}: {sign}" for sign in signs if sign in text]
    assert found == []


def test_packages_come_from_public_addresses_only() -> None:
    hosts = set(re.findall(r"https?://([^/\"]+)", read("uv.lock")))
    assert hosts == {"pypi.org", "files.pythonhosted.org"}
