"""Values made sooner behave as those of the standard library."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from functools import cached_property
from typing import Any, ClassVar

import pytest
from portraits import values


@values.dataclass(frozen=True, slots=True)
class Ours:
    name: str
    tags: tuple[str, ...] = ()
    notes: list[str] = dataclasses.field(default_factory=list)
    kind: ClassVar[str] = "kind"

    @property
    def loud(self) -> str:
        return self.name.upper()


@dataclasses.dataclass(frozen=True, slots=True)
class Theirs:
    name: str
    tags: tuple[str, ...] = ()
    notes: list[str] = dataclasses.field(default_factory=list)
    kind: ClassVar[str] = "kind"

    @property
    def loud(self) -> str:
        return self.name.upper()


@values.dataclass(frozen=True)
class OursWithDict:
    name: str
    tags: tuple[str, ...] = ()
    notes: list[str] = dataclasses.field(default_factory=list)
    kind: ClassVar[str] = "kind"

    @cached_property
    def loud(self) -> str:
        return self.name.upper()


@dataclasses.dataclass(frozen=True)
class TheirsWithDict:
    name: str
    tags: tuple[str, ...] = ()
    notes: list[str] = dataclasses.field(default_factory=list)
    kind: ClassVar[str] = "kind"

    @cached_property
    def loud(self) -> str:
        return self.name.upper()


@values.dataclass(frozen=True, slots=True)
class One:
    name: str


@values.dataclass(frozen=True, slots=True)
class Two(One):
    more: int = 2


@values.dataclass(frozen=True, slots=True)
class Nothing:
    pass


@values.dataclass(frozen=True, slots=True)
class Watched:
    name: str

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError(self.name)


def outcome(act: Callable[[], Any]) -> Any:
    """What comes of something, an error included, whichever class it is of."""
    try:
        return str(act()).replace("Ours", "Theirs")
    except (TypeError, AttributeError, ValueError) as error:
        return type(error), str(error).replace("Ours", "Theirs")


@pytest.mark.parametrize("act", [
    lambda made: made("a"),
    lambda made: made("a", ("b",), ["c"]),
    lambda made: made(tags=("b",), name="a"),
    lambda made: made(),
    lambda made: made("a", (), [], 4),
    lambda made: made("a", wrong=1),
    lambda made: made("a") == made("a"),
    lambda made: made("a") == made("b"),
    lambda made: made("a") != made("a"),
    lambda made: made("a") == "a",
    lambda made: made("a") < made("b"),
    lambda made: hash(made("a", (), ())) == hash(("a", (), ())),
    lambda made: hash(made("a")),
    lambda made: setattr(made("a"), "name", "b"),
    lambda made: delattr(made("a"), "name"),
    lambda made: made("a").__dict__,
    lambda made: made("a").loud + made.kind,
    lambda made: dataclasses.replace(made("a"), name="b"),
    lambda made: dataclasses.replace(made("a"), wrong="b"),
    lambda made: dataclasses.asdict(made("a")),
    lambda made: [field.name for field in dataclasses.fields(made)],
    lambda made: made.__match_args__,
    lambda made: made.__slots__,
    lambda made: made("a").notes is made("a").notes,
    lambda made: pickle.loads(pickle.dumps(made("a", ("b",)))),  # noqa: S301
    lambda made: copy.deepcopy(made("a", ("b",))),
])
@pytest.mark.parametrize(("ours", "theirs"), [(Ours, Theirs), (OursWithDict, TheirsWithDict)])
def test_they_do_what_those_of_the_standard_library_do(
    ours: type, theirs: type, act: Callable[[Any], Any]
) -> None:
    assert outcome(lambda: act(ours)) == outcome(lambda: act(theirs))


@pytest.mark.parametrize("act", [
    lambda made: made("a", wrong=1),
    lambda made: made(),
    lambda made: made("a"),
    lambda made: made(name="a", tags=("b",)).tags,
])
def test_the_first_value_of_a_class_is_made_like_all_others(act: Callable[[Any], Any]) -> None:
    ours, theirs = (
        dataclass(frozen=True, slots=True)(type("Fresh", (), {
            "__annotations__": {"name": str, "tags": tuple[str, ...]}, "tags": ()}))
        for dataclass in (values.dataclass, dataclasses.dataclass))
    for _ in range(2):
        assert outcome(lambda: act(ours)) == outcome(lambda: act(theirs))


def test_a_value_of_one_field_and_one_of_none_can_be_compared() -> None:
    assert One("a") == One("a") != One("b")
    assert len({One("a"), One("a"), Nothing(), Nothing()}) == 2


def test_a_class_may_add_fields_to_another() -> None:
    assert Two("a") == Two("a", 2) != Two("a", 3)
    assert repr(Two("a")) == "Two(name='a', more=2)"
    with pytest.raises(dataclasses.FrozenInstanceError):
        Two("a").more = 1  # type: ignore[misc]


def test_what_a_class_does_once_it_is_made_is_done() -> None:
    assert Watched("a").name == "a"
    with pytest.raises(ValueError, match=r"^$"):
        Watched("")
