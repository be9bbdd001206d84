"""Read the questionnaire of a series, ``content/questionnaire.yml``, and match questions to it.

    questions:
      - id: annee-de-creation
        fr: En quelle année as-tu créé tes comptes?
        en: When did you open your accounts?
        variants: {fr: [ … ], en: [ … ]}
        tags: [parcours]
        section: {fr: Les débuts, en: How it began}

``section`` begins a section, to which the questions below it belong too. A wording belongs to a
question if it equals one of its wordings after :func:`normalised`.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from portraits.model.slugs import id_of as slug_for
from portraits.model.slugs import is_reserved, is_slug
from portraits.reader.escaping import escaped_heading
from portraits.reader.front_matter import yaml_tree
from portraits.support.catalogue import catalogue, interface_language
from portraits.support.languages import LANGUAGES
from portraits.support.limits import normalised_text
from portraits.support.messages import msg
from portraits.support.problems import Problem, ProblemCollector, did_you_mean
from portraits.support.transliteration import unaccented

_NOT_WORD = re.compile(r"(?<!\w)[+#]+|[^\w%+#]+")
"""What separates words. « + » and « # » are part of the word before them: C, C++, C#."""
_NEAR = 0.82
"""Similarity (difflib's ratio) above which a wording counts as a variation of a known one."""


@lru_cache(maxsize=16384)
def normalised(wording: str) -> str:
    """Normalise a wording for comparison: drop case, accents, punctuation and spacing."""
    return _NOT_WORD.sub(" ", unaccented(wording)).strip()


@dataclass(frozen=True, slots=True)
class QuestionnaireEntry:
    """One question of the series, with every known wording."""

    id: str
    wordings: tuple[tuple[str, str], ...]
    """(language, current wording), in the file's order."""
    variants: tuple[tuple[str, str], ...] = ()
    """(language, former or alternative wording)."""
    tags: tuple[str, ...] = ()
    line: int = 0
    section: tuple[tuple[str, str], ...] = ()
    """(language, heading) of the section to which the question belongs; empty if to none."""

    def wording(self, lang: str) -> str:
        """Return the current wording in ``lang``, else in the first language of the file."""
        return dict(self.wordings).get(lang) or self.wordings[0][1]

    def section_heading(self, lang: str) -> str:
        """Return the heading of the section in ``lang``, else in its first language, or nothing."""
        return dict(self.section).get(lang) or (self.section[0][1] if self.section else "")


@dataclass(frozen=True)
class Questionnaire:
    """All questions of the series, in the order in which they are asked."""

    entries: tuple[QuestionnaireEntry, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, QuestionnaireEntry]:
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def by_wording(self) -> Mapping[str, str]:
        """Normalised wording -> id. The first entry wins; clashes are reported on reading."""
        known: dict[str, str] = {}
        for entry in self.entries:
            for _, wording in (*entry.wordings, *entry.variants):
                known.setdefault(normalised(wording), entry.id)
        return known

    @cached_property
    def _by_word(self) -> Mapping[str, tuple[str, ...]]:
        """Word -> the normalised wordings that contain it."""
        known: dict[str, list[str]] = defaultdict(list)
        for wording in self.by_wording:
            for word in sorted(set(wording.split())):
                known[word].append(wording)
        return {word: tuple(wordings) for word, wordings in known.items()}

    def nearest(self, wording: str) -> tuple[str, str] | None:
        """Return (id, current wording) of the question most similar to ``wording``, or None."""
        asked = normalised(wording)
        words = {word for word in asked.split() if len(word) > 2}
        # SequenceMatcher is slow: compare only with the wordings that share most words.
        shared = Counter(known for word in words for known in self._by_word.get(word, ()))
        best, likeness = "", _NEAR
        for known, count in shared.most_common(5):
            if 2 * count < len(words):
                break
            ratio = difflib.SequenceMatcher(None, asked, known, autojunk=False).ratio()
            if ratio > likeness or (ratio == likeness and known < best):
                best, likeness = known, ratio
        if not best:
            return None
        entry = self.by_id[self.by_wording[best]]
        return entry.id, entry.wordings[0][1]

    def id_of(self, wording: str, explicit_id: str = "") -> str:
        """Return the questionnaire's id for a question as asked, or an empty string."""
        if explicit_id in self.by_id:
            return explicit_id
        return self.by_wording.get(normalised(wording), "")


def headings_to_fill(questions: Iterable[tuple[str, str]], lang: str) -> list[str]:
    """Return the headings of a portrait to fill in: those of ``questions``, as (id, wording), then
    those of the lists at its end."""
    words = catalogue(interface_language(lang))
    return [
        *(f"## {escaped_heading(wording)} {{#{id_}}}" for id_, wording in questions),
        f"## {words.text('questionnaire.recommendations')}",
        f"## {words.writing.reading_headings[0]}",
    ]


_KEYS = ("id", *LANGUAGES, "variants", "tags", "section")


class _QuestionnaireReader:
    """Reads one questionnaire file."""

    def __init__(self, report: ProblemCollector) -> None:
        self.report = report
        self.ids: dict[str, int] = {}
        self.asked: dict[str, tuple[str, int]] = {}

    def text(self, node: yaml_tree.Node, what: str) -> str:
        if isinstance(node, yaml_tree.Scalar) and not node.is_null:
            return " ".join(node.text.split())
        self.report.error(
            node.line,
            "wrong-type",
            msg("questionnaire.text_expected", key=what),
            msg("questionnaire.text_expected_hint", key=what),
        )
        return ""

    def texts(self, node: yaml_tree.Node, what: str) -> list[tuple[str, int]]:
        """Return (text, line) for each text of a list, or for a single text."""
        nodes = node.nodes if isinstance(node, yaml_tree.Sequence) else (node,)
        return [(text, one.line) for one in nodes if (text := self.text(one, what))]

    def wording(self, text: str, entry: str, line: int) -> None:
        """Record a wording; report one used twice, which would be ambiguous."""
        known = self.asked.setdefault(normalised(text), (entry, line))
        if known[0] != entry:
            self.report.error(
                line,
                "clashing-wording",
                msg("questionnaire.clashing_wording", wording=text, id=known[0], line=known[1]),
                msg("questionnaire.clashing_wording_hint"),
                entry,
            )
        elif known[1] != line:
            self.report.warn(
                line,
                "repeated-wording",
                msg("questionnaire.repeated_wording", wording=text, line=known[1]),
                msg("questionnaire.repeated_wording_hint"),
                entry,
            )

    def entry(self, node: yaml_tree.Node) -> QuestionnaireEntry | None:
        if not isinstance(node, yaml_tree.Mapping):
            self.report.error(
                node.line,
                "wrong-type",
                msg("questionnaire.no_keys"),
                msg("questionnaire.no_keys_hint"),
            )
            return None
        before = len(self.report.problems)
        for key, _ in node.entries:
            if key.text not in _KEYS:
                self.report.error(
                    key.line,
                    "unknown-key",
                    msg("questionnaire.unknown_key", key=key.text),
                    did_you_mean(key.text, _KEYS)
                    or msg("questionnaire.known_keys_hint", keys=", ".join(_KEYS)),
                    key.text,
                )
        # A key that is misspelt is not missing as well: one mistake, one message.
        name = self.name(node, sound=len(self.report.problems) == before)
        wordings = tuple(
            (key.text, text)
            for key, value in node.entries
            if key.text in LANGUAGES and (text := self.text(value, key.text))
        )
        if not wordings and len(self.report.problems) == before:
            self.report.error(
                node.line,
                "no-wording",
                msg("questionnaire.not_worded", id=name),
                msg("questionnaire.not_worded_hint"),
            )
        for key, value in node.entries:
            if key.text in LANGUAGES and isinstance(value, yaml_tree.Scalar):
                self.wording(value.text, name, value.line)
        tags = node.get("tags")
        return QuestionnaireEntry(
            name,
            wordings,
            self.variants(node, name),
            tuple(text for text, _ in self.texts(tags, "tags")) if tags else (),
            node.line,
            self.section(node),
        )

    def name(self, node: yaml_tree.Mapping, *, sound: bool) -> str:
        """Return the id of an entry; report a bad one, and a missing one if the keys are sound."""
        given = node.get("id")
        name = self.text(given, "id") if given else ""
        if not given:
            if sound:
                self.report.error(
                    node.line,
                    "missing-key",
                    msg("questionnaire.no_id"),
                    msg("questionnaire.no_id_hint"),
                    "id",
                )
        elif name and not is_slug(name):
            self.report.error(
                given.line,
                "bad-id",
                msg("questionnaire.bad_id", id=name),
                msg("questionnaire.bad_id_hint", better=slug_for(name)),
                "id",
            )
        elif name and is_reserved(name):
            self.report.error(
                given.line,
                "reserved-id",
                msg("questionnaire.reserved_id", id=name),
                msg("questionnaire.reserved_id_hint", id=name),
                "id",
            )
        elif name in self.ids:
            self.report.error(
                given.line,
                "duplicate-id",
                msg("questionnaire.duplicate_id", id=name, line=self.ids[name]),
                msg("questionnaire.duplicate_id_hint"),
                "id",
            )
        else:
            self.ids[name] = given.line
        return name

    def by_language(
        self, node: yaml_tree.Mapping, key: str, hint: str
    ) -> list[tuple[str, yaml_tree.Node]]:
        """Return (language, value) for each language under ``key``; report what is none.

        ``hint`` is the key of the message that shows what to write.
        """
        given = node.get(key)
        if given is None:
            return []
        if not isinstance(given, yaml_tree.Mapping):
            self.report.error(
                given.line,
                "wrong-type",
                msg("questionnaire.languages_expected", key=key),
                msg(hint),
                key,
            )
            return []
        known = []
        for lang, value in given.entries:
            if lang.text in LANGUAGES:
                known.append((lang.text, value))
                continue
            self.report.error(
                lang.line,
                "bad-lang",
                msg("questionnaire.unknown_language", lang=lang.text),
                msg("questionnaire.languages_hint", languages=", ".join(LANGUAGES)),
                key,
            )
        return known

    def section(self, node: yaml_tree.Mapping) -> tuple[tuple[str, str], ...]:
        """Return (language, heading) of the section that begins at an entry."""
        return tuple(
            (lang, text)
            for lang, value in self.by_language(node, "section", "questionnaire.section_hint")
            if (text := self.text(value, lang))
        )

    def variants(self, node: yaml_tree.Mapping, name: str) -> tuple[tuple[str, str], ...]:
        variants = []
        for lang, value in self.by_language(node, "variants", "questionnaire.variants_hint"):
            for text, line in self.texts(value, lang):
                self.wording(text, name, line)
                variants.append((lang, text))
        return tuple(variants)


def _in_sections(entries: list[QuestionnaireEntry]) -> tuple[QuestionnaireEntry, ...]:
    """Put each entry that begins no section into that of the entry above it."""
    section: tuple[tuple[str, str], ...] = ()
    placed = []
    for entry in entries:
        section = entry.section or section
        placed.append(replace(entry, section=section))
    return tuple(placed)


def read_questionnaire(path_label: str, data: bytes) -> tuple[Questionnaire, tuple[Problem, ...]]:
    """Read the questionnaire in ``data`` (UTF-8 YAML); return it with its problems.

    ``path_label`` is the file's path in problems. With errors, the questionnaire is partial.
    """
    report = ProblemCollector(path_label)
    text = normalised_text(data, report)
    if text is None:
        return Questionnaire(), report.problems
    root = yaml_tree.read_yaml(unicodedata.normalize("NFC", text), report)
    if root is None:  # empty, which is valid, or unreadable, which is reported
        return Questionnaire(), report.problems
    listing = root.get("questions") if isinstance(root, yaml_tree.Mapping) else None
    if not isinstance(listing, yaml_tree.Sequence):
        if not report.has_errors:
            report.error(
                1,
                "no-questions",
                msg("questionnaire.no_questions"),
                msg("questionnaire.no_questions_hint"),
            )
        return Questionnaire(), report.problems
    if isinstance(root, yaml_tree.Mapping):
        for key, _ in root.entries:
            if key.text != "questions":
                report.error(
                    key.line,
                    "unknown-key",
                    msg("questionnaire.unknown_key", key=key.text),
                    did_you_mean(key.text, ["questions"]) or msg("questionnaire.only_key_hint"),
                )
    reading = _QuestionnaireReader(report)
    entries = [entry for node in listing.nodes if (entry := reading.entry(node))]
    return Questionnaire(_in_sections(entries)), report.problems
