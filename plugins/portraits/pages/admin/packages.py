"""Fetch the packages of the editor from npm's registry, once, and read their files.

    fetched(folder)     each package is in ``folder``, whole: its SHA-512 is the one below
    files(folder)       address relative to ``admin/`` -> content of each file that is published

A new version is a new row of :data:`PACKAGES`, with the integrity that the registry gives for it
(``npm view NAME@VERSION dist.integrity``), and the tests of the editor.
"""

from __future__ import annotations

import base64
import hashlib
import tarfile
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portraits.images.encode import write_whole
from portraits.support.messages import msg
from portraits.support.problems import Problem, SourceRefused

REGISTRY = "https://registry.npmjs.org"
_SECONDS = 60
_MOST = 32_000_000
"""Bytes of a package."""


@dataclass(frozen=True, slots=True)
class BrowserPackage:
    """A package of npm, and which of its files are published where."""

    name: str
    version: str
    integrity: str
    """SHA-512 in base 64."""
    published: tuple[tuple[str, str], ...]
    """(beginning of a path in the package, what stands in its place below ``admin/``)."""

    @property
    def file_name(self) -> str:
        return f"{self.name.rpartition('/')[2]}-{self.version}.tgz"

    @property
    def address(self) -> str:
        return f"{REGISTRY}/{self.name}/-/{self.file_name}"

    def is_whole(self, content: bytes) -> bool:
        """Return whether ``content`` is the package, byte for byte."""
        return base64.b64encode(hashlib.sha512(content).digest()).decode() == self.integrity


SVELTIA = BrowserPackage(
    "@sveltia/cms",
    "0.221.1",
    "J+Qoik9kGMk2L7vNpOQrnDmFRi+NB6vwJ0f657YtsxWH0P8WYSYRRSRC2pQ/jGGbVlM//Pg/WIgmkpswqoo3gQ==",
    (
        ("npm/index.js", "sveltia/index.js"),
        ("npm/chunks/react-", "sveltia/chunks/react-"),
        ("npm/assets/material-symbols", "sveltia/assets/material-symbols"),
        ("npm/assets/noto-mono", "sveltia/assets/noto-mono"),
        ("npm/assets/source-sans-3", "sveltia/assets/source-sans-3"),
        ("LICENSE.txt", "sveltia/LICENSE.txt"),
        ("locales/fr.json", "locales/fr.js"),
    ),
)
YAML = BrowserPackage(
    "yaml",
    "2.9.1",
    "3NxN8+78OdzbT7C/WjGsyfPAtJaN3FNDsWxv7Y7mcDsT/oOmgW8BpyQQFFBnvZE3j9Y2Sdz1ULFLezL7Eb2yFw==",
    (("browser/dist/", "yaml/"), ("LICENSE", "yaml/LICENSE.txt")),
)
PACKAGES = (SVELTIA, YAML)

_IMPORT, _IMPORTED = b"import(`../locales/fr.json`)", b"import(`../locales/fr.js`)"
"""How the editor loads its French. A browser does not import JSON this way, so it is a module."""
_MAP = b"//# sourceMappingURL="


def fetched(folder: Path) -> None:
    """Make sure that every package is in ``folder``.

    Raise SourceRefused if one can neither be read there nor fetched.
    """
    for package in PACKAGES:
        path = folder / package.file_name
        try:
            if package.is_whole(path.read_bytes()):
                continue
        except OSError:  # not fetched yet
            pass
        content = _downloaded(package)
        if not package.is_whole(content):
            raise _refusal(
                package,
                "other-package",
                msg("admin.other_package"),
                msg("admin.other_package_hint"),
            )
        write_whole(path, content)


def _downloaded(package: BrowserPackage) -> bytes:
    try:
        with urllib.request.urlopen(package.address, timeout=_SECONDS) as answer:  # noqa: S310
            content: bytes = answer.read(_MOST)
    except OSError as error:
        raise _refusal(
            package,
            "package-not-fetched",
            msg("admin.not_fetched", error=error),
            msg("admin.not_fetched_hint"),
        ) from error
    return content


def _refusal(package: BrowserPackage, code: str, message: str, hint: str) -> SourceRefused:
    return SourceRefused([Problem(package.address, 0, code, message, hint, "admin")])


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the address below ``admin/`` and the content of each published file of the packages.

    Call :func:`fetched` before.
    """
    for package in PACKAGES:
        with tarfile.open(folder / package.file_name) as archive:
            for member in archive:
                path = member.name.partition("/")[2]
                address = _published(package, path)
                file = archive.extractfile(member) if address else None
                if file:
                    yield address, _adapted(path, file.read())


def _published(package: BrowserPackage, path: str) -> str:
    if path.endswith(".map"):
        return ""
    return next(
        (
            target + path.removeprefix(start)
            for start, target in package.published
            if path.startswith(start)
        ),
        "",
    )


def _adapted(path: str, content: bytes) -> bytes:
    if path == "npm/index.js":
        assert content.count(_IMPORT) == 1  # noqa: S101 - its hash is known
        content = content.replace(_IMPORT, _IMPORTED)
    elif path == "locales/fr.json":
        content = b"export default " + content.strip() + b";\n"
    return content.partition(b"\n" + _MAP)[0] + b"\n" if _MAP in content else content
