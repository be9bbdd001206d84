"""Texts that are nearly right: pieces of the format, of its marks and of its traps, shuffled."""

from __future__ import annotations

from hypothesis import strategies as st

WORDS = ("Léa", "evenko", "l’été", "« oui »", "12:30", "1 000", "aujourd’hui", "@lea",
         "@sam@mastodon.example", "#FF", "https://a.example/x", "lea@exemple.ca")
MARKS = ("[", "]", "(", ")", "](", "![", "[^1]", "[^1]: ", "<", ">", "<b>", "</b>", "<!--", "-->",
         "<![CDATA[", "]]>", "<a href=\"", "<script>", "&", "&amp;", "&#x202e;", "*", "**", "_",
         "`", "```", "~~~", "\\", "{#id}", "{: x}", "{{", "{%", "|", "|---|", "---", "===", "- ",
         "1. ", "> ", "# ", "## ", "### ", "    ", "\t", "  \n", "\n", "\n\n", "\r", ": ",
         "- - - x",
         "[a]: b", "javascript:", "\u00a0", "\u202f", "\u200b", "\ufeff", "\u202e", "\x00", "\x02",
         "\x03", "\ufdd0link0\ufdd1", "\ufdd40\ufdd5", "e\u0301", "\U0001f600", "\u2028")
KEYS = ("name", "date", "title", "status", "tags", "photo", "accounts", "manages", "quote",
        "notice", "aliases", "archives", "lang", "slug", "titre", "save_as", "staus", "<<", "é")
VALUES = ("Léa", "2011-07-14", "draft", "[a, b]", "{a: b}", "{file: x.jpg}", "&a x", "*a", "!!x y",
          "'x", '"x', "|", ">", "-", "~", "@lea", "#FF", "\"\\uFDD0\"", "[[[[", "- a", "? x", "...",
          "---", "%YAML", "\t", "1er août 2011")

piece = st.one_of(st.sampled_from(WORDS), st.sampled_from(MARKS), st.text(max_size=6))
prose = st.lists(piece, max_size=40).map("".join)
pathological = st.builds(
    lambda unit, times, end: unit * times + end,
    st.lists(st.sampled_from(MARKS), min_size=1, max_size=4).map("".join),
    st.integers(1, 400), st.sampled_from(("", "x", "\n\nx")))
line = st.builds("{}: {}".format, st.sampled_from(KEYS), st.one_of(
    st.sampled_from(VALUES), st.text(max_size=20)))
front_matter = st.lists(st.one_of(line, st.sampled_from(VALUES), st.text(max_size=20)),
                        max_size=10).map("\n".join)
