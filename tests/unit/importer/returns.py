"""The questionnaire by e-mail as mail programs send it back, with answers: for tests of them all.

Each shape takes the text that ``portraits questionnaire`` makes and the answers by question, and
gives the saved message (or the text pasted into a file). Its docstring names the program or habit.
"""

from __future__ import annotations

import html
import re
import textwrap
from collections.abc import Callable, Mapping
from email.message import EmailMessage

Answers = Mapping[str, str]
"""Id of a question -> its answer, in one or more paragraphs; no entry where there is no answer."""
Shape = Callable[[str, Answers], bytes]
SHAPES: dict[str, Shape] = {}
HEADER = (
    "De : Line Castonguay <line@serie.example>\nEnvoyé : 10 mai 2026 08:12\n"
    "À : Maïté Roche <maite@courriel.example>\nObjet : Questionnaire"
)
ATTRIBUTION = "Le dim. 10 mai 2026 à 08:12, Line Castonguay <line@serie.example> a écrit :"
_QUESTION = re.compile(r"(?P<number>\d+)\. (?P<wording>.*) \[(?P<id>[a-z0-9-]+)\]$")


def shape(make: Shape) -> Shape:
    """Register ``make``."""
    SHAPES[make.__name__] = make
    return make


def message(text: str = "", page: str = "", kind: str = "plain", **parameters: str) -> bytes:
    """A message with ``text``, ``page`` in HTML, or both as alternatives."""
    made = EmailMessage()
    made["From"] = "Maïté Roche <maite@courriel.example>"
    made["To"] = "Line Castonguay <line@serie.example>"
    made["Subject"] = "RE: Questionnaire"
    made["Date"] = "Tue, 12 May 2026 21:14:03 -0400"
    if text:
        made.set_content(text, cte="quoted-printable")
    if page and text:
        made.add_alternative(page, subtype="html", cte="quoted-printable")
    elif page:
        made.set_content(page, subtype="html", cte="quoted-printable")
    for name, value in parameters.items():
        made.set_param(name, value)
    return made.as_bytes()


def paragraphs(sent: str) -> list[str]:
    """The paragraphs of what was sent, each on one line or two."""
    return [part for part in re.split(r"\n{2,}", sent.strip()) if part]


def asked(paragraph: str) -> re.Match[str] | None:
    return _QUESTION.match(paragraph)


def interleaved(
    sent: str,
    answers: Answers,
    ours: Callable[[str], str],
    theirs: Callable[[str], str] = lambda answer: answer,
) -> str:
    """What was sent, each paragraph as ``ours`` writes it, with the answers below."""
    parts = []
    for paragraph in paragraphs(sent):
        parts.append(ours(paragraph))
        found = asked(paragraph)
        if found and found["id"] in answers:
            parts.append(theirs(answers[found["id"]]))
    return "\n\n".join(parts)


def quoted(text: str, mark: str = "> ") -> str:
    return "\n".join(f"{mark}{line}".rstrip() for line in text.split("\n"))


def filled(text: str, width: int) -> str:
    return "\n\n".join(
        "\n".join(textwrap.wrap(" ".join(part.split()), width)) for part in text.split("\n\n")
    )


def numbered(sent: str, answers: Answers, mark: str) -> str:
    return "\n\n".join(
        f"{found['number']}{mark} {answers[found['id']]}"
        for found in map(asked, paragraphs(sent))
        if found and found["id"] in answers
    )


def in_html(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br>\n")


# -- quoted


@shape
def gmail_text_part(sent: str, answers: Answers) -> bytes:
    """Gmail, the text part: quoted, wrapped, the announcement folded, long lines cut."""
    body = interleaved(
        sent, answers, lambda part: quoted(filled(part, 70)), lambda a: filled(a, 72)
    )
    folded = ATTRIBUTION.replace(" <", "\n<").replace(" a écrit", "\na écrit")
    return message(f"Bonjour Line,\n\nVoici!\n\n{folded}\n\n{body}\n")


@shape
def gmail_only_html(sent: str, answers: Answers) -> bytes:
    """Gmail on a telephone: no text part, a quotation cut in pieces."""
    body = interleaved(
        sent,
        answers,
        lambda part: f'<blockquote class="gmail_quote"><div>{in_html(part)}<br></div></blockquote>',
        lambda answer: "".join(
            f"<div>{in_html(p)}</div><div><br></div>" for p in answer.split("\n\n")
        ),
    )
    return message(
        page=f'<div dir="ltr">Voici!</div><div class="gmail_quote"><div dir="ltr" '
        f'class="gmail_attr">{html.escape(ATTRIBUTION)}<br></div>{body}</div>'
    )


@shape
def thunderbird(sent: str, answers: Answers) -> bytes:
    """Thunderbird: quoted, bottom-posted between the lines, a signature below dashes."""
    body = interleaved(sent, answers, quoted)
    return message(
        f"Le 10/05/2026 à 08:12, Line Castonguay a écrit :\n{body}\n\n"
        "-- \nMaïté Roche\n514 555-0199\n"
    )


@shape
def thunderbird_flowed(sent: str, answers: Answers) -> bytes:
    """Thunderbird with format=flowed: soft breaks end in a space."""

    def flowed(text: str, mark: str) -> str:
        return "\n".join(
            " \n".join(f"{mark}{line}" for line in textwrap.wrap(part, 66) or [""])
            for part in text.split("\n")
        )

    body = interleaved(sent, answers, lambda part: flowed(part, "> "), lambda a: flowed(a, ""))
    return message(f"{ATTRIBUTION}\n{body}\n", format="flowed")


@shape
def apple_mail(sent: str, answers: Answers) -> bytes:
    """Apple Mail: no-break spaces in the announcement, an empty quoted line around each answer."""
    body = interleaved(sent, answers, lambda part: f"> \n{quoted(part)}\n> ")
    return message(
        f"Le 10 mai 2026 à 08:12, Line Castonguay <line@serie.example> a écrit\u00a0:\n{body}\n"
    )


@shape
def iphone(sent: str, answers: Answers) -> bytes:
    """Mail on an iPhone: the answer typed inside the quotation keeps its mark."""
    body = interleaved(sent, answers, quoted, quoted)
    return message(f"Envoyé de mon iPhone\n\n> {ATTRIBUTION}\n> \n{body}\n")


@shape
def roundcube(sent: str, answers: Answers) -> bytes:
    """Roundcube: quoted without blank lines, wrapped so that ends of lines lose their mark."""

    def wrapped(part: str) -> str:
        return "\n".join("\n".join(textwrap.wrap(f"> {line}", 76)) for line in part.split("\n"))

    body = interleaved(sent, answers, wrapped).replace("\n\n>", "\n>")
    return message(f"Le 2026-05-10 08:12, Line Castonguay a écrit :\n{body}\n")


@shape
def proton(sent: str, answers: Answers) -> bytes:
    """Proton Mail: its own signature above the original, which is quoted."""
    body = interleaved(sent, answers, quoted)
    return message(
        "Envoyé avec la messagerie sécurisée Proton Mail.\n\n"
        "------- Message d'origine -------\n"
        "Le dimanche 10 mai 2026 à 08:12, Line Castonguay <line@serie.example> a écrit :\n\n"
        f"{body}\n"
    )


@shape
def second_round(sent: str, answers: Answers) -> bytes:
    """The answers of a first round come back quoted twice, below questions quoted three times."""
    body = interleaved(
        sent, answers, lambda part: quoted(part, ">>> "), lambda answer: quoted(answer, ">> ")
    )
    return message(
        f"Rien à ajouter.\n\nLe 12 mai 2026 à 09:00, Line Castonguay a écrit :\n> Merci Maïté!\n>\n"
        f"> Le 11 mai 2026 à 21:14, Maïté Roche a écrit :\n>> {ATTRIBUTION}\n{body}\n"
    )


@shape
def sent_on(sent: str, answers: Answers) -> bytes:
    """The editor's own program, sending on: the answers quoted once, the questions twice."""
    body = interleaved(
        sent, answers, lambda part: quoted(part, "> > "), lambda answer: quoted(answer)
    )
    return message(f"Pour les archives.\n\n> {ATTRIBUTION}\n> \n{body}\n")


@shape
def html_blockquote(sent: str, answers: Answers) -> bytes:
    """A web mail that quotes all of it once: the answers are typed inside the quotation."""
    body = interleaved(
        sent, answers, lambda part: f"<p>{in_html(part)}</p>", lambda a: f"<p>{in_html(a)}</p>"
    )
    return message(page=f"<p>Salut!</p><blockquote type='cite'>{body}</blockquote>")


# -- not quoted


@shape
def outlook_desktop(sent: str, answers: Answers) -> bytes:
    """Outlook: a header of four lines, nothing quoted, answers typed into the original."""
    return message(
        f"Bonjour Line,\n\nMes réponses sont plus bas.\n\nMaïté\n\n{HEADER}\n\n"
        f"{interleaved(sent, answers, str)}\n"
    )


@shape
def outlook_coloured(sent: str, answers: Answers) -> bytes:
    """Outlook in HTML: paragraphs with a class, the answers in blue."""
    header = "<br>".join(
        "<b>{} :</b>{}".format(*html.escape(line).split(" :", 1)) for line in HEADER.split("\n")
    )
    body = interleaved(
        sent,
        answers,
        lambda part: (
            f"<p class=MsoNormal>{in_html(part)}<o:p></o:p></p>"
            "<p class=MsoNormal><o:p>&nbsp;</o:p></p>"
        ),
        lambda answer: "".join(
            f'<p class=MsoNormal><span style="color:#0070C0">{in_html(part)}<o:p></o:p></span></p>'
            for part in answer.split("\n\n")
        ),
    )
    return message(
        page=f"<html><body><div class=WordSection1><p class=MsoNormal>En bleu!</p>"
        f"<div style='border-top:solid #E1E1E1 1.0pt'><p class=MsoNormal>{header}</p></div>{body}"
        "</div></body></html>"
    )


@shape
def outlook_ios(sent: str, answers: Answers) -> bytes:
    """Outlook on a telephone: numbered answers above, a rule, the original unquoted."""
    return message(
        f"{numbered(sent, answers, ')')}\n\nObtenir Outlook pour iOS<https://aka.ms/o0ukef>\n"
        f"________________________________\n{HEADER}\n\n{sent}\n"
    )


@shape
def yahoo(sent: str, answers: Answers) -> bytes:
    """Yahoo: the original indented by spaces, the announcement with the seconds."""
    body = interleaved(sent, answers, lambda part: textwrap.indent(part, "    "))
    return message(
        "    Le dimanche 10 mai 2026 à 08:12:33 UTC−4, Line Castonguay <line@serie.example> "
        f"a écrit :  \n \n{body}\n"
    )


@shape
def samsung(sent: str, answers: Answers) -> bytes:
    """Samsung: « Message d’origine » between dashes, the header with « Date : »."""
    return message(
        "Envoyé de mon appareil Galaxy\n\n-------- Message d'origine --------\n"
        "De : Line Castonguay <line@serie.example>\nDate : 2026-05-10 08:12 (GMT-05:00)\n"
        "À : Maïté Roche <maite@courriel.example>\nObjet : Questionnaire\n\n"
        f"{interleaved(sent, answers, str)}\n"
    )


@shape
def zimbra(sent: str, answers: Answers) -> bytes:
    """Zimbra: « Mail original », then quoted lines though there is a header."""
    head = HEADER.replace("Envoyé : ", "Envoyé: ")
    return message(f"----- Mail original -----\n{head}\n\n{interleaved(sent, answers, quoted)}\n")


@shape
def lotus_notes(sent: str, answers: Answers) -> bytes:
    """Lotus Notes: a header without colons, straight quotation marks, indented by tabs."""
    straight = sent.replace("’", "'").replace("«\u00a0", '"').replace("\u00a0»", '"')
    body = interleaved(straight, answers, lambda part: textwrap.indent(part, "\t"))
    return message(
        "Line Castonguay <line@serie.example>\n2026-05-10 08:12\n\nA\nMaïté Roche/Mtl/Serie@SERIE\n"
        f"cc\n\nObjet\nQuestionnaire\n\n{body}\n"
    )


@shape
def pasted_in_a_file(sent: str, answers: Answers) -> bytes:
    """A text file: the e-mail copied into a word processor, saved as text."""
    return interleaved(sent, answers, str).encode()


@shape
def saved_as_a_page(sent: str, answers: Answers) -> bytes:
    """A web page: the message saved from Outlook or a browser as HTML."""
    body = interleaved(
        sent, answers, lambda part: f"<p>{in_html(part)}</p>", lambda a: f"<div>{in_html(a)}</div>"
    )
    page = f"<html><head><title>RE: Questionnaire</title></head><body>{body}</body></html>"
    return page.encode()


@shape
def on_the_same_line(sent: str, answers: Answers) -> bytes:
    """Answers typed behind the questions, the blank lines gone."""
    body = "\n".join(
        f"{part} {answers.get(found['id'], '') if (found := asked(part)) else ''}".rstrip()
        for part in paragraphs(sent)
    )
    return message(f"{HEADER}\n\n{body}\n")


# -- changed on the way


@shape
def without_ids(sent: str, answers: Answers) -> bytes:
    """The words in brackets were taken for a mistake, and deleted with the instructions."""
    parts = [part for part in paragraphs(sent) if asked(part)]
    bare = "\n\n".join(re.sub(r" \[[a-z0-9-]+\]$", "", part) for part in parts)
    by_wording = {
        re.sub(r" \[[a-z0-9-]+\]$", "", part): answers.get(found["id"], "")
        for part in parts
        if (found := asked(part))
    }
    body = "\n\n".join(f"{part}\n\n{by_wording[part]}" for part in bare.split("\n\n"))
    return message(f"Voici!\n\n{HEADER}\n\n{body}\n")


@shape
def without_wordings(sent: str, answers: Answers) -> bytes:
    """The questions were deleted, their names left."""
    body = "\n\n".join(f"[{name}]\n{answer}" for name, answer in answers.items())
    return message(f"{body}\n")


@shape
def rewrapped(sent: str, answers: Answers) -> bytes:
    """A gateway that fills every line to 72 columns, and adds no mark."""
    return message(f"{HEADER}\n\n{filled(interleaved(sent, answers, str), 72)}\n")


@shape
def no_break_spaces(sent: str, answers: Answers) -> bytes:
    """A web mail that writes no-break spaces before signs, and a bullet before each question."""
    spaced = re.sub(r"(?<=\w)([?!:;])", "\u00a0\\1", sent)
    return message(f"{HEADER}\n\n{interleaved(spaced, answers, lambda part: f'• {part}')}\n")


@shape
def bold_questions(sent: str, answers: Answers) -> bytes:
    """Gmail's text part of questions that were put in bold."""
    body = interleaved(sent, answers, lambda part: quoted(f"*{part}*"))
    return message(f"{ATTRIBUTION}\n\n{body}\n")


@shape
def numbers_above(sent: str, answers: Answers) -> bytes:
    """Everything typed above, by number, the whole questionnaire quoted below."""
    return message(
        f"Bonjour Line!\n\n{numbered(sent, answers, '.')}\n\n{ATTRIBUTION}\n\n{quoted(sent)}\n"
    )


@shape
def numbers_below(sent: str, answers: Answers) -> bytes:
    """The same, below."""
    return message(f"{ATTRIBUTION}\n\n{quoted(sent)}\n\n{numbered(sent, answers, ' -')}\n")
