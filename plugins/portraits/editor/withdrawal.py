"""Take a person off the site: find what is theirs, note it in the list, and clear what was kept.

    found -> noted in withdrawn.toml -> caches cleared -> (build) -> pictures swept

Once the list is written, every build of every machine that has it leaves the person out; clearing
comes first so that a build that fails leaves no copy behind.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from portraits.checks.pages import page_sources
from portraits.checks.series import Checked
from portraits.model import addresses
from portraits.model.slugs import id_of
from portraits.model.withdrawn import NAME, Withdrawal, digest_of, written
from portraits.options import BuildOptions
from portraits.reader.people import PEOPLE_FILE
from portraits.series.database import Database, discard
from portraits.support.content_folder import FileRefused, read_regular
from portraits.support.limits import MAX_BYTES
from portraits.support.messages import msg
from portraits.support.problems import Problem, Severity, SourceRefused, did_you_mean
from portraits.support.symlinks import refuse_links
from portraits.support.transliteration import unaccented

_COMPANIONS = (".import.txt", ".comments.json")
"""Endings of what may stand beside a text (:mod:`portraits.support.content_folder`)."""
_PREVIEWS = ("preview", ".preview.portraits")
"""Folders of the cache that hold whole sites."""


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """A person to take off the site, and where else the series speaks of them."""

    withdrawal: Withdrawal
    files: tuple[str, ...]
    """Texts and pictures that nobody else needs, relative to the content folder."""
    naming: tuple[str, ...]
    """Lines of other texts that say the name: ``portraits/sam.md:12``."""


def find_person(series: Checked, name: str) -> FoundPerson:
    """Return what belongs to a person: named as readers know them, by slug or by file.

    Raise SourceRefused unless that is one portrait, in whatever languages.
    """
    label, wanted = series.options.label, id_of(name)
    path = name.removeprefix(f"{label}/")
    same = [
        one for one in series.all if one.source == path or wanted in (one.slug, id_of(one.name))
    ]
    people = {one.translation for one in same}
    if len(people) != 1:
        raise SourceRefused([_not_one(series, name, [one.source for one in same])])
    theirs = [one for one in series.all if one.translation in people]
    sources = [one.source for one in theirs]
    former = [alias.lstrip("/") for one, alias in series.aliases() if one in theirs]
    presences = _of(series, "SELECT account FROM presence WHERE account<>''", sources)
    accounts = [digest_of(account) for (account,) in (*presences, *_held(series, sources))]
    withdrawal = Withdrawal(
        series.options.today,
        tuple(sources),
        tuple(dict.fromkeys((*map(series.address, theirs), *former))),
        tuple(dict.fromkeys(accounts)),
    )
    files = [*sources, *_companions(series.options.content, sources), *_pictures(series, sources)]
    named = _naming(series, {_plain(one.name) for one in theirs})
    naming = (f"{source}:{line}" for source, line in named if source not in sources)
    return FoundPerson(withdrawal, tuple(files), tuple(naming))


def _not_one(series: Checked, name: str, sources: Sequence[str]) -> Problem:
    if sources:
        listed = ", ".join(series.shown(source) for source in sources)
        return Problem(
            "withdraw",
            0,
            "several-portraits",
            msg("withdrawal.several", name=name),
            msg("withdrawal.several_hint", files=listed),
        )
    places = {address.strip("/").split("/")[-1] for address in series.options.withdrawn.addresses}
    if id_of(name) in places:
        return Problem(
            "withdraw",
            0,
            "already-withdrawn",
            msg("withdrawal.already", name=name),
            msg("withdrawal.already_hint", file=NAME),
        )
    known = sorted({one.name for one in series.all})
    return Problem(
        "withdraw",
        0,
        "nobody",
        msg("withdrawal.nobody", name=name),
        did_you_mean(name, known) or msg("withdrawal.nobody_hint"),
    )


def _of(series: Checked, statement: str, sources: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the rows of a ``SELECT … WHERE …`` that belong to files, in order."""
    marks = ",".join("?" * len(sources))
    return series.connection.execute(
        f"{statement} AND source IN ({marks}) ORDER BY source, number", sources
    ).fetchall()


def _held(series: Checked, sources: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the accounts that ``people.yml`` gives to the person of some portraits, in order."""
    marks = ",".join("?" * len(sources))
    return series.connection.execute(
        "SELECT DISTINCT account FROM held_account WHERE person IN"
        " (SELECT held_account.person FROM held_account JOIN presence USING (account)"
        f" WHERE presence.source IN ({marks}))"
        f" OR person IN (SELECT person FROM person WHERE portrait IN ({marks})) ORDER BY account",
        (*sources, *sources),
    ).fetchall()


def _companions(content: Path, sources: Sequence[str]) -> Iterator[str]:
    for source in sources:
        stem = source.rpartition(".")[0]
        yield from (
            f"{stem}{ending}" for ending in _COMPANIONS if (content / f"{stem}{ending}").is_file()
        )


def _pictures(series: Checked, sources: Sequence[str]) -> Iterator[str]:
    """Yield the pictures and sounds that no other portrait shows."""
    shown = _of(series, "SELECT file FROM image WHERE file<>''", sources)
    for file in dict.fromkeys(file for (file,) in shown):
        users = {
            source
            for (source,) in series.connection.execute(
                "SELECT source FROM image WHERE file=?", (file,)
            )
        }
        if users <= set(sources) and (series.options.content / file).is_file():
            yield file


def _plain(text: str) -> str:
    """Return the words of a text, to find one in another: `` lea tremblay ``."""
    return f" {' '.join(re.findall('[a-z0-9]+', unaccented(text)))} "


def _naming(series: Checked, names: set[str]) -> Iterator[tuple[str, int]]:
    """Yield the path and line number of each line of a text that says one of ``names``.

    Texts are those of portraits and of the editor's pages, without those of people withdrawn, and
    ``people.yml``.
    """
    content = series.options.content
    portraits = {one.source for one in series.all} | series.broken.keys()
    for source in sorted({*portraits, *page_sources(content), PEOPLE_FILE}):
        try:
            text = read_regular(content / source, MAX_BYTES + 1).decode(errors="replace")
        except (FileRefused, OSError):  # told by who reads it
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if any(name in _plain(line) for name in names):
                yield source, number


def naming_withdrawn(series: Checked) -> Iterator[Problem]:
    """Yield a warning for each line that names somebody withdrawn, as their address does.

    A name of one word is not looked for: it is that of others as well.
    """
    places = map(addresses.portrait_in, series.options.withdrawn.addresses)
    names = {_plain(place.split("/")[-2]) for place in places if place}
    names = {name for name in names if len(name.split()) > 1}
    for source, line in _naming(series, names) if names else ():
        yield Problem(
            series.shown(source),
            line,
            "withdrawn-name",
            msg("withdrawal.named"),
            msg("withdrawal.named_hint"),
            severity=Severity.WARNING,
        )


def note(options: BuildOptions, withdrawal: Withdrawal) -> None:
    """Add a withdrawal to the list of the content folder."""
    refuse_links(options.content, NAME)
    path = options.content / NAME
    aside = path.with_name(f".{NAME}")
    aside.write_text(written((*options.withdrawn.entries, withdrawal)), "utf-8", newline="\n")
    aside.replace(path)


def clear_caches(cache: Path) -> None:
    """Delete the databases of every output folder, and the previews: they hold whole texts."""
    for path in sorted(cache.glob("*.sqlite")):
        discard(path)
    for name in _PREVIEWS:
        shutil.rmtree(cache / name, ignore_errors=True)


def sweep_pictures(database: Database, store: Path) -> None:
    """Delete every encoded picture that the site does not show."""
    run = database.connection.execute
    shown = {
        path.rpartition("/")[2]
        for (path,) in run("SELECT path FROM file WHERE path GLOB ?", (f"{addresses.IMAGES}*",))
    }
    kept = {digest for (digest,) in run("SELECT digest FROM photo")}
    kept |= {name.rpartition("-")[0] for name in shown}
    if not store.is_dir():
        return
    for path in store.iterdir():
        is_record = path.suffix == ".json" and path.name.split(".")[0] in kept
        if path.is_file() and path.name not in shown and not is_record:
            path.unlink()


def delete_files(content: Path, files: Sequence[str]) -> None:
    """Delete the texts and pictures of a person."""
    for file in files:
        refuse_links(content, file)
        (content / file).unlink(missing_ok=True)
