"""Define the generators that are compared, each with a site of the same texts.

Each makes a page per portrait, an index and tag pages of twenty-four portraits, and feeds of twenty
full texts for the series and for each tag. Our own build generates everything that it always does,
except photos and social cards.
"""

from __future__ import annotations

import importlib.metadata
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.generate import write_series
from benchmarks.interviews import Interview, interview
from benchmarks.markdown import pelican_file, plain_file, portrait_file

ROOT = Path(__file__).resolve().parent.parent
_SITES = Path(__file__).parent / "sites"
OURS, PELICAN, HUGO, ELEVENTY = "portraits", "pelican", "hugo", "eleventy"


class Missing(RuntimeError):
    """A generator is not installed; the message says how to install it."""


@dataclass(frozen=True, slots=True)
class Contender:
    """One generator and its site."""

    name: str
    title: str
    """Name and version."""
    site: Path
    portraits: str
    """Folder of the portraits, relative to ``site``."""
    base_template: str
    """The template that all pages share, relative to ``site``."""
    leaves: tuple[str, ...]
    """Files and folders that a build creates, relative to ``site``."""
    file_of: Callable[[Interview], str]
    command: tuple[str, ...]
    folder: Path
    """The working directory of the command."""
    cold_only_from: int = sys.maxsize
    """From this length, measure only cold builds: the generator keeps nothing between builds."""

    def write(self, number: int, addition: str = "", tag: str = "", surname: str = "") -> None:
        """Write interview ``number``, with the changes that :func:`interview` describes."""
        one = interview(number, addition, tag, surname)
        path = self.site / self.portraits / f"{one.slug}.md"
        path.write_text(self.file_of(one), encoding="utf-8")

    def fill(self, size: int) -> None:
        """Write the whole series."""
        (self.site / self.portraits).mkdir(parents=True, exist_ok=True)
        for number in range(1, size + 1):
            self.write(number)

    def change_template(self, revision: int) -> None:
        """Change the content of every page."""
        path = self.site / self.base_template
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text.replace("</body>", f"<p hidden>Révision {revision}</p></body>"), encoding="utf-8"
        )

    def clear(self, aside: Path) -> None:
        """Move everything that builds have created into the folder ``aside``.

        It is not deleted: ext4 without a journal checks, for each new file, whether its inode
        belonged to a file deleted in the last minute. After many deletions this takes most of a
        build's time, and it affects most the generators that write the most files.
        """
        for name in self.leaves:
            path = self.site / name
            if path.exists() or path.is_symlink():
                put_aside(path, aside)


def put_aside(path: Path, aside: Path) -> None:
    """Move a file or folder into the folder ``aside``, under an unused name."""
    aside.mkdir(parents=True, exist_ok=True)
    path.rename(aside / str(len(list(aside.iterdir()))))


def portraits(site: Path, tools: Path) -> Contender:
    """Return this project, built as its editor builds it, without pictures and database.

    Their costs are measured separately (:mod:`benchmarks.extras`).
    """
    write_series(site / "content", 0)
    shutil.copytree(ROOT / "theme", site / "theme")
    settings = site / "settings.py"
    settings.write_text(
        f"import sys\n\nsys.path.insert(0, {str(ROOT)!r})\nfrom pelicanconf import *\n\n"
        'PORTRAITS = {**PORTRAITS, "pictures": False, "database": False}\n'
        f"PATH = {str(site / 'content')!r}\nOUTPUT_PATH = {str(site / 'output')!r}\n"
        f"CACHE_PATH = {str(site / 'cache')!r}\nTHEME = {str(site / 'theme')!r}\n",
        encoding="utf-8",
    )
    return Contender(
        OURS,
        "this project",
        site,
        "content/portraits",
        "theme/templates/base.html",
        ("output", ".output.portraits", "cache"),
        portrait_file,
        (
            sys.executable,
            "-m",
            "portraits",
            "build",
            "--content",
            str(site / "content"),
            "--output",
            str(site / "output"),
            "--settings",
            str(settings),
        ),
        ROOT,
    )


def plain_pelican(site: Path, tools: Path) -> Contender:
    """Return Pelican with typogrify and its simple theme."""
    shutil.copytree(_SITES / "pelican", site, dirs_exist_ok=True)
    simple = importlib.metadata.distribution("pelican").locate_file("pelican/themes/simple")
    shutil.copytree(str(simple), site / "theme")
    versions = [f"{name} {importlib.metadata.version(name)}" for name in ("pelican", "typogrify")]
    return Contender(
        PELICAN,
        " + ".join(versions).capitalize(),
        site,
        "content/portraits",
        "theme/templates/base.html",
        ("output", "__pycache__"),
        pelican_file,
        (sys.executable, "-m", "pelican", "content", "-o", "output", "-s", "pelicanconf.py"),
        site,
        cold_only_from=5_000,
    )


def hugo(site: Path, tools: Path) -> Contender:
    """Return Hugo with templates equivalent to Pelican's simple theme."""
    shutil.copytree(_SITES / "hugo", site, dirs_exist_ok=True)
    binary = _hugo_binary()
    version = (
        subprocess.run([binary, "version"], capture_output=True, text=True, check=True)
        .stdout.split()[1]
        .partition("-")[0]
        .removeprefix("v")
    )
    return Contender(
        HUGO,
        f"Hugo {version}",
        site,
        "content/portraits",
        "layouts/baseof.html",
        ("output", "resources", "cache", ".hugo_build.lock"),
        plain_file,
        (binary, "--quiet", "--destination", "output", "--cacheDir", str(site / "cache")),
        site,
    )


def _hugo_binary() -> str:
    """Return the path of the binary: the command of the Python package would start Python first."""
    try:
        packaged = Path(str(importlib.metadata.distribution("hugo").locate_file("hugo/binaries")))
    except importlib.metadata.PackageNotFoundError:
        packaged = Path("nowhere")
    for found in (*sorted(packaged.glob("hugo*")), shutil.which("hugo")):
        if found:
            return str(found)
    raise Missing("Hugo n’est pas installé — lancez : uv run --frozen --group bench invoke bench")


def eleventy(site: Path, tools: Path) -> Contender:
    """Return Eleventy with templates equivalent to Pelican's simple theme."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        raise Missing(
            "Eleventy demande Node.js, absent d’ici — installez-le, ou passez-vous-en "
            "avec --with pelican,hugo"
        )
    shutil.copytree(_SITES / "eleventy", site, dirs_exist_ok=True)
    installed = tools / "eleventy"
    program = installed / "node_modules" / "@11ty" / "eleventy"
    if not program.exists():
        installed.mkdir(parents=True, exist_ok=True)
        shutil.copy(_SITES / "eleventy" / "package.json", installed)
        subprocess.run(
            [npm, "install", "--no-audit", "--no-fund", "--no-package-lock", "--silent"],
            cwd=installed,
            check=True,
        )
    (site / "node_modules").symlink_to(installed / "node_modules")
    version = subprocess.run(
        [node, str(program / "cmd.cjs"), "--version"], capture_output=True, text=True, check=True
    ).stdout.strip()
    return Contender(
        ELEVENTY,
        f"Eleventy {version}",
        site,
        "src/portraits",
        "src/_includes/base.njk",
        ("output", ".cache"),
        plain_file,
        (node, str(program / "cmd.cjs"), "--quiet"),
        site,
    )


MAKERS: dict[str, Callable[[Path, Path], Contender]] = {
    OURS: portraits,
    PELICAN: plain_pelican,
    HUGO: hugo,
    ELEVENTY: eleventy,
}
"""Name -> function that sets up a contender in an empty folder; tools go into another folder."""
