"""What triggers the codes of DOCX that no file can: a library that is missing."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from hostile_templates import CASES
from organisations import PROFILES
from trust_template import W, control, trust_template

from policygen.cli import main

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


def without_resvg(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    profile = folder / "ours/profile.yaml"
    profile.write_text(f"{profile.read_text()}brand: {{logo: logo.svg}}\n")
    (folder / "ours/logo.svg").write_text(SVG)
    command = ["build", "ours", "--format", "docx", "--edition", "overview"]
    return CliRunner().invoke(main, command).output


def with_template(make: Callable[[], bytes], body: str = "") -> Callable[..., str]:
    """What `check` says of a body with this template; `body` is one of the examples, in place of the least profile."""

    def trigger(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
        if body:
            shutil.copytree(PROFILES / body, folder / "ours", dirs_exist_ok=True)
        (folder / "ours/theme").mkdir()
        (folder / "ours/theme/policy.dotx").write_bytes(make())
        return CliRunner().invoke(main, ["check", "ours"]).output

    return trigger


def with_control(name: str) -> bytes:
    extra = control(name, "Type it").removeprefix("<w:sdt ").removeprefix(W)
    return trust_template(extra=f"<w:p {W}><w:sdt{extra}</w:p>")


DOCX_TRIGGERS = {
    "PG431": with_template(CASES["cut off"][0]),
    "PG432": with_template(CASES["a linked picture"][0]),
    "PG433": with_template(CASES["changes"][0]),
    "PG434": with_template(lambda: trust_template(place=False)),
    "PG435": with_template(lambda: with_control("policy.verion")),
    "PG436": with_template(lambda: with_control("policy.privacy_assessment.date"), "strathlyon"),
    "PG548": with_template(lambda: with_control("policy.owner.email")),
    "PG450": without_resvg,
}
