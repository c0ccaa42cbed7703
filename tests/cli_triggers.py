"""What makes the Problems of the command line that no file of a user can make."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from policygen.cli.output import deliver
from policygen.cli.show import problems_shown


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


CLI_TRIGGERS: dict[str, Callable[[Path, pytest.MonkeyPatch], str]] = {
    "PG609": binary_on_a_terminal,
}
