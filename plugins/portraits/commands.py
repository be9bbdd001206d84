"""Implement the commands: each takes plain values and returns an exit status.

    0  done        1  an error in the input        2  a missing argument

Problems are printed on standard error, one per line; a summary ends each command.
"""

from __future__ import annotations

import gc
import os
import sqlite3
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec

from portraits.build.releases import PublishingError
from portraits.support.catalogue import quantity
from portraits.support.messages import msg
from portraits.support.problems import Problem, SourceRefused, errors, in_json, on_one_line
from portraits.support.workers import forget_interrupt
from portraits.terminal import erase, progress, say, tell

if TYPE_CHECKING:
    from portraits.build.site import BuildReport, Waiting
    from portraits.options import BuildOptions

P = ParamSpec("P")
OK, WRONG, MISUSED = 0, 1, 2
MOST_WARNINGS = 20
"""Maximum number of warnings that a build prints; ``check`` prints all of them."""
_INTACT = "Rien n’a été publié; le site en place est intact."


def command(function: Callable[P, int], closing: str = _INTACT) -> Callable[P, int]:
    """Decorate a command: print errors, then ``closing``, instead of showing a traceback."""

    @wraps(function)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> int:
        try:
            return function(*args, **kwargs)
        except SourceRefused as refused:
            show(refused.problems)
            say(f"{_counted(refused.problems)} {closing}".rstrip())
        except PublishingError as error:
            say(f"{error}\n{closing}".rstrip())
        except BrokenPipeError:  # the reader of a pipe closed it: ``portraits stats | head``
            # Replace stdout, so that the flush at exit does not fail.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return OK
        except OSError as error:
            name = f"{error.filename} : " if error.filename else ""
            say(f"{name}{error.strerror or error}\n{closing}".rstrip())
        except sqlite3.Error as error:
            say(
                f"La base de données ne se laisse pas lire ({error}) — effacez le dossier des "
                f"caches (CACHE_PATH) et relancez la commande.\n{closing}".rstrip()
            )
        except KeyboardInterrupt:
            forget_interrupt()
            say("Interrompu.")
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
            text = f"{problem.message} — {problem.hint}" if problem.hint else problem.message
            text = on_one_line(text).replace("%", "%25")
            path = on_one_line(problem.path).replace("%", "%25")
            path = path.replace(",", "%2C").replace(":", "%3A")
            print(f"::{problem.severity.value} file={path},line={max(1, problem.line)}::{text}")


def _counted(problems: Sequence[Problem]) -> str:
    wrong = len(errors(problems))
    warned = len(problems) - wrong
    parts = [
        quantity(number, word)
        for number, word in ((wrong, "erreur"), (warned, "avertissement"))
        if number
    ]
    return (", ".join(parts) or "Aucun problème") + "."


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
        say(
            f"… et {quantity(more, 'autre avertissement', 'autres avertissements')} : "
            "portraits check"
        )
    for waiting in report.waiting:
        say(f"{options.label}/{waiting.source} : n’est pas publié ({_reason(waiting)})")
    _summarise(report)


def _summarise(report: BuildReport) -> None:
    written, removed = len(report.written), len(report.removed)
    say(
        f"{quantity(report.portraits, 'portrait')}, "
        f"{quantity(report.files, 'fichier')} : "
        f"{quantity(written, 'écrit')}, {quantity(removed, 'retiré')}. "
        f"Version {report.release}."
    )


def _reason(waiting: Waiting) -> str:
    """Return why a portrait is not published."""
    import datetime as dt

    from portraits.support.catalogue import catalogue

    if waiting.status == "published":
        return f"prévu pour le {catalogue('fr').date(dt.date.fromisoformat(waiting.date))}"
    return {"draft": "brouillon", "hidden": "gardé à part"}[waiting.status]


@apart
def check(
    settings: str, content: str | None = None, form: str = "text", links: bool = False
) -> int:
    """Print every problem of every file; write nothing."""
    from portraits.build.site import SiteBuild
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
        if links:
            from portraits.checks.external_links import dead_links

            found += dead_links(site.database.connection, options.label, progress())
        count = site.count()
    problems = sorted(found)
    show(problems, form)
    if form == "text":
        say(f"{quantity(count, 'portrait lu', 'portraits lus')}. {_counted(problems)}")
    return WRONG if errors(problems) else OK


@command
def roll_back(settings: str, output: str | None = None) -> int:
    """Publish the previous release again."""
    from portraits.build.releases import opened
    from portraits.host.running import read_settings

    target = Path(output or read_settings(Path(settings))["OUTPUT_PATH"]).absolute()
    with opened(target) as releases:
        number = releases.roll_back()
    say(f"La version {number} est de nouveau en place dans {target.name}.")
    return OK


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
        say(
            f"--host : cette machine n’écoute pas à l’adresse « {host} » ({error}) — donnez une "
            "des siennes, ou rien pour rester sur cette machine"
        )
        return WRONG
    except PortTaken as error:
        other = port + 1 if 1024 <= port < 65535 else 8000
        say(
            f"Le port {port} ne peut être pris ({error}) — arrêtez le programme qui l’occupe, ou "
            f"choisissez-en un autre : portraits serve --port {other}"
        )
        return WRONG
    return OK


@apart
def host_rules(settings: str, server: str, content: str | None = None) -> int:
    """Print the headers and redirects of the site for a server: nginx or caddy."""
    from portraits.build.site import SiteBuild
    from portraits.host.running import read_settings
    from portraits.options import options_from
    from portraits.output.hosting import host_files, redirects_of, rules_of

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
        rules = rules_of(options.settings, redirects_of(site.aliases(), options.settings))
    print(dict(host_files(rules))[names[server]], end="")
    return OK


@command
def publish(
    settings: str,
    name: str = "",
    dry_run: bool = False,
    adopt: bool = False,
    now: str = "",
    processes: int = 0,
) -> int:
    """Build the site and send it to the target called ``name``."""
    from portraits.build.releases import opened
    from portraits.host.running import read_settings
    from portraits.publish import (
        SendingStopped,
        check_address,
        check_installed,
        chosen,
        targets_from,
    )
    from portraits.publish import publish as run
    from portraits.settings import settings_from

    values = read_settings(Path(settings))
    settings_from(values, settings)  # before the address is looked at
    called, target = chosen(targets_from(values.get("PUBLISH"), settings), name)
    check_address(values["SITEURL"], settings)
    check_installed(target, settings)
    if status := build(settings, now=now, processes=processes):
        return status
    output = Path(values["OUTPUT_PATH"]).absolute()
    try:
        with opened(output):  # no build changes the site while it is sent
            changes = run(
                output,
                target,
                root=Path.cwd(),
                say=say,
                dry_run=dry_run,
                adopt=adopt,
                progress=progress(),
            )
    except SendingStopped as error:
        say(
            f"{error}\nL’envoi s’est arrêté en chemin : la cible a une partie du nouveau site. "
            "Relancez la même commande; elle reprend où elle en était."
        )
        return WRONG
    if dry_run:
        say("Essai : rien n’a été envoyé.")
    elif not changes.nothing:
        say(f"Publié : {called}.")
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
    say(
        f"{path} est prêt.\n"
        f"  1. cd {path}, puis « portraits serve » (ou « make serve ») montre la série.\n"
        "  2. Complétez pelicanconf.py : sous-titre, fuseau horaire, courriel, licence.\n"
        "  3. « portraits new Prénom Nom » prépare votre premier portrait; "
        "supprimez alors content/portraits/exemple.md, qui est inventé."
    )
    return OK


def _answer(question: str, default: str, refusal: Callable[[str], str]) -> str:
    """Ask until the answer is accepted; raise KeyboardInterrupt if there is none to come."""
    while True:
        shown = f" [{default}]" if default else ""
        print(f"{question}{shown} : ", end="", file=sys.stderr, flush=True)
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

    options = _options(settings, content, now)
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

    options = _options(settings, content, now)
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
            say(f"{path} : à jour")
        elif standing and not force:
            say(f"{path} : ce fichier est différent — ajoutez --force pour le refaire")
            status = WRONG
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            say(f"{path} : écrit")
    return status
