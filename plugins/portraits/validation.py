"""What only all portraits together can tell: one function per rule.

Each rule takes the :class:`Series` and yields problems that name both files. Nothing here
opens a file: what the disk knows comes in as arguments.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote

from portraits import addresses
from portraits.library import Library
from portraits.model import InternalLink, Status
from portraits.outline import Outline
from portraits.pictures import EXTENSIONS
from portraits.problems import Problem, Severity, did_you_mean, unaccented
from portraits.values import dataclass


class Refusal(Protocol):
    """Why a picture cannot be shown, in French."""

    @property
    def code(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def hint(self) -> str: ...


@dataclass(frozen=True)
class Series:
    """The library and what the rules need to know of the site around it."""

    library: Library
    label: str
    """How problems name the content folder."""
    lang: str
    """The site's language."""
    pages: frozenset[str]
    """Sources of the editor's own pages, from the content folder."""
    refusals: Mapping[str, Refusal]
    """Pictures that cannot be shown: path from the content folder -> why."""
    reserved: frozenset[str]
    """First parts of addresses that are the site's own."""
    picture_files: Callable[[], Collection[str]] = tuple
    """Every picture of the content folder; asked for only where one is missing."""

    @cached_property
    def all(self) -> tuple[Outline, ...]:
        """Published or not, in order of path."""
        return tuple(sorted((*self.library.portraits, *self.library.unpublished),
                            key=lambda outline: outline.source))

    def address(self, outline: Outline) -> str:
        """Address of a portrait from the site's root."""
        return addresses.portrait(outline.slug, outline.lang, self.lang)

    def error(self, outline: Outline, line: int, code: str, message: str, hint: str,
              field: str = "") -> Problem:
        return Problem(f"{self.label}/{outline.source}", line, code, message, hint, field)

    def file(self, outline: Outline) -> str:
        """How a message names another portrait."""
        return f"{self.label}/{outline.source}"


Rule = Callable[[Series], Iterator[Problem]]


def _plain(address: str) -> str:
    """An address as file systems that ignore case and normalise Unicode see it."""
    folded = unicodedata.normalize("NFC", unquote(address)).casefold().strip("/")
    return folded.removesuffix("index.html").strip("/")


def distinct_addresses(series: Series) -> Iterator[Problem]:
    """No two portraits stand at one address, whatever the case."""
    first: dict[str, Outline] = {}
    for outline in series.all:
        other = first.setdefault(_plain(series.address(outline)), outline)
        if other is not outline:
            yield series.error(
                outline, outline.line_of("slug"), "duplicate-slug",
                f"l’adresse « /{series.address(outline)} » est déjà celle de {series.file(other)}",
                "changez la clé « slug » ou le nom du fichier de l’un des deux", "slug")


def distinct_translations(series: Series) -> Iterator[Problem]:
    """A portrait has one file for each language."""
    first: dict[tuple[str, str], Outline] = {}
    for outline in series.all:
        other = first.setdefault((outline.translation_key, outline.lang), outline)
        if other is not outline:
            yield series.error(
                outline, outline.line_of("lang"), "duplicate-translation",
                f"{series.file(other)} est déjà ce portrait en « {outline.lang} »",
                "renommez l’un des deux, ou corrigez sa langue", "lang")


def distinct_files(series: Series) -> Iterator[Problem]:
    """No two files differ by the case or the composition of their letters only."""
    first: dict[str, Outline] = {}
    for outline in series.all:
        other = first.setdefault(_plain(outline.source), outline)
        if other is not outline:
            yield series.error(outline, 0, "file-name-collision",
                               f"son nom ne diffère de {series.file(other)} que par la casse",
                               "renommez l’un des deux")


def aliases_lead_somewhere(series: Series) -> Iterator[Problem]:
    """A former address is not the present one of any page, nor claimed twice."""
    portraits = {_plain(series.address(outline)): outline for outline in series.all}
    pages = {_plain(Path(page).stem): page for page in series.pages}
    claimed: dict[str, Outline] = {}
    files = {f"{place}/index.html" for place in (*portraits, *pages)}
    files |= {file for outline in series.all for file in map(_file, outline.aliases)}
    for outline in series.all:
        for alias in outline.aliases:
            plain = _plain(alias)
            fault = ""
            if portraits.get(plain) is outline:
                fault = "est déjà l’adresse de cette page"
            elif plain in portraits:
                fault = f"est l’adresse de {series.file(portraits[plain])}"
            elif plain in pages:
                fault = f"est l’adresse de {series.label}/{pages[plain]}"
            elif plain in claimed:
                fault = f"est aussi une ancienne adresse de {series.file(claimed[plain])}"
            elif inside := next((folder for folder in _folders(_file(alias)) if folder in files),
                                ""):
                fault = f"est dans une page, « /{inside} »"
            elif _is_reserved(plain, series.reserved):
                fault = "appartient à une page que le site fabrique"
            claimed.setdefault(plain, outline)
            if fault:
                yield series.error(outline, outline.line_of("aliases"), "alias-collision",
                                   f"« {alias} » {fault}", "retirez-la de « aliases »", "aliases")


def _file(alias: str) -> str:
    """The file that answers at a former address, as file systems may see it."""
    file = addresses.file_of(unquote(alias).lstrip("/"))
    return unicodedata.normalize("NFC", file).casefold()


def _folders(file: str) -> Iterator[str]:
    """Every folder above ``file``, the nearest first."""
    while file := file.rpartition("/")[0]:
        yield file


def _is_reserved(plain: str, reserved: Collection[str]) -> bool:
    """Whether an address is the site's own; former addresses of portraits are not."""
    first, _, rest = plain.partition("/")
    former_portrait = first == addresses.PORTRAITS.strip("/") and rest
    return not plain or (first in reserved and not former_portrait)


def links_lead_somewhere(series: Series) -> Iterator[Problem]:
    """A link leads to a published portrait, or a page, and to a question that it has."""
    public = {outline.source for outline in series.library.portraits}
    known = series.library.by_source
    for outline in series.all:
        for link in outline.links:
            if link.target in (outline.source, "") or link.target in series.pages:
                continue
            target = known.get(link.target)
            if target is None:
                yield _missing_target(series, outline, link)
            elif outline.source in public and link.target not in public:
                yield series.error(outline, link.line, "link-to-unpublished",
                                   f"le lien mène à {series.file(target)}, {_state(target)}",
                                   "retirez le lien, ou publiez ce portrait d’abord")
            elif link.fragment and link.fragment not in target.fragments:
                yield series.error(
                    outline, link.line, "link-to-unknown-question",
                    f"aucune question « #{link.fragment} » dans {series.file(target)}",
                    did_you_mean(link.fragment, target.fragments)
                    or f"questions : {', '.join(target.fragments)}")


def _state(outline: Outline) -> str:
    """Why a portrait is not public."""
    if outline.status is Status.PUBLISHED:
        return f"qui ne paraît que le {outline.date.isoformat()}"
    return f"qui n’est pas publié (status: {outline.status})"


def _missing_target(series: Series, outline: Outline, link: InternalLink) -> Problem:
    sources = sorted({*series.library.by_source, *series.pages})
    near = _nearest(link.target, sources)
    return series.error(outline, link.line, "broken-link",
                        f"le fichier « {link.target} » n’existe pas",
                        f"vouliez-vous dire « {near} » ?" if near
                        else "vérifiez le nom du fichier")


def _nearest(path: str, known: Collection[str]) -> str:
    """The path most like ``path``: the same name elsewhere first, then a likely slip."""
    stems: dict[str, str] = {}
    for one in known:
        stems.setdefault(_stem(one), one)
    near = difflib.get_close_matches(_stem(path), list(stems), n=1, cutoff=0.7)
    return stems[near[0]] if near else ""


def _stem(path: str) -> str:
    return unaccented(path.rpartition("/")[2].partition(".")[0])


def pictures_can_be_shown(series: Series) -> Iterator[Problem]:
    """Each picture that a published portrait shows exists and can be decoded."""
    if not series.refusals:
        return
    for outline in series.library.portraits:
        for file, line in outline.images:
            refusal = series.refusals.get(file)
            if refusal is None:
                continue
            hint = refusal.hint
            if "missing" in refusal.code:
                near = _nearest(file, series.picture_files())
                hint = f"vouliez-vous dire « /{near} » ?" if near else hint
            field = "photo.file" if outline.photo and outline.photo.file == file else ""
            yield series.error(outline, line, refusal.code, refusal.message, hint, field)


def people_have_accounts_of_their_own(series: Series) -> Iterator[Problem]:
    """Two people do not have one account: one of the two is a slip (warning)."""
    owners: dict[str, list[Outline]] = defaultdict(list)
    for outline in series.all:
        for account in outline.accounts:
            owners[account.key].append(outline)
    for holders in owners.values():
        first = holders[0]
        for outline in holders[1:]:
            if outline.translation_key == first.translation_key or outline.name == first.name:
                continue
            shared = next(account for account in outline.accounts
                          if account.key in {one.key for one in first.accounts})
            yield Problem(f"{series.label}/{outline.source}", outline.line_of("accounts"),
                          "shared-account",
                          f"{shared.label} est aussi le compte de {first.name} "
                          f"({series.file(first)})",
                          "vérifiez à qui est ce compte", "accounts", Severity.WARNING)


RULES: tuple[Rule, ...] = (
    distinct_addresses, distinct_translations, distinct_files, aliases_lead_somewhere,
    links_lead_somewhere, pictures_can_be_shown, people_have_accounts_of_their_own,
)


def check(series: Series) -> tuple[Problem, ...]:
    """What all rules find, in order of file and line."""
    return tuple(sorted(problem for rule in RULES for problem in rule(series)))


def check_library(
    library: Library, *, label: str, pages: Iterable[str] = (),
    refusals: Mapping[str, Refusal] | None = None, lang: str = "fr",
    content: Path | None = None, reserved: Collection[str] = addresses.RESERVED,
) -> tuple[Problem, ...]:
    """Every problem that only the whole series shows.

    ``label`` is how problems name the content folder, ``pages`` are the sources of the
    editor's own pages and ``refusals`` the pictures that cannot be shown. ``content`` is
    listed, for names like that of a missing picture, only when one is missing.
    """
    def picture_files() -> Collection[str]:
        if content is None:
            return ()
        return sorted(path.relative_to(content).as_posix() for path in content.rglob("*")
                      if path.suffix.lower() in EXTENSIONS)

    return check(Series(library, label, lang, frozenset(pages), refusals or {},
                        frozenset(reserved), picture_files))
