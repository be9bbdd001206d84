"""What git complains of when it fetches and pushes, said so that it can be mended.

The words are looked for in what it wrote (with ``LC_ALL=C``), first come first served.
"""

from __future__ import annotations

_WORDS = (
    ("not a git repository", "ce dossier n’est pas un dépôt git — lancez-y git init"),
    ("(fetch first)", "une autre publication vient de passer — recommencez"),
    ("(non-fast-forward)", "une autre publication vient de passer — recommencez"),
    ("protected branch", "la branche est protégée — permettez d’y pousser"),
    ("pre-receive hook declined", "le dépôt refuse ce qui lui est envoyé"),
    ("No space left on device", "le disque est plein — faites-y de la place"),
    ("Permission denied (publickey",
     "le serveur refuse votre clé ssh — vérifiez que vous avez accès au dépôt"),
    ("Authentication failed", "le serveur refuse le mot de passe ou le jeton"),
    ("could not read Username", "le serveur demande un nom et un mot de passe — configurez git"),
    ("error: 403", "vous n’avez pas le droit d’écrire dans ce dépôt"),
    ("Could not resolve host", "le serveur est hors d’atteinte — vérifiez la connexion"),
    ("Connection refused", "le serveur ne répond pas — vérifiez son adresse"),
    ("Failed to connect", "le serveur ne répond pas — vérifiez son adresse"),
    ("timed out", "le serveur ne répond pas — vérifiez la connexion"),
    ("insufficient permission", "vous n’avez pas le droit d’écrire dans ce dépôt"),
    ("Permission denied", "vous n’avez pas le droit d’écrire dans ce dépôt"),
    ("does not appear to be a git repository", "il n’y a pas de dépôt git à cette adresse"),
    ("not found", "il n’y a pas de dépôt git à cette adresse"),
)


def explained(remote: str, said: str) -> str:
    """What went wrong and what to do, from git's standard error."""
    for words, meaning in _WORDS:
        if words in said:
            return f"{remote} : {meaning}"
    lines = [line for line in said.splitlines() if line.strip()]
    return f"git s’est arrêté ({lines[-1] if lines else 'sans rien dire'})"
