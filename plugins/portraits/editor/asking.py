"""Select the questions to ask, and the text around them in each language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from portraits.reader.questionnaire import Questionnaire, QuestionnaireEntry
from portraits.support.problems import Problem, SourceRefused, did_you_mean


def chosen(
    questionnaire: Questionnaire, questions: Sequence[str] | None, path: str = "questionnaire",
) -> tuple[QuestionnaireEntry, ...]:
    """Return the questions with the ids ``questions``, in that order; all of them for None.

    Raise SourceRefused with a problem for each id that the questionnaire does not have.
    """
    if questions is None:
        return questionnaire.entries
    known = questionnaire.by_id
    unknown = [
        Problem(path, 0, "unknown-question", f"aucune question ne s’appelle « {question} »",
                did_you_mean(question, list(known)) or "les noms sont ceux des « id: »")
        for question in questions if question not in known
    ]
    if unknown:
        raise SourceRefused(unknown)
    return tuple(known[question] for question in questions)


def words_in(lang: str) -> Mapping[str, str]:
    """Return the text of the form and the e-mail in ``lang``: English, or else French."""
    return _ENGLISH if lang[:2] == "en" else _FRENCH


_FRENCH = {
    "title": "Questionnaire de {name}",
    "kicker": "Questionnaire",
    "hello": "Bonjour {name},",
    "lead": "Voici les questions de la série. Prenez celles qui vous parlent, dans l’ordre qui "
            "vous plaît, et laissez vide ce à quoi vous ne voulez pas répondre.",
    "kept": "Vos réponses se gardent toutes seules dans ce navigateur. Rien n’est envoyé : à la "
            "fin, un bouton en fait un fichier, que vous enverrez vous-même.",
    "no_storage": "Ce navigateur ne peut pas garder vos réponses : ne fermez pas cette page avant "
                  "de les avoir enregistrées.",
    "no_script": "Cette page a besoin de JavaScript pour garder et enregistrer vos réponses. Vous "
                 "pouvez aussi répondre directement dans un courriel.",
    "you": "Vous",
    "name": "Nom, comme il doit paraître",
    "role": "Métier ou fonction",
    "organization": "Organisation",
    "accounts": "Où vous suivre",
    "accounts_help": "Un réseau par ligne. « privé » est une réponse.",
    "accounts_example": "Twitter : @lea.exemple\nFacebook : privé",
    "questions": "Les questions",
    "recommendations": "#FF Qui devrait-on suivre?",
    "recommendations_help": "Un compte par ligne, et la raison : c’est elle qu’on lira.",
    "recommendations_example": "@compte parce que…",
    "readings": "À lire",
    "readings_help": "Un titre par ligne, avec l’adresse si elle existe.",
    "photo_part": "La photo",
    "photo": "Votre photo",
    "photo_help": "Joignez-la à votre courriel, en bonne taille. Dites ici laquelle choisir et ce "
                  "qu’on y voit.",
    "credit": "Qui l’a prise?",
    "note_part": "Pour finir",
    "note": "Un mot à la rédaction",
    "note_help": "Il ne sera pas publié.",
    "answered": "réponses",
    "of": "sur",
    "word": "mot",
    "words": "mots",
    "saved": "Gardé dans ce navigateur",
    "finish": "Vos réponses",
    "finish_lead": "Enregistrez le fichier, puis envoyez-le en pièce jointe",
    "finish_to": "à",
    "finish_keep": "Vous pouvez revenir, corriger et l’enregistrer de nouveau.",
    "download": "Enregistrer le fichier",
    "copy_text": "Copier le texte",
    "copied": "Copié : collez-le dans votre courriel.",
    "downloaded": "Enregistré : {file}, dans vos téléchargements.",
    "copy_failed": "La copie est bloquée : sélectionnez le texte ci-dessous.",
    "preview": "Voir le texte",
    "keep_marks": "Ne modifiez pas les lignes qui commencent par @@ : elles servent à ranger les "
                  "réponses.",
    "mail_lead": "Répondez sous chaque question, dans l’ordre qui vous plaît; laissez vide ce à "
                 "quoi vous ne voulez pas répondre. Les mots entre crochets servent à ranger les "
                 "réponses : laissez-les en place.",
    "mail_photo": "Joignez une photo de bonne taille, et dites qui l’a prise.",
    "mail_thanks": "Merci!",
    "progress": "Avancement",
    "answer_to": "Réponse",
}
_ENGLISH = {
    "title": "Questionnaire for {name}",
    "kicker": "Questionnaire",
    "hello": "Hello {name},",
    "lead": "Here are the questions of the series. Take the ones that speak to you, in any order, "
            "and leave blank whatever you would rather not answer.",
    "kept": "Your answers are kept in this browser as you type. Nothing is sent: at the end, a "
            "button turns them into a file that you send yourself.",
    "no_storage": "This browser cannot keep your answers: do not close this page before you have "
                  "saved them.",
    "no_script": "This page needs JavaScript to keep and save your answers. You can also simply "
                 "answer by e-mail.",
    "you": "You",
    "name": "Name, as it should appear",
    "role": "Job or position",
    "organization": "Organization",
    "accounts": "Where to follow you",
    "accounts_help": "One network a line. “private” is an answer.",
    "accounts_example": "Twitter: @lea.example\nFacebook: private",
    "questions": "The questions",
    "recommendations": "#FF Who should we follow?",
    "recommendations_help": "One account a line, and the reason: that is what people will read.",
    "recommendations_example": "@account because…",
    "readings": "Reading",
    "readings_help": "One title a line, with its address if there is one.",
    "photo_part": "The photo",
    "photo": "Your photo",
    "photo_help": "Attach it to your e-mail, in a good size. Say here which one to choose and what "
                  "it shows.",
    "credit": "Who took it?",
    "note_part": "One last thing",
    "note": "A word to the editors",
    "note_help": "It will not be published.",
    "answered": "answers",
    "of": "of",
    "word": "word",
    "words": "words",
    "saved": "Kept in this browser",
    "finish": "Your answers",
    "finish_lead": "Save the file, then send it as an attachment",
    "finish_to": "to",
    "finish_keep": "You can come back, make changes and save it again.",
    "download": "Save the file",
    "copy_text": "Copy the text",
    "copied": "Copied: paste it into your e-mail.",
    "downloaded": "Saved: {file}, in your downloads.",
    "copy_failed": "Copying is blocked: select the text below.",
    "preview": "Show the text",
    "keep_marks": "Please leave the lines that begin with @@ as they are: they keep the answers in "
                  "order.",
    "mail_lead": "Answer under each question, in any order; leave blank whatever you would rather "
                 "not answer. The words in brackets keep the answers in order: leave them there.",
    "mail_photo": "Please attach a photo of a good size, and say who took it.",
    "mail_thanks": "Thank you!",
    "progress": "Progress",
    "answer_to": "Answer",
}
