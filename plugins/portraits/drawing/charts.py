"""Draw small bar charts as inline SVG.

``bars`` draws horizontal bars for named things, with the names to the left or, if one is too
long, above. ``columns`` draws vertical bars for time series. For assistive technology a chart is
one image with a title, and the page shows the same figures as a table. Bars are in
``currentColor``; classes for the style sheet are ``chart``, ``chart-bar``,
``chart-label``, ``chart-value`` and ``chart-base``.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from xml.etree.ElementTree import Element

from portraits.support.svg import add, drawing, shortened, text_width

WIDTH = 440
"""Width of a chart, in units: small enough to stay readable when scaled down on a phone."""
SIZE = 13
ROW = 26
LABELS = 190
"""Maximum width of names to the left of bars."""
TALL_ROW = 46
"""Height of a row with the name above the bar."""
HEIGHT = 140
"""Height of the tallest column."""

Bar = tuple[str, int]
"""(label, value); values are zero or more."""


def bars(rows: Sequence[Bar], *, name: str, title: str, description: str) -> Element:
    """Draw one horizontal bar for each of ``rows``.

    ``name`` prefixes ids and must be unique in the page.
    """
    most = max((value for _, value in rows), default=0)
    widest = max((text_width(label, SIZE) for label, _ in rows), default=0)
    above = widest > LABELS
    row = TALL_ROW if above else ROW
    left = 0 if above else widest + 10
    room = WIDTH - left - text_width(str(most), SIZE) - 12
    svg = drawing(
        0,
        0,
        WIDTH,
        max(1, len(rows)) * row,
        name=name,
        title=title,
        description=description,
        class_="chart chart-bars",
        role="img",
    )
    for position, (label, value) in enumerate(rows):
        middle = (position + 1) * row - ROW / 2
        if above:
            add(
                svg,
                "text",
                shortened(label, WIDTH, SIZE),
                class_="chart-label",
                x=0,
                y=middle - 15,
                font_size=SIZE,
                fill="currentColor",
            )
        else:
            add(
                svg,
                "text",
                label,
                class_="chart-label",
                x=left - 10,
                y=middle,
                dy="0.35em",
                text_anchor="end",
                font_size=SIZE,
                fill="currentColor",
            )
        length = room * value / most if most else 0
        if value:
            add(
                svg,
                "rect",
                class_="chart-bar",
                x=left,
                y=middle - 8,
                width=max(length, 1),
                height=16,
                rx=2,
                fill="currentColor",
            )
        add(
            svg,
            "text",
            str(value),
            class_="chart-value",
            x=left + length + 8,
            y=middle,
            dy="0.35em",
            font_size=SIZE,
            fill="currentColor",
        )
    return svg


def columns(rows: Sequence[Bar], *, name: str, title: str, description: str) -> Element:
    """Draw one column for each of ``rows``; if labels would overlap, only every nth is kept.

    ``name`` prefixes ids and must be unique in the page.
    """
    most = max((value for _, value in rows), default=0)
    step = WIDTH / max(1, len(rows))
    broad = min(step * 0.72, 48)
    top = 24.0
    svg = drawing(
        0,
        0,
        WIDTH,
        top + HEIGHT + 28,
        name=name,
        title=title,
        description=description,
        class_="chart chart-columns",
        role="img",
    )
    widest = max((text_width(label, SIZE) for label, _ in rows), default=0)
    # The first and last labels are moved inwards if they would extend beyond the drawing.
    moved = max(0.0, (widest - step) / 2)
    every = max(1, ceil((widest + 12 + moved) / step)) if widest + 4 > step else 1
    values_fit = text_width(str(most), SIZE) + 4 <= step
    for position, (label, value) in enumerate(rows):
        middle = (position + 0.5) * step
        height = HEIGHT * value / most if most else 0
        if value:
            add(
                svg,
                "rect",
                class_="chart-bar",
                x=middle - broad / 2,
                y=top + HEIGHT - height,
                width=broad,
                height=max(height, 1),
                rx=min(2, broad / 4),
                fill="currentColor",
            )
            if values_fit:
                add(
                    svg,
                    "text",
                    str(value),
                    class_="chart-value",
                    x=middle,
                    y=top + HEIGHT - height - 6,
                    text_anchor="middle",
                    font_size=SIZE,
                    fill="currentColor",
                )
        if position % every == 0:
            half = text_width(label, SIZE) / 2
            add(
                svg,
                "text",
                label,
                class_="chart-label",
                x=min(max(middle, half), WIDTH - half),
                y=top + HEIGHT + 18,
                text_anchor="middle",
                font_size=SIZE,
                fill="currentColor",
            )
    add(
        svg,
        "line",
        class_="chart-base",
        x1=0,
        y1=top + HEIGHT,
        x2=WIDTH,
        y2=top + HEIGHT,
        stroke="currentColor",
        stroke_opacity="0.4",
    )
    return svg
