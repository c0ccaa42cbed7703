"""The how-tos work: each is followed to the letter in an empty folder, files and commands in its order.

In a how-to, a line that holds only a `path` names the file in the block below it, `sh` blocks are run, and
each line of a `text` block stands somewhere in what the commands before it printed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from organisations import ROOT

DOCS = ROOT / "docs"
BLOCK = re.compile(r"(?:^`(?P<path>[^`\n]+)`\n\n)?^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.M | re.S)
LINK = re.compile(r"\]\((?P<target>[^)#\s]+)(?:#(?P<anchor>[\w.-]+))?\)")
PAGES = sorted([*DOCS.glob("*.md"), *ROOT.glob("*.md")])


def follow(page: Path, folder: Path, **environment: str) -> None:
    """Do what a how-to says, in a folder."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    variables = {**os.environ, "PATH": path, "COLUMNS": "200", **environment}
    said = ""
    for block in BLOCK.finditer(page.read_text("utf-8")):
        text, where = block["text"], f"{page.name}: {block['text'][:60]!r}"
        if block["path"]:
            (folder / block["path"]).parent.mkdir(parents=True, exist_ok=True)
            (folder / block["path"]).write_text(text, "utf-8")
        elif block["language"] == "sh":
            command = ["sh", "-eu", "-c", text]
            run = subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True)
            said = run.stdout + run.stderr
            assert run.returncode == 0, f"{where}\n{said}"
        elif block["language"] == "text":
            for line in text.splitlines():
                assert re.search(r"\s+".join(map(re.escape, line.split())), said), f"{where}\n{line}\nnot in\n{said}"
        else:
            pytest.fail(f"{where}: a block of {block['language']} without a file's name")


@pytest.mark.parametrize("name", ["add-an-organisation", "add-a-jurisdiction", "add-a-kind"])
def test_a_how_to_works(name: str, tmp_path: Path) -> None:
    follow(DOCS / f"{name}.md", tmp_path)


@pytest.mark.slow
def test_a_format_can_be_added(tmp_path: Path) -> None:
    """The package goes into a folder of its own, so that this test run's environment stays as it was."""
    site = tmp_path / "site"
    site.mkdir()
    follow(DOCS / "add-a-format.md", tmp_path, PIP_TARGET=str(site), PIP_NO_DEPS="1", PYTHONPATH=str(site))
    assert (site / "policygen_outline.py").is_file()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    prose = re.sub(r"^(```|~~~~*).*?^\1", "", page.read_text("utf-8"), flags=re.M | re.S)
    prose = re.sub(r"`[^`\n]*`", "", prose)
    for link in LINK.finditer(prose):
        if ":" not in link["target"]:
            assert (page.parent / link["target"]).exists(), link[0]
