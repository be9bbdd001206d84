"""What an export of WordPress holds besides words: codes, references, pictures of smileys."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from portraits.importer import wordpress
from portraits.importer.portrait import Imported, imported

from tests.unit.importer.shapes import QUESTIONNAIRE, SETTINGS, portrait

EXPORT = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:wp="http://wordpress.org/export/1.2/"><channel><item>
<title>{title}</title><link>https://vieux.example{path}</link>
<category domain="post_tag" nicename="x"><![CDATA[{tag}]]></category>
<content:encoded><![CDATA[{content}]]></content:encoded>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item></channel></rss>"""


def post(
    folder: Path,
    content: str,
    *,
    title: str = "Portrait de Zoé Lapierre",
    path: str = "/zoe/",
    tag: str = "ville",
) -> Imported:
    """What the importer makes of one post, whose first answer is ``content``."""
    whole = f"<h2>Quel est ton outil ?</h2>\n\n{content}\n\n<h2>Et après ?</h2>\n\nRien."
    file = folder / "export.xml"
    file.write_text(EXPORT.format(title=title, path=path, tag=tag, content=whole), encoding="utf-8")
    (read,) = wordpress.items(file)
    assert isinstance(read, wordpress.Post)
    return imported(read.transcript, SETTINGS, QUESTIONNAIRE, "fr")


@pytest.mark.parametrize(
    ("content", "text", "codes"),
    [
        ("Un [su_label]mot[/su_label] ici.", "Un mot ici.", ["[su_label]", "[/su_label]"]),
        ('Voir.[gallery ids="1,2"] Fin.', "Voir. Fin.", ['[gallery ids="1,2"]']),
        ('Voir [button url="https://a.example/x]y"]ici[/button].', "Voir ici.", ["[/button]"]),
        (
            "[vc_row][vc_column_text]Un.[/vc_column_text][vc_column_text]Deux.[/vc_column_text][/vc_row]",
            "Un.\n\nDeux.",
            ["[vc_row]", "[/vc_column_text]"],
        ),
        (
            '[et_pb_section fb_built="1" _builder_version="4.9"][et_pb_text]<p>Un.</p>[/et_pb_text]'
            "[/et_pb_section]",
            "Un.",
            ["[et_pb_text]", "[/et_pb_section]"],
        ),
        ("Un [sic] mot [rires].", "Un [sic] mot [rires].", []),
        (
            "Un mot. [youtube=https://a.example/watch?v=x]",
            "Un mot.",
            ["[youtube=https://a.example/watch?v=x]"],
        ),
        ("Le code [[gallery]].", "Le code [gallery].", []),
        (
            "Un [lien](là) et [embed]https://a.example/x[/embed]",
            "Un [lien](là) et https://a.example/x",
            [],
        ),
        (
            '[caption id="a" width="3"]<img src="a.jpg" alt="b" /> Au port[/caption]Un mot.',
            "Un mot.",
            ["Au port"],
        ),
    ],
)
def test_codes_go_to_the_report_and_their_words_stay(
    content: str, text: str, codes: list[str], tmp_path: Path
) -> None:
    result = post(tmp_path, content)
    assert portrait(result).exchanges[0].answer.text == text
    assert [code for code in codes if code not in result.report.kept_text] == []
    assert result.accounting.losses == ()


def test_a_builder_s_title_is_seen_and_its_html_is_read(tmp_path: Path) -> None:
    hidden = base64.b64encode(b"%3Cp%3EUn%20secret.%3C%2Fp%3E").decode()
    result = post(
        tmp_path,
        f'[vc_toggle title="Et le port ?"]Beau.[/vc_toggle][vc_raw_html]{hidden}[/vc_raw_html]',
    )
    assert "**Et le port ?**" in result.text or "# Et le port ?" in result.text
    assert "Un secret." in result.text
    assert result.accounting.losses == ()


def test_titles_and_tags_hold_characters_and_no_references(tmp_path: Path) -> None:
    title = "Zoé &amp;amp; l&amp;#8217;&lt;em&gt;été&lt;/em&gt;"
    result = post(tmp_path, "Oui.", title=title, tag="arts &amp; lettres")
    assert "\ntitle: Zoé & l’été\n" in result.text
    assert "\ntags: [arts & lettres]\n" in result.text
    assert result.accounting.losses == ()


@pytest.mark.parametrize(
    ("picture", "text"),
    [
        ('<img src="https://a.example/icon_smile.gif" alt=":)" class="wp-smiley">', ":)"),
        ('<img src="https://s.w.example/1f600.png" alt="😀" class="emoji">', "😀"),
        ('<img src="icon_wink.gif" alt=";-)">', ";-)"),
    ],
)
def test_a_smiley_that_is_a_picture_is_text_again(picture: str, text: str, tmp_path: Path) -> None:
    result = post(tmp_path, f"Merci {picture} beaucoup.")
    assert portrait(result).exchanges[0].answer.text == f"Merci {text} beaucoup."
    assert result.accounting.losses == ()


@pytest.mark.parametrize(
    ("path", "aliases"),
    [
        ("/2011/%C3%A9t%C3%A9/zoe/", ("/2011/été/zoe/",)),
        ("/e%CC%81te%CC%81/", ("/été/",)),
        ("/a%20b/", ("/a%20b/",)),
        ("/?p=12", ()),
        ("/a%3Fb/", ()),
    ],
)
def test_an_old_address_is_one_that_hosts_find_or_is_reported(
    path: str, aliases: tuple[str, ...], tmp_path: Path
) -> None:
    result = post(tmp_path, "Oui.", path=path)
    assert portrait(result).aliases == aliases
    assert (f"https://vieux.example{path}" in result.report.kept_text) is not bool(aliases)
    assert result.accounting.losses == ()


def test_a_first_paragraph_is_the_introduction_where_the_post_has_a_title(tmp_path: Path) -> None:
    file = tmp_path / "export.xml"
    content = "Zoé gère des pages :)\n\n<h2>Quel est ton outil ?</h2>\n\nUn carnet."
    file.write_text(
        EXPORT.format(title="Portrait de Zoé Lapierre", path="/zoe/", tag="x", content=content),
        encoding="utf-8",
    )
    (read,) = wordpress.items(file)
    assert isinstance(read, wordpress.Post)
    result = imported(read.transcript, SETTINGS, QUESTIONNAIRE, "fr")
    assert portrait(result).introduction.text == "Zoé gère des pages :)"
