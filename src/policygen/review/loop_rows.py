"""A row that was added to what a loop prints, or taken out, as an item of the list behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from policygen.model.document import Aside, Block, Blocks, List, Table
from policygen.model.document.walk import walk
from policygen.review.block_lines import lines_of
from policygen.review.clause import line_words, word_partners

_LOOP = re.compile(
    r"\{% for (?P<name>\w+) in (?P<list>[\w.]+) %\}\n+(?P<row>\|.*\||- .*)\n+\{% endfor %\}"
)
_FACT = re.compile(r"\{\{\s*(\w+)(?:\.(\w+))?\s*(?:\|\s*sentence\s*)?\}\}")
_CHOICE = re.compile(r"\{% if .*\{% endif %\}")
_BRANCH = re.compile(r"\{% (?:el)?if (\w+)\.(\w+) == '([^']*)' %\}([^{}]*)")
_BAR = re.compile(r"\|(?![^{]*\}\})")  # between cells, and not before a filter
_WHOLE = ""  # the field of an item that is a plain text

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LooseRow:
    """A row that came or went: which table or list of the clause (from 0), where in it, its words.

    One that went stands where it was sent. `follows` is the row of the other blocks below which it
    stands, or -1 for one at the top.
    """

    block: int
    at: int
    cells: Cells
    follows: int = -1


@dataclass(frozen=True, slots=True)
class LoopRow:
    """What a loop prints for each item of a list: its fact's path, and each cell as it is typed."""

    list: str
    name: str
    cells: Cells

    def item(self, cells: Cells) -> str | Mapping[str, str] | None:
        """Return the item that prints some cells; None where that is not surely known."""
        if len(cells) != len(self.cells):
            return None
        fields: dict[str, str] = {}
        for typed, words in zip(self.cells, cells, strict=True):
            found = _read(typed, self.name, words)
            if found is None or any(fields.get(key, text) != text for key, text in found.items()):
                return None
            fields |= found
        if set(fields) == {_WHOLE}:
            return fields[_WHOLE]
        return fields if fields and _WHOLE not in fields else None


def loop_rows(source: str) -> tuple[LoopRow, ...]:
    """Return the loops of a telling that print one row or item each."""
    return tuple(
        LoopRow(found["list"], found["name"], _typed_cells(found["row"]))
        for found in _LOOP.finditer(source)
    )


def added_rows(sent: Blocks, returned: Blocks) -> tuple[LooseRow, ...]:
    """Return the rows and items that were put between those of `sent`.

    Those that were taken out of some blocks are those that these have more than the others.
    """
    before, after = list(_rowed(sent)), list(_rowed(returned))
    if [type(one) for one in before] != [type(one) for one in after]:
        return ()
    return tuple(
        LooseRow(number, at, rows[at], follows)
        for number, (one, other) in enumerate(zip(before, after, strict=True))
        for rows in [_rows(other)]
        for at, follows in _inserted(_rows(one), rows)
    )


def without_made(sent: Blocks, returned: Blocks, today: Blocks) -> tuple[Blocks, Blocks]:
    """Return what was sent and what came back without the rows in which they differ no more.

    Another copy put them there before, or took them out: `today` has one more, or one less.
    """
    rows = [[_rows(one) for one in _rowed(blocks)] for blocks in (sent, returned, today)]
    if len(rows[0]) != len(rows[2]):
        return sent, returned
    added = [
        row
        for row in added_rows(sent, returned)
        if rows[2][row.block].count(row.cells) > rows[0][row.block].count(row.cells)
    ]
    gone = [
        row
        for row in added_rows(returned, sent)
        if rows[2][row.block].count(row.cells) < rows[0][row.block].count(row.cells)
        # Else somebody has perhaps reworded it.
        and all(one in (*rows[0][row.block], *rows[1][row.block]) for one in rows[2][row.block])
    ]
    return without_rows(sent, gone), without_rows(returned, added)


def table_at(blocks: Blocks, number: int) -> Table | None:
    """Return the table that a loose row stands in, by its `block`; None for a list."""
    found = list(_rowed(blocks))[number]
    return found if isinstance(found, Table) else None


def without_rows(blocks: Blocks, loose: Sequence[LooseRow]) -> Blocks:
    """Return blocks without some of their rows."""
    gone = {id(block): number for number, block in enumerate(_rowed(blocks))}

    def kept(block: Block) -> Block:
        rows = {one.at for one in loose if one.block == gone.get(id(block), -1)}
        match block:
            case Table(rows=every) if rows:
                return replace(block, rows=tuple(r for n, r in enumerate(every) if n not in rows))
            case List(items=items) if rows:
                return replace(block, items=tuple(i for n, i in enumerate(items) if n not in rows))
            case Aside(blocks=inner):
                return replace(block, blocks=tuple(map(kept, inner)))
        return block

    return tuple(map(kept, blocks))


def prints_row(blocks: Blocks, row: LooseRow) -> bool:
    """Tell whether a clause prints an added row where it came back."""
    found = list(_rowed(blocks))
    rows = _rows(found[row.block]) if row.block < len(found) else []
    return row.at < len(rows) and rows[row.at] == row.cells


def lacks_row(blocks: Blocks, row: LooseRow) -> bool:
    """Tell whether a clause no longer prints a row that was taken out."""
    found = list(_rowed(blocks))
    return row.block < len(found) and row.cells not in _rows(found[row.block])


def _rowed(blocks: Blocks) -> Iterator[Table | List]:
    return (block for block in walk(blocks) if isinstance(block, (Table, List)))


def _rows(block: Table | List) -> list[Cells]:
    if isinstance(block, Table):
        return [tuple(map(line_words, row.cells)) for row in block.rows]
    return [tuple(map(line_words, lines_of(item.blocks))) for item in block.items]


def _inserted(before: Sequence[Cells], after: Sequence[Cells]) -> Iterator[tuple[int, int]]:
    """Yield where each new row stands, and below which of those before.

    Beside rows that were reworded, those are new that are like none of them.
    """
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for did, first, last, start, end in matcher.get_opcodes():
        if did == "insert":
            yield from ((at, first - 1) for at in range(start, end))
        elif did == "replace" and end - start > last - first:
            others = [" ".join(cells) for cells in after[start:end]]
            partners = word_partners([" ".join(cells) for cells in before[first:last]], others)
            follows = first - 1
            for at in range(start, end):
                follows = first + partners.get(at - start, follows - first)
                if len(partners) == last - first and at - start not in partners:
                    yield at, follows


def _typed_cells(row: str) -> Cells:
    if row.startswith("- "):
        return (row[2:].strip(),)
    return tuple(cell.strip() for cell in _BAR.split(row.strip().strip("|")))


def _read(typed: str, name: str, words: str) -> dict[str, str] | None:
    """Return the fields of an item by which a cell prints some words."""
    if _CHOICE.fullmatch(typed):
        branches = _BRANCH.findall(typed)
        chosen = {
            field: value for of, field, value, text in branches if (of, text) == (name, words)
        }
        return chosen if len(chosen) == 1 else None
    pattern, fields, at = "", [], 0
    for fact in _FACT.finditer(typed):
        if fact[1] != name:
            return None
        pattern += f"{re.escape(typed[at : fact.start()])}(.+?)"
        fields.append(fact[2] or _WHOLE)
        at = fact.end()
    rest = typed[at:]
    found = re.fullmatch(pattern + re.escape(rest), words)
    if found is None or "{" in rest or not fields:
        return None
    return dict(zip(fields, found.groups(), strict=True))
