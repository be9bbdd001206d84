"""The corpus: each bad file is refused at its line, each odd one published as the text it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from portraits.commands import show
from portraits.reader.questionnaire import Questionnaire
from portraits.reader.source import parse
from portraits.settings import Settings
from portraits.support.problems import Problem, Severity, errors

from tests.conftest import Command
from tests.security.corpus import Case, corpus
from tests.security.invariants import dangers, malformed, tree

CORPUS = corpus()
REFUSED = tuple(case for case in CORPUS if case.verdict == "refused")
ACCEPTED = tuple(case for case in CORPUS if case.verdict != "refused")


def test_the_corpus_is_large_enough_to_mean_something() -> None:
    assert len(CORPUS) > 300
    assert len(REFUSED) > 220


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_a_bad_file_is_refused_with_its_line_and_a_remedy(case: Case) -> None:
    parsed = parse(f"portraits/{case.file}", case.data, Settings(), Questionnaire())
    assert parsed.portrait is None
    found = {(problem.code, problem.line) for problem in errors(parsed.problems)}
    assert (case.code, case.line) in found
    for problem in parsed.problems:
        assert problem.hint, problem
        assert "\n" not in str(problem)


@pytest.mark.parametrize("case", ACCEPTED, ids=str)
def test_an_odd_file_is_accepted_and_what_is_odd_is_said(case: Case) -> None:
    parsed = parse(f"portraits/{case.file}", case.data, Settings(), Questionnaire())
    assert parsed.portrait is not None, parsed.problems
    warned = {
        (problem.code, problem.line)
        for problem in parsed.problems
        if problem.severity is Severity.WARNING and problem.code != "no-photo"
    }
    assert ((case.code, case.line) in warned) if case.verdict == "warned" else not warned


@pytest.mark.site
def test_all_bad_files_are_named_in_one_pass_and_the_published_site_stays(
    small: Path, build: Command, tmp_path: Path
) -> None:
    output = tmp_path / "out"
    assert build(small, output).returncode == 0
    before, around = tree(output), set(tmp_path.iterdir())
    for case in REFUSED:
        (small / "portraits" / case.file).write_bytes(case.data)
    done = build(small, output)
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    lines = done.stderr.splitlines()
    for case in REFUSED:
        place = f"/portraits/{case.file}:{case.line} :" if case.line else f"/{case.file} :"
        assert any(place in line for line in lines), (case, place)
    assert tree(output) == before
    assert set(tmp_path.iterdir()) == around


@pytest.mark.site
def test_odd_files_are_published_as_text_and_change_nothing_beside_them(
    small: Path, build: Command, tmp_path: Path
) -> None:
    alone, output = tmp_path / "alone", tmp_path / "out"
    assert build(small, alone).returncode == 0
    for case in ACCEPTED:
        (small / "portraits" / case.file).write_bytes(case.data)
    around = set(tmp_path.iterdir())
    done = build(small, output)
    assert done.returncode == 0, done.stderr
    assert set(tmp_path.iterdir()) - around == {output, tmp_path / ".out.portraits"}
    assert dangers(output) == []
    assert malformed(output) == []
    for case in ACCEPTED:
        page = output / "portraits" / case.file.removesuffix(".md") / "index.html"
        assert page.exists() == (case.verdict != "kept back"), case
    for name in ("ana", "lea", "sam"):
        assert answers(output, name) == answers(alone, name)


def answers(output: Path, name: str) -> object:
    """What the JSON of a portrait says: all its words, none of its neighbours'."""
    import json

    found = json.loads((output / "api" / "portraits" / f"{name}.json").read_text("utf-8"))
    return {key: value for key, value in found.items() if "related" not in key}


def test_a_name_that_writes_commands_for_github_is_spelled_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = "a\n::set-env name=X::1\u2028.md"
    show([Problem(path, 3, "x", "un\r\n::stop::mot", "100 %")], "github")
    lines = capsys.readouterr().out.split("\n")
    assert lines[1:] == [""]
    assert lines[0].startswith("::error file=a\\n%3A%3Aset-env name=X%3A%3A1\\u2028.md,line=3::un")
    assert lines[0].endswith("100 %25")


@pytest.mark.site
def test_template_syntax_in_a_portrait_is_printed_as_it_was_typed(
    small: Path, build: Command, tmp_path: Path
) -> None:
    typed = '{{ 7*7 }} {% include "/etc/passwd" %} {# non #} ${7*7} <%= 7*7 %>'
    portrait = small / "portraits" / "lea.md"
    portrait.write_text(portrait.read_text("utf-8") + f"\n## Gabarit ?\n\n`{typed}`\n", "utf-8")
    assert build(small, tmp_path / "out").returncode == 0
    page = (tmp_path / "out" / "portraits" / "lea" / "index.html").read_text("utf-8")
    assert "{{ 7*7 }} {% include" in page
    assert "root:" not in page
