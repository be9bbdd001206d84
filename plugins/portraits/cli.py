"""Define the command line: commands, options, and their messages in French.

    portraits COMMAND (OPTION [VALUE] | WORD)*

Each command imports ``portraits.commands`` only when it runs, so that help, completion and errors
are fast. Click parses; its errors are translated into French from their public attributes, and its
help by overriding methods of its commands. The docstrings of the commands are their help.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, TypeVar

import click

from portraits.support.languages import LANGUAGES

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem
    from click.types import OptionHelpExtra

WRONG, MISUSED = 1, 2
NAME = "portraits"
SERVERS = ("nginx", "caddy", "apache", "netlify")
HOSTS = ("github", "gitlab", "other")
LOOKS = ("magazine", "carnet", "affiche")
SHELLS = ("bash", "zsh", "fish")

OLD_COMMANDS = {"regles": "rules"}
OLD_OPTIONS = {
    "--liens": "--links",
    "--brouillons": "--drafts",
    "--no-brouillons": "--no-drafts",
    "--essai": "--dry-run",
    "--adopter": "--adopt",
    "--vers": "--to",
    "--tout": "--all",
    "--texte": "--text",
    "--pour": "--for",
}
OLD_VALUES = {"texte": "text"}

F = TypeVar("F", bound=Callable[..., Any])


# -- values


def _listed(known: Sequence[str]) -> str:
    return f"{', '.join(known[:-1])} ou {known[-1]}"


class _OneOf(click.Choice[str]):
    """A value from a fixed list of words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value in self.choices:
            return str(value)
        new = OLD_VALUES.get(value)
        self.fail(
            f"« {value} » s’appelle maintenant « {new} »"
            if new in self.choices
            else f"« {value} » est inconnu — {_listed(self.choices)}",
            param,
            ctx,
        )


class _Number(click.ParamType[int]):
    """An integer between two bounds, both included."""

    name = "nombre"

    def __init__(self, least: int, most: int, expected: str) -> None:
        self.least, self.most, self.expected = least, most, expected

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if not str(value).removeprefix("-").isdecimal():
            self.fail(f"« {value} » n’est pas un nombre entier", param, ctx)
        number = int(value)
        if not self.least <= number <= self.most:
            self.fail(f"« {value} » ne convient pas — {self.expected}", param, ctx)
        return number


class _PathValue(click.ParamType[str]):
    """A file (``file``) or a folder (``dir``), for completion only; the code that opens it checks
    it."""

    def __init__(self, kind: str) -> None:
        self.name = kind

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type=self.name)]


# -- commands that speak French


class _Option(click.Option):
    """An option that does not accept another option as its value."""

    def get_help_extra(self, ctx: click.Context) -> OptionHelpExtra:
        extra = super().get_help_extra(ctx)
        extra.pop("required", None)  # it is in English, and the usage line shows it already
        return extra

    def process_value(self, ctx: click.Context, value: Any) -> Any:
        if isinstance(value, str) and any(
            value in (*param.opts, *param.secondary_opts)
            for param in ctx.command.params
            if isinstance(param, click.Option)
        ):
            raise click.BadOptionUsage(self.opts[0], "", ctx)
        return super().process_value(ctx, value)


class _FrenchCommand(click.Command):
    """A command with help in French, whose errors carry their context."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(
            ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), "Utilisation : "
        )

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self._rows(ctx, formatter, "Arguments ", click.Argument)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self._rows(ctx, formatter, "Options ", click.Option)

    def _rows(
        self,
        ctx: click.Context,
        formatter: click.HelpFormatter,
        heading: str,
        kind: type[click.Parameter],
    ) -> None:
        rows = [
            record
            for param in self.get_params(ctx)
            if isinstance(param, kind) and (record := param.get_help_record(ctx))
        ]
        if rows:
            with formatter.section(heading):
                formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option:
            option.help = "Montrer cette aide."
        return option

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise


class _Command(_FrenchCommand):
    """A command that refuses extra arguments."""

    allow_extra_args = True  # or Click would refuse them itself, in English

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise click.UsageError(
                f"« {rest[0]} » est de trop — « {ctx.command_path} --help » dit ce que la "
                "commande attend",
                ctx,
            )
        return rest


class _Program(_FrenchCommand, click.Group):
    """The group of all commands, in the order in which they are defined below."""

    command_class = _Command

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.format_commands(ctx, formatter)
        super().format_options(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commandes "):
            formatter.write_dl(
                [
                    (name, command.get_short_help_str(limit=200))
                    for name, command in self.commands.items()
                ]
            )

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **more: Any,
    ) -> Any:
        """Run the command line; exit with its status, or return it if not ``standalone_mode``."""
        try:
            status = super().main(args, prog_name, complete_var, standalone_mode=False, **more) or 0
        except click.UsageError as error:
            from portraits.support.problems import on_one_line

            click.echo(on_one_line(phrased(error)), err=True)
            status = MISUSED
        except click.Abort:
            from portraits.support.workers import forget_interrupt

            forget_interrupt()
            click.echo("Interrompu.", err=True)
            status = WRONG
        if standalone_mode:
            sys.exit(status)
        return status


def phrased(error: click.UsageError) -> str:
    """Return the message of a usage error, in French."""
    from portraits.support.problems import did_you_mean

    path = error.ctx.command_path if error.ctx else NAME
    params = error.ctx.command.params if error.ctx else []
    known = [
        name
        for param in params
        if isinstance(param, click.Option)
        for name in (*param.opts, *param.secondary_opts)
    ]
    match error:
        case click.NoSuchCommand(command_name=name):
            if name in OLD_COMMANDS:
                return f"« {name} » s’appelle maintenant « {OLD_COMMANDS[name]} »"
            hint = did_you_mean(name, list(program.commands)) or (
                f"« {path} --help » les donne toutes"
            )
            return f"« {name} » n’est pas une commande — {hint}"
        case click.NoSuchOption(option_name=name):
            if OLD_OPTIONS.get(name) in known:
                return f"{name} s’appelle maintenant {OLD_OPTIONS[name]}"
            hint = did_you_mean(name, known) or f"« {path} --help » les donne toutes"
            return f"{name} : cette option est inconnue — {hint}"
        case click.BadOptionUsage(option_name=name):
            found = next(param for param in params if name in (*param.opts, *param.secondary_opts))
            if isinstance(found, click.Option) and found.is_flag:
                return f"{name} ne prend pas de valeur"
            return _missing(name, found)
        case click.MissingParameter(param=click.Parameter() as param):
            return _missing(_label(param), param)
        case click.BadParameter(param=click.Parameter() as param):
            return f"{_label(param)} : {error.message}"
    return error.message


def _label(param: click.Parameter) -> str:
    return param.opts[0] if isinstance(param, click.Option) else param.metavar or ""


def _missing(name: str, param: click.Parameter) -> str:
    return f"{name} : il manque la valeur — {param.help}"


# -- what may be typed


def option(*names: str, help: str, **more: Any) -> Callable[[F], F]:
    """Return the decorator of an option.

    In its help, the space before a colon becomes a no-break space, so that no line begins with one.
    """
    return click.option(*names, cls=_Option, help=help.replace(" :", "\N{NO-BREAK SPACE}:"), **more)


def _file(name: str, help: str, default: str = "") -> Callable[[F], F]:
    return option(name, metavar="FICHIER", type=_PathValue("file"), default=default, help=help)


def _folder(name: str, help: str) -> Callable[[F], F]:
    return option(name, metavar="DOSSIER", type=_PathValue("dir"), default="", help=help)


def _flag(name: str, *more: str, help: str) -> Callable[[F], F]:
    return option(name, *more, is_flag=True, default=False, help=help)


def _day(help: str) -> Callable[[F], F]:
    return option("--now", metavar="JOUR", default="", help=help)


def _settings(default: str = "pelicanconf.py", also: str = "") -> Callable[[F], F]:
    return _file("--settings", f"fichier de réglages (par défaut : {default}{also})", default)


_content = _folder("--content", "dossier des textes (par défaut : celui des réglages)")
_site = _folder("--output", "dossier du site (par défaut : celui des réglages)")
_now = _day("jour de la construction, par exemple 2011-08-01 (par défaut : aujourd’hui)")
_processes = option(
    "--processes",
    metavar="N",
    type=_Number(0, 1000, "donnez un nombre positif, ou rien"),
    default=0,
    help="nombre de processus (par défaut : un par cœur)",
)
_questions = option(
    "--questions",
    metavar="ID,ID",
    default="",
    help="questions à poser, séparées par des virgules (par défaut : toutes)",
)
_force = _flag("--force", help="remplacer les fichiers qui existent déjà")
_name = click.argument(
    "name", nargs=-1, metavar="NOM…", help="nom de la personne, comme il doit paraître"
)


def _lang(help: str) -> Callable[[F], F]:
    return option("--lang", type=_OneOf(LANGUAGES), default=None, help=help)


_of_the_portrait = _lang("langue du portrait (par défaut : celle du site)")


def _form(*forms: str, help: str) -> Callable[[F], F]:
    return option("--format", "form", type=_OneOf(forms), default=forms[0], help=help)


@click.group(
    cls=_Program,
    invoke_without_command=True,
    options_metavar="[OPTION]",
    subcommand_metavar="COMMANDE …",
    epilog="« portraits COMMANDE --help » explique chacune.",
)
@click.version_option(
    package_name="pelican-portraits", message=f"{NAME} %(version)s", help="Dire la version."
)
@click.pass_context
def program(ctx: click.Context) -> None:
    """Publier une série de portraits : écrire, relire, voir, mettre en ligne."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def command(name: str | None = None) -> Callable[[Callable[..., Any]], click.Command]:
    """Return the decorator of one of the commands below."""
    return program.command(name=name, options_metavar="[OPTION…]")


@command()
@click.argument(
    "folder",
    metavar="DOSSIER",
    type=_PathValue("dir"),
    help="dossier à créer, par exemple ma-serie",
)
@option("--name", metavar="NOM", default=None, help="nom de la série")
@option("--address", metavar="ADRESSE", default=None, help="adresse du site publié")
@option(
    "--lang",
    metavar="LANGUE,LANGUE",
    default=None,
    help=f"langues parmi {', '.join(LANGUAGES)}; la première est celle du site (par défaut : fr)",
)
@option(
    "--network",
    metavar="RÉSEAU",
    default=None,
    help="réseau d’un « @nom » tout court (par défaut : mastodon)",
)
@option(
    "--look",
    type=_OneOf(LOOKS),
    default=None,
    help=f"allure du site : {_listed(LOOKS)} (par défaut : magazine)",
)
@option(
    "--host",
    type=_OneOf(HOSTS),
    default=None,
    help=f"hébergement dont on écrit les automatismes : {_listed(HOSTS)} (par défaut : github)",
)
def init(folder: str, **asked: str | None) -> int:
    """Commencer une série dans un nouveau dossier; demande ce que les options ne disent pas.

    Par exemple : portraits init ma-serie
    """
    from portraits import commands

    given = {name: value for name, value in asked.items() if value is not None}
    return commands.init(folder, given)


@command()
@_name
@_content
@_settings()
@_of_the_portrait
@_questions
@_day("date du portrait, par exemple 2011-08-01 (par défaut : aujourd’hui)")
@_force
def new(
    name: tuple[str, ...],
    content: str,
    settings: str,
    lang: str | None,
    questions: str,
    now: str,
    force: bool,
) -> int:
    """Préparer un portrait à remplir, en brouillon.

    Par exemple : portraits new Léa Tremblay
    """
    from portraits import commands

    return commands.new(settings, " ".join(name), content, lang or "", questions, now, force)


@command()
@_name
@_content
@_settings()
@_file("--output", "fichier à écrire (par défaut : questionnaire-prenom-nom.html, ici même)")
@_of_the_portrait
@_questions
@_flag("--text", help="écrire aussi la version à coller dans un courriel (.txt)")
@_force
def questionnaire(
    name: tuple[str, ...],
    content: str,
    settings: str,
    output: str,
    lang: str | None,
    questions: str,
    text: bool,
    force: bool,
) -> int:
    """Préparer le questionnaire à envoyer.

    Par exemple : portraits questionnaire Léa Tremblay
    """
    from portraits import commands

    return commands.questionnaire(
        settings, " ".join(name), content, output, lang or "", questions, text, force
    )


@command()
@_name
@_content
@_settings()
@_file("--output", "fichier à écrire (par défaut : epreuve-prenom-nom.html, ici même)")
@_lang("langue du portrait, s’il en a plusieurs")
@_force
def proof(
    name: tuple[str, ...], content: str, settings: str, output: str, lang: str | None, force: bool
) -> int:
    """Préparer l’épreuve d’un portrait, que la personne relit et accepte.

    Par exemple : portraits proof Léa Tremblay
    """
    from portraits import commands

    return commands.proof(settings, " ".join(name), content, output, lang or "", force)


@command("import")
@click.argument(
    "files",
    nargs=-1,
    metavar="FICHIER…",
    type=_PathValue("file"),
    help="réponses, retours d’épreuves, courriels, pages, billets ou exportations WordPress",
)
@_content
@_settings()
@_lang("langue des textes qui ne disent pas la leur (par défaut : celle du site)")
@_flag(
    "--all",
    "everything",
    help="prendre aussi les billets d’une exportation qui ne posent pas de question",
)
@option(
    "--name",
    "person",
    metavar="NOM",
    default="",
    help="nom de la personne, pour un seul fichier (par défaut : celui que le texte donne)",
)
@_day("jour des brouillons dont la source n’a pas de date (par défaut : aujourd’hui)")
@_force
def import_(
    files: tuple[str, ...],
    content: str,
    settings: str,
    lang: str | None,
    everything: bool,
    person: str,
    now: str,
    force: bool,
) -> int:
    """Faire des portraits de ce qu’on a reçu.

    Par exemple : portraits import reponse.txt billet.html
    """
    from portraits import commands

    return commands.import_files(
        settings, files, content, lang or "", everything, force, person, now
    )


@command()
@_content
@_settings()
@_form(
    "text", "json", "github", help="pour lire, pour un éditeur (json) ou en annotations (github)"
)
@_flag("--links", help="vérifier aussi les liens externes (demande le réseau)")
def check(content: str, settings: str, form: str, links: bool) -> int:
    """Relire tous les portraits et dire ce qui ne va pas, fichier et ligne."""
    from portraits import commands

    return commands.check(settings, content, form, links)


@command()
@_content
@_settings()
@option(
    "--host",
    metavar="ADRESSE",
    default="127.0.0.1",
    help="adresse d’écoute (par défaut : 127.0.0.1, cette machine seulement; "
    "0.0.0.0 ouvre la prévisualisation à tout le réseau)",
)
@option(
    "--port",
    metavar="N",
    default=8000,
    type=_Number(1, 65535, "un port est un nombre de 1 à 65535"),
    help="port d’écoute (par défaut : 8000)",
)
@option(
    "--drafts/--no-drafts",
    default=True,
    help="montrer aussi les brouillons et les portraits à venir, avec un ruban (par défaut : oui)",
)
def serve(content: str, settings: str, host: str, port: int, drafts: bool) -> int:
    """Servir le site sur cette machine; il se met à jour à chaque enregistrement."""
    from portraits import commands

    return commands.serve(settings, content, host, port, drafts)


@command()
@_content
@_settings()
@_day("jour pour lequel compter (par défaut : aujourd’hui)")
@_form("text", "json", help="pour lire, ou pour un programme (json)")
def stats(content: str, settings: str, now: str, form: str) -> int:
    """Donner la série en chiffres, et qui interviewer ensuite."""
    from portraits import commands

    return commands.stats(settings, content, now, form)


@command()
@_content
@_site
@_settings(also="; publishconf.py pour publier")
@_now
@_processes
def build(content: str, output: str, settings: str, now: str, processes: int) -> int:
    """Construire le site; l’ancien reste en place si quelque chose ne va pas."""
    from portraits import commands

    return commands.build(settings, content, output, now, processes=processes)


@command()
@option(
    "--to",
    "target",
    metavar="CIBLE",
    default="",
    help="nom de la cible, parmi celles du réglage PUBLISH (inutile s’il n’y en a qu’une)",
)
@_flag("--dry-run", help="dire ce qui changerait, sans rien envoyer")
@_flag("--adopt", help="remplacer les fichiers du même nom que d’autres ont mis dans la cible")
@_settings("publishconf.py")
@_now
@_processes
def publish(
    target: str, dry_run: bool, adopt: bool, settings: str, now: str, processes: int
) -> int:
    """Construire le site et l’envoyer là où on le lit; n’envoie que ce qui a changé."""
    from portraits import commands

    return commands.publish(settings, target, dry_run, adopt, now, processes)


@command()
@_site
@_settings()
def rollback(output: str, settings: str) -> int:
    """Remettre en place la version précédente du site."""
    from portraits import commands

    return commands.roll_back(settings, output)


@command()
@option("--for", "server", type=_OneOf(SERVERS), required=True, help=_listed(SERVERS))
@_content
@_settings("publishconf.py")
def rules(server: str, content: str, settings: str) -> int:
    """Écrire les en-têtes et redirections du site pour un serveur.

    Par exemple : portraits rules --for nginx
    """
    from portraits import commands

    return commands.host_rules(settings, server, content)


@command()
@_folder("--output", "dossier du projet (par défaut : celui-ci)")
@_force
def schema(output: str, force: bool) -> int:
    """Écrire ce qu’un éditeur de texte lit du format (schémas JSON, bouts de texte)."""
    from portraits import commands

    return commands.schema(output, force)


@command()
@click.argument(
    "shell",
    metavar="SHELL",
    type=_OneOf(SHELLS),
    help=f"{_listed(SHELLS)}; bash 4.4 ou plus récent",
)
def completion(shell: str) -> None:
    """Écrire le script grâce auquel un shell complète les commandes.

    Par exemple, dans ~/.bashrc : eval "$(portraits completion bash)"
    """
    from click.shell_completion import ShellComplete, get_completion_class

    found = get_completion_class(shell)
    assert found  # noqa: S101 - Click knows all of SHELLS
    # Call the method of the base class: that of bash would start bash to check its version.
    click.echo(ShellComplete.source(found(program, {}, NAME, f"_{NAME.upper()}_COMPLETE")))


def main() -> None:
    """Run the console script."""
    for stream in (sys.stdout, sys.stderr):
        # Windows gives a pipe an encoding of few letters: write the others as `\u6751`.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    program(prog_name=NAME)
