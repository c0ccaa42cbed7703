"""Many bodies, several processes: the same files and messages as from one, and a bad body costs its own place only."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import fleet_plants
import pytest
from organisations import PROFILES

from policygen.pipeline.fleet.build_order import Body, BuildOrder, BuiltBody
from policygen.pipeline.fleet.fleet import done_in_order
from policygen.pipeline.fleet.processes import starter
from policygen.store.built.part import PART

pytestmark = pytest.mark.slow
WORDS = ("-e", "overview")
POLICYGEN = [sys.executable, "-c", "from policygen.cli import main; main()"]


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def bodies(empty: Path) -> list[str]:
    """Four profiles: one of them has a warning, and one an error."""
    names = [copied(f"body-{letter}") for letter in "abcd"]
    more = {"body-b": "languages: [en-GB, fr]", "body-d": "languages: [no language]"}
    for name, text in more.items():
        profile = Path(f"profiles/{name}/profile.yaml")
        told = profile.read_text("utf-8")
        profile.write_text(told.replace("languages: [en-GB]", text, 1), "utf-8")
    return names


def copied(name: str) -> str:
    """A body like the smallest example, whose folder is called so."""
    shutil.copytree(PROFILES / "little-marden", f"profiles/{name}")
    return name


def build(bodies: list[str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [*POLICYGEN, "build", *bodies, *WORDS, *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=300)


def files(out: str) -> dict[str, bytes]:
    return {str(p.relative_to(out)): p.read_bytes() for p in Path(out).rglob("*") if p.is_file()}


def test_files_and_messages_are_those_of_one_process(
    bodies: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does anything stay in the folder for temporary files."""
    Path("temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(Path("temporary").resolve()))
    one = build(bodies, "--jobs", "1")
    made = files("dist")
    shutil.rmtree("dist")
    two = build(bodies, "--jobs", "2")
    assert (one.stdout, one.stderr, one.returncode) == (two.stdout, two.stderr, 1)
    assert one.stdout.count("body-a/") == 5
    assert files("dist") == made
    assert not any(name.endswith(PART) for name in made)
    assert not any(name.startswith("body-d/") for name in made)
    assert "warning" in one.stderr
    assert not list(Path("temporary").iterdir())


def test_the_first_that_fails_ends_it_if_asked(bodies: list[str]) -> None:
    said = build(["body-d", "body-a"], "--jobs", "2", "-f", "md", "--fail-fast")
    assert said.returncode == 1
    assert "body-a" not in said.stdout


# --- Bodies that behave badly -------------------------------------------------------------------------


def outcomes(*names: str, jobs: int = 2, started: list[int] | None = None) -> list[BuiltBody]:
    """What becomes of bodies that are called so; `started` hears how many processes each pool has."""
    order = BuildOrder(Path("dist"), ("overview",), ("md",))

    def start(jobs: int) -> ProcessPoolExecutor:
        if started is not None:
            started.append(jobs)
        given = (order, (), None, Path())
        return ProcessPoolExecutor(jobs, get_context("spawn"), fleet_plants.start_worker, given)

    asked = [Body(Path(f"profiles/{copied(name)}/profile.yaml")) for name in names]
    return list(done_in_order(order, asked, start, jobs, 60))


def test_one_that_ends_its_process_costs_its_own_place_only(empty: Path) -> None:
    names = ("a", "it-ends", "b", "c", "it-too-ends", "d")
    found = outcomes(*names)
    assert [outcome.body.name for outcome in found] == list(names)
    assert [[p.code for p in outcome.problems] for outcome in found] == [
        [], ["PG451"], [], [], ["PG451"], [],
    ]  # fmt: skip
    assert "its process was ended" in found[1].problems[0].what
    assert [bool(outcome.paths) for outcome in found] == [True, False, True, True, False, True]


def test_after_one_that_ends_its_process_the_rest_are_done_side_by_side_again(empty: Path) -> None:
    """Only what was handed out with it is done alone: that ends no process that was started since."""
    started: list[int] = []
    names = ["it-ends", *map("body-{}".format, range(11))]
    found = outcomes(*names, started=started)
    assert [bool(outcome.paths) for outcome in found] == [False, *[True] * 11]
    assert started.count(2) == 2


def test_processes_that_cannot_be_had_at_once_are_asked_for_again(empty: Path) -> None:
    """As where the server that starts them is ended: both pools of the run are broken before they have a task."""
    order = BuildOrder(Path("dist"), ("overview",), ("md",))
    started: list[int] = []

    def start(jobs: int) -> ProcessPoolExecutor:
        given = (order, (), None, Path())
        pool = ProcessPoolExecutor(jobs, get_context("spawn"), fleet_plants.start_worker, given)
        started.append(jobs)
        if len(started) < 3:
            with pytest.raises(BrokenExecutor):
                pool.submit(os._exit, 1).result()
        return pool

    asked = [Body(Path(f"profiles/{copied('a')}/profile.yaml"))]
    [found] = done_in_order(order, asked, start, 2, 60)
    assert started == [2, 1, 1]
    assert found.problems == ()
    assert found.paths


@pytest.mark.parametrize("bad", ["it-ends", "it-grows"])
def test_a_group_that_cannot_be_done_falls_into_its_names(bad: str, bodies: list[str]) -> None:
    """Each of the others is compared, and the body is told that ended its process or took all memory."""
    groups = [("profiles/body-a", bad, "profiles/body-b"), ("profiles/body-c",)]
    order = fleet_plants.PlantedCompare(tuple(name for group in groups for name in group))
    with starter(order, (), None) as start:
        found = order.joined(done_in_order(order, groups, start, 2))
    assert found.kept.names == [f"profiles/body-{letter}" for letter in "abc"]
    [problem] = found.problems
    assert (problem.code, problem.what.split()[0]) == ("PG451", bad)


def test_processes_are_replaced_after_so_many_bodies(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BuildOrder, "each", 1)
    found = outcomes("a", "b", jobs=1)
    assert all(outcome.paths for outcome in found)
