"""Two runs of blocks as one: the second's, with what only the first has marked as deleted.

What bears an id (a clause, a section) is paired by it, the rest by its words and its order. So a long text costs
no more than its paragraphs do, and what has moved is deleted in one place and inserted in the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

from rapidfuzz.distance import Indel

from policygen.diff.inlines import merge_inlines
from policygen.model.document import (
    Aside,
    Block,
    Blocks,
    Break,
    ClauseBlock,
    Code,
    CodeBlock,
    Column,
    Columns,
    Contents,
    Deleted,
    DoDont,
    Group,
    Heading,
    Inlines,
    Inserted,
    List,
    ListItem,
    Paragraph,
    Revision,
    Row,
    Table,
    Topic,
)
from policygen.model.walk import plain

SIMILAR = 0.4  # the share of words that two passages have in common when one is read as the other reworded
_LARGEST = (
    900  # pairs of passages that are weighed against one another; beyond that, their order decides
)

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Redline:
    """Merges blocks. The facts among `names` are taken as the same (see `inlines.merged`); None marks them all."""

    names: frozenset[str] | None = None

    def blocks(self, first: Blocks, second: Blocks) -> Blocks:
        """Both as one. The heading that opens both, or the only paragraph of both, is one however little stays."""
        if first == second:
            return second
        match first, second:
            case ((Heading() as before, *was), (Heading() as after, *now)):
                return (*self._block(before, after), *self.blocks(tuple(was), tuple(now)))
            case ((Paragraph() as before,), (Paragraph() as after,)) if before.role is after.role:
                return tuple(self._block(before, after))
        return tuple(block for pair in _aligned(first, second) for block in self._block(*pair))

    def _block(self, first: Block | None, second: Block | None) -> Iterator[Block]:
        if first is None or second is None:
            yield from () if first is None else with_change(first, Revision.DELETED)
            yield from () if second is None else with_change(second, Revision.INSERTED)
        elif first == second:
            yield second
        elif (one := self._one(first, second)) is not None:
            yield one
        else:
            yield from with_change(first, Revision.DELETED)
            yield from with_change(second, Revision.INSERTED)

    def _one(self, first: Block, second: Block) -> Block | None:
        """Two blocks of one sort as one; None where they cannot be."""
        match first, second:
            case Paragraph(), Paragraph():
                return replace(second, inlines=self._words(first.inlines, second.inlines))
            case Heading(), Heading():
                was = first.number if first.number != second.number else ""
                return replace(second, inlines=self._words(first.inlines, second.inlines), was=was)
            case List(), List() if first.ordered == second.ordered:
                return replace(second, items=tuple(self._items(first.items, second.items)))
            case Table(), Table() if _wide(first) == _wide(second) and bool(first.head) == bool(
                second.head
            ):
                return self._table(first, second)
            case Aside(), Aside() if first.kind is second.kind:
                return replace(second, blocks=self.blocks(first.blocks, second.blocks))
            case DoDont(), DoDont():
                do, dont = self._one(first.do, second.do), self._one(first.dont, second.dont)
                return DoDont(cast(Aside, do), cast(Aside, dont))
            case Columns(), Columns() if len(first.columns) == len(second.columns):
                pairs = zip(first.columns, second.columns, strict=True)
                return Columns(tuple(Column(self.blocks(a.blocks, b.blocks)) for a, b in pairs))
            case Topic(), Topic():
                return self._topic(first, second)
            case ClauseBlock(), ClauseBlock():
                return replace(second, blocks=self.blocks(first.blocks, second.blocks))
            case Group(), Group():
                return replace(second, blocks=self.blocks(first.blocks, second.blocks))
            case Contents(), Contents():
                return second
        return None

    def _words(self, first: Inlines, second: Inlines) -> Inlines:
        return merge_inlines(first, second, names=self.names)

    def _items(self, first: Sequence[ListItem], second: Sequence[ListItem]) -> Iterator[ListItem]:
        for before, after in _aligned(first, second):
            if before and after:
                yield replace(after, blocks=self._item(before.blocks, after.blocks))
            elif before or after:
                item = cast(ListItem, before or after)
                yield replace(item, change=Revision.DELETED if before else Revision.INSERTED)

    def _item(self, first: Blocks, second: Blocks) -> Blocks:
        """What an item holds: the first paragraph bears the bullet on either side."""
        match first, second:
            case ((Paragraph() as before, *was), (Paragraph() as after, *now)):
                return (*self._block(before, after), *self.blocks(tuple(was), tuple(now)))
        return self.blocks(first, second)

    def _table(self, first: Table, second: Table) -> Table:
        head = self._row(first.head, second.head) if first.head and second.head else None
        rows: list[Row] = []
        for before, after in _aligned(first.rows, second.rows):
            if before and after:
                rows.append(self._row(before, after))
            else:
                row = cast(Row, before or after)
                rows.append(replace(row, change=Revision.DELETED if before else Revision.INSERTED))
        return replace(
            second, head=head, rows=tuple(rows), caption=self._words(first.caption, second.caption)
        )

    def _row(self, first: Row, second: Row) -> Row:
        cells = zip(first.cells, second.cells, strict=True)
        return replace(second, cells=tuple(self._words(a, b) for a, b in cells))

    def _topic(self, first: Topic, second: Topic) -> Topic:
        before, after = dict(first.facts), dict(second.facts)
        labels = {**before, **after} if len(before) > len(after) else {**after, **before}
        facts = tuple(
            (label, self._words(before.get(label, ()), after.get(label, ()))) for label in labels
        )
        title, was = (
            self._words(first.title, second.title),
            first.number if first.number != second.number else "",
        )
        return replace(
            second,
            title=title,
            was=was,
            facts=facts,
            blocks=self.blocks(first.blocks, second.blocks),
        )


def with_change(block: Block, change: Revision) -> Iterator[Block]:
    """A block that only one side has, with all that stands in it."""
    match block:
        case Paragraph() | Heading() | Aside() | ClauseBlock() | Topic():
            yield replace(block, change=change)
        case List(items=items):
            yield replace(block, items=tuple(replace(item, change=change) for item in items))
        case Table(head=head, rows=rows, caption=caption):
            rows = tuple(replace(row, change=change) for row in rows)
            title = _wrapped(caption, change)
            yield replace(
                block, head=replace(head, change=change) if head else None, rows=rows, caption=title
            )
        case DoDont(do, dont):
            yield DoDont(replace(do, change=change), replace(dont, change=change))
        case CodeBlock(text):
            lines = [part for line in text.split("\n") for part in (Break(), Code(line))][1:]
            yield Paragraph(tuple(lines), change=change)
        case Columns(columns):
            yield Columns(tuple(Column(_all(column.blocks, change)) for column in columns))
        case Group():
            yield replace(block, blocks=_all(block.blocks, change))
        case Contents() if change is Revision.INSERTED:
            yield block
        case _:
            pass


def _all(blocks: Blocks, change: Revision) -> Blocks:
    return tuple(one for block in blocks for one in with_change(block, change))


def _wrapped(inlines: Inlines, change: Revision) -> Inlines:
    if not inlines:
        return ()
    return (Inserted(inlines) if change is Revision.INSERTED else Deleted(inlines),)


def _wide(table: Table) -> int:
    return max(
        (len(row.cells) for row in (*((table.head,) if table.head else ()), *table.rows)), default=0
    )


# --- Which is which --------------------------------------------------------------------------------------


def _aligned(first: Sequence[_T], second: Sequence[_T]) -> Iterator[tuple[_T | None, _T | None]]:
    """Pairs in order: first what is the same or bears the same id, then between those what reads alike."""
    codes = Indel.opcodes([_key(one) for one in first], [_key(one) for one in second])
    gone: list[_T] = []
    new: list[_T] = []
    for code in codes:
        before, after = (
            first[code.src_start : code.src_end],
            second[code.dest_start : code.dest_end],
        )
        if code.tag == "equal":
            yield from _between(gone, new)
            gone, new = [], []
            yield from zip(before, after, strict=True)
        else:
            gone, new = [*gone, *before], [*new, *after]
    yield from _between(gone, new)


def _key(one: Any) -> Any:
    """What bears an id goes by it; anything else is what it is."""
    match one:
        case ClauseBlock(id=id):
            return ("clause", id)
        case Group(anchor=id) | Topic(anchor=id) if id:
            return ("section", id)
        case ListItem(anchor=id, clause=True):
            return ("item", id)
        case Row(clause=id) if id:
            return ("row", id)
    return one


def _between(gone: Sequence[_T], new: Sequence[_T]) -> Iterator[tuple[_T | None, _T | None]]:
    """Pair passages that read alike, in order; of a change, what was stands before what is."""
    a = b = 0
    for i, j in (*_alike(gone, new), (len(gone), len(new))):
        yield from ((one, None) for one in gone[a:i])
        yield from ((None, one) for one in new[b:j])
        if i < len(gone):
            yield gone[i], new[j]
        a, b = i + 1, j + 1


def _alike(gone: Sequence[Any], new: Sequence[Any]) -> list[tuple[int, int]]:
    """The pairs, in order on both sides, whose likenesses add up to the most."""
    if len(gone) * len(new) > _LARGEST:
        return [
            (n, n)
            for n, (a, b) in enumerate(zip(gone, new, strict=False))
            if similarity(a, b) >= SIMILAR
        ]
    best: list[list[tuple[float, list[tuple[int, int]]]]] = [[(0.0, [])] * (len(new) + 1)]
    for i, before in enumerate(gone):
        row: list[tuple[float, list[tuple[int, int]]]] = [(0.0, [])]
        for j, after in enumerate(new):
            most = max(best[i][j + 1], row[j], key=lambda one: one[0])
            share = similarity(before, after)
            if share >= SIMILAR and best[i][j][0] + share > most[0]:
                most = (best[i][j][0] + share, [*best[i][j][1], (i, j)])
            row.append(most)
        best.append(row)
    return best[-1][-1][1]


def similarity(first: Any, second: Any) -> float:
    """The share of their words that two passages of one sort have in common, from 0 to 1."""
    if (
        type(first) is not type(second)
        or isinstance(_key(first), tuple)
        or isinstance(_key(second), tuple)
    ):
        return 0.0
    if any(
        getattr(first, part, None) != getattr(second, part, None)
        for part in ("role", "kind", "ordered")
    ):
        return 0.0
    if isinstance(first, Row) and list(map(plain, first.cells[:1])) == list(
        map(plain, second.cells[:1])
    ):
        return 1.0  # the first cell is the row's heading
    share = Indel.normalized_similarity(
        passage_text(first).split(), passage_text(second).split(), score_cutoff=SIMILAR
    )
    # What stands in one frame is compared piece by piece, however much of it is new.
    return max(share, SIMILAR) if isinstance(first, List | Table | DoDont | Aside) else share


def passage_text(one: Any) -> str:
    """What a reader sees of a block, an item or a row."""
    match one:
        case Paragraph() | Heading():
            return plain(one.inlines)
        case CodeBlock():
            return one.text
        case Row(cells=cells):
            return " ".join(map(plain, cells))
        case List(items=inner) | Table(rows=inner) | Columns(inner):
            return " ".join(map(passage_text, inner))
        case DoDont(do, dont):
            return f"{passage_text(do)} {passage_text(dont)}"
        case Contents():
            return ""
        case _:
            return " ".join(map(passage_text, one.blocks))
