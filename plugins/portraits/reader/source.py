"""Parse one file into one portrait: front matter, body, and checks that need both.

    file = [BOM] "---" NEWLINE front matter "---" NEWLINE body

Parsing is pure: the same path, bytes, settings and questionnaire give the same portrait or the
same problems, on every machine and every day, so the result may be cached by content hash.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from dataclasses import dataclass, replace

from portraits.model.portrait import Correction, Photo, Portrait, Status
from portraits.model.review_comments import pending
from portraits.model.slugs import id_of, is_slug
from portraits.model.titles import title_of
from portraits.reader.body import BodyContext, BodyParts, read_body
from portraits.reader.front_matter.reading import FrontMatter, PhotoFields, read_front_matter
from portraits.reader.front_matter.schema import is_key
from portraits.reader.questionnaire import Questionnaire
from portraits.reader.quotation import find_quote
from portraits.reader.rich_text import Typesetter
from portraits.settings import Settings
from portraits.support.catalogue import catalogue, interface_language, reading_headings
from portraits.support.digests import digest
from portraits.support.languages import LANGUAGES
from portraits.support.limits import normalised_text, within_limits
from portraits.support.messages import msg
from portraits.support.problems import Problem, ProblemCollector
from portraits.typography import Rules
from portraits.typography.excerpt import excerpt

SUMMARY_CHARACTERS = 200

_OPENING = re.compile(r"---[^\S\n]*(?:\n|\Z)")
_CLOSING = re.compile(r"\n---[^\S\n]*(?=\n|\Z)")
_KEY = re.compile(r"\s*([a-zà-ÿ_]+)\s*:(?:\s|$)")
_STATUS_LINE = re.compile(r"\s*(?:status|statut)\s*:\s*[\w’' -]{1,20}\s*")
_QUESTION = re.compile(r"\n[^\S\n]*\n(##+[ \t]?\w.*)")
"""A question after a blank line: in front matter it would be a comment of two hashes."""
_BLANK_LINES = re.compile(r"(?:[^\S\n]*\n)*")


@dataclass(frozen=True, slots=True)
class ParsedPortrait:
    """The result of parsing a file: a portrait, or None after an error, and all problems."""

    portrait: Portrait | None
    problems: tuple[Problem, ...]
    status: Status | None = None
    """The status that the front matter gives; None if the front matter cannot be read so far."""
    fingerprint: str = ""
    """Hash of what the person agrees to: the words of the page, as typed, and which photo. Empty
    without a portrait."""


@dataclass(frozen=True, slots=True)
class _Name:
    """The parts of a file's path."""

    folder: str
    stem: str
    lang: str
    """Language suffix, or empty."""


def parse(
    source: str,
    data: bytes,
    settings: Settings,
    questionnaire: Questionnaire,
    *,
    trusted: bool = False,
    label: str | None = None,
) -> ParsedPortrait:
    """Parse ``data``, the content of the file at ``source`` (relative to the content folder).

    ``label`` is the file's path in problems, by default ``source``. ``trusted`` allows any
    HTML, as the setting ``raw_html`` does for the whole site.
    """
    report = ProblemCollector(label or source)
    name = _read_name(source, report)
    text = normalised_text(data, report)
    if text is None:
        return ParsedPortrait(None, report.problems)
    text = unicodedata.normalize("NFC", text)
    report.add(pending(report.path, text))
    front, body, first_line = _split(text, report)
    lang = name.lang or settings.lang
    if front is None and not body:
        return ParsedPortrait(None, report.problems)
    _late_keys(body, report, first_line)
    fields = (
        read_front_matter(
            front, report, first_line=2, folder=name.folder, lang=lang, time_zone=settings.time_zone
        )
        if front is not None
        else FrontMatter()
    )
    status = _known_status(fields, report)
    lang = _language(fields, name, settings, report)
    slug = fields.slug or name.stem
    rules: Rules = "france" if settings.typography == "france" else "quebec"
    setter = Typesetter(lang, rules)
    context = BodyContext(
        source=source,
        slug=slug,
        lang=lang,
        network=fields.network or settings.default_network,
        typography=rules,
        reading_headings=settings.reading_headings or reading_headings(),
        trusted=trusted or settings.raw_html,
    )
    if not within_limits(body, report, first_line=first_line) or not within_limits(
        fields.notice, report, first_line=fields.line_of("notice")
    ):
        return ParsedPortrait(None, report.problems, status)
    content = read_body(
        body,
        context,
        questionnaire,
        report,
        first_line=first_line,
        notice=fields.notice,
        notice_line=fields.line_of("notice"),
    )
    if any(brace in fields.title for brace in "{}"):
        report.error(
            fields.line_of("title"),
            "braces-in-title",
            msg("source.braces_in_title", title=fields.title),
            msg("source.braces_in_title_hint"),
            "title",
        )
    quote = find_quote(
        fields.quote, content.exchanges, report, line=fields.line_of("quote"), typesetter=setter
    )
    if settings.pictures and fields.lines and "photo" not in dict(fields.lines):
        report.warn(1, "no-photo", msg("source.no_photo"), msg("source.no_photo_hint"), "photo")
    _check_corrections(fields, report)
    if report.has_errors or fields.date is None:
        return ParsedPortrait(None, report.problems, status)
    corrections = _corrections(fields, setter)
    fingerprint = _fingerprint(fields, body)
    consent = fields.consent
    if consent and consent.of:
        consent = replace(consent, current=consent.of == fingerprint)
    plain_title = fields.title or _title(fields, lang, settings)
    photo = _photo(fields.photo, setter) if fields.photo else None
    portrait = Portrait(
        source=source,
        slug=slug,
        translation_key=name.stem,
        lang=lang,
        status=fields.status,
        date=fields.date,
        modified=max(
            (day for day in (fields.modified, *(one.date for one in corrections)) if day),
            default=None,
        ),
        name=setter.text(fields.name),
        title=setter.text(plain_title),
        role=setter.text(fields.role),
        organization=setter.text(fields.organization),
        tags=fields.tags,
        interviewers=tuple(setter.text(author) for author in fields.authors),
        series=setter.text(fields.series),
        summary=setter.text(fields.summary) or _summary(content),
        notice=content.notice,
        photo=photo,
        accounts=fields.accounts,
        manages=fields.manages,
        quote=quote,
        aliases=fields.aliases,
        introduction=content.introduction,
        exchanges=content.exchanges,
        recommendations=content.recommendations,
        readings=content.readings,
        footnotes=content.footnotes,
        links=content.links,
        images=content.images,
        external_links=content.external_links,
        words=content.words,
        lines=fields.lines,
        hour=fields.hour,
        corrections=corrections,
        further=tuple((key, setter.text(value)) for key, value in fields.further),
        archives=fields.archives,
        consent=consent,
    )
    return ParsedPortrait(portrait, report.problems, status, fingerprint)


def _check_corrections(fields: FrontMatter, report: ProblemCollector) -> None:
    """Report corrections of what was not public yet."""
    for one in fields.corrections:
        if fields.date and one.date < fields.date:
            report.error(
                one.line,
                "early-correction",
                msg("correction.early", date=one.date, published=fields.date),
                msg("correction.early_hint"),
                "corrections",
            )


def _corrections(fields: FrontMatter, setter: Typesetter) -> tuple[Correction, ...]:
    """Return the corrections, newest first; those of a day in the order of the file."""
    found = (Correction(one.date, setter.text(one.text), one.line) for one in fields.corrections)
    return tuple(sorted(found, key=lambda one: one.date, reverse=True))


def _read_name(source: str, report: ProblemCollector) -> _Name:
    """Split a path into folder, stem and language suffix; report a stem that is not a slug."""
    folder, _, file = source.rpartition("/")
    whole, _ = posixpath.splitext(file)
    stem, dot, suffix = whole.rpartition(".")
    if not dot or suffix not in LANGUAGES:
        stem, suffix = whole, ""
    if not is_slug(stem):
        better = id_of(stem) + (f".{suffix}" if suffix else "") + ".md"
        report.error(
            0,
            "bad-file-name",
            msg("source.bad_file_name", file=file),
            msg("source.bad_file_name_hint", better=better),
        )
    return _Name(folder, stem, suffix)


def _split(text: str, report: ProblemCollector) -> tuple[str | None, str, int]:
    """Return front matter (None if it has none), body, and the line where the body starts."""
    if not text or text.isspace():
        report.error(1, "empty-file", msg("source.empty_file"), msg("source.empty_file_hint"))
        return None, "", 1
    opening = _OPENING.match(text)
    if not opening:
        blank = _BLANK_LINES.match(text)
        opening = _OPENING.match(text, blank.end()) if blank else None
        if not opening:
            report.error(
                1,
                "no-front-matter",
                msg("source.no_front_matter"),
                msg("source.no_front_matter_hint"),
            )
            return None, text, 1
        report.error(
            1,
            "front-matter-not-first",
            msg("source.front_matter_not_first"),
            msg("source.front_matter_not_first_hint"),
        )
    closing = _CLOSING.search(text, opening.end() - 1)
    if not closing:
        report.error(
            text.count("\n", 0, opening.start()) + 1,
            "front-matter-not-closed",
            msg("source.front_matter_not_closed"),
            msg("source.front_matter_not_closed_hint"),
        )
        return None, "", text.count("\n", opening.start()) + 1
    heading = _QUESTION.search(text, opening.end(), closing.start())
    if heading:
        report.error(
            text.count("\n", 0, heading.start(1)) + 1,
            "front-matter-not-closed",
            msg("source.front_matter_not_closed_before", question=heading[1].strip()),
            msg("source.front_matter_not_closed_hint"),
        )
        return None, "", 1
    return (
        text[opening.end() : closing.start()],
        text[closing.end() + 1 :],
        text.count("\n", 0, closing.end()) + 2,
    )


def _late_keys(body: str, report: ProblemCollector, first_line: int) -> None:
    """Report keys of the front matter that are written after its end.

    They would be published, and a ``status: draft`` would not count. In the first block of the
    body every key is one; further down only a status is, alone on its line.
    """
    first_block, fenced = True, False
    begun = False
    for number, line in enumerate(body.split("\n"), first_line):
        found = _KEY.match(line)
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        if line.strip():
            begun = True
        elif begun:
            first_block = False
        if fenced or found is None:
            continue
        if is_key(found[1]) if first_block else _STATUS_LINE.fullmatch(line):
            report.error(
                number,
                "key-after-front-matter",
                msg("source.key_after_front_matter", line=line.strip()),
                msg("source.key_after_front_matter_hint"),
                found[1],
            )


def _known_status(fields: FrontMatter, report: ProblemCollector) -> Status | None:
    """Return the portrait's status, or None if the front matter leaves it in doubt."""
    doubted = any(one.is_error and one.field == "status" for one in report.problems)
    return fields.status if fields.lines and not doubted else None


def _language(
    fields: FrontMatter, name: _Name, settings: Settings, report: ProblemCollector
) -> str:
    """Return the portrait's language: from the key, else the file suffix, else the site."""
    if fields.lang and name.lang and fields.lang.partition("-")[0] != name.lang:
        report.error(
            fields.line_of("lang"),
            "contradictory-lang",
            msg("source.contradictory_lang", lang=fields.lang, suffix=name.lang),
            msg("source.contradictory_lang_hint"),
            "lang",
        )
    return fields.lang or name.lang or settings.lang


def _fingerprint(fields: FrontMatter, body: str) -> str:
    """Return the hash of what a person agrees to.

    Of the texts as they are typed, so that another version of the typesetting does not undo an
    agreement; dates, tags and addresses are the editor's.
    """
    photo = fields.photo or PhotoFields("")
    shown = [
        *(fields.name, fields.title, fields.role, fields.organization, fields.summary),
        *(fields.quote, fields.notice, photo.file, photo.alt, photo.credit),
        *(f"{key}: {value}" for key, value in fields.further),
        *(
            f"{one.network}: {one.account.url if one.account else one.note}"
            for one in fields.accounts
        ),
        *(f"{one.label}: {one.account.url}" for one in fields.manages),
    ]
    lines = [line.rstrip() for line in body.strip().split("\n")]
    return digest(*shown, "", *lines).hex()[:16]


def _photo(fields: PhotoFields, setter: Typesetter) -> Photo:
    return Photo(
        fields.file, setter.text(fields.alt), setter.text(fields.credit), fields.focus, fields.line
    )


def _title(fields: FrontMatter, lang: str, settings: Settings) -> str:
    primary = lang.partition("-")[0]
    own = settings.title if primary == settings.lang.partition("-")[0] else ""
    given = settings.named(lang).title or settings.named(primary).title or own
    words = catalogue(interface_language(lang, settings.lang))
    pattern = given or words.template("portrait.title")
    values = {"name": fields.name, "role": fields.role, "organization": fields.organization}
    return title_of(pattern, values, words.writing.elisions)


def _summary(content: BodyParts) -> str:
    """Return the beginning of the introduction, or of the first answer if there is none."""
    text = content.introduction.text
    if not text and content.exchanges:
        text = content.exchanges[0].answer.text
    return excerpt(text, SUMMARY_CHARACTERS)
