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
    width = width or get_terminal_size(_UNKNOWN_SIZE).columns
    text = StringIO()
    console = Console(
        file=text,
        width=width,
        force_terminal=True,
        color_system="standard",
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
    )
    head = document.masthead
    console.print(draw_text(head.title, "bold"))
    console.print(draw_text(head.organisation))
    console.print(draw_text(head.lead))
    console.print()
    drawer = BlockDrawer(two_sides=width >= TWO_SIDES, names=_names_of_sides(document.body))
    for block in document.body:
        for drawing in drawer.draw(block, DrawingContext()):
            console.print(drawing)
    return "\n".join(line.rstrip() for line in text.getvalue().split("\n"))


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
