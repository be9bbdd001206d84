"""Write ``api/series.sqlite``: the published series as a database, for Datasette or any SQLite
tool.

It contains only what the site shows, as plain text. VERSION (SQLite's ``user_version``) follows the
compatibility rule of the JSON (:mod:`portraits.output.api`): within one version tables and columns
are added, never renamed or removed. ``docs/series.md`` describes the schema.
"""

from __future__ import annotations

from collections.abc import Iterator

from portraits.model import addresses
from portraits.series.views.accounts import RECOMMENDED
from portraits.site.context import BuildContext
from portraits.site.page import File, PageKind

VERSION = 1
ADDRESS = f"{addresses.API}series.sqlite"
_ID = "CASE {0}.lang WHEN :lang THEN {0}.slug ELSE {0}.slug || '.' || {0}.lang END"
_PORTRAIT, _OTHER = _ID.format("portrait"), _ID.format("other")
_URL = (
    "CASE portrait.lang WHEN :lang THEN :site || :folder || portrait.slug || '/'"
    " ELSE :site || portrait.lang || '/' || :folder || portrait.slug || '/' END"
)
_SHOWN = "portrait.position IS NOT NULL"
_OF_PORTRAIT = f"JOIN portrait USING (source) WHERE {_SHOWN}"
_REFERENCE = "portrait TEXT REFERENCES portrait"

TABLES = {
    "about": (
        "name TEXT PRIMARY KEY, value TEXT",
        "SELECT 'series', :name UNION ALL SELECT 'url', :site UNION ALL SELECT 'language', :lang"
        " UNION ALL SELECT 'license', :license UNION ALL SELECT 'license_url', :license_url",
    ),
    "portrait": (
        "id TEXT PRIMARY KEY, language TEXT, url TEXT, name TEXT, title TEXT, role TEXT,"
        " organization TEXT, date TEXT, modified TEXT, summary TEXT, notice TEXT,"
        " introduction TEXT, quote TEXT, words INTEGER, hour TEXT",
        f"SELECT {_PORTRAIT}, portrait.lang, {_URL}, name, title, role, organization, date,"
        " nullif(modified, ''), summary, notice_text, introduction_text, nullif(quote, ''), words,"
        " nullif(hour, '')"
        f" FROM portrait JOIN prose USING (source) WHERE {_SHOWN} ORDER BY position",
    ),
    "question": (
        "id TEXT PRIMARY KEY, wording TEXT, portraits INTEGER",
        "SELECT topic.topic, (SELECT text FROM topic_wording WHERE topic_wording.topic=topic.topic"
        " ORDER BY topic_wording.lang<>:lang, number LIMIT 1), portraits"
        " FROM topic JOIN topic_count USING (topic) WHERE portraits>0 ORDER BY topic.topic",
    ),
    "answer": (
        f"{_REFERENCE}, number INTEGER, follow_up INTEGER, question TEXT, url TEXT, wording TEXT,"
        " answer TEXT, words INTEGER, PRIMARY KEY (portrait, number, follow_up)",
        f"SELECT {_PORTRAIT}, question.number, question.follow_up, nullif(question.question, ''),"
        f" {_URL} || '#' || question.fragment, question.wording_text, answer.text,"
        " nullif(answer.words, -1) FROM portrait JOIN question ON question.source=portrait.source"
        " JOIN answer ON answer.place=portrait.source || '#' || question.number"
        f" AND answer.follow_up=question.follow_up WHERE {_SHOWN}"
        " ORDER BY portrait.position, question.number, question.follow_up",
    ),
    "account": (
        "id TEXT PRIMARY KEY, network TEXT, handle TEXT, url TEXT, label TEXT, recommended_by"
        " INTEGER",
        "SELECT account.account, network, nullif(handle, ''), url, label, people FROM account"
        f" JOIN {RECOMMENDED} USING (account) ORDER BY account.account",
    ),
    "recommendation": (
        f"{_REFERENCE}, number INTEGER, account TEXT REFERENCES account, label TEXT, reason TEXT,"
        " PRIMARY KEY (portrait, number)",
        f"SELECT {_PORTRAIT}, number, account, label, reason_text FROM recommendation"
        f" {_OF_PORTRAIT} ORDER BY portrait.position, number",
    ),
    "presence": (
        f"{_REFERENCE}, number INTEGER, network TEXT, account TEXT, label TEXT, url TEXT,"
        " PRIMARY KEY (portrait, number)",
        f"SELECT {_PORTRAIT}, number, presence, nullif(account, ''), nullif(label, ''),"
        f" nullif(url, '') FROM presence {_OF_PORTRAIT} ORDER BY portrait.position, number",
    ),
    "reading": (
        f"{_REFERENCE}, number INTEGER, title TEXT, url TEXT, note TEXT,"
        " PRIMARY KEY (portrait, number)",
        f"SELECT {_PORTRAIT}, number, reading.title, nullif(url, ''), note_text FROM reading"
        f" {_OF_PORTRAIT} ORDER BY portrait.position, number",
    ),
    "correction": (
        f"{_REFERENCE}, number INTEGER, date TEXT, text TEXT, PRIMARY KEY (portrait, number)",
        f"SELECT {_PORTRAIT}, number, correction.date, text FROM correction {_OF_PORTRAIT}"
        " ORDER BY portrait.position, number",
    ),
    "tag": (
        f"{_REFERENCE}, label TEXT, PRIMARY KEY (portrait, label)",
        f"SELECT {_PORTRAIT}, label FROM term {_OF_PORTRAIT} AND term GLOB 'tag/*'"
        " ORDER BY portrait.position, number",
    ),
    "related": (
        f"{_REFERENCE}, rank INTEGER, other TEXT REFERENCES portrait, reason TEXT, value TEXT,"
        " PRIMARY KEY (portrait, rank)",
        f"SELECT {_PORTRAIT}, rank, {_OTHER}, kind, value FROM related"
        " JOIN portrait ON portrait.source=related.source"
        " JOIN portrait AS other ON other.source=related.other"
        f" WHERE {_SHOWN} ORDER BY portrait.position, rank",
    ),
}
"""Name of each table -> its columns, and the ``SELECT`` that fills it."""


def _once(context: BuildContext) -> tuple[str, ...]:
    return ("",) if context.settings.database and not context.drafts else ()


def _make(context: BuildContext, key: str) -> Iterator[File]:
    settings = context.settings
    values = {
        "lang": settings.lang,
        "site": settings.absolute(""),
        "folder": addresses.PORTRAITS,
        "name": settings.site_name,
        "license": settings.license,
        "license_url": settings.license_url,
    }
    yield File(ADDRESS, context.series.exported(TABLES, values, VERSION), checked=True)


KIND = PageKind("series.sqlite", _once, _make)
