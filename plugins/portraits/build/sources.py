"""Read the changed source files and replace their rows.

    scan -> (same metadata | same bytes | parse) -> rows, placed

Size, mtime and inode are only a first test: if one differs the file is read, and its content hash
decides. The standing of a portrait depends on more than its file: on the moment, and on its
translations, one of which counts for the person. So the rows are placed once all files are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from portraits.build.glance import due
from portraits.build.parsing import MAX_BYTES, ParsedFile, Parser, refused
from portraits.model.people import Person
from portraits.model.portrait import WITHHELD
from portraits.options import BuildOptions, relative
from portraits.reader.people import PEOPLE_FILE, read_people
from portraits.reader.questionnaire import Questionnaire, read_questionnaire
from portraits.series.database import Database, restored, stored
from portraits.series.tables import (
    OF_PORTRAITS,
    HeldAccountRow,
    PersonRow,
    PortraitRow,
    QuestionnaireRow,
)
from portraits.series.writing import Standing, person_rows, placed, questionnaire_rows, standings
from portraits.support.content_folder import (
    ContentFile,
    FileRefused,
    portraits_among,
    read_regular,
    scan,
)
from portraits.support.digests import digest
from portraits.support.messages import msg
from portraits.support.problems import Problem, Severity, as_warning
from portraits.support.workers import Progress

_QUESTIONNAIRE, _PEOPLE, _PROOF = "questionnaire", "people", "proof"
_OF_PEOPLE = (PersonRow, HeldAccountRow)
Row = tuple[Any, ...]


@dataclass
class Sources:
    """The source files of one content folder, and the database that stores their rows."""

    options: BuildOptions
    database: Database
    progress: Progress | None = None
    problems: list[Problem] = field(default_factory=list)
    """Problems of files that are not portraits, or that could not be examined."""

    def update(self) -> None:
        """Bring the rows up to date. Call it in a transaction."""
        options = self.options
        found, problems = scan(options.content, options.settings.folder, options.label)
        found, others = portraits_among(found, options.label)
        self.problems += (*problems, *others)
        found = list(self._not_withdrawn(found))
        questionnaire, anew = self._questionnaire()
        self._people()
        changed = self._changed(found, anew)
        parser = Parser(options, questionnaire)
        touched = due(options, self.database) | self._of_proof()
        for source, rows in self._read(parser, changed):
            touched |= self._write(source, rows)
        for source in self._gone({file.source for file in found}):
            touched |= self._write(source, [])
        self._place(touched)

    def _not_withdrawn(self, found: Iterable[ContentFile]) -> Iterator[ContentFile]:
        """Yield the files but those of people who are off the site, each of which is told."""
        for file in found:
            if file.source not in self.options.withdrawn.sources:
                yield file
                continue
            self.problems.append(
                Problem(
                    f"{self.options.label}/{file.source}",
                    0,
                    "withdrawn-file",
                    msg("withdrawal.file"),
                    msg("withdrawal.file_hint"),
                    severity=Severity.WARNING,
                )
            )

    def known_problems(self, *, lenient: bool = False) -> list[Problem]:
        """Return the problems of each file, those found by earlier builds included.

        With ``lenient``, those of a file that says that it is not to be published are warnings.
        """
        found = list(self.problems)
        for problems, status in self.database.connection.execute(
            "SELECT problems, status FROM source WHERE problems IS NOT NULL"
        ):
            withheld = lenient and status in WITHHELD
            found += map(as_warning, restored(problems)) if withheld else restored(problems)
        return found

    def _questionnaire(self) -> tuple[Questionnaire, bool]:
        """Return the questionnaire, and whether it changed after the portraits were parsed with
        it."""
        options, database = self.options, self.database
        label, raw = self._beside(options.settings.questionnaire)
        content = digest(raw)
        questionnaire, problems = read_questionnaire(label, raw) if raw else (Questionnaire(), ())
        self.problems += problems
        known = database.fact(_QUESTIONNAIRE)
        if known == content:
            return questionnaire, False
        database.remember(_QUESTIONNAIRE, content)
        before = {id_ for (id_,) in database.connection.execute("SELECT id FROM questionnaire")}
        for id_ in before - questionnaire.by_id.keys():
            database.replace(id_, (), (QuestionnaireRow,))
        for id_, rows in questionnaire_rows(questionnaire):
            database.replace(id_, rows, (QuestionnaireRow,))
        return questionnaire, known is not None

    def _people(self) -> None:
        """Bring the rows of what is known of people up to date."""
        options, database = self.options, self.database
        label, raw = self._beside(PEOPLE_FILE)
        content = digest(raw)
        people, problems = (
            read_people(
                label, raw, folder=options.settings.folder, network=options.settings.default_network
            )
            if raw
            else ((), ())
        )
        self.problems += problems
        gone = [one for one in people if self._is_withdrawn(one)]
        people = tuple(one for one in people if one not in gone)
        self.problems += [
            Problem(
                label,
                one.line,
                "withdrawn-person",
                msg("withdrawal.person"),
                msg("withdrawal.person_hint"),
                severity=Severity.WARNING,
            )
            for one in gone
        ]
        if database.fact(_PEOPLE) == content:
            return
        database.remember(_PEOPLE, content)
        before = {id_ for (id_,) in database.connection.execute("SELECT person FROM person")}
        for id_ in sorted(before - {one.id for one in people}):
            database.replace(id_, (), _OF_PEOPLE)
        for one in people:
            database.replace(one.id, person_rows(one), _OF_PEOPLE)

    def _is_withdrawn(self, one: Person) -> bool:
        """Return whether an account of somebody in ``people.yml`` is of somebody withdrawn."""
        return any(self.options.withdrawn.has_account(held.account.key) for held in one.accounts)

    def _beside(self, name: str) -> tuple[str, bytes]:
        """Return the path, as messages show it, and the bytes of a file beside the portraits; no
        bytes if it is missing or cannot be read."""
        path = self.options.content / name
        label = relative(path, self.options.root)
        try:
            return label, read_regular(path, MAX_BYTES + 1)
        except FileNotFoundError:
            pass
        except FileRefused as error:
            self.problems.append(Problem(label, 0, "not-a-file", error.message, error.hint))
        except OSError as error:
            self.problems.append(refused(label, error))
        return label, b""

    def _changed(self, found: Iterable[ContentFile], anew: bool) -> list[str]:
        """Return the sources of the files to parse; ``anew`` selects all of them."""
        connection = self.database.connection
        seen = {
            path: glance
            for path, *glance in connection.execute(
                "SELECT path, size, mtime, inode, digest FROM source"
            )
        }
        changed = []
        for file in found:
            known = seen.get(file.source)
            glance = [file.size, file.mtime_ns, file.inode]
            if not anew and known and known[:3] == glance:
                continue
            if not anew and known and known[3] and known[3] == self._digest(file.source):
                connection.execute(
                    "UPDATE source SET size=?, mtime=?, inode=? WHERE path=?",
                    (*glance, file.source),
                )
                continue
            connection.execute(
                "INSERT INTO source (path, size, mtime, inode) VALUES (?,?,?,?) ON CONFLICT (path)"
                " DO UPDATE SET size=excluded.size, mtime=excluded.mtime, inode=excluded.inode",
                (file.source, *glance),
            )
            changed.append(file.source)
        return changed

    def _digest(self, source: str) -> bytes:
        try:
            return digest(read_regular(self.options.content / source, MAX_BYTES + 1))
        except (FileRefused, OSError):
            return b""

    def _read(self, parser: Parser, changed: list[str]) -> Iterator[tuple[str, list[Row]]]:
        for done, parsed in enumerate(parser.all(changed), 1):
            self._keep(parsed)
            yield parsed.source, parsed.rows
            if self.progress:
                self.progress(msg("progress.reading"), done, len(changed))

    def _keep(self, parsed: ParsedFile) -> None:
        self.database.connection.execute(
            "UPDATE source SET digest=?, problems=?, status=? WHERE path=?",
            (
                parsed.digest,
                stored(parsed.problems) if parsed.problems else None,
                parsed.status,
                parsed.source,
            ),
        )
        if not parsed.digest:  # unreadable: make the next build try again
            self.database.connection.execute(
                "UPDATE source SET size=-1 WHERE path=?", (parsed.source,)
            )

    def _gone(self, standing: set[str]) -> list[str]:
        connection = self.database.connection
        gone = [
            path
            for (path,) in connection.execute("SELECT path FROM source ORDER BY path")
            if path not in standing
        ]
        connection.executemany("DELETE FROM source WHERE path=?", ((path,) for path in gone))
        return gone

    # -- standing

    def _write(self, source: str, rows: list[Row]) -> set[str]:
        """Replace the rows of a file, with the standing that is known so far.

        Return the translation keys of the portraits whose standing may change.
        """
        database, portraits = self.database, [row for row in rows if isinstance(row, PortraitRow)]
        before = database.connection.execute(
            "SELECT translation FROM portrait WHERE source=?", (source,)
        ).fetchone()
        touched = {before[0]} if before else set()
        for one in portraits:
            others = [other for other in self._group(one.translation) if other.source != source]
            standing = dict(self._standings([*others, one]))[source]
            rows = placed(rows, standing)
            touched = touched - {one.translation} | {one.translation for _ in others[:1]}
        database.replace(source, rows, OF_PORTRAITS, known=before is not None)
        return touched

    def _place(self, touched: Iterable[str]) -> None:
        """Set the standing of every portrait with one of the translation keys."""
        for translation in sorted(touched):
            group = {one.source: one for one in self._group(translation)}
            for source, standing in self._standings(list(group.values())):
                self._move(group[source], standing)

    def _standings(self, group: list[PortraitRow]) -> Iterable[tuple[str, Standing]]:
        options = self.options
        return standings(
            group, options.settings.lang, options.now, drafts=options.drafts, proof=options.proof
        )

    def _group(self, translation: str) -> list[PortraitRow]:
        """Return the stored rows of every portrait with a translation key."""
        return [
            PortraitRow(*row)
            for row in self.database.connection.execute(
                "SELECT * FROM portrait WHERE translation=? ORDER BY source", (translation,)
            )
        ]

    def _of_proof(self) -> set[str]:
        """Return the translation keys of the portraits that another proof shows or hides."""
        database, proof = self.database, self.options.proof
        before = (database.fact(_PROOF) or b"").decode()
        if before == proof:
            return set()
        database.remember(_PROOF, proof.encode())
        found = database.connection.execute(
            "SELECT translation FROM portrait WHERE source IN (?, ?)", (before, proof)
        )
        return {translation for (translation,) in found}

    def _move(self, one: PortraitRow, standing: Standing) -> None:
        """Change the standing of a portrait that was not parsed again."""
        if (one.position, bool(one.person), bool(one.draft)) == tuple(standing):
            return
        rows: list[Row] = []
        for table in OF_PORTRAITS:
            rows += self.database.series.rows_of(table, one.source)
        self.database.replace(one.source, placed(rows, standing), OF_PORTRAITS)
