"""The package as `pip install` puts it: what is in the wheel, and that it works by itself.

The wheel is built by the build backend of this environment and unpacked into a new virtual
environment, both without network. That environment has no package but ours, and sees the
dependencies, which are those of this environment, through a `.pth` file. The editable install of
the repository is not among them: Python reads no `.pth` file in a folder that another one names.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from configparser import ConfigParser
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.site

SETTINGS = """
from portraits import theme
SITENAME = "Gens de mer"
DEFAULT_LANG = "fr"
TIMEZONE = "America/Toronto"
SITEURL = "https://mer.example"
PATH = "content"
OUTPUT_PATH = "plain"
CACHE_PATH = "plain-cache"
THEME = theme()
PAGE_PATHS = ["pages"]
"""
LOADED_BY_ALL_NAMES = """
from pathlib import Path
import pelican, portraits
from pelican import signals
from pelican.settings import read_settings

beside = str(Path(portraits.__file__).parents[1])
names = ["portraits", "pelican.plugins.portraits"]
pelican.Pelican(read_settings("plain.py", {"PLUGINS": names, "PLUGIN_PATHS": [beside]}))
assert len(signals.get_generators.receivers) == 1, signals.get_generators.receivers
"""


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Run a command that sees nothing of the repository; return what it says."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "PYTEST_")) and name != "SITEURL"
    }
    done = subprocess.run(
        command,
        cwd=cwd,
        text=True,
        capture_output=True,
        check=False,
        timeout=300,
        env={**inherited, "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1", **environment},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def contents(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def installed(wheel: Path, folder: Path) -> Path:
    """Install ``wheel`` into a new environment; return the folder of its commands."""
    venv.create(folder, symlinks=True)
    commands = folder / "bin"
    python = commands / "python"
    packages = Path(
        run(
            python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder
        ).strip()
    )
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    [entry_points] = packages.glob("*.dist-info/entry_points.txt")
    declared = ConfigParser()
    declared.read_string(entry_points.read_text())
    module, _, function = declared["console_scripts"]["portraits"].partition(":")
    script = commands / "portraits"
    script.write_text(f"#!{python}\nfrom {module} import {function}\n{function}()\n")
    script.chmod(0o755)
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    return commands


def test_the_wheel_holds_the_plugin_and_the_theme_and_works_without_the_repository(
    tmp_path: Path,
) -> None:
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path, cwd=ROOT)
    [wheel] = tmp_path.glob("pelican_portraits-*.whl")
    names = contents(wheel)
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {
        "pelican",
        "portraits",
    }
    tracked = {
        path.relative_to(ROOT / "theme").as_posix()
        for path in (ROOT / "theme").rglob("*")
        if path.is_file()
    }
    assert {f"portraits/theme/{name}" for name in tracked} <= names
    for name in (
        "pelican/plugins/portraits/__init__.py",
        "portraits/py.typed",
        "portraits/support/catalogues/fr.toml",
        "portraits/editor/start/gitignore",
        "portraits/editor/form/form.html",
        "portraits/images/monogram_letters.json",
    ):
        assert name in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert any(name.endswith("licenses/theme/static/fonts/newsreader-OFL.txt") for name in names)
    assert [name for name in names if "test" in name.split("/")[1] or "__pycache__" in name] == []

    commands = installed(wheel, tmp_path / "environment")
    where = run(
        commands / "python",
        "-c",
        "import portraits, pelican.plugins.portraits as named\n"
        "assert named.register is portraits.register\n"
        "print(portraits.__file__, portraits.theme(), named.__file__)",
        cwd=tmp_path,
    )
    assert str(ROOT) not in where and "environment" in where
    program = commands / "portraits"
    assert "portraits COMMANDE --help" in run(program, "--help", cwd=tmp_path)
    assert run(program, "--version", cwd=tmp_path).startswith("portraits ")

    series = tmp_path / "serie"
    run(
        program,
        "init",
        series,
        "--name",
        "Gens de mer",
        "--address",
        "https://mer.example",
        cwd=tmp_path,
    )
    run(program, "check", cwd=series)
    run(program, "build", "--settings", "publishconf.py", cwd=series)
    page = (series / "public/portraits/exemple/index.html").read_text(encoding="utf-8")
    assert "https://mer.example/" in page and "Gens de mer" in page

    (series / "plain.py").write_text(SETTINGS, encoding="utf-8")
    run(commands / "python", "-m", "pelican", "-s", "plain.py", cwd=series)
    assert (series / "plain/portraits/exemple/index.html").is_file()

    run(commands / "python", "-c", LOADED_BY_ALL_NAMES, cwd=series)
