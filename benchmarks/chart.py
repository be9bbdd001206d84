"""Draw the results: seconds on a logarithmic scale, one panel per size."""

from __future__ import annotations

from pathlib import Path

from benchmarks.contenders import OURS
from benchmarks.results import Results, Scenario

_INK, _GRID, _OURS, _OTHERS = "#2b2b2b", "#e3e3e3", "#b3432b", "#7c8794"
_SHOWN = (Scenario.COLD, Scenario.EDIT)


def draw(results: Results, path: Path) -> None:
    """Draw cold builds and rebuilds after one edit, for the two largest series, into ``path``."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams |= {
        "svg.hashsalt": "portraits",
        "font.family": "sans-serif",
        "font.size": 10,
        "text.color": _INK,
        "axes.edgecolor": _INK,
        "axes.labelcolor": _INK,
        "xtick.color": _INK,
        "ytick.color": _INK,
    }
    from matplotlib import pyplot

    sizes = results.sizes[-2:]
    figure, panels = pyplot.subplots(
        len(_SHOWN),
        len(sizes),
        squeeze=False,
        sharex="col",
        figsize=(4.6 * len(sizes), 0.6 + 0.75 * len(_SHOWN) * max(2, len(results.titles) / 2)),
    )
    for column, size in enumerate(sizes):
        for row, scenario in enumerate(_SHOWN):
            bars = [
                (title, cost.wall, name == OURS)
                for name, title in results.titles.items()
                if (cost := results.best(name, size, scenario))
            ]
            bars.sort(key=lambda bar: -bar[1])
            panel = panels[row][column]
            for place, (_, seconds, own) in enumerate(bars):
                colour = _OURS if own else _OTHERS
                panel.plot(seconds, place, "o", color=colour, markersize=9)
                panel.annotate(
                    f"{seconds:.2g} s" if seconds < 10 else f"{seconds:.0f} s",
                    (seconds, place),
                    (9, 0),
                    textcoords="offset points",
                    va="center",
                )
            panel.set_yticks(range(len(bars)), [bar[0] for bar in bars])
            panel.set_xscale("log")
            panel.xaxis.set_major_formatter("{x:g}")
            panel.xaxis.set_minor_formatter("")
            panel.grid(axis="y", color=_GRID)
            panel.set_axisbelow(True)
            panel.margins(x=0.3, y=0.2)
            panel.set_title(f"{size:,} portraits, {scenario}", loc="left", fontsize=11)
            panel.spines[["top", "right"]].set_visible(False)
    for panel in panels[-1]:
        panel.set_xlabel("seconds, logarithmic")
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None, "Creator": None})
    pyplot.close(figure)
