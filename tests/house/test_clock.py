"""Today is an argument: only the command line asks the clock, and no document's bytes depend on it."""

from __future__ import annotations

import ast
import shutil
import time
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from organisations import PROFILES
from source import PACKAGE, Source, sources

from policygen.cli import main

# What tells the day, however it is reached: date.today, datetime.now, time.time. A monotonic clock tells none.
ASKS = {"today", "now", "utcnow", "time", "time_ns", "localtime", "gmtime", "ctime"}
MAY_ASK = {"cli/options.py"}


def asking(found: list[Source]) -> list[str]:
    """The files that call something that tells the day, and where."""
    return [
        f"{source.path}:{node.lineno}"
        for source in found
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ASKS
        and source.path not in MAY_ASK
    ]


def test_only_the_command_line_asks_what_day_it_is() -> None:
    assert asking(sources()) == []


@pytest.mark.parametrize("call", ["datetime.now(UTC)", "date.today()", "time.time()"])
def test_a_question_to_the_clock_is_seen(tmp_path: Path, call: str) -> None:
    (tmp_path / PACKAGE / "compose").mkdir(parents=True)
    (tmp_path / PACKAGE / "compose/clock.py").write_text(f"DAY = {call}\n")
    assert asking(sources(tmp_path)) == ["compose/clock.py:1"]


def made(folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Every file of a build of its own in a folder, and the calendar of its dates."""
    shutil.copytree(PROFILES / "fenwick", folder / "profiles/fenwick")
    monkeypatch.chdir(folder)
    formats = [word for name in ("docx", "pdf", "html", "md") for word in ("-f", name)]
    for words in (
        ["build", "fenwick", "-e", "election-start", *formats],
        ["dates", "fenwick", "-o", "fenwick.ics"],
    ):
        assert CliRunner().invoke(main, words, catch_exceptions=False).exit_code == 0
    files = [*Path("dist/fenwick").iterdir(), Path("fenwick.ics")]
    return {file.name: file.read_bytes() for file in files}


@pytest.mark.slow
def test_no_documents_bytes_depend_on_today(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once on the day of its issue, once years after its review was due."""
    (tmp_path / "then").mkdir()
    (tmp_path / "now").mkdir()
    before = made(tmp_path / "then", monkeypatch)
    late = time.struct_time((2031, 5, 4, 3, 2, 1, 6, 124, 0))
    monkeypatch.setattr(time, "time", lambda: 1_935_630_121.0)
    monkeypatch.setattr(time, "localtime", lambda *_: late)
    monkeypatch.setattr(time, "gmtime", lambda *_: late)
    monkeypatch.setattr("policygen.cli.options.today", lambda: date(2031, 5, 4))
    after = made(tmp_path / "now", monkeypatch)
    assert len(after) == 6, "four documents, policy.json and the calendar"
    assert after == before
