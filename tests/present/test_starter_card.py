"""The card for new starters: what holds for everyone, on half a sheet of A4, with the code to scan."""

from __future__ import annotations

import io

import pikepdf
import pytest
from organisations import ALL, built, policies

from policygen.lint.budget import edition_words
from policygen.markdown.prose import ProseCache
from policygen.model import document as doc
from policygen.model.document.walk import walk
from policygen.present.edition import present

CARD = "starter-card"


@pytest.mark.parametrize("organisation", ALL)
def test_it_has_lines_to_follow_whom_to_ask_and_the_address(organisation: str) -> None:
    for policy in policies(organisation):
        assert edition_words(policy, CARD, ProseCache()) <= 150
        blocks = list(walk(present(policy, CARD).body))
        lines = [item for block in blocks if isinstance(block, doc.List) for item in block.items]
        assert 6 <= len(lines) <= 20
        assert [block for block in blocks if isinstance(block, doc.Group) and block.role == "ask"]
        codes = [block.address for block in blocks if isinstance(block, doc.ScanCode)]
        address = policy.profile.policy.published_at
        assert codes == ([address] if address else [])


@pytest.mark.slow
@pytest.mark.parametrize("organisation", ALL)
def test_it_stands_on_half_a_sheet(organisation: str) -> None:
    for file in built(organisation, CARD, "pdf"):
        with pikepdf.open(io.BytesIO(file.data)) as pdf:
            assert len(pdf.pages) == 1
            width, height = pdf.pages[0].mediabox[2:]
            assert (round(width), round(height)) == (595, 420)  # 210 by 148 mm
