"""Read the places to publish to from the setting ``PUBLISH``.

    PUBLISH = {"pages": {"type": "git", "remote": "origin", "branch": "gh-pages"}, ...}

    git     remote, branch                         a branch that GitHub Pages and others serve
    rsync   to                                     a server: ``user@host:/srv/site/``
    s3      bucket, prefix, endpoint, region, profile    an S3 bucket, of Amazon or others
    folder  path                                   a folder of this machine

Unknown keys are refused, as in front matter. Passwords and keys do not belong here: git and ssh
have their own storage, and boto3 reads them from the environment or from ``~/.aws``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

from portraits.publish.site import address_of
from portraits.support.messages import msg
from portraits.support.problems import Problem, SourceRefused, did_you_mean


@dataclass(frozen=True, slots=True)
class GitTarget:
    type: ClassVar[str] = "git"
    remote: str = "origin"
    branch: str = "gh-pages"

    @property
    def keeps(self) -> str:
        """What the target keeps of earlier publications, and how to be rid of it."""
        return msg("withdrawal.kept_by_git")

    def __str__(self) -> str:
        return msg("targets.branch", branch=self.branch, remote=self.remote)


@dataclass(frozen=True, slots=True)
class RsyncTarget:
    type: ClassVar[str] = "rsync"
    to: str
    """As rsync accepts it: ``user@host:/folder/``, ``rsync://host/module/`` or a folder."""

    @property
    def keeps(self) -> str:
        return msg("withdrawal.kept_by_rsync")

    def __str__(self) -> str:
        return self.to


@dataclass(frozen=True, slots=True)
class S3Target:
    type: ClassVar[str] = "s3"
    bucket: str
    prefix: str = ""
    """Folder inside the bucket."""
    endpoint: str = ""
    """Address of the service; empty for Amazon's own."""
    region: str = ""
    profile: str = ""
    """Profile in ``~/.aws``; empty for the default one."""

    @property
    def keeps(self) -> str:
        return msg("withdrawal.kept_by_s3", bucket=self.bucket)

    def __str__(self) -> str:
        return f"s3://{self.bucket}/{self.prefix}"


@dataclass(frozen=True, slots=True)
class FolderTarget:
    type: ClassVar[str] = "folder"
    path: str

    @property
    def keeps(self) -> str:
        return msg("withdrawal.kept_by_folder")

    def __str__(self) -> str:
        return self.path


Target = GitTarget | RsyncTarget | S3Target | FolderTarget
KINDS: Mapping[str, type[Target]] = {
    kind.type: kind for kind in (GitTarget, RsyncTarget, S3Target, FolderTarget)
}
_THIS_MACHINE = (None, "localhost", "127.0.0.1", "0.0.0.0", "::1")  # noqa: S104 - refused
_SECRETS = ("password", "passwd", "secret", "token", "key", "motdepasse", "mot_de_passe", "cle")


def targets_from(setting: Any, path: str = "publishconf.py") -> dict[str, Target]:
    """Return the targets of the setting ``PUBLISH``, by name; ``path`` is the settings file.

    Raise SourceRefused with a problem for each error.
    """
    if not isinstance(setting, dict) or not setting:
        raise SourceRefused(
            [
                Problem(
                    path, 0, "no-target", msg("targets.none"), msg("targets.none_hint"), "PUBLISH"
                )
            ]
        )
    targets: dict[str, Target] = {}
    problems: list[Problem] = []
    for name, values in setting.items():
        found = _target(str(name), values, path)
        if isinstance(found, list):
            problems += found
        else:
            targets[str(name)] = found
    if problems:
        raise SourceRefused(problems)
    return targets


def chosen(targets: Mapping[str, Target], name: str) -> tuple[str, Target]:
    """Return the target called ``name``, or the only one if no name is given.

    Raise SourceRefused for an unknown name, and for no name where there are several targets.
    """
    if not name and len(targets) == 1:
        return next(iter(targets.items()))
    if name in targets:
        return name, targets[name]
    known = msg("targets.known", names=", ".join(targets))
    if not name:
        raise SourceRefused([Problem("--to", 0, "which-target", msg("targets.which"), known)])
    raise SourceRefused(
        [
            Problem(
                "--to",
                0,
                "unknown-target",
                msg("targets.unknown", name=name),
                did_you_mean(name, tuple(targets)) or known,
            )
        ]
    )


def check_address(site_url: str, path: str = "publishconf.py") -> None:
    """Raise SourceRefused if the site's address is this machine: its pages would link to it."""
    if urlsplit(site_url).hostname in _THIS_MACHINE:
        raise SourceRefused(
            [
                Problem(
                    path,
                    0,
                    "local-address",
                    msg("targets.local_address", address=site_url)
                    if site_url
                    else msg("targets.no_address"),
                    msg("targets.address_hint"),
                    "SITEURL",
                )
            ]
        )


def check_address_of(folder: Path, path: str = "publishconf.py") -> None:
    """Raise SourceRefused if the site that stands in ``folder`` was built for this machine."""
    address = address_of(folder)
    if address is not None:
        check_address(address, path)


def check_installed(target: Target, path: str = "publishconf.py") -> None:
    """Raise SourceRefused if ``target`` needs an optional package that is not installed.

    The hint is the command to type.
    """
    if isinstance(target, S3Target) and not find_spec("boto3"):
        raise SourceRefused(
            [
                Problem(
                    path,
                    0,
                    "not-installed",
                    msg("targets.not_installed"),
                    msg("targets.not_installed_hint"),
                    "PUBLISH",
                )
            ]
        )


def _target(name: str, values: Any, path: str) -> Target | list[Problem]:
    where = f"PUBLISH[{name!r}]"

    def problem(code: str, message: str, hint: str, key: str = "") -> Problem:
        field = f"PUBLISH.{name}.{key}" if key else f"PUBLISH.{name}"
        said = msg("problem.at", place=where, message=message)
        return Problem(path, 0, code, said, hint, field)

    if not isinstance(values, dict):
        return [
            problem(
                "wrong-type", msg("targets.not_a_dictionary"), msg("targets.not_a_dictionary_hint")
            )
        ]
    kind = KINDS.get(str(values.get("type", "")))
    if kind is None:
        found = values.get("type")
        kinds = msg("targets.known_types", names=", ".join(KINDS))
        if found is None:
            return [problem("no-type", msg("targets.no_type"), kinds, "type")]
        return [
            problem(
                "unknown-type",
                msg("targets.unknown_type", name=str(found)),
                did_you_mean(str(found), tuple(KINDS)) or kinds,
                "type",
            )
        ]
    known = {field.name: field for field in fields(kind)}
    given = {str(key): value for key, value in values.items() if key != "type"}
    problems = [
        problem(
            "unknown-setting", msg("targets.unknown_key", key=key), _meant(key, tuple(known)), key
        )
        for key in given
        if key not in known
    ]
    problems += [
        problem(
            "missing-setting",
            msg("targets.missing_key", key=key),
            msg("targets.missing_key_hint", keys=", ".join(known)),
            key,
        )
        for key, field in known.items()
        if field.default is MISSING and not given.get(key)
    ]
    problems += [
        problem(
            "wrong-value",
            msg("targets.wrong_value", key=key, value=repr(value)),
            msg("targets.wrong_value_hint"),
            key,
        )
        for key, value in given.items()
        if key in known and not _plain(value)
    ]
    return problems or kind(**given)


def _meant(key: str, known: tuple[str, ...]) -> str:
    if any(word in key.casefold() for word in _SECRETS):
        return msg("targets.secret_key_hint")
    return did_you_mean(key, known) or msg("targets.known_keys", keys=", ".join(known))


def _plain(value: Any) -> bool:
    """Return whether a value is a text that no command line takes for an option."""
    return isinstance(value, str) and value.isprintable() and not value.startswith("-")
