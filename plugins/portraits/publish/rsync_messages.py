"""What rsync and ssh complain of, said so that it can be mended.

The words are looked for in what they wrote (with ``LC_ALL=C``), first come first served:
rsync's exit status says in which step it failed, but hardly ever why.
"""

from __future__ import annotations

_WORDS = (
    ("No space left on device", "le disque du serveur est plein — faites-y de la place"),
    ("Disk quota exceeded", "le quota de disque est atteint sur le serveur"),
    ("Host key verification failed",
     "l’identité du serveur n’a pas pu être vérifiée — connectez-vous-y une fois avec ssh"),
    ("Permission denied (publickey",
     "le serveur refuse votre clé ssh — vérifiez le nom d’utilisateur et la clé"),
    ("Permission denied, please try again",
     "le serveur refuse votre mot de passe — vérifiez le nom d’utilisateur"),
    ("auth failed on module",
     "le serveur refuse le mot de passe — donnez-le dans RSYNC_PASSWORD"),
    ("Could not resolve hostname", "ce serveur n’existe pas — vérifiez son nom"),
    ("getaddrinfo", "ce serveur n’existe pas — vérifiez son nom"),
    ("Connection refused", "le serveur ne répond pas — vérifiez son nom et son port"),
    ("No route to host", "le serveur est hors d’atteinte — vérifiez la connexion"),
    ("Network is unreachable", "le réseau est hors d’atteinte — vérifiez la connexion"),
    ("timed out", "le serveur ne répond pas — vérifiez son nom et la connexion"),
    ("timeout", "le serveur ne répond plus — recommencez"),
    ("Unknown module", "le serveur n’a pas ce module — vérifiez l’adresse"),
    ("module is read only", "le serveur n’accepte pas d’écriture (« read only = yes »)"),
    ("configured to refuse", "le serveur interdit de supprimer (« refuse options »)"),
    ("could not make way",
     "un dossier du serveur porte le nom d’un fichier du site — retirez-le"),
    ("failed to exec ssh", "ssh n’est pas installé sur cette machine"),
    ("command not found", "rsync n’est pas installé sur le serveur"),
    ("Permission denied",
     "le serveur refuse d’y écrire — vérifiez à qui appartient le dossier"),
    ("Read-only file system", "le disque du serveur est en lecture seule"),
    ("change_dir", "ce dossier n’existe pas sur le serveur — créez-le"),
)


def explained(status: int, said: str) -> str:
    """What went wrong and what to do, from rsync's exit status and its standard error."""
    for words, meaning in _WORDS:
        if words in said:
            return meaning
    lines = [line for line in said.splitlines() if line.strip()]
    return f"rsync s’est arrêté ({lines[0] if lines else f'code {status}'})"
