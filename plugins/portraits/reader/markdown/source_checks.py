"""Report mistakes that are visible in the source but not in the tree.

An unused definition leaves no trace in the tree, a heading without a space is a paragraph there,
an unclosed fence swallows the rest: text would be lost without notice.
"""

from __future__ import annotations

import re

from portraits.reader.markdown.document import Document
from portraits.support.problems import ProblemCollector

_GLUED_HEADING = re.compile(r" {0,3}(#{2,6})([^\s#].*)")
_SUSPECT = re.compile(r"\n {0,3}#{2,6}[^\s#]")
_ATTRIBUTE_LIST = re.compile(r"(?<!\\)(?:\\\\)*(\{:[^{}\n]*\})")
_FENCE = re.compile(r" {0,3}(?:`{3,}|~{3,})")


def check_source(text: str, document: Document, report: ProblemCollector, first_line: int) -> None:
    """Report such mistakes in ``text``, the source of ``document``."""
    if document.unclosed_fence is not None:
        report.error(
            document.unclosed_fence,
            "unclosed-fence",
            "un bloc de code ouvert et jamais fermé",
            "fermez-le par une ligne de ``` (ou ~~~)",
        )
    for label, line in document.repeated_footnotes:
        report.error(
            line,
            "repeated-footnote",
            f"la note « [^{label}] » est définie deux fois",
            "donnez-lui un autre nom",
        )
    for label in sorted(document.definitions.keys() - document.used_definitions):
        line, written = _definition(text, f"[{label}]:", first_line)
        report.error(
            line,
            "unused-definition",
            f"« {written} » se lit comme une adresse de lien et ne paraîtra pas",
            f"supprimez la ligne, ou écrivez « \\{written} »",
        )
    if "{:" not in text and not _SUSPECT.search(f"\n{text}"):
        return
    fenced = False
    for number, content in enumerate(text.split("\n"), first_line):
        if _FENCE.match(content):
            fenced = not fenced
        if fenced:
            continue
        if found := _GLUED_HEADING.fullmatch(content):
            report.error(
                number,
                "glued-heading",
                f"il manque une espace après « {found[1]} »",
                f"écrivez « {found[1]} {found[2].strip()} »",
            )
        if "{:" in content and "`" not in content and (found := _ATTRIBUTE_LIST.search(content)):
            report.error(
                number,
                "attribute-list",
                f"« {found[1]} » ne change rien ici",
                "retirez ces accolades",
            )


def _definition(text: str, start: str, first_line: int) -> tuple[int, str]:
    """Return the number of the line that starts with ``start`` (lower case), and its start as
    written."""
    for number, line in enumerate(text.split("\n"), first_line):
        if line.lstrip().lower().startswith(start):
            return number, line.lstrip()[: len(start)]
    return first_line, start
