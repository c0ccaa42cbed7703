"""Programs from outside that some tests need: absent on a user's machine, never absent in CI."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

# Node packages are looked for in the folder that NODE_MODULES names, then here.
CACHES = (Path(__file__).parents[1] / "node_modules", Path.home() / ".cache/policygen/node_modules")
COMMANDS = {
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
    "soffice": ("soffice", "libreoffice"),
}


def outside_tool(name: str) -> Path:
    """Where a program or a node package is: `soffice`, `chromium`, `@ooxml-tools/validate`.

    `uno` is a Python that can talk to LibreOffice.

    Without it the test is skipped by name, or fails where CI is "true": a check that silently never runs
    is none.
    """
    found = _python_with(name) if name == "uno" else _command(name) or _package(name)
    return found or _missing(name)


def _command(name: str) -> Path | None:
    paths = (shutil.which(command) for command in COMMANDS.get(name, (name,)))
    return next((Path(path) for path in paths if path), None)


def _package(name: str) -> Path | None:
    named = os.environ.get("NODE_MODULES")
    folders = (*((Path(named),) if named else ()), *CACHES)
    return next(
        (folder / name for folder in folders if (folder / name / "package.json").is_file()), None
    )


def _python_with(module: str) -> Path | None:
    """The system's Python, or the one that LibreOffice brings."""
    office = _command("soffice")
    beside = [office.resolve().with_name("python")] if office else []
    for python in (Path(sys.executable), Path("/usr/bin/python3"), *beside):
        command = [python, "-c", f"import {module}"]
        if python.exists() and subprocess.run(command, capture_output=True).returncode == 0:
            return python
    return None


def _missing(name: str) -> NoReturn:
    reason = (
        f"{name} is not installed: `make test` fetches node packages, your system has the programs"
    )
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
