"""What the editor still has to look at in an imported portrait.

    comment = "# à vérifier" [ ", ligne " number ] " : " words       (in the front matter)

Comments of YAML are legal, are not published, and stay in the file until somebody has
looked and deletes them: :func:`pending` lets the check of the site list them.
"""

from __future__ import annotations

import re

from portraits.support.problems import Problem, Severity

MARK = "# à vérifier"
MOST = 60
"""Comments that a front matter holds; the report lists all."""
_COMMENT = re.compile(r"# à vérifier(?:, ligne (?P<line>\d+))? : (?P<words>.+)")


def comment(line: int, words: str) -> str:
    """The comment about ``line`` of the portrait file (0: the whole file)."""
    place = f", ligne {line}" if line else ""
    return f"{MARK}{place} : {' '.join(words.split())}"


def pending(path: str, text: str) -> tuple[Problem, ...]:
    """A warning for every comment that still stands in the front matter of a portrait."""
    if MARK not in text:
        return ()
    front = text.split("\n---", 1)[0].split("\n")
    return tuple(
        Problem(path, number, "import-review", f"à vérifier : {found['words']}",
                "vérifiez, puis supprimez ce commentaire de l’en-tête",
                severity=Severity.WARNING)
        for number, line in enumerate(front, 1) if (found := _COMMENT.fullmatch(line.strip()))
    )
