"""What triggers the codes of DOCX that no file can: a library that is missing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from policygen.cli import main

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


def without_resvg(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    profile = folder / "ours/profile.yaml"
    profile.write_text(f"{profile.read_text()}brand: {{logo: logo.svg}}\n")
    (folder / "ours/logo.svg").write_text(SVG)
    command = ["build", "ours", "--format", "docx", "--edition", "overview"]
    return CliRunner().invoke(main, command).output


DOCX_TRIGGERS = {"PG450": without_resvg}
