"""The grade of a published site at MDN's HTTP Observatory, computed here: it wants public hosts.

    .venv/bin/python tests/security/observatory/run.py [folder of the site]

Needs npm and its registry once; not a part of ``make test``. Exit status 1 when the grades are
not those of docs/security.md.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent.parent.parent
PLACE = ROOT / ".cache" / "observatory"
PACKAGE = "@mdn/mdn-http-observatory@1.4.8"
EXPECTED = {"with headers": "A+", "GitHub Pages": "B"}


def prepared() -> None:
    """Install the Observatory, without the lists of hosts that its own scripts fetch."""
    package = PLACE / "node_modules" / "@mdn" / "mdn-http-observatory"
    if not package.exists():
        PLACE.mkdir(parents=True, exist_ok=True)
        (PLACE / "package.json").write_text('{"private": true, "type": "module"}', "utf-8")
        subprocess.run(
            ["npm", "install", "--ignore-scripts", "--silent", PACKAGE], cwd=PLACE, check=True
        )
        for name, content in (("hsts-preload.json", "{}"), ("tld-list.json", "[]")):
            (package / "conf" / name).write_text(content, "utf-8")
    (PLACE / "grade.mjs").write_bytes((HERE / "grade.mjs").read_bytes())


def grade(headers: list[tuple[str, str]], html: str) -> dict[str, Any]:
    """What the Observatory says of one response."""
    done = subprocess.run(
        ["node", "grade.mjs"],
        cwd=PLACE,
        check=True,
        text=True,
        capture_output=True,
        input=json.dumps({"headers": headers, "html": html}),
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def headers_of(site: Path) -> list[tuple[str, str]]:
    """The headers that ``_headers`` gives to every page."""
    lines = (site / "_headers").read_text("utf-8").splitlines()
    start = lines.index("/*") + 1
    headers = []
    for line in lines[start:]:
        if line and not line.startswith(" "):
            break
        name, colon, value = line.strip().partition(": ")
        if colon:
            headers.append((name, value))
    return headers


def main() -> int:
    sys.path.insert(0, str(ROOT))
    site = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "output"
    html = (site / "index.html").read_text("utf-8")
    prepared()
    # What GitHub Pages sends by itself, with « Enforce HTTPS ».
    pages = [
        ("Strict-Transport-Security", "max-age=31556952"),
        ("Access-Control-Allow-Origin", "*"),
    ]
    right = True
    for name, headers in (("with headers", headers_of(site)), ("GitHub Pages", pages)):
        found = grade(headers, html)
        print(f"{name}: {found['grade']} ({found['score']})")
        for test, (result, passed, points) in found["tests"].items():
            print(f"    {points:+4} {'' if passed else 'failed '}{test}: {result}")
        right = right and found["grade"] == EXPECTED[name]
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
