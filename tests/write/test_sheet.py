"""The provenance sheet as files: a tagged PDF of a length that can be read, and a DOCX that validators accept."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from organisations import EXAMPLES, PROFILES, library, sheet
from pdf_reader import Pdf
from tools import outside_tool

from policygen import pipeline
from policygen.present.origins import origins
from policygen.write.pdf import render

pytestmark = pytest.mark.slow


@cache
def read(organisation: str) -> Pdf:
    return Pdf(sheet(organisation, "pdf"))


def test_weasyprint_has_nothing_to_say() -> None:
    policy = pipeline.policies_of(PROFILES / "fenwick/profile.yaml", library())[1][0]
    assert [m.getMessage() for m in render(origins(policy))[2]] == []


@pytest.mark.parametrize("organisation", EXAMPLES)
def test_a_sheet_is_short_enough_to_be_read(organisation: str) -> None:
    assert len(read(organisation).pages) <= 27


@pytest.mark.parametrize("organisation", EXAMPLES)
def test_the_pdf_can_be_heard(organisation: str) -> None:
    tree = read(organisation).tree
    levels = [int(heading.kind[1]) for heading in tree.find("H1", "H2", "H3", "H4")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    tables = tree.find("Table")
    assert len(tables) > 26
    for table in tables:
        assert len({len(row.kids) for row in table.find("TR")}) == 1
        assert all(cell.text.strip() for cell in table.find("TH", "TD"))
        for part, scope in (("THead", "/Column"), ("TBody", "/Row")):
            assert all(head.raw.A.Scope == scope for p in table.find(part) for head in p.find("TH"))
    fonts = [f for page in read(organisation).pages for f in page.Resources.get("/Font", {}).values()]
    assert all("Public-Sans" in str(font.BaseFont) for font in fonts)


def test_both_validators_accept_the_docx(tmp_path: Path) -> None:
    audit = pytest.importorskip("openxml_audit")
    paths = [tmp_path / f"{organisation}.docx" for organisation in EXAMPLES]
    for path in paths:
        path.write_bytes(sheet(path.stem, "docx"))
        assert not audit.OpenXmlValidator().validate(str(path)).errors
    node, package = outside_tool("node"), outside_tool("@ooxml-tools/validate")
    command = [node, package / "dist/npm/bin/ooxml-validate.js", paths[0], "--of", "json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout or "[]") == []


def test_columns_have_the_widths_that_the_table_asks_for() -> None:
    from io import BytesIO

    from docx import Document

    widths = [column.width for column in Document(BytesIO(sheet("fenwick", "docx"))).tables[0].columns]
    assert [round(100 * width / sum(widths)) for width in widths] == [29, 39, 32]
    page = sheet("fenwick", "html").decode()
    assert '<colgroup><col class="w-290"><col class="w-390"><col class="w-320"></colgroup>' in page
    assert ".w-390 { width: 39% }" in page
