"""Inlines as one text of rich.

What only the first policy has stands in [square brackets], what only the second has in ‹angle
marks›, as in print. Nothing unprintable gets through: a name could steer the terminal.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from rich.text import Text as RichText

from policygen.cli.escape import printable
from policygen.model.document import (
    Break,
    Code,
    Deleted,
    Gap,
    Inline,
    Inlines,
    Inserted,
    Revision,
    Shaped,
    Strong,
    Tag,
    Text,
    Value,
)

_STYLES = {Revision.INSERTED: "green underline", Revision.DELETED: "red strike"}
_MARKS = {Revision.INSERTED: ("‹", "›"), Revision.DELETED: ("[", "]")}


@dataclass(frozen=True, slots=True)
class DrawingContext:
    """Which policy is drawn, and what changes around a block or a line.

    `side` is DELETED for the first policy's side of the page, INSERTED for the second's, None where
    both are drawn in one; `change` marks all that is drawn.
    """

    side: Revision | None = None
    change: Revision | None = None

    def hides(self, change: Revision | None) -> bool:
        """Tell whether only the other policy has what changed so."""
        return change is not None and self.side is not None and change is not self.side

    def within(self, change: Revision | None) -> DrawingContext:
        """Return the context within something that changed; an outer change wins."""
        return replace(self, change=self.change or change)


def draw_line(inlines: Inlines, context: DrawingContext, style: str = "") -> RichText:
    """Return inlines as one text, with the marks of the change that they stand in."""
    line = RichText(style=style)
    _append_all(line, inlines, context, "")
    if context.change and line.plain:
        left, right = _MARKS[context.change]
        line = RichText.assemble(left, line, right, style=_STYLES[context.change])
    return line


def draw_text(text: str, style: str = "") -> RichText:
    """Return characters as a text, line by line, without any that could steer the terminal."""
    return RichText(_lines(text), style)


def _lines(text: str) -> str:
    """Return a text as it may be printed, with its line ends."""
    return printable(text, keep="\n")


def _append_all(line: RichText, inlines: Inlines, context: DrawingContext, style: str) -> None:
    for inline in inlines:
        _append(line, inline, context, style)


def _append(line: RichText, inline: Inline, context: DrawingContext, style: str) -> None:
    match inline:
        case Text() | Code() | Tag() | Gap() | Break():
            _append_leaf(line, inline, style)
        case Value():
            _append_value(line, inline, context, style)
        case Inserted(children):
            _append_change(line, children, Revision.INSERTED, context, style)
        case Deleted(children):
            _append_change(line, children, Revision.DELETED, context, style)
        case Shaped(shape, children):
            line.append(f"{shape.character} " if children else shape.character, style)
            _append_all(line, children, context, style)
        case Strong(children):
            _append_all(line, children, context, f"{style} bold")
        case _:
            _append_all(line, inline.children, context, style)


def _append_leaf(line: RichText, inline: Text | Code | Tag | Gap | Break, style: str) -> None:
    """Append an inline that holds no others."""
    match inline:
        case Text(text) | Code(text):
            line.append(_lines(text), style)
        case Tag(text, True):
            line.append(f" {printable(text)} ", f"{style} reverse")
        case Tag(text, _):
            line.append(f"({printable(text)})", style)
        case Gap():
            line.append(f"[{printable(inline.shown)}]", f"{style} yellow")
        case Break():
            line.append("\n")


def _append_value(line: RichText, value: Value, context: DrawingContext, style: str) -> None:
    """Append a fact; where the other policy has another, in colour, each on its own side."""
    if not value.other:
        line.append(_lines(value.text), style)
        return
    text = value.other if context.side is Revision.DELETED else value.text
    line.append(_lines(text), f"{style} cyan")


def _append_change(
    line: RichText, inlines: Inlines, change: Revision, context: DrawingContext, style: str
) -> None:
    if context.hides(change):
        return
    changed_style = f"{style} {_STYLES[change]}"
    left, right = _MARKS[change]
    line.append(left, changed_style)
    _append_all(line, inlines, context, changed_style)
    line.append(right, changed_style)
