"""The hook that policygen ships for pre-commit runs `policygen check` on what has changed."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from organisations import ROOT
from ruamel.yaml import YAML

from policygen.cli import main


@pytest.fixture(scope="module")
def hook() -> dict[str, Any]:
    (found,) = YAML(typ="safe").load(ROOT / ".pre-commit-hooks.yaml")
    return dict(found)


def test_the_page_names_the_hook(hook: dict[str, Any]) -> None:
    page = (ROOT / "docs/check-before-you-commit.md").read_text("utf-8")
    assert f"- id: {hook['id']}" in page


@pytest.mark.parametrize(
    "name", ["profiles/a/profile.yaml", "profiles/a/law.md", "profiles/a/theme/print.css"]
)
def test_it_looks_at_what_a_profile_is_made_of(name: str, hook: dict[str, Any]) -> None:
    assert re.search(hook["files"], name)


def test_its_command_finds_a_fault(
    hook: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    profile = tmp_path / "profiles/a/profile.yaml"
    profile.parent.mkdir(parents=True)
    profile.write_text("nam: x\n")
    program, *words = shlex.split(hook["entry"])
    assert program == "policygen"
    result = CliRunner().invoke(main, [*words, "profiles/a/profile.yaml"])
    assert result.exit_code == 1
    assert "PG101" in result.stderr
