"""What makes the Problems of consultations that no file of a user's folder can make."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from organisations import ROOT

from policygen.cli import main

_LETTERS = Path("ours/consultations/0.9/letters")
_DATES = "  consultation: {opens: 2026-11-02, closes: 2026-11-13, keep_until: 2027-12-31}\n"
_OPEN = ("open", "ours", "--summary", "Our draft", "--edition", "overview", "--format", "md")
_DECIDED = ("--decision", "accepted", "--because", "Yes")


def _run(*words: str) -> str:
    return CliRunner().invoke(main, ["consult", *words], catch_exceptions=False).output


def _put_out_for_comment() -> None:
    """Put a body that lacks no fact in the place of ours."""
    shutil.copytree(ROOT / "profiles/office-for-bridges", "ours", dirs_exist_ok=True)
    profile = Path("ours/profile.yaml")
    profile.write_text(profile.read_text().replace("policy:\n", f"policy:\n{_DATES}", 1))


def _with_a_stray_brace(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    _put_out_for_comment()
    Path("words/base").mkdir(parents=True)
    Path("words/base/layer.yaml").write_text("title: Ours\n")
    Path("words/consultation.yaml").write_text('covering: {title: "Dear {reader}"}\n')
    return _run(*_OPEN, "--templates", "words")


def _after_opening(*then: tuple[str, ...]) -> Callable[[Path, pytest.MonkeyPatch], str]:
    """Open a consultation, fill in its form and some that were spoilt, and run some commands."""

    def trigger(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
        _put_out_for_comment()
        said = _run(*_OPEN)
        form = (_LETTERS / "comment-form.csv").read_text("utf-8-sig")
        last = form.rstrip().rpartition("\n")[2]
        filled = form.replace(last, "The policy as a whole,,Fewer words,Less,whole-policy")
        Path("form.csv").write_text(filled)
        Path("broken.csv").write_text(form + '"')
        Path("old.csv").write_text(filled.replace("ours@0.9", "ours@0.8"))
        Path("torn.csv").write_text(filled.replace("Your comment", "My comment"))
        return said + "".join(_run(*words) for words in then)

    return trigger


def _approved_without_an_answer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    _after_opening(("collate", "ours", "form.csv"))(folder, monkeypatch)
    profile = Path("ours/profile.yaml")
    text = profile.read_text().replace("status: consultation", "status: approved")
    text = text.replace("approved_at:", "approved_at: Board, 10 December 2026")
    profile.write_text(text.replace('version: "0.9"', 'version: "1.0"'))
    return CliRunner().invoke(main, ["check", "ours"], catch_exceptions=False).output


CONSULT_TRIGGERS: dict[str, Callable[[Path, pytest.MonkeyPatch], str]] = {
    "PG699": _approved_without_an_answer,
    "PG691": _with_a_stray_brace,
    "PG684": _after_opening(_OPEN),
    "PG685": _after_opening(),
    "PG686": _after_opening(("collate", "ours", "broken.csv")),
    "PG687": _after_opening(("collate", "ours", "torn.csv")),
    "PG688": _after_opening(("collate", "ours", "old.csv")),
    "PG689": _after_opening(("answer", "ours", "7", *_DECIDED)),
    "PG690": _after_opening(
        ("collate", "ours", "form.csv"), ("answer", "ours", "whole-policy", *_DECIDED)
    ),
}
