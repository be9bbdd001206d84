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
from portraits.support.catalogue import quantity
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
        say(
            "Aucun fichier à importer — donnez un ou plusieurs fichiers : texte, courriel, "
            "HTML, Markdown ou exportation WordPress."
        )
        return 2
    if not content.is_dir():
        say(f"{content} : ce n’est pas un dossier — donnez le dossier « content » du site.")
        return 2
    if name and (len(files) > 1 or (files[0].is_file() and formats.is_wordpress(files[0]))):
        say(
            "--name est le nom d’une seule personne — donnez un seul fichier, d’une seule entrevue."
        )
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
        say(f"{path} : pas de questionnaire — les questions ne seront rattachées à rien.")
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
                raise ImportRefused("ce fichier n’existe pas, ou n’est pas un fichier")
            transcripts = self.transcripts(file)
            more = True
            while more:
                with bounded(SECONDS_PER_SOURCE, MEGABYTES_PER_SOURCE):
                    found = next(transcripts, None)
                    more = found is not None
                    if found is not None:
                        self.one(*found, file)
        except ImportRefused as refused:
            self.refuse(f"{file} : {refused}")
        except OutOfBounds as error:
            self.refuse(
                f"{file} : demande trop de calcul ({error}) — ne gardez que le texte de "
                "l’entrevue et recommencez"
            )
        except LinkRefused as refused:
            self.refuse(f"{file} : {refused}")
        except OSError as error:
            self.refuse(f"{file} : {error.strerror or error}")

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
                self.say(f"{file.name} : {count} éléments lus…")

        def remark(what: str) -> None:
            self.say(f"{file} : {what}")

        for item in wordpress.items(file, progress, remark):
            if isinstance(item, wordpress.Other):
                others[item.kind] = others.get(item.kind, 0) + 1
                if item.kind == "pièce jointe":
                    self.passed.append(f"pièce jointe « {item.title} » : {item.address}")
            else:
                yield item.transcript, item.comments
        for kind, count in sorted(others.items()):
            self.say(f"{file.name} : {count} × {kind}, non importé")

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
                self.passed.append(f"article sans question : {transcript.source}")
                return
            folder = self.content / self.settings.folder
            path = folder / f"{result.stem}.md"
            if path in self.written:
                raise ImportRefused(
                    f"un autre portrait de cette importation s’appelle déjà "
                    f"{path.name} — importez celui-ci à part, sous un autre nom"
                )
            self.write(path, result, comments)
            self.written.add(path)
        except ImportRefused as problem:
            self.refuse(f"{transcript.source} : {problem}")
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
        self.say(
            f"{path} : {quantity(result.questions, 'question')}, "
            f"{quantity(words.placed, 'mot')} sur {words.total}"
            + (f"; les autres sont dans {result.stem}.import.txt" if words.reported else "")
        )
        for concern in (Concern.LOST, Concern.REVIEW, Concern.UNPLACED):
            lines = listing(result.report, concern, 5)
            if lines:
                self.say(f"  {concern.value} :")
                for line in lines:
                    self.say(line)
        missing = self.problems(path, result)
        if missing:
            self.say("  Reste à compléter avant de publier :")
            for problem in missing:
                self.say(f"    {problem}")
        elif not to_review:
            self.say("  Rien à compléter.")

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
            self.say(f"Non importé — {line}")
        self.say(
            f"{quantity(self.done, 'portrait importé', 'portraits importés')}, "
            f"{quantity(self.refused, 'source refusée', 'sources refusées')}."
        )
        return 1 if self.refused else 0
