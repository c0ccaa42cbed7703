"""Runs beside one another: none loses what another wrote, and nobody is locked out by one that was killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from organisations import EVERYTHING, ROOT

from policygen.problems import PolicygenError
from policygen.store import lock
from policygen.store.files import File, write_files
from policygen.store.lock import LOCK_FILE, folder_locks

RUNS = 20
ADD_TO_MANIFEST = """
    for number in range(3):
        files = [File(f"{name}/{number}.md", name.encode())]
        write_files([*files, part_file(name, files, BuildInputs("p", "l", "fingerprint"))], out)
        renew_manifest(out)
"""
KILLED = """
    real = disk.write_synced
    def write_synced(data, path):
        real(data[:1], path)
        os.kill(os.getpid(), signal.SIGKILL)
    disk.write_synced = write_synced
    write_files([File("a/one.md", b"new")], out)
"""
HOLDING = """
    with folder_locks([out]):
        temporary_path(out).write_bytes(b"of a living run")
        print("locked", flush=True)
        sys.stdin.read()
"""


def hang_up_counts() -> None:
    """Under nohup a process would not hear SIGHUP."""
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


def start(body: str, name: str = "one") -> subprocess.Popen[str]:
    """Run some lines in another process, in the same working folder."""
    head = """
    import os, signal, sys
    from pathlib import Path
    from policygen.store import files as disk
    from policygen.store.files import File, write_files
    from policygen.store.lock import folder_locks, temporary_path
    from policygen.store.built.part import BuildInputs, part_file
    from policygen.store.built.manifest import renew_manifest
    out, name = Path("dist"), sys.argv[1]
    """
    script = textwrap.dedent(head) + textwrap.dedent(body)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    command = [sys.executable, "-c", script, name]
    return subprocess.Popen(command, text=True, preexec_fn=hang_up_counts, **pipes)


@pytest.fixture(autouse=True)
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path("dist")


@pytest.fixture
def holder(out: Path) -> Iterator[subprocess.Popen[str]]:
    """Another run that holds the lock until its input ends."""
    process = start(HOLDING)
    assert process.stdout
    assert process.stdout.readline() == "locked\n"
    yield process
    process.communicate("")


def files(out: Path) -> dict[str, bytes]:
    return {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}


@pytest.mark.slow
def test_many_builds_at_once_lose_no_entry(out: Path) -> None:
    names = [f"body-{number}" for number in range(RUNS)]
    processes = [start(ADD_TO_MANIFEST, name) for name in names]
    said = [process.communicate()[1] for process in processes]
    assert [process.returncode for process in processes] == [0] * RUNS, said
    listed = json.loads((out / "manifest.json").read_bytes())
    assert len(listed["files"]) == 3 * RUNS
    assert set(listed["builds"]) == set(names)
    assert set(files(out)) == {"manifest.json", *listed["files"]}


def test_a_lock_that_cannot_be_had_says_who_holds_it(
    holder: subprocess.Popen[str], out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "_SECONDS", 0.2)
    before = files(out)
    with pytest.raises(PolicygenError) as raised:
        write_files([File("one.md", b"new")], out)
    assert f"Another run of policygen (process {holder.pid} on " in str(raised.value)
    assert raised.value.problems[0].code == "PG510"
    assert files(out) == before, "the temporary file of a living run is not touched"
    assert b"of a living run" in before.values()


def test_a_run_waits_for_the_one_before(
    holder: subprocess.Popen[str], out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock.time, "sleep", lambda seconds: holder.communicate(""))
    write_files([File("one.md", b"new")], out)
    assert files(out) == {"one.md": b"new"}


def test_a_killed_run_locks_nobody_out_and_its_files_are_cleared(out: Path) -> None:
    process = start(KILLED)
    process.communicate("")
    assert process.returncode == -signal.SIGKILL
    left = [name for name in files(out) if name != f"a/{LOCK_FILE}"]
    assert len(left) == 1, "the run was killed while it wrote"
    write_files([File("a/one.md", b"next")], out)
    assert files(out) == {"a/one.md": b"next"}


def test_a_run_may_lock_a_folder_again_and_one_within(out: Path) -> None:
    with folder_locks([out]), folder_locks([out, out / "a"]):
        assert (out / "a" / LOCK_FILE).exists()
    assert files(out) == {}


def test_a_pipe_in_place_of_the_lock_is_refused(out: Path) -> None:
    out.mkdir()
    os.mkfifo(out / LOCK_FILE)
    with pytest.raises(PolicygenError, match="is no plain file"):
        write_files([File("one.md", b"new")], out)


def test_a_link_in_place_of_the_lock_is_refused(out: Path) -> None:
    out.mkdir()
    (out / LOCK_FILE).symlink_to("../elsewhere")
    with pytest.raises(PolicygenError, match="cannot be written"):
        write_files([File("one.md", b"new")], out)
    assert not Path("elsewhere").exists()


def test_a_disk_without_locks_is_told(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fcntl = pytest.importorskip("fcntl")

    def unsupported(*_: object) -> None:
        raise OSError(lock.errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", unsupported)
    with pytest.raises(PolicygenError, match="knows no locks") as raised:
        write_files([File("one.md", b"new")], out)
    assert raised.value.problems[0].code == "PG511"


BUILD = f"""
    from policygen.cli import main
    words = ["build", {str(ROOT / "profiles/hazel-lane")!r}, "-e", "overview", "-f", "md"]
"""
TOLD_TO_END = """
    real, written = disk.write_synced, []
    def write_synced(data, path):
        real(data, path)
        written.append(path)
        if len(written) == 2:
            for _ in range(2):  # and once more, impatiently
                os.kill(os.getpid(), getattr(signal, name))
    disk.write_synced = write_synced
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"] if EVERYTHING else ["SIGTERM"])
def test_a_build_that_is_told_to_end_leaves_everything_as_it_was(name: str, out: Path) -> None:
    (out / "hazel-lane").mkdir(parents=True)
    (out / "hazel-lane/overview.md").write_bytes(b"old")
    process = start(BUILD + TOLD_TO_END + "    main(words)", name)
    _, said = process.communicate("")
    assert process.returncode == 128 + getattr(signal, name), said
    assert "Traceback" not in said
    assert files(out) == {"hazel-lane/overview.md": b"old"}
    process = start(BUILD + "    main(words)")
    assert process.communicate("")[1].count("error") == 0
    assert set(files(out)) == {
        "manifest.json",
        "hazel-lane/overview.md",
        "hazel-lane/policy.json",
    }
