"""Passages set apart: their styles, the space around them, and a label before their first words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from policygen.model.document import AsideKind, Deleted, Inlines, Inserted, Paragraph, Revision

_BOXED = (AsideKind.EXAMPLE, AsideKind.WORDING)


def aside_space(kind: AsideKind) -> tuple[int, int | None]:
    """Return the twips above and below a passage set apart; None keeps the style's."""
    return (240, 360) if kind in _BOXED else (60, None)


def labelled(paragraphs: Sequence[Paragraph], label: Inlines) -> list[Paragraph]:
    """Put a label before the first paragraph.

    In a comparison the two policies may begin with different paragraphs: the label then stands
    before the first of either.
    """
    newer = _first_that_is_not(Revision.DELETED, paragraphs)
    older = _first_that_is_not(Revision.INSERTED, paragraphs)
    result = []
    for paragraph in paragraphs:
        leading: Inlines = ()
        if paragraph is newer or paragraph is older:
            leading = label
            if newer is not older and paragraph.change is None:
                leading = (Inserted(label),) if paragraph is newer else (Deleted(label),)
        result.append(replace(paragraph, inlines=(*leading, *paragraph.inlines)))
    return result


def _first_that_is_not(change: Revision, paragraphs: Sequence[Paragraph]) -> Paragraph:
    return next((one for one in paragraphs if one.change is not change), paragraphs[0])
