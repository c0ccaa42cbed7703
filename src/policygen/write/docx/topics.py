"""Topics that stand close: the number of an essential, and the facts on one line."""

from __future__ import annotations

from policygen.model.document import (
    Deleted,
    Inline,
    Inlines,
    Inserted,
    Quiet,
    Revision,
    Strong,
    Text,
    Topic,
)
from policygen.model.document.walk import shared_change

_EM_SPACE = "\u2003"


def fact_line(topic: Topic) -> Inlines:
    """Return who decides, by when and so on, as one line."""
    line: Inlines = ()
    for label, fact in topic.facts:
        change = shared_change(fact)
        if line:
            line += _as_change((Text(_EM_SPACE),), shared_change(line) or change)
        line += _as_change((Quiet((Text(f"{label}: "),)), Strong(fact)), change)
    return line


def _as_change(inlines: Inlines, change: Revision | None) -> Inlines:
    match change:
        case Revision.INSERTED:
            return (Inserted(inlines),)
        case Revision.DELETED:
            return (Deleted(inlines),)
        case _:
            return inlines


def split_number(inlines: Inlines) -> tuple[Inlines, Inlines]:
    """Split an essential into the number that it opens with, which is quiet, and its words.

    In a comparison, what was stands before what is, each with a number.
    """
    number: list[Inline] = []
    words: list[Inline] = []
    for inline in inlines:
        match inline:
            case Quiet() if not words:
                number.append(inline)
            case Deleted((Quiet() as first, *rest)) | Inserted((Quiet() as first, *rest)):
                number.append(type(inline)((first,)))
                if rest:
                    words.append(type(inline)(_without_leading_space(tuple(rest))))
            case _:
                words.append(inline)
    if not number:
        return (), inlines
    return tuple(number), _without_leading_space(tuple(words))


def _without_leading_space(inlines: Inlines) -> Inlines:
    match inlines:
        case (Text(characters), *rest):
            return (Text(characters.removeprefix(" ")), *rest)
        case _:
            return inlines
