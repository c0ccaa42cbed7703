"""What we print beside words and know by its style, in a copy whose program kept no styles.

Pandoc, Google Docs and mail programs may drop every style. The label of a passage set apart then
looks like a paragraph of somebody's, and so does what screen readers hear of a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from itertools import takewhile

from policygen.model.document import Aside, Document, Table
from policygen.model.document.walk import plain, walk
from policygen.model.returned.known import KnownPart, single_spaced
from policygen.model.returned.line import Lines, ReturnedLine
from policygen.model.word.styles import ASIDE_STYLES, JUDGEMENT_STYLES

_STYLES = JUDGEMENT_STYLES | ASIDE_STYLES
_NONE = frozenset({"", "BodyText", "Normal"})  # of a paragraph that has lost its style


def with_styles(lines: Lines, sent: KnownPart) -> Lines:
    """Return the lines of a part in which a label and a caption have their styles again."""
    blocks = tuple(walk(sent.blocks))
    asides = (block for block in blocks if isinstance(block, Aside) and block.label)
    labels = {_key(one.label): _STYLES[one.kind] for one in asides}
    captions = {_key(plain(block.caption)) for block in blocks if isinstance(block, Table)} - {""}
    return tuple(_restored(lines, labels, captions)) if labels or captions else lines


def heard_lines(lines: Lines) -> frozenset[int]:
    """Return the lines that only say what screen readers hear of the table below: its heads."""
    return frozenset(
        at
        for at, line in enumerate(lines[:-1])
        if lines[at + 1].cell and _may_be_heard(line) and _says_heads(line, lines[at + 1 :])
    )


def strip_heads(sent: Document) -> frozenset[str]:
    """Return the words with which each line of document control begins."""
    tables = (block for block in walk(sent.body) if isinstance(block, Table) and block.strip)
    rows = (table.head or table.rows[0] for table in tables)
    return frozenset(_key(plain(row.cells[0])) for row in rows)


def _restored(
    lines: Lines, labels: Mapping[str, str], captions: Set[str]
) -> Iterator[ReturnedLine]:
    for line in lines:
        words = _key(line.text)
        if not _is_plain(line):
            yield line
        elif words in captions:
            yield replace(line, style="Caption")
        elif words in labels:
            strong = tuple(replace(one, strong=True) for one in line.stretches)
            yield replace(line, style=labels[words], stretches=strong)
        else:
            yield line


def _is_plain(line: ReturnedLine) -> bool:
    return line.style in _NONE and not (line.level or line.item or line.cell)


def _may_be_heard(line: ReturnedLine) -> bool:
    return _is_plain(line) or line.style == "Caption"


def _says_heads(line: ReturnedLine, following: Lines) -> bool:
    """Tell whether a line says the first row of the table after it, with or without its caption."""
    first = following[0].cell
    row = takewhile(
        lambda one: first and one.cell and (one.cell.table, one.cell.row) == (first.table, 0),
        following,
    )
    heads = [one.text.strip() for one in row]
    return len(heads) > 1 and line.text.strip().endswith(", ".join(heads))


def _key(text: str) -> str:
    return single_spaced(text).casefold()
