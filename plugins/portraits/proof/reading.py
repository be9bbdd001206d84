"""Read replies to proofs: the part of « portraits import » that changes a portrait.

0   what the reply says is in the portrait
1   nothing was changed, or changes wait: a forged or damaged reply, a portrait that is not there,
    changes that nobody could be asked about or that cannot be taken as they are
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from portraits.importer import formats
from portraits.importer.portrait_file import write
from portraits.importer.transcript import ImportRefused
from portraits.model.portrait import Consent
from portraits.options import BuildOptions
from portraits.proof.agreement import with_consent
from portraits.proof.changes import (
    PortraitFile,
    ProposedChange,
    ProposedChanges,
    accepted,
    changes_in,
)
from portraits.proof.differences import difference
from portraits.proof.finding import file_at
from portraits.proof.reply import ProofReply, reply_in
from portraits.proof.tokens import is_token_of, known_secret_in
from portraits.support.bounds import OutOfBounds, bounded
from portraits.support.messages import msg
from portraits.support.problems import SourceRefused
from portraits.support.symlinks import LinkRefused

SECONDS, MEGABYTES = 20, 1024
"""What one reply may take."""
MOST_IDS = 5
"""Unknown ids that are named."""

Say = Callable[[str], None]
Ask = Callable[[str], bool]
"""Asks a question and returns whether the answer was yes."""


def reply_at(path: Path) -> ProofReply | None:
    """Return the reply in a file or a saved message; None if it is something else.

    Raise ImportRefused for a reply that cannot be used.
    """
    try:
        with bounded(SECONDS, MEGABYTES):
            text = formats.text_in(formats.bytes_of(path)) if path.is_file() else ""
    except (ImportRefused, OutOfBounds, OSError):  # the import says what it is
        return None
    return reply_in(text)


@dataclass(frozen=True, slots=True)
class ReplyReader:
    """Takes replies into the portraits of one series."""

    options: BuildOptions
    root: Path
    """The folder of the settings, which holds the secret."""
    say: Say
    ask: Ask | None = None
    """None where nobody can be asked: changes then wait in a file."""

    def take(self, path: Path, reply: ProofReply) -> int:
        """Take one reply; return the exit status."""
        try:
            with bounded(SECONDS, MEGABYTES):
                file = self._file(reply)
                found = changes_in(reply, file)
            return self._taken(path, reply, file, found)
        except OutOfBounds as error:
            self.say(msg("proof.refused", path=path, why=msg("proof.too_hard", limit=error)))
        except SourceRefused as refused:
            for problem in refused.problems:
                self.say(str(problem))
            self.say(msg("proof.refused", path=path, why=msg("proof.faulty")))
        except (ImportRefused, LinkRefused) as refused:
            self.say(msg("proof.refused", path=path, why=refused))
        return 1

    def _file(self, reply: ProofReply) -> PortraitFile:
        """Return the portrait of a reply. Raise ImportRefused unless its token is ours."""
        secret = known_secret_in(self.root)
        if not secret:
            raise ImportRefused(msg("proof.no_secret"))
        named = (reply.fingerprint, reply.slug, reply.lang)
        if not is_token_of(reply.token, secret, *named):
            raise ImportRefused(msg("proof.forged"))
        file = file_at(reply.slug, reply.lang, self.options)
        if file is None:
            raise ImportRefused(msg("proof.portrait_gone", slug=reply.slug, lang=reply.lang))
        return file

    def _taken(
        self, path: Path, reply: ProofReply, file: PortraitFile, found: ProposedChanges
    ) -> int:
        is_current = reply.fingerprint == file.parsed.fingerprint
        self.say(msg("proof.about", path=path, file=file.label, name=file.portrait.name))
        for line in self._remarks(reply, found, is_current):
            self.say(line)
        if found.possible and self.ask is None:
            self._keep(file, reply, found)
            return 1
        texts = {
            change.answer.id: change.text for change in found.possible if self._accepts(change)
        }
        whole = len(texts) == len(found.possible) and not found.refused and is_current
        data = accepted(file, texts)
        data = self._with_agreement(file, data, reply, agrees=whole)
        if data != file.data:
            write(self.options.content / file.source, data, root=self.options.content, force=True)
            self.say(msg("proof.written", file=file.label, count=len(texts)))
        else:
            self.say(msg("proof.unchanged", file=file.label))
        if found.refused:
            self._keep(file, reply, replace(found, possible=()))
            return 1
        return 0

    def _accepts(self, change: ProposedChange) -> bool:
        assert self.ask is not None  # noqa: S101 - see _taken
        self.say(msg("proof.question", question=change.answer.wording))
        for line in difference(change.answer.text, change.text):
            self.say(f"    {line}")
        return self.ask(msg("proof.accept"))

    def _remarks(
        self, reply: ProofReply, found: ProposedChanges, is_current: bool
    ) -> Iterator[str]:
        """Yield what to know before the changes are looked at."""
        if not is_current:
            yield msg("proof.older")
            for wording in found.outdated:
                yield msg("proof.older_answer", question=wording)
            if not found.outdated:
                yield msg("proof.older_elsewhere")
        for id in found.unknown[:MOST_IDS]:
            yield msg("proof.unknown_question", id=id)
        if len(found.unknown) > MOST_IDS:
            yield msg("proof.more_unknown", count=len(found.unknown) - MOST_IDS)
        for change in found.refused:
            yield msg("proof.not_as_it_is", question=change.answer.wording, why=change.refusal)
        if reply.note:
            yield msg("proof.says")
            yield from (f"    {line}" for line in reply.note.split("\n"))

    # -- agreement

    def _with_agreement(
        self, file: PortraitFile, data: bytes, reply: ProofReply, *, agrees: bool
    ) -> bytes:
        """Return the file with what the person agrees to; say it.

        They agreed to the text with all their changes: it counts if all were accepted, and if the
        text that was shown is the one that stands there.
        """
        parsed = file.read(data)
        assert parsed.portrait is not None  # noqa: S101 - accepted() read it
        before = parsed.portrait.consent or Consent()
        day = self._day(reply)
        consent = before
        if reply.text is False:
            consent = replace(consent, text=None, of="")
            self.say(msg("proof.text_no"))
        elif reply.text and agrees:
            consent = replace(consent, text=day, of=parsed.fingerprint)
            self.say(msg("proof.text_yes", day=day))
        elif reply.text:
            self.say(msg("proof.text_not_this"))
        if reply.photo is False:
            consent = replace(consent, photo=None)
            self.say(msg("proof.photo_no"))
        elif reply.photo and file.portrait.photo and reply.fingerprint == file.parsed.fingerprint:
            consent = replace(consent, photo=day)
            self.say(msg("proof.photo_yes", day=day))
        elif reply.photo:
            self.say(msg("proof.photo_not_this"))
        if reply.date is False:
            consent = replace(consent, date=None)
            self.say(msg("proof.date_no"))
        elif reply.date and reply.published:
            consent = replace(consent, date=reply.published)
            self.say(msg("proof.date_yes", day=reply.published))
        if consent == before:
            return data
        return with_consent(data, parsed.portrait, consent)

    def _day(self, reply: ProofReply) -> dt.date:
        """Return the day of the agreement: the person's, unless it has not come yet."""
        today = self.options.today
        return reply.day if reply.day and reply.day <= today else today

    # -- what waits

    def _keep(self, file: PortraitFile, reply: ProofReply, found: ProposedChanges) -> None:
        """Write what waits for the editor beside the portrait."""
        path = self.options.content / file.source
        path = path.with_name(f"{path.stem}.proof.txt")
        text = "\n".join(_waiting(file, reply, found))
        write(path, f"{text}\n", root=self.options.content, force=True)
        self.say(msg("proof.waiting", path=path.name, count=len(found.possible + found.refused)))


def _waiting(file: PortraitFile, reply: ProofReply, found: ProposedChanges) -> Iterator[str]:
    yield msg("proof.waiting_title", file=file.label)
    for change in (*found.possible, *found.refused):
        yield ""
        yield msg("proof.question", question=change.answer.wording)
        if change.refusal:
            yield msg("proof.why", why=change.refusal)
        yield from (f"    {line}" for line in difference(change.answer.text, change.text))
        yield ""
        yield from (f"> {line}" for line in change.text.split("\n"))
    yield ""
    yield msg("proof.agrees_to_text", answer=_said(reply.text))
    yield msg("proof.agrees_to_photo", answer=_said(reply.photo))
    yield msg("proof.agrees_to_date", answer=_said(reply.date))
    if reply.note:
        yield msg("proof.says")
        yield from (f"    {line}" for line in reply.note.split("\n"))


def _said(answer: bool | None) -> str:
    if answer is None:
        return msg("proof.said_nothing")
    return msg("proof.said_yes") if answer else msg("proof.said_no")
