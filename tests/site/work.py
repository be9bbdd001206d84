"""Edit a series at random, with one function per kind of change.

A change picks a random place and usually leaves a series that can be published; otherwise the
build is refused and the editor undoes the change.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml
from PIL import Image
from portraits.build.releases import PublishingError, opened, working_folder
from portraits.build.site import SiteBuild
from portraits.editor.figures import counted
from portraits.reader.questionnaire import read_questionnaire
from portraits.support.problems import errors

from tests.site.workspace import Workspace, change, front_and_body, joined

NEW = """
Une introduction pour {name}.

## Comment as-tu commencé ?

{answer}

## Quel conseil donnes-tu ?

Lire, puis {answer}

## Et la suite ?

On verra : {answer}

## #FF Qui suivre ?

- @compte{first} : pour {answer}
- @p{second}
"""
TAGS = ("musique", "Musique", "radio", "ville", "livre", "Événements", "evenements")
ORGANIZATIONS = ("Coop du Nord", "Radio Demain", "Coop du nord", "Théâtre")
OWN_QUESTIONS = ("Et la suite ?", "Pourquoi ici ?", "Thé ou café ?")
WORDS = ("encore", "souvent", "demain", "autrefois", "ensemble", "lentement")
ADDRESSES = ("/ancien/{}/", "/{}.html", "/2011/{}/index.html", "/fichiers/{}.pdf")


class Work:
    """Random changes of one series."""

    def __init__(self, workspace: Workspace, seed: int) -> None:
        self.workspace, self.chance = workspace, random.Random(seed)
        self.seed, self.done, self._count = seed, list[str](), 0

    def do(self, what: Callable[[Work], None]) -> None:
        self.done.append(what.__name__)
        what(self)

    def kept(self) -> Path:
        """Return a copy of the current texts."""
        copy = self.workspace.folder / "kept"
        shutil.rmtree(copy, ignore_errors=True)
        return Path(shutil.copytree(self.content, copy))

    def take_back(self, kept: Path) -> None:
        """Restore the texts."""
        shutil.rmtree(self.content)
        kept.rename(self.content)

    # -- what there is

    @property
    def content(self) -> Path:
        return self.workspace.content

    def number(self) -> int:
        """Return a new number each time."""
        self._count += 1
        return self._count

    def portraits(self) -> list[Path]:
        return sorted(self.content.glob("portraits/*.md"))

    def any(self) -> Path:
        return self.chance.choice(self.portraits())

    def free(self) -> Path:
        """Return a random portrait without incoming links, or any if all have some."""
        texts = {path: path.read_text(encoding="utf-8") for path in self.portraits()}
        return self.chance.choice(
            [
                path
                for path in texts
                if not any(
                    f"]({path.name}" in text for other, text in texts.items() if other != path
                )
            ]
            or [*texts]
        )

    def shown(self) -> Path:
        """Return a random portrait that is published, according to its front matter."""
        return self.chance.choice(
            [
                path
                for path in self.portraits()
                if (front := front_and_body(path)[0]).get("status", "published") == "published"
                and front["date"] <= self.workspace.today
            ]
        )

    def day(self) -> dt.date:
        return dt.date(
            self.chance.randrange(2011, 2014),
            self.chance.randrange(1, 13),
            self.chance.randrange(1, 29),
        )

    def answer(self) -> str:
        return f"{self.chance.choice(WORDS)} {self.chance.randrange(100)}."

    # -- changing texts

    def set(self, path: Path, /, **keys: object) -> None:
        self.workspace.set(path.stem, **keys)

    def lines(self, path: Path, among: Callable[[str], bool]) -> Iterator[int]:
        """Yield the 0-based numbers of the body's lines for which ``among`` is true."""
        start = self._body(path)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            if number >= start and among(line):
                yield number

    def _body(self, path: Path) -> int:
        lines = path.read_text(encoding="utf-8").splitlines()
        return lines.index("---", 1) + 1

    def change_line(
        self, path: Path, among: Callable[[str], bool], new: Callable[[str], str]
    ) -> bool:
        """Replace a random line for which ``among`` is true; return False if there is none."""
        found = list(self.lines(path, among))
        if not found:
            return False
        lines = path.read_text(encoding="utf-8").splitlines()
        number = self.chance.choice(found)
        lines[number] = new(lines[number])
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return True

    def questionnaire(self, edit: Callable[[list[dict[str, Any]]], object]) -> None:
        path = self.content / "questionnaire.yml"
        read, _ = read_questionnaire("questionnaire.yml", path.read_bytes())
        questions = [
            {
                "id": entry.id,
                **dict(entry.wordings),
                "tags": [*entry.tags],
                "variants": {
                    lang: [text for other, text in entry.variants if other == lang]
                    for lang, _ in entry.variants
                },
            }
            for entry in read.entries
        ]
        edit(questions)
        questions = [
            {key: value for key, value in question.items() if value} for question in questions
        ]
        path.write_text(
            yaml.safe_dump({"questions": questions}, sort_keys=False, allow_unicode=True),
            encoding="utf-8",
        )


def _is_answer(line: str) -> bool:
    return bool(line) and line[0].isalpha() and line.endswith(".")


def _is_question(line: str) -> bool:
    return line.startswith("## ") and "#FF" not in line and "Lecture" not in line


def _is_recommendation(line: str) -> bool:
    return line.startswith("- @")


# -- the portraits as files


def add(work: Work) -> None:
    chance, number = work.chance, work.number()
    name = f"p{number}"
    front = {
        "name": f"Personne {number}",
        "date": work.day(),
        "tags": chance.sample(TAGS, 2),
        "accounts": {"twitter": f"p{chance.randrange(9)}"},
        "organization": chance.choice(ORGANIZATIONS),
    }
    work.workspace.write(
        name,
        joined(
            front,
            NEW.format(
                name=front["name"],
                answer=work.answer(),
                first=chance.randrange(6),
                second=chance.randrange(9),
            ),
        ),
    )


def delete(work: Work) -> None:
    work.free().unlink()


def copy(work: Work) -> None:
    path = work.any()
    front, body = front_and_body(path)
    front.pop("aliases", None)
    work.workspace.write(f"{path.stem.partition('.')[0]}-{work.number()}", joined(front, body))


def rename(work: Work) -> None:
    """Rename a portrait and update the links to it."""
    path = work.any()
    stem, *rest = path.name.split(".")
    new = path.with_name(".".join((f"{stem.split('-')[0]}-{work.number()}", *rest)))
    path.rename(new)
    for other in work.portraits():
        text = other.read_text(encoding="utf-8")
        if f"]({path.name}" in text:
            other.write_text(text.replace(f"]({path.name}", f"]({new.name}"), encoding="utf-8")


def exchange(work: Work) -> None:
    """Exchange two texts."""
    first, second = work.chance.sample(work.portraits(), 2)
    one, other = first.read_text(encoding="utf-8"), second.read_text(encoding="utf-8")
    first.write_text(other, encoding="utf-8")
    second.write_text(one, encoding="utf-8")


def save_unchanged(work: Work) -> None:
    for path in work.portraits():
        path.touch()


def translate(work: Work) -> None:
    path = work.chance.choice([one for one in work.portraits() if "." not in one.stem])
    front, body = front_and_body(path)
    front |= {"lang": "en", "name": f"{front['name']}, in English"}
    front.pop("aliases", None)
    body = body.replace("Comment as-tu commencé ?", "How did you begin?", 1)
    work.workspace.write(f"{path.stem}.en", joined(front, body))


def take_a_translation_away(work: Work) -> None:
    for path in sorted(work.content.glob("portraits/*.en.md"))[:1]:
        path.unlink()


# -- what they say


def edit_answer(work: Work) -> None:
    work.change_line(work.any(), _is_answer, lambda line: f"{line} Et {work.answer()}")


def rename_person(work: Work) -> None:
    work.set(work.any(), name=f"Autre Nom {work.number()}")


def change_date(work: Work) -> None:
    work.set(work.any(), date=work.day())


def change_tags(work: Work) -> None:
    work.set(work.any(), tags=work.chance.sample(TAGS, work.chance.randrange(1, 4)))


def rename_a_tag(work: Work) -> None:
    """Rename a tag in all portraits."""
    old, new = work.chance.choice(TAGS), f"étiquette {work.number()}"
    for path in work.portraits():
        tags = front_and_body(path)[0].get("tags", [])
        if old in tags:
            work.set(path, tags=[new if tag == old else tag for tag in tags])


def change_organization(work: Work) -> None:
    work.set(work.any(), organization=work.chance.choice((*ORGANIZATIONS, None)))


def change_role(work: Work) -> None:
    work.set(work.any(), role=f"Métier {work.number()}", modified=work.workspace.today)


def change_account(work: Work) -> None:
    """Change an account, to one that somebody may recommend."""
    work.set(
        work.any(),
        accounts={"twitter": f"p{work.chance.randrange(9)}", "facebook": "pour les proches"},
    )


def write_down_people(work: Work) -> None:
    """Write anew what is known of people: whose accounts are whose, and which are given up."""
    numbers = list(range(9))
    work.chance.shuffle(numbers)
    lines = ["people:"]
    for name in ("Personne", "Quelqu’un")[: work.chance.randrange(3)]:
        lines += [f"  - name: {name}", "    accounts:"]
        for _ in range(work.chance.randrange(1, 4)):
            lines.append(f'      - account: "@p{numbers.pop()}"')
            if work.chance.random() < 0.5:
                lines.append(f"        until: {work.chance.randrange(2009, 2024)}")
    path = work.content / "people.yml"
    if lines[1:]:
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    else:
        path.unlink(missing_ok=True)


def change_what_is_managed(work: Work) -> None:
    work.set(work.any(), manages=[{"twitter": f"compte{work.chance.randrange(6)}"}])


def recommend(work: Work) -> None:
    """Add a recommendation to an existing list."""
    name = work.chance.choice(
        (f"compte{work.chance.randrange(6)}", "commun", f"p{work.chance.randrange(9)}")
    )
    work.change_line(
        work.any(), _is_recommendation, lambda line: f"{line}\n- @{name} : {work.answer()}"
    )


def recommend_no_more(work: Work) -> None:
    path = work.any()
    if len(list(work.lines(path, _is_recommendation))) > 1:
        work.change_line(path, _is_recommendation, lambda line: "")


def recommend_for_another_reason(work: Work) -> None:
    work.change_line(
        work.any(),
        _is_recommendation,
        lambda line: f"{line.split(' ')[0]} {line.split(' ')[1]} : {work.answer()}",
    )


def ask_in_other_words(work: Work) -> None:
    """Reword a question: as in the questionnaire, as one of its variants, or freely."""
    known: list[str] = list(OWN_QUESTIONS)

    def look(questions: list[dict[str, Any]]) -> None:
        for question in questions:
            known.extend([question["fr"], *question.get("variants", {}).get("fr", [])])

    work.questionnaire(look)
    work.change_line(
        work.any(),
        lambda line: _is_question(line) and "{#" not in line,
        lambda line: f"## {work.chance.choice(known)}",
    )


def give_aliases(work: Work) -> None:
    addresses = [
        address.format(work.number())
        for address in work.chance.sample(ADDRESSES, work.chance.randrange(1, 3))
    ]
    work.set(work.any(), aliases=addresses)


def take_aliases_away(work: Work) -> None:
    for path in work.portraits():
        if work.chance.random() < 0.5:
            work.set(path, aliases=None)


# -- links from one to another


def link(work: Work) -> None:
    """Link to another portrait, or to a question of it, which gets an id."""
    source, target = work.any(), work.shown()
    fragment = ""
    if work.chance.random() < 0.7 and source != target:
        named = f"q{work.number()}"
        if work.change_line(
            target,
            lambda line: _is_question(line) and "{#" not in line,
            lambda line: f"{line} {{#{named}}}",
        ):
            fragment = f"#{named}"
    work.change_line(source, _is_answer, lambda line: f"{line} Voir [x]({target.name}{fragment}).")


def name_a_question_otherwise(work: Work) -> None:
    """Change the id of a question and update the links to it."""
    target = work.any()
    old: list[str] = []
    new = f"q{work.number()}"

    def renamed(line: str) -> str:
        old.extend(re.findall(r"\{#(\S+)\}", line))
        return re.sub(r"\{#\S+\}", f"{{#{new}}}", line)

    if work.change_line(target, lambda line: _is_question(line) and "{#" in line, renamed):
        for path in work.portraits():
            text = path.read_text(encoding="utf-8")
            path.write_text(
                text.replace(f"]({target.name}#{old[0]})", f"]({target.name}#{new})"),
                encoding="utf-8",
            )


# -- who is shown


def hold_back(work: Work) -> None:
    work.set(work.free(), status=work.chance.choice(["draft", "hidden"]))


def publish_a_draft(work: Work) -> None:
    for path in work.portraits():
        if front_and_body(path)[0].get("status") in ("draft", "hidden"):
            work.set(path, status="published")
            return


def schedule(work: Work) -> None:
    work.set(
        work.free(), date=work.workspace.today + dt.timedelta(days=work.chance.randrange(1, 4))
    )


def wait_some_days(work: Work) -> None:
    work.workspace.today += dt.timedelta(days=work.chance.randrange(1, 4))


# -- the questionnaire


def reword_a_question(work: Work) -> None:
    wording = f"Formulation numéro {work.number()} ?"
    work.questionnaire(lambda questions: questions[0].update(fr=wording))


def reword_it_again(work: Work) -> None:
    reword_a_question(work)


def add_a_variant(work: Work) -> None:
    def edit(questions: list[dict[str, Any]]) -> None:
        variants = work.chance.choice(questions).setdefault("variants", {})
        variants.setdefault("fr", []).append(f"Variante numéro {work.number()} ?")

    work.questionnaire(edit)


def adopt_a_question(work: Work) -> None:
    """Add to the questionnaire a question that only portraits ask."""
    wording = work.chance.choice(OWN_QUESTIONS)

    def edit(questions: list[dict[str, Any]]) -> None:
        if all(question["fr"] != wording for question in questions):
            questions.append({"id": f"adoptee-{work.number()}", "fr": wording, "tags": ["suite"]})

    work.questionnaire(edit)


def take_a_question_away(work: Work) -> None:
    work.questionnaire(lambda questions: questions.pop(work.chance.randrange(1, len(questions))))


def order_the_questions(work: Work) -> None:
    work.questionnaire(lambda questions: questions.reverse())


def tag_a_question(work: Work) -> None:
    work.questionnaire(
        lambda questions: work.chance.choice(questions).update(
            tags=[work.chance.choice(["parcours", "métier"])]
        )
    )


def translate_a_question(work: Work) -> None:
    work.questionnaire(
        lambda questions: work.chance.choice(questions).update(
            en=f"Wording number {work.number()}?"
        )
    )


# -- the rest of the site


def change_a_template(work: Work) -> None:
    name = work.chance.choice(
        [
            "components/card.html",
            "base.html",
            "portrait.html",
            "list.html",
            "fragment.html",
            "question.html",
            "404.html",
        ]
    )
    with (work.workspace.theme / "templates" / name).open("a") as template:
        template.write(f"{{# {work.number()} #}}\n")


def change_what_a_template_prints(work: Work) -> None:
    path = work.workspace.theme / "templates/components/card.html"
    change(path, 'class="card ', f'class="card essai-{work.number()} ')


def change_the_style(work: Work) -> None:
    with (work.workspace.theme / "static/css/base.css").open("a") as sheet:
        sheet.write(f"\n/* {work.number()} */\n")


def change_a_setting(work: Work) -> None:
    work.workspace.settings |= work.chance.choice(
        [
            {"page_size": work.chance.choice([2, 3, 5, 12])},
            {"feed_size": work.chance.choice([1, 4])},
            {"question_page_minimum": work.chance.choice([1, 2, 3])},
            {"related": work.chance.choice([0, 2])},
        ]
    )


def edit_a_page(work: Work) -> None:
    with (work.content / "pages/a-propos.md").open("a") as page:
        page.write(f"\nEncore une ligne, {work.answer()}\n")


def add_a_page(work: Work) -> None:
    number = work.number()
    (work.content / f"pages/page-{number}.md").write_text(
        f"title: Page {number}\n\nUne page de plus.\n", encoding="utf-8"
    )


def take_a_page_away(work: Work) -> None:
    for path in sorted(work.content.glob("pages/page-*.md"))[:1]:
        path.unlink()


def change_a_file_of_the_editor(work: Work) -> None:
    folder = work.content / "extra"
    folder.mkdir(exist_ok=True)
    name = work.chance.choice(["CNAME", "favicon.ico"])
    (folder / name).write_text(f"{work.number()}\n")


def take_the_files_of_the_editor_away(work: Work) -> None:
    shutil.rmtree(work.content / "extra", ignore_errors=True)


def damage_the_site(work: Work) -> None:
    """Delete or overwrite files of the site."""
    files = [
        path
        for path in sorted(work.workspace.output.rglob("*"))
        if path.is_file() and path.name != ".portraits-release"
    ]
    if files:
        gone, other = work.chance.sample(files, 2)
        gone.unlink()
        os.truncate(other, 3)


def take_the_release_back(work: Work) -> None:
    """Roll back the release, if there is an earlier one."""
    with opened(work.workspace.output) as releases, suppress(PublishingError):
        releases.roll_back()


def lose_the_cache(work: Work) -> None:
    shutil.rmtree(work.workspace.folder / "cache")


def lose_the_working_folder(work: Work) -> None:
    shutil.rmtree(working_folder(work.workspace.output))


def lose_the_site(work: Work) -> None:
    shutil.rmtree(work.workspace.output)


def check_without_building(work: Work) -> None:
    """Run the check: it updates the database, but not the site."""
    with SiteBuild(work.workspace.options()) as site:
        site.examine()


def count_without_building(work: Work) -> None:
    """Run the statistics: they update the database and its views, but not the site."""
    with SiteBuild(work.workspace.options()) as site:
        if not errors(site.examine()):
            counted(site.series(), "fr")


# -- pictures


def _draw(path: Path, work: Work) -> None:
    chance = work.chance
    colour = (chance.randrange(256), chance.randrange(256), chance.randrange(256))
    Image.new("RGB", (chance.choice([96, 128]), 96), colour).save(path, quality=80)


def give_a_photo(work: Work) -> None:
    path = work.any()
    name = f"photo-{work.number()}.jpg"
    _draw(path.with_name(name), work)
    work.set(path, photo={"file": name, "alt": f"Visage, {work.answer()}", "credit": "Ana"})


def _with_photo(work: Work) -> list[Path]:
    return [path for path in work.portraits() if "photo" in front_and_body(path)[0]]


def replace_a_photo(work: Work) -> None:
    """Replace a picture, keeping its name."""
    for path in sorted(work.content.glob("portraits/photo-*.jpg"))[-1:]:
        _draw(path, work)


def change_the_focus(work: Work) -> None:
    for path in _with_photo(work)[:1]:
        photo = front_and_body(path)[0]["photo"]
        work.set(path, photo={**photo, "focus": [work.chance.choice([0.1, 0.4, 0.7]), 0.5]})


def share_a_photo(work: Work) -> None:
    found = _with_photo(work)
    if found:
        work.set(work.any(), photo=front_and_body(work.chance.choice(found))[0]["photo"])


def take_a_photo_away(work: Work) -> None:
    for path in _with_photo(work)[-1:]:
        work.set(path, photo=None)


def show_a_picture(work: Work) -> None:
    """Add a picture to an answer."""
    path = work.any()
    name = f"photo-{work.number()}.jpg"
    _draw(path.with_name(name), work)
    work.change_line(path, _is_answer, lambda line: f"{line}\n\n![Une image]({name})\n")


CHANGES: tuple[Callable[[Work], None], ...] = (
    add,
    delete,
    copy,
    rename,
    exchange,
    save_unchanged,
    translate,
    take_a_translation_away,
    edit_answer,
    rename_person,
    change_date,
    change_tags,
    rename_a_tag,
    change_organization,
    change_role,
    change_account,
    write_down_people,
    change_what_is_managed,
    recommend,
    recommend_no_more,
    recommend_for_another_reason,
    ask_in_other_words,
    give_aliases,
    take_aliases_away,
    link,
    link,
    name_a_question_otherwise,
    hold_back,
    publish_a_draft,
    schedule,
    wait_some_days,
    reword_a_question,
    reword_it_again,
    add_a_variant,
    adopt_a_question,
    take_a_question_away,
    order_the_questions,
    tag_a_question,
    translate_a_question,
    change_a_template,
    change_what_a_template_prints,
    change_the_style,
    change_a_setting,
    edit_a_page,
    add_a_page,
    take_a_page_away,
    change_a_file_of_the_editor,
    take_the_files_of_the_editor_away,
    damage_the_site,
    take_the_release_back,
    lose_the_cache,
    lose_the_working_folder,
    lose_the_site,
    check_without_building,
    check_without_building,
    count_without_building,
    count_without_building,
)
PICTURES: tuple[Callable[[Work], None], ...] = (
    give_a_photo,
    give_a_photo,
    show_a_picture,
    replace_a_photo,
    change_the_focus,
    share_a_photo,
    take_a_photo_away,
    give_a_photo,
    replace_a_photo,
    edit_answer,
    rename_person,
    hold_back,
    change_role,
    copy,
    damage_the_site,
    take_the_release_back,
)
