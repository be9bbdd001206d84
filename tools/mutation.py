"""Changes the code of the core in one place at a time and tells which changes no test notices.

    uv run --group mutation python tools/mutation.py            all of CORE
    uv run --group mutation python tools/mutation.py dates      the modules whose name contains this

mutmut wants the sources in ``src``, and works in a folder of its own. So it is given a copy of
what the tests need, in ``.cache/mutation``: the working copy is never mutated. ``docs/testing.md``
tells how to read what comes out.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
COPY = ROOT / ".cache" / "mutation"
CORE = ("model/*", "reader/front_matter/*", "series/reads.py")
"""What is mutated, in ``plugins/portraits``."""
TESTS = (
    "tests/unit/format/test_accounts.py",
    "tests/unit/format/test_cases.py",
    "tests/unit/format/test_front_matter.py",
    "tests/unit/format/test_validation.py",
    "tests/unit/core/test_reads.py",
    "tests/unit/core/test_small_parts.py",
    "tests/unit/importer/test_review_comments_and_escapes.py",
    "tests/unit/machines/test_opml.py",
)
"""The tests that hold it, which are run for each change."""
_SETTINGS = """[mutmut]
source_paths=src
only_mutate={mutated}
also_copy=theme
pytest_add_cli_args=-o
    pythonpath=src .
    -p
    no:cacheprovider
pytest_add_cli_args_test_selection={tests}
use_git_change_detection=false
use_setproctitle=false
"""


def main(chosen: list[str]) -> int:
    """Mutate the modules of the core whose path contains one of ``chosen``, or all of them."""
    package = ROOT / "plugins" / "portraits"
    mutated = sorted(
        path.relative_to(package).as_posix()
        for pattern in CORE
        for path in package.glob(pattern)
        if path.suffix == ".py" and (not chosen or any(word in path.as_posix() for word in chosen))
    )
    shutil.rmtree(COPY, ignore_errors=True)
    unwanted = shutil.ignore_patterns("__pycache__")
    for source, target in (("plugins", "src"), ("tests", "tests"), ("theme", "theme")):
        shutil.copytree(ROOT / source, COPY / target, ignore=unwanted)
    shutil.copy(ROOT / "pyproject.toml", COPY)
    (COPY / "setup.cfg").write_text(
        _SETTINGS.format(
            mutated="".join(f"\n    src/portraits/{path}" for path in mutated),
            tests="".join(f"\n    {path}" for path in TESTS),
        ),
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, "-m", "mutmut", "run"], cwd=COPY, check=False)
    subprocess.run([sys.executable, "-m", "mutmut", "results"], cwd=COPY, check=False)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
