"""Words with what came and went, and files with what changes in them, as lines of plain text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from itertools import groupby
from typing import Literal, TypeAlias

from policygen.model import document as doc
from policygen.model.document import Block, Blocks, Inlines
from policygen.model.document.walk import inner_blocks, plain, text_lines
from policygen.model.review.acceptance import Acceptance

WordChange: TypeAlias = Literal["", "ins", "del"]


@dataclass(frozen=True, slots=True)
class MarkedText:
    """Some text that stays, comes (ins) or goes (del)."""

    text: str
    change: WordChange = ""


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file that will be written: its name, and the lines around each change."""

    name: str
    is_new: bool
    lines: tuple[MarkedText, ...]


def marked_lines(blocks: Blocks) -> tuple[tuple[MarkedText, ...], ...]:
    """Return the lines of some blocks, each with what comes and goes in it."""
    lines = (line for block in blocks for line in _lines(block))
    return tuple(told for line in lines if (told := _joined(line)))


def _lines(block: Block, change: WordChange = "") -> Iterator[Iterator[MarkedText]]:
    """Yield the lines of a block; one that comes or goes as a whole passes that on."""
    change = _change_of(block) or change
    match block:
        case doc.List(items=items):
            for item in items:
                for inner in item.blocks:
                    yield from _lines(inner, _change_of(item) or change)
        case doc.Table(head, rows):
            for row in (head, *rows) if head else rows:
                yield from (_with(change, cell, row) for cell in row.cells)
        case _:
            yield from (_with(change, line) for line in text_lines(block))
            for inner in inner_blocks(block):
                yield from _lines(inner, change)


def _with(change: WordChange, line: Inlines, row: doc.Row | None = None) -> Iterator[MarkedText]:
    whole = _change_of(row) or change
    return (MarkedText(one.text, one.change or whole) for one in _marked(line))


def _change_of(part: object) -> WordChange:
    changes: dict[object, WordChange] = {doc.Revision.INSERTED: "ins", doc.Revision.DELETED: "del"}
    return changes.get(getattr(part, "change", None), "")


def _marked(inlines: Inlines) -> Iterator[MarkedText]:
    for inline in inlines:
        match inline:
            case doc.Inserted(children):
                yield MarkedText(plain(children), "ins")
            case doc.Deleted(children):
                yield MarkedText(plain(children), "del")
            case (
                doc.Strong(children)
                | doc.Emphasis(children)
                | doc.Quiet(children)
                | doc.Link(children=children)
                | doc.Foreign(children=children)
                | doc.Shaped(children=children)
            ):
                yield from _marked(children)
            case _:
                yield MarkedText(plain((inline,)))


def _joined(parts: Iterator[MarkedText]) -> tuple[MarkedText, ...]:
    groups = groupby(parts, key=lambda one: one.change)
    joined = (MarkedText("".join(one.text for one in group), change) for change, group in groups)
    return tuple(one for one in joined if one.text)


def changed_files(acceptance: Acceptance) -> tuple[ChangedFile, ...]:
    """Return what an acceptance writes, file by file."""
    return tuple(
        ChangedFile(one.path.name, not one.before, tuple(_changes(one.before, one.after)))
        for one in acceptance.changes
    )


def _changes(before: str, after: str) -> Iterator[MarkedText]:
    """Yield the lines that change and a few around them; a gap between them is an ellipsis."""
    signs: dict[str, WordChange] = {"+": "ins", "-": "del"}
    lines = unified_diff(before.splitlines(), after.splitlines(), n=2, lineterm="")
    for number, line in enumerate(lines):
        if line.startswith("@@"):
            if number > 2:  # after the two lines that head a diff, and the first place
                yield MarkedText("…")
        elif number > 1:
            yield MarkedText(line[1:], signs.get(line[0], ""))
