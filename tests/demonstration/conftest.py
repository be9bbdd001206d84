"""What the demonstration series holds itself to; another series in its place is nobody's business.

The demonstration is there as long as its first portrait is: whoever throws it away, as the README
says in « Make it yours », has these tests skipped as a whole.
"""

from __future__ import annotations

import fcntl
from pathlib import Path

import pytest

from tests.conftest import DAY, ROOT, Command, shared_folder

CONTENT = ROOT / "content"
MARK = CONTENT / "portraits" / "caroline-audet.md"
ADDRESS = "https://portraits.example"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if MARK.is_file():
        return
    reason = f"the demonstration was replaced: {MARK.relative_to(ROOT)} is gone"
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory, program: Command) -> Path:
    """The demonstration as it is published, built once for all test processes."""
    shared = shared_folder(tmp_path_factory)
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        output = shared / "demonstration" / "public"
        if not output.exists():
            done = program(
                "build",
                "--settings",
                "publishconf.py",
                "--output",
                str(output),
                "--now",
                DAY,
                SITEURL=ADDRESS,
            )
            assert done.returncode == 0, done.stderr
    return output
