"""Many bodies, several processes: the same files and messages as from one, and a bad body costs its own place only."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import active_children, get_context
from pathlib import Path

import fleet_plants
import pytest
from organisations import PROFILES

from policygen.pipeline.fleet.build_order import Body, BuildOrder, BuiltBody
from policygen.pipeline.fleet.fleet import done_in_order
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


def outcomes(*names: str, jobs: int = 2, longest: float = 60) -> list[BuiltBody]:
    order = BuildOrder(Path("dist"), ("overview",), ("md",))

    def start(jobs: int) -> ProcessPoolExecutor:
        given = (order, (), None, Path())
        return ProcessPoolExecutor(jobs, get_context("spawn"), fleet_plants.start_worker, given)

    asked = [Body(Path(f"profiles/{copied(name)}/profile.yaml")) for name in names]
    return list(done_in_order(order, asked, start, jobs, longest))


def test_one_that_ends_its_process_costs_its_own_place_only(empty: Path) -> None:
    names = ("a", "it-ends", "b", "c", "it-too-ends", "d")
    found = outcomes(*names)
    assert [outcome.body.name for outcome in found] == list(names)
    assert [[p.code for p in outcome.problems] for outcome in found] == [
        [], ["PG451"], [], [], ["PG451"], [],
    ]  # fmt: skip
    assert "its process was ended" in found[1].problems[0].what
    assert [bool(outcome.paths) for outcome in found] == [True, False, True, True, False, True]


def test_one_that_never_ends_is_ended(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where its process has been replaced for those after it, too."""
    monkeypatch.setattr(BuildOrder, "each", 1)
    found = outcomes("a", "it-sleeps", "b", longest=20)
    assert [bool(outcome.paths) for outcome in found] == [True, False, True]
    assert "it took longer than 20 seconds" in found[1].problems[0].what
    assert not [process for process in active_children() if process.is_alive()]


@pytest.mark.skipif(sys.platform != "linux", reason="only there the bound holds")
def test_one_that_takes_all_memory_is_told(empty: Path) -> None:
    found = outcomes("a", "it-grows", "b", jobs=1)
    assert [bool(outcome.paths) for outcome in found] == [True, False, True]
    assert "asks for more memory than there is" in found[1].problems[0].what


def test_processes_are_replaced_after_so_many_bodies(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BuildOrder, "each", 1)
    found = outcomes("a", "b", "c", jobs=1)
    assert all(outcome.paths for outcome in found)


# --- Runs that are ended ------------------------------------------------------------------------------


def interruptions_count() -> None:
    """A program that a shell starts in the background would not hear SIGINT, nor would its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


CODES = {signal.SIGINT: 1, signal.SIGTERM: 128 + signal.SIGTERM, signal.SIGKILL: -signal.SIGKILL}


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such signals")
@pytest.mark.parametrize("how", CODES)
def test_a_run_that_is_ended_leaves_whole_files_and_the_next_finishes_it(
    how: signal.Signals, empty: Path
) -> None:
    names = [
        copied(f"body-{number}") for number in range(48)
    ]  # so many that no signal comes too late
    words = ["build", *names, *WORDS, "-f", "md", "--jobs", "2"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    run = subprocess.Popen([*POLICYGEN, *words], text=True, preexec_fn=interruptions_count, **pipes)
    assert run.stdout
    assert run.stdout.readline() == "dist/body-0/policy.json\n"
    run.send_signal(how)
    said = run.communicate(timeout=60)[1]
    assert run.returncode == CODES[how], said
    assert "Traceback" not in said
    deadline = time.monotonic() + 30
    while _others_at_work() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not _others_at_work(), "no process is left behind"
    whole = {name for name in names if Path(f"dist/{name}/overview.md").exists()}
    assert "body-0" in whole
    assert len(whole) < len(names)
    again = build(names, "-f", "md", "--jobs", "1")
    assert again.returncode == 0, again.stderr
    assert again.stderr.count("nothing has changed") == len(whole)
    listed = json.loads(Path("dist/manifest.json").read_bytes())["files"]
    assert len(listed) == 2 * len(names)
    assert not list(Path("dist").rglob(".policygen-*.tmp"))


def _others_at_work() -> bool:
    """Whether a process works in this folder other than this one."""
    here = os.getcwd()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if int(process.name) != os.getpid() and os.readlink(process / "cwd") == here:
                return (process / "status").read_text().find("State:\tZ") < 0
        except OSError:
            continue
    return False
