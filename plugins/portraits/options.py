"""What one build is asked to do: where from, where to, for which day."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path

from portraits.problems import Problem, SourceRefused
from portraits.settings import Settings


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """One build. All paths are absolute."""

    root: Path
    """Folder that problems name files from; the working directory, as a rule."""
    content: Path
    output: Path
    theme: Path
    cache: Path
    settings: Settings
    today: dt.date
    """Portraits dated later are not published."""
    drafts: bool = False
    """A preview of everything, never to be indexed."""
    processes: int = 1
    durable: bool = True
    """Everything is on the disk before it is served. Off while previewing."""

    @property
    def label(self) -> str:
        """How problems name the content folder."""
        return relative(self.content, self.root)


def relative(path: Path, root: Path) -> str:
    """``path`` from ``root`` where it is inside, POSIX separators; else as it is."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def check_folders(content: Path, output: Path, theme: Path) -> None:
    """Refuse to build where a build would destroy its own sources.

    Raises SourceRefused.
    """
    problems = []
    if not content.is_dir():
        problems.append(Problem(str(content), 0, "no-content", "ce dossier n’existe pas",
                                "indiquez le dossier des textes avec --content"))
    real_output = Path(os.path.realpath(output))
    for source in (content, theme):
        real = Path(os.path.realpath(source))
        if real_output == real or real_output.is_relative_to(real) or (
                real.is_relative_to(real_output)):
            problems.append(Problem(
                str(output), 0, "output-over-source",
                f"le dossier de sortie et {source} se recouvrent",
                "choisissez un dossier de sortie à part, avec --output"))
    if problems:
        raise SourceRefused(problems)
