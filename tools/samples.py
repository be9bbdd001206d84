"""Render sample pages to look at and to test: one hand-made view per kind of page, and edge cases.

    python -m tools.samples FOLDER     renders them all, with pictures, to look at

Names and texts are invented; the pictures are photos of the content folder, if it has any.
"""

from __future__ import annotations

import datetime as dt
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from markupsafe import Markup
from portraits.images.picture import Picture, PictureFile
from portraits.model.portrait import (
    Account,
    Correction,
    Exchange,
    FollowUp,
    ManagedAccount,
    Portrait,
    Presence,
    Question,
    Quote,
    Reading,
    ReadingList,
    Recommendation,
    RecommendationList,
    RichText,
    Status,
)
from portraits.site.assets import marks, theme_assets
from portraits.site.environment import theme_environment
from portraits.site.fragments import BRIEF
from portraits.site.sharing import share_links
from portraits.site.styleguide import styleguide_page
from portraits.site.views import (
    AnswerView,
    Card,
    Chart,
    CountedLink,
    DirectoryAccount,
    DirectoryEntryView,
    DirectoryPage,
    DirectoryRecommender,
    FeedLink,
    Fragment,
    FragmentExchange,
    FragmentReading,
    GraphPage,
    Hero,
    HomePage,
    IndexEntry,
    IndexPage,
    Link,
    ListPage,
    Meta,
    NotFoundPage,
    NumbersPage,
    Pagination,
    PlainPage,
    PortraitPage,
    QuestionPage,
    QuestionsPage,
    QuotationPage,
    RecommendationCard,
    RecommendedBy,
    RelatedCard,
    SearchPage,
    Site,
    SocialImage,
    SubscribePage,
)
from portraits.support.catalogue import catalogue


def html(written: str) -> Markup:
    """Mark our own HTML as safe."""
    return Markup(written)  # noqa: S704


THEME = Path(__file__).parents[1] / "theme"
ENVIRONMENT = theme_environment(THEME)
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'"
)
ASSETS = (
    "css/site.css",
    "js/theme-switch.js",
    "js/transitions.js",
    "js/reading-position.js",
    "js/copy-link.js",
    "js/search.js",
    "img/sprite.svg",
    "img/favicon.svg",
    "fonts/newsreader.woff2",
    "fonts/atkinson-hyperlegible-next.woff2",
)

FEEDS = (
    FeedLink("Atom", "/atom.xml", "application/atom+xml"),
    FeedLink("RSS", "/rss.xml", "application/rss+xml"),
    FeedLink("JSON Feed", "/feed.json", "application/feed+json"),
)
SITE = Site(
    name="Derrière le comptoir",
    description="Des gens de métier répondent aux mêmes questions.",
    url="https://serie.example",
    base_path="/",
    lang="fr",
    home="/",
    publisher="Ana Bélanger",
    license="CC BY-SA 4.0",
    license_url="https://creativecommons.org/licenses/by-sa/4.0/deed.fr",
    email="ana@serie.example",
    comments="email",
    isso="",
    search=True,
    menu=(
        Link("Portraits", "/portraits/"),
        Link("Questions", "/questions/"),
        Link("Recommandations", "/recommandations/"),
        Link("Chercher", "/recherche/"),
        Link("À propos", "/a-propos/"),
    ),
    footer=(
        Link("S’abonner", "/abonnement/"),
        Link("Étiquettes", "/etiquettes/"),
        Link("Personnes", "/personnes/"),
        Link("En chiffres", "/chiffres/"),
    ),
    feeds=FEEDS,
    assets={name: f"/theme/{name}" for name in ASSETS},
    own_sheet="",
    marks=marks(theme_assets(THEME)),
    csp=CSP,
)

NAMES = (
    ("Léa Tremblay-Nguyen", "Chapelière", "Atelier du Nord", "accent-1"),
    ("Sam Ouellet", "Accordeur de pianos", "", "accent-14"),
    ("Ana Bélanger", "Gardienne de phare", "Société des phares", "accent-24"),
    (
        "Marie-Ève Saint-Onge-Lafleur",
        "Responsable des communautés et des relations publiques",
        "Orchestre symphonique des Laurentides",
        "accent-30",
    ),
    ("Bo Li", "Luthier", "Bois & cordes", "accent-6"),
    ("Karim d’Amours", "Boulanger", "Le Fournil", "accent-18"),
    ("Inès Côté", "Cartographe", "", "accent-33"),
)
WORDINGS = (
    "En quoi as-tu étudié?",
    "Comment as-tu commencé?",
    "À quoi ressemble une journée ordinaire?",
    "Quel est l’outil sans lequel tu ne pourrais pas travailler?",
    "Décris ton travail en 140 caractères",
    "Quelle est la pire erreur que tu as faite, et qu’en as-tu appris depuis?",
    "Ton plus beau souvenir?",
    "Que réponds-tu à quelqu’un qui est fâché?",
    "Comment vois-tu l’avenir de cette profession?",
    "Que recommandes-tu à qui voudrait en vivre?",
)
PROSE = (
    "J’ai d’abord étudié la musique, puis la menuiserie, et c’est la seconde qui m’a appris à "
    "écouter. On frappe le bois du bout des doigts, on attend, et il répond à sa façon. Les "
    "clients croient que c’est un don; c’est une habitude que n’importe qui peut prendre.",
    "Le matin, je commence toujours par balayer. Ensuite seulement j’ouvre les lettres, parce "
    "qu’une mauvaise nouvelle se lit mieux dans une pièce propre. À midi, je ferme, même quand il "
    "y a du monde à la porte : ils savent revenir.",
    "La curiosité.",
    "Un jour, j’ai livré la mauvaise commande à la bonne adresse, et la bonne commande à la "
    "mauvaise. Les deux familles se sont téléphoné pour échanger, elles se voient encore tous les "
    "étés. Depuis, je vérifie deux fois, un peu à regret.",
)
IMAGES = ("card", "square", "portrait", "wide")


def picture(use: str, number: int = 0) -> Picture:
    """Return a picture for a use; :func:`write` draws its files."""
    ratio, widths = {
        "card": (5 / 4, (320, 480, 720)),
        "square": (1.0, (96, 192)),
        "portrait": (5 / 4, (480, 800, 1200)),
        "wide": (3 / 4, (480, 800, 1200)),
    }[use]
    key = f"{use}-{number}"

    def variants(suffix: str, media_type: str, chosen: tuple[int, ...]) -> tuple[PictureFile, ...]:
        return tuple(
            PictureFile(f"{key}-{width}.{suffix}", media_type, width, round(width * ratio))
            for width in chosen
        )

    avif = variants("avif", "image/avif", widths)
    jpeg = variants("jpg", "image/jpeg", widths[-2:])
    return Picture(key, avif, jpeg, avif[-1].width, avif[-1].height, (0, 0, 1200, 1500))


def card(number: int, **changes: object) -> Card:
    """Return the card of one of NAMES; the second has no photo."""
    name, role, organization, accent = NAMES[number % len(NAMES)]
    drawn = number % len(NAMES) == 1
    made = Card(
        url=f"/portraits/{number}/",
        name=name,
        title=f"Portrait de {name}",
        role=role,
        organization=organization,
        date=dt.date(2011, 8, 1) - dt.timedelta(days=20 * number),
        summary="Une rencontre à l’atelier, un lundi, entre deux livraisons.",
        quote="Le bois répond, il suffit d’attendre",
        lang="fr",
        tags=("musique",),
        picture=None if drawn else picture("card", number % 6),
        square=None if drawn else picture("square", number % 6),
        monogram="/images/monogram.svg" if drawn else "",
        alt=f"{name} à l’atelier",
        accent_class=accent,
    )
    return made._replace(**changes)  # type: ignore[arg-type]


ASIDE = (
    '<div class="aside" role="note"><p class="aside__label">Note de la rédaction</p>'
    "<p>L’atelier a déménagé depuis.</p></div>"
)


SOUND = (
    '<figure class="sound"><figcaption><a href="/images/sound-0.mp3">La corne de brume</a>'
    '</figcaption><audio controls preload="none" src="/images/sound-0.mp3" '
    'aria-label="La corne de brume"></audio><details class="transcript">'
    "<summary>Transcription</summary><p>Deux coups longs, puis le vent.</p></details></figure>"
)


def rich(text: str, *, inline: bool = False) -> RichText:
    return RichText(text if inline else f"<p>{text}</p>", text)


def account(handle: str, network: str = "twitter") -> Account:
    return Account(
        network,
        handle,
        f"https://{network}.example/{handle}",
        f"@{handle}",
        f"{network}:{handle.lower()}",
    )


def portrait(questions: int = 12, **changes: object) -> Portrait:
    """Return a portrait with every part, and ``questions`` questions."""
    exchanges = tuple(
        Exchange(
            Question(f"question-{n}", rich(WORDINGS[n % len(WORDINGS)], inline=True), 20 + n),
            RichText(f"<p>{PROSE[n % len(PROSE)]}</p>{ASIDE}{SOUND}")
            if n == 1
            else rich(PROSE[n % len(PROSE)]),
            (
                FollowUp(
                    Question(
                        f"suite-{n}", rich("Combien de personnes en tout?", inline=True), 20 + n
                    ),
                    rich("Trois, et un chat."),
                ),
            )
            if n == 2
            else (),
        )
        for n in range(questions)
    )
    found = tuple(
        Recommendation(account(handle, network), rich(reason), 80)
        for handle, network, reason in (
            ("lea.exemple.social", "bluesky", "parce qu’elle explique tout, deux fois"),
            ("sam", "mastodon", "pour ses photos de la rivière, le matin"),
            (
                "un_compte_au_nom_vraiment_interminable_sans_espace",
                "twitter",
                "parce que c’est ma patronne et qu’elle lit ceci",
            ),
            ("phare", "web", ""),
            ("atelier_nord", "instagram", "pour les chapeaux"),
        )
    )
    made = Portrait(
        source="portraits/lea.md",
        slug="lea",
        translation_key="lea",
        lang="fr",
        status=Status.PUBLISHED,
        date=dt.date(2011, 8, 1),
        modified=dt.date(2012, 1, 12),
        name="Léa Tremblay-Nguyen",
        title="Portrait de Léa Tremblay-Nguyen",
        role="Chapelière",
        organization="Atelier du Nord",
        tags=("musique", "métiers d’art"),
        interviewers=("Ana Bélanger", "Sam Ouellet"),
        series="",
        summary="Une rencontre.",
        notice=rich("Portrait inventé pour la démonstration."),
        photo=None,
        accounts=(
            Presence("twitter", account("lea_tremblay")),
            Presence("facebook", None, "privé, et il le restera"),
            Presence("web", account("lea.example", "web")),
        ),
        manages=(ManagedAccount(account("atelier_nord"), "L’Atelier du Nord"),),
        quote=Quote("Une mauvaise nouvelle se lit mieux dans une pièce propre", "question-1", 30),
        aliases=(),
        introduction=rich("Il y a, au fond d’une cour."),
        exchanges=exchanges,
        recommendations=RecommendationList(
            Question("ff", rich("#FF Les comptes que tu préfères?", inline=True), 79), found
        ),
        readings=ReadingList(
            Question("lecture", rich("Lecture", inline=True), 90),
            (
                Reading(
                    "Les chapeaux comme métier", "https://lea.example/chapeaux", RichText(), 91
                ),
                Reading("Traité du feutre", "", rich("épuisé"), 92),
            ),
        ),
        footnotes="",
        links=(),
        images=(),
        external_links=(),
        words=1480,
        lines=(),
        corrections=(
            Correction(dt.date(2012, 1, 12), "L’atelier a ouvert en 2009, et non en 2010.", 9),
        ),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def fragment_of(shown: Portrait, url: str = "/portraits/lea/") -> Fragment:
    """Return the fragment of a portrait without placeholders."""

    words = catalogue("fr")

    def has_page(asked: Exchange | FollowUp) -> bool:
        return asked.question.id.endswith("0")

    def exchange(asked: Exchange | FollowUp) -> FragmentExchange:
        plain = asked.question.wording.text
        return FragmentExchange(
            id=asked.question.id,
            wording=html(asked.question.wording.html),
            plain=plain,
            url=f"{url}#{asked.question.id}",
            permalink=words("portrait.permalink", question=plain),
            answer=html(asked.answer.html),
            brief=asked.answer.words <= BRIEF,
            answers=words("question.answers", count=6) if has_page(asked) else html(""),
            others_url="/questions/etudes/" if has_page(asked) else "",
            others=words("portrait.other_answers_to", question=plain),
            follow_ups=tuple(map(exchange, asked.follow_ups))
            if isinstance(asked, Exchange)
            else (),
        )

    found = shown.recommendations.entries if shown.recommendations else ()
    return Fragment(
        portrait=shown,
        url=url,
        introduction=html(
            "<p>Il y a, au fond d’une cour, une porte verte que personne ne remarque. Derrière, "
            "Léa met en forme des chapeaux depuis quinze ans, sans enseigne et sans publicité : "
            "on vient parce que quelqu’un a dit d’y aller.</p>"
            "<p>Nous nous sommes parlé un lundi, debout, pendant que la vapeur montait. Elle n’a "
            "pas cessé de travailler une minute, et n’a éludé aucune question.</p>"
            if shown.introduction
            else ""
        ),
        exchanges=tuple(map(exchange, shown.exchanges)),
        quote=shown.quote.text if shown.quote else "",
        presences=shown.accounts,
        recommendations_before=Markup(""),
        recommendations=tuple(
            RecommendationCard(
                entry.account,
                entry.account.url if n else "",
                ()
                if n
                else (
                    Link("Sur Twitter en 2011", ""),
                    Link("sur Mastodon depuis 2022", "https://social.example/@lea"),
                ),
                entry.account.network.title(),
                html(entry.reason.html),
                Link("Sam Ouellet", "/portraits/1/") if n == 1 else None,
                (Link("Bo Li", "/portraits/4/"), Link("Inès Côté", "/portraits/6/"))[:n],
                f"/recommandations/#{entry.account.handle}",
            )
            for n, entry in enumerate(found)
        ),
        recommendations_after=Markup(""),
        readings_before=Markup(""),
        readings_after=Markup(""),
        footnotes=html(shown.footnotes),
        notice=html(shown.notice.html),
        readings=tuple(
            FragmentReading(r.title, r.url, "", html(r.note.html))
            for r in (shown.readings.entries if shown.readings else ())
        ),
    )


DRAWING = html(
    '<svg viewBox="0 0 640 240" role="img" aria-label="Trois personnes et leurs liens">'
    '<g stroke="currentColor" fill="none"><path d="M90 120 320 60M320 60 550 150M90 120 550 150"/>'
    '</g><g fill="currentColor"><circle cx="90" cy="120" r="8"/><circle cx="320" cy="60" r="8"/>'
    '<circle cx="550" cy="150" r="8"/><text x="90" y="150" text-anchor="middle">Léa</text>'
    '<text x="320" y="40" text-anchor="middle">Sam</text>'
    '<text x="550" y="180" text-anchor="middle">Ana</text></g></svg>'
)


def portrait_page(shown: Portrait, hero: Hero | None = None, **changes: object) -> PortraitPage:
    words = catalogue("en" if shown.lang == "en" else "fr")
    content = ENVIRONMENT.get_template("fragment.html").render(
        site=SITE, page=fragment_of(shown), t=words
    )
    made = PortraitPage(
        portrait=shown,
        url="/portraits/lea/",
        hero=hero or Hero(picture("portrait"), "", "Léa dans son atelier", "Sam Ouellet"),
        content=html(content),
        tags=tuple(Link(tag, f"/etiquettes/{n}/") for n, tag in enumerate(shown.tags)),
        organization=Link(shown.organization, "/organisations/nord/")
        if shown.organization
        else None,
        year=Link("2011", "/annees/2011/"),
        translations=(Link("Léa", "/en/portraits/lea/", "en"),),
        recommended_by=(
            RecommendedBy(
                Link("Sam Ouellet", "/portraits/1/"),
                html("<p>elle coud comme d’autres chantent</p>"),
            ),
        ),
        neighbourhood=DRAWING,
        exports=(Link("Mastodon (CSV)", "/portraits/lea/ff.csv"), Link("OPML", "/l/ff.opml")),
        related=(
            RelatedCard(card(3), "musique"),
            RelatedCard(card(4), "même organisation"),
            RelatedCard(card(1), "se recommandent"),
        ),
        onward=card(1),
        onward_is_newer=True,
        previous=Link(card(2).name, card(2).url),
        share=share_links(
            catalogue("fr"), f"{SITE.url}/portraits/lea/", shown.title, "Une aiguille, c’est têtu."
        ),
        reply_subject=f"Re: {shown.title}",
    )
    return made._replace(**changes)  # type: ignore[arg-type]


def meta(title: str, path: str, **changes: object) -> Meta:
    made = Meta(
        title=title,
        description="Une description.",
        lang="fr",
        canonical=f"https://serie.example{path}",
        image=SocialImage("https://serie.example/images/carte.jpg", 1200, 630, title),
    )
    return made._replace(**changes)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Sample:
    """One page: its template, its head, its view."""

    template: str
    meta: Meta
    page: object
    site: Site = SITE

    def html(self) -> str:
        words = catalogue("en" if self.meta.lang == "en" else "fr")
        return ENVIRONMENT.get_template(self.template).render(
            site=self.site, meta=self.meta, page=self.page, t=words
        )


def answer(number: int) -> AnswerView:
    """Return an answer on a question's page: the second has another wording, the third
    follow-ups."""
    macros: Any = ENVIRONMENT.get_template("components/voice.html").module
    further = FragmentExchange(
        "s",
        html("Et ensuite?"),
        "Et ensuite?",
        "/",
        html("Lien vers la question"),
        html("<p>Rien.</p>"),
        brief=True,
        answers=html(""),
        others_url="",
    )
    return AnswerView(
        card(number),
        macros.face(SITE, card(number)),
        macros.facts(catalogue("fr"), card(number)),
        f"/portraits/{number}/#q",
        "Quel est ton parcours?" if number == 1 else "",
        html(f"<p>{PROSE[number % 4]}</p>"),
        PROSE[number % 4],
        (further,) if number == 2 else (),
    )


def _portraits() -> Iterator[tuple[str, Sample]]:
    def sample(
        shown: Portrait, accent: str, page: PortraitPage | None = None, **changes: object
    ) -> Sample:
        return Sample(
            "portrait.html",
            meta(
                shown.title,
                "/portraits/lea/",
                og_type="article",
                accent_class=accent,
                published=shown.date,
                modified=shown.modified,
                lang=shown.lang,
                json_ld=html('{"@context":"https://schema.org","@type":"Article"}'),
                alternates=(
                    ("fr", "https://serie.example/portraits/lea/"),
                    ("en", "https://serie.example/en/portraits/lea/"),
                ),
            ),
            page or portrait_page(shown, **changes),
        )  # type: ignore[arg-type]

    yield "portrait", sample(portrait(), "accent-1")
    yield "portrait-30", sample(portrait(30), "accent-24")
    wide = Hero(picture("wide"), "", "Léa dans son atelier", "Sam Ouellet")
    yield "portrait-paysage", sample(portrait(), "accent-6", hero=wide)
    drawn = Hero(None, "/images/monogram.svg", "", "")
    long = portrait(
        name="Marie-Ève Saint-Onge-Lafleur de la Durantaye",
        title="Gestionnaire : Marie-Ève Saint-Onge-Lafleur de la Durantaye",
        role="Responsable des communautés et des relations publiques",
        organization="Orchestre symphonique des Laurentides",
    )
    yield "portrait-nom-long", sample(long, "accent-30", hero=drawn)
    bare = portrait(
        3,
        role="",
        organization="",
        tags=(),
        interviewers=(),
        notice=RichText(),
        accounts=(),
        manages=(),
        quote=None,
        recommendations=None,
        readings=None,
        introduction=RichText(),
        modified=None,
        title="Dix minutes au comptoir",
    )
    yield (
        "portrait-nu",
        sample(
            bare,
            "accent-12",
            page=portrait_page(
                bare,
                hero=Hero(None, "", "", ""),
                translations=(),
                recommended_by=(),
                draft=True,
                neighbourhood=Markup(""),
                exports=(),
                related=(),
                onward=None,
                previous=None,
            ),
        ),
    )
    english = portrait(lang="en", title="Portrait of Léa Tremblay-Nguyen", role="Hatter")
    yield "portrait-en", sample(english, "accent-18")


def _lists() -> Iterator[tuple[str, Sample]]:
    everyone = tuple(card(n) for n in range(13))
    questions = tuple(
        CountedLink(wording, f"/questions/{n}/", 40 - 3 * n) for n, wording in enumerate(WORDINGS)
    )
    accounts = tuple(
        CountedLink(label, f"/recommandations/#{label}", 9 - n)
        for n, label in enumerate(
            (
                "@evelyne_exemple",
                "@sam@mastodon.example",
                "@phare",
                "Le blogue d’Ana",
                "@atelier_nord",
            )
        )
    )
    home = Sample(
        "home.html",
        meta("Derrière le comptoir", "/", accent_class="accent-1"),
        HomePage(everyone[0], "", everyone[1:9], questions[:6], accounts, 37, "/portraits/"),
    )
    yield "home", home
    yield "home-un", replace(home, page=HomePage(everyone[0], "", (), (), (), 1))
    yield "home-vide", replace(home, page=HomePage(None, "", (), (), (), 0))
    pages = tuple(Link(str(n), f"/portraits/page/{n}/") for n in range(9, 0, -1))
    yield (
        "liste",
        Sample(
            "list.html",
            meta("Tous les portraits", "/portraits/"),
            ListPage(
                "portraits",
                "Tous les portraits",
                229,
                everyone,
                Pagination(0, 10, "", "/portraits/page/9/", pages),
            ),
        ),
    )
    yield (
        "etiquette",
        Sample(
            "list.html",
            meta("Portraits : musique", "/etiquettes/m/"),
            ListPage(
                "tag",
                "musique",
                2,
                everyone[:2],
                None,
                (CountedLink("festivals", "/f/", 4), CountedLink("cuisine", "/c/", 1)),
                "/etiquettes/",
            ),
        ),
    )
    yield (
        "liste-vide",
        Sample(
            "list.html",
            meta("Tous les portraits", "/portraits/"),
            ListPage("portraits", "Tous les portraits", 0, (), None),
        ),
    )
    people = tuple(
        (
            letter,
            tuple(
                IndexEntry(CountedLink(name, "/portraits/1/", 1), (card(number),))
                for number, (name, *_) in enumerate(NAMES[:n])
            ),
        )
        for letter, n in (("B", 2), ("C", 5), ("L", 1), ("T", 4))
    )
    yield (
        "personnes",
        Sample(
            "terms.html",
            meta("Les personnes", "/personnes/"),
            IndexPage("people", "Les personnes", people),
        ),
    )
    yield (
        "annees",
        Sample(
            "terms.html",
            meta("Les années", "/annees/"),
            IndexPage(
                "year",
                "Les années",
                (
                    (
                        "",
                        (
                            IndexEntry(CountedLink("2012", "/annees/2012/", 3), (card(1), card(2))),
                            IndexEntry(CountedLink("2011", "/annees/2011/", 30), ()),
                        ),
                    ),
                ),
            ),
        ),
    )
    yield (
        "citation",
        Sample(
            "quotation.html",
            meta(
                "Une citation de Léa Tremblay", "/portraits/lea/citation/", accent_class="accent-1"
            ),
            QuotationPage(
                "Un chapeau, ça se pose; ça ne s’enfonce pas",
                everyone[0],
                "En quoi as-tu étudié?",
                "/portraits/lea/#citation",
            ),
        ),
    )
    yield (
        "question",
        Sample(
            "question.html",
            meta("En quoi as-tu étudié?", "/questions/0/"),
            QuestionPage(
                "etudes",
                "En quoi as-tu étudié?",
                (CountedLink("Quel est ton parcours?", "", 2),),
                tuple(map(answer, range(5))),
                None,
                Link("Comment as-tu commencé?", "/questions/1/"),
                ("parcours",),
            ),
        ),
    )
    yield (
        "questions",
        Sample(
            "questions.html",
            meta("Les questions", "/questions/"),
            QuestionsPage((*questions, CountedLink("Une question sans page?", "", 1))),
        ),
    )
    yield (
        "questions-vide",
        Sample("questions.html", meta("Les questions", "/questions/"), QuestionsPage(())),
    )


def reasons_of(numbers: Iterable[int]) -> tuple[DirectoryRecommender, ...]:
    """Return people with their reasons; the second gives none."""
    return tuple(
        DirectoryRecommender(
            Link(NAMES[n][0], f"/portraits/{n}/"),
            html(f"<p>{PROSE[n % 4][:70]}</p>" if n != 1 else ""),
        )
        for n in numbers
    )


def _directory_account(of: Account, years: str) -> DirectoryAccount:
    """Return an account of the directory; one that has ``years`` is given up."""
    url = "" if years else of.url
    return DirectoryAccount(of.key, of.label, url, of.network, of.network.title(), years)


def _others() -> Iterator[tuple[str, Sample]]:
    entries = tuple(
        DirectoryEntryView(
            NAMES[1][0] if handle == "sam" else f"@{handle}",
            "/portraits/1/" if handle == "sam" else f"https://{network}.example/@{handle}",
            card(1) if handle == "sam" else None,
            handle[0].upper(),
            (
                _directory_account(account(handle, network), ""),
                *(
                    (_directory_account(account("sam", "twitter"), "jusqu’en 2022"),)
                    if handle == "sam"
                    else ()
                ),
            ),
            f"choice-{number}",
            reasons_of(range(min(count, 3))),
            reasons_of(range(3, count)),
            count,
        )
        for number, (handle, network, count) in enumerate(
            (
                ("sam", "mastodon", 4),
                ("lea.exemple.social", "bluesky", 3),
                ("phare", "web", 2),
                ("un_compte_au_nom_vraiment_interminable_sans_espace", "twitter", 1),
            ),
            1,
        )
    )
    networks = tuple(
        CountedLink(label, f"choice-{number}", 1)
        for number, label in enumerate(("Mastodon", "Bluesky", "Site web", "Twitter"), 1)
    )
    letters = tuple(CountedLink(letter, f"/recommandations/{letter}/", 12) for letter in "abcdef")
    directory = DirectoryPage(
        entries, networks, letters, "", (Link("OPML", "/recommandations/ff.opml"),), "/graphe/"
    )
    head = meta("Les recommandations", "/recommandations/")
    yield "recommandations", Sample("directory.html", head, directory)
    yield (
        "recommandations-vide",
        Sample(
            "directory.html",
            head,
            directory._replace(entries=(), networks=(), letters=(), exports=(), graph_url=""),
        ),
    )
    yield (
        "graphe",
        Sample(
            "graph.html",
            meta("Qui recommande qui", "/graphe/"),
            GraphPage(
                DRAWING,
                "3 personnes n’y figurent pas.",
                "Les comptes recommandés une seule fois ne sont pas dessinés.",
                tuple(
                    (Link(name, "/portraits/1/"), (Link("Bo Li", "/portraits/4/"),), ())
                    for name, *_ in NAMES
                ),
            ),
        ),
    )
    yield (
        "graphe-vide",
        Sample(
            "graph.html", meta("Qui recommande qui", "/graphe/"), GraphPage(Markup(""), "", "", ())
        ),
    )
    yield (
        "chiffres",
        Sample(
            "numbers.html",
            meta("En chiffres", "/chiffres/"),
            NumbersPage(
                (("portraits", "37"), ("mots", "48 210"), ("comptes recommandés", "214")),
                (Chart("Portraits par année", DRAWING, ("Année", "Portraits"), (("2011", "30"),)),),
            ),
        ),
    )
    yield (
        "recherche",
        Sample(
            "search.html",
            meta("Chercher", "/recherche/"),
            SearchPage(
                "/recherche/index/", "/portraits/", (CountedLink(WORDINGS[0], "/questions/0/", 40),)
            ),
        ),
    )
    yield (
        "abonnement",
        Sample(
            "subscribe.html",
            meta("S’abonner", "/abonnement/"),
            SubscribePage(FEEDS, (("français", FEEDS), ("anglais", FEEDS)), (("musique", FEEDS),)),
        ),
    )
    yield (
        "a-propos",
        Sample(
            "page.html",
            meta("À propos", "/a-propos/"),
            PlainPage(
                "À propos",
                html(
                    f"<p>{PROSE[0]}</p><h2>La licence</h2><p>{PROSE[1]}</p>"
                    "<ul><li>un</li><li>deux</li></ul>"
                ),
            ),
        ),
    )
    yield (
        "404",
        Sample(
            "404.html",
            meta("Page introuvable", "", canonical="", noindex=True),
            NotFoundPage(tuple(card(n) for n in range(3)), "/recherche/"),
        ),
    )


def styleguide() -> Sample:
    """Return the page of components. It is internal, and may have several first-level headings."""
    return Sample(
        "styleguide.html",
        meta("Les composants", "/composants/"),
        styleguide_page(THEME, ENVIRONMENT, SITE, catalogue("fr")),
    )


def samples() -> dict[str, Sample]:
    """Return every sample by name; the name is also the file's."""
    return dict((*_portraits(), *_lists(), *_others()))


def stylesheet(look: str = "magazine") -> str:
    """Return the site's one style sheet in a look, assembled as assets.toml says."""
    with (THEME / "assets.toml").open("rb") as file:
        names = tomllib.load(file)["bundles"]["css/site.css"]
    return "".join(
        (THEME / "static" / name.format(look=look)).read_text(encoding="utf-8") for name in names
    )


def write(folder: Path) -> None:
    """Write all samples as a site into ``folder``, with drawn pictures."""
    from shutil import copytree

    from PIL import Image
    from portraits.images.accent import accent_of_name
    from portraits.images.monogram import monogram

    copytree(THEME / "static", folder / "theme", dirs_exist_ok=True)
    (folder / "theme" / "css" / "site.css").write_text(stylesheet(), encoding="utf-8")
    (folder / "images").mkdir(parents=True, exist_ok=True)
    (folder / "images" / "monogram.svg").write_bytes(monogram("Sam Ouellet", accent_of_name("Sam")))
    photos = sorted((THEME.parent / "content" / "portraits").glob("*.jpg"))
    for use in IMAGES:
        for number in range(6):
            made = picture(use, number)
            for variant in (*made.avif, *made.jpeg):
                target = folder / "images" / variant.name
                if target.exists():
                    continue
                if photos:
                    photo = Image.open(photos[number % len(photos)]).convert("RGB")
                    photo = photo.crop(_middle(photo.size, variant.width / variant.height))
                else:
                    photo = Image.linear_gradient("L").convert("RGB")
                photo.resize((variant.width, variant.height)).save(target, quality=70, speed=9)
    for name, sample in (samples() | {"composants": styleguide()}).items():
        (folder / f"{name}.html").write_text(sample.html(), encoding="utf-8")


def _middle(size: tuple[int, int], ratio: float) -> tuple[int, int, int, int]:
    width, height = size
    across, down = min(width, round(height * ratio)), min(height, round(width / ratio))
    left, top = (width - across) // 2, (height - down) // 3
    return left, top, left + across, top + down


if __name__ == "__main__":
    write(Path(sys.argv[1]))
