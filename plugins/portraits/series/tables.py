"""The schema of the series: one class a table, one field a column.

The first column of a table names the *owner* of a row: the file or the node whose rows are
replaced together. ``KEYS`` are the columns by which a table is asked. Where a table has a
``position``, its rows stand in the order of the series:

    position = day "/" slug "/" language "/" source      ascending: newest first, ties by slug
    day      = seven digits, the less the newer          (:func:`day_of`)

A row without a position belongs to a portrait that the site does not show: a draft, a date to
come. Checks see such rows; pages never do. ``person`` is 1 in the rows of the portrait that
stands for a person among its translations.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple, get_type_hints

VERSION = 1
"""Version of this schema. A database of another version is made anew."""
_LAST_DAY = 9_999_999


def position_of(date: dt.date, slug: str, lang: str, source: str) -> str:
    """Where a portrait stands in the order of the series."""
    return f"{_LAST_DAY - date.toordinal():07}/{slug}/{lang}/{source}"


def day_of(position: str) -> int:
    """The day of a position as a number: the less, the newer."""
    return int(position[:7])


# -- what portraits say


class PortraitRow(NamedTuple):
    """What lists, cards and feeds show of a portrait."""

    source: str
    position: str | None
    person: int
    lang: str
    slug: str
    translation: str
    status: str
    draft: int
    """Shown in a preview only."""
    date: str
    modified: str
    name: str
    title: str
    role: str
    organization: str
    tags: str
    """JSON list."""
    interviewers: str
    """JSON list."""
    collection: str
    summary: str
    photo: str
    """Path of the source picture from the content folder."""
    alt: str
    credit: str
    focus_x: float
    focus_y: float
    quote: str


class ProseRow(NamedTuple):
    """What stands around the questions, and the lines of the front matter's keys."""

    source: str
    notice_html: str
    notice_text: str
    introduction_html: str
    introduction_text: str
    footnotes: str
    quote_question: str
    words: int
    lines: str
    """JSON object: the lines of front matter keys, links (``link 0``) and pictures (``image 0``).
    Nothing else knows its line, so that a line more above it is no change."""
    fragments: str
    """JSON list of the ids that a link may point to."""


class SectionRow(NamedTuple):
    """A list at the end of a portrait: ``ff`` or ``reading``."""

    source: str
    kind: str
    fragment: str
    wording_html: str
    wording_text: str
    before_html: str
    before_text: str
    after_html: str
    after_text: str
    questionnaire: str


class QuestionRow(NamedTuple):
    """A question as it was asked."""

    source: str
    position: str | None
    person: int
    lang: str
    number: int
    """Place of the question in the portrait, from 0."""
    follow_up: int
    """0 for the question itself, else the place of the follow-up."""
    question: str
    """The questionnaire's id, else the fragment; empty for a follow-up."""
    fragment: str
    questionnaire: str
    wording_html: str
    wording_text: str


class AnswerRow(NamedTuple):
    """The answer to a question."""

    source: str
    place: str
    """``source#number``."""
    person: int
    number: int
    follow_up: int
    html: str
    text: str
    words: int
    """With those of the follow-ups; -1 for a follow-up."""


class RecommendationRow(NamedTuple):
    """An entry of a #FF list."""

    source: str
    position: str | None
    person: int
    lang: str
    number: int
    account: str
    network: str
    handle: str
    url: str
    label: str
    name: str
    """What the directory files the account under."""
    reason_html: str
    reason_text: str


class ReadingRow(NamedTuple):
    """A title of a reading list."""

    source: str
    number: int
    title: str
    url: str
    note_html: str
    note_text: str


class PresenceRow(NamedTuple):
    """An account of the person, or a note in its place."""

    source: str
    position: str | None
    person: int
    number: int
    presence: str
    """The network that the front matter names."""
    account: str
    """Empty for a note."""
    network: str
    handle: str
    url: str
    label: str
    note: str


class ManagedRow(NamedTuple):
    """An account that the person runs for somebody else."""

    source: str
    position: str | None
    person: int
    number: int
    account: str
    network: str
    handle: str
    url: str
    label: str
    words: str


class TermRow(NamedTuple):
    """A tag, the organisation, the year or a theme of the questions answered."""

    source: str
    position: str | None
    person: int
    lang: str
    number: int
    term: str
    """``tag/musique``: kind and slug."""
    label: str


class AliasRow(NamedTuple):
    """A former address of a page."""

    source: str
    position: str | None
    number: int
    address: str


class LinkRow(NamedTuple):
    """A link from a portrait to another file of the content folder."""

    source: str
    position: str | None
    number: int
    target: str
    fragment: str


class ImageRow(NamedTuple):
    """A picture that a portrait shows; number -1 is the photo."""

    source: str
    position: str | None
    number: int
    file: str
    alt: str
    title: str


class ExternalLinkRow(NamedTuple):
    """An address on the web that a portrait names, and its archived copy."""

    source: str
    url: str
    line: int
    archived: str


class VocabularyRow(NamedTuple):
    """The words of a portrait, for the search index."""

    source: str
    position: str | None
    shard: int
    """A hash of language and slug, 16 bits."""
    lang: str
    slug: str
    words: bytes


# -- what else pages show


class QuestionnaireRow(NamedTuple):
    """A question of the series."""

    id: str
    number: int
    wordings: str
    """JSON object: language -> wording, in the file's order."""
    tags: str
    """JSON list."""


class EditorPageRow(NamedTuple):
    """A page of the editor's own, as Pelican read it."""

    source: str
    slug: str
    title: str
    lang: str
    html: str


class PhotoRow(NamedTuple):
    """A source picture that can be shown."""

    file: str
    digest: str
    width: int
    height: int
    media_type: str
    accent: str
    """JSON list of the accent's values, or empty."""


class InputRow(NamedTuple):
    """Something else that pages depend on: a template, the settings, a file of another plugin."""

    name: str
    digest: bytes


# -- views


class AccountRow(NamedTuple):
    """A recommended account, spelt as most spell it."""

    account: str
    network: str
    handle: str
    url: str
    label: str
    portrait: str
    """Source of the portrait of the person whose own account it is; empty for nobody's."""
    managed: int
    page: str
    """The page of the directory on which it stands; empty for the first."""


class RecommendedRow(NamedTuple):
    """How many people recommend an account."""

    account: str
    people: int


class TermLabelRow(NamedTuple):
    """A tag, organisation or year under the spelling that most use."""

    term: str
    kind: str
    slug: str
    label: str
    listed: int
    """1 where a person has it, 0 where translations alone do."""


class TermCountRow(NamedTuple):
    """How many people have a term."""

    term: str
    kind: str
    people: int


class LeadingRow(NamedTuple):
    """One of the terms of a kind that most people have, in alphabetical order."""

    kind: str
    number: int
    term: str
    label: str
    spare: int
    """1 for the last of them: shown where another one is left out."""


class TopicRow(NamedTuple):
    """A question of the series, from the questionnaire or asked to several people."""

    topic: str
    number: int
    """Place in the questionnaire; -1 for one that it does not have."""
    page: int
    """1 where it has a page."""
    tags: str
    """JSON list."""


class TopicWordingRow(NamedTuple):
    """What a question is called in a language."""

    topic: str
    number: int
    lang: str
    text: str


class TopicOrderRow(NamedTuple):
    """The questions before and after one, of those that have a page."""

    node: str
    topic: str
    before: str
    """Empty for the first."""
    after: str


class TopicCountRow(NamedTuple):
    """How many people answered a question."""

    topic: str
    portraits: int
    answers: int


class VariantRow(NamedTuple):
    """A wording under which a question was asked."""

    topic: str
    number: int
    text: str
    lang: str
    times: int


class SliceRow(NamedTuple):
    """One page of a long list: the portraits from ``first`` to ``last``."""

    list: str
    page: str
    """``list#number``."""
    number: int
    """0 for the newest page."""
    first: str
    last: str
    total: int
    """On the newest page, how many there are in the list; else 0."""
    pages: int
    """On the newest page, how many pages there are; else 0."""
    newer: int
    """Number of the page with newer portraits; -1 for none."""
    older: int


class RelatedRow(NamedTuple):
    """A portrait that goes with another one, and what ties them most."""

    source: str
    rank: int
    other: str
    kind: str
    value: str
    by: str


class PopularityRow(NamedTuple):
    """What something weighs that many portraits have; 0 where it says nothing."""

    node: str
    feature: str
    weight: int


class DirectoryPageRow(NamedTuple):
    """A page of the directory besides the first."""

    node: str
    page: str


class CrowdedRow(NamedTuple):
    """A beginning of names under which one page of the directory cannot hold all accounts."""

    node: str
    prefix: str


class SegmentRow(NamedTuple):
    """What one shard of the search index has in one bucket."""

    node: str
    bucket: int
    shard: int
    content: bytes


class BucketRow(NamedTuple):
    """A file of the search index and its name, which changes with its content."""

    bucket: int
    name: str


class FragmentRow(NamedTuple):
    """The interview itself, as its page and the feeds publish it."""

    source: str
    html: str


class FeedEntryRow(NamedTuple):
    """A portrait or an answer as feeds in a language carry it, in every format."""

    entry: str
    """``language|source|number``; number -1 for the whole portrait."""
    atom: bytes
    rss: bytes
    json: bytes
    well_formed: int


class FileRow(NamedTuple):
    """A file of the site."""

    node: int
    path: str
    stored: str
    """The path as file systems see it that ignore case (:mod:`portraits.checks.output_paths`)."""
    size: int
    mtime: int
    sitemap: str
    """What the site map says of it; empty for a file that it does not name."""
    modified: str


KEYS: dict[type, tuple[str, ...]] = {
    PortraitRow: ("source", "lang", "translation"),
    ProseRow: ("source",), SectionRow: ("source",),
    QuestionRow: ("source", "question"), AnswerRow: ("source", "place"),
    RecommendationRow: ("source", "account"), ReadingRow: ("source",),
    PresenceRow: ("source", "account"), ManagedRow: ("source", "account"),
    TermRow: ("source", "term"), AliasRow: ("source",), LinkRow: ("source", "target"),
    ImageRow: ("source", "file"), ExternalLinkRow: ("source",), VocabularyRow: ("source", "shard"),
    QuestionnaireRow: ("id",), EditorPageRow: ("source",), PhotoRow: ("file",),
    InputRow: ("name",),
    AccountRow: ("account", "page"), RecommendedRow: ("account",),
    TermLabelRow: ("term", "kind"), TermCountRow: ("term", "kind"),
    LeadingRow: ("kind",), TopicOrderRow: ("topic",),
    TopicRow: ("topic",), TopicWordingRow: ("topic",), TopicCountRow: ("topic",),
    VariantRow: ("topic",), SliceRow: ("page",), RelatedRow: ("source",),
    PopularityRow: ("feature",), CrowdedRow: ("prefix",), DirectoryPageRow: ("page",),
    SegmentRow: ("bucket",), BucketRow: ("bucket",),
    FragmentRow: ("source",), FeedEntryRow: ("entry",), FileRow: ("path", "stored"),
}
"""Table -> the columns by which it is asked."""

_NAMES: dict[Any, str] = {}
OF_PORTRAITS: tuple[type, ...] = (
    PortraitRow, ProseRow, SectionRow, QuestionRow, AnswerRow, RecommendationRow, ReadingRow,
    PresenceRow, ManagedRow, TermRow, AliasRow, LinkRow, ImageRow, ExternalLinkRow, VocabularyRow)
"""The tables that a portrait's file fills."""

def bound_of(table: type, row: Any) -> int | None:
    """The number between whose bounds a row is looked for: its day, or its shard. None for a row
    of a portrait that the site does not show."""
    if not hasattr(row, "position"):
        row = table(*row)
    if not hasattr(row, "position"):
        return 0
    if row.position is None:
        return None
    return row.shard if table is VocabularyRow else day_of(row.position)


_TYPES: dict[Any, str] = {int: "INTEGER", float: "REAL", bytes: "BLOB"}


def name_of(table: Any) -> str:
    """``PortraitRow`` -> ``portrait``, ``TermLabelRow`` -> ``term_label``."""
    return _NAMES[table]


def _named(table: type) -> str:
    stem = table.__name__.removesuffix("Row")
    return "".join(f"_{c.lower()}" if c.isupper() and n else c.lower() for n, c in enumerate(stem))


def fields_of(table: Any) -> tuple[str, ...]:
    """The columns of a table; the first names the owner of a row."""
    fields: tuple[str, ...] = table._fields
    return fields


_MORE_INDEXES = (
    "CREATE INDEX answer_words ON answer (person, words)",
    "CREATE INDEX question_places ON question (question, person, position, number, source)",
    "CREATE INDEX question_words ON question (question, person, wording_text, lang, position)",
)
"""For counting over everything, or over everybody who was asked one question."""


def statements() -> list[str]:
    """The statements that make all tables and their indexes."""
    made = []
    for table, keys in KEYS.items():
        name, fields, types = name_of(table), fields_of(table), get_type_hints(table)
        columns = ", ".join(f'"{field}" {_TYPES.get(types[field], "TEXT")}' for field in fields)
        made.append(f"CREATE TABLE {name} ({columns})")
        order = ', "position"' if "position" in fields else ""
        for column in dict.fromkeys((fields[0], *keys)):
            made.append(f'CREATE INDEX {name}_{column} ON {name} ("{column}"{order})')
        if order:
            made.append(f'CREATE INDEX {name}_position ON {name} ("position")')
    return [*made, *_MORE_INDEXES]


_NAMES.update((table, _named(table)) for table in KEYS)
