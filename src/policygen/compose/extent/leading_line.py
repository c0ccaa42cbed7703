"""The one line that stands for what is left out: its name, and the document that covers it."""

from __future__ import annotations

from collections.abc import Mapping

from policygen.model.extent import Omission
from policygen.model.outline.label import split_label
from policygen.model.wording import Piece, Printed, Wording


def leading_line(name: Wording, omission: Omission, labels: Mapping[str, str]) -> Wording:
    """Return "Media: see Press protocol", a link where the document has an address."""
    see = omission.see
    assert see is not None  # only what says so leads elsewhere
    document: tuple[Piece, ...] = (Printed("organisation.contents.leave_out", str(see.title)),)
    if see.url:
        document = ("[", *document, f"](<{see.url}>)")
    slots = {"name": name.pieces, "document": document}
    pieces: list[Piece] = []
    for words, slot in split_label(labels["see"]):
        if words:
            pieces.append(words)
        if slot:
            pieces += slots[slot]
    return Wording(name.language, tuple(pieces), name.chosen_by, unreviewed=name.unreviewed)
