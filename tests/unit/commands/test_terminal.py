"""What a person sees at a terminal, and what a pipe gets of the same."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from portraits import terminal
from portraits.support.problems import Problem
from portraits.terminal import underlined

ROOT = Path(__file__).parents[3]
_CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def on_a_terminal(
    *words: str, cwd: Path, columns: int = 100, **environment: str
) -> tuple[int, str]:
    """Status of a command, and all that it wrote to a terminal of its own."""
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, *words],
        cwd=cwd,
        stdin=its,
        stdout=its,
        stderr=its,
        env={
            **os.environ,
            "PYTHONIOENCODING": "utf-8",
            "TERM": "xterm",
            "NO_COLOR": "",
            **environment,
        },
    )
    os.close(its)
    said = b""
    while True:
        try:
            read = os.read(ours, 65_536)
        except OSError:  # Linux says so when nobody is left on the other side
            break
        if not read:
            break
        said += read
    os.close(ours)
    return process.wait(60), said.decode().replace("\r\n", "\n")


def problem(line: int = 3, message: str = "x", field: str = "", path: str = "x.md") -> Problem:
    return Problem(path, line, "code", message, "un remède", field)


# -- the place in the line


@pytest.mark.parametrize(
    ("line", "message", "field", "marked"),
    [
        ("tilte: Portrait", "la clé « tilte » est inconnue", "tilte", "tilte"),
        ("date: juillet 2011", "la date « juillet 2011 » est incomplète", "date", "juillet 2011"),
        ("name: [a, b]", "« name » attend un texte, pas une liste", "name", "[a, b]"),
        ("  title: ", "« title » attend un texte", "title", "title"),
        ("photo: {file: a b.jpg, alt: x}", "« file » attend un texte", "photo.file", "a b.jpg"),
        (
            "accounts: {twiter: lea}",
            "le réseau « twiter » est inconnu",
            "accounts.twiter",
            "twiter",
        ),
        ("Oui [lien](absent.md).", "le lien « absent.md » ne mène nulle part", "", "absent.md"),
        ("Oui <script src=x>non</script>", "la balise <script> n’est pas permise", "", "<script"),
        ("cela, lac, la", "« la » est deux fois", "", "la"),
        ("  Une réponse sans rien.  ", "la réponse est trop courte", "", "Une réponse sans rien."),
    ],
)
def test_the_place_is_what_is_quoted_or_the_value_of_the_key_or_the_line(
    line: str, message: str, field: str, marked: str
) -> None:
    text, marks = underlined(problem(message=message, field=field), line, 80)
    assert text == line.strip()
    assert text[marks.index("^") : len(marks)] == marked
    assert marks.index("^") == text.rindex(marked)


def test_of_a_long_line_what_is_around_the_place_is_shown() -> None:
    line = f"{'avant ' * 100}ici{' après' * 100}"
    text, marks = underlined(problem(message="« ici » n’est pas là"), line, 60)
    assert len(text) <= 60 - len("  3 | ")
    assert (text[0], text[-1]) == ("…", "…")
    assert text[marks.index("^") : len(marks)] == "ici"
    text, marks = underlined(problem(), "mot " * 100, 60)
    assert len(marks) <= len(text) <= 60 - len("  3 | ")


def test_marks_stand_below_what_takes_two_columns_or_none() -> None:
    text, marks = underlined(problem(message="« fin »"), "漢字 e\u0301\u200b fin", 80)
    assert (text, marks) == ("漢字 e\u0301\u200b fin", f"{' ' * 7}^^^")


def test_what_would_steer_the_terminal_is_shown_as_a_code() -> None:
    text, marks = underlined(problem(message="« fin »"), "a\x1b[31m\tb\x9b\u202e fin", 80)
    assert text == "a\\x1b[31m    b\\x9b\\u202e fin"
    assert marks == f"{' ' * (len(text) - 3)}^^^"


# -- problems as they are printed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file of three lines, the third with a control character."""
    (tmp_path / "x.md").write_text("---\nname: Léa\ndate: juil\x1blet\n", encoding="utf-8")
    return tmp_path


TELL = (
    "from portraits.support.problems import Problem, Severity\n"
    "from portraits.terminal import tell\n"
    "tell([Problem('x.md', 3, 'date', 'la date est incomplète', 'donnez le jour', 'date'),\n"
    "      Problem('x.md', 1, 'no-photo', 'pas de photo', severity=Severity.WARNING),\n"
    "      Problem('absent.md', 2, 'x', 'absent'), Problem('x.md', 9, 'x', 'trop loin'),\n"
    "      Problem('--now', 0, 'x', 'ce jour n’existe pas')])"
)
LINES = [
    "x.md:3 : la date est incomplète — donnez le jour",
    "avertissement — x.md:1 : pas de photo",
    "absent.md:2 : absent",
    "x.md:9 : trop loin",
    "--now : ce jour n’existe pas",
]


def test_on_a_terminal_a_problem_is_followed_by_its_line_with_the_place_underlined(
    folder: Path,
) -> None:
    status, said = on_a_terminal("-c", TELL, cwd=folder)
    assert status == 0
    assert said.splitlines() == [
        LINES[0],
        "  3 | date: juil\\x1blet",
        "    | \x1b[31m      ^^^^^^^^^^^\x1b[0m",
        *LINES[1:],
    ]


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colours_can_be_refused(environment: dict[str, str], folder: Path) -> None:
    _, said = on_a_terminal("-c", TELL, cwd=folder, **environment)
    assert "\x1b" not in said
    assert "    |       ^^^^^^^^^^^\n" in said


def test_in_a_pipe_a_problem_is_one_line(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", TELL], cwd=folder, text=True, capture_output=True, check=True
    )
    assert done.stderr.splitlines() == LINES


def test_a_pipe_that_is_no_file_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "absent.md")
    status, said = on_a_terminal("-c", TELL, cwd=folder)
    assert (status, said.splitlines()[-3:]) == (0, LINES[2:])


def test_lines_are_counted_as_readers_of_portraits_count_them(folder: Path) -> None:
    (folder / "x.md").write_bytes("\ufeffun\r\ndeux\x0b\u2028\rdate: x\n".encode())
    _, said = on_a_terminal("-c", TELL, cwd=folder)
    assert "  3 | date: x\n" in said
    assert "  1 | un\n    | \x1b[33m^^\x1b[0m\n" in said


def test_a_sentence_never_steers_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.say("a\x1b]0;x\x07\nb\u202e")
    assert capsys.readouterr().err == "a\\x1b]0;x\\x07\nb\\u202e\n"


def test_a_command_underlines_at_a_terminal_and_writes_json_and_annotations_as_ever(
    tmp_path: Path,
) -> None:
    settings = tmp_path / "conf.py"
    settings.write_text("x = (", encoding="utf-8")
    words = ("-m", "portraits", "check", "--settings", "conf.py")
    status, said = on_a_terminal(*words, cwd=tmp_path)
    assert status == 1
    assert _CODES.sub("", said).splitlines()[1:3] == ["  1 | x = (", "    | ^^^^^"]
    for form in ("json", "github"):
        _, said = on_a_terminal(*words, "--format", form, cwd=tmp_path)
        assert "^^^" not in said


# -- how far work is

WORK = (
    "import sys, time\nfrom portraits import terminal\n"
    "class Clock:\n    now = 0.0\n    def monotonic(self):\n        return self.now\n"
    "clock = terminal.time = Clock()\nprogress = terminal.progress()\n"
    "for done in range(1, 21):\n    clock.now += 0.3\n    progress('pages', done, 20)\n"
    "    if done == 10:\n"
    "        print('rich' in sys.modules, sys.stdout is sys.__stdout__, flush=True)\n"
    "progress('brève', 1, 2)\nprogress('brève', 2, 2)\nterminal.say('Fini.')"
)


def test_on_a_terminal_long_work_shows_a_bar_that_leaves_no_trace(tmp_path: Path) -> None:
    status, said = on_a_terminal("-c", WORK, cwd=tmp_path)
    assert status == 0
    assert re.search(r"  pages .*━.* 12 sur 20", _CODES.sub("", said))
    assert " 1 sur 20" not in said and "brève" not in said
    erased = said[said.rindex("sur 20") :]
    assert "\x1b[2K" in erased and "\x1b[?25h" in erased  # the line is wiped, the cursor is back
    assert said.endswith("Fini.\n")
    assert "\n  pages : " not in said
    assert "True True\n" in said  # nothing stands between a program and its output


def test_the_bar_is_that_of_one_step_at_a_time(tmp_path: Path) -> None:
    _, said = on_a_terminal(
        "-c",
        WORK.replace(
            "progress('pages', done, 20)", "progress('pages' if done < 10 else 'photos', done, 20)"
        ),
        cwd=tmp_path,
    )
    after = _CODES.sub("", said[said.index("photos") :])
    assert " 12 sur 20" in after and "pages" not in after


@pytest.mark.parametrize("where", ["pipe", "dumb terminal"])
def test_elsewhere_long_work_is_said_in_plain_lines(where: str, tmp_path: Path) -> None:
    if where == "pipe":
        done = subprocess.run(
            [sys.executable, "-c", WORK], cwd=tmp_path, text=True, capture_output=True, check=True
        )
        said = done.stdout + done.stderr
    else:
        _, said = on_a_terminal("-c", WORK, cwd=tmp_path, TERM="dumb")
    assert said.splitlines() == [
        "False True",
        "  pages : 14 sur 20",
        "  pages : 20 sur 20",
        "Fini.",
    ]


def test_what_is_said_takes_the_place_of_the_bar(tmp_path: Path) -> None:
    _, said = on_a_terminal(
        "-c",
        WORK.replace(
            "    if done == 10",
            "    if done == 5:\n        terminal.say('Ah !')\n    if done == 10",
        ),
        cwd=tmp_path,
    )
    assert re.search(r" 5 sur 20[^\n]*\n[^\n]*\x1b\[1A\x1b\[2KAh !\n", said)
    assert _CODES.sub("", said).count(" 12 sur 20") == 1
    assert said.endswith("Fini.\n")
