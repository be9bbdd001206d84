"""Write the hours of the portraits to come into the schedules of workflows.

    schedule:
      - cron: "17 10 * * *"                                    lines of its author stay
      # portraits schedule ...                                 the mark: without it a file stays
      - cron: "0 11 1 12 *" # 2026-12-01 06:00 America/Toronto

The lines below the mark are ours. They give hours and no names, for a workflow is often public
before the portrait is. GitHub counts in UTC, and starts a run at the minute or somewhat later.
"""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from portraits.checks.series import Checked
from portraits.model.portrait import Status
from portraits.support.messages import msg
from portraits.support.problems import Problem, Severity

MOST = 12
"""Hours in a schedule; those after them are for the next time."""
WORKFLOWS = ".github/workflows"
_MARK = re.compile(r"[ \t]*#.*\bportraits schedule\b.*")
_CRON = re.compile(r"[ \t]*- cron:.*")


def to_come(connection: sqlite3.Connection, now: dt.datetime) -> list[dt.datetime]:
    """Return the hours after ``now`` at which portraits are due, the first :data:`MOST`."""
    found = connection.execute(
        "SELECT DISTINCT hour FROM portrait WHERE status=? AND hour<>''", (Status.PUBLISHED.value,)
    )
    hours = [dt.datetime.fromisoformat(hour) for (hour,) in found]
    return sorted(hour for hour in hours if hour > now)[:MOST]


def cron(hour: dt.datetime) -> str:
    """Return an hour as cron writes it, in UTC: ``0 11 1 12 *``."""
    universal = hour.astimezone(dt.UTC)
    return f"{universal.minute} {universal.hour} {universal.day} {universal.month} *"


def workflows(root: Path) -> list[Path]:
    """Return the workflows below ``root`` that have a mark, sorted."""
    return [
        path
        for path in sorted((root / WORKFLOWS).glob("*.y*ml"))
        if any(map(_MARK.fullmatch, _lines(path)))
    ]


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")


def scheduled(text: str, hours: Sequence[dt.datetime], time_zone: str) -> str:
    """Return the text of a workflow with ``hours`` in the place of those below its mark."""
    found: list[str] = []
    below = False
    for line in text.split("\n"):
        if below and _CRON.fullmatch(line):
            continue
        below = bool(_MARK.fullmatch(line))
        found.append(line)
        if below:
            indent = line[: len(line) - len(line.lstrip())]
            found += [
                f'{indent}- cron: "{cron(hour)}" # {hour:%Y-%m-%d %H:%M} {time_zone}'
                for hour in hours
            ]
    return "\n".join(found)


def unscheduled(series: Checked, root: Path) -> Iterator[Problem]:
    """Yield a warning for each portrait to come at whose hour no marked workflow runs.

    Nothing is said where no workflow has a mark: something else publishes the site.
    """
    marked = workflows(root)
    if not marked:
        return
    known = "\n".join(path.read_text(encoding="utf-8") for path in marked)
    missing = {
        hour.isoformat(timespec="minutes")
        for hour in to_come(series.connection, series.options.now)
        if f'"{cron(hour)}"' not in known
    }
    for one in series.all:
        if one.hour in missing and one.status == Status.PUBLISHED:
            yield Problem(
                series.file(one),
                series.line(one.source, "date"),
                "unscheduled-hour",
                msg("schedule.unscheduled", date=one.date, hour=one.hour[11:16]),
                msg("schedule.unscheduled_hint", file=marked[0].name),
                "date",
                Severity.WARNING,
            )
