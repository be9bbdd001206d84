"""Describe JSON objects once: each member with its schema and its value.

A table of members gives both the object (:func:`values`) and its JSON Schema
(:func:`object_of`), so that they cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a JSON object."""

    name: str
    schema: Json
    value: Callable[[Any], object]
    """Returns the member's value, given what the object is about."""


Members = Sequence[Member]


def values(members: Members, about: object) -> Json:
    """Return the object that ``members`` describe."""
    return {member.name: member.value(about) for member in members}


# -- schemas


def object_of(members: Members, description: str = "") -> Json:
    """Return the schema of an object that has all of ``members`` and no others."""
    return {
        "type": "object",
        **_described(description),
        "properties": {member.name: member.schema for member in members},
        "required": [member.name for member in members],
        "additionalProperties": False,
    }


def text(description: str = "", *, least: int = 0) -> Json:
    """Return the schema of a text of at least ``least`` characters."""
    return {"type": "string", **_described(description), **({"minLength": least} if least else {})}


def day(description: str) -> Json:
    """Return the schema of a day: ``2011-07-14``."""
    return {"type": "string", **_described(description), "format": "date"}


def moment(description: str) -> Json:
    """Return the schema of a moment: ``2011-07-14T06:00:00-04:00``."""
    return {"type": "string", **_described(description), "format": "date-time"}


def address(description: str) -> Json:
    """Return the schema of an absolute address."""
    return {"type": "string", **_described(description), "format": "uri", "pattern": "^https?://"}


def number(description: str, *, least: int = 0) -> Json:
    """Return the schema of a whole number."""
    return {"type": "integer", "minimum": least, **_described(description)}


def listed(items: Json, description: str = "", *, least: int = 0) -> Json:
    """Return the schema of a list of at least ``least`` items."""
    return {
        "type": "array",
        **_described(description),
        "items": items,
        **({"minItems": least} if least else {}),
    }


def defined(name: str) -> Json:
    """Return a reference to a definition of the schema."""
    return {"$ref": f"#/$defs/{name}"}


def or_null(schema: Json, description: str = "") -> Json:
    """Return the schema of what ``schema`` describes, or null."""
    if "$ref" in schema:
        return {**_described(description), "anyOf": [schema, {"type": "null"}]}
    return {**schema, "type": [schema["type"], "null"]}


def _described(description: str) -> Json:
    return {"description": description} if description else {}
