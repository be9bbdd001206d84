"""Who asked to be gone is gone: from the site, the caches and every release, and stays so."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from portraits import commands
from portraits.build.releases import opened, working_folder
from portraits.model.withdrawn import NAME

from tests.conftest import OWN_SETTINGS
from tests.fixtures.templates import share_templates
from tests.security.invariants import holding, malformed, tree
from tests.security.test_embargo import CANARY, PORTRAIT, put

pytestmark = pytest.mark.site

PERSON = "Zqnom 6"
"""What :func:`put` calls the person of ``publie.md``."""
ADDRESS, FORMER = "portraits/zqslug-6/", "zqancienne-6/"
CANARIES = {word.lower() for word in CANARY.findall(PORTRAIT)} - {"zqslug", "zqancienne"}
"""Everything that the person said, but the address that answers « retiré »."""
Say = Callable[[], str]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Say:
    return lambda: capsys.readouterr().err


def settings(folder: Path, *, pictures: bool = False, more: str = "") -> str:
    share_templates(folder / "cache")
    path = folder / "conf.py"
    path.write_text(
        f"{OWN_SETTINGS}PORTRAITS = {{**PORTRAITS, 'pictures': {pictures}}}\n"
        f"SITEURL = 'https://exemple.org'\nPATH = {str(folder / 'content')!r}\n"
        f"OUTPUT_PATH = {str(folder / 'out')!r}\nCACHE_PATH = {str(folder / 'cache')!r}\n{more}",
        encoding="utf-8",
    )
    return str(path)


def build(conf: str) -> int:
    return commands.build(conf, now="2026-01-15", processes=1)


def withdraw(conf: str, name: str = PERSON, *, delete: bool = False) -> int:
    return commands.withdraw(conf, name, now="2026-01-15", processes=1, delete=delete)


def edit(content: Path, name: str, old: str, new: str) -> None:
    path = content / "portraits" / f"{name}.md"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_nothing_of_the_person_is_left_in_output_caches_database_and_releases(
    small: Path, tmp_path: Path, said: Say
) -> None:
    conf, output = settings(tmp_path, pictures=True), tmp_path / "out"
    put(small, "publie", "date: 2012-01-01")
    edit(small, "sam", "\n## ", "\nJe salue [elle](publie.md).\n\n## ")
    assert build(conf) == 0, said()
    edit(small, "ana", "---\n\n", "---\n\nDeux mots de plus.\n\n")
    assert build(conf) == 0, said()
    cache = tmp_path / "cache"
    [database] = cache.glob("*.sqlite")
    shutil.copy(database, cache / "autre-0.sqlite")  # of another output folder
    shutil.copytree(output, cache / "preview")
    places = (output, cache, working_folder(output))
    assert all(holding(place, CANARIES) for place in places), "the canaries would be seen"
    before = {path.name for path in (tmp_path / "cache/images").iterdir()}
    assert withdraw(conf, delete=True) == 0, said()
    for place in (*places, small):
        assert holding(place, CANARIES) == {}, place
    assert malformed(output) == []
    page = (output / ADDRESS / "index.html").read_text("utf-8")
    assert page == (output / FORMER / "index.html").read_text("utf-8").replace(FORMER, ADDRESS)
    assert "<h1" in page and "Page retirée" in page
    assert '<meta name="robots" content="noindex">' in page
    for name in ("sitemap.xml", "atom.xml", "_redirects"):
        assert "zqslug" not in (output / name).read_text("utf-8"), name
    assert "<p>Je salue elle.</p>" in (output / "portraits/sam/index.html").read_text("utf-8")
    # A machine that never knew the person makes the same site, and keeps the same pictures.
    other = tmp_path / "other"
    shutil.copytree(small, other / "content")
    assert build(settings(other, pictures=True)) == 0, said()
    assert tree(other / "out") == tree(output)
    kept = {path.name for path in (tmp_path / "cache/images").iterdir()}
    assert kept == {path.name for path in (other / "cache/images").iterdir()} < before


def test_the_list_names_nobody_and_keeps_the_text_off_while_it_is_still_there(
    small: Path, tmp_path: Path, said: Say
) -> None:
    conf = settings(tmp_path)
    put(small, "publie", "date: 2012-01-01")
    assert build(conf) == 0, said()
    assert withdraw(conf, "publie.md") == 1
    assert "aucun portrait de « publie.md »" in said()
    assert withdraw(conf, "content/portraits/publie.md") == 1 or True
    said()
    if not (small / NAME).exists():
        assert withdraw(conf) == 0
    assert not CANARIES & set(re.findall("zq[a-z]+", (small / NAME).read_text("utf-8").lower()))
    for _ in range(2):
        assert build(conf) == 0
        assert "portraits/publie.md : ce texte est retiré du site et n’est plus lu" in said()
        assert holding(tmp_path / "out", CANARIES) == {}
    assert withdraw(conf, "zqslug 6") == 1
    assert "« zqslug 6 » est déjà retiré" in said()


def test_no_roll_back_brings_the_person_back(small: Path, tmp_path: Path, said: Say) -> None:
    conf, output = settings(tmp_path), tmp_path / "out"
    put(small, "publie", "date: 2012-01-01")
    assert build(conf) == 0, said()
    edit(small, "ana", "---\n\n", "---\n\nDeux mots de plus.\n\n")
    assert build(conf) == 0, said()
    aside = tmp_path / "aside"  # a release from before, as another machine may keep it
    shutil.copytree(output, aside)
    assert withdraw(conf) == 0, said()
    assert commands.roll_back(conf) == 1
    assert "aucune version antérieure n’est gardée" in said()
    shutil.copytree(aside, working_folder(output) / "trees" / "9")
    assert commands.roll_back(conf) == 1
    assert "la version 2 date d’avant un retrait" in said()
    assert holding(output, CANARIES) == {}
    edit(small, "ana", "Deux mots", "Trois mots")
    assert build(conf) == 0, said()
    assert commands.roll_back(conf) == 0, "what is the same for everybody may still be taken back"
    assert holding(output, CANARIES) == {}


def test_another_output_that_still_shows_the_person_is_told_and_keeps_no_release(
    small: Path, tmp_path: Path, said: Say
) -> None:
    conf, other = settings(tmp_path), tmp_path / "autre"
    put(small, "publie", "date: 2012-01-01")
    for text in ("Deux", "Trois"):
        edit(small, "ana", "---\n\n", f"---\n\n{text} mots.\n\n")
        assert commands.build(conf, output=str(other), now="2026-01-15", processes=1) == 0
    assert withdraw(conf) == 0
    assert f"{other} montre encore la personne" in said()
    with opened(other) as releases, pytest.raises(Exception, match="aucune version"):
        releases.previous()
    assert commands.build(conf, output=str(other), now="2026-01-15", processes=1) == 0
    assert holding(other, CANARIES) == {}


def test_links_and_recommendations_of_others_become_words_and_are_listed(
    small: Path, tmp_path: Path, said: Say
) -> None:
    conf, output = settings(tmp_path), tmp_path / "out"
    put(small, "publie", "date: 2012-01-01")
    edit(small, "lea", "Qui suivre ?\n\n", "Qui suivre ?\n\n- @zqcompte_6 : elle lit\n")
    edit(
        small,
        "lea",
        "\n## Quel conseil",
        "\nVoyez @zqcompte_6 et\n[elle](publie.md).\n\n## Quel conseil",
    )
    (small / "pages/a-propos.md").write_text(
        "title: À propos\n\n[Elle](../portraits/zqslug-6/), [avant](/zqancienne-6/).\n", "utf-8"
    )
    assert build(conf) == 0, said()
    directory = "\n".join(
        path.read_text("utf-8") for path in (output / "recommandations").rglob("*.html")
    )
    assert "zqcompte_6" in directory
    text = (small / "portraits/lea.md").read_text("utf-8")
    assert withdraw(conf) == 0
    told = said()
    assert (small / "portraits/lea.md").read_text("utf-8") == text
    for line in (
        text[: text.index(what)].count("\n") + 1 for what in ("### Et avant", "[elle]", "- @zq")
    ):
        assert re.search(rf"portraits/lea\.md:{line} : .*personne retirée du site", told), line
    assert "pages/a-propos.md:3 : le lien mène à une personne retirée du site" in told
    page = (output / "portraits/lea/index.html").read_text("utf-8")
    assert "Voyez @zqcompte_6 et\nelle." in page
    assert "<p>@zqcompte_6 elle lit</p>" in page
    assert 'zqcompte_6"' not in page, "no link"
    about = (output / "a-propos/index.html").read_text("utf-8")
    assert "<p>Elle, avant.</p>" in about
    for name in ("recommandations", "api/recommandations.json", "chiffres", "sitemap.xml"):
        place = output / name
        found = holding(place, ["zqcompte_6"]) if place.is_dir() else place.read_text("utf-8")
        assert "zqcompte_6" not in str(found), name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("slug: zqslug-6", "l’adresse « /portraits/zqslug-6/ » est celle d’une personne retirée"),
        ("aliases: [/zqancienne-6]", "l’adresse « /zqancienne-6/ » est celle d’une personne"),
        ("accounts: {twitter: ZQcompte_6}", "ce compte est celui d’une personne retirée"),
        ("accounts: {web: 'https://zqsite-6.example'}", "ce compte est celui d’une personne"),
    ],
)
def test_nobody_puts_the_person_back_under_another_name(
    small: Path, tmp_path: Path, said: Say, text: str, code: str
) -> None:
    conf = settings(tmp_path)
    put(small, "publie", "date: 2012-01-01")
    assert withdraw(conf, delete=True) == 0, said()
    before = tree(tmp_path / "out")
    (small / "portraits/autre.md").write_text(
        f"---\nname: Autre\ndate: 2012-01-01\n{text}\n---\n\n## Qui ?\n\nMoi.\n", "utf-8"
    )
    assert build(conf) == 1
    told = said()
    assert code in told and "si elle revient" in told
    assert tree(tmp_path / "out") == before


def test_what_people_yml_knows_of_the_person_goes_with_them(
    small: Path, tmp_path: Path, said: Say
) -> None:
    conf, output = settings(tmp_path), tmp_path / "out"
    put(small, "publie", "date: 2012-01-01")
    (small / "people.yml").write_text(
        f"people:\n  - name: {PERSON}\n    accounts:\n      - '@ZQcompte_6'\n"
        "      - account: '@zq_avant'\n        until: 2015\n",
        encoding="utf-8",
    )
    edit(small, "sam", "- @commun", "- @zq_avant pour tout\n- @commun")
    assert build(conf) == 0, said()
    assert "zq_avant" in (output / "recommandations/index.html").read_text("utf-8")
    assert withdraw(conf, delete=True) == 0
    told = said()
    assert "content/people.yml:2" in told, "withdrawn-person"
    assert "son entrée n’est plus lue" in told
    assert holding(output, {"zqnom", "zqcompte"}) == {}
    for page in ("recommandations/index.html", "recommandations/recommandations.txt"):
        assert "zq_avant" not in (output / page).read_text("utf-8")


def test_a_list_that_cannot_be_read_stops_every_build(
    small: Path, tmp_path: Path, said: Say
) -> None:
    conf = settings(tmp_path)
    for text in (
        "[[withdrawn]\n",
        "withdrawn = 3\n",
        "[[withdrawn]]\ndate = 2026-01-01\nsources = ['a.md']\n",
        "[[withdrawn]]\ndate = 2026-01-01\nsources = ['a.md']\naddresses = ['../x/']\n",
        "[[withdrawn]]\ndate = 2026-01-01\nsources = ['a.md']\naddresses = ['a/%2e%2e/b/']\n",
        "[[withdrawn]]\ndate = 'hier'\nsources = ['a.md']\naddresses = ['a/']\n",
        "[[withdrawn]]\ndate = 2026-01-01\nsources = ['a.md']\naddresses = ['a/']\nname = 'x'\n",
        "[[withdrawn]]\ndate = 2026-01-01\nsources = ['a.md']\naddresses = ['a/']\n"
        "accounts = ['x']\n",
    ):
        (small / NAME).write_text(text)
        assert build(conf) == 1, text
        assert f"content/{NAME} : " in said(), text
    (small / NAME).unlink()
    (small / NAME).symlink_to(tmp_path / "ailleurs")
    assert build(conf) == 1
    assert not (tmp_path / "out").exists()


TARGETS = """PUBLISH = {
    "pages": {"type": "git"},
    "seau": {"type": "s3", "bucket": "portraits"},
    "serveur": {"type": "rsync", "to": "lea@exemple.org:/srv/"},
    "dossier": {"type": "folder", "path": %r},
}
"""


def test_what_each_target_keeps_is_said_with_what_to_do(
    small: Path, tmp_path: Path, said: Say
) -> None:
    conf = settings(tmp_path, more=TARGETS % str(tmp_path / "www"))
    put(small, "publie", "date: 2012-01-01")
    edit(small, "ana", "\n## ", "\nComme le dit Zqnom 6.\n\n## ")
    assert withdraw(conf) == 0
    told = said()
    for line in (
        f"  /{ADDRESS}",
        f"  /{FORMER}",
        "content/portraits/publie.md",
        "content/portraits/zqphoto-6.jpg",
        "« pages » (la branche gh-pages de origin) ne change qu’à la publication, et garde "
        "les publications d’avant, dans l’historique de la branche — "
        "« portraits publish --forget » n’en laisse qu’une",
        "aws s3api list-object-versions --bucket portraits",
        "Un cache devant le site (CDN) peut servir encore ces adresses",
    ):
        assert line in told, line
    number = (small / "portraits/ana.md").read_text("utf-8").split("Comme le dit")[0].count("\n")
    assert f"content/portraits/ana.md:{number + 1}" in told


def test_a_site_from_before_a_withdrawal_is_not_sent_as_it_stands(
    small: Path, tmp_path: Path, said: Say
) -> None:
    www = tmp_path / "www"
    conf = settings(tmp_path, more=TARGETS % str(www))
    put(small, "publie", "date: 2012-01-01")
    assert build(conf) == 0, said()
    (small / NAME).write_text(
        f"[[withdrawn]]\ndate = 2026-01-02\nsources = ['portraits/publie.md']\n"
        f"addresses = ['{ADDRESS}']\n"
    )
    assert commands.publish(conf, "dossier", anew=False) == 1
    assert "la personne y est encore — relancez sans --no-build" in said()
    assert not www.exists()
    assert commands.publish(conf, "dossier", now="2026-01-15", processes=1) == 0, said()
    assert holding(www, CANARIES) == {}


def test_a_fault_of_somebody_else_s_text_leaves_a_withdrawal_noted(
    small: Path, tmp_path: Path, said: Say
) -> None:
    conf, output = settings(tmp_path), tmp_path / "out"
    put(small, "publie", "date: 2012-01-01")
    assert build(conf) == 0, said()
    edit(small, "ana", "name:", "nom:")
    assert withdraw(conf) == 1
    told = said()
    assert "Le retrait est noté : la prochaine construction réussie l’appliquera." in told
    assert "Le site en place montre encore la personne." in told
    assert holding(output, CANARIES)
    assert holding(tmp_path / "cache", CANARIES) == {}
    edit(small, "ana", "nom:", "name:")
    assert build(conf) == 0, said()
    for place in (output, working_folder(output), tmp_path / "cache"):
        assert holding(place, CANARIES) == {}
