"""Word the reason why a portrait is shown next to another one."""

from __future__ import annotations

from portraits.support.catalogue import catalogue, interface_language


def reason_text(kind: str, value: str, by: str, lang: str) -> str:
    """Return the reason in ``lang``, a phrase without capital or full stop.

    For example « recommandation commune : @sam ». ``kind`` is one of those of
    :mod:`portraits.series.views.related`; ``by`` is the person who recommends the other.
    """
    words = catalogue(interface_language(lang))
    return words.text(f"related.{kind}", value=value, by=by)
