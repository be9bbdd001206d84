"""Implement the commands: each takes plain values and returns an exit status.

    0  done        1  an error in the input        2  a missing argument

Problems are printed on standard error, one per line; a summary ends each command.
"""

from __future__ import annotations

import gc
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec

from portraits.build.releases import PublishingError
from portraits.support.messages import msg, spoken
from portraits.support.problems import Problem, SourceRefused, errors, in_json, on_one_line
from portraits.support.workers import forget_interrupt
from portraits.terminal import erase, progress, say, tell

if TYPE_CHECKING:
    from portraits.build.site import BuildReport, Waiting
    from portraits.editor.withdrawal import FoundPerson
    from portraits.options import BuildOptions
    from portraits.publish import Target

P = ParamSpec("P")
OK, WRONG, MISUSED = 0, 1, 2
MOST_WARNINGS = 20
"""Maximum number of warnings that a build prints; ``check`` prints all of them."""
_INTACT = "commands.intact"
"""Key of the sentence that closes a command that publishes, after an error."""


def command(function: Callable[P, int], closing: str = _INTACT) -> Callable[P, int]:
    """Decorate a command: print errors, then the message ``closing``, instead of a traceback."""

    @wraps(function)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> int:
        def stop(*sentences: str) -> None:
            say("\n".join((*sentences, *((msg(closing),) if closing else ()))))

        try:
            return function(*args, **kwargs)
        except SourceRefused as refused:
            show(refused.problems)
            say(" ".join((_counted(refused.problems), *((msg(closing),) if closing else ()))))
        except PublishingError as error:
            stop(str(error))
        except BrokenPipeError:  # the reader of a pipe closed it: ``portraits stats | head``
            # Replace stdout, so that the flush at exit does not fail.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return OK
        except OSError as error:
            why = error.strerror or str(error)
            stop(msg("problem.at", place=error.filename, message=why) if error.filename else why)
        except sqlite3.Error as error:
            stop(msg("commands.database", error=error))
        except KeyboardInterrupt:
            forget_interrupt()
            say(msg("cli.interrupted"))
        finally:
            erase()
        return WRONG

    return guarded


def apart(function: Callable[P, int]) -> Callable[P, int]:
    """Decorate a command that does not touch the published site."""
    return command(function, closing="")


def show(problems: Sequence[Problem], form: str = "text") -> None:
    """Print problems: for people, as JSON, or as annotations for GitHub."""
    if form == "text":
        tell(problems)
    elif form == "json":
        print(
            in_json(
                [
                    {
                        "path": p.path,
                        "line": p.line,
                        "severity": p.severity.value,
                        "code": p.code,
                        "field": p.field,
                        "message": p.message,
                        "hint": p.hint,
                    }
                    for p in problems
                ]
            )
        )
    else:
        for problem in problems:
            text = problem.message
            if problem.hint:
                text = msg("problem.hint", message=problem.message, hint=problem.hint)
            text = on_one_line(text).replace("%", "%25")
            path = on_one_line(problem.path).replace("%", "%25")
            path = path.replace(",", "%2C").replace(":", "%3A")
            print(f"::{problem.severity.value} file={path},line={max(1, problem.line)}::{text}")


def _counted(problems: Sequence[Problem]) -> str:
    wrong = len(errors(problems))
    warned = len(problems) - wrong
    parts = [
        msg(key, count=number)
        for key, number in (("commands.errors", wrong), ("commands.warnings", warned))
        if number
    ]
    return msg("commands.sum", parts=", ".join(parts)) if parts else msg("commands.no_problem")


@command
def build(
    settings: str,
    content: str | None = None,
    output: str | None = None,
    now: str = "",
    drafts: bool = False,
    processes: int = 0,
) -> int:
    """Build and publish the site."""
    from portraits.host.running import build as run
    from portraits.host.running import plain_settings, read_settings
    from portraits.options import options_from

    # A build keeps nearly all its objects to the end: collecting garbage would cost a tenth of
    # the time and free nothing.
    gc.disable()
    path = Path(settings)
    values = plain_settings(path) or read_settings(path)
    options = options_from(
        values,
        content=Path(content) if content else None,
        output=Path(output) if output else None,
        now=now,
        drafts=drafts,
        processes=processes,
    )
    _print_report(run(values, options, progress()), options)
    gc.freeze()  # or Python would scan every object once more at exit
    return OK


def _print_report(report: BuildReport, options: BuildOptions) -> None:
    """Print the result of a build."""
    for notice in report.notices:
        say(notice)
    tell(report.warnings[:MOST_WARNINGS])
    if (more := len(report.warnings) - MOST_WARNINGS) > 0:
        say(msg("commands.more_warnings", count=more))
    for waiting in report.waiting:
        say(
            msg(
                "commands.not_published",
                file=f"{options.label}/{waiting.source}",
                reason=_reason(waiting),
            )
        )
    _summarise(report)


def _summarise(report: BuildReport) -> None:
    written, removed = len(report.written), len(report.removed)
    say(
        msg(
            "commands.built",
            portraits=msg("commands.portraits", count=report.portraits),
            files=msg("commands.files", count=report.files),
            written=msg("commands.written", count=written),
            removed=msg("commands.removed", count=removed),
            release=report.release,
        )
    )


def _reason(waiting: Waiting) -> str:
    """Return why a portrait is not published."""
    import datetime as dt

    from portraits.support.catalogue import catalogue

    if waiting.status == "published":
        day = catalogue(spoken()).date(dt.date.fromisoformat(waiting.date))
        if waiting.hour:
            return msg("commands.planned_at", date=day, hour=waiting.hour[11:16])
        return msg("commands.planned", date=day)
    return msg(f"commands.{waiting.status}")


@apart
def check(
    settings: str, content: str | None = None, form: str = "text", links: bool = False
) -> int:
    """Print every problem of every file; write nothing."""
    from portraits.build.site import SiteBuild
    from portraits.checks.series import Checked
    from portraits.editor.schedule import unscheduled
    from portraits.editor.withdrawal import naming_withdrawn
    from portraits.host.running import read_settings
    from portraits.options import options_from

    try:
        values = read_settings(Path(settings))
        options = options_from(values, content=Path(content) if content else None)
    except SourceRefused as refused:
        if form == "text":
            raise
        show(refused.problems, form)
        return WRONG
    with SiteBuild(options, progress()) as site:
        found = site.examine(strict=True)
        series = Checked(site.database.connection, options, frozenset(), {})
        found += unscheduled(series, Path(settings).parent)
        found += naming_withdrawn(series)
        if links:
            from portraits.checks.external_links import dead_links

            found += dead_links(site.database.connection, options.label, progress())
        count = site.count()
    problems = sorted(found)
    show(problems, form)
    if form == "text":
        read = msg("commands.read", count=count)
        say(msg("commands.checked", read=read, counted=_counted(problems)))
    return WRONG if errors(problems) else OK


@command
def roll_back(settings: str, output: str | None = None, send: bool = False, name: str = "") -> int:
    """Publish the previous release again; with ``send``, also to the target called ``name``."""
    from portraits.build.releases import opened
    from portraits.host.running import settings_without_address
    from portraits.model.withdrawn import read_withdrawn
    from portraits.publish import check_address_of, check_installed, chosen, targets_from
    from portraits.publish.changes import between
    from portraits.publish.wording import described

    values = settings_without_address(Path(settings))
    folder = Path(output or values["OUTPUT_PATH"]).absolute()
    marks = read_withdrawn(Path(values["PATH"]), values["PATH"]).marks
    with opened(folder) as releases:
        number, earlier = releases.previous(marks)
        if send:  # refuse before anything changes
            called, target = chosen(targets_from(values.get("PUBLISH"), settings), name)
            check_address_of(earlier, settings)
            check_installed(target, settings)
        changes = between(folder, earlier)
        releases.roll_back(marks)
        say(described(changes, folder.name))
        say(msg("commands.rolled_back", number=number, folder=folder.name))
        if send:
            return _send(folder, called, target)
    for told in _not_sent(values.get("PUBLISH"), settings, number):
        say(told)
    return OK


def _not_sent(targets: object, settings: str, number: int) -> Iterator[str]:
    """Yield what readers are still shown after a roll-back, and how to change that."""
    from portraits.publish import targets_from

    if not targets:
        yield msg("withdrawal.live_elsewhere")
        return
    for name, target in targets_from(targets, settings).items():
        yield msg("withdrawal.live", name=name, target=target)
    command = "portraits publish --no-build"
    if settings != "publishconf.py":
        command += f" --settings {settings}"
    yield msg("withdrawal.send", number=number, command=command)


@apart
def serve(
    settings: str,
    content: str | None = None,
    host: str = "127.0.0.1",
    port: int = 8000,
    drafts: bool = True,
) -> int:
    """Serve the site on this machine and rebuild it when files are saved."""
    from portraits.editor.preview.loop import NotOurAddress, PortTaken, Preview

    try:
        Preview(
            Path(settings),
            Path(content) if content else None,
            host,
            port,
            drafts,
            say,
            show,
            progress,
        ).run()
    except NotOurAddress as error:
        say(msg("commands.not_our_address", host=host, error=error))
        return WRONG
    except PortTaken as error:
        other = port + 1 if 1024 <= port < 65535 else 8000
        say(msg("commands.port_taken", port=port, error=error, other=other))
        return WRONG
    return OK


@apart
def host_rules(settings: str, server: str, content: str | None = None) -> int:
    """Print the headers and redirects of the site for a server: nginx or caddy."""
    from portraits.build.site import SiteBuild
    from portraits.host.running import read_settings
    from portraits.options import options_from
    from portraits.output.hosting import gone_of, host_files, redirects_of, rules_of

    names = {
        "nginx": "portraits.nginx.conf",
        "caddy": "portraits.caddy",
        "apache": ".htaccess",
        "netlify": "_headers",
    }
    options = options_from(
        read_settings(Path(settings)), content=Path(content) if content else None
    )
    with SiteBuild(options) as site:
        found = site.examine()
        if errors(found):
            raise SourceRefused(found)
        rules = rules_of(
            options.settings,
            redirects_of(site.aliases(), options.settings),
            gone=gone_of(options.withdrawn.addresses, options.settings),
        )
    print(dict(host_files(rules))[names[server]], end="")
    return OK


@command
def withdraw(
    settings: str,
    name: str,
    content: str | None = None,
    output: str | None = None,
    now: str = "",
    processes: int = 0,
    *,
    delete: bool = False,
) -> int:
    """Take a person off the site: note it, clear what was kept, build, say what is left to do."""
    from portraits.build.releases import opened, outputs_beside
    from portraits.build.site import SiteBuild
    from portraits.checks.series import Checked
    from portraits.editor.withdrawal import (
        clear_caches,
        delete_files,
        find_person,
        note,
        sweep_pictures,
    )
    from portraits.host.running import build as run
    from portraits.host.running import read_settings
    from portraits.options import options_from

    values = read_settings(Path(settings))

    def options() -> BuildOptions:
        return options_from(
            values,
            content=Path(content) if content else None,
            output=Path(output) if output else None,
            now=now,
            processes=processes,
        )

    before = options()
    with SiteBuild(before, progress()) as site:
        site.examine()
        series = Checked(site.database.connection, before, frozenset(), {})
        person = find_person(series, name)
    note(before, person.withdrawal)
    clear_caches(before.cache)
    after = options()
    try:
        report = run(values, after, progress())
    except (SourceRefused, PublishingError):
        say(msg("withdrawal.noted"))
        raise
    for other in outputs_beside(after.output):
        with opened(other) as releases:
            releases.drop_previous()
    with SiteBuild(after) as site:
        sweep_pictures(site.database, after.cache / "images")
    if delete:
        delete_files(after.content, person.files)
    _print_report(report, after)
    for told in _left_to_do(person, after, values.get("PUBLISH"), settings, deleted=delete):
        say(told)
    return OK


def _left_to_do(
    person: FoundPerson, options: BuildOptions, targets: object, settings: str, *, deleted: bool
) -> Iterator[str]:
    """Yield what a withdrawal did, and what it cannot do."""
    from portraits.build.releases import outputs_beside
    from portraits.build.trees import marks_of
    from portraits.model.withdrawn import NAME
    from portraits.publish import targets_from

    yield msg("withdrawal.done", folder=options.output.name)
    yield from (f"  /{address}" for address in person.withdrawal.addresses)
    for other in outputs_beside(options.output):
        if other.is_dir() and person.withdrawal.mark not in marks_of(other):
            yield msg("withdrawal.still_there", folder=other)
    if person.naming:
        yield msg("withdrawal.texts")
        yield from (f"  {options.label}/{source}" for source in person.naming)
    if not deleted:
        yield msg("withdrawal.files")
        yield from (f"  {options.label}/{file}" for file in person.files)
    yield msg("withdrawal.commit", file=f"{options.label}/{NAME}")
    if not targets:
        return
    for name, target in targets_from(targets, settings).items():
        yield msg("withdrawal.target", name=name, target=target, kept=target.keeps)
    yield msg("withdrawal.caches")


@apart
def schedule(settings: str, content: str | None = None, now: str = "") -> int:
    """Write the hours of the portraits to come into the workflows that publish the site."""
    from portraits.build.site import SiteBuild
    from portraits.editor.schedule import WORKFLOWS, cron, scheduled, to_come, workflows
    from portraits.support.catalogue import catalogue
    from portraits.support.symlinks import refuse_links

    options = _options(settings, content, now)
    with SiteBuild(options, progress()) as site:
        if found := errors(site.examine()):
            raise SourceRefused(found)
        hours = to_come(site.database.connection, options.now)
    for hour in hours:
        day = catalogue(spoken()).date(hour)
        say(msg("schedule.hour", date=day, hour=f"{hour:%H:%M}", cron=cron(hour)))
    if not hours:
        say(msg("schedule.none"))
    root = Path(settings).parent
    for path in workflows(root):
        refuse_links(root, f"{WORKFLOWS}/{path.name}")
        standing = path.read_text(encoding="utf-8")
        text = scheduled(standing, hours, options.settings.time_zone)
        if text != standing:
            path.write_text(text, encoding="utf-8", newline="\n")
        say(msg("commands.current" if text == standing else "schedule.written", path=path))
    if not workflows(root):
        say(msg("schedule.no_workflow", folder=WORKFLOWS))
    return OK


@command
def publish(
    settings: str,
    name: str = "",
    dry_run: bool = False,
    adopt: bool = False,
    now: str = "",
    processes: int = 0,
    anew: bool = True,
    forget: bool = False,
) -> int:
    """Build the site, unless it is sent as it stands, and send it to the target called ``name``."""
    from portraits.build.releases import opened
    from portraits.build.trees import marks_of
    from portraits.host.running import read_settings, settings_without_address
    from portraits.model.withdrawn import read_withdrawn
    from portraits.publish import (
        check_address,
        check_address_of,
        check_installed,
        chosen,
        targets_from,
    )
    from portraits.settings import settings_from

    values = (read_settings if anew else settings_without_address)(Path(settings))
    settings_from(values, settings)  # before the address is looked at
    called, target = chosen(targets_from(values.get("PUBLISH"), settings), name)
    output = Path(values["OUTPUT_PATH"]).absolute()
    if anew:
        check_address(values["SITEURL"], settings)
    else:
        check_address_of(output, settings)
        if read_withdrawn(Path(values["PATH"]), values["PATH"]).marks - marks_of(output):
            raise PublishingError(msg("withdrawal.older_output", folder=output.name))
    check_installed(target, settings)
    if anew and (status := build(settings, now=now, processes=processes)):
        return status
    with opened(output):  # no build changes the site while it is sent
        return _send(output, called, target, dry_run=dry_run, adopt=adopt, forget=forget)


def _send(
    folder: Path,
    called: str,
    target: Target,
    *,
    dry_run: bool = False,
    adopt: bool = False,
    forget: bool = False,
) -> int:
    """Send the site in ``folder`` to a target."""
    from portraits.publish import SendingStopped
    from portraits.publish import publish as run

    try:
        changes = run(
            folder,
            target,
            root=Path.cwd(),
            say=say,
            dry_run=dry_run,
            adopt=adopt,
            forget=forget,
            progress=progress(),
        )
    except SendingStopped as error:
        say(f"{error}\n{msg('commands.stopped')}")
        return WRONG
    if dry_run:
        say(msg("commands.dry_run"))
    elif forget or not changes.nothing:
        say(msg("commands.published", target=called))
    return OK


@apart
def init(folder: str, given: Mapping[str, str]) -> int:
    """Write the folder of a new series. What ``given`` lacks is asked on a terminal."""
    from portraits.editor.series_folder import (
        QUESTIONS,
        NewSeries,
        refuse_to_fill,
        series_files,
        write_series,
        wrong_answers,
    )

    path = Path(folder)
    refuse_to_fill(path)
    series = NewSeries(**given)
    may_ask = sys.stdin is not None and sys.stdin.isatty()
    wrong = wrong_answers(series)
    if may_ask:
        wrong = [problem for problem in wrong if problem.path.removeprefix("--") in given]
    if wrong:
        show(wrong)
        return MISUSED
    if may_ask:
        for name, asked in QUESTIONS.items():
            if name not in given:
                answer = _answer(asked.question, getattr(series, name), asked.refusal)
                series = replace(series, **{name: answer})
    write_series(path, series_files(series))
    say(msg("commands.series_ready", path=path))
    return OK


def _answer(question: str, default: str, refusal: Callable[[str], str]) -> str:
    """Ask until the answer is accepted; raise KeyboardInterrupt if there is none to come."""
    while True:
        asked = msg("commands.ask_default", question=question, default=default)
        shown = asked if default else msg("commands.ask", question=question)
        print(shown, end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        if not line:
            raise KeyboardInterrupt
        answer = line.strip() or default
        if not (why := refusal(answer)):
            return answer
        say(why)


@apart
def new(
    settings: str,
    name: str,
    content: str | None = None,
    lang: str = "",
    questions: str = "",
    now: str = "",
    force: bool = False,
) -> int:
    """Write a portrait file to fill in. ``questions`` are ids separated by commas."""
    from portraits.editor.cli import new as run

    options = _options(settings, content, _day(now))
    return run(
        name,
        options.content,
        settings=options.settings,
        lang=lang,
        questions=_ids(questions),
        today=options.today,
        force=force,
        say=say,
    )


@apart
def questionnaire(
    settings: str,
    name: str,
    content: str | None = None,
    output: str | None = None,
    lang: str = "",
    questions: str = "",
    text: bool = False,
    force: bool = False,
) -> int:
    """Write the questionnaire to send: a page and, with ``text``, also the text of an e-mail."""
    from portraits.editor.cli import questionnaire as run

    options = _options(settings, content)
    path = Path(output) if output else None
    for as_text in (False, True) if text else (False,):
        status = run(
            name,
            options.content,
            path.with_suffix(".txt") if path and as_text else path,
            settings=options.settings,
            lang=lang,
            questions=_ids(questions),
            as_text=as_text,
            theme=options.theme,
            force=force,
            say=say,
        )
        if status:
            return status
    return OK


@apart
def proof(
    settings: str,
    name: str,
    content: str | None = None,
    output: str | None = None,
    lang: str = "",
    force: bool = False,
) -> int:
    """Write the proof of a portrait, to send to its person."""
    from portraits.proof.making import make

    if not name.strip():
        say(msg("proof.no_name"))
        return MISUSED
    return make(
        name,
        _options(settings, content),
        Path(settings).resolve().parent,
        output=Path(output) if output else None,
        lang=lang,
        force=force,
        progress=progress(),
        say=say,
    )


@apart
def import_files(
    settings: str,
    files: Sequence[str],
    content: str | None = None,
    lang: str = "",
    everything: bool = False,
    force: bool = False,
    name: str = "",
    now: str = "",
) -> int:
    """Turn replies, old pages and exports of a blog into portraits; take the replies to proofs."""
    from portraits.importer.cli import run
    from portraits.importer.transcript import ImportRefused
    from portraits.proof.reading import ReplyReader, reply_at

    options = _options(settings, content, _day(now))
    may_ask = sys.stdin is not None and sys.stdin.isatty()
    reader = ReplyReader(options, Path(settings).resolve().parent, say, _yes if may_ask else None)
    status, others = OK, []
    for path in map(Path, files):
        try:
            reply = reply_at(path)
        except ImportRefused as refused:
            say(msg("proof.refused", path=path, why=refused))
            status = WRONG
            continue
        if reply is None:
            others.append(path)
        else:
            status = max(status, reader.take(path, reply))
    if files and not others:
        return status
    done = run(
        others,
        options.content,
        settings=options.settings,
        force=force,
        lang=lang,
        everything=everything,
        name=name,
        day=options.today,
        say=say,
    )
    return max(done, status)


def _yes(question: str) -> bool:
    """Ask until the answer is yes or no; raise KeyboardInterrupt if there is none to come."""
    answers = {msg("proof.yes_words"): True, msg("proof.no_words"): False}
    while True:
        print(f"{question} ", end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        if not line:
            raise KeyboardInterrupt
        for words, answer in answers.items():
            if line.strip().lower() in words.split():
                return answer


def _options(settings: str, content: str | None, now: str = "") -> BuildOptions:
    from portraits.host.running import read_settings
    from portraits.options import options_from

    values = read_settings(Path(settings))
    return options_from(values, content=Path(content) if content else None, now=now)


def _day(now: str) -> str:
    """Return ``now``. Raise SourceRefused if it says more than a day."""
    from portraits.model.dates import DateRefused, read_date

    try:
        if now:
            read_date(now, "fr")
    except DateRefused as error:
        raise SourceRefused([Problem("--now", 0, "date", error.message, error.hint)]) from error
    return now


def _ids(questions: str) -> list[str] | None:
    return [name.strip() for name in questions.split(",") if name.strip()] or None


@apart
def stats(settings: str, content: str | None = None, now: str = "", form: str = "text") -> int:
    """Print the series in figures, and whom to interview next."""
    from portraits.build.site import SiteBuild
    from portraits.editor.figures import counted, figures_json, figures_text
    from portraits.host.running import read_settings
    from portraits.options import options_from

    options = options_from(
        read_settings(Path(settings)), content=Path(content) if content else None, now=now
    )
    with SiteBuild(options, progress()) as site:
        if found := errors(site.examine()):
            raise SourceRefused(found)
        figures = counted(site.series(), options.settings.lang)
    print(figures_json(figures) if form == "json" else figures_text(figures))
    return OK


@apart
def schema(output: str | None = None, force: bool = False) -> int:
    """Write the files that text editors use to complete and check the format."""
    from portraits.editor.editor_files import editor_files
    from portraits.support.symlinks import refuse_links

    status = OK
    for name, text in editor_files().items():
        refuse_links(output or ".", str(name))
        path = Path(output or ".", name)
        standing = path.read_text(encoding="utf-8") if path.exists() else ""
        if standing == text:
            say(msg("commands.current", path=path))
        elif standing and not force:
            say(msg("commands.differs", path=path))
            status = WRONG
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            say(msg("commands.schema_written", path=path))
    return status
