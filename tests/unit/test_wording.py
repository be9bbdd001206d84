"""Messages speak to the editor as *vous*."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from portraits.support.messages import messages_of, rooms

PACKAGE = Path(__file__).parents[2] / "plugins" / "portraits"
_POLITE = re.compile(r"\b(\w{3,})ez\b")
_ORDER = re.compile(r"(?:^|\bet |\bou |, )(\w+)(?=[ -])")
_IRREGULAR = frozenset({"dis", "écris", "fais", "lis", "mets", "ouvre", "prends", "viens"})
"""Imperatives that are not the polite form without its ending."""
_FAMILIAR = re.compile(r"\b(?:tu|toi)\b|(?<!-)\b(?:ton|ta|tes)\b", re.IGNORECASE)
_OTHERS = {
    "importer/people/names.py",
    "importer/questions/asking.py",
    "importer/questions/courtesies.py",
    "importer/questions/languages.py",
    "importer/questions/matching.py",
    "series/search/words.py",
    "typography/inversion.py",
}
"""Modules that know the words of interviews, which say *tu*."""
_QUOTED = re.compile(r"«[^»]*»")


def texts() -> Iterator[tuple[str, str]]:
    """The French messages, and the strings of the package that are not docstrings, after the room
    or the module of each."""
    for room in rooms("fr"):
        for message in messages_of("fr", room).values():
            for text in [message] if isinstance(message, str) else message.values():
                yield room, _QUOTED.sub("« »", text)
    for path in sorted(PACKAGE.rglob("*.py")):
        module = path.relative_to(PACKAGE).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        explained = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
        for node in ast.walk(tree):
            said = isinstance(node, ast.Constant) and id(node) not in explained
            if said and isinstance(node.value, str) and module not in _OTHERS:
                yield module, _QUOTED.sub("« »", node.value)


def familiar(text: str, stems: set[str]) -> bool:
    """Whether ``text`` says *tu*, or has an imperative for somebody called *tu*."""
    orders = _ORDER.findall(text)
    imperative = any(word in _IRREGULAR or re.sub(r"e?$", "", word) in stems for word in orders)
    return imperative or _FAMILIAR.search(text) is not None


def test_no_message_says_tu() -> None:
    found = list(texts())
    stems = {stem.lower() for _, text in found for stem in _POLITE.findall(text)}
    assert {"vérifi", "réduis", "renomm"} <= stems, "the messages are looked for in the wrong place"
    assert [one for one in found if " " in one[1] and familiar(one[1], stems)] == []


@pytest.mark.parametrize(
    "text",
    ["renomme le fichier", "réduis-la", "mets-la", "corrigez et renomme-le", "vérifie ton texte"],
)
def test_a_message_that_says_tu_is_noticed(text: str) -> None:
    assert familiar(text, {"renomm", "réduis", "vérifi"})
