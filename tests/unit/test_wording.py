"""Messages speak to the editor as *vous*, and stand in the files of messages."""

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


_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_FRENCH = re.compile(
    r"[«»]|\b(?:le|la|les|un|une|des|du|est|pas|dans|sur|avec|pour|vous|que|qui|ce|cette)\b"
)
_ENGLISH = re.compile(r"\b(?:the|is|are|not|with|this|that|was|for)\b")
_SQL = re.compile(r"\b(?:SELECT|INSERT|UPDATE|DELETE|CREATE|FROM|WHERE|PRAGMA)\b")
_NO_MESSAGES = (
    # the words of languages, to recognise texts by
    "importer/mail/surroundings.py",
    "importer/people/",
    "importer/questions/",
    "importer/sections.py",
    "reader/front_matter/schema.py",  # and examples of front matter
    "series/search/words.py",
    "typography/",
    # what programs of others say, to recognise it by
    "publish/git_branch.py",
    "publish/rsync.py",
    "reader/front_matter/yaml_tree.py",
    # the published description of the JSON, in English for all
    "output/api.py",
    # the comments in the files of web servers
    "output/hosting/",
    # why a file of messages is refused, before any language can be spoken
    "support/messages.py",
)
"""Modules, or packages, with sentences that the editor is never told."""


def sentences_in_code() -> Iterator[tuple[str, int, str]]:
    """The strings of the package that are a sentence of French or English, but for docstrings,
    reasons of assertions and messages of exceptions that only a mistake of ours raises."""
    for path in sorted(PACKAGE.rglob("*.py")):
        module = path.relative_to(PACKAGE).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        apart = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
        for one in ast.walk(tree):
            if isinstance(one, ast.Assert) and one.msg:
                apart |= {id(part) for part in ast.walk(one.msg)}
            if isinstance(one, ast.Raise) and isinstance(one.exc, ast.Call):
                raised = getattr(one.exc.func, "id", "")
                if raised in {"ValueError", "TypeError", "AssertionError", "LookupError"}:
                    apart |= {id(part) for part in ast.walk(one.exc)}
        for one in ast.walk(tree):
            if not isinstance(one, ast.Constant) or not isinstance(one.value, str):
                continue
            text = one.value
            sentence = len(_WORD.findall(text)) >= 3 and " " in text.strip()
            spoken = _FRENCH.search(text) or _ENGLISH.search(text)
            if sentence and spoken and not _SQL.search(text) and id(one) not in apart:
                yield module, one.lineno, text


def test_what_the_editor_is_told_stands_in_the_files_of_messages() -> None:
    found = list(sentences_in_code())
    assert any(module == "publish/rsync.py" for module, _, _ in found), "nothing was read"
    assert [one for one in found if not one[0].startswith(_NO_MESSAGES)] == []
