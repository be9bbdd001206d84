"""Run a session of measurements: every generator, every size, every scenario, side by side.

    size: lay out -> scenario: run: contender, contender, ... : run: ... -> next scenario

Generators take turns within a scenario, so that a slow minute of the machine affects all of them.
Runs shorter than twenty seconds are repeated, those shorter than two seconds more often. First,
every generator builds a small series once, so that programs and libraries are in memory.
"""

from __future__ import annotations

import datetime as dt
import os
import platform
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.contenders import MAKERS, Contender, put_aside
from benchmarks.measurement import cost_of
from benchmarks.results import Results, Scenario

REPEATS, OFTEN = 3, 6
SHORT, LONG = 2.0, 20.0
"""Seconds up to which a run is repeated OFTEN times, and above which it is not repeated."""
_WARM_UP = 30
"""Number of portraits of the series that is built before measuring."""


def measured(
    sizes: Sequence[int], names: Sequence[str], work: Path, say: Callable[[str], None]
) -> Results:
    """Measure the named contenders on series of these sizes; ``work`` is emptied first.

    Raise Missing for a generator that is not installed, Failed for a build that fails.
    """
    results = Results(machine())
    tools, aside = work / "tools", work / "aside"
    for size in (_WARM_UP, *sorted(sizes)):
        if (work / "sites").exists():
            put_aside(work / "sites", aside)
        contenders = []
        for name in names:
            site = work / "sites" / name
            site.mkdir(parents=True)
            contender = MAKERS[name](site, tools)
            contender.fill(size)
            contenders.append(contender)
            results.titles[name] = contender.title
        if size == _WARM_UP and size not in sizes:
            for contender in contenders:
                cost_of(contender.command, contender.folder, work / f"{contender.name}.log")
            continue
        for scenario in Scenario:
            _measure(scenario, size, contenders, work, results, say)
    shutil.rmtree(work / "sites", ignore_errors=True)
    shutil.rmtree(aside, ignore_errors=True)
    return results


def _measure(
    scenario: Scenario,
    size: int,
    contenders: Sequence[Contender],
    work: Path,
    results: Results,
    say: Callable[[str], None],
) -> None:
    enough: set[str] = set()
    for turn in range(1, OFTEN + 1):
        for contender in contenders:
            if contender.name in enough:
                continue
            if scenario is not Scenario.COLD and size >= contender.cold_only_from:
                continue
            _prepare(scenario, contender, size, turn, work / "aside")
            cost = cost_of(
                contender.command,
                contender.folder,
                work / f"{contender.name}.log",
                sampled=turn == 1,
            )
            results.add((contender.name, size, scenario), cost)
            say(f"{size:>7}  {scenario:16} {contender.name:10} {cost.wall:8.2f} s")
            if cost.wall > LONG or (cost.wall > SHORT and turn >= REPEATS):
                enough.add(contender.name)


def _prepare(scenario: Scenario, contender: Contender, size: int, turn: int, aside: Path) -> None:
    match scenario:
        case Scenario.COLD:
            contender.clear(aside)
        case Scenario.EDIT:
            contender.write(_one_of(size, turn), "Cette phrase est nouvelle.")
        case Scenario.NEW:
            contender.write(size + turn)
        case Scenario.TAG:
            contender.write(_one_of(size, turn), tag="étiquette nouvelle")
        case Scenario.NAME:
            contender.write(_one_of(size, turn) + 1, surname=f"Fils{turn}")
        case Scenario.TEMPLATE:
            contender.change_template(turn)
        case Scenario.NOTHING:
            pass


def _one_of(size: int, turn: int) -> int:
    """Return the number of an interview, at a different place in the series each turn."""
    return size * turn // (OFTEN + 1) + 1


def machine() -> str:
    """Describe the machine, in words."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    day = dt.datetime.now(tz=dt.UTC).date()
    return (
        f"{platform.system()} {platform.release()}, {platform.machine()}, {cores} cores "
        f"({_processor()}), Python {platform.python_version()}, {day}"
    )


def _processor() -> str:
    try:
        with Path("/proc/cpuinfo").open(encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("model name"):
                    return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or "unknown processor"
