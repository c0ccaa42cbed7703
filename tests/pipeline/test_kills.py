"""A fleet that is ended at any moment leaves whole files, and the next run finishes the rest and only the rest.

`make audit` ends two hundred runs; POLICYGEN_KILLS says how many otherwise.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from organisations import EVERYTHING, PROFILES

from policygen.cli import main
from policygen.store.built.manifest import MANIFEST
from policygen.store.built.part import PART
from policygen.store.lock import LOCK_FILE

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="who works for a run is read from /proc"),
]
KILLS = int(os.environ.get("POLICYGEN_KILLS", "200" if EVERYTHING else "3"))
FORMATS = ("md", "html", "docx") if KILLS > 100 else ("md",)
NAMES = [f"body-{number}" for number in range(12)]
# So few bodies, without a PDF, would be built by one process.
POLICYGEN = """
from policygen.pipeline.fleet import build_all
build_all._MANY = 2
from policygen.cli import main
main()
"""
HOW = ("worker", "server", "run", "interrupt", "end")  # by turns
FILES = {"policy.json", *(f"overview.{format}" for format in FORMATS)}


@pytest.fixture(scope="module")
def bodies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the profiles, what a run that nobody ends makes of them (`whole`), and how long it takes."""
    folder = tmp_path_factory.mktemp("kills")
    for name in NAMES:
        shutil.copytree(PROFILES / "little-marden", folder / "profiles" / name)
    began = time.monotonic()
    run = begin(folder)
    assert run.wait(timeout=300) == 0
    (folder / "seconds").write_text(str(time.monotonic() - began))
    (folder / "dist").rename(folder / "whole")
    return folder


def begin(folder: Path) -> subprocess.Popen[bytes]:
    """Start a run; it hears SIGINT, as what a shell starts in the background does not."""
    with open(folder / "said", "wb") as said:
        return subprocess.Popen(
            [sys.executable, "-c", POLICYGEN, *words(), "--jobs=2"],
            cwd=folder,
            stdout=said,
            stderr=said,
            env={**os.environ, "TMPDIR": str(made(folder / "temporary"))},
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )


def words() -> list[str]:
    return ["build", *NAMES, "-e", "overview", *(f"-f{format}" for format in FORMATS)]


def made(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return folder


@pytest.mark.parametrize("seed", range(KILLS))
def test_what_a_killed_run_leaves_is_whole_and_the_next_finishes_it(
    seed: int, bodies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = Random(seed)
    how = HOW[seed % len(HOW)]
    shutil.rmtree(bodies / "dist", ignore_errors=True)
    is_second = random.random() < 0.5  # there is an earlier build, of which some is gone
    if is_second:
        shutil.copytree(bodies / "whole", bodies / "dist")
        for name in random.sample(NAMES, 8):
            (bodies / "dist" / name / "overview.md").write_bytes(b"changed")
    run = begin(bodies)
    time.sleep(random.uniform(0.2, 1) * float((bodies / "seconds").read_text()))
    end(run, how, random)
    status = run.wait(timeout=120)
    wait_until_all_have_ended(bodies)
    said = (bodies / "said").read_text()
    if how != "run":  # then Python itself prints one, in what was just started
        assert "Traceback" not in said, said
    if how in ("worker", "server"):  # what it had is built again
        assert status == 0, said
    assert_whole(bodies, is_second=is_second)
    standing = {name for name in NAMES if stands(bodies, name)}

    monkeypatch.chdir(bodies)
    again = CliRunner().invoke(main, [*words(), "--jobs=1"])
    assert again.exit_code == 0, again.output
    said = again.stderr.splitlines()
    assert {line.split(":")[0] for line in said if "nothing has changed" in line} == standing
    assert files(bodies / "dist") == files(bodies / "whole")
    assert [one for one in os.listdir(bodies / "temporary") if not one.startswith("pymp-")] == []


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


def listed(folder: Path) -> dict[str, str]:
    """The checksums of all that the manifest and the parts of a run list."""
    entries: dict[str, dict[str, str]] = {}
    for path in [folder / "dist" / MANIFEST, *(folder / "dist").glob(f"*/{PART}")]:
        if path.exists():
            entries |= json.loads(path.read_bytes())["files"]
    return {path: entry["sha256"] for path, entry in entries.items()}


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
