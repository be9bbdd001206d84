"""Define the project's tasks: `uv run invoke --list`, `uv run invoke test --help`.

The site's commands are defined in `plugins/portraits/cli.py`: `uv run portraits --help`. Each of
them is also a task, generated from that definition; its arguments go to the same parser. The
docstrings of tasks are their help, in French.
"""

import inspect
import sys
from keyword import iskeyword
from pathlib import Path
from random import randrange

from invoke import Collection, Context, Exit, Task, task

# Invoke disables .pyc files; without them every command would compile the whole plugin again.
sys.dont_write_bytecode = bool(sys.flags.dont_write_bytecode)
ROOT = Path(__file__).parent
# Each process begins with a part of the tests of its own and takes from the others when it is done:
# neighbours share a browser and what is built for their module.
PYTEST = f"{sys.executable} -m pytest -n auto --dist worksteal"
sys.path[:0] = [str(ROOT / "plugins"), str(ROOT / "tools")]
import click  # noqa: E402 - after sys.path is set
from portraits.cli import program  # noqa: E402 - the same


def _ended(status: int) -> None:
    if status:
        raise Exit(code=status)


def _task(name: str, command: click.Command) -> Task:
    """Return a task that runs a command of the site, with the same options."""
    asked = [(_python_name(param), param) for param in command.params]

    def run(_: Context, **given):
        options, words = [], []
        for place, param in asked:
            value = given[place]
            if isinstance(param, click.Argument):
                words.append(value)
            elif not param.is_flag:
                options += [f"{param.opts[0]}={value}"] if value != "" else []
            elif value != param.default:
                options += (param.opts if value else param.secondary_opts)[:1]
        _ended(
            program.main(
                [name, *options, "--", *words], prog_name="portraits", standalone_mode=False
            )
        )

    run.__doc__ = command.help
    run.__signature__ = inspect.Signature(
        [
            inspect.Parameter("_", inspect.Parameter.POSITIONAL_ONLY),
            *(
                inspect.Parameter(place, inspect.Parameter.KEYWORD_ONLY, default=_default(param))
                for place, param in asked
            ),
        ]
    )
    return Task(
        run,
        name=name,
        auto_shortflags=False,
        help={place.strip("_"): param.help for place, param in asked},
    )


def _python_name(param: click.Parameter) -> str:
    """Return the Python name from which Invoke derives the same option: `dry_run`, `for_`."""
    name = param.opts[0].lstrip("-")
    return f"{name}_" if iskeyword(name) else name.replace("-", "_")


def _default(param: click.Parameter) -> object:
    """Return the default of a task's parameter; none for an argument, which is thus required.

    An argument of several words is written in quotation marks.
    """
    if isinstance(param, click.Argument):
        return inspect.Parameter.empty
    return param.default if isinstance(param.default, bool | int | str) else ""


@task(help={"k": "seulement les tests dont le nom contient ceci"})
def test(context: Context, k=""):
    """Passer tous les tests."""
    from browser import ensure_browser
    from servers import ensure_servers

    ensure_browser()
    ensure_servers()
    chosen = f" -k {k!r}" if k else ""
    context.run(f"{PYTEST}{chosen}", pty=sys.stdout.isatty())


@task(help={"k": "seulement les tests dont le nom contient ceci"})
def coverage(context: Context, k=""):
    """Mesurer les lignes et les branches que les tests parcourent (.cache/coverage/html)."""
    chosen = f" -k {k!r}" if k else ""
    # Those that drive a browser or servers would need them, and reach nothing further.
    context.run(
        f"{PYTEST} -m 'not browser and not servers'{chosen}"
        " --cov --cov-report=term --cov-report=html",
        pty=sys.stdout.isatty(),
    )


@task(
    help={
        "rounds": "combien de fois passer les tests, chaque fois avec d’autres exemples",
        "seed": "le nombre d’où viennent les exemples du premier tour (par défaut : au hasard)",
        "k": "seulement les tests dont le nom contient ceci",
    }
)
def explore(context: Context, rounds=5, seed=0, k=""):
    """Chercher des exemples (Hypothesis) et des suites de retouches qui font échouer les tests."""
    chosen = f" -k {k!r}" if k else ""
    first = int(seed) or randrange(1, 10**6)  # noqa: S311 - no secret
    for number in range(first, first + int(rounds)):
        print(f"--seed={number}")
        context.run(
            f"{PYTEST} -q -m 'hypothesis or history' --hypothesis-seed={number}{chosen}",
            pty=sys.stdout.isatty(),
        )


@task(
    help={
        "sizes": "nombres de portraits, séparés par des virgules",
        "with_": "générateurs à mesurer à côté : pelican, hugo, eleventy",
        "write": "mettre les résultats dans docs/performance.md",
        "redraw": "refaire docs/performance.md d’après les derniers résultats gardés, sans mesurer",
    }
)
def bench(_: Context, sizes="100,1000", with_="pelican,hugo,eleventy", write=False, redraw=False):
    """Mesurer la construction, à côté d’autres générateurs."""
    from benchmarks.bench import bench as run

    _ended(run(sizes, with_, write=write, redraw=redraw))


@task
def screenshots(_: Context):
    """Refaire les images du README (docs/images) d’après le site de démonstration."""
    sys.path.insert(0, str(ROOT))
    from tools.screenshots import take_all

    _ended(take_all())


@task(help={"output": "dossier des pages (par défaut : .cache/styleguide)"})
def styleguide(_: Context, output=".cache/styleguide"):
    """Montrer tous les composants du thème, et un exemple de chaque sorte de page."""
    sys.path.insert(0, str(ROOT))
    from tools.samples import write

    folder = Path(output)
    write(folder)
    pages = len(list(folder.glob("*.html")))
    print(
        f"{pages} pages dans {folder}; les composants sont dans composants.html.\n"
        f"Pour les voir : python -m http.server --directory {folder} 8001, puis "
        "http://localhost:8001/composants.html"
    )


@task(
    help={
        "target": "portrait, front-matter, body, typography ou importer",
        "seconds": "durée, en secondes",
    }
)
def fuzz(_: Context, target="portrait", seconds=60):
    """Chercher par milliers d’essais un texte qui ferait tomber un lecteur (demande atheris)."""
    sys.path.insert(0, str(ROOT))
    from tests.fuzz.run import run

    _ended(run(target, int(seconds)))


ns = Collection(
    *(_task(name, command) for name, command in program.commands.items() if name != "completion"),
    test,
    coverage,
    explore,
    bench,
    screenshots,
    styleguide,
    fuzz,
)
