"""What makes the Problems of files, locks and releases that no file of a user can make."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from frozen import OWN, Frozen

from policygen.cli import main
from policygen.store import freeze, lock


def build() -> str:
    words = ["build", "ours", "--format", "md"]
    return CliRunner().invoke(main, words, catch_exceptions=False).output


def another_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(lock, "_SECONDS", 0)
    with lock._folder_lock(folder / "dist"):
        return build()


def no_locks(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    def unsupported(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", unsupported)
    return build()


def changed_meanwhile(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    facts: Any = SimpleNamespace(brand=SimpleNamespace(logo=None))
    policy: Any = SimpleNamespace(profile=facts, history=("the new one",))
    made_from = {"profile.yaml": b"as it was"}
    found = freeze._changes_meanwhile(folder / "ours/profile.yaml", policy, made_from)
    return "\n".join(f"{problem} {problem.code}" for problem in found)


def released(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Frozen:
    small = Frozen(folder, monkeypatch)
    small.release("First")
    small.replace("the council", "the borough")
    small.write({"organisation/law.md": OWN.replace("Ours, too.", "Ours.")})
    return small


def changed_release(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    return released(folder, monkeypatch).run("check", "example").output


def old_approval(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    return released(folder, monkeypatch).run_release("--summary", "Ours", "--minor").output


STORE_TRIGGERS: dict[str, Callable[[Path, pytest.MonkeyPatch], str]] = {
    "PG510": another_run,
    "PG511": no_locks,
    "PG521": changed_meanwhile,
    "PG523": changed_release,
    "PG524": old_approval,
}
