"""Write an interview as Markdown, in the file format of each generator.

The body is the same for all of them; only the front matter differs.
"""

from __future__ import annotations

from typing import Any

import yaml

from benchmarks.interviews import Interview


def body(interview: Interview) -> str:
    """Return introduction, questions and lists, the same for every generator."""
    parts = [interview.introduction]
    for asked in interview.asked:
        parts += [f"## {asked.wording}", asked.answer]
        for wording, answer in asked.follow_ups:
            parts += [f"### {wording}", answer]
    bullet = "" if interview.number % 4 == 3 else "- "
    parts += [
        "## #FF Qui faudrait-il suivre?",
        "\n".join(f"{bullet}{line}" for line in interview.recommended),
        "## Lectures",
        "\n".join(f"- [{title}]({address})" for title, address in interview.readings),
    ]
    return "\n\n".join(parts) + "\n"


def portrait_file(interview: Interview, photo: str = "") -> str:
    """Return the interview as a portrait of this project.

    ``photo`` is a path relative to the content folder, or empty.
    """
    head: dict[str, Any] = {
        "name": interview.full_name,
        "role": interview.role,
        "organization": interview.organization,
        "date": interview.date,
        "tags": list(interview.tags),
        "authors": [interview.interviewer],
        "summary": interview.summary,
    }
    if photo:
        head["photo"] = {
            "file": photo,
            "alt": f"{interview.name} dans un décor de couleurs",
            "credit": "Dessin fait pour les mesures",
            "focus": [0.5, 0.4],
        }
    head |= {
        "accounts": {"twitter": interview.handle, "facebook": "réservé aux proches"},
        "manages": [{"twitter": f"maison_ex{interview.number % 320}"}],
    }
    if interview.quote:
        head["quote"] = interview.quote
    return _with_yaml(head, interview)


def plain_file(interview: Interview) -> str:
    """Return the interview for a generator with plain YAML front matter."""
    return _with_yaml(
        {
            "title": f"Portrait de {interview.full_name}",
            "date": interview.date,
            "tags": list(interview.tags),
            "author": interview.interviewer,
            "summary": interview.summary,
        },
        interview,
    )


def pelican_file(interview: Interview) -> str:
    """Return the interview with Pelican's own metadata lines."""
    return (
        f"Title: Portrait de {interview.full_name}\nDate: {interview.date}\n"
        f"Slug: {interview.slug}\nTags: {', '.join(interview.tags)}\n"
        f"Author: {interview.interviewer}\nSummary: {interview.summary}\n\n"
        f"{body(interview)}"
    )


def _with_yaml(head: dict[str, Any], interview: Interview) -> str:
    front = yaml.safe_dump(head, allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{front}---\n\n{body(interview)}"
