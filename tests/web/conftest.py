"""A visitor of a folder with one policy."""

from __future__ import annotations

from pathlib import Path

import pytest
from visitor import Visitor, a_body


@pytest.fixture
def visitor(tmp_path: Path) -> Visitor:
    return Visitor(a_body(tmp_path))
