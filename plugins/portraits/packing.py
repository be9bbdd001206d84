"""Fast pickling of frozen, slotted dataclasses.

The standard library restores them field by field through ``dataclasses.fields`` and
``object.__setattr__``; a large series has millions of fields to restore. Here an object is
a class and the tuple of values that it is called with.

Words that repeat from portrait to portrait (accounts, ids, wordings) are one string in memory,
however many portraits hold them: restored strings would each be their own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from sys import intern
from typing import Any, TypeVar

T = TypeVar("T")


def packed(cls: type[T]) -> type[T]:
    """Class decorator, above ``@dataclass(frozen=True, slots=True)``."""
    values = _values(cls)

    def reduce(self: T) -> tuple[type[T], tuple[Any, ...]]:
        return cls, values(self)

    cls.__reduce__ = reduce  # type: ignore[method-assign,assignment]
    return cls


def packed_words(cls: type[T]) -> type[T]:
    """The same for a class of nothing but words that other objects hold as well."""
    values = _values(cls)

    def reduce(self: T) -> tuple[Callable[..., T], tuple[Any, ...]]:
        return _of_words, (cls, values(self))

    cls.__reduce__ = reduce  # type: ignore[method-assign,assignment]
    return cls


def _of_words(cls: type[T], words: tuple[str, ...]) -> T:
    return cls(*map(intern, words))


def _values(cls: type) -> Callable[[Any], tuple[Any, ...]]:
    names = [field.name for field in fields(cls)]
    return attrgetter(*names) if len(names) > 1 else lambda one: (getattr(one, names[0]),)
