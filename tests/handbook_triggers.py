"""What makes the Problems of the handbook's own releases: each needs a policy that is released."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from handbooks import LAW, Handbook


def released(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Handbook:
    body = Handbook(folder, monkeypatch)
    body.release_policy()
    return body


def moved(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    body = released(folder, monkeypatch)
    body.new_number()
    return body.run("check", "example").output


def other_rules(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    body = released(folder, monkeypatch)
    body.write({"base/law.md": LAW.replace("Keep it within", "Keep all within")})
    return body.release_handbook().output


def nothing_moved(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    return released(folder, monkeypatch).release_handbook().output


def signed_edition(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    body = released(folder, monkeypatch)
    body.new_number()
    return body.release_handbook("--edition", "policy").output


def not_released(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    return Handbook(folder, monkeypatch).release_handbook().output


def older(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    return released(folder, monkeypatch).release_handbook(issued="2020-01-01").output


def nobody(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    body = released(folder, monkeypatch)
    body.replace("owner: {role: the head of communications}", "owner: {phone: 01632 960 002}")
    return body.release_handbook().output


def beside_a_draft(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    body = released(folder, monkeypatch)
    body.replace("status:   approved", "status:   draft")
    body.new_number()
    return body.release_handbook().output


HANDBOOK_TRIGGERS: dict[str, Callable[[Path, pytest.MonkeyPatch], str]] = {
    "PG540": moved,
    "PG541": other_rules,
    "PG542": nothing_moved,
    "PG544": signed_edition,
    "PG545": not_released,
    "PG546": older,
    "PG547": nobody,
    "PG549": beside_a_draft,
}
