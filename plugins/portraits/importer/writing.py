"""Writing what was imported: nothing is overwritten without being asked, nothing half done.

Files are written beside their place and moved there, so that an interruption leaves the
old file or the new one.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

from portraits.importer.assembly import Imported
from portraits.importer.report import Concern, Report
from portraits.importer.transcript import ImportRefused
from portraits.importer.wordpress import Comment
from portraits.support.catalogue import quantity


def write(path: Path, text: str, *, force: bool) -> None:
    """Write ``text`` to ``path``. Raises ImportRefused when a file is there and not ``force``."""
    if path.exists() and not force:
        raise ImportRefused(f"« {path} » existe déjà et n’est pas remplacé — "
                            "renommez-le, ou ajoutez --force pour le remplacer")
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.partiel")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.chmod(0o644)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def report_text(result: Imported) -> str:
    """The report in full, as it is kept beside the portrait."""
    report, words = result.report, result.accounting
    lines = [
        f"Importation de {report.source}", "",
        f"{quantity(words.total, 'mot')} dans la source : {words.placed} dans le portrait, "
        f"{words.reported} dans ce compte rendu, {quantity(len(words.missing), 'perdu')}.",
        f"{quantity(result.questions, 'question ou relance', 'questions et relances')}.",
    ]
    for concern in (Concern.DOUBT, Concern.UNPLACED, Concern.PROPOSAL, Concern.NOTICE,
                    Concern.FURNITURE):
        if entries := report.of(concern):
            lines += ["", f"{concern.value} ({len(entries)})"]
            lines += [f"  {entry}" for entry in entries]
    return "\n".join([*lines, ""])


def comments_text(comments: tuple[Comment, ...]) -> str:
    """Comments as JSON; addresses given in confidence were never read."""
    return json.dumps([asdict(comment) for comment in comments], ensure_ascii=False,
                      indent=2) + "\n"


def write_all(
    folder: Path, result: Imported, comments: tuple[Comment, ...], *, force: bool,
) -> Path:
    """Write the portrait, its report and its comments; the portrait's path."""
    path = folder / f"{result.stem}.md"
    write(path, result.text, force=force)
    write(folder / f"{result.stem}.import.txt", report_text(result), force=True)
    if comments:
        write(folder / f"{result.stem}.comments.json", comments_text(comments), force=True)
    return path


def listing(report: Report, concern: Concern, most: int) -> list[str]:
    """The first ``most`` entries of a concern, for the terminal."""
    entries = report.of(concern)
    lines = [f"    {_shortened(str(entry))}" for entry in entries[:most]]
    if len(entries) > most:
        lines.append(f"    … et {quantity(len(entries) - most, 'autre')}")
    return lines


def _shortened(text: str) -> str:
    return text if len(text) <= 160 else text[:159].rstrip() + "…"
