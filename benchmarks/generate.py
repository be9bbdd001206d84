"""Write an invented series of any size, for measuring and for trying out a site.

python -m benchmarks.generate --portraits 1000 --output DIR [--photos]
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from benchmarks.interviews import LONGEST_SERIES, QUESTIONNAIRE, interview
from benchmarks.markdown import portrait_file

_ABOUT = """---
title: À propos
slug: a-propos
---

Une série inventée d’un bout à l’autre, pour mesurer ce que coûte sa publication.
Personne n’existe, [nulle part](https://carnet.example/).
"""


def write_series(output: Path, portraits: int, *, photos: bool = False) -> None:
    """Write a content folder of that many portraits, a questionnaire and a page."""
    (output / "portraits").mkdir(parents=True, exist_ok=True)
    (output / "pages").mkdir(exist_ok=True)
    (output / "pages" / "a-propos.md").write_text(_ABOUT, encoding="utf-8")
    shutil.copyfile(QUESTIONNAIRE, output / "questionnaire.yml")
    pictures: tuple[str, ...] = ()
    if photos:
        from benchmarks.photographs import draw_photographs

        pictures = draw_photographs(output)
    for number in range(1, portraits + 1):
        one = interview(number)
        photo = pictures[number % len(pictures)] if pictures else ""
        path = output / "portraits" / f"{one.slug}.md"
        path.write_text(portrait_file(one, photo), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Écrire une série inventée, toujours la même.")
    parser.add_argument(
        "--portraits",
        type=int,
        default=1000,
        help=f"combien de portraits, jusqu’à {LONGEST_SERIES}",
    )
    parser.add_argument("--output", type=Path, required=True, help="dossier à remplir")
    parser.add_argument("--photos", action="store_true", help="une photo par portrait")
    given = parser.parse_args()
    if not 1 <= given.portraits <= LONGEST_SERIES:
        parser.error(f"--portraits {given.portraits} : de 1 à {LONGEST_SERIES}")
    if given.output.exists() and any(given.output.iterdir()):
        parser.error(f"{given.output} n’est pas vide; choisissez un autre dossier")
    write_series(given.output, given.portraits, photos=given.photos)
    print(f"{given.portraits} portraits dans {given.output}")


if __name__ == "__main__":
    main()
