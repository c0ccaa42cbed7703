"""The page says what it meets, and says no more than is so."""

from __future__ import annotations

import re
from importlib.resources import files

from visitor import Visitor


def test_the_statement_is_one_link_away_from_every_page(visitor: Visitor) -> None:
    for path in ("/", "/new", "/body/ours/facts/you", "/none"):
        assert 'href="/accessibility"' in visitor.open(path).html
    statement = visitor.open("/accessibility").text
    assert "Web Content Accessibility Guidelines 2.2" in statement
    assert "What is not tested" in statement
    assert "If something is in your way" in statement


def test_nothing_moves_by_itself() -> None:
    sheet = files("policygen").joinpath("web/static/page.css").read_text("utf-8")
    assert re.findall(r"animation|transition|scroll-behavior|@keyframes", sheet) == []
