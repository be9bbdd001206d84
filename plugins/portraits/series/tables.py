"""Define the schema of the series: one class per table, one field per column.

The first column of a table names the *owner* of a row: the file or the node whose rows are replaced
together. ``KEYS`` lists the columns by which a table is queried. If a table has a ``position``, its
rows are in the order of the series:

    position = day "/" minute "/" slug "/" language "/" source
    day      = seven digits, smaller is newer            (:func:`day_of`)
    minute   = four digits, smaller is later in the day

Positions ascend from the newest; ties go by slug. A row without one belongs to a portrait that
the site does not show: a draft or a future date. Checks see such rows; pages never do. ``person``
is 1 in the rows of the one translation that counts for the person.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple, get_type_hints

VERSION = 5
"""Version of this schema. A database of another version is created again."""
_LAST_DAY = 9_999_999
_LAST_MINUTE = 24 * 60 - 1


def position_of(
    date: dt.date, slug: str, lang: str, source: str, hour: dt.datetime | None = None
) -> str:
    """Return the sort key of a portrait in the series: see the module's grammar."""
    minute = hour.hour * 60 + hour.minute if hour else 0
    day, time = _LAST_DAY - date.toordinal(), _LAST_MINUTE - minute
    return f"{day:07}/{time:04}/{slug}/{lang}/{source}"


def day_of(position: str) -> int:
    """Return the day of a position as a number; smaller is newer."""
    return int(position[:7])


def due_at(date: str, hour: str) -> str:
    """Return what the clocks of the series show when a portrait is due, as :data:`DUE` does."""
    return max(date, hour[:16])


def shown_by(now: dt.datetime) -> str:
    """Return what clocks show, to compare with :func:`due`: ``2011-07-14T06:00``."""
    return now.replace(tzinfo=None).isoformat(timespec="minutes")


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
    """1 if only a preview shows it."""
    date: str
    hour: str
    """The minute from which it is public, with its offset: ``2011-07-14T06:00-04:00``; empty for
    the beginning of the day."""
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
    """Path of the source picture, relative to the content folder."""
    alt: str
    credit: str
    focus_x: float
    focus_y: float
    quote: str
    sort_name: str = ""
    """The name as lists of people sort it, if the portrait says it."""


class ProseRow(NamedTuple):
    """The texts around the questions, and the line numbers of the front matter's keys."""

    source: str
    notice_html: str
    notice_text: str
    introduction_html: str
    introduction_text: str
    footnotes: str
    quote_question: str
    words: int
    further: str
    """JSON object: front matter keys that have no column, and their values."""
    lines: str
    """JSON object: line numbers of front matter keys, links (``link 0``) and pictures (``image
    0``). They are kept in this column alone, so that a line inserted above changes no other row."""
    fragments: str
    """JSON list of the ids that links may point to."""


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
    """Index of the question in the portrait, from 0."""
    follow_up: int
    """0 for the question itself, else the number of the follow-up, from 1."""
    question: str
    """The questionnaire's id, or else the fragment; empty for a follow-up."""
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
    """Number of words, including those of the follow-ups; -1 for a follow-up."""


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
    """Sort key of the account in the directory."""
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
    """An account of the person, or a note instead of one."""

    source: str
    position: str | None
    person: int
    number: int
    presence: str
    """The network named in the front matter."""
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
    """A tag, the organisation, the year or a theme of the answered questions."""

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
    """A picture or a sound that a portrait shows; number -1 is the photo."""

    source: str
    position: str | None
    number: int
    file: str
    alt: str
    title: str
    credit: str
    """Empty for the photo, whose credit stands with the portrait."""


class CorrectionRow(NamedTuple):
    """What was corrected after publication; the newest is number 0."""

    source: str
    number: int
    date: str
    text: str


class ExternalLinkRow(NamedTuple):
    """A web address that a portrait names, and its archived copy."""

    source: str
    url: str
    line: int
    archived: str


class ConsentRow(NamedTuple):
    """What the person agreed to, if the file says it. No page shows it."""

    source: str
    text: str
    """Day of the agreement, or empty; so are the next two."""
    photo: str
    date: str
    fingerprint: str
    current: int
    """1 if the text is the one that was agreed to."""


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


class PersonRow(NamedTuple):
    """Somebody whose accounts the editor wrote down in ``people.yml``."""

    person: str
    name: str
    portrait: str
    """Source of the portrait that the editor names; empty if none."""
    line: int


class HeldAccountRow(NamedTuple):
    """An account of such a person, and the years between which they held it."""

    person: str
    number: int
    account: str
    network: str
    handle: str
    url: str
    label: str
    since: str
    """Year, or empty."""
    until: str
    """Year in which it was given up; empty for a living account."""
    archived: str


class EditorPageRow(NamedTuple):
    """One of the editor's own pages, as Pelican read it; in a blog, any text of the blog."""

    source: str
    address: str
    """Relative to the site's root: ``a-propos/``."""
    title: str
    lang: str
    html: str


class PhotoRow(NamedTuple):
    """A source picture or sound that can be shown; a sound has no size and no accent."""

    file: str
    digest: str
    width: int
    height: int
    media_type: str
    accent: str
    """JSON list of the accent's values, or empty."""
    path: str = ""
    """Path on the disk if it spells ``file`` otherwise: accents as characters of their own."""


class InputRow(NamedTuple):
    """Another dependency of pages: a template, the settings, a file of another plugin."""

    name: str
    digest: bytes


# -- views


class AccountRow(NamedTuple):
    """A recommended account, under its most frequent spelling."""

    account: str
    network: str
    handle: str
    url: str
    label: str
    portrait: str
    """Source of the portrait of the account's owner; empty if there is none."""
    managed: int
    entry: str
    """The directory's entry that it is part of."""


class DirectoryEntryRow(NamedTuple):
    """An entry of the directory: a person with all their accounts, or an account of which nothing
    more is known."""

    entry: str
    """Source of the portrait, ``person/`` and an id of ``people.yml``, or key of the account."""
    name: str
    """The person's name, or the label of the account."""
    sort: str
    portrait: str
    """Source of the portrait; empty if there is none."""


class EntryCountRow(NamedTuple):
    """How many people recommend an entry of the directory."""

    entry: str
    people: int


class EntryPageRow(NamedTuple):
    """The page of the directory that lists an entry."""

    entry: str
    page: str
    """Empty for the first."""


class TermLabelRow(NamedTuple):
    """A tag, organisation or year under its most frequent spelling."""

    term: str
    kind: str
    slug: str
    label: str
    listed: int
    """1 if a person has it, 0 if only other translations do."""


class TermCountRow(NamedTuple):
    """How many people have a term."""

    term: str
    kind: str
    people: int


class LeadingRow(NamedTuple):
    """One of the most frequent terms of a kind, in alphabetical order."""

    kind: str
    number: int
    term: str
    label: str
    spare: int
    """1 for the least frequent: it is shown on the pages of the others, in place of the page's own
    term."""


class TopicRow(NamedTuple):
    """A question of the series, from the questionnaire or asked of several people."""

    topic: str
    number: int
    """Index in the questionnaire; -1 if it is not in the questionnaire."""
    page: int
    """1 if it has a page."""
    about: int
    """Number of answers, rounded down from ten on: portraits print it, and a new answer must not
    make every portrait stale."""
    tags: str
    """JSON list."""


class TopicWordingRow(NamedTuple):
    """The wording of a question in a language."""

    topic: str
    number: int
    lang: str
    text: str


class TopicOrderRow(NamedTuple):
    """The previous and next question, among those that have a page."""

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
    """On the newest page, the length of the list; else 0."""
    pages: int
    """On the newest page, the number of pages; else 0."""
    newer: int
    """Number of the page with newer portraits; -1 if there is none."""
    older: int


class RelatedRow(NamedTuple):
    """A related portrait, and the strongest reason for it."""

    source: str
    rank: int
    other: str
    kind: str
    value: str
    by: str


class PopularityRow(NamedTuple):
    """The weight of something that many portraits share; 0 if it is too common to count."""

    node: str
    feature: str
    weight: int


class DirectoryPageRow(NamedTuple):
    """A page of the directory other than the first."""

    node: str
    page: str


class CrowdedRow(NamedTuple):
    """A prefix shared by the names of more entries than one page of the directory can hold."""

    node: str
    prefix: str


class SegmentRow(NamedTuple):
    """The part of one bucket of the search index that comes from one shard."""

    node: str
    bucket: int
    shard: int
    content: bytes


class SpellingRow(NamedTuple):
    """The terms of one shard that one file of spellings may suggest."""

    node: str
    spelling: int
    """The number of the file."""
    words: str
    """Separated by spaces."""


class BucketRow(NamedTuple):
    """A file of the search index and its name, which changes with its content."""

    bucket: int
    name: str


class FragmentRow(NamedTuple):
    """The interview itself as HTML, as its page and the feeds publish it."""

    source: str
    html: str


class FeedEntryRow(NamedTuple):
    """A portrait or an answer as a feed entry in a language, in every format."""

    entry: str
    """``language|source|number``; number -1 for the whole portrait."""
    forms: bytes
    """The bytes in each format, in the order of :data:`portraits.output.feeds.formats.FORMATS`, as
    ``marshal`` writes a list."""
    well_formed: int


class FileRow(NamedTuple):
    """A file of the site."""

    node: int
    path: str
    stored: str
    """The path as seen by a file system that ignores case
    (:mod:`portraits.checks.output_paths`)."""
    size: int
    mtime: int
    sitemap: str
    """Its entry in the site map; empty for a file that the site map does not list."""
    modified: str


KEYS: dict[type, tuple[str, ...]] = {
    PortraitRow: ("source", "lang", "translation", "slug"),
    ProseRow: ("source",),
    SectionRow: ("source",),
    QuestionRow: ("source", "question"),
    AnswerRow: ("source", "place"),
    RecommendationRow: ("source", "account"),
    ReadingRow: ("source",),
    PresenceRow: ("source", "account"),
    ManagedRow: ("source", "account"),
    TermRow: ("source", "term"),
    AliasRow: ("source",),
    LinkRow: ("source", "target"),
    ImageRow: ("source", "file"),
    CorrectionRow: ("source",),
    ExternalLinkRow: ("source",),
    ConsentRow: ("source",),
    VocabularyRow: ("source", "shard"),
    QuestionnaireRow: ("id",),
    PersonRow: ("person", "portrait"),
    HeldAccountRow: ("person", "account"),
    EditorPageRow: ("source",),
    PhotoRow: ("file",),
    InputRow: ("name",),
    AccountRow: ("account", "entry"),
    DirectoryEntryRow: ("entry",),
    EntryCountRow: ("entry",),
    EntryPageRow: ("entry", "page"),
    TermLabelRow: ("term", "kind"),
    TermCountRow: ("term", "kind"),
    LeadingRow: ("kind",),
    TopicOrderRow: ("topic",),
    TopicRow: ("topic",),
    TopicWordingRow: ("topic",),
    TopicCountRow: ("topic",),
    VariantRow: ("topic",),
    SliceRow: ("page",),
    RelatedRow: ("source",),
    PopularityRow: ("feature",),
    CrowdedRow: ("prefix",),
    DirectoryPageRow: ("page",),
    SegmentRow: ("bucket",),
    SpellingRow: ("spelling",),
    BucketRow: ("bucket",),
    FragmentRow: ("source",),
    FeedEntryRow: ("entry",),
    FileRow: ("path", "stored"),
}
"""Table -> the columns by which it is queried."""

_NAMES: dict[Any, str] = {}
OF_PORTRAITS: tuple[type, ...] = (
    PortraitRow,
    ProseRow,
    SectionRow,
    QuestionRow,
    AnswerRow,
    RecommendationRow,
    ReadingRow,
    PresenceRow,
    ManagedRow,
    TermRow,
    AliasRow,
    LinkRow,
    ImageRow,
    CorrectionRow,
    ExternalLinkRow,
    ConsentRow,
    VocabularyRow,
)
"""The tables that a portrait's file fills."""


def bound_of(table: type, row: Any) -> int | None:
    """Return the number that the bounds of a read are compared with: the row's day, or its shard.

    Return 0 for a table without positions, None for a portrait that the site does not show.
    """
    if not hasattr(row, "position"):
        row = table(*row)
    if not hasattr(row, "position"):
        return 0
    if row.position is None:
        return None
    return row.shard if table is VocabularyRow else day_of(row.position)


_TYPES: dict[Any, str] = {int: "INTEGER", float: "REAL", bytes: "BLOB"}


def name_of(table: Any) -> str:
    """Return the SQL name of a table: ``TermLabelRow`` -> ``term_label``."""
    return _NAMES[table]


def _named(table: type) -> str:
    stem = table.__name__.removesuffix("Row")
    return "".join(f"_{c.lower()}" if c.isupper() and n else c.lower() for n, c in enumerate(stem))


def fields_of(table: Any) -> tuple[str, ...]:
    """Return the columns of a table; the first names the owner of a row."""
    fields: tuple[str, ...] = table._fields
    return fields


DUE = "max(date, substr(hour, 1, 16))"
"""SQL: what the clocks of the series show when a portrait is due, its day if it has no hour. As
text it is not above a moment's, ``2011-07-14T06:00``, from that moment on."""
_MORE_INDEXES = (
    f"CREATE INDEX portrait_due ON portrait (status, {DUE}, position)",
    "CREATE INDEX answer_words ON answer (person, words)",
    "CREATE INDEX question_places ON question (question, person, position, number, source)",
    "CREATE INDEX term_spellings ON term (term, lang, label)",
    "CREATE INDEX question_words ON question (question, person, wording_text, lang, position)",
)
"""Covering indexes for what is due, and for counts over all answers, everybody who was asked a
question, all labels."""


def statements() -> list[str]:
    """Return the SQL statements that create all tables and their indexes."""
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
