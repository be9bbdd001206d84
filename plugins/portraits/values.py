"""``dataclass(frozen=True)``, with slots or without, made sooner.

The standard library compiles six functions for each such class, half a millisecond in all, and a
build after an edit loads a hundred and fifty classes. Here one function is compiled, ``__init__``,
and not before there is a first value of the class; the others are the same for all classes. What
is made behaves as the standard library's:

    from portraits.values import dataclass      instead of      from dataclasses import dataclass
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from operator import attrgetter
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]
_SHARED = ("__init__", "__eq__", "__hash__", "__repr__", "__setattr__", "__delattr__",
           "__getstate__", "__setstate__")
_OURS = ({"frozen": True, "slots": True}, {"frozen": True})

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    def dataclass(cls: type | None = None, /, **options: bool) -> Any:
        """As the standard library's, which makes all but plain frozen values."""
        if cls is None:
            return lambda decorated: dataclass(decorated, **options)
        slots = options.get("slots", False)
        if options not in _OURS or not _is_plain(cls):
            return dataclasses.dataclass(cls, **options)
        made = dataclasses.dataclass(cls, slots=slots, init=False, repr=False, eq=False)
        made.__init__ = _first_init(made)
        made.__eq__, made.__hash__ = _comparison(made)
        made.__repr__ = _repr(made)
        made.__setattr__, made.__delattr__ = _setattr, _delattr
        if slots:
            made.__getstate__, made.__setstate__ = _getstate, _setstate
        made.__dataclass_params__.frozen = made.__dataclass_params__.eq = True
        return made


def _is_plain(cls: type) -> bool:
    """Whether the class has no ways of its own, and no field has."""
    special = [value for value in cls.__dict__.values() if isinstance(value, Field)]
    return (not any(name in cls.__dict__ for name in _SHARED)
            and not any(hasattr(base, "__dataclass_fields__") for base in cls.__bases__)
            and all(field.init and field.repr and field.compare for field in special))


def _first_init(cls: Any) -> Callable[..., None]:
    """What makes the first value of a class, and ready to make more."""

    def __init__(self: Any, *values: Any, **named: Any) -> None:
        cls.__init__ = _init(cls)
        cls.__init__(self, *values, **named)

    return __init__


def _init(cls: Any) -> Callable[..., None]:
    parameters, body = ["self"], []
    known: dict[str, Any] = {"_set": object.__setattr__, "_absent": MISSING}
    for field in fields(cls):
        name, value = field.name, field.name
        parameter = name
        if field.default is not MISSING:
            known[f"_default_{name}"] = field.default
            parameter = f"{name}=_default_{name}"
        elif field.default_factory is not MISSING:
            known[f"_make_{name}"] = field.default_factory
            parameter = f"{name}=_absent"
            value = f"_make_{name}() if {name} is _absent else {name}"
        parameters.append(parameter)
        slot = cls.__dict__.get(name)
        if isinstance(slot, MemberDescriptorType):  # a slot is filled sooner by itself
            known[f"_set_{name}"] = slot.__set__
            body.append(f" _set_{name}(self, {value})")
        else:
            body.append(f" _set(self, {name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        body.append(" self.__post_init__()")
    source = f"def __init__({', '.join(parameters)}):\n" + ("\n".join(body) or " pass")
    exec(source, known)  # noqa: S102 - names of our own fields, as the standard library does
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _values(cls: Any) -> Callable[[Any], tuple[Any, ...]]:
    """What gives the values of all fields."""
    names = [field.name for field in fields(cls)]
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def _comparison(cls: Any) -> tuple[Callable[[Any, object], bool], Callable[[Any], int]]:
    values = _values(cls)

    def equal(self: Any, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented  # type: ignore[no-any-return]
        return bool(values(self) == values(other))

    return equal, lambda self: hash(values(self))


def _repr(cls: Any) -> Callable[[Any], str]:
    values = _values(cls)
    template = ", ".join(f"{field.name}=%r" for field in fields(cls))
    return lambda self: f"{type(self).__qualname__}({template % values(self)})"


def _setattr(self: Any, name: str, value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _delattr(self: Any, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _getstate(self: Any) -> list[Any]:
    return [getattr(self, field.name) for field in fields(self)]


def _setstate(self: Any, state: list[Any]) -> None:
    for field, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)
