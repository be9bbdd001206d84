"""Keep an inverted verb and pronoun on one line: « as-tu », « faut-il », « parle-t-on ».

A narrow heading would otherwise break at the hyphen and start a line with the pronoun, which
should be avoided (OQLF, Vitrine linguistique, « Coupure entre les verbes et les pronoms
inversés »). Only the markup changes, not the words.
"""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup, escape

_INVERSION = re.compile(
    r"([^\s«»(]+-(?:t-)?(?:je|tu|il|elle|on|nous|vous|ils|elles|ce|moi|toi))(?![\w-])",
    re.IGNORECASE,
)
_TOGETHER = Markup('<span class="together">{}</span>')


@lru_cache(maxsize=4096, typed=True)
def together(wording: str) -> Markup:
    """Wrap each inverted verb and pronoun of ``wording`` in a ``span.together``.

    Text is escaped; a wording that contains markup is returned unchanged. Cached, because
    everybody is asked the same questions.
    """
    html = escape(wording)
    if "-" not in html or "<" in html:
        return html
    parts = [Markup(part) for part in _INVERSION.split(str(html))]  # noqa: S704 - escaped above
    return Markup("").join(
        _TOGETHER.format(part) if odd % 2 else part for odd, part in enumerate(parts)
    )
