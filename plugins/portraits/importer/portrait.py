"""From a transcript to a portrait and its report.

Every block goes to one of the two; :func:`.accounting.balance.account_for` then proves it. What
it misses is written into the report and flagged in the portrait.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from dataclasses import dataclass, fields, replace

from portraits.importer.accounting.balance import Accounting, Loss, account_for
from portraits.importer.classification import classified
from portraits.importer.people.names import called, name_of
from portraits.importer.people.profile import proposals
from portraits.importer.plain_text import cleaned
from portraits.importer.portrait_file import Body, FrontMatterWriter, file_text
from portraits.importer.questions import PROPOSED, match
from portraits.importer.report import Concern, Entry, Report
from portraits.importer.sections import PUBLISHED, credit_in
from portraits.importer.transcript import Block, Facts, Kind, Transcript, words_of
from portraits.model.dates import DateRefused, read_date
from portraits.model.slugs import id_of
from portraits.reader.questionnaire import Questionnaire
from portraits.settings import Settings
from portraits.support.languages import LANGUAGES
from portraits.support.messages import msg

_DATE = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d{1,2}(?:er)? [a-zûéA-Z]+\.? \d{4}|[A-Z][a-z]+ \d{1,2}, \d{4}"
)
_ADDRESS = re.compile(r"\]\(<?([^)>]*)>?\)")
_TITLE = re.compile(r'<\w+ title="([^"]*)">')
_ASKED = (Kind.QUESTION, Kind.FOLLOW_UP)


@dataclass(frozen=True, slots=True)
class Imported:
    """One portrait, not yet written to disk."""

    stem: str
    """Name of the file without extension; a translation's ends in its language."""
    text: str
    report: Report
    accounting: Accounting
    transcript: Transcript
    """The transcript with every block's kind decided."""
    photo: str = ""
    """Name of the file for the photo that came with the source."""

    @property
    def questions(self) -> int:
        """Questions found, follow-ups included, lists not."""
        return sum(block.kind in _ASKED for block in self.transcript.blocks)


def imported(
    transcript: Transcript,
    settings: Settings,
    questionnaire: Questionnaire,
    lang: str,
    stem: str = "",
    *,
    name: str = "",
    day: dt.date | None = None,
) -> Imported:
    """The portrait that ``transcript`` holds.

    ``lang`` is the language of a source that does not say its own; ``stem`` names the
    file where neither slug nor name is known. ``name`` outweighs what the source says;
    ``day`` dates a draft whose source gives no date.
    """
    lang = transcript.facts.lang or lang
    transcript = replace(transcript, facts=_cleaned(transcript.facts))
    read = classified(transcript, settings, questionnaire, lang)
    facts, entries = _facts(read, settings, lang, name)
    if day and not facts.date:
        facts, undated = _dated(facts, day)
        entries.append(undated)
    named = next(filter(None, (facts.name, facts.title, stem)), "portrait")
    file_name = facts.slug or id_of(named)
    attached = transcript.photo.name if transcript.photo else ""
    facts = replace(facts, photo=f"{file_name}.jpg") if attached else facts
    follow_lines = [block for block in read.blocks if block.kind is Kind.FOLLOW_LINE]
    front_matter = FrontMatterWriter(settings)
    front_matter.write(facts, follow_lines, facts.credit, attached)
    for proposed in proposals(facts, read.blocks, settings):
        front_matter.remarks.append(
            msg("import_portrait.proposed_at_line", yaml=proposed.yaml, line=proposed.line)
            if proposed.line
            else msg("import_portrait.proposed_in_title", yaml=proposed.yaml)
        )
        why = msg("import_portrait.perhaps_yaml", yaml=proposed.yaml)
        entries.append(Entry(Concern.REVIEW, proposed.line, proposed.text, why))
    body = Body()
    body.write(read.blocks)
    text = file_text(front_matter, body)
    entries += [
        *front_matter.entries,
        *_entries(read, questionnaire, lang, called(facts, read.blocks)),
        *_remarks(read, questionnaire),
    ]
    kept = Report(transcript.source, tuple(entries)).kept_text
    added = [*body.added, *_added_facts(transcript.facts, facts)]
    accounting = account_for(transcript, text, kept, added)
    if accounting.losses:
        entries += _lost(accounting.losses)
        front_matter.remarks.insert(0, msg("import_portrait.something_lost"))
        text = file_text(front_matter, body)
    report = Report(transcript.source, tuple(sorted(entries, key=lambda e: e.line)))
    translated = lang[:2] != settings.lang[:2] and lang[:2] in LANGUAGES
    suffix = f".{lang[:2]}" if translated else ""
    photo = facts.photo if attached else ""
    return Imported(file_name + suffix, text, report, accounting, read, photo)


def _lost(losses: tuple[Loss, ...]) -> list[Entry]:
    return [
        Entry(Concern.LOST, loss.line, loss.text, msg("import_report.lost_piece", what=loss.what))
        for loss in losses
    ]


def _cleaned(facts: Facts) -> Facts:
    """``facts`` without what no front matter may hold."""
    texts = {
        f.name: " ".join(cleaned(value)[0].split())
        for f in fields(facts)
        if isinstance(value := getattr(facts, f.name), str)
    }
    return replace(facts, **texts)  # type: ignore[arg-type]


def _dated(facts: Facts, day: dt.date) -> tuple[Facts, Entry]:
    """``facts`` of a draft of ``day``, and what the editor should know."""
    why = msg("import_portrait.no_date", day=day)
    status = "" if facts.status == "published" else facts.status
    return replace(facts, date=day, status=status), Entry(Concern.REVIEW, 0, "", why)


def _facts(read: Transcript, settings: Settings, lang: str, name: str) -> tuple[Facts, list[Entry]]:
    """What is known about the portrait, and entries for what found no key."""
    facts = read.facts
    entries: list[Entry] = []
    if name:
        if facts.name:
            entries.append(
                Entry(Concern.BOILERPLATE, 0, facts.name, msg("import_portrait.name_replaced"))
            )
        facts = replace(facts, name=name)
    for block in read.blocks:
        if block.kind is Kind.TITLE:
            if not facts.title or words_of(facts.title) == words_of(block.text):
                facts = replace(facts, title=" ".join(block.text.split()))
                entries += (
                    Entry(Concern.BOILERPLATE, block.first, said, msg("import_portrait.in_title"))
                    for said in _besides_text(block)
                )
                if read.facts.title:
                    entries.append(
                        _entry(Concern.BOILERPLATE, block, msg("import_portrait.title_repeated"))
                    )
            else:
                entries.append(_entry(Concern.UNPLACED, block, msg("import_portrait.second_title")))
        elif block.kind is Kind.CREDIT:
            name = credit_in(block.text) or block.text
            told = msg("import_portrait.other_credit")
            if not facts.credit:
                facts = replace(facts, credit=name)
                told = msg("import_portrait.credit_kept")
            entries.append(_entry(Concern.UNPLACED, block, told))
        elif block.is_because(PUBLISHED) and not facts.date and (date := _date(block.text, lang)):
            facts = replace(facts, date=date)
            entries.append(
                _entry(Concern.REVIEW, block, msg("import_portrait.date_read", date=date))
            )
    if not facts.name:
        found = name_of(facts, read.blocks)
        facts = replace(facts, name=found.name)
        if found.line:
            entries.append(
                Entry(
                    Concern.REVIEW,
                    found.line,
                    found.text,
                    msg("import_portrait.name_read", name=found.name),
                )
            )
    if not facts.name and facts.title:
        entries.append(
            Entry(Concern.REVIEW, 0, facts.title, msg("import_portrait.no_name_in_title"))
        )
    if facts.title == facts.name:
        entries.append(
            Entry(Concern.BOILERPLATE, 0, facts.title, msg("import_portrait.title_is_name"))
        )
        facts = replace(facts, title="")
    if facts.lang and facts.lang[:2] == settings.lang[:2]:
        entries.append(
            Entry(Concern.BOILERPLATE, 0, facts.lang, msg("import_portrait.language_of_site"))
        )
        facts = replace(facts, lang="")
    elif facts.lang and facts.lang[:2] not in LANGUAGES:
        why = msg("import_portrait.language_unknown")
        entries.append(Entry(Concern.UNPLACED, 0, facts.lang, why))
        facts = replace(facts, lang="")
    return facts, entries


def _date(text: str, lang: str) -> dt.date | None:
    found = _DATE.search(text)
    try:
        return read_date(found.group(), lang) if found else None
    except DateRefused:
        return None


def _added_facts(said: Facts, written: Facts) -> list[str]:
    """Words of the front matter that the reader of the source did not count."""
    added = list(words_of("" if written.status in ("published", "hidden", "draft") else "draft"))
    if written.name != said.name:
        added += words_of(written.name)
    if written.date and not said.date:
        added += words_of(str(written.date))
    return added


def _besides_text(block: Block) -> list[str]:
    """Addresses of links in ``block``, and the titles of its elements."""
    titles = (html.unescape(title) for title in _TITLE.findall(block.markdown))
    return [*_ADDRESS.findall(block.markdown), *titles]


def _entry(concern: Concern, block: Block, why: str) -> Entry:
    """An entry about ``block``; where it keeps the text, it keeps the links' addresses too."""
    addresses = _besides_text(block) if concern.keeps_text else []
    number = block.bullet.isdigit() and not block.text.startswith(block.bullet)
    return Entry(
        concern,
        block.first,
        " ".join(
            [
                f"{block.bullet}. {block.text}" if number else block.text,
                *(f"<{address}>" for address in addresses),
            ]
        ),
        why,
    )


def _entries(
    read: Transcript, questionnaire: Questionnaire, lang: str, names: frozenset[str]
) -> list[Entry]:
    """Entries for blocks outside the portrait, for what is to review, and for near misses."""
    entries: list[Entry] = []
    seen: set[str] = set()
    for block in read.blocks:
        if block.kind in (Kind.BOILERPLATE, Kind.UNPLACED):
            concern = Concern.BOILERPLATE if block.kind is Kind.BOILERPLATE else Concern.UNPLACED
            entries.append(_entry(concern, block, block.why))
        if block.review:
            entries.append(_entry(Concern.REVIEW, block, block.review))
        if block.kind not in _ASKED:
            continue
        if block.question_id in seen:
            entries.append(
                _entry(
                    Concern.PROPOSAL,
                    block,
                    msg("import_portrait.question_taken", id=block.question_id),
                )
            )
        elif not block.question_id and (near := match(block.text, questionnaire, lang, names)[:3]):
            shown = ", ".join(f"{{#{m.id}}} ({m.score:.2f})" for m in near if m.score >= PROPOSED)
            entries.append(
                _entry(Concern.PROPOSAL, block, msg("import_portrait.perhaps_questions", ids=shown))
            )
        if block.question_id:
            seen.add(block.question_id)
    return entries


def _remarks(read: Transcript, questionnaire: Questionnaire) -> list[Entry]:
    remarks = [Entry(Concern.NOTICE, 0, "", notice) for notice in read.notices]
    asked = [block for block in read.blocks if block.kind in _ASKED]
    known = sum(bool(block.question_id) for block in asked)
    if not asked:
        remarks.append(Entry(Concern.NOTICE, 0, "", msg("import_portrait.no_question")))
    elif questionnaire.entries:
        remarks.append(
            Entry(
                Concern.NOTICE,
                0,
                "",
                msg("import_portrait.known_questions", count=known, total=len(asked)),
            )
        )
    return remarks
