"""The setting PUBLISH: what it may say, and what is answered to the rest."""

from __future__ import annotations

from typing import Any

import pytest
from portraits.publish.targets import (
    FolderTarget,
    GitTarget,
    RsyncTarget,
    S3Target,
    check_address,
    check_installed,
    chosen,
    targets_from,
)
from portraits.support.problems import SourceRefused


def refusal(setting: Any) -> str:
    with pytest.raises(SourceRefused) as refused:
        targets_from(setting, "publishconf.py")
    return str(refused.value)


def test_each_kind_is_read_with_its_defaults() -> None:
    assert targets_from(
        {
            "pages": {"type": "git"},
            "serveur": {"type": "rsync", "to": "lea@exemple.org:/srv/site/"},
            "seau": {"type": "s3", "bucket": "portraits", "prefix": "serie"},
            "dossier": {"type": "folder", "path": "/srv/www/site"},
        }
    ) == {
        "pages": GitTarget("origin", "gh-pages"),
        "serveur": RsyncTarget("lea@exemple.org:/srv/site/"),
        "seau": S3Target("portraits", prefix="serie"),
        "dossier": FolderTarget("/srv/www/site"),
    }


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        (None, 'PUBLISH ne dit pas où publier — par exemple : PUBLISH = {"pages"'),
        ({}, "PUBLISH ne dit pas où publier"),
        ({"a": "gh-pages"}, "PUBLISH['a'] : une cible est un dictionnaire"),
        ({"a": {}}, "PUBLISH['a'] : « type » manque — types connus : git, rsync, s3, folder"),
        ({"a": {"type": "ftp"}}, "PUBLISH['a'] : type inconnu « ftp » — types connus"),
        ({"a": {"type": "rsinc"}}, "type inconnu « rsinc » — vouliez-vous dire « rsync » ?"),
        (
            {"a": {"type": "git", "branche": "x"}},
            "clé inconnue « branche » — vouliez-vous dire « branch » ?",
        ),
        (
            {"a": {"type": "git", "xyz": "x"}},
            "clé inconnue « xyz » — clés connues : remote, branch",
        ),
        (
            {"a": {"type": "s3", "bucket": "b", "secret_key": "x"}},
            "clé inconnue « secret_key » — les mots de passe et les clés ne vont pas dans ce fichier",  # noqa: E501
        ),
        ({"a": {"type": "s3"}}, "« bucket » manque"),
        ({"a": {"type": "rsync"}}, "« to » manque"),
        ({"a": {"type": "folder", "path": ""}}, "« path » manque"),
        ({"a": {"type": "folder", "path": 3}}, "« path » ne peut pas être 3"),
        ({"a": {"type": "rsync", "to": "-e sh:x"}}, "« to » ne peut pas être '-e sh:x'"),
        ({"a": {"type": "git", "remote": "--upload-pack=x"}}, "« remote » ne peut pas être"),
        ({"a": {"type": "git", "branch": "a\nb"}}, "« branch » ne peut pas être"),
    ],
)
def test_what_is_wrong_is_said_with_what_was_meant(setting: Any, message: str) -> None:
    assert message in refusal(setting)


@pytest.mark.parametrize(
    ("setting", "code"),
    [
        (None, "no-target"),
        ({"a": "gh-pages"}, "wrong-type"),
        ({"a": {}}, "no-type"),
        ({"a": {"type": "ftp"}}, "unknown-type"),
        ({"a": {"type": "git", "branche": "x"}}, "unknown-setting"),
        ({"a": {"type": "s3"}}, "missing-setting"),
        ({"a": {"type": "git", "branch": "-x"}}, "wrong-value"),
    ],
)
def test_each_mistake_has_a_code_and_names_the_setting(setting: Any, code: str) -> None:
    with pytest.raises(SourceRefused) as refused:
        targets_from(setting)
    (problem,) = refused.value.problems
    assert problem.code == code
    assert problem.field.startswith("PUBLISH")


def test_all_that_is_wrong_is_said_at_once() -> None:
    said = refusal({"a": {"type": "s3", "buckett": "x"}, "b": {"type": "gitt"}})
    assert [words in said for words in ("buckett", "« bucket » manque", "gitt")] == [True] * 3


def test_the_only_target_need_not_be_named() -> None:
    targets = targets_from({"pages": {"type": "git"}})
    assert chosen(targets, "") == chosen(targets, "pages") == ("pages", GitTarget())


@pytest.mark.parametrize(
    ("name", "code", "message"),
    [
        ("", "which-target", "dites vers quelle cible publier — cibles connues : pages, dossier"),
        ("page", "unknown-target", "cible inconnue « page » — vouliez-vous dire « pages » ?"),
        ("x", "unknown-target", "cible inconnue « x » — cibles connues : pages, dossier"),
    ],
)
def test_one_of_several_targets_is_named(name: str, code: str, message: str) -> None:
    targets = targets_from({"pages": {"type": "git"}, "dossier": {"type": "folder", "path": "x"}})
    with pytest.raises(SourceRefused, match=message.replace("?", r"\?")) as refused:
        chosen(targets, name)
    assert [problem.code for problem in refused.value.problems] == [code]


@pytest.mark.parametrize(
    "address", ["http://localhost:8000", "http://127.0.0.1/serie", "http://[::1]:8000", ""]
)
def test_a_site_that_names_this_machine_as_its_address_is_not_published(address: str) -> None:
    with pytest.raises(SourceRefused, match="SITEURL") as refused:
        check_address(address)
    assert [problem.code for problem in refused.value.problems] == ["local-address"]


def test_a_site_with_an_address_of_its_own_is_published() -> None:
    check_address("https://exemple.org/serie")


def test_a_bucket_without_its_package_is_refused_with_what_to_type(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    check_installed(S3Target("portraits"))
    monkeypatch.setattr("portraits.publish.targets.find_spec", lambda name: None)
    check_installed(GitTarget())
    with pytest.raises(SourceRefused) as refused:
        check_installed(S3Target("portraits"), "publishconf.py")
    assert 'pip install "pelican-portraits[buckets]"' in str(refused.value)
    assert [problem.code for problem in refused.value.problems] == ["not-installed"]
