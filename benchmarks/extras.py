"""Measure the cost of photos and of the published database.

    python -m benchmarks.extras --portraits 40

Photos of twelve megapixels, one per portrait, take most of the time of a first build on a host:
about eighteen pictures are encoded from each. The second build of the same series starts without
site and database, as on a host that keeps only the cache folder: no picture is encoded again.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image

from benchmarks.contenders import ROOT
from benchmarks.generate import write_series
from benchmarks.interviews import interview
from benchmarks.markdown import portrait_file
from benchmarks.photographs import picture

WIDTH, HEIGHT = 3000, 4000
_SETTINGS = """import sys

sys.path.insert(0, {root!r})
from pelicanconf import *

PORTRAITS = {{**PORTRAITS, {own}}}
PATH, OUTPUT_PATH, CACHE_PATH, THEME = {paths!r}
"""


def main() -> None:
    """Measure, and print seconds of processor time."""
    parser = argparse.ArgumentParser(description="Mesurer ce que coûtent photos et base.")
    parser.add_argument("--portraits", type=int, default=40)
    given: int = parser.parse_args().portraits
    with tempfile.TemporaryDirectory(prefix="photos-") as folder:
        site = Path(folder)
        _lay_out(site / "content", given)
        without = _seconds(site, '"pictures": False, "database": False')
        database = _seconds(site, '"pictures": False, "database": True')
        shutil.rmtree(site / "cache")
        first = _seconds(site, '"pictures": True, "database": False')
        for name in ("output", ".output.portraits"):
            shutil.rmtree(site / name)
        for path in (site / "cache").glob("*.sqlite*"):
            path.unlink()
        again = _seconds(site, '"pictures": True, "database": False')
    print(
        f"{given} portraits : {without:.1f} s; base {database - without:+.2f} s; "
        f"photos {first - without:+.1f} s, {(first - without) / given:.2f} s la photo; "
        f"déjà encodées {again - without:+.1f} s"
    )


def _lay_out(content: Path, portraits: int) -> None:
    write_series(content, 0)
    (content / "images").mkdir()
    for number in range(1, portraits + 1):
        one, photo = interview(number), f"images/photo-{number}.jpg"
        large = picture(number).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
        large.save(content / photo, quality=92)
        path = content / "portraits" / f"{one.slug}.md"
        path.write_text(portrait_file(one, photo), encoding="utf-8")


def _seconds(site: Path, own: str) -> float:
    """Return the processor seconds of a build from nothing except what is in the cache."""
    names = ("content", "output", "cache")
    paths = (*(str(site / name) for name in names), str(ROOT / "theme"))
    settings = site / "settings.py"
    settings.write_text(_SETTINGS.format(root=str(ROOT), own=own, paths=paths), encoding="utf-8")
    before = _spent()
    subprocess.run(
        [sys.executable, "-m", "portraits", "build", "--settings", str(settings)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return _spent() - before


def _spent() -> float:
    times = os.times()
    return times.children_user + times.children_system


if __name__ == "__main__":
    began = time.monotonic()
    main()
    print(f"({time.monotonic() - began:.0f} s)", file=sys.stderr)
