"""A visitor of a folder with one policy, and of one whose draft is out for comment."""

from __future__ import annotations

from pathlib import Path

import pytest
from consulting import opened
from small import Small
from visitor import Visitor, a_body, a_town


@pytest.fixture
def visitor(tmp_path: Path) -> Visitor:
    return Visitor(a_body(tmp_path))


@pytest.fixture(scope="session")
def kept_for_the_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("consultation") / "example"


@pytest.fixture
def town(small: Small, kept_for_the_page: Path) -> Visitor:
    """Visits a small body whose draft is out for comment: it has a release and its letters."""
    return a_town(opened(small, kept_for_the_page))
