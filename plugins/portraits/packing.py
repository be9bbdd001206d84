"""Fast pickling of frozen, slotted dataclasses.

The standard library restores them field by field through ``dataclasses.fields`` and
``object.__setattr__``; a large series has millions of fields to restore. Here an object is
a class and a tuple of values, put straight into its slots.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar

T = TypeVar("T")

_setters: dict[type, tuple[Callable[[Any, Any], None], ...]] = {}


def packed(cls: type[T]) -> type[T]:
    """Class decorator, above ``@dataclass(frozen=True, slots=True)``."""
    names = [field.name for field in fields(cls)]  # type: ignore[arg-type]
    _setters[cls] = tuple(cls.__dict__[name].__set__ for name in names)
    values = attrgetter(*names) if len(names) > 1 else lambda one: (getattr(one, names[0]),)

    def reduce(self: T) -> tuple[Callable[..., Any], tuple[type, tuple[object, ...]]]:
        return unpacked, (cls, values(self))

    cls.__reduce__ = reduce  # type: ignore[method-assign,assignment]
    return cls


def unpacked(cls: type[T], values: tuple[object, ...]) -> T:
    """The object of ``cls`` whose fields hold ``values``."""
    made = object.__new__(cls)
    for put, value in zip(_setters[cls], values, strict=True):
        put(made, value)
    return made
