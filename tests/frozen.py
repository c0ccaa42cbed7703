"""A small organisation that releases its policy: what the tests of releases share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from small import LAW, Small

from policygen.pipeline.release import release
from policygen.pipeline.workspace import Workspace
from policygen.problems import PolicygenError, Problem

PROFILE = """\
# The facts.
name: Fenwick Borough Council   # as on the letterhead
short_name: the council
kind: council
jurisdiction: england
posture: balanced

policy:
    status:   approved
    number: COM-014
    version: "1.0"     # the "1.0" of 1.0
    approver: {role: Cabinet member for resources}
    approved_at: Cabinet, 3 December 2026
    issued: 2026-12-07
brand: {logo: pictures/logo.svg}
"""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>'
OWN = "## Ours {#law.ours}\n\n### Rule\n\nOurs, too.\n"
FILES = {
    "base/law.md": LAW,
    "organisation/profile.yaml": PROFILE,
    "organisation/law.md": OWN,
    "organisation/pictures/logo.svg": LOGO,
}
ROOT = Path("profiles/example")
FILE = ROOT / "profile.yaml"


class Frozen(Small):
    """The files on disk, and what one does with releases. Left out, a release has the full story in Markdown."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        super().__init__(folder, patch)
        self.write(FILES)

    def release(
        self, summary: str, bump: Any = "", *formats: str
    ) -> tuple[Path, tuple[Problem, ...]]:
        return release(FILE, Workspace(), summary, bump, ["full-story"], formats or ["md"])

    def refused(self, summary: str = "x", bump: Any = "") -> str:
        """Why a release is refused; everything on disk must be as it was."""
        before = everything()
        with pytest.raises(PolicygenError) as error:
            self.release(summary, bump)
        assert everything() == before
        return str(error.value)

    def run_release(self, *words: str, **more: Any) -> Result:
        return self.run("release", "example", "-e", "full-story", "-f", "md", *words, **more)

    def replace(self, old: str, new: str) -> None:
        """Change the profile's text, which must hold the old one."""
        text = FILE.read_bytes().decode()
        assert old in text
        FILE.write_bytes(text.replace(old, new).encode())


def everything() -> dict[str, bytes]:
    """Every file beneath the profile, hidden ones too, and every folder."""
    return {
        p.as_posix(): p.read_bytes() if p.is_file() else b""
        for p in sorted(Path("profiles").rglob("*"))
    }
