"""The front matter of an imported portrait.

Values are written by a YAML emitter, which quotes what has to be. What a portrait needs
and the source does not say stands as a comment in its place, with what to write; what the
editor should look at stands first, as comments « # à vérifier … »
(:mod:`portraits.model.review_comments`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import yaml

from portraits.importer.report import Concern, Entry
from portraits.importer.sections import follow_line, network_of
from portraits.importer.transcript import Block, Facts
from portraits.model.accounts import (
    AccountRefused,
    account_from_handle,
    account_from_url,
    account_or_note,
)
from portraits.model.networks import NETWORKS, network_named
from portraits.settings import Settings

MAX_TEXT = 1_000
"""Characters of one value, as the reading of front matter has it."""


def emitted(key: str, value: object, *, flow: bool = False) -> list[str]:
    """The lines of one ``key`` with its ``value`` in YAML."""
    text: str = yaml.safe_dump({key: value}, allow_unicode=True, sort_keys=False,
                               width=1_000_000, default_flow_style=None if flow else False)
    return text.rstrip("\n").split("\n")


@dataclass
class Header:
    """The lines of a front matter while they are written."""

    settings: Settings
    lines: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    def write(self, facts: Facts, follow_lines: list[Block], credit: str) -> None:
        """Write every key that the source gives, in the order of the guide."""
        self._required("name", facts.name, "nom de la personne, obligatoire", "Léa Tremblay")
        for key, text in (("title", facts.title), ("role", facts.role),
                          ("organization", facts.organization)):
            self._text(key, text)
        self._required("date", facts.date, "jour de publication, obligatoire", "2011-07-14")
        if facts.modified and facts.modified != facts.date:
            self.lines += emitted("modified", facts.modified)
        if facts.lang:
            self.lines += emitted("lang", facts.lang)
        self._status(facts.status)
        if facts.slug:
            self.lines += emitted("slug", facts.slug)
        for key, texts in (("tags", facts.tags), ("authors", facts.authors),
                           ("aliases", facts.aliases)):
            if texts:
                self.lines += emitted(key, list(texts), flow=True)
        self._text("series", facts.series)
        self._text("summary", facts.summary)
        self._photo(facts.photo, credit)
        self._accounts(follow_lines)

    def _required(self, key: str, value: object, why: str, example: str) -> None:
        if value:
            self.lines += emitted(key, value)
        else:
            self.lines.append(f"# {key}: {example}    # à compléter : {why}")
            self.entries.append(Entry(Concern.DOUBT, 0, "", f"il manque « {key} » : {why}"))

    def _text(self, key: str, text: str) -> None:
        if len(text) > MAX_TEXT:
            self.entries.append(Entry(Concern.UNPLACED, 0, text,
                                      f"trop long pour « {key} » (au plus {MAX_TEXT} caractères)"))
        elif text:
            self.lines += emitted(key, text)

    def _status(self, status: str) -> None:
        if status == "published":
            return
        comment = "" if status else "    # retirez cette ligne pour publier"
        self.lines.append(f"status: {status or 'draft'}{comment}")

    def _photo(self, photo: str, credit: str) -> None:
        """The photo is never fetched; its place is prepared."""
        name = photo.rsplit("/", 1)[-1].split("?", 1)[0]
        self.lines += [
            "# photo:    # à compléter : déposez la photo à côté de ce fichier, ôtez les « # »",
            f"#   file: {_one_line(name) or 'photo.jpg'}",
            "#   alt: ce que la photo montre, pour qui ne la voit pas",
            f"#   credit: {_one_line(credit) or 'qui a pris la photo'}",
        ]
        if photo:
            self.entries.append(Entry(Concern.UNPLACED, 0, photo,
                                      "photo : à télécharger et à déposer à côté du portrait"))

    # -- accounts

    def _accounts(self, follow_lines: list[Block]) -> None:
        accounts: list[dict[str, str]] = []
        for block in follow_lines:
            label, value = follow_line(block.text)
            try:
                key, written = self._account(label, value)
            except ValueError as refused:
                why = (refused.hint if isinstance(refused, AccountRefused)
                       else "écrivez « réseau : compte » sous « accounts »")
                self.entries.append(Entry(Concern.UNPLACED, block.first, block.text,
                                          f"compte à suivre : {why}"))
                continue
            accounts.append({key: written})
            if label:
                self.entries.append(Entry(Concern.FURNITURE, block.first, label,
                                          f"nom du réseau : c’est la clé « {key} »"))
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
            found = (account_from_url(value) if "://" in value
                     else account_from_handle(value, self.settings.default_network))
            if found is None:
                raise ValueError(value)
            network = NETWORKS[found.network]
        if label and network is network_named(self.settings.default_network) and "://" not in value:
            elsewhere = account_from_handle(value, network.key)
            network = NETWORKS[elsewhere.network] if elsewhere else network
        account_or_note(network, value)
        return network.key, value.removeprefix("@")


def _one_line(text: str) -> str:
    return " ".join(text.split())
