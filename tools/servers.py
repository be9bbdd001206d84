"""Find the servers that the tests run on loopback, or install them: nginx, Caddy, rsync.

In this order: installed programs, Debian's packages (as root, or with sudo without a password). If
one is missing, the tests fail with a message: they are never skipped silently.
"""

import os
import shutil
import subprocess
from collections.abc import Sequence

PACKAGES = {"nginx": "nginx-light", "caddy": "caddy", "rsync": "rsync"}
"""Debian's package for each program."""
_FOLDERS = ("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin", "/usr/local/bin")
"""Folders of servers that are usually not in an ordinary user's PATH."""


def server(name: str) -> str | None:
    """Return the path of an installed server, or None."""
    return shutil.which(name) or shutil.which(name, path=os.pathsep.join(_FOLDERS))


def ensure_servers(names: Sequence[str] = tuple(PACKAGES)) -> dict[str, str]:
    """Return the path of each server, after installing missing ones. Exit with a message if that
    fails."""
    missing = [name for name in names if not server(name)]
    if missing and (as_root := _as_root()) is not None and shutil.which("apt-get"):
        wait = ["-o", "DPkg::Lock::Timeout=300"]  # several test processes may want them at once
        packages = [PACKAGES[name] for name in missing]
        for arguments in (
            ["update", "-q"],
            ["install", "-qy", "--no-install-recommends", *packages],
        ):
            # With run level 1 the packages do not start their services.
            command = [
                *as_root,
                "env",
                "DEBIAN_FRONTEND=noninteractive",
                "RUNLEVEL=1",
                "apt-get",
                *wait,
                *arguments,
            ]
            print("$", " ".join(command), flush=True)
            subprocess.run(command, check=False, timeout=900)  # noqa: S603 - fixed commands
    found = {name: server(name) for name in names}
    if missing := [name for name, path in found.items() if not path]:
        raise SystemExit(
            f"The tests run real servers and {', '.join(missing)} could not be installed. "
            f"Install them (Debian: apt-get install {' '.join(PACKAGES[n] for n in missing)}; "
            f"macOS: brew install {' '.join(missing)})."
        )
    return {name: path for name, path in found.items() if path}


def _as_root() -> list[str] | None:
    """Return the prefix that runs a command as root; None if that is impossible."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return []
    if (sudo := shutil.which("sudo")) and subprocess.run(  # noqa: S603
        [sudo, "-n", "true"], check=False, capture_output=True
    ).returncode == 0:
        return [sudo, "-n"]
    return None


if __name__ == "__main__":
    for name, path in ensure_servers().items():
        print(f"{name}: {path}")
