"""Every code by which a problem is known stands in a test, so that none can be lost or renamed
unnoticed."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def trees(folder: Path) -> Iterator[ast.Module]:
    for path in sorted(folder.rglob("*.py")):
        yield ast.parse(path.read_text(encoding="utf-8"))


def takers(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """The functions and classes that are given a ``code``, and at which place."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield from places_of(node.name, [one.arg for one in node.args.args])
        elif isinstance(node, ast.ClassDef):
            yield from places_of(
                node.name,
                [
                    one.target.id
                    for one in node.body
                    if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
                ],
            )
            for function in node.body:
                if isinstance(function, ast.FunctionDef) and function.name == "__init__":
                    yield from places_of(node.name, [one.arg for one in function.args.args])


def places_of(name: str, given: list[str]) -> Iterator[tuple[str, int]]:
    given = [one for one in given if one != "self"]
    if "code" in given:
        yield name, given.index("code")


def strings(node: ast.AST) -> Iterator[str]:
    """The strings that an expression may be, whichever way it chooses."""
    if isinstance(node, ast.IfExp):
        yield from strings(node.body)
        yield from strings(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def codes() -> set[str]:
    """The codes that the package gives to its problems."""
    package = list(trees(ROOT / "plugins" / "portraits"))
    places: defaultdict[str, set[int]] = defaultdict(set)
    for tree in package:
        for name, place in takers(tree):
            places[name].add(place)
    found = set()
    for call in (node for tree in package for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = (
            call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        )
        given = [call.args[place] for place in places[name] if place < len(call.args)]
        given += [word.value for word in call.keywords if word.arg == "code" and name in places]
        found |= {text for one in given for text in strings(one) if CODE.fullmatch(text)}
    return found


def words_of_tests() -> set[str]:
    """The words in the strings of tests, and in the files of cases."""
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "cases").rglob("*.txt")]
    texts += [
        node.value
        for tree in trees(ROOT / "tests")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return {word for text in texts for word in re.findall(r"[\w-]+", text)}


def test_every_problem_code_stands_in_a_test() -> None:
    found = codes()
    assert len(found) > 100, "the codes are looked for in the wrong place"
    assert sorted(found - words_of_tests()) == []
