"""What makes the Problems of the command line that no file of a user can make."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from policygen.cli import main
from policygen.cli.output import deliver
from policygen.cli.show import problems_shown
from policygen.pipeline.diff import compare
from policygen.pipeline.workspace import Workspace
from policygen.problems import PolicygenError
from policygen.report.changes.redline import redline


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def binary_on_a_terminal(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setattr(sys, "stderr", terminal)
    with pytest.raises(SystemExit), problems_shown():
        deliver(b"%PDF", "pdf", None)
    return terminal.getvalue()


def a_date_that_is_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    return CliRunner().invoke(main, ["check", "ours"], catch_exceptions=False).output


def an_edition_of_one_outline_only(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both outlines on disk have it: it is taken out of the policies that were composed."""
    workspace = Workspace()
    comparison = compare("ours", "ours", workspace)
    policy = comparison.second.policy
    editions = {"full-story": policy.outline.editions["full-story"]}
    outline = replace(policy.outline, editions=editions)
    bare = replace(policy, outline=outline)
    found = replace(comparison.differences, first=bare, second=bare)
    with pytest.raises(PolicygenError) as caught:
        redline(found, "handbook")
    return " ".join(problem.code for problem in caught.value.problems)


CLI_TRIGGERS: dict[str, Callable[[Path, pytest.MonkeyPatch], str]] = {
    "PG120": a_date_that_is_none,
    "PG470": an_edition_of_one_outline_only,
    "PG609": binary_on_a_terminal,
}
