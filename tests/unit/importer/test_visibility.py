"""Only what a source shows plainly to everybody is imported as published."""

from __future__ import annotations

from pathlib import Path

import pytest
from portraits.importer import wordpress
from portraits.importer.portrait import imported

from tests.unit.importer.shapes import QUESTIONNAIRE, SETTINGS, imported_from

BODY = "\n## Quel est ton outil ?\n\nUn carnet.\n"
EXPORT = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<item><title>Portrait de Zoé Lapierre</title><link>https://a.example/zoe/</link>
<content:encoded><![CDATA[<h2>Quel est ton outil ?</h2><p>Un carnet.</p>]]></content:encoded>
<wp:post_date>2012-03-06 10:00:00</wp:post_date><wp:post_name>zoe</wp:post_name>
<wp:post_type>post</wp:post_type>{more}
</item></channel></rss>
"""


def of_front_matter(keys: str) -> str:
    """The file that a Markdown text with these keys gives."""
    text = f"---\nname: Zoé Lapierre\ndate: 2012-03-06\n{keys}\n---\n{BODY}"
    return imported_from("zoe.md", text.encode()).text


def of_export(folder: Path, more: str) -> tuple[str, wordpress.Post]:
    """The file that a post with these elements gives, and the post."""
    path = folder / "export.xml"
    path.write_text(EXPORT.format(more=more), encoding="utf-8")
    (post,) = wordpress.items(path)
    assert isinstance(post, wordpress.Post)
    return imported(post.transcript, SETTINGS, QUESTIONNAIRE, "fr").text, post


@pytest.mark.parametrize(
    "keys",
    [
        "status: published",
        "status: public",
        "draft: false",
        "published: true",
        'draft: "false"',
        "status: published\npassword:\nprivate: false\nvisibility: public",
        "status: published\npublishDate: 2012-03-06",
    ],
)
def test_what_is_plainly_public_is_published(keys: str) -> None:
    text = of_front_matter(keys)
    assert "status:" not in text
    assert "à vérifier" not in text


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        ("status: published\npassword: sesame", "password"),
        ("status: published\nvisibility: members", "visibility: members"),
        ("draft: false\nprivate: true", "private: True"),
        ("published: true\nunlisted: true", "unlisted: True"),
        ("status: privé", "status: privé"),
        ("status: futur", "status: futur"),
        ("status: published\ndraft: true", "brouillon d’après une clé"),
        ("draft: false\npublishDate: 2099-01-01", "publishDate: 2099-01-01"),
        ("draft: false\nexpiryDate: 2013-01-01", "expiryDate: 2013-01-01"),
    ],
)
def test_what_is_not_plainly_public_is_a_draft_with_a_remark(keys: str, why: str) -> None:
    text = of_front_matter(keys)
    assert "\nstatus: draft" in text
    assert f"# à vérifier : n’était pas public à la source : {why}" in text
    assert "sesame" not in text


@pytest.mark.parametrize("keys", ["draft: true", "published: false", "status: draft", ""])
def test_a_plain_draft_is_a_draft_without_a_remark(keys: str) -> None:
    text = of_front_matter(keys)
    assert "\nstatus: draft" in text
    assert "# à vérifier" not in text


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (
            "<wp:status>publish</wp:status><wp:post_password>sesame</wp:post_password>",
            "protégé par un mot de passe",
        ),
        ("<wp:status>private</wp:status>", "privé"),
        ("<wp:status>future</wp:status>", "programmé pour plus tard"),
        ("<wp:status>draft</wp:status>", "brouillon"),
        ("<wp:status>trash</wp:status>", "à la corbeille"),
        ("<wp:status>archived</wp:status>", "état inconnu (archived)"),
        ("", "sans état"),
    ],
)
def test_a_post_that_wordpress_keeps_from_some_is_a_draft(
    tmp_path: Path, more: str, why: str
) -> None:
    text, _ = of_export(tmp_path, more)
    assert "\nstatus: draft" in text
    assert f"n’était pas public à la source : {why}" in text
    assert "sesame" not in text


def test_a_public_post_is_published_with_the_comments_of_people(tmp_path: Path) -> None:
    comments = "".join(
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_type>{kind}"
        f"</wp:comment_type><wp:comment_approved>{approved}</wp:comment_approved>"
        f"<wp:comment_content>Bravo</wp:comment_content></wp:comment>"
        for number, (kind, approved) in enumerate(
            [
                ("", "1"),
                ("comment", "1"),
                ("pingback", "1"),
                ("trackback", "1"),
                ("comment", "spam"),
                ("comment", "trash"),
            ]
        )
    )
    text, post = of_export(tmp_path, f"<wp:status>publish</wp:status>{comments}")
    assert "status:" not in text
    assert [comment.id for comment in post.comments] == ["0", "1"]
