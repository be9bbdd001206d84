"""The settings of the repository are those that a new series begins with."""

from __future__ import annotations

import ast
from pathlib import Path

from portraits.editor.series_folder import NewSeries, series_files, write_series

from tests.conftest import ROOT


def test_the_settings_have_the_names_of_the_repository_s(tmp_path: Path) -> None:
    write_series(tmp_path / "serie", series_files(NewSeries("Gens de mer")))
    for file in ("pelicanconf.py", "publishconf.py"):
        ours, theirs = (
            _assigned((folder / file).read_text(encoding="utf-8"))
            for folder in (ROOT, tmp_path / "serie")
        )
        # The repository has its plugin beside it; a series finds it installed.
        assert theirs == ours - {"PLUGIN_PATHS"}, file


def _assigned(text: str) -> set[str]:
    """Names of the settings that a file sets, and of the keys of PORTRAITS."""
    names = set()
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            names.add(node.targets[0].id)
            if node.targets[0].id == "PORTRAITS" and isinstance(node.value, ast.Dict):
                names |= {f"PORTRAITS.{ast.literal_eval(key)}" for key in node.value.keys if key}
    return {name for name in names if name[0].isupper()}
