"""One line of several places, with the places in it: "In England: this. In Scotland: that."."""

from __future__ import annotations

import re
from collections.abc import Mapping

from policygen.compose.places.alike import alike
from policygen.compose.places.parts import Parts, Told
from policygen.compose.places.places import Places
from policygen.markdown.top_blocks import begins_with_sentence
from policygen.model.wording import Wording, text_of

_ENDS = re.compile(r"[.?!][”’\"')*_]*$")  # of a whole sentence


def is_line(wording: Wording) -> bool:
    """Tell whether a wording is one line of prose."""
    words = text_of(wording.pieces)
    return "\n" not in words and begins_with_sentence(words)


def told_in_line(wordings: Mapping[str, Wording], places: Places, *, is_bold: bool) -> Told:
    """Return one line; places that say the same say it together."""
    found = Parts()
    for where in alike(wordings):
        wording = wordings[where[0]]
        label = places.label(where, wording.language)
        before = ""
        if found.pieces:
            is_sentence = _ENDS.search(text_of(found.pieces).rstrip())
            before = " " if is_sentence else "; "
            label = label if is_sentence else label[:1].lower() + label[1:]
        marked = f"**{label}:** " if is_bold else f"{label}: "
        found.add(where, [f"{before}{marked}"], wording.pieces)
    return found.told()
