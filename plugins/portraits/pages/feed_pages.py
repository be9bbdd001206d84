"""The feeds: the whole series in each language, each tag, each question.

An entry stands in three formats of several feeds. It is made and serialised once a process,
and feeds that share entries are made by one process.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from portraits import addresses
from portraits.digests import digest
from portraits.feeds.entry import (
    FeedChannel,
    FeedEntry,
    answer_of,
    changed,
    channel_of,
    entry_of,
    latest,
)
from portraits.feeds.formats import FORMATS, FeedFormat
from portraits.feeds.kept import EntryKey, Following
from portraits.feeds.opml import FeedGroup, FeedListing
from portraits.feeds.opml import write as write_opml
from portraits.outline import Asked, Outline
from portraits.pages.assembly import Assembly
from portraits.pages.fragments import Filling
from portraits.pages.portrait_pages import content_key, photo_as_published, translations
from portraits.pages.spec import PageSpec
from portraits.releases import PublishingError
from portraits.verification import malformed


def followings(assembly: Assembly) -> Iterator[Following]:
    """Everything that has feeds."""
    settings = assembly.settings
    languages = assembly.library.by_lang
    for lang in dict.fromkeys((settings.lang, *languages)):
        yield _following(assembly, addresses.series_home(lang, settings.lang), settings.site_name,
                         lang, languages.get(lang, ()))
    for tag, portraits in assembly.library.by_tag.items():
        yield _following(assembly, addresses.tag(tag), f"{settings.site_name} : {tag}",
                         settings.lang, portraits)
    for question in assembly.questions.pages:
        yield _following(assembly, addresses.question(question.id),
                         question.wording(settings.lang), settings.lang, question.outlines,
                         question.id)


def _following(
    assembly: Assembly, address: str, title: str, lang: str, portraits: Sequence[Outline],
    question: str = "",
) -> Following:
    """What can be followed at ``address``. Of ``portraits``, newest first, its feeds carry as
    many as the setting says; with the id of a question, their answers to it alone."""
    carried = portraits[:assembly.settings.feed_size]
    return Following(
        address, title, lang, question, latest(map(changed, carried)),
        tuple(_key(assembly, outline, lang, asked)
              for outline, asked in _asked_of(carried, question)))


def _asked_of(
    carried: Sequence[Outline], question: str
) -> Iterator[tuple[Outline, Asked | None]]:
    """Each portrait that is carried; with the question, where its answer alone is."""
    before: Counter[str] = Counter()
    for outline in carried:
        if not question:
            yield outline, None
            continue
        answers = [asked for asked in outline.asked
                   if (asked.questionnaire_id or asked.id) == question]
        yield outline, answers[before[outline.source]]
        before[outline.source] += 1  # one that answers twice is carried twice


def edited(assembly: Assembly, following: Following, sources: Collection[str]) -> Following:
    """What is followed as it was before the texts of ``sources`` were edited, as it now is. An
    edit of a text changes neither which portraits are carried nor when they were changed."""
    return replace(following, entries=tuple(
        _key(assembly, assembly.outline(key[0]), following.lang,
             _asked(assembly.outline(key[0]), key[2])) if key[0] in sources else key
        for key in following.entries))


def _asked(outline: Outline, question: str) -> Asked | None:
    """The question of a portrait that has this id; none for an empty one."""
    return next((asked for asked in outline.asked if asked.id == question), None)


def _key(assembly: Assembly, outline: Outline, lang: str, asked: Asked | None) -> EntryKey:
    """What an entry in a feed in ``lang`` is kept under."""
    return (outline.source, lang, asked.id if asked else "",
            digest(assembly.base, repr(_shown(assembly, outline, asked))))


def _shown(assembly: Assembly, outline: Outline, asked: Asked | None) -> tuple[object, ...]:
    """Everything that an entry shows, in a form fit for a key."""
    if asked is None:
        return (content_key(assembly, outline), outline.modified,
                [(other.lang, other.slug) for other in translations(assembly, outline)])
    return (
        asked.digest, assembly.url(outline), outline.name, outline.role, outline.organization,
        outline.date, outline.modified, outline.lang, outline.interviewers, outline.tags,
        assembly.links(outline), assembly.inline_digests(outline),
    )


def feed_pages(assembly: Assembly, followings: Sequence[Following]) -> Iterator[PageSpec]:
    """The specs of all feeds, and of the list that subscribes to all of them."""
    for following in followings:
        yield from feeds_of(assembly, following)
    yield PageSpec(
        addresses.OPML, assembly.key("opml", [(f.address, f.title) for f in followings]),
        partial(_opml, assembly, followings))


def feeds_of(assembly: Assembly, following: Following) -> Iterator[PageSpec]:
    """The specs of the feeds of something that can be followed."""
    for form in FORMATS:
        yield PageSpec(
            following.address + form.file_name,
            assembly.key("feed", form.label, following.address, following.title,
                         following.entries),
            partial(_feed, assembly, following, form),
            # Tags have portraits in common, and questions have answers of the same ones.
            near="feeds of questions" if following.question else "feeds", verified=True)


def _feed(assembly: Assembly, following: Following, form: FeedFormat) -> bytes:
    channel = channel_of(
        assembly.settings, following.address, title=following.title, lang=following.lang,
        about_url=assembly.settings.absolute(addresses.SUBSCRIBE))
    keys = following.entries
    standing = assembly.entries.standing(following.address + form.file_name, keys, form.pieces)
    _verify(form, channel, following, [])
    return form.document(channel, following.updated, [
        piece or _entry(assembly, channel, following, key)[form.file_name]
        for key, piece in zip(keys, standing, strict=True)])


def _verify(
    form: FeedFormat, channel: FeedChannel, following: Following, entries: Sequence[bytes]
) -> None:
    """Raise PublishingError unless a feed of these ``entries`` is well formed. An entry stands in
    many feeds: it is looked at once, alone, and so is what is around the entries of a feed."""
    if fault := malformed(form.file_name, form.document(channel, following.updated, entries)):
        raise PublishingError(f"{following.address}{form.file_name} : {fault}")


def _entry(
    assembly: Assembly, channel: FeedChannel, following: Following, key: EntryKey
) -> Mapping[str, bytes]:
    """An entry for feeds in the channel's language, by the format's file name. It is kept: one
    entry goes into many feeds."""
    found = assembly.entries.get(key)
    if found is None:
        outline = assembly.outline(key[0])
        asked = _asked(outline, key[2])
        entry = _answer(assembly, outline, asked) if asked else _whole(assembly, outline)
        found = {form.file_name: form.serialised(channel, entry) for form in FORMATS}
        for form in FORMATS:
            _verify(form, channel, following, [found[form.file_name]])
        assembly.entries.keep(key, found)
    return found


def _whole(assembly: Assembly, outline: Outline) -> FeedEntry:
    """The entry of a portrait."""
    filling = Filling(assembly, outline)
    settings = assembly.settings
    return entry_of(
        filling.portrait, url=settings.absolute(assembly.address(outline)),
        content=filling.content,
        image=photo_as_published(assembly, outline),
        translations=[(o.lang, settings.absolute(assembly.address(o)))
                      for o in translations(assembly, outline)])


def _answer(assembly: Assembly, outline: Outline, asked: Asked) -> FeedEntry:
    """An entry that carries one answer, under the person's name."""
    exchange = assembly.load_exchange(outline, outline.asked.index(asked))
    content = assembly.environment.get_template("answer.html").render(
        site=assembly.site(outline.lang), page=Filling(assembly, outline).exchange(exchange),
        t=assembly.words(outline.lang))
    return answer_of(
        outline, exchange, content=content,
        url=f"{assembly.settings.absolute(assembly.address(outline))}#{asked.id}")


def _opml(assembly: Assembly, followings: Sequence[Following]) -> bytes:
    settings = assembly.settings
    groups: dict[str, list[FeedListing]] = {}
    for following in followings:
        home = settings.absolute(following.address)
        label = "" if not following.address or following.address.count("/") == 1 else (
            following.address.split("/", 1)[0])
        groups.setdefault(label, []).append(FeedListing(
            following.title, home + FORMATS[0].file_name, home, following.lang))
    return write_opml(settings.site_name, settings.publisher, [
        FeedGroup(label, tuple(listings)) for label, listings in groups.items()])
