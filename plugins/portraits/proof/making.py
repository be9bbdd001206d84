"""Write the proof of a portrait: the command « portraits proof ».

The page is made by a build of its own, which shows this portrait and, of all others, only what is
published: a proof tells nobody of drafts. What it makes stays in the cache.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from portraits.build.site import SiteBuild
from portraits.checks.pages import read_pages
from portraits.images.encode import write_whole
from portraits.importer.portrait_file import write
from portraits.importer.transcript import ImportRefused
from portraits.options import BuildOptions
from portraits.proof.changes import PortraitFile
from portraits.proof.finding import file_called
from portraits.proof.page import Proof, proof_page
from portraits.proof.tokens import secret_in, served_proof, token_of
from portraits.series.tables import EditorPageRow
from portraits.support.messages import msg
from portraits.support.problems import Problem, SourceRefused, errors
from portraits.support.symlinks import LinkRefused
from portraits.support.workers import Progress

Say = Callable[[str], None]


def make(
    name: str,
    options: BuildOptions,
    root: Path,
    *,
    output: Path | None = None,
    lang: str = "",
    force: bool = False,
    progress: Progress | None = None,
    say: Say,
) -> int:
    """Write the proof of the portrait called ``name``; return the exit status.

    ``root`` is the folder of the settings, which holds the secret; ``output`` defaults to a file
    named after the portrait, in the current folder. Raise SourceRefused, OSError.
    """
    file = file_called(name, options, lang)
    portrait = file.portrait
    proof = Proof(
        portrait,
        file.answers(),
        file.parsed.fingerprint,
        token_of(secret_in(root), file.parsed.fingerprint, portrait.slug, portrait.lang),
    )
    page = page_of(proof, file, options, progress)
    suffix = "" if portrait.lang == options.settings.lang else f"-{portrait.lang}"
    path = output or Path(f"{msg('proof.file_name')}-{portrait.slug}{suffix}.html")
    try:
        write(path, page, root=path.parent if path.is_absolute() else Path(), force=force)
    except (ImportRefused, LinkRefused) as refused:
        say(str(refused))
        return 1
    kept = served_proof(options.cache, proof.token)
    assert kept is not None  # noqa: S101 - a token of ours
    kept.parent.mkdir(parents=True, exist_ok=True)
    write_whole(kept, page.encode())
    say(msg("proof.ready", path=path))
    say(msg("proof.ready_send"))
    say(msg("proof.ready_import"))
    say(msg("proof.ready_phone", token=proof.token))
    return 0


def page_of(
    proof: Proof, file: PortraitFile, options: BuildOptions, progress: Progress | None = None
) -> str:
    """Return the page of a proof. Raise SourceRefused if the portrait cannot be shown."""
    options = replace(
        options,
        output=options.cache / "proof",
        drafts=False,
        durable=False,
        guest=False,
        overrides=() if options.guest else options.overrides,
        proof=file.source,
    )
    slugs = read_pages(options.content, options.label).slugs
    with SiteBuild(options, progress) as site:
        # The editor's pages are Pelican's to read; a proof leads to none of them.
        site.pages = [
            EditorPageRow(label.removeprefix(f"{options.label}/"), f"{slug}/", slug, "", "")
            for slug, label in sorted(slugs.items())
        ]
        wrong = [problem for problem in site.examine() if problem.path == file.label]
        if found := errors(_but_consent(wrong)):
            raise SourceRefused(found)
        return proof_page(site.context(), file.source, proof)


def _but_consent(problems: list[Problem]) -> list[Problem]:
    """Return the problems that a proof does not solve itself."""
    return [problem for problem in problems if problem.field != "consent" or not _asks(problem)]


def _asks(problem: Problem) -> bool:
    return problem.code in ("no-consent", "no-photo-consent", "consent-to-another-text")
