"""Pictures, shapes and text boxes: none is carried, and each is listed, but for our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policygen.load.returned.package.xml import DRAWING, PICTURE, VML, WML, WordNode, number
from policygen.model.returned.copy import NotCarriedKind

if TYPE_CHECKING:
    from policygen.load.returned.text.findings import TextFindings

_MARK = 600_000  # EMU: the most that one of our marks or arrows measures


def note_drawing(element: WordNode, findings: TextFindings) -> None:
    """Note what a drawing or an object holds; the words of text boxes are read."""
    boxes = list(element.iter(f"{WML}txbxContent"))
    for box in boxes:
        findings.note(NotCarriedKind.TEXT_BOX, text_in(box))
    if boxes:
        return
    if element.tag == f"{WML}object":
        findings.note(NotCarriedKind.OBJECT)
    elif _has(element, f"{PICTURE}pic", f"{VML}imagedata"):
        if not _is_our_mark(element):
            findings.note(NotCarriedKind.PICTURE, _description(element))
    else:
        findings.note(NotCarriedKind.SHAPE, _description(element))


def text_in(element: WordNode) -> str:
    """Return the words of all paragraphs within an element, as they are with every change."""
    lines = ("".join(t.text or "" for t in p.iter(f"{WML}t")) for p in element.iter(f"{WML}p"))
    return "\n".join(line for line in lines if line)


def _has(element: WordNode, *tags: str) -> bool:
    return next(element.iter(*tags), None) is not None


def _is_our_mark(element: WordNode) -> bool:
    """Tell whether a picture is small, in a line, and says nothing, as a tick or an arrow of ours.

    A logo in the masthead says whose it is, and is told apart by that.
    """
    inline = next(element.iter(f"{DRAWING}inline"), None)
    extent = None if inline is None else inline.find(f"{DRAWING}extent")
    if extent is None or _description(element):
        return False
    return max(number(extent.get(side, ""), _MARK) for side in ("cx", "cy")) < _MARK


def _description(element: WordNode) -> str:
    properties = next(element.iter(f"{DRAWING}docPr"), None)
    return "" if properties is None else properties.get("descr", "")
