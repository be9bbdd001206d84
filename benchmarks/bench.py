"""Run ``invoke bench``: measure, print, and with ``--write`` update the documentation."""

from __future__ import annotations

import sys

from benchmarks.contenders import MAKERS, OURS, ROOT, Missing
from benchmarks.interviews import LONGEST_SERIES
from benchmarks.measurement import Failed
from benchmarks.report import figures, write_into
from benchmarks.results import Results, load
from benchmarks.session import measured

RESULTS = ROOT / "benchmarks" / "results.json"
DOCUMENT = ROOT / "docs" / "performance.md"
CHART = ROOT / "docs" / "images" / "performance.svg"
WORK = ROOT / ".cache" / "benchmarks"


def bench(sizes: str, others: str, *, write: bool = False, redraw: bool = False) -> int:
    """Measure series of ``sizes`` (comma-separated) with our build and ``others``.

    ``write`` saves the results and writes them into the documentation; ``redraw`` does so with the
    last saved results, without measuring. Return the exit status.
    """
    if redraw:
        _document(load(RESULTS))
        return 0
    names = (OURS, *(name.strip() for name in others.split(",") if name.strip()))
    lengths = [int(size) if size.strip().isdecimal() else 0 for size in sizes.split(",")]
    if unknown := [name for name in names if name not in MAKERS]:
        return _misused(f"--with {unknown[0]} : inconnu — {', '.join(MAKERS)}")
    if not all(1 <= length < LONGEST_SERIES for length in lengths):
        return _misused(
            f"--sizes {sizes} : des nombres de 1 à {LONGEST_SERIES}, séparés par des virgules"
        )
    WORK.mkdir(parents=True, exist_ok=True)
    try:
        results = measured(lengths, names, WORK, _say)
    except (Missing, Failed) as error:
        _say(str(error))
        return 1
    results.save(WORK / "results.json")
    print(figures(results))
    if write:
        results.save(RESULTS)
        _document(results)
    return 0


def _document(results: Results) -> None:
    from benchmarks.chart import draw

    write_into(DOCUMENT, results)
    draw(results, CHART)


def _misused(text: str) -> int:
    _say(text)
    return 2


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
