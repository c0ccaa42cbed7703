"""The squares of a change report say which policy a label means: each stands once, and covers no word."""

from __future__ import annotations

import pytest
from organisations import ROOT
from weasyprint import CSS, HTML

SHEET = ROOT / "src/policygen/write/theme/report.css"
LABEL = '<span class="shape first">left out in the approved policy of the council</span>'
# Wherever a report has one: in a cell, in the head of a column, in a line of text, in a heading.
HOLDERS = {
    "td": f"<table><tr><td>{LABEL}</td></tr></table>",
    "th": f"<table><tr><th>{LABEL}</th></tr></table>",
    "p": f"<p>{LABEL}</p>",
    "h3": f"<h3>{LABEL}</h3>",
}


@pytest.mark.parametrize("holder", HOLDERS)
def test_a_label_that_wraps_has_one_square(holder: str) -> None:
    """WeasyPrint draws the background of an inline anew on each of its lines."""
    page = f'<body class="report"><main style="width: 3cm">{HOLDERS[holder]}</main></body>'
    page = HTML(string=page).render(stylesheets=[CSS(filename=SHEET)]).pages[0]
    kinds = [
        type(box).__name__ for box in page._page_box.descendants() if box.element_tag == "span"
    ]
    assert kinds.count("LineBox") > 1, "the label wraps"
    assert "InlineBox" not in kinds
