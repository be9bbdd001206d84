"""The words of questions, language by language.

French and English stand in one table, because series mix them. The tables of the other languages
are tried only where the whole source is written in one: « ma » is « my » in French and « but » in
Italian.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Speech:
    """How questions are worded in a language. Openings are compared without case and accents."""

    address: re.Pattern[str]
    """Words that speak to somebody, or for the readers."""
    self: re.Pattern[str]
    """Words of somebody who speaks of himself, alone or with others."""
    first_person: re.Pattern[str]
    """Words of somebody who speaks of himself alone."""
    opening: re.Pattern[str]
    """What questions begin with."""
    imperative: re.Pattern[str]
    """What requests begin with (« Parle-nous de… »)."""
    rejoinder: re.Pattern[str]
    """What questions begin with that hang on the answer above."""


def _speech(
    address: str, self: str, opening: str, imperative: str, rejoinder: str, first_person: str
) -> Speech:
    return Speech(
        re.compile(address, re.IGNORECASE),
        re.compile(self, re.IGNORECASE),
        re.compile(first_person, re.IGNORECASE),
        re.compile(rf"(?:{opening}|{imperative})"),
        re.compile(rf"(?:{imperative})"),
        re.compile(rf"(?:{rejoinder})\b"),
    )


_READERS = r"lect(?:eur|rice|eurs|rices)|auditeurs?|auditrices|abonnée?s|internautes|membres|jeunes"

FRENCH_ENGLISH = _speech(
    address=r"\b(?:tu|te|toi|ton|ta|tes|vous|votre|vos|you|your|yours|"
    rf"n(?:os|otre) (?:{_READERS})|our (?:readers|listeners|followers|viewers|audience))\b"
    r"|\bt[’'](?=\w)",
    self=r"(?<!-)\b(?:je|moi|mon|ma|mes|me|nous|i|my|me|mine|we|us|"
    rf"n(?:os|otre)(?! (?:{_READERS}))|our(?! (?:readers|listeners|followers|viewers|audience)))\b"
    r"|\b[jm][’'](?=\w)",
    opening=r"(?:et |ou |mais |alors,? |sinon,? |enfin,? |donc,? |and |so |but )?(?:"
    r"qu[ei]\b|qu[’']|quoi|quell?e?s?\b|comment|pourquoi|ou\b|combien|quand|depuis|"
    r"(?:a|de|en|pour|avec|par|sur|dans|chez|sans|vers)\s+"
    r"(?:quoi|qui|quell?e?s?|quand|combien|ou)\b|"
    r"est[ -]ce|y a-t-il|cela fait|ca fait|%|pourcentage|si (?:tu|vous|on)\b|"
    r"ce qu(?:e |i |[’'])(?:tu\b|vous\b|t[’'])|"
    r"\w+-(?:tu|vous|t-on|t-il|t-elle|ce|on)\b|"
    r"(?:as|es|peux|veux|fais|sais|vois|vas|avez|etes|admires|penses|recommandes) (?:tu|vous)\b|"
    r"dites|cite|partage|question\b|"
    r"what|who|whose|whom|which|how|why|when|where|"
    r"(?:do|does|did|are|is|was|were|have|has|can|could|would|will|should|if you) |"
    r"name|share|any\b)",
    imperative=r"decri|raconte|parle[sz]?[- ]|nomme|dis[- ](?:nous|moi)|dites[- ](?:nous|moi)|"
    r"donne|"
    r"resume|presente[sz]?[- ]|explique|complete|describe|tell (?:us|me)|walk us|give us|"
    r"talk (?:us|to us|about)|introduce yourself|take us",
    rejoinder=r"et (?:toi|vous|aujourd|maintenant|avant|apres|la)|pourquoi|comment ca|c.est-a-dire|"
    r"par exemple|vraiment|laquelle|lequel|lesquel|combien|how so|why|such as|really|which one|"
    r"how many|and now|and you",
    first_person=r"(?<!-)\b(?:je|i)\b|\bj[’'](?=\w)",
)
_SPEECHES = {
    "de": _speech(
        address=r"\b(?:du|dich|dir|dein\w*|euch|eu(?:er|re)\w*|sie|ihnen|ihr\w*|"
        r"unsere[nr]? leser\w*)\b",
        self=r"\b(?:ich|mich|mir|mein\w*|wir)\b",
        opening=r"(?:und |oder |aber |also )?(?:w(?:as|er|en|em|ie|o|ann|arum|eshalb|elche\w*|"
        r"orauf|"
        r"oran|omit|ofur|oher|ohin|oruber|ovon|ieso|ieviele?)\b|"
        r"(?:in|mit|fur|von|seit|auf|an|aus|bei) w(?:em|en|elche\w*|as|ann)\b|"
        r"\w+(?:t|st|en) (?:du|sie|ihr|es|man)\b|gibt es|ist das|war das|sind sie|bist du|"
        r"wenn sie)",
        imperative=r"erzahl\w*|beschreib\w*|nenn\w*|sag\w* |stell\w* (?:dich|sich|sie)|erklar\w*|"
        r"verrat\w*|schilder\w*",
        rejoinder=r"und (?:sie|du|heute|jetzt|dann)|warum|wieso|zum beispiel|wirklich",
        first_person=r"\bich\b",
    ),
    "es": _speech(
        address=r"\b(?:tú|tu|tus|te|ti|usted|ustedes|su|sus|le|nuestr[oa]s lector[ae]s)\b|nos\b",
        self=r"\b(?:yo|mi|mis|me|mí)\b",
        opening=r"(?:y |o |pero |entonces,? )?(?:que\b|quien(?:es)?\b|cual(?:es)?\b|como\b|cuand|"
        r"cuant|donde|por que|para que|"
        r"(?:a|de|en|con|por|para|desde|hasta) (?:que|quien|donde|cuando|cual)\b|"
        r"algun\w*|has\b|tienes|eres|crees|puedes|podrias|hay\b|es cierto|si (?:pudieras|"
        r"tuvieras))",
        imperative=r"cuent[ae]\w*|hablan\w*|hableno\w*|habla\w* de|descri\w*|di(?:nos|ganos|me)\b|"
        r"presenta\w*|explica\w*|explique\w*|nombra\w*|recomienda\w*",
        rejoinder=r"y (?:tu|usted|hoy|ahora|despues)|por que|por ejemplo|de verdad",
        first_person=r"\byo\b",
    ),
    "it": _speech(
        address=r"\b(?:tu|ti|te|tuo|tua|tuoi|tue|lei|suo|sua|suoi|sue|vi|voi|vostr[oaie]|"
        r"(?:i|ai) nostri lettori)\b",
        self=r"\b(?:io|mi|mio|mia|miei|mie|noi)\b",
        opening=r"(?:e |o |ma |allora,? |quindi,? )?(?:che\b|chi\b|cosa\b|cos[’']|come\b|quand|"
        r"quant|qual|dove\b|dov[’']|perche\b|(?:a|di|da|in|con|per|su) (?:che|chi|cosa|quale?|"
        r"dove)\b|"
        r"hai\b|sei\b|puoi|potrebbe|potresti|e vero|se (?:tu|potessi|dovessi)|c[’']e\b)",
        imperative=r"racconta\w*|raccontaci|parla(?:ci|mi|ce)\w*|ci (?:parli|racconti|dica)|"
        r"descriv\w*|"
        r"dicci|dimmi|presenta\w*|spiega\w*|consiglia\w*",
        rejoinder=r"e (?:tu|lei|oggi|adesso|ora|poi)|perche|per esempio|davvero",
        first_person=r"\bio\b",
    ),
    "pt": _speech(
        address=r"\b(?:tu|te|ti|teus?|tuas?|você|vocês|seus?|suas?|lhe|"
        r"(?:n?os )?nossos leitores)\b",
        self=r"\b(?:eu|meus?|minhas?|me|mim)\b",
        opening=r"(?:e |ou |mas |entao,? )?(?:(?:o )?que\b|o que\b|quem\b|qua(?:l|is)\b|como\b|"
        r"quando|"
        r"quant|onde\b|por que|porque\b|porquê|"
        r"(?:a|de|em|com|por|para|desde) (?:que|quem|onde|quando|qual)\b|"
        r"tem\b|tens\b|pode\b|podes|ha\b|se (?:pudesse|tivesse)|alguma?\b)",
        imperative=r"fale\b|fale-nos|fala-nos|fala\w* (?:um pouco|sobre|de|do|da)|conte\b|"
        r"conte-nos|"
        r"conta-nos|descrev\w*|diga\b|diga-nos|diz-nos|apresente\w*|apresenta-te|expli(?:que|"
        r"ca)\w*",
        rejoinder=r"e (?:tu|voce|hoje|agora|depois)|por que|porque|por exemplo|serio",
        first_person=r"\beu\b",
    ),
    "nl": _speech(
        address=r"\b(?:je|jij|jou|jouw|jullie|u|uw|onze lezers)\b",
        self=r"\b(?:ik|mij|mijn|me|wij)\b",
        opening=r"(?:en |of |maar |dus )?(?:wat\b|wie\b|hoe\b|waar\w*|wanneer|waarom|welke?\b|"
        r"hoeveel|(?:in|met|voor|van|sinds|op|aan|bij) (?:wat|wie|welke?)\b|"
        r"\w+ (?:je|jij|u|jullie)\b|is het|was het|als je)",
        imperative=r"vertel\w*|beschrijf|noem\b|zeg\b|stel je|leg (?:eens )?uit",
        rejoinder=r"en (?:jij|u|nu|vandaag|toen)|waarom|bijvoorbeeld|echt",
        first_person=r"\bik\b",
    ),
}
_COMMON = {
    "fr": "les des est et dans une pas que du je il avec pour sur le la un en ce on qui sont mais",
    "en": "the and of to is it was that with for not this my they you in are have had so but",
    "de": "der die das und ich ist nicht ein eine mit auf für den war es hat sie wie habe zu von",
    "es": "el los las en una por con no lo es se del muy pero al la un que qué mi para más",
    "it": "il di che è un non per con gli ho sono della più ma si nel la una mi le",
    "pt": "os não com um uma do da em para eu ele mais foi no ao que meu",
    "nl": "het een en ik is niet van dat met op voor de had maar heb ze in je was hoe",
}
_IN = {
    word: tuple(lang for lang, words in _COMMON.items() if word in words.split())
    for words in _COMMON.values()
    for word in words.split()
}
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST = 6
"""Common words of a language that a text must hold before it is said to be in it."""
_DIFFERENT = 4
"""How many different ones."""


def speech_of(lang: str) -> Speech:
    """The table of ``lang``; French and English together for these and for any other language."""
    return _SPEECHES.get(lang, FRENCH_ENGLISH)


def language_of(text: str) -> str:
    """The language of ``text`` where it has a table of its own, told by its commonest words.

    An empty string stands for French, English, and what cannot be told.
    """
    counts: Counter[str] = Counter()
    different: Counter[str] = Counter()
    for word, times in Counter(_WORD.findall(text.casefold())).items():
        for lang in _IN.get(word, ()):
            counts[lang] += times
            different[lang] += 1
    ranked = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    (first, most), (_, second) = ranked
    sure = most >= _FEWEST and most >= 1.3 * second and different[first] >= _DIFFERENT
    return first if sure and first in _SPEECHES else ""
