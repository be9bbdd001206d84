"""The commands of the project: `uv run invoke --list`, `uv run invoke build --help`.

Each task is a thin door; the work is done by `plugins/portraits/cli.py`.
"""

import sys
from functools import partial
from pathlib import Path

from invoke import Context, Exit
from invoke import task as invoke_task

# Invoke lets no compiled module be kept: every command would compile the whole plugin anew.
sys.dont_write_bytecode = bool(sys.flags.dont_write_bytecode)
ROOT = Path(__file__).parent
sys.path[:0] = [str(ROOT / "plugins"), str(ROOT / "tools")]
from doors import Door  # noqa: E402 - found where the line above looks

task = partial(invoke_task, klass=Door)

SETTINGS = "pelicanconf.py"


def _ended(status: int) -> None:
    if status:
        raise Exit(code=status)


@task(help={
    "content": "dossier des textes (par défaut : celui des réglages)",
    "output": "dossier du site (par défaut : celui des réglages)",
    "settings": "fichier de réglages (pelicanconf.py, ou publishconf.py pour publier)",
    "now": "jour de la construction, par exemple 2011-08-01 (par défaut : aujourd’hui)",
    "processes": "nombre de processus (par défaut : un par cœur)",
})
def build(_: Context, content="", output="", settings=SETTINGS, now="", processes=0):
    """Construire le site; l’ancien reste en place si quelque chose ne va pas."""
    from portraits import cli

    _ended(cli.build(settings, content or None, output or None, now, processes=processes))


@task(help={
    "content": "dossier des textes (par défaut : celui des réglages)",
    "settings": "fichier de réglages",
    "format": "texte, json (pour un éditeur) ou github (annotations)",
    "liens": "vérifier aussi les liens externes (demande le réseau)",
})
def check(_: Context, content="", settings=SETTINGS, format="texte", liens=False):
    """Relire tous les portraits et dire ce qui ne va pas, fichier et ligne."""
    from portraits import cli

    _ended(cli.check(settings, content or None, format, liens))


@task(help={
    "content": "dossier des textes (par défaut : celui des réglages)",
    "settings": "fichier de réglages",
    "port": "port d’écoute (par défaut : 8000)",
    "brouillons": "montrer aussi les brouillons et les portraits à venir, avec un ruban",
})
def serve(_: Context, content="", settings=SETTINGS, port=8000, brouillons=True):
    """Servir le site sur cette machine; il se met à jour à chaque enregistrement."""
    from portraits import cli

    _ended(cli.serve(settings, content or None, port, brouillons))


_CONTENT = "dossier des textes (par défaut : celui des réglages)"
_LANG = "fr ou en (par défaut : la langue du site)"
_QUESTIONS = "identifiants des questions à poser, séparés par des virgules (par défaut : toutes)"
_FORCE = "remplacer les fichiers qui existent déjà"


@task(iterable=["name"], positional=[], help={
    "name": "nom de la personne, comme il doit paraître",
    "content": _CONTENT, "settings": "fichier de réglages", "lang": _LANG,
    "questions": _QUESTIONS, "force": _FORCE,
    "now": "date du portrait, par exemple 2011-08-01 (par défaut : aujourd’hui)",
})
def new(_: Context, name, content="", settings=SETTINGS, lang="", questions="", now="",
        force=False):
    """Préparer un portrait à remplir, en brouillon : invoke new "Léa Tremblay"."""
    from portraits import cli

    _ended(cli.new(settings, " ".join(name), content or None, lang, questions, now, force))


@task(iterable=["name"], positional=[], help={
    "name": "nom de la personne, comme il doit paraître",
    "content": _CONTENT, "settings": "fichier de réglages", "lang": _LANG,
    "questions": _QUESTIONS, "force": _FORCE,
    "output": "fichier à écrire (par défaut : questionnaire-prenom-nom.html, ici même)",
    "texte": "écrire aussi la version à coller dans un courriel (.txt)",
})
def questionnaire(_: Context, name, content="", settings=SETTINGS, output="", lang="",
                  questions="", texte=False, force=False):
    """Préparer le questionnaire à envoyer : invoke questionnaire "Léa Tremblay"."""
    from portraits import cli

    _ended(cli.questionnaire(settings, " ".join(name), content or None, output or None, lang,
                             questions, texte, force))


@task(name="import", iterable=["fichiers"], positional=[], help={
    "fichiers": "réponses, courriels, pages, billets ou exportations WordPress",
    "content": _CONTENT, "settings": "fichier de réglages", "force": _FORCE,
    "lang": "langue des textes qui ne disent pas la leur : fr ou en (par défaut : celle du site)",
    "tout": "prendre aussi les billets d’une exportation qui ne posent pas de question",
})
def import_(_: Context, fichiers, content="", settings=SETTINGS, lang="", tout=False,
            force=False):
    """Faire des portraits de ce qu’on a reçu : invoke import reponse.txt billet.html."""
    from portraits import cli

    _ended(cli.import_files(settings, fichiers, content or None, lang, tout, force))


@task(help={
    "content": _CONTENT, "settings": "fichier de réglages",
    "now": "jour pour lequel compter (par défaut : aujourd’hui)",
    "format": "texte ou json",
})
def stats(_: Context, content="", settings=SETTINGS, now="", format="texte"):
    """Donner la série en chiffres, et qui interviewer ensuite."""
    from portraits import cli

    _ended(cli.stats(settings, content or None, now, format))


@task(help={"output": "dossier du projet (par défaut : celui-ci)", "force": _FORCE})
def schema(_: Context, output="", force=False):
    """Écrire ce qu’un éditeur de texte lit du format (schémas JSON, bouts de texte)."""
    from portraits import cli

    _ended(cli.schema(output or None, force))


@task(help={"output": "dossier du site", "settings": "fichier de réglages"})
def rollback(_: Context, output="", settings=SETTINGS):
    """Remettre en place la version précédente du site."""
    from portraits import cli

    _ended(cli.roll_back(settings, output or None))


@task(help={
    "pour": "nginx, caddy, apache ou netlify",
    "content": "dossier des textes", "settings": "fichier de réglages",
})
def regles(_: Context, pour="", content="", settings="publishconf.py"):
    """Écrire les en-têtes et redirections du site pour un serveur : --pour nginx."""
    from portraits import cli

    _ended(cli.host_rules(settings, pour, content or None))


@task(help={"k": "seulement les tests dont le nom contient ceci"})
def test(context: Context, k=""):
    """Passer tous les tests."""
    from browser import ensure_browser
    from servers import ensure_servers

    ensure_browser()
    ensure_servers()
    chosen = f" -k {k!r}" if k else ""
    context.run(f"{sys.executable} -m pytest -n auto{chosen}", pty=sys.stdout.isatty())


@task(help={
    "vers": "nom de la cible, parmi celles du réglage PUBLISH (inutile s’il n’y en a qu’une)",
    "essai": "dire ce qui changerait, sans rien envoyer",
    "adopter": "remplacer les fichiers du même nom que d’autres ont mis dans la cible",
    "settings": "fichier de réglages",
    "now": "jour de la construction (par défaut : aujourd’hui)",
    "processes": "nombre de processus (par défaut : un par cœur)",
})
def publish(_: Context, vers="", essai=False, adopter=False, settings="publishconf.py", now="",
            processes=0):
    """Construire le site et l’envoyer là où on le lit; n’envoie que ce qui a changé."""
    from portraits import cli

    _ended(cli.publish(settings, vers, essai, adopter, now, processes))


@task(help={
    "sizes": "nombres de portraits, séparés par des virgules",
    "with_": "générateurs à mesurer à côté : pelican, hugo, eleventy",
    "write": "mettre les résultats dans docs/performance.md",
    "redraw": "refaire docs/performance.md d’après les derniers résultats gardés, sans mesurer",
})
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


@task(help={"output": "dossier des pages (par défaut : .cache/patterns)"})
def patterns(_: Context, output=".cache/patterns"):
    """Montrer tous les composants du thème, et un exemple de chaque sorte de page."""
    sys.path.insert(0, str(ROOT))
    from tests.unit.theme.samples import write

    folder = Path(output)
    write(folder)
    pages = len(list(folder.glob("*.html")))
    print(f"{pages} pages dans {folder}; les composants sont dans composants.html.\n"
          f"Pour les voir : python -m http.server --directory {folder} 8001, puis "
          "http://localhost:8001/composants.html")


@task(help={
    "target": "portrait, front-matter, body, typography ou importer",
    "seconds": "durée, en secondes",
})
def fuzz(_: Context, target="portrait", seconds=60):
    """Chercher par milliers d’essais un texte qui ferait tomber un lecteur (demande atheris)."""
    sys.path.insert(0, str(ROOT))
    from tests.fuzz.run import run

    _ended(run(target, int(seconds)))
