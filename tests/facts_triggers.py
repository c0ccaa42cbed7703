"""What makes the Problems of a policy's year: workbooks and lists that came back, and were spoilt."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from spoilt_books import HEADS, OWNER, saved, with_macros

from policygen.cli import main


def _run(*words: str) -> str:
    return CliRunner().invoke(main, list(words), catch_exceptions=False).output


@cache
def _sent() -> bytes:
    """The workbook that goes out, made once for all."""
    _run("facts", "ours", "--out", "facts.xlsx")
    return Path("facts.xlsx").read_bytes()


def _facts(
    spoil: Callable[[openpyxl.Workbook], None], after: str = ""
) -> Callable[[Path, pytest.MonkeyPatch], str]:
    """Send a workbook out, spoil it, perhaps change the profile, and read it."""

    def trigger(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
        Path("facts.xlsx").write_bytes(_sent())
        saved("facts.xlsx", spoil)
        with Path("ours/profile.yaml").open("a") as file:
            file.write(after)
        return _run("facts", "ours", "--in", "facts.xlsx")

    return trigger


def _macros(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    Path("facts.xlsx").write_bytes(_sent())
    with_macros("facts.xlsx")
    return _run("facts", "ours", "--in", "facts.xlsx")


def _set(sheet: str, cell: str, value: str) -> Callable[[openpyxl.Workbook], None]:
    def spoil(book: openpyxl.Workbook) -> None:
        book[sheet][cell] = value

    return spoil


FACTS_TRIGGERS: dict[str, Callable[[Path, pytest.MonkeyPatch], str]] = {
    "PG580": _facts(_set("Read me", "B2", "elsewhere")),
    "PG581": _facts(_set(OWNER, f"C{HEADS}", "Answer")),
    "PG582": _facts(_set(OWNER, "C4", "=1+1")),
    "PG583": _macros,
    "PG584": _facts(_set("Accounts", "H4", "Sometimes")),
    "PG585": _facts(_set("Web team", "C4", "https://a.example"), "website: https://b.example\n"),
    "PG586": _facts(_set(OWNER, "C90", "UNISON")),
}
