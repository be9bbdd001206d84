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
from portraits.support.problems import Problem, ProblemCollector, did_you_mean

PEOPLE_FILE = "people.yml"
"""Name of the file in the content folder."""
_PERSON_KEYS = ("name", "portrait", "accounts")
_ACCOUNT_KEYS = ("account", "since", "until", "archived")
_YEAR = re.compile(r"(?:19|20)\d\d")
_EXAMPLE = "écrivez : - name: Zoé Gagnon, puis accounts: et une liste"


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
            node.line, "wrong-type", f"« {key} » attend un texte", f"écrivez : {key}: …", key
        )
        return ""

    def known_keys(self, node: yaml_tree.Mapping, known: tuple[str, ...]) -> None:
        for key, _ in node.entries:
            if key.text not in known:
                self.report.error(
                    key.line,
                    "unknown-key",
                    f"la clé « {key.text} » est inconnue",
                    did_you_mean(key.text, known) or f"clés possibles : {', '.join(known)}",
                    key.text,
                )

    def person(self, node: yaml_tree.Node) -> Person | None:
        """Return one person, or None if the entry is unusable."""
        if not isinstance(node, yaml_tree.Mapping):
            self.report.error(node.line, "wrong-type", "une personne sans clés", _EXAMPLE)
            return None
        self.known_keys(node, _PERSON_KEYS)
        given = node.get("name")
        name = self.text(given, "name")
        if not name:
            if given is None or (isinstance(given, yaml_tree.Scalar) and given.quoted):
                self.report.error(
                    node.line, "missing-key", "une personne sans « name »", "ajoutez « name: … »"
                )
            return None
        id_ = slug_of(name)
        if id_ in self.names:
            self.report.error(
                node.line,
                "same-person-twice",
                f"« {name} » est déjà à la ligne {self.names[id_]}",
                f"gardez une seule entrée; ou distinguez deux homonymes : « {name} (Montréal) »",
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
                "une personne sans « accounts »",
                "ajoutez « accounts: », puis un tiret par compte",
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
                    "un compte sans « account »",
                    'écrivez : - account: "@compte", puis since:, until: ou archived:',
                    "account",
                )
                return None
            since, until = self.year(node, "since"), self.year(node, "until")
            archived = self.archived(node)
            if since and until and since > until:
                self.report.error(
                    node.line,
                    "years-reversed",
                    f"un compte quitté en {until}, avant d’être ouvert en {since}",
                    "échangez « since » et « until »",
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
                f"{account.label} est déjà à la ligne {self.accounts[account.key]}",
                "un compte appartient à une seule personne : gardez une seule des deux lignes",
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
                f"« {text} » n’est pas un compte",
                "écrivez-le comme dans une liste #FF : « @compte », « @nom@serveur » ou une "
                "adresse qui commence par https://",
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
                f"« {key}: {text} » n’est pas une année",
                f"quatre chiffres, par exemple {key}: 2022",
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
                f"« {text} » n’est pas une adresse du web",
                "attendu : https://web.archive.org/…",
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
            report.error(
                1,
                "no-people",
                "le fichier n’a pas de liste « people: »",
                "commencez par « people: », puis un tiret par personne",
            )
        return (), report.problems
    reading = _PeopleReader(report, folder, network)
    if isinstance(root, yaml_tree.Mapping):
        reading.known_keys(root, ("people",))
    people = tuple(one for node in listing.nodes if (one := reading.person(node)))
    return people, report.problems
