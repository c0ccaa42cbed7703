"""What only a body that ends its process can trigger."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import fleet_plants
import pytest

from policygen.pipeline.fleet.build_order import Body, BuildOrder
from policygen.pipeline.fleet.fleet import done_in_order


def ends_its_process(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    shutil.copytree("ours", "it-ends")
    order = BuildOrder(Path("dist"), ("overview",), ("md",))

    def start(jobs: int) -> ProcessPoolExecutor:
        given = (order, (), None, Path())
        return ProcessPoolExecutor(jobs, get_context("spawn"), fleet_plants.start_worker, given)

    [made] = done_in_order(order, [Body(Path("it-ends/profile.yaml"))], start, 1)
    return "\n".join(f"{problem} {problem.code}" for problem in made.problems)


FLEET_TRIGGERS: dict[str, Callable[[Path, pytest.MonkeyPatch], str]] = {"PG451": ends_its_process}
