"""A copy of the source, into which a test plants a fault."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from source import ROOT


@pytest.fixture
def copied_house(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path
