"""Print what the changelog says about one version, as the text of a release.

    python tools/changelog_section.py v1.2.0

The section must exist, have a date and say something. The script exits with a message if not, so
that no version is published without its changes.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

CHANGELOG = Path(__file__).parent.parent / "CHANGELOG.md"
_HEADING = re.compile(r"## \[(?P<version>[^\]]+)\](?: - (?P<date>\d{4}-\d\d-\d\d))?")


def section(text: str, version: str) -> str:
    """Return the section of ``version``, without its heading. Raise ValueError if it has none."""
    found: list[str] | None = None
    for line in text.splitlines():
        heading = _HEADING.fullmatch(line.rstrip())
        if heading and found is not None:
            break
        if heading and heading["version"] == version:
            if not heading["date"]:
                raise ValueError(f"« {line} » has no date: write ## [{version}] - YYYY-MM-DD")
            found = []
        elif found is not None:
            found.append(line)
    if found is None:
        raise ValueError(f"there is no section ## [{version}]")
    # The addresses of versions stand at the end of the file, below the oldest section.
    body = re.sub(r"(?m)^\[[^\]]+\]: \S+$\n?", "", "\n".join(found)).strip()
    if not re.search(r"(?m)^(?!#)\S", body):
        raise ValueError(f"the section ## [{version}] says nothing")
    return f"{body}\n"


def main(arguments: list[str]) -> int:
    """Print the section of the version that ``arguments`` name; return the exit status."""
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        said = section(CHANGELOG.read_text(encoding="utf-8"), arguments[0].removeprefix("v"))
    except ValueError as error:
        print(f"{CHANGELOG.name}: {error}", file=sys.stderr)
        return 1
    print(said, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
