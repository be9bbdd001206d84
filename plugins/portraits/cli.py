"""The commands, without Invoke: each takes plain values and returns an exit status.

    0  done        1  something is wrong with what was given        2  the command was misused

Problems go to standard error, one a line; a summary closes each command.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec

from portraits.problems import Problem, SourceRefused, errors, on_one_line
from portraits.releases import PublishingError

if TYPE_CHECKING:
    from portraits.inputs import Asked, Settled
    from portraits.inspection import Inspection
    from portraits.options import BuildOptions
    from portraits.publication import Report

P = ParamSpec("P")
OK, WRONG, MISUSED = 0, 1, 2
MOST_WARNINGS = 20
"""Warnings that a build prints."""
_INTACT = "Rien n’a été publié; le site en place est intact."


class Misused(Exception):
    """What was typed makes no sense; the message says why."""


def command(function: Callable[P, int], closing: str = _INTACT) -> Callable[P, int]:
    """A command that says what is wrong instead of showing a traceback, then ``closing``."""

    @wraps(function)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> int:
        try:
            return function(*args, **kwargs)
        except SourceRefused as refused:
            show(refused.problems)
            say(f"{_counted(refused.problems)} {closing}".rstrip())
        except PublishingError as error:
            say(f"{error}\n{closing}".rstrip())
        except OSError as error:
            name = f"{error.filename} : " if error.filename else ""
            say(f"{name}{error.strerror or error}\n{closing}".rstrip())
        except KeyboardInterrupt:
            say("Interrompu.")
        except Misused as error:
            say(str(error))
            return MISUSED
        return WRONG

    return guarded


def apart(function: Callable[P, int]) -> Callable[P, int]:
    """A command that has nothing to do with the published site."""
    return command(function, closing="")


def say(text: str) -> None:
    """A sentence for the person at the keyboard."""
    print(text, file=sys.stderr, flush=True)


def show(problems: Sequence[Problem], form: str = "texte") -> None:
    """Print problems: for people, as JSON, or as annotations for GitHub."""
    if form == "json":
        print(json.dumps([
            {"path": p.path, "line": p.line, "severity": p.severity.value, "code": p.code,
             "field": p.field, "message": p.message, "hint": p.hint} for p in problems],
            ensure_ascii=False, indent=2))
        return
    for problem in problems:
        if form == "github":
            text = f"{problem.message} — {problem.hint}" if problem.hint else problem.message
            text = on_one_line(text).replace("%", "%25")
            path = on_one_line(problem.path).replace("%", "%25")
            path = path.replace(",", "%2C").replace(":", "%3A")
            print(f"::{problem.severity.value} file={path},line={max(1, problem.line)}::{text}")
        else:
            say(_line(problem))


def _line(problem: Problem) -> str:
    return f"{'' if problem.is_error else 'avertissement — '}{problem}"


def _counted(problems: Sequence[Problem]) -> str:
    wrong = len(errors(problems))
    warned = len(problems) - wrong
    parts = []
    if wrong:
        parts.append(f"{wrong} erreur{'s' if wrong > 1 else ''}")
    if warned:
        parts.append(f"{warned} avertissement{'s' if warned > 1 else ''}")
    return (", ".join(parts) or "Aucun problème") + "."


class Progress:
    """Says how far a long step has come; a step shorter than a second says nothing."""

    def __init__(self) -> None:
        self._began: dict[str, float] = {}
        self._shown = 0.0

    def __call__(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        began = self._began.setdefault(what, now)
        if now - began < 1 or (now - self._shown < 4 and done < total):
            return
        self._shown = now
        say(f"  {what} : {done} sur {total}")


@command
def build(settings: str, content: str | None = None, output: str | None = None, now: str = "",
          drafts: bool = False, processes: int = 0) -> int:
    """Build and publish the site."""
    _not_negative("--processes", processes)
    from portraits.inputs import Asked

    asked = Asked(Path(settings), Path(content) if content else None,
                  Path(output) if output else None, now, drafts)
    settled = asked.settled()
    if settled is None:
        _tell(*_built(asked, None, processes, None))
        return OK
    from portraits.inspection import Inspection

    with Inspection.begin(settled.output, processes) as inspection:
        _build(asked, settled, processes, inspection)
    gc.freeze()  # or Python looks for garbage in all that was made, only to end
    return OK


def _build(asked: Asked, settled: Settled, processes: int, inspection: Inspection) -> None:
    """Build no more than what has changed since the last build."""
    from portraits.inputs import (
        LastBuild,
        edited_files,
        inputs_of,
        is_alone,
        last_build,
        remember,
        stands_untouched,
    )

    inputs = inputs_of(asked, settled)
    last = last_build(settled.output)
    edited = edited_files(last.inputs, inputs) if last and inputs else None
    if last and edited == () and stands_untouched(last, inspection):
        _summarise(last.lines, last.portraits, last.files, 0, 0, last.release)
        return
    # What a build makes it needs to its end; looking for garbage in it costs a tenth of the time.
    gc.disable()
    followed = None
    if last and edited and is_alone(settled.values) and last.release == inspection.release:
        followed = _followed(asked, settled, edited, inspection)
    if followed:
        report, options, same = followed
        lines = _tell(report, options, last.lines if last and same else None)
    else:
        report, options = _built(asked, settled, processes, inspection)
        lines = _tell(report, options)
    if inputs:
        remember(LastBuild(inputs, lines, report.portraits, report.files, report.release),
                 options.output)


def _followed(
    asked: Asked, settled: Settled, edited: Sequence[str], inspection: Inspection
) -> tuple[Report, BuildOptions, bool] | None:
    """Build after edits of texts alone; the last value is whether all that was said before is
    to be said again."""
    from portraits.edits import follow
    from portraits.options import options_from

    options = options_from(settled.values, content=asked.content, output=asked.output,
                           now=asked.now, drafts=asked.drafts)
    done = follow(options, edited, inspection=inspection)
    return (done.report, options, done.same_warnings) if done else None


def _tell(
    report: Report, options: BuildOptions, lines: tuple[str, ...] | None = None
) -> tuple[str, ...]:
    """Say what a build did, in ``lines`` that are known or in those of its report; returns
    what is to be said again of the same site."""
    for notice in report.notices:
        say(notice)
    if lines is None:
        lines = _lines(report, options)
    _summarise(lines, report.portraits, report.files, len(report.written), len(report.removed),
               report.release)
    return lines


def _lines(report: Report, options: BuildOptions) -> tuple[str, ...]:
    return (
        *_shortened([_line(problem) for problem in report.warnings]),
        *(f"{options.label}/{outline.source} : n’est pas publié ({_why_waiting(outline)})"
          for outline in report.waiting))


def _shortened(lines: Sequence[str]) -> Sequence[str]:
    """The first warnings of a build; ``check`` shows all of them."""
    if len(lines) <= MOST_WARNINGS:
        return lines
    more = len(lines) - MOST_WARNINGS
    return (*lines[:MOST_WARNINGS], f"… et {more} autres avertissements : uv run invoke check")


def _built(
    asked: Asked, settled: Settled | None, processes: int, inspection: Inspection | None
) -> tuple[Report, BuildOptions]:
    """Build, with Pelican where it is needed."""
    from portraits.direct import build_directly, pages_key

    progress = Progress()
    done = (build_directly(asked, settled, processes, progress, inspection=inspection)
            if settled else None)
    if done:
        return done

    from portraits.build import build as run
    from portraits.build import read_settings
    from portraits.options import options_from

    values = read_settings(asked.settings)
    options = options_from(values, content=asked.content, output=asked.output, now=asked.now,
                           drafts=asked.drafts, processes=processes)
    keep = pages_key(settled, options.content) if settled else b""
    return run(values, options, progress, keep_pages_as=keep, inspection=inspection), options


def _summarise(
    lines: Sequence[str], portraits: int, files: int, written: int, removed: int, release: int
) -> None:
    for line in lines:
        say(line)
    say(f"{_plural(portraits, 'portrait', 'portraits')}, {_plural(files, 'fichier', 'fichiers')} : "
        f"{_plural(written, 'écrit', 'écrits')}, {_plural(removed, 'retiré', 'retirés')}. "
        f"Version {release}.")


def _one_of(option: str, given: str, known: Sequence[str]) -> None:
    if given not in known:
        found = f"{option} {given} : inconnu" if given else f"{option} : il manque la valeur"
        raise Misused(f"{found} — {', '.join(known[:-1])} ou {known[-1]}")


def _not_negative(option: str, number: int) -> None:
    if number < 0:
        raise Misused(f"{option} {number} : donnez un nombre positif, ou rien")


def _plural(number: int, one: str, many: str) -> str:
    return f"{number} {one if number < 2 else many}"


def _why_waiting(outline: object) -> str:
    from portraits.catalogue import catalogue
    from portraits.model import Status
    from portraits.outline import Outline

    assert isinstance(outline, Outline)  # noqa: S101 - what a report holds
    if outline.status is Status.PUBLISHED:
        return f"prévu pour le {catalogue('fr').date(outline.date)}"
    return {"draft": "brouillon", "hidden": "gardé à part"}[outline.status.value]


@apart
def check(settings: str, content: str | None = None, form: str = "texte",
          links: bool = False) -> int:
    """Every problem of every file; nothing is written."""
    from portraits.build import read_settings
    from portraits.options import options_from
    from portraits.page_sources import page_sources
    from portraits.site_build import SiteBuild

    _one_of("--format", form, ("texte", "json", "github"))
    try:
        values = read_settings(Path(settings))
        options = options_from(values, content=Path(content) if content else None)
    except SourceRefused as refused:
        if form == "texte":
            raise
        show(refused.problems, form)
        return WRONG
    site_build = SiteBuild(options, Progress())
    try:
        library, found = site_build.examine(page_sources(options.content))
        if links:
            from portraits.external_links import dead_links
            found += dead_links(library, site_build.portrait, options.label, Progress())
    finally:
        site_build.close()
    problems = sorted(found)
    show(problems, form)
    if form == "texte":
        count = len(library.portraits) + len(library.unpublished)
        say(f"{_plural(count, 'portrait lu', 'portraits lus')}. {_counted(problems)}")
    return WRONG if errors(problems) else OK


@command
def roll_back(settings: str, output: str | None = None) -> int:
    """Put the release before the published one back."""
    from portraits.build import read_settings
    from portraits.releases import opened

    target = Path(output or read_settings(Path(settings))["OUTPUT_PATH"]).absolute()
    with opened(target) as releases:
        number = releases.roll_back()
    say(f"La version {number} est de nouveau en place dans {target.name}.")
    return OK


@apart
def serve(settings: str, content: str | None = None, port: int = 8000,
          drafts: bool = True) -> int:
    """Serve the site on this machine and rebuild it as files are saved."""
    from portraits.preview.loop import PortTaken, Preview

    if not 1 <= port <= 65535:
        raise Misused(f"--port {port} : un port est un nombre de 1 à 65535")
    try:
        Preview(Path(settings), Path(content) if content else None, port, drafts, say, show,
                Progress).run()
    except PortTaken as error:
        other = port + 1 if 1024 <= port < 65535 else 8000
        say(f"Le port {port} ne peut être pris ({error}) — arrêtez le programme qui l’occupe, ou "
            f"choisissez-en un autre : uv run invoke serve --port {other}")
        return WRONG
    return OK


@apart
def host_rules(settings: str, server: str, content: str | None = None) -> int:
    """Print the headers and redirects of the site for a server: nginx or caddy."""
    from portraits.build import read_settings
    from portraits.hosting import host_files, redirects_of, rules_of
    from portraits.options import options_from
    from portraits.site_build import SiteBuild

    names = {"nginx": "portraits.nginx.conf", "caddy": "portraits.caddy", "apache": ".htaccess",
             "netlify": "_headers"}
    _one_of("--pour", server, tuple(names))
    options = options_from(read_settings(Path(settings)),
                           content=Path(content) if content else None)
    site_build = SiteBuild(options)
    try:
        library, found = site_build.examine()
    finally:
        site_build.close()
    if errors(found):
        raise SourceRefused(found)
    rules = rules_of(options.settings, redirects_of(library.portraits, options.settings))
    print(dict(host_files(rules))[names[server]], end="")
    return OK


@command
def publish(settings: str, name: str = "", dry_run: bool = False, adopt: bool = False,
            now: str = "", processes: int = 0) -> int:
    """Build the site and send it where readers are served: to the target called ``name``."""
    from portraits.build import read_settings
    from portraits.publishing import SendingStopped, check_address, chosen, targets_from
    from portraits.publishing import publish as run
    from portraits.releases import opened

    _not_negative("--processes", processes)
    values = read_settings(Path(settings))
    called, target = chosen(targets_from(values.get("PUBLISH"), settings), name)
    check_address(values["SITEURL"], settings)
    if status := build(settings, now=now, processes=processes):
        return status
    output = Path(values["OUTPUT_PATH"]).absolute()
    try:
        with opened(output):  # no build changes the site while it is sent
            changes = run(output, target, root=Path.cwd(), say=say, dry_run=dry_run, adopt=adopt,
                          progress=Progress())
    except SendingStopped as error:
        say(f"{error}\nL’envoi s’est arrêté en chemin : la cible a une partie du nouveau site. "
            "Relancez la même commande; elle reprend où elle en était.")
        return WRONG
    if dry_run:
        say("Essai : rien n’a été envoyé.")
    elif not changes.nothing:
        say(f"Publié : {called}.")
    return OK


@apart
def new(settings: str, name: str, content: str | None = None, lang: str = "", questions: str = "",
        now: str = "", force: bool = False) -> int:
    """Write a portrait file to fill in. ``questions`` are ids with commas between them."""
    from portraits.desk.cli import new as run

    options = _desk(settings, content, lang, now)
    return run(name, options.content, settings=options.settings, lang=lang,
               questions=_ids(questions), today=options.today, force=force, say=say)


@apart
def questionnaire(settings: str, name: str, content: str | None = None, output: str | None = None,
                  lang: str = "", questions: str = "", text: bool = False,
                  force: bool = False) -> int:
    """Write the questionnaire to send: a page and, with ``text``, the same as an e-mail."""
    from portraits.desk.cli import questionnaire as run

    options = _desk(settings, content, lang)
    path = Path(output) if output else None
    for as_text in (False, True) if text else (False,):
        status = run(name, options.content, path.with_suffix(".txt") if path and as_text else path,
                     settings=options.settings, lang=lang, questions=_ids(questions),
                     as_text=as_text, force=force, say=say)
        if status:
            return status
    return OK


@apart
def import_files(settings: str, files: Sequence[str], content: str | None = None, lang: str = "",
                 everything: bool = False, force: bool = False) -> int:
    """Make portraits of replies, old pages and exports of a blog."""
    from portraits.importer.cli import run

    options = _desk(settings, content, lang)
    return run([Path(file) for file in files], options.content, settings=options.settings,
               force=force, lang=lang, everything=everything, say=say)


def _desk(settings: str, content: str | None, lang: str, now: str = "") -> BuildOptions:
    from portraits.build import read_settings
    from portraits.options import options_from
    from portraits.schema import LANGUAGES

    if lang:
        _one_of("--lang", lang, LANGUAGES)
    values = read_settings(Path(settings))
    return options_from(values, content=Path(content) if content else None, now=now)


def _ids(questions: str) -> list[str] | None:
    return [name.strip() for name in questions.split(",") if name.strip()] or None


@apart
def stats(settings: str, content: str | None = None, now: str = "", form: str = "texte") -> int:
    """What the series amounts to, and whom to interview next."""
    from dataclasses import replace

    from portraits.build import read_settings
    from portraits.desk.figures import counted, figures_json, figures_text
    from portraits.options import options_from
    from portraits.site_build import SiteBuild

    _one_of("--format", form, ("texte", "json"))
    options = options_from(read_settings(Path(settings)),
                           content=Path(content) if content else None, now=now)
    options = replace(options, settings=replace(options.settings, pictures=False))
    site_build = SiteBuild(options, Progress())
    try:
        library, found = site_build.examine()
    finally:
        site_build.close()
    if errors(found):
        raise SourceRefused(errors(found))
    figures = counted(library, options.settings.lang, options.settings.question_page_minimum)
    print(figures_json(figures) if form == "json" else figures_text(figures))
    return OK


@apart
def schema(output: str | None = None, force: bool = False) -> int:
    """Write what text editors read of the format, made from the model."""
    from portraits.desk.editor_files import editor_files

    status = OK
    for name, text in editor_files().items():
        path = Path(output or ".", name)
        standing = path.read_text(encoding="utf-8") if path.exists() else ""
        if standing == text:
            say(f"{path} : à jour")
        elif standing and not force:
            say(f"{path} : ce fichier est différent — ajoutez --force pour le refaire")
            status = WRONG
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            say(f"{path} : écrit")
    return status
