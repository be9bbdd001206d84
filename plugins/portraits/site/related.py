"""Why a portrait is shown beside another one, in words."""

from __future__ import annotations

from portraits.support.catalogue import catalogue, interface_language


def reason_text(kind: str, value: str, by: str, lang: str) -> str:
    """The reason for readers of ``lang``, a phrase without capital or full stop:
    « recommandation commune : @sam ». ``kind`` is one of those of
    :mod:`portraits.series.views.related`; ``by`` is who recommends the other."""
    words = catalogue(interface_language(lang))
    return words.text(f"related.{kind}", value=value, by=by)
