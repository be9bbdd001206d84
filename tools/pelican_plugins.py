"""Install other people's Pelican plugins and themes for the tests, in a folder of their own.

Pelican imports every plugin that is installed, whatever the settings say, so that they would be in
the way of all other tests. Which they are: the group ``pelican`` of ``pyproject.toml``, in the
versions of ``uv.lock``.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def ensure_plugins() -> Path:
    """Return the folder with the plugins, for ``PYTHONPATH``, after installing them if needed.

    Exit with a message if that fails.
    """
    uv = os.environ.get("UV") or shutil.which("uv") or str(ROOT / ".tools" / "bin" / "uv")
    try:
        wanted = _run(uv, "export", "--frozen", "--quiet", "--only-group", "pelican", "--no-header")
        name = hashlib.sha256(f"{sys.version}\n{wanted}".encode()).hexdigest()[:12]
        folder = ROOT / ".cache" / "pelican-plugins" / name
        if not folder.is_dir():
            aside = folder.with_name(f"{name}.{os.getpid()}")
            aside.mkdir(parents=True)
            listed = aside / "requirements.txt"
            listed.write_text(wanted, encoding="utf-8")
            _run(
                *(uv, "pip", "install", "--quiet", "--python", sys.executable),
                *("--target", str(aside), "--requirement", str(listed)),
            )
            try:
                aside.rename(folder)
            except OSError:  # another process was faster
                shutil.rmtree(aside)
    except (OSError, subprocess.CalledProcessError) as error:
        told = getattr(error, "stderr", "") or str(error)
        raise SystemExit(
            f"The tests try other people's Pelican plugins, which uv could not install: {told}"
        ) from error
    return folder


def _run(*command: str) -> str:
    done = subprocess.run(  # noqa: S603 - fixed commands
        command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=600
    )
    return done.stdout
