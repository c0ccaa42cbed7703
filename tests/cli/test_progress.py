"""What is said of a run that takes long: a bar on a terminal, lines or nothing elsewhere."""

from __future__ import annotations

import io
import re
import sys
import time

import pytest
from small import Small

from policygen.cli.progress import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def open_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Called by a test, not a fixture: pytest puts its own stream in place when the test begins."""
    found = Terminal()
    monkeypatch.setattr(sys, "stderr", found)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return found


def words(terminal: Terminal) -> str:
    """What a reader saw, without the moves of the cursor and the colours."""
    return re.sub("\x1b\\[[0-9;?]*[A-Za-z]", "", terminal.getvalue())


def test_one_profile_says_what_is_being_made(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = open_terminal(monkeypatch)
    with progress(1) as step:
        step("fen[bold]wick")
        step.detail("full-story.pdf")
    assert "fen[bold]wick: full-story.pdf" in words(terminal)


def test_several_profiles_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = open_terminal(monkeypatch)
    with progress(2) as step:
        step("fenwick")
        step("rauporoa")
    assert "rauporoa" in words(terminal)
    assert "1/2" in words(terminal)


def test_the_rate_and_the_time_that_is_left_stand_beside_the_bar(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    terminal = open_terminal(monkeypatch)
    monkeypatch.setenv("COLUMNS", "100")
    with progress(20) as step:
        for number in range(9):
            step(f"body-{number}")
            time.sleep(0.06)
    assert re.search(r"8/20 [0-9.]+/s 00:[0-9]{2}", words(terminal))


def test_nothing_unprintable_is_in_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = open_terminal(monkeypatch)
    with progress(1) as step:
        step("a\x1b[2Jb\u202e")
        step.detail("c\x9bd")
    assert "\x1b[2J" not in terminal.getvalue()
    assert "a\\x1b[2Jb\\u202e: c\\x9bd" in terminal.getvalue()


def test_a_build_says_each_document_as_it_is_made(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through the whole flow: the Workspace hears of each file."""
    from policygen.pipeline.build import build
    from policygen.pipeline.workspace import Workspace

    said: list[str] = []
    workspace = Workspace(on_step=said.append)
    build(small.path("organisation/profile.yaml"), workspace, ["overview"], ["html", "md"])
    assert said == ["overview.html", "overview.md"]


def test_one_profile_elsewhere_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(1) as step:
        step("fenwick")
        step.detail("full-story.pdf")
    assert capsys.readouterr() == ("", "")
