"""A process of a fleet takes no more memory for the twelfth body than for the fifth."""

from __future__ import annotations

import shutil
import sys
from multiprocessing import get_context
from pathlib import Path

import pytest
from organisations import EVERYTHING, PROFILES

from policygen.pipeline.fleet.build_order import Body, BuildOrder
from policygen.pipeline.workspace import Workspace

NAMES = ("fenwick", "little-marden", "hazel-lane", "rauporoa")
BODIES = 12
MOST = 1.15  # of what it takes after five bodies: caches of words still fill


def resident() -> int:
    """The pages of memory that this process has."""
    return int(Path("/proc/self/statm").read_text().split()[1])


def memory_by_body(folder: str, formats: tuple[str, ...]) -> list[int]:
    """What a process takes after each body."""
    order = BuildOrder(Path(folder, "dist"), ("overview",), formats)
    workspace = Workspace()
    found: list[int] = []
    for profile in sorted(Path(folder).glob("body-*/profile.yaml")):
        assert order.work(Body(profile), workspace).paths
        found.append(resident())
    return found


@pytest.mark.slow
@pytest.mark.skipif(not EVERYTHING, reason="it builds many bodies: `make audit` does")
@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
@pytest.mark.parametrize("formats", [("docx",), ("pdf",)])
def test_memory_is_flat_after_five_bodies(formats: tuple[str, ...], tmp_path: Path) -> None:
    for number in range(BODIES):
        name = NAMES[number % len(NAMES)]
        shutil.copytree(PROFILES / name, tmp_path / f"body-{number:02}")
    with get_context("spawn").Pool(1) as pool:
        found = pool.apply(memory_by_body, (str(tmp_path), formats))
    assert max(found[5:]) < MOST * found[4], found
