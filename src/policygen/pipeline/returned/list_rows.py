"""Rows that were added to a table made by a loop, into the list of the profile that it prints."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from policygen.load.files import display_path
from policygen.model.document import Blocks
from policygen.model.policy import Policy
from policygen.pipeline.returned.own_words import OwnWords
from policygen.problems import DataPath, PolicygenError
from policygen.review.loop_rows import AddedRow, LoopRow, loop_rows, prints_row
from policygen.store.profile_edit.item import Item, with_item


def accept_rows(
    own: OwnWords,
    rows: Sequence[AddedRow],
    sources: Iterable[str],
    language: str,
    printed: Callable[[Policy], Blocks],
) -> tuple[AddedRow, ...]:
    """Put rows into the profile where that is sure, and return those.

    `sources` are the unfilled tellings of the clause, `printed` gives its blocks in a policy. It is
    sure where one list alone can print the row, and the policy then prints it where it came back.
    """
    loops = tuple(loop for source in sources for loop in loop_rows(source))
    return tuple(row for row in rows if _accept(own, row, loops, language, printed))


def _accept(
    own: OwnWords,
    row: AddedRow,
    loops: Sequence[LoopRow],
    language: str,
    printed: Callable[[Policy], Blocks],
) -> bool:
    texts = set(_profiles(own, row, loops))
    if len(texts) != 1:
        return False
    text = texts.pop()
    try:
        policy = own.policy(language, {own.profile: text})
    except PolicygenError:
        return False
    if not prints_row(printed(policy), row):
        return False
    own.put({own.profile: text})
    return True


def _profiles(own: OwnWords, row: AddedRow, loops: Sequence[LoopRow]) -> Iterator[str]:
    """Yield the profile with a row as an item of each list that can print it."""
    text, shown = own.text(own.profile), display_path(own.profile)
    for loop in loops:
        item: Item | None = loop.item(row.cells)
        path: DataPath = tuple(loop.list.removeprefix("organisation.").split("."))
        if item is not None and (changed := with_item(text, shown, path, row.at, item)):
            yield changed
