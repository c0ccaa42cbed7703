"""A fleet that is ended at any moment leaves whole files, and the next run finishes the rest and only the rest.

`make audit` ends two hundred runs, and kills workers of a Dask scheduler in two more; POLICYGEN_KILLS says how many
otherwise, of each.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from organisations import EVERYTHING, PROFILES

from policygen.cli import main
from policygen.store.built.manifest import MANIFEST
from policygen.store.built.part import PART
from policygen.store.lock import LOCK_FILE

if TYPE_CHECKING:
    from distributed import LocalCluster

pytestmark = [
    pytest.mark.slow,
    pytest.mark.usefixtures("library_of_its_own"),
    pytest.mark.skipif(sys.platform != "linux", reason="who works for a run is read from /proc"),
]
KILLS = int(os.environ.get("POLICYGEN_KILLS", "200" if EVERYTHING else "4"))
CLUSTER_KILLS = int(os.environ.get("POLICYGEN_KILLS", "2" if EVERYTHING else "0"))
FORMATS = ("md", "html", "docx") if KILLS > 100 else ("md",)
NAMES = [f"body-{number}" for number in range(12)]
# So few bodies, without a PDF, would be built by one process.
POLICYGEN = """
from policygen.pipeline.fleet.order import Order
Order.fewest = 2
from policygen.cli import main
print("begun", flush=True)
main()
"""
STATUS = {  # what the run ends with: what a process had that was ended is built again
    "worker": 0,
    "server": 0,
    "run": -signal.SIGKILL,
    "interrupt": 1,
    "end": 128 + signal.SIGTERM,
}
FILES = {"policy.json", *(f"overview.{format}" for format in FORMATS)}


@pytest.fixture(scope="module")
def bodies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the profiles, what a run that nobody ends makes of them (`whole`), and how long it takes."""
    folder = tmp_path_factory.mktemp("kills")
    for name in NAMES:
        shutil.copytree(PROFILES / "little-marden", folder / "profiles" / name)
    run = begin(folder)
    began = time.monotonic()
    assert run.wait(timeout=300) == 0
    (folder / "seconds").write_text(str(time.monotonic() - began))
    (folder / "dist").rename(folder / "whole")
    return folder


def begin(
    folder: Path, names: Sequence[str] = NAMES, by: str = "--jobs=2"
) -> subprocess.Popen[bytes]:
    """Start a run; it hears SIGINT, as what a shell starts in the background does not."""
    with open(folder / "said", "wb") as said:
        run = subprocess.Popen(
            [sys.executable, "-c", POLICYGEN, *words(names), by],
            cwd=folder,
            stdout=said,
            stderr=said,
            env={**os.environ, "TMPDIR": str(made(folder / "temporary"))},
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
    while "begun" not in (folder / "said").read_text():  # before, a signal ends but Python
        assert run.poll() is None
        time.sleep(0.01)
    return run


def words(names: Sequence[str] = NAMES) -> list[str]:
    return ["build", *names, "-e", "overview", *(f"-f{format}" for format in FORMATS)]


def made(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return folder


@pytest.mark.parametrize("seed", range(KILLS))
def test_what_a_killed_run_leaves_is_whole_and_the_next_finishes_it(
    seed: int, bodies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = Random(seed)
    how = list(STATUS)[seed % len(STATUS)]
    is_second = set_up_earlier_build(bodies, random)
    run = begin(bodies)
    time.sleep(random.uniform(0.1, 1) * float((bodies / "seconds").read_text()))
    end(run, how, random)
    status = run.wait(timeout=120)
    wait_until_all_have_ended(bodies)
    said = (bodies / "said").read_text()
    if how != "run":  # then Python itself prints one, in what was just started
        assert "Traceback" not in said, said
    assert status in (0, STATUS[how]), said  # a run may be done before
    assert_whole(bodies, is_second=is_second)
    assert_next_run_finishes(bodies, monkeypatch)
    assert [one for one in os.listdir(bodies / "temporary") if not one.startswith("pymp-")] == []


@pytest.fixture(scope="module")
def cluster(bodies: Path) -> Iterator[LocalCluster]:
    """Two workers, each started again where it is killed; `cluster-seconds` is how long they take."""
    from distributed import LocalCluster

    options = {"threads_per_worker": 1, "processes": True, "dashboard_address": ":0"}
    with LocalCluster(n_workers=2, local_directory=str(bodies / "workers"), **options) as cluster:
        began = time.monotonic()
        assert begin(bodies, by=f"--scheduler={cluster.scheduler_address}").wait(timeout=300) == 0
        (bodies / "cluster-seconds").write_text(str(time.monotonic() - began))
        assert files(bodies / "dist") == files(bodies / "whole")
        yield cluster


@pytest.mark.parametrize("seed", range(CLUSTER_KILLS))
def test_workers_of_a_scheduler_that_are_killed_cost_no_body(
    seed: int, bodies: Path, cluster: LocalCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of two, or both at once. A body that is missing is named, or the run says that all workers are gone."""
    random = Random(seed)
    is_second = set_up_earlier_build(bodies, random)
    wait_for_two_workers(cluster)
    run = begin(bodies, by=f"--scheduler={cluster.scheduler_address}")
    time.sleep(random.uniform(0.1, 1) * float((bodies / "cluster-seconds").read_text()))
    for worker in random.sample(list(cluster.workers.values()), seed % 2 + 1):
        os.kill(worker.pid, signal.SIGKILL)
    status = run.wait(timeout=300)
    said = (bodies / "said").read_text()
    assert "Traceback" not in said, said
    assert_whole(bodies, is_second=is_second)
    missing = [name for name in NAMES if not stands(bodies, name)]
    if "PG471" in said and seed % 2:  # both ended, and none was started again
        assert status == 1, said
    else:
        assert [name for name in NAMES if f"{name} was not built" in said] == missing, said
        assert status == bool(missing), said
    assert_next_run_finishes(bodies, monkeypatch)


def wait_for_two_workers(cluster: LocalCluster) -> None:
    """One that was killed is started again; not if it was killed as it started."""
    cluster.scale(2)
    deadline = time.monotonic() + 60
    while len(cluster.workers) < 2 or len(cluster.scheduler_info["workers"]) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.1)


def set_up_earlier_build(folder: Path, random: Random) -> bool:
    """Clear what there is; return whether there is an earlier build then, of which some is gone."""
    shutil.rmtree(folder / "dist", ignore_errors=True)
    is_second = random.random() < 0.5
    if is_second:
        shutil.copytree(folder / "whole", folder / "dist")
        for name in random.sample(NAMES, 8):
            (folder / "dist" / name / "overview.md").write_bytes(b"changed")
    return is_second


def assert_next_run_finishes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next run builds the rest, and only the rest."""
    standing = {name for name in NAMES if stands(folder, name)}
    monkeypatch.chdir(folder)
    again = CliRunner().invoke(main, [*words(), "--jobs=1"])
    assert again.exit_code == 0, again.output
    said = again.stderr.splitlines()
    assert {line.split(":")[0] for line in said if "nothing has changed" in line} == standing
    assert files(folder / "dist") == files(folder / "whole")


def test_two_fleets_in_one_folder(bodies: Path) -> None:
    """Some bodies are built by both."""
    shutil.rmtree(bodies / "dist", ignore_errors=True)
    runs = [begin(bodies, names) for names in (NAMES[:8], NAMES[4:])]
    assert [run.wait(timeout=300) for run in runs] == [0, 0]
    assert files(bodies / "dist") == files(bodies / "whole")


STEPS = """
import os, sys
from dataclasses import replace
from pathlib import Path
from policygen.pipeline.build import build
from policygen.pipeline.publish.publish import save_publication
from policygen.pipeline.workspace import Workspace
from policygen.store.built.manifest import read_manifest, renew_manifest
from policygen.store.built.unchanged import unchanged_build

made = build(Path(sys.argv[1]), Workspace(), ("overview",), ("md",))
before = replace(made, files=tuple(replace(file, data=file.data + b"old") for file in made.files))

def run(out, made, fingerprint):
    if not unchanged_build(out, made.name, fingerprint, read_manifest(out)):
        save_publication(made, out, fingerprint)
    renew_manifest(out)

def end_at(number):
    steps = iter(range(1000))
    def ending(real):
        def act(*given, **named):
            if next(steps) == number:
                os._exit(9)
            return real(*given, **named)
        return act
    for owner, name in [(Path, "replace"), (Path, "unlink"), (Path, "chmod"), (os, "link"), (os, "open"), (os, "close")]:
        setattr(owner, name, ending(getattr(owner, name)))

for number in range(1000):
    out = Path(str(number))
    run(out, before, "before")
    child = os.fork()
    if not child:
        end_at(number)
        run(out, made, "after")
        os._exit(0)
    is_done = os.waitpid(child, 0)[1] == 0
    for old, new in zip(before.files, made.files):
        assert (out / new.path).read_bytes() in (old.data, new.data), (number, new.path)
    run(out, made, "after")
    if is_done:
        break
"""


def test_a_run_that_is_killed_at_any_step_is_mended_by_the_next(
    bodies: Path, tmp_path: Path
) -> None:
    """At each step that changes the folder: files, their part of the manifest, the manifest itself, locks."""
    profile = bodies / "profiles" / NAMES[0] / "profile.yaml"
    subprocess.run([sys.executable, "-c", STEPS, profile], cwd=tmp_path, check=True)
    wanted, *others = (files(folder) for folder in tmp_path.iterdir())
    assert len(others) > 20
    assert all(other == wanted for other in others)
    assert sorted(wanted) == [f"{NAMES[0]}/overview.md", f"{NAMES[0]}/policy.json", MANIFEST]
    assert listed_in(json.loads(wanted[MANIFEST])) == {
        path: sha256(data).hexdigest() for path, data in wanted.items() if path != MANIFEST
    }


def end(run: subprocess.Popen[bytes], how: str, random: Random) -> None:
    """End a run, or one of the processes that work for it."""
    signals = {"run": signal.SIGKILL, "interrupt": signal.SIGINT, "end": signal.SIGTERM}
    if how in signals:
        run.send_signal(signals[how])
        return
    server = [one for one in children(run.pid) if b"forkserver" in command(one)]
    at_work = [one for pid in server for one in children(pid)]
    if chosen := (server if how == "server" else at_work):
        os.kill(random.choice(chosen), signal.SIGKILL)


def children(pid: int) -> list[int]:
    try:
        told = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    return [int(one) for one in told.split()]


def command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def wait_until_all_have_ended(folder: Path) -> None:
    deadline = time.monotonic() + 60
    while (left := at_work_in(folder)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not left


def at_work_in(folder: Path) -> list[int]:
    """The processes that work in a folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            is_here = os.readlink(process / "cwd") == str(folder)
            if is_here and "State:\tZ" not in (process / "status").read_text():
                found.append(int(process.name))
        except OSError:
            continue
    return found


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def listed_in(manifest: dict[str, Any]) -> dict[str, str]:
    return {path: entry["sha256"] for path, entry in manifest["files"].items()}


def listed(folder: Path) -> dict[str, str]:
    """The checksums of all that the manifest and the parts of a run list."""
    entries: dict[str, str] = {}
    for path in [folder / "dist" / MANIFEST, *(folder / "dist").glob(f"*/{PART}")]:
        if path.exists():
            entries |= listed_in(json.loads(path.read_bytes()))
    return entries


def assert_whole(folder: Path, *, is_second: bool) -> None:
    """Every file that is listed is there with its checksum, save what was changed before; all else is temporary."""
    there = files(folder / "dist") if (folder / "dist").exists() else {}
    entries = listed(folder)
    for path, checksum in entries.items():
        assert sha256(there[path]).hexdigest() == checksum or (
            is_second and there[path] == b"changed"
        ), path
    for path in there.keys() - entries.keys():
        name = Path(path).name
        assert name in (MANIFEST, PART, LOCK_FILE) or name.endswith(".tmp"), path


def stands(folder: Path, name: str) -> bool:
    """Whether all files of a body are there and listed, as a run makes them."""
    entries = listed(folder)
    for path in (f"{name}/{file}" for file in FILES):
        wanted = sha256((folder / "whole" / path).read_bytes()).hexdigest()
        file = folder / "dist" / path
        if entries.get(path) != wanted or sha256(file.read_bytes()).hexdigest() != wanted:
            return False
    return True
