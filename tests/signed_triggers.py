"""What makes the Problems of sign-off lists, and of the words of their kit."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner
from organisations import ROOT

from policygen.cli import main

_HEADS = "Name,Role,Version,Signed on\n"


def _run(*words: str) -> str:
    return CliRunner().invoke(main, list(words), catch_exceptions=False).output


@cache
def _released() -> TemporaryDirectory[str]:
    """A body that lacks no fact, released once for all, in a folder that lasts as long as this."""
    folder = TemporaryDirectory()
    ours = Path(folder.name) / "ours"
    shutil.copytree(ROOT / "profiles/hazel-lane", ours)
    _run("release", str(ours), "-s", "First", "-e", "overview", "-f", "md")
    return folder


def _release() -> None:
    """Put it in the place of ours."""
    shutil.copytree(Path(_released().name) / "ours", "ours", dirs_exist_ok=True)


def _list(text: str, *more: str, git: bool = False) -> Callable[[Path, pytest.MonkeyPatch], str]:
    """Release, write a list, and read it."""

    def trigger(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
        _release()
        Path("back.csv").write_text(text)
        if git:
            subprocess.run(["git", "init", "-q", "."], check=True)
        return _run("signed", "ours", "back.csv", "--on", "2030-01-01", *more)

    return trigger


def _words(text: str) -> Callable[[Path, pytest.MonkeyPatch], str]:
    """Release, and make a kit in words of our own."""

    def trigger(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
        _release()
        Path("words/base").mkdir(parents=True)
        Path("words/base/layer.yaml").write_text("title: Ours\n")
        Path("words/briefing.yaml").write_text(text)
        return _run("signed", "ours", "--kit", "kit", "--on", "2030-01-01", "--templates", "words")

    return trigger


_IDS = ("limits", "confidential", "rights", "appeal", "information", "follow", "messaging", "abuse")
_FEWER = "questions:\n" + "".join(f"  {id}: {{says: [Nobody says this]}}\n" for id in _IDS)
SIGNED_TRIGGERS: dict[str, Callable[[Path, pytest.MonkeyPatch], str]] = {
    "PG570": _list("Question,Score\nOne,5\n"),
    "PG571": _list(f"Release,theirs@1.0\n{_HEADS}A,B,,2026-12-08\n"),
    "PG572": _list(f"{_HEADS}A,B,3.7,2026-12-08\n"),
    "PG573": _list(f"{_HEADS}A,B,1.0,last week\n"),
    "PG574": _list(f"{_HEADS}A,B,1.0,2031-12-08\n"),
    "PG575": _list(_HEADS, "--format", "csv", "--out", "who.csv", git=True),
    "PG576": _list(_HEADS, git=True),
    "PG578": _words(_FEWER),
    "PG577": _words('record: {lead: "Dear {reader}"}\n'),
}
