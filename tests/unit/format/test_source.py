"""One file as a whole: what front matter and body tell together, limits, purity."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from portraits.model.placeholders import fill, image_placeholder, link_placeholder
from portraits.reader.questionnaire import Questionnaire, QuestionnaireEntry
from portraits.reader.source import parse
from portraits.settings import Settings

from tests.unit.format.case_files import HEADER, codes, listed, parsed, portrait_of

FRENCH = QuestionnaireEntry(
    "debuts", (("fr", "Comment as-tu commencé dans ce métier?"),), (("fr", "Tes débuts?"),)
)


def test_a_question_of_the_questionnaire_is_known_in_every_wording() -> None:
    body = (
        "## Comment as-tu commencé dans ce métier ?\n\nA.\n\n## TES DÉBUTS\n\nB.\n\n"
        "## Raconte {#debuts}\n\nC.\n\n## Autre chose ?\n\nD.\n"
    )
    portrait = portrait_of(body, questionnaire=Questionnaire((FRENCH,)))
    assert [exchange.question.questionnaire_id for exchange in portrait.exchanges] == [
        "debuts",
        "debuts",
        "debuts",
        "",
    ]
    assert portrait.exchanges[0].question.id == "comment-as-tu-commence-dans-ce-metier"


def test_a_wording_that_is_nearly_known_is_pointed_out() -> None:
    result = parsed(
        f"{HEADER}## Comment as-tu commencé dans le métier ?\n\nA.\n",
        questionnaire=Questionnaire((FRENCH,)),
    )
    assert listed(result.problems) == (
        "6 nearly-known-question (warning)\n"
        "    « Comment as-tu commencé dans le métier ? » ressemble à la question "
        "« Comment as-tu commencé dans ce métier? »\n"
        "    → si c’est elle, ajoutez {#debuts} à la fin du titre"
    )


def test_a_question_of_the_questionnaire_that_is_asked_again_is_a_warning() -> None:
    result = parsed(
        f"{HEADER}## Tes débuts ?\n\nA.\n\n## Autre ?\n\nB.\n\n## Encore ?\n\nC.\n\n"
        "## Raconte {#debuts}\n\nD.\n",
        questionnaire=Questionnaire((FRENCH,)),
    )
    assert listed(result.problems) == (
        "18 same-question-twice (warning)\n"
        "    « Raconte » est la question « debuts », déjà posée à la ligne 6\n"
        "    → rassemblez les réponses, ou nommez celle-ci autrement"
    )


def test_nobody_is_asked_for_a_photo_where_pictures_are_off() -> None:
    file = "---\nname: Léa\ndate: 2011-07-14\n---\n## Un ?\n\nNon.\n"
    assert [problem.code for problem in parsed(file).problems] == ["no-photo"]
    assert parsed(file, settings=Settings(pictures=False)).problems == ()


@pytest.mark.parametrize(
    "quote",
    [
        "l'équipe d'abord",
        "« L’équipe d’abord »",
        "l’équipe  d’abord, et le reste ensuite",
        "On pense à l’équipe d’abord",
    ],
)
def test_a_quote_is_found_whatever_its_marks(quote: str) -> None:
    file = (
        f"---\nname: Léa\ndate: 2011-07-14\nphoto: {{file: a.jpg, alt: b}}\n"
        f"quote: {quote}\n---\n## Un ?\n\nNon.\n\n### Deux ?\n\n"
        "On pense à *l’équipe* d’abord,\net le reste ensuite !\n"
    )
    portrait = parsed(file).portrait
    assert portrait is not None
    assert portrait.quote is not None
    assert (portrait.quote.question_id, portrait.quote.line) == ("deux", 5)


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("le bruit des autres", "Le bruit des autres"),
        ("écouter longtemps", "Écouter longtemps"),
        ("Le bruit", "Le bruit"),
        ("iPhone en main", "iPhone en main"),
    ],
)
def test_a_quote_stands_alone_and_begins_with_a_capital(quote: str, shown: str) -> None:
    portrait = parsed(
        f"---\nname: Léa\ndate: 2011-07-14\nphoto: {{file: a.jpg, alt: b}}\nquote: {quote}\n---\n"
        "## Un ?\n\nJ’aime le bruit des autres, écouter longtemps, iPhone en main.\n"
    ).portrait
    assert portrait is not None
    assert portrait.quote is not None
    assert portrait.quote.text.replace("\u00a0", " ") == shown


@pytest.mark.parametrize(
    ("introduction", "summary"),
    [
        ("Une phrase.", "Une phrase."),
        (
            "Une phrase assez longue pour compter. " * 8,
            "Une phrase assez longue pour compter. " * 4 + "Une phrase assez longue pour compter.",
        ),
        ("Mot " * 100, "Mot " * 49 + "Mot…"),
        ("", "Oui."),
        ("Mot.\nAutre mot.", "Mot. Autre mot."),
        ("Mot.\n\nAutre mot.", "Mot. Autre mot."),
        ("Un *mot* et [un lien](https://exemple.ca)[^1].\n\n[^1]: Note.", "Un mot et un lien."),
    ],
)
def test_the_summary_is_the_beginning_in_whole_sentences(introduction: str, summary: str) -> None:
    assert portrait_of(f"{introduction}\n\n## Un ?\n\nOui.\n").summary == summary


def long(start: str, length: int, end: str) -> str:
    """``start`` and one word without end, ``length`` characters in all with ``end``."""
    return start + "x" * (length - len(start) - len(end)) + end


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        (long("", 200, ""), long("", 200, "")),
        (long("", 201, ""), long("", 200, "") + "…"),
        (f"{long('Un ', 200, '.')} Suite.", long("Un ", 200, ".")),
        (f"{long('Un ', 201, '.')} Suite.", "Un…"),
        (f"{long('Un ', 66, '.')} {long('', 200, '')}", long("Un ", 66, ".")),
        (f"{long('Un ', 65, '.')} {long('', 200, '')}", long("Un ", 65, ".") + "…"),
        (f"Un, deux, {long('', 200, '')}", "Un, deux…"),
        (f"Un deux\u00a0: {long('', 200, '')}", "Un deux…"),
        (
            f"{long('Un ', 90, '.')} {long('', 109, '?')} Suite.",
            f"{long('Un ', 90, '.')} {long('', 109, '?')}",
        ),
        (f"{long('Un ', 100, '.')} {long('', 99, ' exemple')}.ca.", f"{long('Un ', 100, '.')}"),
    ],
    ids=[
        "200 characters",
        "a word of 201",
        "a sentence of 200",
        "a sentence of 201",
        "a sentence of a third",
        "a shorter sentence",
        "a comma",
        "a colon",
        "a second sentence",
        "a point inside a word",
    ],
)
def test_a_long_summary_ends_at_a_sentence_of_a_third_at_least_or_after_a_word(
    text: str, summary: str
) -> None:
    assert portrait_of(f"{text}\n\n## Un ?\n\nOui.\n").summary == summary


@pytest.mark.parametrize(
    ("words", "minutes"), [(0, 1), (1, 1), (329, 1), (331, 2), (549, 2), (551, 3), (2200, 10)]
)
def test_220_words_are_read_in_a_minute_and_none_takes_less_than_one(
    words: int, minutes: int
) -> None:
    portrait = dataclasses.replace(portrait_of("## Un ?\n\nOui.\n"), words=words)
    assert portrait.reading_minutes == minutes


def test_introduction_answers_and_follow_ups_count_as_reading() -> None:
    portrait = portrait_of(
        "Un deux.\n\n## Un ?\n\nTrois *quatre* cinq.\n\n### Deux ?\n\nSix.\n\n"
        "## Trois ?\n\nSept.\n\n## #FF Qui ?\n\n- @lea : parce que\n"
    )
    assert portrait.words == 7


def test_text_is_typeset_in_the_language_of_the_portrait() -> None:
    portrait = portrait_of("L'été : « oui ! »\n\n## Un ?\n\nOui.\n")
    assert portrait.introduction.text == "L’été\u00a0: «\u00a0oui!\u00a0»"
    english = parsed(
        f'{HEADER}It\'s "fine".\n\n## One?\n\nYes.\n', source="portraits/lea.en.md"
    ).portrait
    assert english is not None
    assert english.introduction.text == "It’s “fine”."


def test_plain_text_has_paragraphs_and_neither_marks_nor_pictures() -> None:
    portrait = portrait_of(
        "## Un ?\n\nUn *mot*,\nsuite.  \nEt `code`[^1].\n\n![x](a.jpg)\n\n- a\n- b\n    - c\n\n"
        "> d\n\n| e | f |\n|---|---|\n| g | h |\n\n[^1]: Note.\n"
    )
    assert portrait.exchanges[0].answer.text == (
        "Un mot, suite.\nEt code.\n\na\n\nb\n\nc\n\nd\n\ne f\n\ng h"
    )
    assert portrait.words == 13


def test_every_hole_has_what_fills_it() -> None:
    portrait = portrait_of(
        "[a](b.md) ![c](d.jpg)[^1]\n\n## Un ?\n\n[e](#un)\n\n[^1]: Note [f](g.md).\n"
    )
    filling = {link_placeholder(n): f"L{n}" for n in range(len(portrait.links))}
    filling |= {image_placeholder(n): f"I{n}" for n in range(len(portrait.images))}
    whole = portrait.introduction.html + portrait.exchanges[0].answer.html + portrait.footnotes
    assert "\ufdd0" not in fill(whole, filling)
    assert all(value in fill(whole, filling) for value in filling.values())


def test_trusted_html_is_published_as_it_is() -> None:
    body = (
        '## Un ?\n\nUn <u class="x">mot</u>.\n\n<div id="a">\n\n*oui*\n\n</div>\n\n'
        '<iframe src="https://exemple.ca"></iframe>\n'
    )
    assert parsed(HEADER + body).portrait is None
    portrait = portrait_of(body, trusted=True)
    assert portrait == portrait_of(body, settings=Settings(raw_html=True))
    assert portrait.exchanges[0].answer.html == (
        '<p>Un <u class="x">mot</u>.</p>\n<div id="a">\n<p><em>oui</em></p>\n</div>\n'
        '<iframe src="https://exemple.ca"></iframe>'
    )
    assert portrait.exchanges[0].answer.text == "Un mot.\n\noui"


def test_a_notice_is_one_paragraph_of_markdown() -> None:
    def with_notice(notice: str) -> tuple[str, list[str]]:
        file = HEADER.replace("photo:", f"notice: {notice}\nphoto:") + "## Un ?\n\nOui.\n"
        result = parsed(file)
        return (
            result.portrait.notice.html if result.portrait else "",
            [problem.code for problem in result.problems],
        )

    assert with_notice("Propos *condensés* : voir [ici](https://exemple.ca).") == (
        'Propos <em>condensés</em>\u00a0: voir <a href="https://exemple.ca">ici</a>.',
        [],
    )
    assert with_notice("'- a'") == ("", ["bad-notice"])
    assert with_notice("<script>x</script>")[1] == ["raw-html"]
    assert with_notice("'[x](javascript:x)'")[1] == ["forbidden-link"]


@pytest.mark.parametrize(
    ("data", "line", "code"),
    [
        (b"", 1, "empty-file"),
        (b" \n\n", 1, "empty-file"),
        (b"---\nname: L\xe9a\n---\n", 2, "not-utf8"),
        (b"\xff\xfe-\x00", 1, "not-utf8"),
        (b"a" * (256 * 1024 + 1), 0, "too-large"),
        (b"---\nname: a\x00b\n---\n", 2, "forbidden-character"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, line: int, code: str) -> None:
    result = parse("portraits/lea.md", data, Settings(), Questionnaire())
    assert result.portrait is None
    assert (line, code) in [(problem.line, problem.code) for problem in result.problems]


def test_marks_of_other_systems_change_nothing() -> None:
    text = f"{HEADER}Éte\u0301 *a*\n\n## Un ?\n\nOui.\n".replace("---\n", "---  \n")
    plain = parsed(text.replace("e\u0301", "é").replace("  \n", "\n"))
    for data in (
        text.encode(),
        text.encode("utf-8-sig"),
        text.replace("\n", "\r\n").encode(),
        text.replace("\n", "\r").encode(),
    ):
        assert parse("portraits/lea.md", data, Settings(), Questionnaire()) == plain


@pytest.mark.parametrize(
    "body",
    [
        "[" * 60,
        "[ " * 60,
        "![ " * 5000,
        "[a](" * 5000,
        "<![CDATA[" * 2000,
        "`" * 300,
        "> " * 60,
        "- " * 60 + "a",
        ">" * 1000,
        "*" * 1000,
        "a" * 20_001,
        " " * 400 + "a",
        "\t" * 60 + "a",
        "a\n" * 30_000,
        "1. " * 60,
        "<b>" * 60,
        "[a]: b\n" * 9000,
    ],
)
def test_a_text_that_would_keep_markdown_busy_is_refused(body: str) -> None:
    assert {code for _, code in codes(f"## Un ?\n\n{body}\n")} & {
        "too-complex",
        "raw-html",
        "unused-definition",
    }


BUSY = [
    "[a [b] " * 300,
    "*a **b " * 700,
    "_a *b_ c* " * 500,
    "`a`` " * 1000,
    "![[[]]] " * 600,
    '<a href="' * 500,
    "&#" * 4000,
    "\\[" * 4000,
    "a[^1] " * 2000 + "\n\n[^1]: a[^1]" * 5,
    "## a\n" * 3000,
    "a\n---\n" * 2000,
    "- a\n\n" * 1500,
    "- - - - x\n" * 800,
    "| a " * 2000,
    "|`" * 2000,
    "@a " * 4000,
    "http://a " * 1500,
    "<b></b>" * 1500,
    "<!-- " * 2000,
    "<? " * 3000,
    "    a\n\n" * 1500,
    "``` \n" * 2001,
    "\n".join("    " * min(n, 40) + "- a" for n in range(300)),
    "[a](<b " * 1000,
    '[a](b "c' * 1000,
    "a:" * 5000,
    "« a " * 3000,
    "'a\"b " * 2000,
    "\\]:![\n" * 800,
    "*é__é{=-->" * 500,
]


@pytest.mark.parametrize("body", BUSY, ids=[body[:12] for body in BUSY])
def test_a_strange_text_is_read_or_refused_and_nothing_else(body: str) -> None:
    result = parsed(f"{HEADER}## Un ?\n\n{body}\n")
    assert (result.portrait is None) == any(problem.is_error for problem in result.problems)


MARKS = st.text(
    st.sampled_from("ab é1[]()!<>&*_`\\#@|:-+.=\"'^~{}/;,«»\n\n  \t\u00a0\u2028"), max_size=200
)


@settings(max_examples=60)
@given(body=MARKS | st.text(max_size=200))
def test_any_text_is_a_portrait_or_problems(body: str) -> None:
    data = f"{HEADER}## Un ?\n\n{body}\n".encode("utf-8", "surrogatepass")
    result = parse("portraits/lea.md", data, Settings(), Questionnaire())
    assert (result.portrait is None) == any(problem.is_error for problem in result.problems)
    assert all(
        problem.message and 0 <= problem.line <= data.count(b"\n") + 1
        for problem in result.problems
    )
    if result.portrait is not None:
        html = result.portrait.exchanges[0].answer.html
        assert not {"\x02", "\x03", "\ufdd2", "\ufdd4"} & set(html)
        assert "<script" not in html


@settings(max_examples=60)
@given(front=st.text(st.sampled_from("ab:é- \n'\"[]{}#&*!|>%@`,\t"), max_size=120))
def test_any_front_matter_is_read_or_told(front: str) -> None:
    result = parsed(f"---\n{front}\n---\n## Un ?\n\nOui.\n")
    assert result.portrait is None
    assert any(problem.is_error for problem in result.problems)


def test_the_same_file_gives_the_same_portrait_in_another_process() -> None:
    program = (
        "import sys, hashlib\n"
        "from portraits.reader.source import parse\n"
        "from portraits.settings import Settings\n"
        "from portraits.reader.questionnaire import Questionnaire\n"
        "data = sys.stdin.buffer.read()\n"
        "print(hashlib.sha256(repr(parse('portraits/lea.md', data, Settings(), Questionnaire()))"
        ".encode()).hexdigest())\n"
    )
    file = (Path(__file__).parents[2] / "cases" / "format-structure.txt").read_bytes()
    plugins = Path(__file__).parents[3] / "plugins"
    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            input=HEADER.encode() + file,
            check=True,
            capture_output=True,
            env={"PYTHONPATH": str(plugins), "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_a_portrait_holds_nothing_that_can_change() -> None:
    portrait = portrait_of("## Un ?\n\nOui.\n")
    hash(portrait)
    with pytest.raises(dataclasses.FrozenInstanceError):
        portrait.name = "Ana"  # type: ignore[misc]


def test_reading_one_text_leaves_nothing_for_the_next() -> None:
    alone = portrait_of("Voir [x] et [^1].\n\n## Un ?\n\nOui.\n".replace("[^1]", "note"))
    portrait_of("## Un ?\n\n[x][x] et [y](z.md)[^1]\n\n[x]: https://exemple.ca\n[^1]: Note.\n")
    assert portrait_of("Voir [x] et note.\n\n## Un ?\n\nOui.\n") == alone
