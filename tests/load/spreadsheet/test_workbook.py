"""A workbook that comes back from a stranger, and one of ours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from judges import openxml_audit
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from policygen.load.spreadsheet.read import read_spreadsheet
from policygen.model.given_file import GivenFile
from policygen.model.office_file.spreadsheet import cell_place
from policygen.problems import PolicygenError
from policygen.write.sheet.xlsx import SheetLook, workbook_bytes

HEAD = ("Question", "Answer")
LOOK = SheetLook("Records", "en-GB", (30, 20), 0, fill=frozenset({1}))
ROWS = (HEAD, ("How long?", ""), ("=1+1", "#N/A"), ("Tel", "01632 960 100"))


def ours(rows: tuple[tuple[str, ...], ...] = ROWS) -> bytes:
    return workbook_bytes("Facts", [(rows, LOOK), ((HEAD,), SheetLook("Two", "en-GB", (9, 9), 0))])


def given(data: bytes, name: str = "facts.xlsx") -> GivenFile:
    return GivenFile(name, name, data)


def edited(change: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.load_workbook(BytesIO(ours()))
    change(book)
    into = BytesIO()
    book.save(into)
    return into.getvalue()


def test_what_was_written_is_read() -> None:
    book = read_spreadsheet(given(ours()))
    assert [sheet.name for sheet in book.sheets] == ["Records", "Two"]
    assert book.sheets[0].rows == (HEAD, ("How long?",), *ROWS[2:])
    assert not book.has_macros
    assert not book.sheets[0].formulas  # a text that begins with = is a text


def test_its_styles_are_told_in_the_order_of_the_schema(tmp_path: Path) -> None:
    path = tmp_path / "ours.xlsx"
    path.write_bytes(ours())
    assert [fault for fault in openxml_audit(path) if "[schema]" in fault] == []


def test_the_same_rows_are_the_same_bytes_on_any_day(monkeypatch: pytest.MonkeyPatch) -> None:
    first = ours()
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert ours() == first
    dates = {part.date_time for part in ZipFile(BytesIO(first)).infolist()}
    assert dates == {(1980, 1, 1, 0, 0, 0)}


def test_only_what_is_to_fill_in_can_be_typed_over() -> None:
    sheet = openpyxl.load_workbook(BytesIO(ours())).worksheets[0]
    assert sheet.protection.sheet
    assert [cell.protection.locked for cell in sheet[2]] == [True, False]
    assert sheet.freeze_panes == "A2"


def test_a_sheet_may_have_more_columns_than_there_are_letters() -> None:
    head = tuple(f"Head {number}" for number in range(30))
    look = SheetLook(
        "Wide",
        "en-GB",
        [9] * 30,
        0,
        choices={26: ("yes", "no")},
        fill=frozenset(range(28)),
        hidden=frozenset({28, 29}),
        grows=True,
    )
    data = workbook_bytes("Wide", [((head,), look)])
    sheet = openpyxl.load_workbook(BytesIO(data)).worksheets[0]
    assert [sheet.column_dimensions[name].hidden for name in ("AB", "AC")] == [False, True]
    assert str(sheet.data_validations.dataValidation[0].sqref) == "AA2:AA102"
    assert read_spreadsheet(given(data)).sheets[0].rows == (head,)


def test_a_formula_merged_cells_and_a_date_are_told_apart() -> None:
    def change(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        sheet["B2"], sheet["B5"] = "=SUM(A1:A2)", date(2026, 12, 7)
        sheet["B4"], sheet["A5"] = datetime(2026, 12, 7, 14, 30), time(9, 5)
        sheet.merge_cells("A6:B7")

    book = read_spreadsheet(given(edited(change)))
    sheet = book.sheets[0]
    assert sheet.formulas == ("B2",)
    assert sheet.merged == ("A6:B7",)
    assert sheet.rows[1][1] == "=SUM(A1:A2)"
    assert sheet.rows[4][1] == "2026-12-07"
    assert sheet.rows[3][1] == "2026-12-07 14:30"
    assert sheet.rows[4][0] == "09:05"


MOMENTS: list[tuple[object, str, str]] = [
    (datetime(2027, 3, 1, 14, 30), "yyyy-mm-dd h:mm:ss", "2027-03-01 14:30"),
    (datetime(2027, 3, 1, 14, 30, 5), "[$-809]d mmmm yyyy hh:mm;@", "2027-03-01 14:30:05"),
    (datetime(2027, 3, 1, 14, 30), "m/d/yy h:mm", "2027-03-01 14:30"),  # which all programs know
    (datetime(2027, 3, 1, 14, 30), "dd/mm/yyyy", "2027-03-01"),
    (datetime(2027, 3, 1), "d/m/yyyy h:mm", "2027-03-01"),
    (time(9, 30), "h:mm", "09:30"),
    (time(9, 30), "hh:mm AM/PM", "09:30"),
    (time(0, 0), "HH:MM", "00:00"),
    (1.5, "[h]:mm", "36:00"),
    (0.3958333333, "[h]:mm:ss", "09:30"),
    (5, '0 "hours a day"', "5"),
    (2.5, "General", "2.5"),
    (1632960100, "0", "1632960100"),
    (2_958_466, "d/m/yyyy", "2958466"),
]


@pytest.mark.parametrize(("value", "format", "said"), MOMENTS)
def test_a_day_and_a_time_are_read_as_the_cell_shows_them(
    value: object, format: str, said: str
) -> None:
    def change(book: openpyxl.Workbook) -> None:
        cell = book.worksheets[0]["B5"]
        cell.value, cell.number_format = value, format

    assert read_spreadsheet(given(edited(change))).sheets[0].rows[4][1] == said


def test_a_day_that_old_macs_cannot_count_stays_a_number() -> None:
    def change(book: openpyxl.Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904
        cells = book.worksheets[0]
        cells["B5"], cells["B6"] = date(2027, 3, 1), 2_958_465
        cells["B6"].number_format = "d/m/yyyy"

    rows = read_spreadsheet(given(edited(change))).sheets[0].rows
    assert [row[1] for row in rows[4:]] == ["2027-03-01", "2958465"]


def test_macros_are_seen() -> None:
    into = BytesIO(ours())
    with ZipFile(into, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macros")
    assert read_spreadsheet(given(into.getvalue())).has_macros


def bomb() -> bytes:
    into = BytesIO()
    with ZipFile(into, "w", 8) as archive:
        archive.writestr("xl/workbook.xml", b" " * 60_000_000)
    return into.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (("x\n" * 10_000).encode(), "more than 5,000 rows"),
        (bomb, "exceeds 40 MB"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "an old Excel file"),
        (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "OpenDocument"),
        (b"PK\x03\x04 xl/workbook", "broken"),
    ],
    ids=["rows", "a bomb", "old", "OpenDocument", "broken"],
)
def test_what_is_no_table_of_ours_is_refused(data: bytes | Callable[[], bytes], said: str) -> None:
    with pytest.raises(PolicygenError, match=said) as caught:
        read_spreadsheet(given(data() if callable(data) else data))
    assert [problem.code for problem in caught.value.problems] == ["PG686"]


def test_a_csv_without_a_number_is_parted_as_its_first_line_is() -> None:
    book = read_spreadsheet(given(b"Name;Role\r\nA, B;clerk\r\n", "list.csv"))
    assert book.sheets[0].rows == (("Name", "Role"), ("A, B", "clerk"))


def test_cells_are_called_as_spreadsheets_call_them() -> None:
    assert [cell_place(6, 2), cell_place(0, 25), cell_place(0, 26)] == ["C7", "Z1", "AA1"]
