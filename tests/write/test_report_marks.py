"""The squares of a change report say which policy a label means: each stands once, and covers no word."""

from __future__ import annotations

from organisations import ROOT
from weasyprint import CSS, HTML

SHEET = ROOT / "src/policygen/write/theme/report.css"
PAGE = """\
<body class="report"><main><table style="width: 3cm"><tr><td>
<span class="shape first">left out in the approved policy of the council</span>
</td></tr></table></main></body>
"""


def test_a_label_that_wraps_has_one_square() -> None:
    """WeasyPrint draws the background of an inline anew on each of its lines."""
    page = HTML(string=PAGE).render(stylesheets=[CSS(filename=SHEET)]).pages[0]
    kinds = [
        type(box).__name__ for box in page._page_box.descendants() if box.element_tag == "span"
    ]
    assert kinds.count("LineBox") > 1, "the label wraps"
    assert "InlineBox" not in kinds
