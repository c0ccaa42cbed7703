"""Labels: short texts of the library with named slots, such as "Page {page} of {pages}".

A label is the library's; what fills its slots is a body's. Filling goes over the label once and
never reads a value again, so that a name holding braces, `%` or a backslash prints as it is
written.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from policygen.model.document.inlines import Inline, Inlines, Text

_SLOT = re.compile(r"\{([a-z_]+)\}")


def fill_label(label: str, **values: str) -> str:
    """Return `label` with each slot replaced by the value of its name.

    Raises KeyError where one lacks.
    """
    return _SLOT.sub(lambda slot: values[slot[1]], label)


def fill_label_inlines(label: str, **values: Inlines) -> Inlines:
    """Return `label` as inlines, with the inlines of its name in each slot.

    Raises KeyError as above.
    """
    inlines: list[Inline] = []
    for words, slot in split_label(label):
        if words:
            inlines.append(Text(words))
        if slot:
            inlines += values[slot]
    return tuple(inlines)


def split_label(label: str) -> tuple[tuple[str, str], ...]:
    """Return (words, the slot after them) pairs in order; the last slot is empty."""
    pieces = [*_SLOT.split(label), ""]
    return tuple(zip(pieces[::2], pieces[1::2], strict=True))


def slot_names(label: str) -> frozenset[str]:
    """Return the names of a label's slots.

    A brace that belongs to no slot counts as one called "{".
    """
    names = frozenset(_SLOT.findall(label))
    stray = set("{}") & set(_SLOT.sub("", label))
    return names | {"{"} if stray else names


def slot_fault(label: str, known: Collection[str]) -> str:
    """Return what is wrong with a label's slots, as the end of a sentence, or an empty text."""
    unknown = slot_names(label).difference(known)
    if "{" in unknown:
        return "holds a brace that belongs to no slot"
    if unknown:
        return f"holds {{{min(unknown)}}}, which nothing fills in"
    return ""
