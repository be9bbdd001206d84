"""Define the tokens that replace fenced blocks and tags while Markdown is parsed.

    token = OPEN decimal CLOSE

OPEN and CLOSE are noncharacters (Unicode Standard, section 23.7), which a source cannot contain,
so a token cannot be forged.
"""

from __future__ import annotations

import re

FENCE_OPEN, FENCE_CLOSE = "\ufdd2", "\ufdd3"
TAG_OPEN, TAG_CLOSE = "\ufdd4", "\ufdd5"

FENCE = re.compile(f"{FENCE_OPEN}(\\d+){FENCE_CLOSE}")
TAG = re.compile(f"{TAG_OPEN}(\\d+){TAG_CLOSE}")


def fence_token(number: int) -> str:
    return f"{FENCE_OPEN}{number}{FENCE_CLOSE}"


def tag_token(number: int) -> str:
    return f"{TAG_OPEN}{number}{TAG_CLOSE}"
