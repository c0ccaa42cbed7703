"""A stranger's file: never waited for, never read without end, whatever kind of file it is."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from small import LAW, Small

from policygen.load.files import read_regular, read_text
from policygen.problems import PolicygenError


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def a_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(path.name)


def a_folder(path: Path) -> None:
    path.mkdir()


def a_circle(path: Path) -> None:
    path.symlink_to(path.name)


KINDS = [a_pipe, a_device, a_socket, a_folder, a_circle]
BRAND = "brand: {logo: logo.svg}\n"
PLACES = [
    "organisation/profile.yaml",
    "organisation/law.md",
    "organisation/layer.yaml",
    "organisation/sources.yaml",
    "organisation/logo.svg",
    "organisation/theme/theme.yaml",
    "organisation/theme/print.css",
    "organisation/releases/1.0/release.json",
    "base/layer.yaml",
    "labels.yaml",
]


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("name", PLACES)
def test_a_special_file_is_refused_wherever_a_file_is_read(
    name: str, kind: Callable[[Path], None], small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run in a process of its own, which is ended if it waits: each is an error, and none a traceback."""
    small.write({"base/law.md": LAW}).set(BRAND)
    path = small.path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    home = Path.cwd()
    os.chdir(path.parent)
    kind(Path(path.name))
    os.chdir(home)
    started = time.monotonic()
    result = small.run("check", "example")
    assert time.monotonic() - started < 5
    is_left_out = name in ("organisation/layer.yaml", "organisation/sources.yaml")
    if not is_left_out:
        assert result.exit_code == 1, result.output
    assert small.run("build", "example", "-f", "md").exit_code in (0, 1)


def test_a_device_is_not_read_without_end() -> None:
    with pytest.raises(OSError, match="a pipe, a device or a socket"):
        read_regular(Path("/dev/zero"), 10)


def test_a_file_whose_size_is_not_told_is_bounded_by_reading(tmp_path: Path) -> None:
    """Linux says of these that they have no bytes."""
    endless = Path("/proc/self/environ")
    if not endless.exists():
        pytest.skip("there is no /proc here")
    assert endless.stat().st_size == 0
    with pytest.raises(OSError, match="more than 5 bytes"):
        read_regular(endless, 5)


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, "\ud800"])
def test_a_name_that_no_file_can_have(name: str) -> None:
    with pytest.raises(PolicygenError, match="cannot be read"):
        read_text(Path(name))


def test_a_file_at_the_limit_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * 10)
    assert read_regular(path, 10) == b"x" * 10
    with pytest.raises(OSError, match="more than 9 bytes"):
        read_regular(path, 9)


@pytest.mark.slow
@pytest.mark.parametrize("argument", ["policy.json", "manifest"])
def test_a_pipe_on_the_command_line_or_in_the_output_is_not_waited_for(
    argument: str, small: Small
) -> None:
    small.write({"base/law.md": LAW})
    words = ["build", "example", "-f", "md"]
    if argument == "policy.json":
        os.mkfifo("policy.json")
        words = ["diff", "policy.json", "policy.json"]
    else:
        Path("dist").mkdir()
        os.mkfifo("dist/manifest.json")
    script = f"from policygen.cli import main; main({words!r})"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert "Traceback" not in done.stderr
    assert done.returncode in (0, 1)
