"""The provenance sheet as files: a tagged PDF of a length that can be read, and a DOCX that validators accept."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from judges import ooxml_validate, openxml_audit
from organisations import EVERYTHING, EXAMPLES, sheet, sheet_and_said
from pdf_faults import faults
from pdf_reader import Pdf

pytestmark = pytest.mark.slow
# One layout, whatever the body: `make audit` prints them all.
BODIES = EXAMPLES if EVERYTHING else EXAMPLES[1:2]  # the shortest


@cache
def read(organisation: str) -> Pdf:
    return Pdf(sheet(organisation, "pdf"))


def test_weasyprint_has_nothing_to_say() -> None:
    assert {sheet_and_said(organisation, "pdf")[1] for organisation in BODIES} == {()}


@pytest.mark.parametrize("organisation", BODIES)
def test_a_sheet_is_short_enough_to_be_read(organisation: str) -> None:
    assert len(read(organisation).pages) <= 27


@pytest.mark.parametrize("organisation", BODIES)
def test_the_pdf_can_be_heard(organisation: str) -> None:
    assert faults(read(organisation)) == []
    tables = read(organisation).tree.find("Table")
    assert len(tables) > 26
    assert all(cell.text.strip() for table in tables for cell in table.find("TH", "TD"))


def test_both_validators_accept_the_docx(tmp_path: Path) -> None:
    paths = [tmp_path / f"{organisation}.docx" for organisation in BODIES]
    for path in paths:
        path.write_bytes(sheet(path.stem, "docx"))
    assert [fault for path in paths for fault in openxml_audit(path)] == []
    assert ooxml_validate(paths) == []


def test_columns_have_the_widths_that_the_table_asks_for() -> None:
    from io import BytesIO

    from docx import Document

    widths = [
        column.width for column in Document(BytesIO(sheet("fenwick", "docx"))).tables[0].columns
    ]
    assert [round(100 * width / sum(widths)) for width in widths] == [29, 39, 32]
    page = sheet("fenwick", "html").decode()
    assert '<colgroup><col class="w-290"><col class="w-390"><col class="w-320"></colgroup>' in page
    assert ".w-390 { width: 39% }" in page
