"""What Windows lacks is taken away from this system; a site is built all the same.

A Python of its own forgets the modules and functions that Python documents for Unix only, then
imports every module of ours and runs the commands.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import DAY, OWN_SETTINGS, ROOT
from tests.site.test_builds import tree

pytestmark = pytest.mark.site

WITHOUT_UNIX = """
import ctypes, os, pkgutil, signal, sys, types
import pelican, rich, watchfiles  # other people’s packages have their own Windows

for name in ("fork", "forkpty", "sync", "fchmod", "sched_getaffinity", "getuid", "geteuid",
             "O_NOFOLLOW", "O_NONBLOCK", "O_DIRECTORY", "register_at_fork"):
    vars(os).pop(name, None)
for name in ("setitimer", "getitimer", "ITIMER_VIRTUAL", "ITIMER_REAL", "SIGVTALRM", "SIGALRM",
             "alarm", "pthread_sigmask", "pthread_kill", "SIGUSR1", "SIGHUP"):
    vars(signal).pop(name, None)
for name in ("fcntl", "resource", "termios", "pwd", "grp", "tty"):
    sys.modules[name] = None
held = set()
sys.modules["msvcrt"] = types.SimpleNamespace(
    LK_NBLCK=2, locking=lambda handle, mode, size: held.add((mode, size)))
library = ctypes.CDLL
class NoLibrary(library):
    def __init__(self, name, *more, **most):
        if name is None:
            raise TypeError("no library")
        super().__init__(name, *more, **most)
ctypes.CDLL = NoLibrary

import portraits
for found in pkgutil.walk_packages(portraits.__path__, "portraits."):
    if found.name != "portraits.__main__":
        __import__(found.name)
portraits.build.trees._HAS_MODES = False
status = portraits.cli.program.main(sys.argv[1:], prog_name="portraits", standalone_mode=False)
assert held == {(2, 1)}, "the lock of Windows was not asked for"
sys.exit(status)
"""


def test_a_site_is_the_same_where_a_system_has_only_what_windows_has(
    tmp_path: Path, small: Path
) -> None:
    conf = tmp_path / "conf.py"
    conf.write_text(
        f"{OWN_SETTINGS}PATH = {str(small)!r}\nCACHE_PATH = {str(tmp_path / 'cache')!r}\n"
        f"OUTPUT_PATH = {str(tmp_path / 'output')!r}\n",
        encoding="utf-8",
    )

    def built(*start: str, output: str) -> dict[str, str]:
        done = subprocess.run(
            [
                sys.executable,
                *start,
                "build",
                f"--settings={conf}",
                f"--output={tmp_path / output}",
                f"--now={DAY}",
                "--processes=4",
            ],
            cwd=tmp_path,
            text=True,
            capture_output=True,
            check=False,
            env={"PYTHONPATH": str(ROOT / "plugins"), "PATH": ""},
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return tree(tmp_path / output)

    without = ("-c", WITHOUT_UNIX)
    assert built(*without, output="without") == built("-m", "portraits", output="with")

    # Every line now ends as Windows ends it, and the release before is exchanged for a new one.
    for text in (*small.rglob("*.md"), *small.rglob("*.yml")):
        text.write_bytes(text.read_bytes().replace(b"\n", b"\r\n"))
    assert built(*without, output="without") == tree(tmp_path / "with")
