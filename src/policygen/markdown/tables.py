"""How a table is captioned, and tables of rendered wording that have come out without rows."""

from __future__ import annotations

from collections.abc import Callable

from policygen.markdown.locate import first_line
from policygen.markdown.parser import block_tokens

CAPTION = "Table: "  # a paragraph that begins so, straight above a table
_DELIMITER = frozenset("|:- \t")


def replace_rowless_tables(
    text: str, without_marks: Callable[[str], str], gap: Callable[[str], str]
) -> str:
    """Put something in the place of each table that has a head and no rows.

    `without_marks` takes marks that are no Markdown out of a text, and no line break with them.
    `gap` takes what stands on the line below the head, marks and all, and returns what is put in
    the place of that line.
    """
    lines = text.split("\n")
    if not any(_may_delimit(line) for line in lines):
        return text
    tokens = block_tokens(without_marks(text), {})
    heads = [
        first_line(token)
        for number, token in enumerate(tokens)
        if token.type == "table_open" and not _has_rows([t.type for t in tokens[number:]])
    ]
    for head in reversed(heads):
        below = lines[head + 2] if head + 2 < len(lines) else ""
        lines[head : head + 3] = gap(below).split("\n")
    return "\n".join(lines)


def _has_rows(types: list[str]) -> bool:
    """Whether the table with which some tokens begin has a body."""
    return "tbody_open" in types[: types.index("table_close")]


def _may_delimit(line: str) -> bool:
    return "|" in line and "-" in line and _DELIMITER.issuperset(line)
