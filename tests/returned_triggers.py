"""What makes the Problems of copies that came back edited."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from returned_copy import ReturnedWord

from policygen.cli import main

Edit = Callable[[ReturnedWord], None]


def _accepting(edit: Edit) -> Callable[[Path, pytest.MonkeyPatch], str]:
    """Print a policy, edit its Word file, and accept all of it."""

    def trigger(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
        run = CliRunner().invoke
        run(main, ["build", "ours", "-e", "policy", "-f", "docx"], catch_exceptions=False)
        copy = folder / "dist/ours/policy.docx"
        word = ReturnedWord(copy)
        edit(word)
        word.save()
        arguments = ["review", "ours", str(copy), "--accept-all"]
        return run(main, arguments, catch_exceptions=False).output

    return trigger


def _of_another(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Print a policy, and review the file as another organisation's."""
    run = CliRunner().invoke
    run(main, ["build", "ours", "-e", "policy", "-f", "docx"], catch_exceptions=False)
    profile = (folder / "ours/profile.yaml").read_text()
    (folder / "another").mkdir()
    (folder / "another/profile.yaml").write_text(profile.replace("name: ", "name: Another ", 1))
    arguments = ["review", "another", str(folder / "dist/ours/policy.docx")]
    return run(main, arguments, catch_exceptions=False).output


RETURNED_TRIGGERS: dict[str, Callable[[Path, pytest.MonkeyPatch], str]] = {
    "PG660": _of_another,
    "PG662": _accepting(lambda one: one.retype("law.defamation", ": ", " ")),
    "PG663": _accepting(lambda one: one.take_out("law.records")),
    "PG664": _accepting(lambda one: one.retype("law.records", "working days", "weeks")),
}
