"""Fetch Mozilla's Readability, the reading view of Firefox, for the tests.

It is published on npm only. The file is kept in ``.cache/``; its hash is that of the registry.
"""

from __future__ import annotations

import base64
import hashlib
import io
import tarfile
import urllib.request
from pathlib import Path

ADDRESS = "https://registry.npmjs.org/@mozilla/readability/-/readability-0.6.0.tgz"
INTEGRITY = (
    "juG5VWh4qAivzTAeMzvY9xs9HY5rAcr2E4I7tiSSCokRFi7XIZCAu92ZkSTsIj1OPceCifL3cpfteP3pDT9/QQ=="
)
"""SHA-512 of the package, in base 64."""
_KEPT = Path(__file__).parent.parent / ".cache" / "readability-0.6.0.js"


def readability() -> str:
    """Return the source of the script, which defines ``Readability``.

    Raise OSError if it can be neither read nor fetched, ValueError if what was fetched is another
    file.
    """
    if not _KEPT.is_file():
        with urllib.request.urlopen(ADDRESS, timeout=60) as answer:
            package = answer.read()
        if base64.b64encode(hashlib.sha512(package).digest()).decode() != INTEGRITY:
            raise ValueError(f"{ADDRESS} is not the expected file")
        with tarfile.open(fileobj=io.BytesIO(package)) as archive:
            script = archive.extractfile("package/Readability.js")
            assert script is not None  # noqa: S101 - its hash is known
            _KEPT.parent.mkdir(parents=True, exist_ok=True)
            temporary = _KEPT.with_suffix(".tmp")
            temporary.write_bytes(script.read())
            temporary.replace(_KEPT)
    return _KEPT.read_text(encoding="utf-8")
