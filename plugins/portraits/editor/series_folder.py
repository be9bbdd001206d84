"""Write the folder of a new series: its settings, its first texts, and what its host needs.

    DOSSIER/  pelicanconf.py  publishconf.py  tasks.py  Makefile  requirements.txt  README.md
              .gitignore  content/  and the workflows of the host

The files come from ``start/``; what ends with ``.jinja`` there is filled in. Nothing of the plugin
is copied: the folder depends on the package, so an upgrade changes one line of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from portraits.model.networks import NETWORKS
from portraits.settings import LOOKS
from portraits.support.languages import LANGUAGES
from portraits.support.messages import msg
from portraits.support.problems import Problem, SourceRefused, did_you_mean

_START = Path(__file__).parent / "start"
_MARKS = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&$])")
_LONGEST = 200
"""Characters in the name of a series."""
HOSTS = ("github", "gitlab", "other")
_OF_ALL = {
    "pelicanconf.py": "pelicanconf.py.jinja",
    "publishconf.py": "publishconf.py.jinja",
    "tasks.py": "tasks.py.txt",
    "Makefile": "Makefile",
    "requirements.txt": "requirements.txt.jinja",
    "README.md": "README.md.jinja",
    ".gitignore": "gitignore",
    "content/questionnaire.yml": "questionnaire.yml.jinja",
    "content/portraits/exemple.md": "portrait.{text}.md",
    "content/pages/a-propos.md": "a-propos.{text}.md",
}
_OF_HOSTS = {
    "github": {
        ".github/workflows/relire.yml": "github-check.yml",
        ".github/workflows/publier.yml": "github-publish.yml",
    },
    "gitlab": {".gitlab-ci.yml": "gitlab-ci.yml"},
    "other": {},
}
"""File to write -> its source in ``start/``; ``{text}`` is the language of the first texts."""


@dataclass(frozen=True, slots=True)
class NewSeries:
    """What is asked about a new series, as text."""

    name: str = ""
    address: str = ""
    """Address of the published site; empty if it is not known yet."""
    lang: str = "fr"
    """Languages, separated by commas; the first is that of the site."""
    network: str = "mastodon"
    """Network of a bare ``@name``."""
    look: str = "magazine"
    """One of the theme's LOOKS."""
    host: str = "github"
    """One of HOSTS."""

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(lang.strip() for lang in self.lang.split(",")))


Fault = tuple[str, str]
"""What is wrong with an answer, and what to do."""


@dataclass(frozen=True, slots=True)
class SetupQuestion:
    """A question about a new series."""

    key: str
    """Its message."""
    fault: Callable[[str], Fault | None]
    names: Sequence[str] = ()
    """Answers that the question names."""

    @property
    def question(self) -> str:
        return msg(self.key, names=", ".join(self.names))

    def refusal(self, answer: str) -> str:
        """Return why an answer is refused, and what to do, or an empty string."""
        if not (fault := self.fault(answer)):
            return ""
        message, hint = fault
        return msg("problem.hint", message=message, hint=hint)


def _name_fault(name: str) -> Fault | None:
    if not any(char.isalnum() for char in name):
        return msg("series_folder.name_missing"), msg("series_folder.name_missing_hint")
    if not name.isprintable():
        return msg("series_folder.name_invisible"), msg("series_folder.name_invisible_hint")
    if len(name) > _LONGEST:
        message = msg("series_folder.name_too_long", most=_LONGEST)
        return message, msg("series_folder.name_too_long_hint")
    return None


def _address_fault(address: str) -> Fault | None:
    if not address:
        return None
    try:
        parts = urlsplit(address)
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        known = False
    if known and re.fullmatch(r"[^\s?#@\\\"'<>]+", address) and address.isprintable():
        return None
    message = msg("series_folder.wrong_address", address=address)
    return message, msg("series_folder.wrong_address_hint")


def _lang_fault(lang: str) -> Fault | None:
    unknown = [one for one in NewSeries(lang=lang).languages if one not in LANGUAGES]
    if not unknown:
        return None
    message = msg("series_folder.unknown_language", lang=unknown[0])
    return message, msg("series_folder.unknown_language_hint", names=", ".join(LANGUAGES))


def _one_of(known: Sequence[str]) -> Callable[[str], Fault | None]:
    def fault(word: str) -> Fault | None:
        if word in known:
            return None
        hint = did_you_mean(word, known) or ", ".join(known)
        return msg("series_folder.unknown_word", word=word), hint

    return fault


QUESTIONS: Mapping[str, SetupQuestion] = {
    "name": SetupQuestion("series_folder.name", _name_fault),
    "address": SetupQuestion("series_folder.address", _address_fault),
    "lang": SetupQuestion("series_folder.lang", _lang_fault, LANGUAGES),
    "network": SetupQuestion(
        "series_folder.network", _one_of([name for name in NETWORKS if name != "web"])
    ),
    "look": SetupQuestion("series_folder.look", _one_of(LOOKS), LOOKS),
    "host": SetupQuestion("series_folder.host", _one_of(HOSTS), HOSTS),
}


def wrong_answers(series: NewSeries) -> list[Problem]:
    """Return a problem for each answer that cannot be, named after its option."""
    return [
        Problem(f"--{field.name}", 0, "new-series", *fault)
        for field in fields(series)
        if (fault := QUESTIONS[field.name].fault(getattr(series, field.name)))
    ]


def refuse_to_fill(folder: Path) -> None:
    """Raise SourceRefused unless ``folder`` is absent or an empty folder."""
    if not folder.exists() and not folder.is_symlink():
        return
    if not folder.is_dir():
        message = msg("series_folder.file_there")
    elif any(folder.iterdir()):
        message = msg("series_folder.not_empty")
    else:
        return
    hint = msg("series_folder.other_name_hint")
    raise SourceRefused([Problem(str(folder), 0, "new-series", message, hint)])


def series_files(series: NewSeries) -> dict[PurePosixPath, str]:
    """Return the text of each file of a new series, by path relative to its folder."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_START),
        autoescape=False,  # noqa: S701 - no HTML: each value is filtered for its own language
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
    )
    environment.filters.update(literal=_literal, markdown=_markdown)
    lang = series.languages[0]
    given: dict[str, Any] = {
        **asdict(series),
        "address": series.address.rstrip("/"),
        "lang": lang,
        "languages": series.languages,
        "version": _version(),
    }
    found = {}
    for path, source in {**_OF_ALL, **_OF_HOSTS[series.host]}.items():
        source = source.format(text="fr" if lang == "fr" else "en")
        found[PurePosixPath(path)] = (
            environment.get_template(source).render(given)
            if source.endswith(".jinja")
            else (_START / source).read_text(encoding="utf-8")
        )
    return found


def _literal(text: str) -> str:
    """Return ``text`` as a Python literal: JSON's strings are, for printable text."""
    return json.dumps(text, ensure_ascii=False)


def _markdown(text: str) -> str:
    return _MARKS.sub(r"\\\1", text)


def _version() -> str:
    try:
        return version("pelican-portraits")
    except PackageNotFoundError:  # run from its sources
        return ""


def write_series(folder: Path, files: Mapping[PurePosixPath, str]) -> None:
    """Write ``files`` into ``folder``, which is absent or empty; on an error, none of them stays.

    Raise SourceRefused if it is neither, OSError if writing fails.
    """
    refuse_to_fill(folder)
    made: list[Path] = []
    try:
        for name, text in files.items():
            path = folder / name
            for above in reversed([parent for parent in path.parents if not parent.exists()]):
                above.mkdir()
                made.append(above)
            made.append(path)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
    except BaseException:
        for path in reversed(made):
            with suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink(missing_ok=True)
        raise
