"""Trees of every element that holds text, one in another."""

from __future__ import annotations

from hypothesis import strategies as st

INLINE = """
a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr o:p output q
s samp small span strike strong sub sup time tt u var x-fait
""".split()  # noqa: SIM905
BLOCKS = """
address article aside blockquote center details dialog dir div dl dd dt fieldset figcaption figure
footer form h1 h2 h3 h4 h5 h6 header hgroup legend li main menu nav noscript ol p pre search section
select summary table ul template button textarea object video audio canvas ruby
""".split()  # noqa: SIM905
STYLES = (
    "",
    ' style="font-style:italic"',
    ' style="font-weight:700"',
    ' style="text-decoration: line-through"',
    ' style="font-weight:normal; font-style:normal"',
    ' class="c1"',
    ' style="vertical-align:super"',
)
ALONE = (
    "<br>",
    "<hr>",
    "<wbr>",
    '<img src="https://a.example/{0}.jpg" alt="alt{0}z">',
    '<a href="https://a.example/{0}"></a>',
    '<a href="https://a.example/{0}"><img src="b{0}.jpg"></a>',
    '<iframe src="https://a.example/{0}"></iframe>',
    '<input type="submit" value="bouton{0}z">',
    "<!-- rien -->",
)
TEXTS = (
    "mot{0}z",
    " mot{0}z ",
    "mot{0}z, ",
    " (mot{0}z)",
    "«&nbsp;mot{0}z&nbsp;»",
    "*mot{0}z* ",
    " mot{0}z * ",
    "[mot{0}z](x) ",
    "[mot{0}z]",
    "_mot{0}z_",
    "mot{0}z! ",
    "mot{0}z!",
    "&lt;mot{0}z&gt;",
    "&amp;mot{0}z;",
    "- mot{0}z",
    "1. mot{0}z",
    "# mot{0}z",
    "| mot{0}z |",
    "~~mot{0}z~~",
    "`mot{0}z",
    "mot{0}z\\",
    "mot{0}z\n",
    "@mot{0}z ",
)


def _element(name: str, style: str, inner: list[str]) -> str:
    content = "".join(inner)
    attributes = ' href="https://a.example/lien{0}"' if name == "a" else ""
    if name in ("ul", "ol", "menu", "dir"):
        content = "".join(f"<li>{part}</li>" for part in inner)
    if name == "table":
        cells = [f"<td>{part}</td>" for part in inner]
        content = f"<tr>{''.join(cells[:2])}</tr>" + "".join(f"<tr>{c}</tr>" for c in cells[2:])
    if name == "select":
        content = "<option>choix{0}z</option>"
    if name == "textarea":
        content = "zone{0}z"
    if name == "ruby":
        content += "<rt>lecture{0}z</rt>"
    return f"<{name}{attributes}{style}>{content}</{name}>"


def _elements(names: list[str], inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        _element,
        st.sampled_from(names),
        st.sampled_from(STYLES),
        st.lists(inner, min_size=1, max_size=4),
    )


PIECES = st.one_of(st.sampled_from(TEXTS), st.sampled_from(ALONE))
NESTED = st.recursive(
    PIECES,
    lambda inner: st.one_of(_elements(INLINE, inner), _elements(BLOCKS, inner)),
    max_leaves=14,
)


def page_of(parts: list[str]) -> str:
    """A page with two questions around ``parts``; every place in them gets a number of its own."""
    first, *others = "".join(parts).split("{0}")
    filled = first + "".join(f"{number}{part}" for number, part in enumerate(others))
    return (
        "<html><head><style>.c1{font-style:italic}</style></head><body>"
        "<h1>Portrait de Zoé Lapierre</h1><h2>Quel est ton outil ?</h2>"
        f"<div>{filled}</div><h2>Et après ?</h2><p>Rien.</p></body></html>"
    )


PAGES = st.lists(NESTED, min_size=1, max_size=5).map(page_of)
