"""An imported portrait's file: its front matter, its body, and how it is written to disk.

    body = introduction ("## " question answer ("### " follow-up answer)*)* ff? reading?

Values of the front matter are written by a YAML emitter, which quotes what has to be. What
a portrait needs and the source does not say stands as a comment in its place, with what to
write; what the editor should look at stands first, as comments « # à vérifier … »
(:mod:`portraits.model.review_comments`).

Blocks keep their order in the body. A line that stood directly under another stays so, by a
hard line break (two spaces); items of one list stand together.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from portraits.importer.plain_text import cleaned
from portraits.importer.report import Concern, Entry
from portraits.importer.sections import follow_line, network_of
from portraits.importer.transcript import Block, Facts, ImportRefused, Kind, Style
from portraits.model import review_comments
from portraits.model.accounts import (
    AccountRefused,
    account_from_handle,
    account_from_url,
    account_or_note,
)
from portraits.model.networks import NETWORKS
from portraits.reader.escaping import escaped, escaped_heading
from portraits.settings import Settings
from portraits.support.messages import msg
from portraits.support.symlinks import refuse_links

MAX_TEXT = 1_000
"""Characters of one value, as the reading of front matter has it."""
_BULLET = re.compile(r"\A\\?(?:[-–—•·]|\*(?!\*))\s*(?=\S)")
_BOLD_HANDLE = re.compile(r"\A\*\*(@[\w.@-]+)\*\*")
_TITLE_AND_ADDRESS = re.compile(
    r"(?P<title>[^\[\]]*?[^\s:,(—–-])[\s:,(—–-]+<?(?P<address>https?://[^\s<>()]+)[)>]?"
)
"""A reading as people type it: the title, then where it is."""
_LINKED = re.compile(r"\]\(<?([^)>\s]*)")
_EMPHASIS = re.compile(r"(?<!\\)(?:(?<![^\W_])\*{1,3}|\*{1,3}(?![^\W_]))")
"""Marks of emphasis; a star between letters is text."""
_HEADINGS = {
    Kind.QUESTION: "##",
    Kind.FOLLOW_UP: "###",
    Kind.FF_HEADING: "##",
    Kind.READING_HEADING: "##",
}
_ITEMS = (Kind.FF_ENTRY, Kind.READING)
_PROSE = (Kind.INTRODUCTION, Kind.ANSWER)


def refuse_to_replace(path: Path, *, root: Path, force: bool) -> None:
    """Raise ImportRefused when a file is at ``path`` and not ``force``, LinkRefused when a part of
    ``path`` below ``root``, the folder that the editor chose, is a symbolic link."""
    refuse_links(root, path.relative_to(root).as_posix())
    if path.exists() and not force:
        raise ImportRefused(msg("import_portrait.exists", path=path))


def write(path: Path, content: str | bytes, *, root: Path, force: bool) -> None:
    """Write ``content`` to ``path``, unless :func:`refuse_to_replace` refuses.

    The file is written beside its place and moved there, so that an interruption leaves the
    old file or the new one.
    """
    refuse_to_replace(path, root=root, force=force)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.partiel")
    try:
        beside.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        beside.chmod(0o644)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def file_text(front_matter: FrontMatterWriter, body: Body) -> str:
    """The whole file; review comments come first in its front matter."""
    listed = body.places[: review_comments.MOST]
    more = len(body.places) - len(listed)
    before = 1 + len(front_matter.remarks) + len(listed) + bool(more) + len(front_matter.lines) + 2
    comments = [review_comments.comment(0, remark) for remark in front_matter.remarks]
    comments += [
        review_comments.comment(
            before + place + 1,
            msg("import_portrait.passage", text=_shortened(block.text), review=block.review),
        )
        for place, block in listed
    ]
    if more:
        comments.append(
            review_comments.comment(0, msg("import_portrait.more_passages", count=more))
        )
    lines = list(body.lines)
    while lines and not lines[-1]:
        lines.pop()
    return cleaned("\n".join(["---", *comments, *front_matter.lines, "---", "", *lines, ""]))[0]


def emitted(key: str, value: object, *, flow: bool = False) -> list[str]:
    """The lines of one ``key`` with its ``value`` in YAML."""
    text: str = yaml.safe_dump(
        {key: value},
        allow_unicode=True,
        sort_keys=False,
        width=1_000_000,
        default_flow_style=None if flow else False,
    )
    return text.rstrip("\n").split("\n")


@dataclass
class FrontMatterWriter:
    """The lines of a front matter while they are written."""

    settings: Settings
    lines: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    """Messages: what is to be reviewed about the whole portrait."""

    def write(
        self, facts: Facts, follow_lines: list[Block], credit: str, attached: str = ""
    ) -> None:
        """Write every key that the source gives, in the order of the guide. ``attached`` is the
        name in the source of a photo that is written beside the portrait, as ``facts.photo``."""
        self._doubt(facts.doubts)
        self._required(
            "name",
            facts.name,
            f"Léa Tremblay    # {msg('new_file.name_missing')}",
            msg("import_portrait.missing_name"),
        )
        for key, text in (
            ("title", facts.title),
            ("role", facts.role),
            ("organization", facts.organization),
        ):
            self._text(key, text)
        self._required(
            "date",
            facts.date,
            f"2011-07-14    # {msg('new_file.date_missing')}",
            msg("import_portrait.missing_date"),
        )
        if facts.modified and facts.modified != facts.date:
            self.lines += emitted("modified", facts.modified)
        if facts.lang:
            self.lines += emitted("lang", facts.lang)
        self._status(facts)
        if facts.slug:
            self.lines += emitted("slug", facts.slug)
        for key, texts in (
            ("tags", facts.tags),
            ("authors", facts.authors),
            ("aliases", facts.aliases),
        ):
            if texts:
                self.lines += emitted(key, list(texts), flow=True)
        self._text("series", facts.series)
        self._text("summary", facts.summary)
        self._photo(facts.photo, credit, attached)
        self._accounts(follow_lines)

    def _required(self, key: str, value: object, example: str, missing: str) -> None:
        if value:
            self.lines += emitted(key, value)
        else:
            self.lines.append(f"# {key}: {example}")
            self.entries.append(Entry(Concern.REVIEW, 0, "", missing))

    def _text(self, key: str, text: str) -> None:
        if len(text) > MAX_TEXT:
            self.entries.append(
                Entry(
                    Concern.UNPLACED,
                    0,
                    text,
                    msg("import_portrait.too_long", key=key, most=MAX_TEXT),
                )
            )
        elif text:
            self.lines += emitted(key, text)

    def _status(self, facts: Facts) -> None:
        if facts.status == "published" and not facts.withheld:
            return
        status = facts.status if facts.status == "hidden" else "draft"
        if facts.withheld:
            self.remarks.append(msg("import_portrait.not_public", why=facts.withheld))
            why = msg("import_portrait.stays_draft", why=facts.withheld)
            self.entries.append(Entry(Concern.REVIEW, 0, "", why))
        comment = "" if facts.status else f"    # {msg('new_file.publish')}"
        self.lines.append(f"status: {status}{comment}")

    def _doubt(self, doubts: Sequence[str]) -> None:
        self.remarks += doubts
        self.entries += [Entry(Concern.REVIEW, 0, "", doubt) for doubt in doubts]

    def _photo(self, photo: str, credit: str, attached: str) -> None:
        """The photo is never fetched, and one that came with the source waits to be confirmed."""
        name = photo.rsplit("/", 1)[-1].split("?", 1)[0]
        if attached:
            self._doubt(
                [msg("import_portrait.attached_photo", photo=_one_line(attached), file=name)]
            )
        key = "photo_attached" if attached else "photo_missing"
        self.lines += [
            f"# photo:    # {msg(f'new_file.{key}')}",
            f"#   file: {_one_line(name) or 'photo.jpg'}",
            f"#   alt: {msg('new_file.alt')}",
            f"#   credit: {_one_line(credit) or msg('new_file.credit')}",
        ]
        if photo and not attached:
            self.entries.append(
                Entry(Concern.UNPLACED, 0, photo, msg("import_portrait.photo_to_download"))
            )

    # -- accounts

    def _accounts(self, follow_lines: list[Block]) -> None:
        accounts: list[dict[str, str]] = []
        for block in follow_lines:
            label, value = follow_line(block.text)
            try:
                key, written = self._account(label, value)
            except ValueError as refused:
                why = (
                    refused.hint
                    if isinstance(refused, AccountRefused)
                    else msg("import_portrait.write_account")
                )
                self.entries.append(
                    Entry(
                        Concern.UNPLACED,
                        block.first,
                        block.text,
                        msg("import_portrait.account_refused", why=why),
                    )
                )
                continue
            accounts.append({key: written})
            self.entries += (
                Entry(
                    Concern.BOILERPLATE,
                    block.first,
                    address,
                    msg("import_portrait.address_of_account"),
                )
                for address in _LINKED.findall(block.markdown)
            )
            if label:
                self.entries.append(
                    Entry(
                        Concern.BOILERPLATE,
                        block.first,
                        label,
                        msg("import_portrait.network_is_key", key=key),
                    )
                )
        keys = [key for account in accounts for key in account]
        if len(set(keys)) == len(keys):
            merged = {key: value for account in accounts for key, value in account.items()}
            self.lines += emitted("accounts", merged) if merged else []
        else:
            self.lines += emitted("accounts", accounts)

    def _account(self, label: str, value: str) -> tuple[str, str]:
        """(network, value as front matter has it). Raises AccountRefused or ValueError."""
        network = network_of(label) if label else None
        if network is None:
            found = (
                account_from_url(value)
                if "://" in value
                else account_from_handle(value, self.settings.default_network)
            )
            if found is None:
                raise ValueError(value)
            network = NETWORKS[found.network]
        account_or_note(network, value)
        return network.key, value.removeprefix("@")


@dataclass
class Body:
    """The lines of a body while they are written."""

    lines: list[str] = field(default_factory=list)
    places: list[tuple[int, Block]] = field(default_factory=list)
    """(0-based line of the body, block) of every block that is to be reviewed."""
    added: list[str] = field(default_factory=list)
    """Words that the source does not hold."""
    ids: set[str] = field(default_factory=set)

    def write(self, blocks: Sequence[Block]) -> None:
        """Write every block that belongs into a body."""
        above: Block | None = None
        for block in blocks:
            if block.kind in _HEADINGS:
                self._heading(block)
            elif block.kind in _ITEMS:
                self._item(block, above)
            elif block.kind in _PROSE:
                self._prose(block, above)
            else:
                continue
            above = block

    def _place(self, block: Block) -> None:
        if block.review:
            self.places.append((len(self.lines), block))

    def _new_paragraph(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def _heading(self, block: Block) -> None:
        self._new_paragraph()
        words = wording_of(block)
        if block.kind is Kind.FF_HEADING and not words.upper().startswith("#FF"):
            words = f"#FF {words}"
            self.added.append("FF")
        if block.kind is Kind.READING_HEADING:
            words = words.rstrip(" :\u00a0")
        question_id = ""
        if (
            block.question_id
            and block.question_id not in self.ids
            and block.kind not in (Kind.FF_HEADING, Kind.READING_HEADING)
        ):
            question_id = f" {{#{block.question_id}}}"
            self.ids.add(block.question_id)
        self._place(block)
        self.lines += [f"{_HEADINGS[block.kind]} {words}{question_id}", ""]

    def _item(self, block: Block, above: Block | None) -> None:
        if (
            block.joined
            and above
            and above.kind is block.kind is Kind.FF_ENTRY
            and not _BULLET.match(block.text)
            and not block.text.startswith(("@", "["))
        ):
            self._place(block)
            self.lines[-1] += f" {block.markdown}"
            return
        if not above or above.kind is not block.kind:
            self._new_paragraph()
        self._place(block)
        words = _BOLD_HANDLE.sub(r"\1", _BULLET.sub("", block.markdown, count=1))
        if block.kind is Kind.READING and (found := _TITLE_AND_ADDRESS.fullmatch(words)):
            words = f"[{found['title']}]({found['address']})"
        self.lines.append(f"- {words}")

    def _prose(self, block: Block, above: Block | None) -> None:
        under = above is not None and above.kind is block.kind
        listed = under and above is not None and above.bullet and block.bullet
        if (
            block.joined
            and under
            and not block.bullet
            and not block.verbatim
            and above
            and not above.bullet
            and not above.verbatim
        ):
            self.lines[-1] += "  "
        elif not listed:
            self._new_paragraph()
        self._place(block)
        mark = f"{block.bullet}. " if block.bullet.isdigit() else "- " if block.bullet else ""
        mark = " " * block.indent + mark if mark else ""
        self.lines += [
            mark + line if number == 0 else line
            for number, line in enumerate(block.markdown.split("\n"))
        ]


def wording_of(block: Block) -> str:
    """The wording of a question as one line of inline Markdown."""
    markdown = " ".join(block.markdown.split())
    if block.style in (Style.STRONG, Style.EMPHASIS, Style.TINTED, Style.ASKED):
        markdown = _EMPHASIS.sub("", markdown)
    if markdown == escaped(block.text):
        return escaped_heading(block.text)
    return markdown.removeprefix("\\") if markdown.startswith("\\#") else markdown


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 70 else words[:69].rstrip() + "…"
