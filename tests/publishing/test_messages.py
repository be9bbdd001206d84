"""What programs and services complain of is said in the editor's language, with what to do.

The words on the left are what rsync 3.5, OpenSSH 9.2 and git 2.39 write.
"""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, NoCredentialsError
from portraits.publish import bucket, git_branch, rsync, stepwise
from portraits.publish.changes import Changes
from portraits.publish.targets import GitTarget
from portraits.publish.wording import described, in_the_way
from portraits.support import messages
from portraits.support.messages import languages, msg


@pytest.mark.parametrize(
    ("status", "said", "meaning"),
    [
        (
            11,
            'rsync: [receiver] write failed on "/srv/a": No space left on device (28)\n'
            "rsync error: error in file IO (code 11) at receiver.c(657)",
            "le disque du serveur",
        ),
        (
            255,
            "ssh: Could not resolve hostname exemple.invalid: Name or service not known\n"
            "rsync: connection unexpectedly closed (0 bytes received so far)",
            "ce serveur n’existe pas",
        ),
        (255, "lea@exemple.org: Permission denied (publickey,password).", "refuse votre clé ssh"),
        (255, "Host key verification failed.", "connectez-vous-y une fois avec ssh"),
        (255, "ssh: connect to host exemple.org port 22: Connection timed out", "ne répond pas"),
        (255, "ssh: connect to host exemple.org port 22: No route to host", "hors d’atteinte"),
        (127, "bash: line 1: rsync: command not found", "pas installé sur le serveur"),
        (30, "rsync error: timeout in data send/receive (code 30)", "ne répond plus"),
        (99, "quelque chose d’inattendu\net la suite", "rsync s’est arrêté (quelque chose"),
        (99, "", "rsync s’est arrêté (code 99)"),
    ],
)
def test_what_rsync_says(status: int, said: str, meaning: str) -> None:
    assert meaning in rsync.explained(status, said)


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        (" ! [rejected]  0123abcd -> gh-pages (stale info)\nerror: failed to push", "recommencez"),
        (" ! [rejected]  gh-pages -> gh-pages (fetch first)\nerror: failed to push", "recommencez"),
        (
            "fatal: could not read Username for 'https://exemple.org': terminal prompts disabled",
            "demande un nom et un mot de passe",
        ),
        (
            "remote: Permission to a/b.git denied to lea.\nfatal: unable to access 'https://…': "
            "The requested URL returned error: 403",
            "pas le droit d’écrire",
        ),
        (
            "remote: error: GH006: Protected branch update failed\n! [remote rejected] "
            "(protected branch hook declined)",
            "la branche est protégée",
        ),
        ("git@exemple.org: Permission denied (publickey).", "refuse votre clé ssh"),
        (
            "fatal: unable to access 'https://exemple.invalid/': Could not resolve host",
            "hors d’atteinte",
        ),
        ("fatal: tout autre chose", "git s’est arrêté (fatal: tout autre chose)"),
    ],
)
def test_what_git_says(said: str, meaning: str) -> None:
    assert meaning in git_branch.explained("origin", said)


def client_error(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "…"}}, "PutObject")


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (client_error("AccessDenied"), "vérifiez les droits"),
        (client_error("SignatureDoesNotMatch"), "AWS_SECRET_ACCESS_KEY"),
        (NoCredentialsError(), "aucune clé"),
        (EndpointConnectionError(endpoint_url="http://x"), "ne répond pas"),
        (client_error("Teapot"), "le service a répondu"),
    ],
)
def test_what_a_bucket_says(error: Exception, meaning: str) -> None:
    assert meaning in bucket.explained(error)


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize(
    "key",
    sorted(
        {
            *dict(rsync._MEANINGS).values(),
            *dict(git_branch._MEANINGS).values(),
            *bucket._MEANINGS.values(),
            *stepwise._REASONS.values(),
        }
    ),
)
def test_each_meaning_is_said_in_each_language(
    lang: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "_spoken", lang)
    assert msg(key)


def test_a_publication_is_described_in_the_editor_s_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(messages, "_spoken", "en")
    changes = Changes(("a.html",), ("b.css", "c.css"), (), 1, ("b.css", "c.css"), unlisted=True)
    assert described(changes, str(GitTarget())) == (
        "To the branch gh-pages of origin: 1 added, 2 changed (1 file unchanged).\n"
        "  + a.html\n  ~ b.css\n  ~ c.css"
    )
    assert in_the_way(changes, "/srv").startswith("/srv: 2 files of the same name that this")
    assert rsync.explained(99, "") == "rsync stopped (code 99)"
