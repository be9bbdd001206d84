"""Bytes become text, or are refused with what to do."""

from __future__ import annotations

import pytest
from portraits.importer.plain_text import decoded
from portraits.importer.transcript import ImportRefused

TEXT = "Élève à l’œuvre\nfin"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_without_a_notice(encoding: str) -> None:
    assert decoded(TEXT.encode(encoding)) == (TEXT, ())


def test_windows_1252_is_read_and_said() -> None:
    text, notices = decoded(TEXT.encode("cp1252"))
    assert text == TEXT
    assert "Windows-1252" in notices[0]


def test_line_ends_and_composed_letters_become_one_form() -> None:
    assert decoded("e\u0301\r\nb\rc".encode())[0] == "é\nb\nc"


def test_invisible_characters_go_and_joiners_of_a_script_stay() -> None:
    assert decoded("@even\u00adko\u200b, می\u200cخواهم".encode())[0] == "@evenko, می\u200cخواهم"


def test_control_characters_become_spaces_and_are_said() -> None:
    text, notices = decoded(b"a\x01b\xef\xb7\x90c")
    assert text == "a b c"
    assert "contrôle" in notices[0]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "vide"),
        (b" \n\n", "vide"),
        (b"\xff\xd8\xff\xe0JFIF", "pas du texte"),
        (b"abc\x00def", "octets nuls"),
        (bytes(range(1, 32)) * 20, "pas du texte"),
        (b"a" * 3_000_001, "3 Mo"),
        ("é".encode("utf-16") + b"a", "UTF-16"),
    ],
)
def test_what_is_not_text_is_refused_with_the_remedy(data: bytes, said: str) -> None:
    with pytest.raises(ImportRefused, match=said):
        decoded(data)
