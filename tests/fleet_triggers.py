"""What only a body that ends its process can trigger."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import fleet_plants
import pytest
from click.testing import CliRunner

from policygen.cli import main
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


def has_two_threads(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    from distributed import LocalCluster

    options = {"processes": False, "threads_per_worker": 2, "dashboard_address": ":0"}
    with LocalCluster(n_workers=1, protocol="tcp", **options) as cluster:
        words = ["build", "ours", "-f", "md", "--scheduler", cluster.scheduler_address]
        return CliRunner().invoke(main, words).output


FLEET_TRIGGERS: dict[str, Callable[[Path, pytest.MonkeyPatch], str]] = {
    "PG451": ends_its_process,
    "PG472": has_two_threads,
}
