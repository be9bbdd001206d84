"""The arrows between modules point one way (docs/architecture.md)."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from portraits.pages import KINDS
from portraits.series.tables import (
    KEYS,
    OF_PORTRAITS,
    EditorPageRow,
    FeedEntryRow,
    FileRow,
    FragmentRow,
    HeldAccountRow,
    InputRow,
    PersonRow,
    PhotoRow,
    QuestionnaireRow,
)
from portraits.series.views import VIEWS

PACKAGE = Path(__file__).parent.parent.parent / "plugins" / "portraits"

ROOMS: tuple[tuple[str, ...], ...] = (
    ("support",),
    ("model",),
    ("settings",),
    ("options",),
    ("typography",),
    ("reader",),
    ("series",),
    ("images",),
    ("drawing",),
    ("checks",),
    ("output",),
    ("site",),
    ("pages",),
    ("build",),
    ("importer",),
    ("proof",),
    ("host",),
    ("editor",),
    ("publish",),
    ("terminal",),
    ("commands",),
    ("cli",),
    ("__main__",),
)
"""The packages, and the modules beside them: each imports only those above it, and its own."""
LEVEL = {name: level for level, names in enumerate(ROOMS) for name in names}
MOST_IN_A_PACKAGE = 14
"""Modules of one package; a package inside it is counted by itself."""
MOST_BESIDE = 7
"""Modules that stand beside the packages."""


def room_of(module: str) -> str:
    return module.split(".")[1]


@cache
def modules() -> dict[str, Path]:
    """Dotted name -> file of every module but the package itself."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found[".".join(parts).removesuffix(".__init__")] = path
    del found["portraits"]
    return found


def module_counts() -> Counter[str]:
    """Package -> how many modules it holds, without those of the packages inside it."""
    return Counter(
        name.rpartition(".")[0] for name, path in modules().items() if path.name != "__init__.py"
    )


@cache
def imports() -> dict[str, frozenset[str]]:
    """Module -> the modules of ours that it imports, wherever in its text."""
    return {name: frozenset(_imported(path)) - {name} for name, path in modules().items()}


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield from {inner if inner in modules() else node.module or ""} & set(modules())
        elif isinstance(node, ast.Import):
            yield from {alias.name for alias in node.names} & set(modules())


def test_every_room_has_its_place() -> None:
    assert set(map(room_of, modules())) == set(LEVEL)


def test_no_package_holds_more_modules_than_a_reader_can_keep_in_mind() -> None:
    assert {
        name: count
        for name, count in module_counts().items()
        if count > (MOST_BESIDE if name == "portraits" else MOST_IN_A_PACKAGE)
    } == {}


def test_imports_go_one_way() -> None:
    upward = sorted(
        f"{name} imports {other}"
        for name, others in imports().items()
        for other in others
        if LEVEL[room_of(other)] > LEVEL[room_of(name)]
    )
    assert upward == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    waiting = {name: set(others) for name, others in imports().items()}
    while free := {name for name, others in waiting.items() if not others}:
        waiting = {name: others - free for name, others in waiting.items() if name not in free}
    assert waiting == {}


def test_only_the_host_s_modules_import_pelican() -> None:
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = (
                [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [])
            )
            if any(name.split(".")[0] == "pelican" for name in names):
                found.add(path.relative_to(PACKAGE).as_posix())
    assert found <= {
        "host/adapter.py",
        "host/articles.py",
        "host/guest.py",
        "host/plugin.py",
        "host/running.py",
        "importer/wordpress.py",
    }


@pytest.mark.parametrize(
    "module",
    [
        "model.portrait",
        "reader.source",
        "series.views",
        "pages",
        "build.site",
        "output.feeds.formats",
        "importer",
    ],
)
def test_importing_a_part_does_not_import_pelican(module: str) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys; import portraits.{module}; sys.exit('pelican' in sys.modules)",
        ],
        cwd=PACKAGE.parent,
        check=False,
    )
    assert done.returncode == 0


def test_there_is_one_import_name() -> None:
    assert not (PACKAGE.parent / "__init__.py").exists()
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8").replace("pelican.plugins.portraits", "")
        assert "plugins.portraits" not in text, path


def test_the_namespace_of_pelican_has_no_code_of_its_own() -> None:
    [path] = (PACKAGE.parents[1] / "namespace").rglob("*.py")
    assert path.relative_to(PACKAGE.parents[1]).as_posix() == (
        "namespace/pelican/plugins/portraits/__init__.py"
    )
    imported = {"portraits": "register"}
    for node in ast.parse(path.read_text(encoding="utf-8")).body[1:]:
        if isinstance(node, ast.ImportFrom):
            assert imported == {node.module: node.names[0].name}
        else:
            assert ast.unparse(node) == "__all__ = ['register']"


def test_every_view_and_every_kind_of_page_has_a_name_of_its_own() -> None:
    names = [view.name for view in VIEWS] + [kind.name for kind in KINDS]
    assert len(set(names)) == len(names)


def test_every_table_is_filled_by_one() -> None:
    filled = [*OF_PORTRAITS, *(table for view in VIEWS for table in view.tables)]
    assert len(set(filled)) == len(filled)
    by_the_build = {
        QuestionnaireRow,
        PersonRow,
        HeldAccountRow,
        EditorPageRow,
        PhotoRow,
        InputRow,
        FragmentRow,
        FeedEntryRow,
        FileRow,
    }
    assert set(filled) | by_the_build == set(KEYS)


def test_the_glossary_names_every_class_of_the_model() -> None:
    text = (PACKAGE.parent.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    glossary = text.partition("## Glossary")[2].partition("\n## ")[0]
    public = {
        node.name
        for name, path in modules().items()
        if room_of(name) == "model"
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    }
    assert {name for name in public if f"`{name}`" not in glossary} == set()


def test_no_two_classes_share_a_name() -> None:
    names = Counter(
        node.name.lstrip("_")
        for path in modules().values()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    )
    assert {name for name, times in names.items() if times > 1} == set()
