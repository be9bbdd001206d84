"""Fast pickling of frozen, slotted dataclasses.

The standard library restores them field by field through ``dataclasses.fields`` and
``object.__setattr__``; a large series has millions of fields to restore. Here an object is
a class and a tuple of values, put straight into its slots.

Words that repeat from portrait to portrait (accounts, ids, wordings) are one string in memory,
however many portraits hold them: restored strings would each be their own.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import fields
from operator import attrgetter
from sys import intern
from typing import Any, TypeVar

T = TypeVar("T")

_setters: dict[type, tuple[Callable[[Any, Any], None], ...]] = {}


def packed(cls: type[T]) -> type[T]:
    """Class decorator, above ``@dataclass(frozen=True, slots=True)``."""
    return _reduced(cls, unpacked)


def packed_words(cls: type[T]) -> type[T]:
    """The same for a class of nothing but words that other objects hold as well."""
    return _reduced(cls, unpacked_words)


def unpacked(cls: type[T], values: Iterable[object]) -> T:
    """The object of ``cls`` whose fields hold ``values``."""
    made = object.__new__(cls)
    for put, value in zip(_setters[cls], values, strict=True):
        put(made, value)
    return made


def unpacked_words(cls: type[T], values: Iterable[str]) -> T:
    """The object of ``cls`` whose fields hold ``values``."""
    return unpacked(cls, map(intern, values))


def of_columns(cls: type[T], count: int, *columns: Iterable[object]) -> tuple[T, ...]:
    """``count`` objects of ``cls``, whose fields hold ``columns``. Filled a field of all of them
    at a time, they take half as long as one after the other."""
    made = [object.__new__(cls) for _ in range(count)]
    for put, column in zip(_setters[cls], columns, strict=True):
        deque(map(put, made, column), maxlen=0)
    return tuple(made)


def _reduced(cls: type[T], restore: Callable[..., T]) -> type[T]:
    names = [field.name for field in fields(cls)]  # type: ignore[arg-type]
    _setters[cls] = tuple(cls.__dict__[name].__set__ for name in names)
    values = attrgetter(*names) if len(names) > 1 else lambda one: (getattr(one, names[0]),)

    def reduce(self: T) -> tuple[Callable[..., T], tuple[type, tuple[object, ...]]]:
        return restore, (cls, values(self))

    cls.__reduce__ = reduce  # type: ignore[method-assign,assignment]
    return cls
