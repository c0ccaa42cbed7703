"""How wide columns are: short texts stay whole, and nobody is starved."""

from __future__ import annotations

import pytest

from policygen.model.document import Inlines, Text
from policygen.model.theme import PLAIN
from policygen.write.font import font_metrics
from policygen.write.widths import TypeSize, column_widths, share

TYPE = TypeSize(105, 100)  # tenths of a point
FONT = font_metrics(PLAIN)


def made(*rows: tuple[str, ...], width: int = 4110) -> list[int]:
    cells: list[tuple[Inlines, ...]] = [tuple((Text(text),) for text in row) for row in rows]
    return column_widths(cells, width, len(rows[0]), TYPE, FONT)


@pytest.mark.parametrize("width", [2000, 4110, 4820])
def test_the_columns_fill_the_width(width: int) -> None:
    long = "Somebody should say what happens to an account when nobody is left to look after it"
    assert sum(made(("When", "What"), ("One day", long), width=width)) == width
    assert sum(made(("A",), ("B",), width=width)) == width
    assert sum(made(("A", "B", "C"), ("x" * 90, "y" * 90, "z" * 90), width=width)) == width


def test_a_short_text_beside_a_long_one_stays_on_its_line() -> None:
    hours = "Monday to Saturday, 8am to 4pm. We read comments before they show."
    columns = made(
        ("Account", "We are here", "First reply within"),
        ("Facebook: our market", hours, "1 working day"),
    )
    assert columns[2] >= FONT.text_width("First reply within", TYPE.em, bold=True) + 0.9 * TYPE.gap


def test_a_date_is_never_torn() -> None:
    owner = "Assistant Director of Communications, Engagement and Democratic Participation"
    columns = made(
        ("Number", "Owner", "Review by"), ("ABC-2026-000147-B", owner, "14\u00a0December\u00a02027")
    )
    assert columns[2] >= FONT.text_width("14\u00a0December\u00a02027", TYPE.em) + TYPE.gap


def test_a_long_address_does_not_starve_its_neighbours() -> None:
    handle = "@TheLibrariesOfAVeryLargeCombinedAuthority"
    purpose = "News, service changes and questions from residents of the vale and the islands"
    columns = made(
        ("Account", "What it is for", "Owner", "Now"),
        (handle, purpose, "Digital Officer", "In use"),
    )
    assert columns[1] >= columns[0] / 2


def test_a_row_without_a_cell_is_an_empty_one() -> None:
    cells: list[tuple[Inlines, ...]] = [((Text("A"),), (Text("B"),)), ((Text("only one"),),)]
    assert sum(column_widths(cells, 1000, 2, TYPE, FONT)) == 1000


def test_what_cannot_be_shared_alike_goes_to_the_last() -> None:
    assert share(10, [1, 1, 1]) == [3, 3, 4]
