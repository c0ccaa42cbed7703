"""What makes the Problems of the page."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from policygen.cli import main
from policygen.pipeline.page.others.uploads import Uploads
from policygen.pipeline.page.profiles import read_profile_text, require_unchanged
from policygen.pipeline.page.undo import last_save, undo_save, undoable
from policygen.pipeline.page.words.editor import save_words
from policygen.pipeline.workspace import Workspace
from policygen.problems import PolicygenError
from policygen.store.profile_edit.profile_text import Change, profile_with


def _codes(error: PolicygenError) -> str:
    return " ".join(problem.code for problem in error.problems)


def a_layout_that_cannot_be_followed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    row = "{event: Town elections, starts: 2027-03-22, ends: 2027-05-06}"
    with pytest.raises(PolicygenError) as caught:
        profile_with(f"elections: [{row}, ]\n", "", Change(("elections", 1), {"event": "X"}))
    return _codes(caught.value)


def changed_meanwhile(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    file = folder / "ours/profile.yaml"
    shown = read_profile_text(file)
    file.write_text(f"{shown.text}# A note.\n")
    with pytest.raises(PolicygenError) as caught:
        require_unchanged(shown)
    return _codes(caught.value)


def words_that_begin_another_clause(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    typed = {"words.1": "Keep every post.\n\n## And every reply {#law.replies}"}
    profile = folder / "ours/profile.yaml"
    saved = save_words(profile, "law.information-requests", typed, Workspace())
    return " ".join(problem.code for problem in saved.problems)


def a_port_that_is_taken(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        words = ["serve", "--no-open", "--port", str(taken.getsockname()[1])]
        return CliRunner().invoke(main, words, catch_exceptions=False).output


def nothing_to_serve_with(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    for name in [name for name in sys.modules if name.startswith("policygen.web")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    return CliRunner().invoke(main, ["serve", "--no-open"], catch_exceptions=False).output


def no_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    with pytest.raises(PolicygenError) as caught:
        Uploads().take("ours", "review", [("lawyer.docx", b"")])
    return _codes(caught.value)


def changed_since_it_was_saved(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    file = folder / "ours/profile.yaml"
    with undoable(file, "Who you are"):
        file.write_text(f"{file.read_text()}short_name: the town\n")
    save = last_save(file)
    assert save
    file.write_text(f"{file.read_text()}# A note.\n")
    with pytest.raises(PolicygenError) as caught:
        undo_save(file, save.key)
    return _codes(caught.value)


WEB_TRIGGERS: dict[str, Callable[[Path, pytest.MonkeyPatch], str]] = {
    "PG901": a_layout_that_cannot_be_followed,
    "PG902": changed_meanwhile,
    "PG903": a_port_that_is_taken,
    "PG905": words_that_begin_another_clause,
    "PG904": nothing_to_serve_with,
    "PG906": no_file,
    "PG907": changed_since_it_was_saved,
}
