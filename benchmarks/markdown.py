"""An interview as Markdown, and as the file that each generator wants.

The body is the same for all of them; only the head differs.
"""

from __future__ import annotations

from typing import Any

import yaml

from benchmarks.interviews import Interview


def body(interview: Interview) -> str:
    """Introduction, questions and lists, the same for every generator."""
    parts = [interview.introduction]
    for asked in interview.asked:
        parts += [f"## {asked.wording}", asked.answer]
        for wording, answer in asked.follow_ups:
            parts += [f"### {wording}", answer]
    bullet = "" if interview.number % 4 == 3 else "- "
    parts += ["## #FF Qui faudrait-il suivre?",
              "\n".join(f"{bullet}{line}" for line in interview.recommended),
              "## Lectures",
              "\n".join(f"- [{title}]({address})" for title, address in interview.readings)]
    return "\n\n".join(parts) + "\n"


def portrait_file(interview: Interview, photo: str = "") -> str:
    """The interview as a portrait of this project; ``photo`` is a file of the content folder."""
    head: dict[str, Any] = {
        "name": interview.full_name, "role": interview.role, "organization": interview.organization,
        "date": interview.date, "tags": list(interview.tags),
        "authors": [interview.interviewer], "summary": interview.summary,
    }
    if photo:
        head["photo"] = {"file": photo, "alt": f"{interview.name} dans un décor de couleurs",
                         "credit": "Dessin fait pour les mesures", "focus": [0.5, 0.4]}
    head |= {"accounts": {"twitter": interview.handle, "facebook": "réservé aux proches"},
             "manages": [{"twitter": f"maison_ex{interview.number % 320}"}]}
    if interview.quote:
        head["quote"] = interview.quote
    return _with_yaml(head, interview)


def plain_file(interview: Interview) -> str:
    """The interview for a generator whose front matter is YAML and knows no portraits."""
    return _with_yaml({
        "title": f"Portrait de {interview.full_name}", "date": interview.date,
        "tags": list(interview.tags), "author": interview.interviewer,
        "summary": interview.summary}, interview)


def pelican_file(interview: Interview) -> str:
    """The interview with Pelican's own metadata lines."""
    return (f"Title: Portrait de {interview.full_name}\nDate: {interview.date}\n"
            f"Slug: {interview.slug}\nTags: {', '.join(interview.tags)}\n"
            f"Author: {interview.interviewer}\nSummary: {interview.summary}\n\n"
            f"{body(interview)}")


def _with_yaml(head: dict[str, Any], interview: Interview) -> str:
    front = yaml.safe_dump(head, allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{front}---\n\n{body(interview)}"
