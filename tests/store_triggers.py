"""What makes the Problems of files, locks and releases that no file of a user can make."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from frozen import OWN, Frozen
from openpyxl import Workbook
from repository import Repository

from policygen.cli import main
from policygen.load import git
from policygen.problems import PolicygenError, Problem
from policygen.store import freeze, lock, releases
from policygen.store.version import with_version


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
    policy: Any = SimpleNamespace(profile=facts, history=(), handbook_issues=())
    made_from = {"profile.yaml": b"as it was"}
    found = freeze._changes_meanwhile(folder / "ours/profile.yaml", policy, made_from, "1.0")
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


def other_clauses(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    small = Frozen(folder, monkeypatch)
    small.release("First")
    small.replace("issued: 2026-12-07", "issued: 2027-02-01")
    small.write({"organisation/law.md": OWN + OWN.replace("law.ours", "law.more")})
    return small.run_release("--summary", "More", "--minor").output


def codes(problems: Iterable[Problem]) -> str:
    return "\n".join(f"{problem} {problem.code}" for problem in problems)


def version_not_in_place(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    file = folder / "ours/profile.yaml"
    file.write_text('policy: {version: "1\\x2e0"}\n')
    with pytest.raises(PolicygenError) as raised:
        with_version(file, "1.1")
    return codes(raised.value.problems)


def an_example(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("policygen.store.ready.shipped", lambda name: folder)
    words = ["release", "ours", "--summary", "x"]
    return CliRunner().invoke(main, words, catch_exceptions=False).output


def unreadable_release(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    record: Any = SimpleNamespace(files={})
    return codes(releases._tampered(folder / "not-there", record))


def same_approval(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    small = Frozen(folder, monkeypatch)
    small.release("First")
    return codes(small.release("Second", "minor")[1])


def revision_of(folder: Path) -> str:
    repository = Repository(folder)
    repository.commit()
    words = ["diff", "HEAD:ours", "ours"]
    return CliRunner().invoke(main, words, catch_exceptions=False).output


def no_room_for_a_revision(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(git, "_write_entries", full)
    return revision_of(folder)


def no_git(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    Repository(folder).commit()
    monkeypatch.setenv("PATH", str(folder / "ours"))
    words = ["diff", "HEAD:ours", "ours"]
    return CliRunner().invoke(main, words, catch_exceptions=False).output


def a_revision_too_large(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(git, "_LIMIT", 10)
    return revision_of(folder)


def none_in_force(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    return evidence_on("2026-12-06", folder, monkeypatch)


def a_folder_in_use(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (folder / "papers").mkdir()
    (folder / "papers/notes.txt").write_text("Mine")
    return evidence_on("2026-12-07", folder, monkeypatch)


def evidence_on(day: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    small = Frozen(folder, monkeypatch)
    small.release("First")
    return small.run("evidence", "example", "--on", day, "--out", "papers").output


def nothing_promised(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    return Frozen(folder, monkeypatch).run("kept", "example", "--template", "log.csv").output


def a_formula_in_a_log(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Promise", "Began", "Done"])
    sheet.append(["capture", "=TODAY()", ""])
    book.save("log.xlsx")
    return Frozen(folder, monkeypatch).run("kept", "example", "log.xlsx").output


def other_letters(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (folder / "letters").mkdir()
    (folder / "letters/ness.docx").write_bytes(b"An old one")
    return Frozen(folder, monkeypatch).run("behind", "example", "--letters", "letters").output


STORE_TRIGGERS: dict[str, Callable[[Path, pytest.MonkeyPatch], str]] = {
    "PG510": another_run,
    "PG511": no_locks,
    "PG521": changed_meanwhile,
    "PG522": version_not_in_place,
    "PG529": an_example,
    "PG532": unreadable_release,
    "PG533": same_approval,
    "PG590": none_in_force,
    "PG592": a_folder_in_use,
    "PG612": a_formula_in_a_log,
    "PG614": nothing_promised,
    "PG620": other_letters,
    "PG653": no_room_for_a_revision,
    "PG654": a_revision_too_large,
    "PG656": no_git,
    "PG523": changed_release,
    "PG524": old_approval,
    "PG535": other_clauses,
}
