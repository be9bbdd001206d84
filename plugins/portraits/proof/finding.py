"""Find the file of a portrait by what people call it: a name, a slug, a path.

Few files are parsed: those whose name or bytes hold what is looked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from portraits.model.slugs import id_of, spelling_of
from portraits.options import BuildOptions
from portraits.proof.changes import PortraitFile
from portraits.reader.questionnaire import Questionnaire, read_questionnaire
from portraits.reader.source import parse
from portraits.support.content_folder import FileRefused, portraits_among, read_regular, scan
from portraits.support.limits import MAX_BYTES
from portraits.support.messages import msg
from portraits.support.problems import Problem, SourceRefused


def file_called(name: str, options: BuildOptions, lang: str = "") -> PortraitFile:
    """Return the file of the portrait called ``name``, in a language if one is given.

    Raise SourceRefused if there is none, or several.
    """
    wanted = PurePosixPath(name.removeprefix(f"{options.label}/")).as_posix()
    found = [
        file
        for file in _holding(options, name, id_of(name))
        if _is_called(file, name, wanted) and _is_in(file, lang)
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        problem = Problem(name, 0, "no-such-portrait", msg("proof.unknown"), msg("proof.names"))
    else:
        files = ", ".join(file.label for file in found)
        told = msg("proof.several", files=files)
        problem = Problem(name, 0, "several-portraits", told, msg("proof.several_hint"))
    raise SourceRefused([problem])


def file_at(slug: str, lang: str, options: BuildOptions) -> PortraitFile | None:
    """Return the file of the portrait with a slug in a language; None if there is none."""
    return next(
        (
            file
            for file in _holding(options, slug, slug)
            if (one := file.parsed.portrait) and (one.slug, one.lang) == (slug, lang)
        ),
        None,
    )


def _is_called(file: PortraitFile, name: str, wanted: str) -> bool:
    stem = PurePosixPath(file.source).name.partition(".")[0]
    if wanted in (file.source, PurePosixPath(file.source).name):
        return True
    one = file.parsed.portrait
    if one is None:
        return stem == id_of(name)
    return id_of(name) in (one.slug, stem) or spelling_of(one.name) == spelling_of(name)


def _is_in(file: PortraitFile, lang: str) -> bool:
    one = file.parsed.portrait
    return not lang or one is None or one.lang.partition("-")[0] == lang


def _holding(options: BuildOptions, name: str, slug: str) -> Iterator[PortraitFile]:
    """Yield the portraits that may be called so, by path."""
    found, _ = scan(options.content, options.settings.folder, options.label)
    questionnaire: Questionnaire | None = None
    for listed in portraits_among(found, options.label)[0]:
        try:
            data = read_regular(options.content / listed.source, MAX_BYTES + 1)
        except (FileRefused, OSError):
            continue
        file = PurePosixPath(listed.source).name
        if not (
            file.partition(".")[0] == slug
            or name.endswith(file)
            or name.encode() in data
            or slug.encode() in data
        ):
            continue
        questionnaire = questionnaire or _questionnaire(options)
        label = f"{options.label}/{listed.source}"
        parsed = parse(listed.source, data, options.settings, questionnaire, label=label)
        yield PortraitFile(listed.source, label, data, parsed, options.settings, questionnaire)


def _questionnaire(options: BuildOptions) -> Questionnaire:
    path = options.content / options.settings.questionnaire
    return (
        read_questionnaire(str(path), path.read_bytes())[0] if path.is_file() else Questionnaire()
    )
