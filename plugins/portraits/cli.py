"""Define the command line: commands, options, and their help in the editor’s language.

    portraits COMMAND (OPTION [VALUE] | WORD)*

Each command imports ``portraits.commands`` only when it runs, so that help, completion and errors
are fast. Click parses; its errors are translated from their public attributes, and its help by
overriding methods of its commands. Help is in the language of the system; once a command has read
the settings, it speaks the one that they name.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, TypeVar

import click

from portraits.support.languages import LANGUAGES
from portraits.support.messages import choose, msg

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem
    from click.types import OptionHelpExtra

choose()  # before the help below is put together
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
    return msg("cli.or", first=", ".join(known[:-1]), last=known[-1])


class _OneOf(click.Choice[str]):
    """A value from a fixed list of words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value in self.choices:
            return str(value)
        new = OLD_VALUES.get(value)
        self.fail(
            msg("cli.renamed_value", value=value, new=new)
            if new in self.choices
            else msg("cli.unknown_value", value=value, known=_listed(self.choices)),
            param,
            ctx,
        )


class _Number(click.ParamType[int]):
    """An integer between two bounds, both included."""

    name = "number"

    def __init__(self, least: int, most: int, expected: str) -> None:
        self.least, self.most, self.expected = least, most, expected

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if not str(value).removeprefix("-").isdecimal():
            self.fail(msg("cli.not_a_number", value=value), param, ctx)
        number = int(value)
        if not self.least <= number <= self.most:
            self.fail(msg("cli.out_of_range", value=value, expected=self.expected), param, ctx)
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


# -- commands in the editor’s language


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


class _TranslatedCommand(click.Command):
    """A command with help in the editor’s language, whose errors carry their context."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(
            ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), msg("cli.usage")
        )

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self._rows(ctx, formatter, msg("cli.arguments"), click.Argument)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self._rows(ctx, formatter, msg("cli.options"), click.Option)

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
            option.help = msg("cli.help")
        return option

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise


class _Command(_TranslatedCommand):
    """A command that refuses extra arguments."""

    allow_extra_args = True  # or Click would refuse them itself, in English

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise click.UsageError(msg("cli.too_many", word=rest[0], command=ctx.command_path), ctx)
        return rest


class _Program(_TranslatedCommand, click.Group):
    """The group of all commands, in the order in which they are defined below."""

    command_class = _Command

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.format_commands(ctx, formatter)
        super().format_options(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(msg("cli.commands")):
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
            click.echo(msg("cli.interrupted"), err=True)
            status = WRONG
        if standalone_mode:
            sys.exit(status)
        return status


def phrased(error: click.UsageError) -> str:
    """Return the message of a usage error, in the editor’s language."""
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
                return msg("cli.renamed_value", value=name, new=OLD_COMMANDS[name])
            hint = did_you_mean(name, list(program.commands)) or msg(
                "cli.all_of_them", command=path
            )
            return msg("cli.unknown_command", name=name, hint=hint)
        case click.NoSuchOption(option_name=name):
            if OLD_OPTIONS.get(name) in known:
                return msg("cli.renamed_option", name=name, new=OLD_OPTIONS[name])
            hint = did_you_mean(name, known) or msg("cli.all_of_them", command=path)
            return msg("cli.unknown_option", name=name, hint=hint)
        case click.BadOptionUsage(option_name=name):
            found = next(param for param in params if name in (*param.opts, *param.secondary_opts))
            if isinstance(found, click.Option) and found.is_flag:
                return msg("cli.takes_no_value", name=name)
            return _missing(name, found)
        case click.MissingParameter(param=click.Parameter() as param):
            return _missing(_label(param), param)
        case click.BadParameter(param=click.Parameter() as param):
            return msg("problem.at", place=_label(param), message=error.message)
    return error.message


def _label(param: click.Parameter) -> str:
    return param.opts[0] if isinstance(param, click.Option) else param.metavar or ""


def _missing(name: str, param: click.Parameter) -> str:
    return msg("cli.missing_value", name=name, help=param.help or "")


# -- what may be typed


def option(*names: str, help: str, **more: Any) -> Callable[[F], F]:
    """Return the decorator of an option.

    In its help, the space before a colon becomes a no-break space, so that no line begins with one.
    """
    return click.option(*names, cls=_Option, help=help.replace(" :", "\N{NO-BREAK SPACE}:"), **more)


def _file(name: str, help: str, default: str = "") -> Callable[[F], F]:
    return option(
        name, metavar=msg("cli.FILE"), type=_PathValue("file"), default=default, help=help
    )


def _folder(name: str, help: str) -> Callable[[F], F]:
    return option(name, metavar=msg("cli.FOLDER"), type=_PathValue("dir"), default="", help=help)


def _flag(name: str, *more: str, help: str) -> Callable[[F], F]:
    return option(name, *more, is_flag=True, default=False, help=help)


def _day(help: str) -> Callable[[F], F]:
    return option("--now", metavar=msg("cli.DAY"), default="", help=help)


def _settings(default: str = "pelicanconf.py", key: str = "settings") -> Callable[[F], F]:
    return _file("--settings", msg(f"help.{key}", default=default), default)


_content = _folder("--content", msg("help.content"))
_site = _folder("--output", msg("help.output"))
_now = _day(msg("help.now"))
_processes = option(
    "--processes",
    metavar="N",
    type=_Number(0, 1000, msg("help.positive")),
    default=0,
    help=msg("help.processes"),
)
_questions = option("--questions", metavar="ID,ID", default="", help=msg("help.questions"))
_force = _flag("--force", help=msg("help.force"))
_name = click.argument("name", nargs=-1, metavar=msg("cli.NAMES"), help=msg("help.name"))


def _lang(help: str) -> Callable[[F], F]:
    return option("--lang", type=_OneOf(LANGUAGES), default=None, help=help)


_of_the_portrait = _lang(msg("help.lang"))


def _form(*forms: str, help: str) -> Callable[[F], F]:
    return option("--format", "form", type=_OneOf(forms), default=forms[0], help=help)


@click.group(
    cls=_Program,
    invoke_without_command=True,
    options_metavar="[OPTION]",
    subcommand_metavar=msg("cli.COMMAND"),
    help=msg("command.program"),
    epilog=msg("help.epilog"),
)
@click.version_option(
    package_name="pelican-portraits", message=f"{NAME} %(version)s", help=msg("help.version")
)
@click.pass_context
def program(ctx: click.Context) -> None:
    """Run one of the commands below, or show them."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def command(name: str | None = None) -> Callable[[Callable[..., Any]], click.Command]:
    """Return the decorator of one of the commands below, with its help."""

    def decorated(function: Callable[..., Any]) -> click.Command:
        named = name or function.__name__
        help_ = msg(f"command.{named}")
        return program.command(named, help=help_, options_metavar="[OPTION…]")(function)

    return decorated


@command()
@click.argument(
    "folder", metavar=msg("cli.FOLDER"), type=_PathValue("dir"), help=msg("help.new_folder")
)
@option("--name", metavar=msg("cli.NAME"), default=None, help=msg("help.series_name"))
@option("--address", metavar=msg("cli.ADDRESS"), default=None, help=msg("help.address"))
@option(
    "--lang",
    metavar=msg("cli.LANGS"),
    default=None,
    help=msg("help.languages", known=", ".join(LANGUAGES)),
)
@option("--network", metavar=msg("cli.NETWORK"), default=None, help=msg("help.network"))
@option("--look", type=_OneOf(LOOKS), default=None, help=msg("help.look", known=_listed(LOOKS)))
@option("--host", type=_OneOf(HOSTS), default=None, help=msg("help.new_host", known=_listed(HOSTS)))
def init(folder: str, **asked: str | None) -> int:
    """Begin a series."""
    from portraits import commands

    given = {name: value for name, value in asked.items() if value is not None}
    return commands.init(folder, given)


@command()
@_name
@_content
@_settings()
@_of_the_portrait
@_questions
@_day(msg("help.date"))
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
    """Prepare a portrait."""
    from portraits import commands

    return commands.new(settings, " ".join(name), content, lang or "", questions, now, force)


@command()
@_name
@_content
@_settings()
@_file("--output", msg("help.questionnaire_file"))
@_of_the_portrait
@_questions
@_flag("--text", help=msg("help.as_text"))
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
    """Prepare the questionnaire."""
    from portraits import commands

    return commands.questionnaire(
        settings, " ".join(name), content, output, lang or "", questions, text, force
    )


@command()
@_name
@_content
@_settings()
@_file("--output", msg("help.proof_file"))
@_lang(msg("help.proof_lang"))
@_force
def proof(
    name: tuple[str, ...], content: str, settings: str, output: str, lang: str | None, force: bool
) -> int:
    """Prepare a proof."""
    from portraits import commands

    return commands.proof(settings, " ".join(name), content, output, lang or "", force)


@command("import")
@click.argument(
    "files", nargs=-1, metavar=msg("cli.FILES"), type=_PathValue("file"), help=msg("help.sources")
)
@_content
@_settings()
@_lang(msg("help.lang_of_texts"))
@_flag("--all", "everything", help=msg("help.everything"))
@option("--name", "person", metavar=msg("cli.NAME"), default="", help=msg("help.person"))
@_day(msg("help.day_of_drafts"))
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
    """Import portraits."""
    from portraits import commands

    return commands.import_files(
        settings, files, content, lang or "", everything, force, person, now
    )


@command()
@_content
@_settings()
@_form("text", "json", "github", help=msg("help.form_of_check"))
@_flag("--links", help=msg("help.links"))
def check(content: str, settings: str, form: str, links: bool) -> int:
    """Check the series."""
    from portraits import commands

    return commands.check(settings, content, form, links)


@command()
@_content
@_settings()
@option("--host", metavar=msg("cli.ADDRESS"), default="127.0.0.1", help=msg("help.host"))
@option(
    "--port",
    metavar="N",
    default=8000,
    type=_Number(1, 65535, msg("help.port_range")),
    help=msg("help.port"),
)
@option("--drafts/--no-drafts", default=True, help=msg("help.drafts"))
def serve(content: str, settings: str, host: str, port: int, drafts: bool) -> int:
    """Preview the site."""
    from portraits import commands

    return commands.serve(settings, content, host, port, drafts)


@command()
@_content
@_settings()
@_day(msg("help.day_of_figures"))
@_form("text", "json", help=msg("help.form_of_figures"))
def stats(content: str, settings: str, now: str, form: str) -> int:
    """Count the series."""
    from portraits import commands

    return commands.stats(settings, content, now, form)


@command()
@_content
@_site
@_settings(key="settings_of_build")
@_now
@_processes
def build(content: str, output: str, settings: str, now: str, processes: int) -> int:
    """Build the site."""
    from portraits import commands

    return commands.build(settings, content, output, now, processes=processes)


@command()
@option("--to", "target", metavar=msg("cli.TARGET"), default="", help=msg("help.target"))
@_flag("--dry-run", help=msg("help.dry_run"))
@_flag("--adopt", help=msg("help.adopt"))
@_flag("--forget", help=msg("help.forget"))
@option("--build/--no-build", "anew", default=True, help=msg("help.build_first"))
@_settings("publishconf.py")
@_now
@_processes
def publish(
    target: str,
    dry_run: bool,
    adopt: bool,
    forget: bool,
    anew: bool,
    settings: str,
    now: str,
    processes: int,
) -> int:
    """Publish the site."""
    from portraits import commands

    return commands.publish(settings, target, dry_run, adopt, now, processes, anew, forget)


@command()
@_site
@_settings(key="settings_of_rollback")
@_flag("--publish", "send", help=msg("help.send"))
@option("--to", "target", metavar=msg("cli.TARGET"), default="", help=msg("help.send_to"))
def rollback(output: str, settings: str, send: bool, target: str) -> int:
    """Publish the previous release."""
    from portraits import commands

    return commands.roll_back(settings, output, send or bool(target), target)


@command()
@_name
@_content
@_site
@_settings("publishconf.py")
@_now
@_processes
@_flag("--delete", help=msg("help.delete"))
def withdraw(
    name: tuple[str, ...],
    content: str,
    output: str,
    settings: str,
    now: str,
    processes: int,
    delete: bool,
) -> int:
    """Take a person off the site."""
    from portraits import commands

    return commands.withdraw(
        settings, " ".join(name), content, output, now, processes, delete=delete
    )


@command()
@_content
@_settings()
@_day(msg("help.count_from"))
def schedule(content: str, settings: str, now: str) -> int:
    """Write the hours to come into the workflow."""
    from portraits import commands

    return commands.schedule(settings, content, now)


@command()
@option("--for", "server", type=_OneOf(SERVERS), required=True, help=_listed(SERVERS))
@_content
@_settings("publishconf.py")
def rules(server: str, content: str, settings: str) -> int:
    """Print the rules of a server."""
    from portraits import commands

    return commands.host_rules(settings, server, content)


@command()
@_folder("--output", msg("help.project"))
@_force
def schema(output: str, force: bool) -> int:
    """Write the schemas."""
    from portraits import commands

    return commands.schema(output, force)


@command()
@click.argument(
    "shell", metavar="SHELL", type=_OneOf(SHELLS), help=msg("help.shell", known=_listed(SHELLS))
)
def completion(shell: str) -> None:
    """Print the completion script."""
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
