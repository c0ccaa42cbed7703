"""Bodies that the workers of a scheduler build: the bytes and messages of one process, whatever ends meanwhile.

The workers stand in another folder, so that they find nothing of a body but what they are sent.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from distributed import LocalCluster
from fleet_plants import WithoutRoom, ends_while_it_is_asked
from organisations import EVERYTHING, PROFILES

from policygen.cli import main
from policygen.pipeline.fleet.build_all import build_all
from policygen.pipeline.fleet.build_order import Body, BuildOrder
from policygen.pipeline.fleet.cluster import build as sending
from policygen.pipeline.fleet.cluster import cluster as asking
from policygen.pipeline.fleet.cluster.worker import WorkerVersions
from policygen.pipeline.workspace import Workspace
from policygen.problems import PolicygenError

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("library_of_its_own")]
NAMES = [f"body-{letter}" for letter in "abcdef"]


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    options = {"threads_per_worker": 1, "processes": True, "dashboard_address": ":0"}
    with LocalCluster(n_workers=2, memory_limit="3GiB", **options) as cluster:
        yield cluster


@pytest.fixture(autouse=True)
def bodies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second says something, and the third cannot be built."""
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        shutil.copytree(PROFILES / "little-marden", f"profiles/{name}")
    for name, text in {NAMES[1]: "[en-GB, fr]", NAMES[2]: "[no language]"}.items():
        profile = Path(f"profiles/{name}/profile.yaml")
        told = profile.read_text("utf-8").replace("languages: [en-GB]", f"languages: {text}", 1)
        profile.write_text(told, "utf-8")


def build(*words: str) -> Result:
    return CliRunner().invoke(main, ["build", "-e", "overview", "-f", "md", *words])


def files(out: str) -> dict[str, bytes]:
    return {str(p.relative_to(out)): p.read_bytes() for p in Path(out).rglob("*") if p.is_file()}


def test_files_and_messages_are_those_of_one_process(cluster: LocalCluster) -> None:
    """Of bodies in the working folder, and of one elsewhere."""
    asked = [*NAMES[:3], str(PROFILES / "little-marden")]
    there = build(*asked, "--scheduler", cluster.scheduler_address)
    made = files("dist")
    shutil.rmtree("dist")
    here = build(*asked, "--jobs", "1")
    assert (there.stdout, there.stderr, there.exit_code) == (here.stdout, here.stderr, 1)
    assert "warning" in there.stderr
    assert "little-marden/overview.md" in made
    assert made == files("dist")


def test_a_worker_whose_disk_is_full_costs_its_body_only(cluster: LocalCluster) -> None:
    asked = [Body(Path(f"profiles/{name}/profile.yaml")) for name in NAMES[:2]]
    order = WithoutRoom(Path("dist"), ("overview",), ("md",))
    given = (asked, order, Workspace(), 1, lambda name: None, cluster.scheduler_address)
    first, second = build_all(*given)
    assert first.paths
    [problem] = second.problems
    assert problem.code == "PG504"
    assert "body-b was not built" in problem.what
    assert "no space left on device" in problem.what


@pytest.mark.skipif(
    not EVERYTHING or sys.platform == "win32", reason="a worker takes long to start"
)
def test_a_worker_that_is_killed_costs_no_body(cluster: LocalCluster) -> None:
    asked = [Body(Path(f"profiles/{name}/profile.yaml")) for name in NAMES if name != NAMES[2]]
    order = BuildOrder(Path("dist"), ("overview",), ("md",))
    given = (asked, order, Workspace(), 1, lambda name: None, cluster.scheduler_address)
    with closing(build_all(*given)) as outcomes:
        found = [next(outcomes)]
        os.kill(cluster.workers[0].pid, signal.SIGKILL)
        found += outcomes
    assert [outcome.body for outcome in found] == asked
    assert all(outcome.paths for outcome in found)
    assert len(files("dist")) == 2 * len(asked) + 1


@pytest.mark.skipif(
    not EVERYTHING or sys.platform == "win32", reason="a worker takes long to start"
)
def test_a_worker_that_ends_while_it_is_asked_costs_no_body(
    cluster: LocalCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "versions", ends_while_it_is_asked)
    said = build(*NAMES[3:], "--scheduler", cluster.scheduler_address)
    assert said.exit_code == 0, said.output
    assert len(files("dist")) == 2 * len(NAMES[3:]) + 1


def test_workers_of_other_versions_are_refused(
    cluster: LocalCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = WorkerVersions("9.0 (12345678)", "70.1", "1.40.0")
    monkeypatch.setattr(sending, "versions", lambda: ours)
    said = build(NAMES[0], "--scheduler", cluster.scheduler_address)
    assert said.exit_code == 1
    assert (
        "policygen 9.0 (12345678), WeasyPrint 70.1, Pango 1.40.0: tcp://127.0.0.1:" in said.stderr
    )
    assert "has policygen 0.1.0 (" in said.stderr
    assert not Path("dist").exists()


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    said = build(NAMES[0], "--scheduler", "tcp://127.0.0.1:1")
    assert said.exit_code == 1
    assert 'pip install "policygen[fleet]"' in said.stderr


@pytest.mark.skipif(not EVERYTHING, reason="it takes long to be sure that it has ended")
def test_a_scheduler_that_ends_leaves_what_is_built() -> None:
    options = {"threads_per_worker": 1, "processes": False, "dashboard_address": ":0"}
    asked = [Body(Path(f"profiles/{name}/profile.yaml")) for name in NAMES]
    order = BuildOrder(Path("dist"), ("overview",), ("md",))
    with LocalCluster(n_workers=1, protocol="tcp", **options) as cluster:
        given = (asked, order, Workspace(), 1, lambda name: None, cluster.scheduler_address)
        outcomes = build_all(*given)
        first = next(outcomes)
    with pytest.raises(PolicygenError, match="it has ended"):
        list(outcomes)
    assert {path for path in Path("dist").glob("*/*") if path.is_file()} == set(first.paths)
    assert Path("dist/manifest.json").exists()
