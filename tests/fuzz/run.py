"""Fuzzing by coverage, on request: ``invoke fuzz --target body --seconds 60``.

atheris is not among the project's packages: it is installed into ``.cache/fuzz`` when first
asked for, in an environment that sees the project's own packages as well.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PLACE = ROOT / ".cache" / "fuzz"
ATHERIS = "atheris==3.0.0"


def run(target: str, seconds: int) -> int:
    """Exit status: 0 nothing found, 1 something found, 2 no atheris or no such target."""
    from tests.fuzz.targets import TARGETS

    if target not in TARGETS:
        print(f"--target {target} : inconnu — {', '.join(TARGETS)}", file=sys.stderr)
        return 2
    python = _with_atheris()
    if python is None:
        print(
            f"{ATHERIS} ne s’installe pas ici (Linux ou macOS, Python 3.11 à 3.13, et le réseau) "
            "— la même chose sans lui, par tirage : pytest tests/fuzz",
            file=sys.stderr,
        )
        return 2
    found = PLACE / "found"
    corpus = PLACE / f"corpus-{target}"
    found.mkdir(exist_ok=True)
    corpus.mkdir(exist_ok=True)
    done = subprocess.run(
        [
            str(python),
            str(Path(__file__)),
            target,
            f"-max_total_time={seconds}",
            "-timeout=10",
            "-rss_limit_mb=2048",
            "-max_len=4096",
            f"-artifact_prefix={found}/{target}-",
            str(corpus),
        ],
        cwd=ROOT,
        check=False,
    )
    if done.returncode:
        print(f"Ce qui a été trouvé est dans {found}.", file=sys.stderr)
    return 1 if done.returncode else 0


def _with_atheris() -> Path | None:
    """The Python of an environment that has atheris, made if need be; None where it cannot be."""
    python = PLACE / "bin" / "python"
    if not python.exists():
        venv.create(PLACE, with_pip=True)
        own = subprocess.run(
            [str(python), "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        Path(own, "project.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", "utf-8")
    command = [
        str(python),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--ignore-installed",
        ATHERIS,
    ]
    if (
        subprocess.run(
            [str(python), "-c", "import atheris"], check=False, capture_output=True
        ).returncode
        == 0
    ):
        return python
    return python if subprocess.run(command, check=False).returncode == 0 else None


def fuzz() -> None:
    """In the environment that has atheris: run one target until something is found."""
    import atheris  # type: ignore[import-not-found]

    sys.path[:0] = [str(ROOT), str(ROOT / "plugins")]
    with atheris.instrument_imports(include=["portraits", "markdown", "yaml"]):
        from tests.fuzz.targets import TARGETS
    function = TARGETS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, function)
    atheris.Fuzz()


if __name__ == "__main__":
    fuzz()
