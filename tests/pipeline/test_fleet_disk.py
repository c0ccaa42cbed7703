"""A disk that is full, and two fleets at work in one folder."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from organisations import PROFILES

from policygen.cli import main
from policygen.write.pdf.press import press_for

pytestmark = pytest.mark.slow
BODIES = [str(PROFILES / name) for name in ("little-marden", "hazel-lane", "wexmoor-police")]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, with room for the files of one body."""
    disk = tmp_path / "disk"
    disk.mkdir()
    is_there = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", disk], capture_output=True
    )
    if is_there.returncode:
        pytest.skip("only root may mount a disk")
    yield disk
    subprocess.run(["umount", disk], check=True)


def build(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["build", "-e", "overview", *map(str, words)])


def test_a_disk_that_fills_up_keeps_what_is_whole(small_disk: Path) -> None:
    assert build(BODIES[0], "-f", "md", "-o", small_disk).exit_code == 0
    before = {path: path.read_bytes() for path in small_disk.glob("little-marden/*")}
    said = build(*BODIES, "-f", "md", "-f", "html", "-o", small_disk)
    assert said.exit_code == 1
    assert "error: The file cannot be written: no space left on device. Nothing was changed." in (
        said.stderr
    )
    assert {path: path.read_bytes() for path in before} == before
    entries = json.loads((small_disk / "manifest.json").read_bytes())["files"]
    there = {p for p in small_disk.rglob("*") if p.is_file()} - {small_disk / "manifest.json"}
    assert {small_disk / path for path in entries} == there
    for path, entry in entries.items():
        assert sha256((small_disk / path).read_bytes()).hexdigest() == entry["sha256"]


def test_no_room_for_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The layout engine keeps fonts there, and a run what its processes share."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    several = build(*BODIES, "-f", "pdf", "--jobs", "2", "-o", tmp_path / "dist")
    assert "error: No folder for temporary files can be written: no such file" in several.stderr
    press_for.cache_clear()
    one = build(BODIES[0], "-f", "pdf", "-o", tmp_path / "dist")
    assert "needs a temporary file that cannot be written: no such file" in one.stderr
    assert [run.exit_code for run in (several, one)] == [1, 1]
    assert not list(tmp_path.iterdir())
