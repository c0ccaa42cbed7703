"""Where the newest version stands: a line at the end of every document, and a code on a poster."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policygen.model import document as doc
from policygen.model.document import Block, Text
from policygen.model.outline.label import fill_label, fill_label_inlines
from policygen.present.cut import Cut


def current_line(cut: Cut) -> Iterator[Block]:
    """Yield where to look whether this copy is the newest; nothing where the profile says none."""
    address = cut.policy.profile.policy.published_at
    if address:
        link = doc.Link(address, (Text(address),))
        line = fill_label_inlines(cut.labels["current_at"], address=(link,))
        yield doc.Group(doc.CURRENT_LINE, (doc.Paragraph(line, doc.Role.REMARK),), doc.CURRENT_LINE)


def with_scan_code(cut: Cut, blocks: Iterator[Block]) -> Iterator[Block]:
    """Yield the blocks of whom to ask, with a code beside the last of them.

    Without columns it stands below them; an address that is too long has none.
    """
    code = _scan_code(cut)
    for block in blocks:
        match block:
            case doc.Group(blocks=inner) if code:
                yield replace(block, blocks=tuple(_beside(inner, code)))
                code = None
            case _:
                yield block
    if code:
        yield code


def _beside(blocks: doc.Blocks, code: doc.ScanCode) -> Iterator[Block]:
    has_columns = False
    for block in blocks:
        if isinstance(block, doc.Columns) and not has_columns:
            has_columns = True
            yield doc.Columns((*block.columns, doc.Column((code,))))
        else:
            yield block
    if not has_columns:
        yield code


def _scan_code(cut: Cut) -> doc.ScanCode | None:
    address = cut.policy.profile.policy.published_at
    if not address or not doc.ScanCode.is_neat(address):
        return None
    return doc.ScanCode(address, fill_label(cut.labels["scan_code"], address=address))
