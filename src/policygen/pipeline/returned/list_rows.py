"""Rows that were added to a table made by a loop, or taken out, in the list that it prints."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from policygen.load.files import display_path, normalise_text
from policygen.load.yaml.reader import parse_yaml
from policygen.model.document import Blocks
from policygen.model.policy import Policy
from policygen.pipeline.returned.own_words import OwnWords
from policygen.problems import DataPath, PolicygenError
from policygen.review.loop_rows import LoopRow, LooseRow, lacks_row, loop_rows, prints_row
from policygen.store.profile_edit.item import Item, with_item, without_item
from policygen.store.profile_edit.value import value_of


@dataclass(frozen=True, slots=True)
class ListedClause:
    """A clause whose loops print lists of the profile.

    `sources` are its unfilled tellings, `printed` gives its blocks in a policy.
    """

    sources: tuple[str, ...]
    language: str
    printed: Callable[[Policy], Blocks]

    @property
    def loops(self) -> tuple[LoopRow, ...]:
        """The loops that print one row for each item."""
        return tuple(loop for source in self.sources for loop in loop_rows(source))


def accept_added(
    own: OwnWords, clause: ListedClause, rows: Sequence[LooseRow]
) -> tuple[LooseRow, ...]:
    """Put rows into the profile where that is sure, and return those.

    It is sure where one list alone can print the row, and the policy then prints it where it came
    back.
    """
    return tuple(
        row for row in rows if _accept(own, clause, _with_row(own, clause, row), row, prints_row)
    )


def accept_gone(
    own: OwnWords, clause: ListedClause, rows: Sequence[LooseRow]
) -> tuple[LooseRow, ...]:
    """Take rows out of the profile where that is sure, and return those; the last row first."""
    return tuple(
        row
        for row in reversed(rows)
        if _accept(own, clause, _without_row(own, clause, row), row, lacks_row)
    )


def _accept(
    own: OwnWords,
    clause: ListedClause,
    profiles: Iterable[str],
    row: LooseRow,
    is_right: Callable[[Blocks, LooseRow], bool],
) -> bool:
    texts = set(profiles)
    if len(texts) != 1:
        return False
    text = texts.pop()
    try:
        policy = own.policy(clause.language, {own.profile: text})
    except PolicygenError:
        return False
    if not is_right(clause.printed(policy), row):
        return False
    own.put({own.profile: text})
    return True


def _with_row(own: OwnWords, clause: ListedClause, row: LooseRow) -> Iterator[str]:
    """Yield the profile with a row as an item of each list that can print it."""
    text, shown = own.text(own.profile), display_path(own.profile)
    for loop in clause.loops:
        item = loop.item(row.cells)
        if item is not None and (changed := with_item(text, shown, _path(loop), row.at, item)):
            yield changed


def _without_row(own: OwnWords, clause: ListedClause, row: LooseRow) -> Iterator[str]:
    """Yield the profile without the item of each list that printed a row."""
    text, shown = own.text(own.profile), display_path(own.profile)
    data = parse_yaml(normalise_text(text), shown).data
    for loop in clause.loops:
        item = loop.item(row.cells)
        there = value_of(data, (*_path(loop), row.at))
        if item is not None and _says(there, item):
            changed = without_item(text, shown, _path(loop), row.at)
            if changed:
                yield changed


def _path(loop: LoopRow) -> DataPath:
    return tuple(loop.list.removeprefix("organisation.").split("."))


def _says(there: object, item: Item) -> bool:
    """Tell whether an item of the profile is the one of a row, whose cells begin with a capital."""
    if isinstance(item, str):
        return _same(there, item)
    return isinstance(there, dict) and all(_same(there.get(k), v) for k, v in item.items())


def _same(one: object, other: str) -> bool:
    return isinstance(one, str) and " ".join(one.split()).casefold() == other.casefold()
