"""A whole document as text with colours."""

from __future__ import annotations

from io import StringIO
from itertools import chain
from shutil import get_terminal_size

from rich.console import Console

from policygen.cli.terminal.blocks import BlockDrawer
from policygen.cli.terminal.inlines import DrawingContext, draw_text
from policygen.model.document import Blocks, Document, Group, Shaped, Table

TWO_SIDES = 120  # columns from which a clause that differs stands on two sides
_UNKNOWN_SIZE = (100, 24)  # columns and lines


def draw_document(document: Document, width: int = 0) -> str:
    """Return the document in `width` columns, or those of the terminal, with colours.

    Whoever hands it over takes the colours out where they are not wanted.
    """
    console = _console(width)
    head = document.masthead
    console.print(draw_text(head.title, "bold"))
    console.print(draw_text(head.organisation))
    console.print(draw_text(head.lead))
    console.print()
    return _drawn(console, document.body)


def draw_blocks(blocks: Blocks) -> str:
    """Return blocks of a document in the columns of the terminal, with colours."""
    return _drawn(_console(), blocks)


def _console(width: int = 0) -> Console:
    return Console(
        file=StringIO(),
        width=width or get_terminal_size(_UNKNOWN_SIZE).columns,
        force_terminal=True,
        color_system="standard",
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
    )


def _drawn(console: Console, blocks: Blocks) -> str:
    """Draw blocks below what a console holds, and return all of it."""
    drawer = BlockDrawer(two_sides=console.width >= TWO_SIDES, names=_names_of_sides(blocks))
    for block in blocks:
        for drawing in drawer.draw(block, DrawingContext()):
            console.print(drawing)
    assert isinstance(console.file, StringIO)
    return "\n".join(line.rstrip() for line in console.file.getvalue().split("\n"))


def _names_of_sides(body: Blocks) -> tuple[Shaped, ...]:
    """Return what a report calls the two policies: the heads of its last table that has both."""
    for block in reversed(body):
        names: tuple[Shaped, ...] = ()
        if isinstance(block, Group):
            names = _names_of_sides(block.blocks)
        elif isinstance(block, Table) and block.head:
            inlines = chain.from_iterable(block.head.cells)
            names = tuple(inline for inline in inlines if isinstance(inline, Shaped))
        if len(names) == 2:
            return names
    return ()
