"""The page knows what day it is from whoever serves it: what is due is told beside all else that is wrong."""

from __future__ import annotations

from datetime import date

from visitor import Visitor


def test_a_policy_past_its_review_date_is_told_on_the_page_of_problems(visitor: Visitor) -> None:
    file = visitor.folder / "ours/profile.yaml"
    assert "review_by: 2027-12-07" in file.read_text("utf-8")
    assert "to be reviewed by" not in visitor.open("/body/ours/check").text, "on nobody's day"
    visitor.session.day = lambda: date(2028, 1, 10)
    assert "was to be reviewed by 7 December 2027" in visitor.open("/body/ours/check").text
