"""Write and find the comments that mark what an editor must review in an imported portrait.

    comment = "# à vérifier" [ ", ligne " number ] " : " words       (in the front matter)

They are YAML comments, so they are not published, and stay in the file until somebody has checked
the text and deletes them. :func:`pending` lists them when the site is checked.
"""

from __future__ import annotations

import re

from portraits.support.messages import msg
from portraits.support.problems import Problem, Severity

MARK = "# à vérifier"
MOST = 60
"""Maximum number of comments in a front matter; the importer's report lists all."""
_COMMENT = re.compile(r"# à vérifier(?:, ligne (?P<line>\d+))? : (?P<words>.+)")


def comment(line: int, words: str) -> str:
    """Return the comment about ``line`` of the portrait file (0: the whole file)."""
    place = f", ligne {line}" if line else ""
    return f"{MARK}{place} : {' '.join(words.split())}"


def pending(path: str, text: str) -> tuple[Problem, ...]:
    """Return a warning for every such comment left in the front matter of a portrait."""
    if MARK not in text:
        return ()
    front = text.split("\n---", 1)[0].split("\n")
    return tuple(
        Problem(
            path,
            number,
            "import-review",
            msg("review.pending", words=found["words"]),
            msg("review.pending_hint"),
            severity=Severity.WARNING,
        )
        for number, line in enumerate(front, 1)
        if (found := _COMMENT.fullmatch(line.strip()))
    )
