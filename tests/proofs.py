"""Proofs and replies for tests: a portrait that has everything, and replies as the page's script
writes them."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping
from pathlib import Path

from portraits.options import BuildOptions
from portraits.proof.changes import PortraitFile
from portraits.proof.finding import file_called
from portraits.proof.reading import Ask, ReplyReader, reply_at
from portraits.proof.tokens import secret_in, token_of
from portraits.settings import Settings

from tests.builders import THEME
from tests.conftest import ROOT

TODAY = dt.date(2026, 12, 2)
ZOE = """---
name: Zoé Lapierre
date: 2026-12-05
status: draft
role: Archiviste
# une remarque de la rédaction
tags: [quai]
---

Elle garde tout.

## Quelles études as-tu faites ? {#etudes}

Trois ans   à l’UQAM, puis *plus rien*.

Un [lien](https://exemple.ca/) aussi.

### Et tu as terminé ? {#fin}

Non.

Ton outil ?
-----------

Le tampon.


## Sans réponse encore ? {#vide}

Rien à dire.

## #FF Qui suivre ?

- @ana_roy : pour ses ruelles

## Lecture

- Le livre qui dormait
"""


def series(folder: Path, text: str = ZOE) -> BuildOptions:
    """Write a small series with Zoé's draft in it; return the options of its builds."""
    content = folder / "content"
    shutil.copytree(ROOT / "tests" / "cases" / "small-site", content)
    (content / "portraits" / "zoe-lapierre.md").write_bytes(text.encode())
    return BuildOptions(
        root=folder,
        content=content,
        output=folder / "output",
        theme=THEME,
        cache=folder / "cache",
        settings=Settings(email="redaction@exemple.ca", search=False),
        now=dt.datetime.combine(TODAY, dt.time(12)),
        durable=False,
    )


def portrait_at(options: BuildOptions, name: str = "zoe-lapierre") -> Path:
    return options.content / "portraits" / f"{name}.md"


def file_of(options: BuildOptions, name: str = "Zoé Lapierre") -> PortraitFile:
    return file_called(name, options)


def marked(key: str, content: str) -> str:
    lines = [
        f"\\{line}" if line.lstrip("\\").startswith("@@") else line for line in content.split("\n")
    ]
    return "\n".join((f"@@ {key}", *lines, "", ""))


def reply_to(
    options: BuildOptions,
    proposes: Mapping[str, str] | None = None,
    *,
    name: str = "Zoé Lapierre",
    **said: str,
) -> str:
    """Return the reply to a proof of today's text; ``said`` has other sections, by key with
    underscores: ``accord_texte="oui"``."""
    file = file_of(options, name)
    one, fingerprint = file.portrait, file.parsed.fingerprint
    secret = secret_in(options.root)
    sections = {
        "portrait": one.slug,
        "langue": one.lang,
        "empreinte": fingerprint,
        "date": one.date.isoformat(),
        "jour": "2026-11-28",
    }
    for answer in file.answers():
        sections[f"montre {answer.id}"] = answer.fingerprint
    sections |= {f"propose {id}": text for id, text in (proposes or {}).items()}
    sections["jeton"] = token_of(secret, fingerprint, one.slug, one.lang)
    sections |= {key.replace("_", "-"): text for key, text in said.items()}
    body = "".join(marked(key, content) for key, content in sections.items())
    return f"portraits-epreuve 1\nNe modifiez pas…\n\n{body}@@ fin\n"


def take(options: BuildOptions, reply: str, ask: Ask | None = lambda _: True) -> tuple[int, str]:
    """Import a reply; return the exit status and what is said. Changes are accepted."""
    path = options.root / "reponse.txt"
    path.write_text(reply, encoding="utf-8")
    found = reply_at(path)
    assert found is not None
    said: list[str] = []
    status = ReplyReader(options, options.root, said.append, ask).take(path, found)
    return status, "\n".join(map(str, said))
