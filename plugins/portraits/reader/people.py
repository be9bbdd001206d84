"""Read what is known of people, ``content/people.yml``.

    people:
      - name: Zoé Gagnon
        portrait: zoe-gagnon.md                  # if the accounts do not say whose they are
        accounts:
          - "@zoe@mstdn.ca"                      # as in a #FF list: a handle or an address
          - account: "@zoegagnon"
            since: 2009
            until: 2022
            archived: https://web.archive.org/web/2022/https://twitter.com/zoegagnon

An account belongs to one person. ``until`` says that it is given up, in that year.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress

from portraits.model.accounts import account_from_handle, account_from_url
from portraits.model.addresses import slug_of
from portraits.model.people import HeldAccount, Person
from portraits.model.portrait import Account
from portraits.reader.front_matter import yaml_tree
from portraits.support.limits import normalised_text
from portraits.support.messages import msg
from portraits.support.problems import Problem, ProblemCollector, did_you_mean

PEOPLE_FILE = "people.yml"
"""Name of the file in the content folder."""
_PERSON_KEYS = ("name", "portrait", "accounts")
_ACCOUNT_KEYS = ("account", "since", "until", "archived")
_YEAR = re.compile(r"(?:19|20)\d\d")


class _PeopleReader:
    """Reads one file of people."""

    def __init__(self, report: ProblemCollector, folder: str, network: str) -> None:
        self.report, self.folder, self.network = report, folder, network
        self.names: dict[str, int] = {}
        self.accounts: dict[str, int] = {}

    def text(self, node: yaml_tree.Node | None, key: str) -> str:
        """Return the text of a value, or an empty string; report a value that is none."""
        if node is None:
            return ""
        if isinstance(node, yaml_tree.Scalar) and not node.is_null:
            return " ".join(node.text.split())
        self.report.error(
            node.line,
            "wrong-type",
            msg("people.text_expected", key=key),
            msg("people.text_expected_hint", key=key),
            key,
        )
        return ""

    def known_keys(self, node: yaml_tree.Mapping, known: tuple[str, ...]) -> None:
        for key, _ in node.entries:
            if key.text not in known:
                self.report.error(
                    key.line,
                    "unknown-key",
                    msg("people.unknown_key", key=key.text),
                    did_you_mean(key.text, known)
                    or msg("people.known_keys_hint", keys=", ".join(known)),
                    key.text,
                )

    def person(self, node: yaml_tree.Node) -> Person | None:
        """Return one person, or None if the entry is unusable."""
        if not isinstance(node, yaml_tree.Mapping):
            self.report.error(
                node.line, "wrong-type", msg("people.no_keys"), msg("people.no_keys_hint")
            )
            return None
        self.known_keys(node, _PERSON_KEYS)
        given = node.get("name")
        name = self.text(given, "name")
        if not name:
            if given is None or (isinstance(given, yaml_tree.Scalar) and given.quoted):
                self.report.error(
                    node.line, "missing-key", msg("people.no_name"), msg("people.no_name_hint")
                )
            return None
        id_ = slug_of(name)
        if id_ in self.names:
            self.report.error(
                node.line,
                "same-person-twice",
                msg("people.same_person_twice", name=name, line=self.names[id_]),
                msg("people.same_person_twice_hint", name=name),
                "name",
            )
            return None
        self.names[id_] = node.line
        return Person(id_, name, self.portrait(node), tuple(self.held(node)), node.line)

    def portrait(self, node: yaml_tree.Mapping) -> str:
        """Return the path of the named portrait from the content folder."""
        name = self.text(node.get("portrait"), "portrait").removesuffix(".md")
        name = name.removeprefix(f"{self.folder}/")
        return f"{self.folder}/{unicodedata.normalize('NFC', name)}.md" if name else ""

    def held(self, node: yaml_tree.Mapping) -> list[HeldAccount]:
        """Return the accounts of a person."""
        given = node.get("accounts")
        if given is None:
            self.report.error(
                node.line,
                "missing-key",
                msg("people.no_accounts"),
                msg("people.no_accounts_hint"),
                "accounts",
            )
            return []
        nodes = given.nodes if isinstance(given, yaml_tree.Sequence) else (given,)
        return [held for one in nodes if (held := self.account(one))]

    def account(self, node: yaml_tree.Node) -> HeldAccount | None:
        """Return one account with its years, or None if it cannot be read."""
        if isinstance(node, yaml_tree.Mapping):
            self.known_keys(node, _ACCOUNT_KEYS)
            where = node.get("account")
            if where is None:
                self.report.error(
                    node.line,
                    "missing-key",
                    msg("people.account_missing"),
                    msg("people.account_missing_hint"),
                    "account",
                )
                return None
            since, until = self.year(node, "since"), self.year(node, "until")
            archived = self.archived(node)
            if since and until and since > until:
                self.report.error(
                    node.line,
                    "years-reversed",
                    msg("people.years_reversed", until=until, since=since),
                    msg("people.years_reversed_hint"),
                    "since",
                )
        else:
            where, since, until, archived = node, "", "", ""
        text = self.text(where, "account")
        account = self.parsed(text, where.line) if text else None
        if account is None:
            return None
        if account.key in self.accounts:
            self.report.error(
                where.line,
                "same-account-twice",
                msg(
                    "people.same_account_twice",
                    account=account.label,
                    line=self.accounts[account.key],
                ),
                msg("people.same_account_twice_hint"),
                "account",
            )
            return None
        self.accounts[account.key] = where.line
        return HeldAccount(account, since, until, archived, where.line)

    def parsed(self, text: str, line: int) -> Account | None:
        """Return the account that ``text`` names; report a text that names none."""
        account = None
        if "://" in text:
            with suppress(ValueError):
                account = account_from_url(text)
        else:
            account = account_from_handle(text, self.network)
        if account is None:
            self.report.error(
                line,
                "no-account",
                msg("people.no_account", text=text),
                msg("people.no_account_hint"),
                "account",
            )
        return account

    def year(self, node: yaml_tree.Mapping, key: str) -> str:
        """Return a year, or an empty string if there is none."""
        given = node.get(key)
        text = self.text(given, key)
        if text and given and not _YEAR.fullmatch(text):
            self.report.error(
                given.line,
                "bad-year",
                msg("people.bad_year", key=key, year=text),
                msg("people.bad_year_hint", key=key),
                key,
            )
            return ""
        return text

    def archived(self, node: yaml_tree.Mapping) -> str:
        """Return the address of an archived profile, or an empty string."""
        given = node.get("archived")
        text = self.text(given, "archived")
        if not text or given is None:
            return ""
        try:
            account_from_url(text)
        except ValueError:
            self.report.error(
                given.line,
                "bad-url",
                msg("people.bad_address", address=text),
                msg("people.bad_address_hint"),
                "archived",
            )
            return ""
        return text


def read_people(
    path_label: str, data: bytes, *, folder: str, network: str
) -> tuple[tuple[Person, ...], tuple[Problem, ...]]:
    """Read the people in ``data`` (UTF-8 YAML); return them with the problems found.

    ``path_label`` is the file's path in problems, ``folder`` that of the portraits from the content
    folder, ``network`` the one that a bare handle belongs to.
    """
    report = ProblemCollector(path_label)
    text = normalised_text(data, report)
    if text is None:
        return (), report.problems
    root = yaml_tree.read_yaml(unicodedata.normalize("NFC", text), report)
    if root is None:  # empty, which is valid, or unreadable, which is reported
        return (), report.problems
    listing = root.get("people") if isinstance(root, yaml_tree.Mapping) else None
    if not isinstance(listing, yaml_tree.Sequence):
        if not report.has_errors:
            report.error(1, "no-people", msg("people.no_people"), msg("people.no_people_hint"))
        return (), report.problems
    reading = _PeopleReader(report, folder, network)
    if isinstance(root, yaml_tree.Mapping):
        reading.known_keys(root, ("people",))
    people = tuple(one for node in listing.nodes if (one := reading.person(node)))
    return people, report.problems
