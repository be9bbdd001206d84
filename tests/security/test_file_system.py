"""Rule 5: regular files inside the content folder, and nothing else; nothing outside the output."""

from __future__ import annotations

import datetime as dt
import os
import pwd
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager
from pathlib import Path

import pytest
from portraits.build.site import SiteBuild
from portraits.checks.output_paths import misplaced
from portraits.options import BuildOptions
from portraits.settings import Settings
from portraits.support.content_folder import portraits_among, scan
from portraits.support.problems import Severity

from tests.conftest import ROOT, Command
from tests.security.corpus import GOOD
from tests.security.invariants import holding, tree

TREASURE = "TRÉSOR-CACHÉ-8472"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file outside the content folder that nobody may publish."""
    path = tmp_path / "secret.md"
    path.write_text(GOOD.replace("Parce que", TREASURE), "utf-8")
    return path


def found_in(content: Path) -> tuple[list[str], list[str]]:
    """Names of the portraits that would be read, and all problems."""
    found, problems = scan(content, "portraits", "content")
    portraits, others = portraits_among(found, "content")
    return [file.source for file in portraits], [str(problem) for problem in problems + others]


def _device(path: Path) -> None:
    if os.geteuid() == 0:
        os.mknod(path, 0o600 | 0o020000, os.makedev(1, 5))  # /dev/zero: it never ends
    else:
        path.symlink_to("/dev/zero")


def _socket(path: Path) -> None:
    import socket

    # The name alone: the address of a socket holds about a hundred bytes, a folder of pytest more.
    with chdir(path.parent), socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path.name)


THINGS: dict[str, tuple[Callable[[Path, Path], object], str]] = {
    "lien.md": (lambda path, secret: path.symlink_to(secret), "lien symbolique"),
    "perdu.md": (lambda path, secret: path.symlink_to("nulle-part"), "lien symbolique"),
    "boucle.md": (lambda path, secret: path.symlink_to(path), "lien symbolique"),
    "dossier-lie": (lambda path, secret: path.symlink_to(secret.parent), "lien symbolique"),
    "tube.md": (lambda path, secret: os.mkfifo(path), "FIFO"),
    "appareil.md": (lambda path, secret: _device(path), ""),
    "prise.md": (lambda path, secret: _socket(path), "fichier spécial"),
    "portrait.MD": (lambda path, secret: path.write_text(GOOD, "utf-8"), "ne serait pas publié"),
    "portrait.rst": (lambda path, secret: path.write_text(GOOD, "utf-8"), "ne serait pas publié"),
    "portrait.html": (lambda path, secret: path.write_text("<p>", "utf-8"), "ne serait pas publié"),
    "portrait.txt": (lambda path, secret: path.write_text(GOOD, "utf-8"), "ne serait pas publié"),
    "portrait": (lambda path, secret: path.write_text(GOOD, "utf-8"), "ne serait pas publié"),
    "logo.svg": (lambda path, secret: path.write_text("<svg/>", "utf-8"), "ne serait pas publié"),
    "Majuscule.md": (lambda path, secret: path.write_text(GOOD, "utf-8"), "renommez-le"),
    "léa.md": (lambda path, secret: path.write_text(GOOD, "utf-8"), "renommez-le"),
    "le\u0301a.md": (lambda path, secret: path.write_text(GOOD, "utf-8"), "renommez-le"),
    "-rf.md": (lambda path, secret: path.write_text(GOOD, "utf-8"), "renommez-le"),
    "a b.md": (lambda path, secret: path.write_text(GOOD, "utf-8"), "renommez-le"),
    "a:b,c.md": (lambda path, secret: path.write_text(GOOD, "utf-8"), "renommez-le"),
    "a\nb.md": (lambda path, secret: path.write_text(GOOD, "utf-8"), "renommez-le"),
    "a\x1b[2Jb.md": (lambda path, secret: path.write_text(GOOD, "utf-8"), "renommez-le"),
    '"><script>.md': (lambda path, secret: path.write_text(GOOD, "utf-8"), "renommez-le"),
    "%2e%2e.md": (lambda path, secret: path.write_text(GOOD, "utf-8"), "renommez-le"),
    "\udcff.md": (lambda path, secret: path.write_text(GOOD, "utf-8"), "UTF-8"),
    "a\u202eb.md": (lambda path, secret: path.write_text(GOOD, "utf-8"), "UTF-8"),
}


@pytest.mark.site
def test_whatever_is_no_portrait_is_named_and_never_opened(
    small: Path, build: Command, tmp_path: Path, secret: Path
) -> None:
    output = tmp_path / "out"
    assert build(small, output).returncode == 0
    before = tree(output)
    for name, (make, _) in THINGS.items():
        make(small / "portraits" / name, secret)
    done = build(small, output)  # a pipe that is opened would never end
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    lines = done.stderr.splitlines()
    for name, (_, said) in THINGS.items():
        shown = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        shown = shown.replace("\n", "\\n").replace("\x1b", "\\x1b").replace("\u202e", "\\u202e")
        shown = shown.replace("\\xff", "\\udcff")
        assert any(f"/{shown} :" in line and said in line for line in lines), (name, shown)
    assert TREASURE not in done.stderr
    assert "\x1b" not in done.stderr
    assert tree(output) == before


def test_files_of_editors_and_kept_back_by_their_name_are_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "portraits"
    (folder / "_brouillons").mkdir(parents=True)
    for name in (
        ".lea.md.swp",
        "_lea.md",
        "lea.md~",
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
        "~$lea.docx",
        ".~lock.lea.odt#",
        "._lea.md",
        ".#lea.md",
        "#lea.md#",
        "_brouillons/x.md",
        "lea.jpg",
        "lea.import.txt",
        "lea.comments.json",
        "lea.md",
    ):
        (folder / name).write_text(GOOD, "utf-8")
    assert found_in(tmp_path) == (["portraits/lea.md"], [])


def test_a_file_that_nobody_takes_for_a_portrait_is_only_a_warning(tmp_path: Path) -> None:
    (tmp_path / "portraits").mkdir()
    (tmp_path / "portraits" / "lea.psd").write_bytes(b"8BPS")
    found, _ = scan(tmp_path, "portraits", "content")
    _, problems = portraits_among(found, "content")
    assert [problem.severity for problem in problems] == [Severity.WARNING]


def test_a_folder_of_portraits_that_is_a_link_is_not_entered(tmp_path: Path) -> None:
    (tmp_path / "ailleurs").mkdir()
    (tmp_path / "ailleurs" / "x.md").write_text(GOOD, "utf-8")
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "portraits").symlink_to(tmp_path / "ailleurs")
    read, problems = found_in(tmp_path / "content")
    assert read == []
    assert "lien symbolique" in problems[0]


def test_ten_thousand_files_in_one_folder_are_only_many(tmp_path: Path) -> None:
    (tmp_path / "portraits").mkdir()
    for number in range(10_000):
        (tmp_path / "portraits" / f"p{number}.md").touch()
    assert len(found_in(tmp_path)[0]) == 10_000


def test_folders_inside_one_another_end_somewhere(tmp_path: Path) -> None:
    deep = tmp_path / "portraits"
    for _ in range(60):
        deep /= "d" * 20
    deep.mkdir(parents=True)
    (deep / "x.md").write_text(GOOD, "utf-8")
    assert len(found_in(tmp_path)[0]) == 1


@pytest.mark.site
def test_links_pipes_and_folders_around_the_portraits_are_not_followed(
    small: Path, build: Command, tmp_path: Path, secret: Path
) -> None:
    (small / "questionnaire.yml").unlink()
    os.mkfifo(small / "questionnaire.yml")
    os.mkfifo(small / "pages" / "tube.md")
    (small / "pages" / "lien.md").symlink_to(secret)
    (small / "pages" / "page.rst").write_text("x", "utf-8")
    (small / "pages" / "page.html").write_text("x", "utf-8")
    done = build(small, tmp_path / "out")
    assert done.returncode == 1
    for name in (
        "questionnaire.yml",
        "pages/tube.md",
        "pages/lien.md",
        "pages/page.rst",
        "pages/page.html",
    ):
        assert f"{name} :" in done.stderr, done.stderr
    assert not (tmp_path / "out").exists()


PAGES = {
    "ailleurs.md": ("title: x\nsave_as: ../x.html\n\nx\n", 2, "save_as"),
    "adresse.md": ("title: x\nurl: ../x\n\nx\n", 2, "url"),
    "gabarit.md": ("title: x\ntemplate: base\n\nx\n", 2, "template"),
    "brouillon.md": ("title: x\nstaus: draft\n\nx\n", 2, "vouliez-vous dire « status »"),
    "etat.md": ("title: x\nstatus: brouillon\n\nx\n", 2, "n’est pas un état"),
    "accent.md": ("title: x\nrésumé: y\nstatus: draft\n\nx\n", 2, "n’est ni une clé"),
    "monte.md": ("title: x\nslug: ../../x\n\nx\n", 2, "ne peut pas servir d’adresse"),
    "prise.md": ("title: x\nslug: portraits\n\nx\n", 2, "appartient à une page"),
    "double.md": ("title: x\nslug: a-propos\n\nx\n", 2, "est déjà celle de"),
    "copie.md": ("title: x\n\n[x]({attach}../../secret.md)\n", 3, "copierait un fichier"),
    "statique.md": ("title: x\n\n[x]({static}/../secret.md)\n", 3, "copierait un fichier"),
    "repetee.md": ("title: x\ntitle: y\n\nx\n", 2, "est déjà à la ligne 1"),
    "sans-titre.md": ("slug: sans-titre\n\nx\n", 1, "il manque la clé « title »"),
    "lourde.md": ("title: x\n\n" + "> " * 60 + "x\n", 3, "60 niveaux"),
}


@pytest.mark.site
def test_pages_are_held_to_the_same_rules_and_copy_nothing(
    small: Path, build: Command, tmp_path: Path, secret: Path
) -> None:
    output = tmp_path / "out"
    assert build(small, output).returncode == 0
    before, around = tree(output), set(tmp_path.iterdir())
    for name, (text, _, _) in PAGES.items():
        (small / "pages" / name).write_text(text, "utf-8")
    done = build(small, output)
    assert done.returncode == 1
    for name, (_, line, said) in PAGES.items():
        place = f"pages/{name}:{line} :"
        assert any(place in found and said in found for found in done.stderr.splitlines()), name
    assert tree(output) == before
    assert set(tmp_path.iterdir()) == around
    assert holding(output, [TREASURE]) == {}


@pytest.mark.site
def test_a_page_that_is_a_draft_reaches_no_byte(
    small: Path, build: Command, tmp_path: Path
) -> None:
    (small / "pages" / "plus-tard.md").write_text(
        "title: CANARIPAGE\nstatus: draft\n\nCANARIPAGE\n", "utf-8"
    )
    done = build(small, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert holding(tmp_path / "out", ["CANARIPAGE", "plus-tard"]) == {}


@pytest.mark.site
def test_photos_outside_the_content_folder_are_not_published(
    small: Path, program: Command, tmp_path: Path, settings: Path
) -> None:
    from PIL import Image

    outside = tmp_path / "ailleurs"
    outside.mkdir()
    Image.new("RGB", (64, 64), "red").save(outside / "x.jpg")
    (small / "images").symlink_to(outside)
    (small / "portraits" / "lien.jpg").symlink_to(outside / "x.jpg")
    os.mkfifo(small / "portraits" / "tube.jpg")
    (small / "portraits" / "dossier.jpg").mkdir()
    for name, file in (
        ("a", "images/x.jpg"),
        ("b", "lien.jpg"),
        ("c", "tube.jpg"),
        ("d", "dossier.jpg"),
        ("e", "rien.jpg"),
    ):
        (small / "portraits" / f"{name}.md").write_text(
            GOOD.replace("---\n##", f"photo: {{file: {file}, alt: x}}\n---\n##"), "utf-8"
        )
    done = program(
        "build",
        "--settings",
        str(settings),
        "--content",
        str(small),
        "--output",
        str(tmp_path / "out"),
        "--now",
        "2026-01-15",
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    for name in "abcde":
        assert f"portraits/{name}.md:4 :" in done.stderr, done.stderr


COLLISIONS = {
    "casse": ("slug: lea-2", "aliases: [/Portraits/LEA-2/]", "est l’adresse de"),
    "adresse": ("slug: meme", "slug: meme", "est déjà celle de"),
    "ancienne": ("aliases: [/vieux/]", "aliases: [/VIEUX]", "est aussi une ancienne adresse"),
    "compose": (
        "aliases: [/caf\u00e9/]",
        "aliases: ['/cafe\u0301/']",
        "est aussi une ancienne adresse",
    ),
    "encode": ("aliases: [/caf%C3%A9/]", "aliases: ['/café/']", "est aussi une ancienne adresse"),
    "accueil": ("slug: accueil-1", "aliases: [/index.html]", "appartient à une page"),
    "theme": ("slug: theme-1", "aliases: [/theme/x.html]", "appartient à une page"),
    "page": ("slug: page-1", "aliases: [/a-propos/]", "est l’adresse de"),
    "dossier": ("slug: dossier-1", "aliases: [/a-propos/index.html/x/]", "dans une page"),
    "sous": ("aliases: [/vieux.html]", "aliases: [/vieux.html/x/]", "dans une page"),
}


@pytest.mark.site
def test_two_things_at_one_address_are_found_before_anything_is_written(
    small: Path, build: Command, tmp_path: Path
) -> None:
    for name, (first, second, _) in COLLISIONS.items():
        for suffix, key in (("a", first), ("b", second)):
            (small / "portraits" / f"{name}-{suffix}.md").write_text(
                GOOD.replace("---\n##", f"{key}\n---\n##"), "utf-8"
            )
    done = build(small, tmp_path / "out")
    assert done.returncode == 1
    for name, (_, _, said) in COLLISIONS.items():
        place = f"portraits/{name}-b.md:4 :"
        assert any(place in line and said in line for line in done.stderr.splitlines()), (
            name,
            done.stderr,
        )
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "paths, said",
    [
        (["../x"], "pas une adresse"),
        (["a/../../x"], "pas une adresse"),
        (["/etc/x"], "pas une"),
        (["a//x"], "pas une adresse"),
        (["./x"], "pas une adresse"),
        (["a\\..\\x"], "pas une adresse"),
        (["a\nb"], "pas une adresse"),
        ([""], "pas une adresse"),
        (["é" * 128], "pas une adresse"),
        ([".portraits-release"], "pas une adresse"),
        (["A/x", "a/x"], "se confond"),
        (["caf\u00e9", "cafe\u0301"], "se confond"),
        (["a", "a/b/c"], "aussi un dossier"),
    ],
)
def test_the_net_under_all_addresses(paths: list[str], said: str) -> None:
    assert said in misplaced(paths)[0]


def test_addresses_that_are_in_order_pass_the_net() -> None:
    assert misplaced(["index.html", "a/index.html", "a.html", ".nojekyll", ".htaccess", "é"]) == []
    assert misplaced(["a"], twice=["a"]) == ["a : deux pages différentes à cette adresse"]


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users of this machine may enter, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="portraits-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def problems_of(content: Path, cache: Path) -> str:
    """What a build would say is wrong with a content folder."""
    options = BuildOptions(
        root=content.parent,
        content=content,
        output=content.parent / "out",
        theme=ROOT / "theme",
        cache=cache,
        settings=Settings(pictures=False),
        now=dt.datetime(2026, 1, 15, tzinfo=dt.UTC),
    )
    with SiteBuild(options) as site:
        return "\n".join(map(str, site.examine()))


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without the rights of root, for whom nothing is closed."""
    if os.geteuid():
        yield
        return
    os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        yield
    finally:
        os.seteuid(0)


def test_what_may_not_be_read_is_named_beside_all_other_problems(open_folder: Path) -> None:
    content = open_folder / "content"
    shutil.copytree(ROOT / "tests" / "cases" / "small-site", content)
    (content / "portraits" / "ferme.md").write_text(GOOD, "utf-8")
    (content / "portraits" / "dossier").mkdir()
    (content / "portraits" / "faux.md").write_text("rien", "utf-8")
    caches = [open_folder / name for name in ("cache", "cache-of-nobody")]
    for cache in caches:
        cache.mkdir()
        cache.chmod(0o777)
    problems_of(content, caches[0])  # as root: whatever is imported late is imported now
    (content / "portraits" / "ferme.md").chmod(0)
    (content / "portraits" / "dossier").chmod(0)
    with as_nobody():
        said = problems_of(content, caches[1])
    (content / "portraits" / "dossier").chmod(0o755)
    assert "content/portraits/ferme.md : ne se laisse pas lire" in said
    assert "content/portraits/dossier : ne se laisse pas lire" in said
    assert "content/portraits/faux.md:1 :" in said


@pytest.mark.site
@pytest.mark.parametrize("output", ["content/portraits", "content", ".", "content/portraits/site"])
def test_an_output_folder_over_the_sources_is_refused(
    small: Path, build: Command, tmp_path: Path, output: str
) -> None:
    before = tree(small)
    done = build(small, tmp_path / output)
    assert done.returncode == 1
    assert "se recouvrent" in done.stderr
    assert tree(small) == before


@pytest.mark.site
def test_a_folder_with_other_peoples_files_is_not_touched(
    small: Path, build: Command, tmp_path: Path
) -> None:
    output = tmp_path / "documents"
    output.mkdir()
    (output / "roman.txt").write_text("Il était une fois", "utf-8")
    done = build(small, output)
    assert done.returncode == 1
    assert "rien n’y est touché" in done.stderr
    assert [path.name for path in output.iterdir()] == ["roman.txt"]


@pytest.mark.site
def test_a_working_folder_without_our_marker_is_not_touched(
    small: Path, build: Command, tmp_path: Path
) -> None:
    (tmp_path / ".out.portraits").mkdir()
    (tmp_path / ".out.portraits" / "roman.txt").write_text("Il était une fois", "utf-8")
    done = build(small, tmp_path / "out")
    assert done.returncode == 1
    assert "n’est pas à nous" in done.stderr
    assert [path.name for path in (tmp_path / ".out.portraits").iterdir()] == ["roman.txt"]


@pytest.mark.site
def test_what_programs_leave_behind_among_the_pages_is_not_published(
    small: Path, build: Command, tmp_path: Path
) -> None:
    pages = small / "pages"
    (pages / "_plus-tard").mkdir()
    for name in ("_x.md", "._x.md", "#x.md#", "x.md~", "~$x.md", "Thumbs.db", "_plus-tard/x.md"):
        (pages / name).write_text(f"title: {TREASURE}\n\n{TREASURE}\n", "utf-8")
    (pages / ".#x.md").symlink_to("lea@machine.1234:1")
    done = build(small, tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert not any(
        TREASURE.encode() in path.read_bytes()
        for path in (tmp_path / "out").rglob("*")
        if path.is_file()
    )
