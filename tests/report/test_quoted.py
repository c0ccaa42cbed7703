"""What one paper quotes of another keeps together what a reader copies, such as a telephone number."""

from __future__ import annotations

import pytest

from policygen.model import document as doc
from policygen.report.layout import report_table
from policygen.report.year.quoted import quoted


@pytest.mark.parametrize(("columns", "is_wide"), [(3, False), (4, True)])
def test_a_table_of_four_columns_takes_the_margin_too(columns: int, is_wide: bool) -> None:
    heads = tuple(f"Whom {number}" for number in range(columns))
    table = report_table(heads, [("01632\u00a0960\u00a0302",) * columns])
    [found] = quoted((table,), "words")
    assert isinstance(found, doc.Table)
    assert found.wide is is_wide
