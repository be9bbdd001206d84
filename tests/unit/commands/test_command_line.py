"""What may be typed after `portraits`, and what is said to what may not."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from portraits import cli, commands

from tests.conftest import ROOT, small_settings

ENGLISH = re.compile(
    r"\b(Usage|Arguments?:|Options?:|Commands:|Show|Error|Try|required|default|exit|the)\b"
)


def typed(*words: str) -> Result:
    """What comes of a command line."""
    return CliRunner().invoke(cli.program, words, prog_name="portraits")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """What the parser hands to the work of the commands, which does nothing."""
    given: list[tuple[object, ...]] = []
    for name in (
        "new",
        "questionnaire",
        "proof",
        "import_files",
        "check",
        "serve",
        "stats",
        "build",
        "publish",
        "roll_back",
        "withdraw",
        "schedule",
        "host_rules",
        "schema",
    ):
        monkeypatch.setattr(
            commands,
            name,
            lambda *words, _name=name, **more: given.append((_name, *words, *more.values())) or 0,
        )
    return given


# -- help


@pytest.mark.parametrize("words", [(), ("--help",)])
def test_the_help_names_each_command_and_what_it_is_for(words: tuple[str, ...]) -> None:
    done = typed(*words)
    assert done.exit_code == 0
    assert done.stdout.startswith("Utilisation : portraits [OPTION] COMMANDE …\n")
    for name in cli.program.commands:
        assert re.search(rf"^  {name}  +[A-ZÉ]", done.stdout, re.MULTILINE), name


@pytest.mark.parametrize("name", [None, *cli.program.commands])
def test_the_help_is_in_french(name: str | None) -> None:
    done = typed(*([name] if name else []), "--help")
    assert done.exit_code == 0
    assert done.stdout.startswith(f"Utilisation : portraits {name or '[OPTION]'}")
    assert "\nOptions :\n" in done.stdout
    assert re.search(r"--help +Montrer cette aide\.$", done.stdout, re.MULTILINE)
    assert not ENGLISH.search(done.stdout), done.stdout


@pytest.mark.parametrize("name", list(cli.program.commands))
def test_each_option_and_each_word_is_explained(name: str) -> None:
    for param in cli.program.commands[name].params:
        assert isinstance(param, click.Option | click.Argument)
        assert param.help, param.name


def test_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert typed("--version").stdout == f"portraits {project['version']}\n"


# -- mistakes


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["buld"], "« buld » n’est pas une commande — vouliez-vous dire « build » ?"),
        (["xyz"], "« xyz » n’est pas une commande — « portraits --help » les donne toutes"),
        (
            ["--verzion"],
            "--verzion : cette option est inconnue — vouliez-vous dire « --version » ?",
        ),
        (
            ["check", "--linsk"],
            "--linsk : cette option est inconnue — vouliez-vous dire « --links » ?",
        ),
        (
            ["serve", "--no-draft"],
            "--no-draft : cette option est inconnue — vouliez-vous dire « --no-drafts » ?",
        ),
        (
            ["check", "-x"],
            "-x : cette option est inconnue — « portraits check --help » les donne toutes",
        ),
        (["check", "--links=oui"], "--links ne prend pas de valeur"),
        (
            ["check", "ici"],
            "« ici » est de trop — « portraits check --help » dit ce que la commande attend",
        ),
        (
            ["completion"],
            "SHELL : il manque la valeur — bash, zsh ou fish; bash 4.4 ou plus récent",
        ),
        (["completion", "tcsh"], "SHELL : « tcsh » est inconnu — bash, zsh ou fish"),
        (["build", "--processes", "1_0"], "--processes : « 1_0 » n’est pas un nombre entier"),
        (
            ["serve", "--port", "0"],
            "--port : « 0 » ne convient pas — un port est un nombre de 1 à 65535",
        ),
        (
            ["build", "--content"],
            "--content : il manque la valeur — dossier des textes (par défaut\xa0: celui des réglages)",  # noqa: E501
        ),
        (
            ["build", "--content", "--now", "x"],
            "--content : il manque la valeur — dossier des textes (par défaut\xa0: celui des réglages)",  # noqa: E501
        ),
        (
            ["\x1b[31mbuild"],
            "« \\x1b[31mbuild » n’est pas une commande — vouliez-vous dire « build » ?",
        ),
    ],
)
def test_what_is_mistyped_is_said_in_one_french_line_and_ends_with_2(
    words: list[str], said: str, asked: list[tuple[object, ...]]
) -> None:
    done = typed(*words)
    assert (done.stderr, done.stdout, done.exit_code) == (f"{said}\n", "", 2)
    assert asked == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["regles", "--pour", "nginx"], "« regles » s’appelle maintenant « rules »"),
        (["rules", "--pour", "nginx"], "--pour s’appelle maintenant --for"),
        (["check", "--liens"], "--liens s’appelle maintenant --links"),
        (["serve", "--brouillons"], "--brouillons s’appelle maintenant --drafts"),
        (["serve", "--no-brouillons"], "--no-brouillons s’appelle maintenant --no-drafts"),
        (["publish", "--essai"], "--essai s’appelle maintenant --dry-run"),
        (["publish", "--adopter"], "--adopter s’appelle maintenant --adopt"),
        (["publish", "--vers=pages"], "--vers s’appelle maintenant --to"),
        (["import", "a.xml", "--tout"], "--tout s’appelle maintenant --all"),
        (["questionnaire", "Léa", "--texte"], "--texte s’appelle maintenant --text"),
        (["check", "--format", "texte"], "--format : « texte » s’appelle maintenant « text »"),
        (["stats", "--format=texte"], "--format : « texte » s’appelle maintenant « text »"),
    ],
)
def test_an_old_name_is_answered_with_the_new_one(words: list[str], said: str) -> None:
    done = typed(*words)
    assert (done.stderr, done.stdout, done.exit_code) == (f"{said}\n", "", 2)


def test_an_old_name_is_no_answer_where_the_new_one_is_not_an_option() -> None:
    assert "s’appelle" not in typed("check", "--pour", "nginx").stderr


def test_every_new_name_exists() -> None:
    names = {
        name
        for command in cli.program.commands.values()
        for param in command.params
        for name in (*param.opts, *param.secondary_opts)
    }
    assert set(cli.OLD_OPTIONS.values()) <= names
    assert set(cli.OLD_COMMANDS.values()) <= set(cli.program.commands)
    assert not names & set(cli.OLD_OPTIONS)


# -- what reaches the commands


@pytest.mark.parametrize(
    ("words", "given"),
    [
        (
            ["new", "Léa", "Tremblay"],
            ("new", "pelicanconf.py", "Léa Tremblay", "", "", "", "", False),
        ),
        (
            ["new", "--force", "Léa Tremblay", "--lang=en", "--questions", "a,b"],
            ("new", "pelicanconf.py", "Léa Tremblay", "", "en", "a,b", "", True),
        ),
        (["new", "--", "-Léa-"], ("new", "pelicanconf.py", "-Léa-", "", "", "", "", False)),
        (
            ["questionnaire", "Léa", "--text", "de", "Roy"],
            ("questionnaire", "pelicanconf.py", "Léa de Roy", "", "", "", "", True, False),
        ),
        (
            ["proof", "Léa", "Roy", "--lang", "en", "--force"],
            ("proof", "pelicanconf.py", "Léa Roy", "", "", "en", True),
        ),
        (
            ["import", "a.txt", "--all", "b c.xml"],
            ("import_files", "pelicanconf.py", ("a.txt", "b c.xml"), "", "", True, False, "", ""),
        ),
        (
            ["check", "--links", "--format", "github"],
            ("check", "pelicanconf.py", "", "github", True),
        ),
        (["serve"], ("serve", "pelicanconf.py", "", "127.0.0.1", 8000, True)),
        (
            ["serve", "--host", "192.0.2.1", "--port", "8001", "--no-drafts"],
            ("serve", "pelicanconf.py", "", "192.0.2.1", 8001, False),
        ),
        (["stats", "--now", "2012-01-01"], ("stats", "pelicanconf.py", "", "2012-01-01", "text")),
        (
            ["build", "--content", "textes", "--output", "site", "--processes", "3"],
            ("build", "pelicanconf.py", "textes", "site", "", 3),
        ),
        (
            ["publish", "--to", "pages", "--dry-run", "--adopt"],
            ("publish", "publishconf.py", "pages", True, True, "", 0, True, False),
        ),
        (
            ["publish", "--no-build", "--forget"],
            ("publish", "publishconf.py", "", False, False, "", 0, False, True),
        ),
        (
            ["rollback", "--settings", "publishconf.py"],
            ("roll_back", "publishconf.py", "", False, ""),
        ),
        (["rollback", "--to", "pages"], ("roll_back", "pelicanconf.py", "", True, "pages")),
        (
            ["withdraw", "Léa", "de", "Roy", "--delete"],
            ("withdraw", "publishconf.py", "Léa de Roy", "", "", "", 0, True),
        ),
        (["schedule"], ("schedule", "pelicanconf.py", "", "")),
        (["rules", "--for", "caddy"], ("host_rules", "publishconf.py", "caddy", "")),
        (["schema", "--output", "x"], ("schema", "x", False)),
    ],
)
def test_what_is_typed_reaches_the_command(
    words: list[str], given: tuple[object, ...], asked: list[tuple[object, ...]]
) -> None:
    assert typed(*words).exit_code == 0
    assert asked == [given]


@pytest.mark.parametrize("status", [0, 1, 2])
def test_the_status_of_a_command_is_that_of_the_program(
    status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "schema", lambda *_: status)
    assert typed("schema").exit_code == status
    assert cli.program.main(["schema"], prog_name="portraits", standalone_mode=False) == status


def test_ctrl_c_anywhere_ends_with_a_word_and_status_1(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "schema", interrupted)
    done = typed("schema")
    assert (done.stderr.strip(), done.exit_code) == ("Interrompu.", 1)


# -- completion


@pytest.mark.parametrize("shell", cli.SHELLS)
def test_the_script_of_a_shell_asks_the_program_itself(shell: str) -> None:
    done = typed("completion", shell)
    assert done.exit_code == 0
    assert f"_PORTRAITS_COMPLETE={shell}_complete" in done.stdout
    if program := shutil.which(shell):
        subprocess.run([program, "-n"], input=done.stdout, text=True, check=True)


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("portraits bu", {"build"}),
        ("portraits check --l", {"--links"}),
        ("portraits check --format ", {"text", "json", "github"}),
        ("portraits rules --for n", {"nginx", "netlify"}),
    ],
)
def test_commands_options_and_values_are_completed(line: str, offered: set[str]) -> None:
    words = line.split(" ")
    done = CliRunner().invoke(
        cli.program,
        prog_name="portraits",
        env={
            "_PORTRAITS_COMPLETE": "bash_complete",
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(words) - 1),
        },
    )
    assert {row.split(",")[1] for row in done.stdout.splitlines()} == offered


def test_files_and_folders_are_completed_as_such() -> None:
    for line, kind in (("portraits check --content ", "dir"), ("portraits import ", "file")):
        done = CliRunner().invoke(
            cli.program,
            prog_name="portraits",
            env={
                "_PORTRAITS_COMPLETE": "bash_complete",
                "COMP_WORDS": line,
                "COMP_CWORD": str(len(line.split(" ")) - 1),
            },
        )
        assert done.stdout.startswith(f"{kind},")


# -- as a program


@pytest.mark.parametrize(
    "command",
    [[sys.executable, "-m", "portraits"], [str(Path(sys.executable).with_name("portraits"))]],
    ids=["module", "script"],
)
def test_module_and_script_are_the_same_program(command: list[str], tmp_path: Path) -> None:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*command, *words],
            cwd=tmp_path,
            text=True,
            capture_output=True,
            env={"PYTHONIOENCODING": "utf-8"},
            check=False,
        )

    assert run("--version").stdout.startswith("portraits ")
    done = run("buld")
    assert (done.stderr, done.returncode) == (
        "« buld » n’est pas une commande — vouliez-vous dire « build » ?\n",
        2,
    )


def test_the_parser_loads_click_and_nothing_else_of_weight() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys, portraits.cli; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        env={name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")},
    )  # coverage loads half of the library
    loaded = set(done.stdout.split())
    assert {name for name in loaded if name.startswith("portraits")} == {
        "portraits",
        "portraits.cli",
        "portraits.support",
        "portraits.support.languages",  # a list of file names, for --lang
        "portraits.support.messages",  # help in the language of the system
        "portraits.support.writing",
        "portraits.support.writing.plurals",
    }
    assert not loaded & {
        "invoke",
        "jinja2",
        "pelican",
        "rich",
        "yaml",
        "sqlite3",
        "PIL",
        "lxml",
        "json",
        "difflib",
        "markdown",
        "importlib.metadata",
    }


@pytest.mark.parametrize(
    ("given", "environment", "typed"),
    [
        (["PORT=8001", "HOST=::1"], {}, "portraits serve --port 8001 --host ::1"),
        ([], {"PORT": "8001"}, "portraits serve --port 8001"),
        ([], {"HOST": "bureau"}, "portraits serve"),
    ],
)
def test_make_serve_hands_port_and_host_on(
    given: list[str], environment: dict[str, str], typed: str
) -> None:
    done = subprocess.run(
        ["make", "--dry-run", "serve", *given],
        cwd=ROOT,
        text=True,
        capture_output=True,
        env={"PATH": os.environ["PATH"], **environment},
        check=True,
    )
    assert done.stdout.splitlines()[-1].rstrip().endswith(f"run --frozen {typed}")


def test_a_task_hands_what_it_is_given_to_the_same_parser(small: Path, tmp_path: Path) -> None:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "invoke", *words],
            cwd=ROOT,
            text=True,
            capture_output=True,
            check=False,
        )

    done = run("check", "--format", "xml")
    assert (done.stderr, done.returncode) == (
        "--format : « xml » est inconnu — text, json ou github\n",
        2,
    )
    settings = str(small_settings(tmp_path, ""))
    done = run("new", "…", "--settings", settings, "--lang", "en", "--force")
    assert (done.stderr.startswith("Il manque le nom de la personne"), done.returncode) == (True, 2)
