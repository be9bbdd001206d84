"""Tasks that say in French what they do not understand, and that take any number of words.

    command = name (option [value] | option "=" value | word)*

Invoke by itself knows words only as required arguments, one value each: it takes `--help` for
the value of a missing one, answers in English, and shows a traceback for a number that is
none. A Door reads its part of the command line before Invoke does. It refuses what Invoke
would not understand (exit status 2), and asks for exactly as many words as there are.
"""

import difflib
import sys
from collections.abc import Iterator

from invoke import Argument, Exit, Program, Task
from invoke.parser.context import to_flag

MISUSED = 2
_WORD = "mot_"


class Door(Task):
    """A task whose `iterable` parameter, where it has one, takes the words after its name."""

    def get_arguments(self, ignore_unknown_help=None):
        """What Invoke is to expect: the options, and a place for each word that was given.

        Raises Exit with a French message where the command line is wrong.
        """
        arguments = super().get_arguments(ignore_unknown_help)
        words = list(self._words({to_flag(name): argument for argument in arguments
                                  for name in argument.names}))
        places = [Argument(name=f"{_WORD}{number}", positional=True, help="un mot de la commande")
                  for number, _ in enumerate(words)]
        return places + arguments

    def _words(self, own: dict[str, Argument]) -> Iterator[str]:
        """The words meant for this task."""
        given = iter(_after(self.name))
        for token in given:
            if token == "--":  # noqa: S105 - where options end
                return
            if not token.startswith("-") or token == "-":  # noqa: S105
                if not self.iterable:
                    return  # the next task begins here
                yield token
                continue
            option, equals, value = token.partition("=")
            if not option.startswith("--") and len(option) > 2:
                continue  # several short options in one
            argument = own.get(option)
            if argument is None:
                self._known(option, own)
            elif argument.takes_value:
                follows = value if equals else next(given, None)
                self._check(option, argument, None if follows in own else follows)

    def _known(self, option: str, own: dict[str, Argument]) -> None:
        program = Program()
        core = {to_flag(name) for argument in (*program.core_args(), *program.task_args())
                for name in argument.names}
        inverse = {to_flag(f"no-{argument.names[0]}") for argument in own.values()
                   if argument.kind is bool and argument.default is True}
        if option in core | inverse:
            return
        near = difflib.get_close_matches(option, [*own, *inverse], n=1)
        hint = f"vouliez-vous dire {near[0]} ?" if near else (
            f"« invoke {self.name} --help » les donne toutes")
        raise Exit(f"{option} : cette option est inconnue — {hint}", MISUSED)

    def _check(self, option: str, argument: Argument, value: str | None) -> None:
        if value is None:
            raise Exit(f"{option} : il manque la valeur — {argument.help}", MISUSED)
        if argument.kind is int and not value.removeprefix("-").isdecimal():
            raise Exit(f"{option} : « {value} » n’est pas un nombre entier", MISUSED)

    def __call__(self, context, **given):
        """Run the task, its words in the order in which they were typed."""
        words = [given.pop(name) for name in list(given) if name.startswith(_WORD)]
        for name in self.iterable:
            given[name] = [*words, *given[name]]
        return super().__call__(context, **given)


def _after(name: str) -> list[str]:
    """What follows the name of a task on the command line."""
    given = sys.argv[1:]
    return given[given.index(name) + 1:] if name in given else []
