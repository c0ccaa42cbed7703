"""A translation pack -> XLSX: a row for each sentence or cell, with its placeholders beside it."""

from __future__ import annotations

from collections.abc import Iterator

from policygen.model.translation.columns import MACHINE, PACK_TITLE, PERSON, PackColumn
from policygen.model.translation.pack import (
    PackFile,
    PlaceholderKind,
    Segment,
    TranslationPack,
    TranslationUnit,
    UnitState,
)
from policygen.write.sheet.xlsx import SheetLook, xlsx_bytes

_WIDTHS = (34, 30, 30, 60, 60, 30, 14, 14, 24, 14)
_ADVICE = (
    "Write each translation beside its original. {1} stands for a fact or a link: leave it in, "
    "where your language wants it. Name who has read a line under Reviewed by; until somebody "
    "has, it prints as a draft."
)


def pack_to_xlsx(pack: TranslationPack) -> bytes:
    """Return a pack as a workbook of one sheet, in which only what is asked for can be typed."""
    columns = list(PackColumn)
    rows = [
        (PACK_TITLE, pack.organisation, pack.source, pack.language),
        (_ADVICE,),
        tuple(column.value for column in columns),
        *_rows(pack),
    ]
    look = SheetLook(
        f"{pack.name} {pack.language}",
        pack.source,
        _WIDTHS,
        2,
        choices={columns.index(PackColumn.MADE_BY): (PERSON, MACHINE)},
        fill=frozenset(at for at, column in enumerate(columns) if column.fills),
    )
    return xlsx_bytes(tuple(rows), look)


def _rows(pack: TranslationPack) -> Iterator[tuple[str, ...]]:
    for file in pack.files:
        for unit in file.units:
            for segment in unit.segments:
                yield _row(pack, file, unit, segment)


def _row(
    pack: TranslationPack, file: PackFile, unit: TranslationUnit, segment: Segment
) -> tuple[str, ...]:
    cells = {
        PackColumn.UNIT: f"{unit.id}#{segment.number}",
        PackColumn.FILE: pack.original(file),
        PackColumn.WHERE: _where(unit),
        PackColumn.SOURCE: segment.source,
        PackColumn.TARGET: segment.target,
        PackColumn.CODES: "\n".join(_codes(segment)),
        PackColumn.MOST: _most(unit),
    }
    return tuple(cells.get(column, "") for column in PackColumn)


def _where(unit: TranslationUnit) -> str:
    changed = unit.state is UnitState.STALE
    return f"{unit.where} (the original has changed)" if changed else unit.where


def _codes(segment: Segment) -> Iterator[str]:
    for code in segment.codes:
        end = f"...{{/{code.number}}}" if code.kind is PlaceholderKind.PAIR else ""
        yield f"{{{code.number}}}{end}: {code.shown or code.source}"


def _most(unit: TranslationUnit) -> str:
    if unit.most is None:
        return ""
    return f"{unit.most}, all of it together" if len(unit.segments) > 1 else str(unit.most)
