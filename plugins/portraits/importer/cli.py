"""The command « importer »: files in, portraits and their reports out.

0   every source was imported (what is left to fill in is said)
1   at least one source was not: unreadable, or its portrait already exists
2   nothing could be tried: no file, no content folder
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from portraits.importer import formats, wordpress
from portraits.importer.portrait import Imported, imported
from portraits.importer.portrait_file import refuse_to_replace, write
from portraits.importer.report import Concern, listing, report_text
from portraits.importer.transcript import ImportRefused, Transcript
from portraits.reader.questionnaire import Questionnaire, read_questionnaire
from portraits.settings import Settings
from portraits.support.bounds import OutOfBounds, bounded
from portraits.support.messages import msg
from portraits.support.problems import Problem, errors, on_one_line
from portraits.support.symlinks import LinkRefused

FEWEST_QUESTIONS = 2
"""An article of an archive with fewer is not an interview, unless everything is asked for."""

SECONDS_PER_SOURCE = 20
MEGABYTES_PER_SOURCE = 1024
"""What reading one source, or one article of an archive, may take."""

Say = Callable[[str], None]


def _say(text: str) -> None:
    print(on_one_line(text), file=sys.stderr, flush=True)


def run(
    files: Sequence[Path],
    content: Path,
    *,
    settings: Settings | None = None,
    force: bool = False,
    lang: str = "",
    everything: bool = False,
    name: str = "",
    day: dt.date | None = None,
    say: Say = _say,
) -> int:
    """Import ``files`` into the portraits' folder of ``content``; the exit status.

    ``lang`` is the language of sources that do not say theirs, by default the site's.
    ``everything`` also imports the articles of a WordPress archive that ask no question.
    ``name`` is the person's, where one file is given; ``day`` dates drafts of undated sources.
    """
    settings = settings or Settings()
    if not files:
        say(msg("import.no_file"))
        return 2
    if not content.is_dir():
        say(msg("import.not_a_folder", folder=content))
        return 2
    if name and (len(files) > 1 or (files[0].is_file() and formats.is_wordpress(files[0]))):
        say(msg("import.name_of_one_person"))
        return 2
    questionnaire = _questionnaire(content / settings.questionnaire, say)
    current = _Import(
        content,
        settings,
        questionnaire,
        force,
        lang or settings.lang,
        everything,
        " ".join(name.split()),
        day,
        say,
    )
    for file in files:
        current.take(file)
    return current.close()


def _questionnaire(path: Path, say: Say) -> Questionnaire:
    if not path.is_file():
        say(msg("import.no_questionnaire", path=path))
        return Questionnaire()
    questionnaire, problems = read_questionnaire(str(path), path.read_bytes())
    for problem in errors(problems):
        say(str(problem))
    return questionnaire


@dataclass
class _Import:
    """One run of the command."""

    content: Path
    settings: Settings
    questionnaire: Questionnaire
    force: bool
    lang: str
    everything: bool
    name: str
    day: dt.date | None
    say: Say
    done: int = 0
    refused: int = 0
    passed: list[str] = field(default_factory=list)
    """Titles of articles that are no interviews."""
    written: set[Path] = field(default_factory=set)

    def take(self, file: Path) -> None:
        """Import one file; what goes wrong with it is said, and the next one is taken."""
        try:
            if not file.is_file():
                raise ImportRefused(msg("import.no_such_file"))
            transcripts = self.transcripts(file)
            more = True
            while more:
                with bounded(SECONDS_PER_SOURCE, MEGABYTES_PER_SOURCE):
                    found = next(transcripts, None)
                    more = found is not None
                    if found is not None:
                        self.one(*found, file)
        except ImportRefused as refused:
            self.refuse(msg("import.refused", source=file, why=str(refused)))
        except OutOfBounds as error:
            self.refuse(msg("import.too_much_work", file=file, limit=str(error)))
        except LinkRefused as refused:
            self.refuse(msg("import.refused", source=file, why=str(refused)))
        except OSError as error:
            self.refuse(msg("import.refused", source=file, why=error.strerror or str(error)))

    def refuse(self, message: str) -> None:
        self.refused += 1
        self.say(message)

    def transcripts(self, file: Path) -> Iterator[tuple[Transcript, tuple[wordpress.Comment, ...]]]:
        if not formats.is_wordpress(file):
            data = formats.bytes_of(file)
            yield formats.transcript_of(file.name, data, self.questionnaire), ()
            return
        others: dict[str, int] = {}

        def progress(count: int) -> None:
            if count % 100 == 0:
                self.say(msg("import.progress", file=file.name, count=count))

        def remark(what: str) -> None:
            self.say(msg("import.refused", source=file, why=what))

        for item in wordpress.items(file, progress, remark):
            if isinstance(item, wordpress.Other):
                others[item.shown_kind] = others.get(item.shown_kind, 0) + 1
                if item.is_attachment:
                    self.passed.append(
                        msg("import.attachment", title=item.title, address=item.address)
                    )
            else:
                yield item.transcript, item.comments
        for kind, count in sorted(others.items()):
            self.say(msg("import.kind_left_out", file=file.name, count=count, kind=kind))

    def one(
        self, transcript: Transcript, comments: tuple[wordpress.Comment, ...], file: Path
    ) -> None:
        """Write one portrait and say what is left to do."""
        is_archive = transcript.source != file.name
        try:
            result = imported(
                transcript,
                self.settings,
                self.questionnaire,
                self.lang,
                file.stem,
                name=self.name,
                day=self.day,
            )
            if is_archive and result.questions < FEWEST_QUESTIONS and not self.everything:
                self.passed.append(msg("import.no_question", article=transcript.source))
                return
            folder = self.content / self.settings.folder
            path = folder / f"{result.stem}.md"
            if path in self.written:
                raise ImportRefused(msg("import.same_name", name=path.name))
            self.write(path, result, comments)
            self.written.add(path)
        except ImportRefused as problem:
            self.refuse(msg("import.refused", source=transcript.source, why=str(problem)))
            return
        self.done += 1
        self.tell(path, result)

    def write(self, path: Path, result: Imported, comments: tuple[wordpress.Comment, ...]) -> None:
        """Write the portrait, its report, and the comments of an article."""
        told = path.with_name(f"{result.stem}.import.txt")
        remarks = path.with_name(f"{result.stem}.comments.json")
        files: dict[Path, str | bytes] = {
            path: result.text,
            told: report_text(result.report, result.accounting, result.questions),
        }
        if comments:
            # Addresses that people gave in confidence were never read.
            kept = json.dumps(list(map(asdict, comments)), ensure_ascii=False, indent=2)
            files[remarks] = kept + "\n"
        if result.photo and result.transcript.photo:
            files[path.with_name(result.photo)] = result.transcript.photo.content
        for file in files:  # before anything is written
            refuse_to_replace(file, root=self.content, force=self.force)
        for file, content in files.items():
            write(file, content, root=self.content, force=self.force)

    def tell(self, path: Path, result: Imported) -> None:
        """What was made of one source."""
        words = result.accounting
        to_review = result.report.of(Concern.REVIEW)
        questions = msg("import.questions", count=result.questions)
        placed = msg("import.words", count=words.placed, total=words.total)
        told = f"{result.stem}.import.txt"
        self.say(
            msg("import.done_in_part", path=path, questions=questions, words=placed, report=told)
            if words.reported
            else msg("import.done", path=path, questions=questions, words=placed)
        )
        for concern in (Concern.LOST, Concern.REVIEW, Concern.UNPLACED):
            lines = listing(result.report, concern, 5)
            if lines:
                self.say(msg("import.group", concern=concern.heading))
                for line in lines:
                    self.say(line)
        missing = self.problems(path, result)
        if missing:
            self.say(msg("import.to_complete"))
            for problem in missing:
                self.say(f"    {problem}")
        elif not to_review:
            self.say(msg("import.nothing_to_complete"))

    def problems(self, path: Path, result: Imported) -> tuple[Problem, ...]:
        """What the check of the site will say about the new file."""
        from portraits.reader.source import parse

        source = f"{self.settings.folder}/{path.name}"
        parsed = parse(
            source, result.text.encode(), self.settings, self.questionnaire, label=str(path)
        )
        return errors(parsed.problems)

    def close(self) -> int:
        for line in self.passed:
            self.say(msg("import.left_out", what=line))
        done = msg("import.portraits", count=self.done)
        refused = msg("import.sources_refused", count=self.refused)
        self.say(msg("import.total", portraits=done, refused=refused))
        return 1 if self.refused else 0
