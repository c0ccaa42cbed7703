from __future__ import annotations

from pathlib import Path

import pytest
from frozen import Frozen


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Frozen:
    """A policy that may be released, and was not yet."""
    return Frozen(tmp_path, monkeypatch)


@pytest.fixture
def frozen(fresh: Frozen) -> Frozen:
    """The same, released as 1.0."""
    fresh.release("First policy")
    return fresh
