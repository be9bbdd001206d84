"""Test every command as typed by a user: its output, messages and exit status."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from portraits.checks import external_links

from tests.conftest import OWN_SETTINGS, ROOT
from tests.fixtures.templates import share_templates
from tools.loopback import answering

DAY = "2026-01-15"
Done = subprocess.CompletedProcess[str]
Command = Callable[..., Done]


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    share_templates(tmp_path / "cache")
    path = tmp_path / "conf.py"
    path.write_text(
        f"{OWN_SETTINGS}PORTRAITS = {{**PORTRAITS, 'search': False, 'pictures': False}}\n"
        "CACHE_PATH, OUTPUT_PATH = 'cache', 'output'\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def run(program: Command, small: Path, settings: Path, tmp_path: Path) -> Command:
    """Run a command on a small series, from its folder."""

    def run(name: str, *arguments: str, **environment: str) -> Done:
        return program(name, "--settings", str(settings), *arguments, cwd=tmp_path, **environment)

    return run


def quiet(done: Done) -> Done:
    """Return the finished command after checking that it printed no traceback."""
    assert "Traceback" not in done.stderr + done.stdout, done.stderr
    return done


# -- what is mistyped


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("build", "--contant", "x"),
            "--contant : cette option est inconnue — vouliez-vous dire « --content » ?",
        ),
        (("check", "--zzz"), "« portraits check --help » les donne toutes"),
        (("build", "--processes", "deux"), "--processes : « deux » n’est pas un nombre entier"),
        (("serve", "--port=abc"), "--port : « abc » n’est pas un nombre entier"),
        (("build", "--content"), "--content : il manque la valeur"),
        (("new", "Léa", "--lang", "--force"), "--lang : il manque la valeur"),
        (("new", "--fore", "Léa"), "vouliez-vous dire « --force » ?"),
        (
            ("build", "--processes", "-1"),
            "--processes : « -1 » ne convient pas — donnez un nombre positif",
        ),
        (("serve", "--port", "99999"), "un port est un nombre de 1 à 65535"),
        (("check", "--format", "xml"), "--format : « xml » est inconnu — text, json ou github"),
        (("stats", "--format", "xml"), "--format : « xml » est inconnu — text ou json"),
        (("rules",), "--for : il manque la valeur — nginx, caddy, apache ou netlify"),
        (("rules", "--for", "iis"), "--for : « iis » est inconnu"),
        (("new",), "Il manque le nom de la personne"),
        (("new", "…"), "Il manque le nom de la personne"),
        (("new", "Léa", "--lang", "latin"), "--lang : « latin » est inconnu — fr, de, en ou es"),
        (("questionnaire",), "Il manque le nom de la personne"),
        (("proof",), "Il manque le nom de la personne"),
        (("import",), "Aucun fichier à importer"),
    ],
)
def test_what_makes_no_sense_is_said_in_french_and_ends_with_2(
    arguments: tuple[str, ...], said: str, run: Command
) -> None:
    done = quiet(run(*arguments))
    assert said in done.stderr
    assert (done.returncode, done.stdout) == (2, "")


@pytest.mark.parametrize("command", ["build", "check", "stats", "serve", "new", "import"])
def test_a_folder_that_is_not_there_is_an_error_of_one_line(
    command: str, run: Command, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Un texte.", encoding="utf-8")
    words = {"new": ("Léa",), "import": ("a.txt",)}.get(command, ())
    done = quiet(run(command, *words, "--content", str(tmp_path / "rien")))
    assert done.returncode == 1
    assert f"{tmp_path / 'rien'} : ce dossier n’existe pas" in done.stderr


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("x = (", "conf.py:6 : ces réglages ne se lisent pas : SyntaxError"),
        ("x = 1 / 0", "conf.py:6 : ces réglages ne se lisent pas : ZeroDivisionError"),
        ("raise SystemExit('il manque ceci')", "conf.py : il manque ceci"),
        ("PATH = 'rien'", "PATH = 'rien' : ce dossier n’existe pas"),
        ("THEME = 'rien'", "THEME = 'rien' : ce dossier n’existe pas"),
        ("TIMEZONE = 'Nulle/Part'", "« Nulle/Part » n’est pas un fuseau horaire"),
        ("DEFAULT_LANG = 'xx'", "DEFAULT_LANG vaut 'xx' — attendu : fr, de, en ou es"),
        ("PORTRAITS = ['a']", "PORTRAITS n’est pas un dictionnaire"),
        ("PORTRAITS['folderr'] = 'x'", "vouliez-vous dire « folder »"),
        ("PORTRAITS['page_size'] = 0", "PORTRAITS['page_size'] vaut 0 — attendu : 1 ou plus"),
        ("PORTRAITS['typography'] = 'belge'", "valeurs possibles : quebec, france"),
        ("PORTRAITS['title'] = '{nom}'", "seulement {name}, {role} ou {organization}"),
        ("PORTRAITS['title'] = '{name}\\u200b'", "caractère invisible U+200B (espace sans chasse)"),
        ("PORTRAITS['menu'] = [('a\\u00ad', '/a/')]", "caractère invisible U+00AD"),
        ("SITENAME = 'Essai\\u2060'", "SITENAME vaut 'Essai\\u2060' — retirez le caractère"),
        ("PORTRAITS['comments'] = 'isso'", "l’adresse manque"),
        ("PORTRAITS['menu'] = ['a']", "attendu : des paires"),
        ("SITEURL = 'https://a b.org'", "SITEURL vaut 'https://a b.org' — attendu : une adresse"),
        ("CACHE_PATH = None", "CACHE_PATH vaut None — attendu : le chemin d’un dossier"),
        ("PORTRAITS['email'] = 'a b@c.org'", "PORTRAITS['email'] vaut 'a b@c.org' — attendu : une"),
    ],
)
def test_wrong_settings_are_said_with_what_to_write(
    line: str, said: str, run: Command, settings: Path
) -> None:
    with settings.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    done = quiet(run("check"))
    assert done.returncode == 1
    assert said in done.stderr


def test_settings_that_are_not_there_are_an_error(program: Command, tmp_path: Path) -> None:
    done = quiet(program("check", "--settings", str(tmp_path / "rien.py")))
    assert (done.returncode, done.stderr.splitlines()[0]) == (
        1,
        f"{tmp_path / 'rien.py'} : ce fichier n’existe pas — "
        "donnez un fichier de réglages avec --settings",
    )


def test_a_plugin_that_cannot_be_loaded_stops_the_build(run: Command, settings: Path) -> None:
    with settings.open("a", encoding="utf-8") as file:
        file.write("PLUGINS = ['inexistant']\n")
    done = quiet(run("build", "--now", DAY))
    assert done.returncode == 1
    assert "inexistant" in done.stderr


def test_a_broken_template_is_said_with_its_line_with_and_without_pelican(
    run: Command, settings: Path, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "theme", tmp_path / "theme")
    with settings.open("a", encoding="utf-8") as file:
        file.write("THEME = 'theme'\n")
    template = tmp_path / "theme" / "templates" / "base.html"
    good = template.read_text(encoding="utf-8")
    for broken, said in (
        ("{% bloc %}" + good, "theme/templates/base.html:1 : "),
        (good + "{{ rien.du.tout }}", "ce gabarit ne se laisse pas remplir : 'rien' is undefined"),
    ):
        for state in ("first build", "edit"):
            template.write_text(broken, encoding="utf-8")
            done = quiet(run("build", "--now", DAY))
            assert (done.returncode, said in done.stderr) == (1, True), (state, done.stderr)
            template.write_text(good, encoding="utf-8")
            assert quiet(run("build", "--now", DAY)).returncode == 0


def test_a_day_that_is_none_is_an_error(run: Command) -> None:
    done = quiet(run("build", "--now", "demain"))
    assert (done.returncode, done.stderr.splitlines()[0].split(" — ")[0]) == (
        1,
        "--now : « demain » n’est pas une date",
    )


def test_ctrl_c_during_a_build_is_no_traceback_and_leaves_no_process(
    run: Command, small: Path, settings: Path, tmp_path: Path
) -> None:
    for number in range(400):
        (small / "portraits" / f"p{number}.md").write_text(
            f"---\nname: Personne {number}\ndate: 2011-08-01\n---\n\n## Quel conseil donnes-tu ?\n"
            "\n" + "Oui, *oui* et « non ». " * 100 + "\n",
            encoding="utf-8",
        )
    build = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "portraits",
            "build",
            "--settings",
            str(settings),
            "--processes",
            "2",
        ],
        cwd=tmp_path,
        text=True,
        start_new_session=True,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    deadline = time.monotonic() + 60
    while not [*tmp_path.glob("cache/*.sqlite")] and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.5)
    os.killpg(build.pid, signal.SIGINT)
    with suppress(subprocess.TimeoutExpired):  # Python loses an interrupt inside a finalizer
        build.wait(timeout=2)
    if build.poll() is None:
        os.killpg(build.pid, signal.SIGINT)
    _, said = build.communicate(timeout=60)
    assert (build.returncode, said.splitlines()[-1:]) == (1, ["Interrompu."])
    assert "Traceback" not in said
    assert not (tmp_path / "output").exists()
    with pytest.raises(ProcessLookupError):
        os.killpg(build.pid, 0)


def test_a_command_whose_reader_has_read_enough_ends_in_silence(
    settings: Path, small: Path, tmp_path: Path
) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "portraits", "stats", "--settings", str(settings)],
        cwd=tmp_path,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as stats:
        assert stats.stdout
        assert stats.stderr
        stats.stdout.close()  # as `head` does, here before anything is written
        assert (stats.stderr.read(), stats.wait(timeout=60)) == ("", 0)


def test_an_interrupted_command_ends_with_its_own_status_wherever_it_was(tmp_path: Path) -> None:
    (tmp_path / "interrupted.py").write_text(
        "import sys\n"
        "from portraits.commands import apart\n"
        "def making_a_class() -> int:\n"
        "    exec('raise KeyboardInterrupt')\n"
        "sys.exit(apart(making_a_class)())\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-m", "interrupted"],
        cwd=tmp_path,
        text=True,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")},
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, "Interrompu.\n")


def test_the_plugin_is_not_compiled_anew_by_every_command(
    settings: Path, small: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "compiled"
    subprocess.run(
        [sys.executable, "-m", "portraits", "check", "--settings", str(settings)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(kept)},
        capture_output=True,
        timeout=60,
        check=True,
    )
    compiled = {path.relative_to(kept).as_posix().split(".")[0] for path in kept.rglob("*.pyc")}
    assert any(name.endswith("plugins/portraits/build/site") for name in compiled)


# -- check


def test_the_summary_counts_what_was_read_and_found(run: Command, small: Path) -> None:
    done = quiet(run("check"))
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines()[-1] == "3 portraits lus. Aucun problème."
    doubtful(small / "portraits" / "ana.md")
    done = quiet(run("check"))
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines()[-1] == "3 portraits lus. 1 avertissement."
    (small / "portraits" / "ana.md").write_text("---\ntitre: Ana\n---\n", encoding="utf-8")
    done = quiet(run("check"))
    assert done.returncode == 1
    assert "content/portraits/ana.md:2 : la clé « titre »" in done.stderr
    assert done.stderr.splitlines()[-1].startswith("2 portraits lus. ")


def doubtful(path: Path) -> None:
    """Add something to a text that causes a warning."""
    path.write_text(path.read_text(encoding="utf-8") + "\nLe th\ufffd.\n", encoding="utf-8")


@pytest.mark.parametrize("breaking", ["nothing", "portrait", "settings"])
def test_the_json_of_the_check_is_json_whatever_is_wrong(
    breaking: str, run: Command, small: Path, settings: Path
) -> None:
    if breaking == "portrait":
        (small / "portraits" / "ana.md").write_text("---\ntitre: Ana\n---\n", encoding="utf-8")
    elif breaking == "settings":
        settings.write_text("x = (", encoding="utf-8")
    else:
        doubtful(small / "portraits" / "ana.md")
    done = quiet(run("check", "--format", "json"))
    problems = json.loads(done.stdout)
    assert {"path", "line", "severity", "code", "field", "message", "hint"} == set(problems[0])
    errors = [problem for problem in problems if problem["severity"] == "error"]
    assert bool(errors) == (breaking != "nothing")
    assert done.returncode == (1 if errors else 0)


def test_annotations_are_what_github_reads(run: Command, small: Path) -> None:
    (small / "portraits" / "ana.md").write_text(
        "---\nname: Ana\ndate: 2011\n---\n## 100 % ?\nOui.\n", encoding="utf-8"
    )
    done = quiet(run("check", "--format", "github"))
    lines = done.stdout.splitlines()
    assert all(
        line.startswith(("::error file=content/", "::warning file=content/")) for line in lines
    )
    assert any(line.startswith("::error file=content/portraits/ana.md,line=3::") for line in lines)


@pytest.fixture
def web() -> Iterator[str]:
    """Start a server on loopback that answers with the status given in the path."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            word = self.path.strip("/").split("/")[0]
            if word == "coupe":
                self.connection.close()
                return
            if word == "lent":
                time.sleep(3)
            self.send_response(int(word) if word.isdecimal() else 200)
            if word == "302":
                self.send_header("Location", self.path.removeprefix("/302"))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    with answering(Answer) as address:
        yield address


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("/200/", ""),
        ("/403/", ""),
        ("/429/", ""),
        ("/500/", ""),
        ("/302/200/", ""),
        ("/é/à l’école", ""),
        ("/404/", "le serveur répond 404"),
        ("/410/", "le serveur répond 410"),
        ("/302/404/", "le serveur répond 404"),
        ("/lent/", "pas de réponse en 0.5 secondes"),
        ("/coupe/", "le serveur ne répond pas"),
    ],
)
def test_a_link_is_dead_when_its_page_is_gone_or_nobody_answers(
    path: str, wrong: str, web: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(external_links, "TIMEOUT_SECONDS", 0.5)
    assert external_links.answer_of(web + path) == wrong


def test_a_port_where_nobody_listens_is_a_refusal(web: str) -> None:
    assert external_links.answer_of("http://127.0.0.1:9/") == "le serveur refuse la connexion"


def test_dead_links_are_warnings_at_their_line_with_the_archived_copy(
    run: Command, small: Path, web: str
) -> None:
    portrait = small / "portraits" / "ana.md"
    portrait.write_text(
        f"---\nname: Ana\ndate: 2013-05-20\narchives:\n  {web}/410/b: https://archive.example/b\n"
        f"---\n\n## Une question à moi ?\n\n[a]({web}/404/a), [b]({web}/410/b), "
        f"[c]({web}/200/c) et [d]({web}/500/d).\n",
        encoding="utf-8",
    )
    done = quiet(run("check", "--links", "--format", "json", no_proxy="127.0.0.1"))
    found = [problem for problem in json.loads(done.stdout) if problem["code"] == "dead-link"]
    assert done.returncode == 0
    assert {(problem["path"], problem["line"]) for problem in found} == {
        ("content/portraits/ana.md", 10)
    }
    assert [problem["message"].split("(")[1] for problem in found] == [
        "le serveur répond 404)",
        "le serveur répond 410)",
    ]
    assert found[1]["hint"].endswith("https://archive.example/b")


def test_a_dead_account_is_to_be_given_up_in_people_yml_and_is_then_not_asked_for(
    run: Command, small: Path, web: str
) -> None:
    portrait = small / "portraits" / "ana.md"
    portrait.write_text(
        "---\nname: Ana\ndate: 2013-05-20\n---\n\n## Une question à moi ?\n\nOui.\n\n"
        f"## #FF Qui suivre ?\n\n- [Zoé]({web}/404/zoe) pour tout\n",
        encoding="utf-8",
    )

    def dead() -> list[str]:
        done = quiet(run("check", "--links", "--format", "json", no_proxy="127.0.0.1"))
        found = json.loads(done.stdout)
        return [problem["hint"] for problem in found if problem["code"] == "dead-link"]

    [hint] = dead()
    assert "people.yml" in hint
    (small / "people.yml").write_text(
        f"people:\n  - name: Zoé\n    accounts:\n      - account: {web}/404/zoe\n"
        "        until: 2020\n",
        encoding="utf-8",
    )
    assert dead() == []


def test_people_yml_names_portraits_that_exist_and_accounts_of_one_person(
    run: Command, small: Path
) -> None:
    for name in ("leo", "mia"):
        (small / "portraits" / f"{name}.md").write_text(
            f"---\nname: {name}\ndate: 2013-05-20\naccounts: {{twitter: {name}_ex}}\n---\n\n"
            "## Une question à moi ?\n\nOui.\n",
            encoding="utf-8",
        )
    (small / "people.yml").write_text(
        'people:\n  - name: Zoé\n    portrait: anna\n    accounts: ["@zoe"]\n'
        '  - name: Léo\n    accounts: ["@leo_ex", "@mia_ex"]\n',
        encoding="utf-8",
    )
    done = quiet(run("check", "--format", "json"))
    found = {
        problem["code"]: (problem["path"], problem["line"], problem["hint"])
        for problem in json.loads(done.stdout)
        if problem["path"] == "content/people.yml"
    }
    assert done.returncode == 1
    assert found == {
        "unknown-portrait": ("content/people.yml", 2, "vouliez-vous dire « portraits/ana.md » ?"),
        "several-people": ("content/people.yml", 5, "vérifiez à qui est chacun"),
    }


# -- what an editor is given


def test_a_new_portrait_is_a_draft_that_can_be_seen_at_once(run: Command, small: Path) -> None:
    done = quiet(run("new", "Noé", "Côté-Roy", "--now", "14 juillet 2012"))
    path = small / "portraits" / "noe-cote-roy.md"
    assert (done.returncode, path.is_file()) == (0, True), done.stderr
    text = path.read_text(encoding="utf-8")
    assert "name: Noé Côté-Roy\n" in text and "date: 2012-07-14" in text
    assert "## Comment as-tu commencé? {#debut}" in text
    done = quiet(run("check"))
    assert (done.returncode, done.stderr.splitlines()[-1][:16]) == (0, "4 portraits lus."), (
        done.stderr
    )


def test_nothing_is_overwritten_without_force(run: Command, small: Path, tmp_path: Path) -> None:
    reply = tmp_path / "Noé Roy.txt"
    reply.write_text("Comment as-tu commencé?\n\nPar hasard.\n", encoding="utf-8")
    for command, written in (
        (("new", "Léa Tremblay"), "content/portraits/lea-tremblay.md"),
        (("questionnaire", "Léa Tremblay"), "questionnaire-lea-tremblay.html"),
        (("proof", "Ana Côté"), "epreuve-ana.html"),
        (("import", str(reply)), "content/portraits/noe-roy.md"),
    ):
        assert quiet(run(*command)).returncode == 0
        path = tmp_path / written
        path.write_text("à moi", encoding="utf-8")
        refused = quiet(run(*command))
        assert (refused.returncode, path.read_text(encoding="utf-8")) == (1, "à moi"), command
        assert "--force" in refused.stderr
        assert quiet(run(*command, "--force")).returncode == 0
        assert path.read_text(encoding="utf-8") != "à moi"


def reply_to_proof(page: Path, *agreed: str) -> str:
    """The reply that agrees, as the script of a proof writes it."""
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    words = json.loads(soup.select_one("#proof-words").get_text())  # type: ignore[union-attr]
    said = {key: words[key] for key in ("portrait", "langue", "empreinte", "date", "jeton")}
    for field in soup.select("[data-answer]"):
        said[f"montre {field['data-answer']}"] = field["data-shown"]
    said |= {f"accord-{what}": "oui" for what in agreed}
    sections = "".join(f"@@ {key}\n{content}\n\n" for key, content in said.items())
    return f"{words['first']}\n\n{sections}@@ fin\n"


def test_a_site_that_asks_for_consent_publishes_what_people_agreed_to(
    run: Command, small: Path, settings: Path, tmp_path: Path
) -> None:
    with settings.open("a", encoding="utf-8") as file:
        file.write("PORTRAITS = {**PORTRAITS, 'consent': 'required'}\n")
    refused = quiet(run("build"))
    assert refused.returncode == 1
    assert "content/portraits/ana.md:1 : rien ne dit que la personne est d’accord" in refused.stderr
    assert "portraits proof ana" in refused.stderr
    assert not (tmp_path / "output").exists()
    for name in ("ana", "lea", "sam"):
        assert quiet(run("proof", name)).returncode == 0
        reply = tmp_path / f"{name}.txt"
        reply.write_text(
            reply_to_proof(tmp_path / f"epreuve-{name}.html", "texte", "photo"), encoding="utf-8"
        )
    replies = [str(tmp_path / f"{name}.txt") for name in ("ana", "lea", "sam")]
    done = quiet(run("import", *replies, "--now", DAY))
    assert done.returncode == 0, done.stderr
    built = quiet(run("build"))
    assert built.returncode == 0, built.stderr
    assert not [
        path
        for path in (tmp_path / "output").rglob("*")
        if path.is_file() and b"2026-01-15, of" in path.read_bytes()
    ]
    with (small / "portraits" / "ana.md").open("a", encoding="utf-8") as file:
        file.write("\nEncore un mot.\n")
    changed = quiet(run("build"))
    assert changed.returncode == 1
    assert "n’est plus celui que la personne a accepté le 2026-01-15" in changed.stderr
    assert quiet(run("check")).returncode == 1


def test_changes_of_a_reply_wait_where_nobody_can_be_asked(
    run: Command, small: Path, tmp_path: Path
) -> None:
    assert quiet(run("proof", "Ana Côté")).returncode == 0
    reply = reply_to_proof(tmp_path / "epreuve-ana.html").replace(
        "@@ fin", "@@ propose comment-as-tu-commence\nEn lisant.\n\n@@ fin"
    )
    (tmp_path / "reponse.txt").write_text(reply, encoding="utf-8")
    before = (small / "portraits" / "ana.md").read_bytes()
    done = quiet(run("import", "reponse.txt"))
    assert done.returncode == 1
    assert "attend dans ana.proof.txt" in done.stderr
    assert (small / "portraits" / "ana.md").read_bytes() == before
    assert quiet(run("check")).returncode == 0, "the file that waits is no stray text"
    forged = reply.replace("En lisant.", "En rêvant.").replace("@@ jeton\n", "@@ jeton\n0")
    (tmp_path / "reponse.txt").write_text(forged, encoding="utf-8")
    done = quiet(run("import", "reponse.txt"))
    assert done.returncode == 1
    assert "son jeton ne convient pas" in done.stderr


def test_the_questionnaire_is_a_page_and_an_e_mail(run: Command, tmp_path: Path) -> None:
    done = quiet(run("questionnaire", "Zoé Roy", "--text", "--questions", "conseil"))
    assert done.returncode == 0, done.stderr
    page, mail = (
        (tmp_path / f"questionnaire-zoe-roy.{kind}").read_text(encoding="utf-8")
        for kind in ("html", "txt")
    )
    for text in (page, mail):
        assert "Quel conseil donnes-tu" in text and "commencé" not in text
    done = quiet(run("questionnaire", "Zoé Roy", "--questions", "conseils"))
    assert done.returncode == 1
    assert "vouliez-vous dire « conseil »" in done.stderr


def test_a_questionnaire_in_english_can_be_put_anywhere(run: Command, tmp_path: Path) -> None:
    done = quiet(
        run("questionnaire", "Zoé", "--lang", "en", "--output", str(tmp_path / "q.html"), "--text")
    )
    assert done.returncode == 0, done.stderr
    assert "What is your advice?" in (tmp_path / "q.html").read_text(encoding="utf-8")
    assert "What is your advice?" in (tmp_path / "q.txt").read_text(encoding="utf-8")


def test_several_files_are_imported_at_once_options_before_or_after(
    run: Command, small: Path, tmp_path: Path
) -> None:
    (tmp_path / "Noé Roy.txt").write_text(
        "Comment as-tu commencé?\n\nPar hasard.\n", encoding="utf-8"
    )
    (tmp_path / "zoe.html").write_text(
        "<html lang=fr><title>Zoé Roy</title><h1>Zoé Roy</h1><h2>Quel conseil donnes-tu?</h2>"
        "<p>Dormir.</p></html>",
        encoding="utf-8",
    )
    done = quiet(run("import", "Noé Roy.txt", "--lang", "fr", "zoe.html", "--force"))
    assert done.returncode == 0, done.stderr
    assert {"noe-roy.md", "zoe-roy.md"} <= {path.name for path in (small / "portraits").iterdir()}
    assert done.stderr.splitlines()[-1] == "2 portraits importés, 0 source refusée."
    done = quiet(run("import", "absent.txt", "zoe.html", "--force"))
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        1,
        "1 portrait importé, 1 source refusée.",
    )


# -- stats


def test_the_figures_name_whom_several_recommend_and_nobody_has_interviewed(run: Command) -> None:
    done = quiet(run("stats", "--now", DAY))
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "Portraits : 3"
    assert lines[-1].strip() == (
        "@commun (Twitter, https://x.com/commun) — par Sam Roy et Léa Tremblay"
    )


def test_the_figures_as_json_are_those_of_the_day(run: Command) -> None:
    found = json.loads(quiet(run("stats", "--format", "json", "--now", "2012-12-31")).stdout)
    assert (found["portraits"], found["by_year"]) == (2, {"2011": 1, "2012": 1})
    assert [entry["label"] for entry in found["not_yet_interviewed"]] == ["@commun"]
    assert found["not_yet_interviewed"][0]["recommended_by"] == ["Sam Roy", "Léa Tremblay"]


def test_the_hours_to_come_are_written_once_and_said(
    run: Command, small: Path, tmp_path: Path
) -> None:
    change = 'date: "2099-12-01 06:05"'
    lea = small / "portraits" / "lea.md"
    lea.write_text(re.sub("(?m)^date:.*$", change, lea.read_text("utf-8")), "utf-8")
    said = "1er\u00a0décembre 2099 à 06:05 : cron « 5 11 1 12 * » (UTC)"
    done = quiet(run("schedule"))
    assert (done.returncode, said in done.stderr) == (0, True)
    assert "inscrivez ces heures vous-même" in done.stderr
    assert "rien ne publie" not in run("check").stderr
    workflow = tmp_path / ".github/workflows/publier.yml"
    workflow.parent.mkdir(parents=True)
    start = ROOT / "plugins/portraits/editor/start/github-publish.yml"
    shutil.copy(start, workflow)
    assert "rien ne publie le site le 2099-12-01 à 06:05" in run("check").stderr
    assert "publier.yml : écrit" in quiet(run("schedule")).stderr
    assert '- cron: "5 11 1 12 *" # 2099-12-01 06:05 America/Toronto' in workflow.read_text("utf-8")
    assert "publier.yml : à jour" in quiet(run("schedule")).stderr
    assert "rien ne publie" not in run("check").stderr


def test_no_workflow_is_written_through_a_link(run: Command, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere"
    target.mkdir()
    (target / "publier.yml").write_text("# portraits schedule\n- cron: 'x'\n")
    (tmp_path / ".github").mkdir()
    (tmp_path / ".github/workflows").symlink_to(target)
    done = quiet(run("schedule"))
    assert done.returncode == 1
    assert "c’est un lien symbolique" in done.stderr
    assert (target / "publier.yml").read_text() == "# portraits schedule\n- cron: 'x'\n"


@pytest.mark.parametrize("command", ["new", "import"])
def test_a_draft_is_dated_by_a_day_and_not_an_hour(
    run: Command, tmp_path: Path, command: str
) -> None:
    (tmp_path / "a.txt").write_text("Un texte.", encoding="utf-8")
    words = {"new": "Zoé", "import": "a.txt"}[command]
    done = quiet(run(command, words, "--now", "2026-12-01 06:00"))
    assert done.returncode == 1
    assert "--now : « 2026-12-01 06:00 » donne une heure — gardez le jour seul" in done.stderr


def test_a_series_with_mistakes_is_not_counted(run: Command, small: Path) -> None:
    (small / "portraits" / "ana.md").write_text("---\ntitre: Ana\n---\n", encoding="utf-8")
    done = quiet(run("stats"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "content/portraits/ana.md:2" in done.stderr


# -- schema


def test_what_text_editors_read_is_written_and_not_overwritten(
    program: Command, tmp_path: Path
) -> None:
    assert quiet(program("schema", "--output", str(tmp_path))).returncode == 0
    path = tmp_path / "docs" / "schemas" / "portrait.schema.json"
    kept = path.read_text(encoding="utf-8")
    path.write_text("{}", encoding="utf-8")
    done = quiet(program("schema", "--output", str(tmp_path)))
    assert (done.returncode, path.read_text(encoding="utf-8")) == (1, "{}")
    assert quiet(program("schema", "--output", str(tmp_path), "--force")).returncode == 0
    assert path.read_text(encoding="utf-8") == kept
