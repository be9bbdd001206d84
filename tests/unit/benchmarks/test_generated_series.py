"""The invented series: always the same, and accepted by the project it measures."""

import hashlib
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from portraits.reader.questionnaire import read_questionnaire
from portraits.reader.source import parse
from portraits.settings import Settings

from benchmarks.generate import write_series
from benchmarks.interviews import LONGEST_SERIES, interview, name_of
from benchmarks.markdown import body, pelican_file, plain_file, portrait_file

SAMPLE = (1, 2, 3, 5, 60, 999, 5_000, 10_000, LONGEST_SERIES)


def parsed(number: int):
    from benchmarks.interviews import QUESTIONNAIRE

    questionnaire, problems = read_questionnaire("questionnaire.yml", QUESTIONNAIRE.read_bytes())
    assert not problems
    one = interview(number)
    text = portrait_file(one, photo="images/visage-001.jpg")
    return parse(f"portraits/{one.slug}.md", text.encode(), Settings(), questionnaire)


@pytest.mark.parametrize("number", SAMPLE)
def test_an_interview_is_accepted_without_a_warning(number):
    assert [str(problem) for problem in parsed(number).problems] == []


def test_what_was_generated_is_what_will_be_generated():
    texts = "".join(portrait_file(interview(number)) for number in SAMPLE)
    assert hashlib.sha256(texts.encode()).hexdigest()[:16] == "f9e9393e961d5dde"


def test_another_process_writes_the_same_series(tmp_path):
    write_series(tmp_path / "here", 3)
    subprocess.run(
        [
            sys.executable,
            "-m",
            "benchmarks.generate",
            "--portraits",
            "3",
            "--output",
            str(tmp_path / "there"),
        ],
        check=True,
        capture_output=True,
        cwd=Path(__file__).parents[3],
        env={"PYTHONHASHSEED": "7"},
    )
    here, there = (
        {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }
        for folder in (tmp_path / "here", tmp_path / "there")
    )
    assert len(here) == 5  # three portraits, the questionnaire, a page
    assert here == there


def test_every_interviewee_has_a_name_of_their_own():
    names = [name_of(number) for number in range(1, 12_001)]
    assert len(set(names)) == len(names)
    assert len({interview(number).slug for number in range(3_900, 4_300)}) == 400


def test_an_interview_answers_thirty_questions_of_the_questionnaire_in_ten_kilobytes():
    portrait = parsed(7).portrait
    asked = [exchange.question.questionnaire_id for exchange in portrait.exchanges]
    assert len(set(asked)) == 30
    assert len(portrait.recommendations.entries) == 6
    assert 8_000 < len(portrait_file(interview(7)).encode()) < 13_000


def test_some_accounts_are_recommended_by_many_and_most_by_few():
    counts = Counter(
        line.split()[0] for number in range(1, 601) for line in interview(number).recommended
    )
    (_, most), *_ = counts.most_common(1)
    assert most > 20
    assert sum(count == 1 for count in counts.values()) > len(counts) / 2


def test_an_edit_changes_one_answer_and_nothing_else():
    before, after = portrait_file(interview(40)), portrait_file(interview(40, "Un mot de plus."))
    assert after.replace(" Un mot de plus.", "") == before != after


def test_every_generator_is_given_the_same_text():
    one = interview(12)
    for form in (portrait_file, plain_file, pelican_file):
        assert form(one).endswith(body(one))
    assert not re.search(r"^[^a-zA-Z\n]", pelican_file(one).partition("\n\n")[0], re.MULTILINE)
