"""policygen opens no connection, whatever it is asked to do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

# Python tells an audit hook of every name that is looked up and every connection, whoever makes it.
GUARD = """
import sys
def refuse(event, arguments):
    if event in ("socket.getaddrinfo", "socket.connect", "socket.sendto", "socket.gethostbyname"):
        print("NETWORK", event, arguments, flush=True)
        raise RuntimeError(event)
sys.addaudithook(refuse)
"""
RUN = "from policygen.cli import main; main(sys.argv[1:])"
WORK = (
    ("check", "fenwick"),
    ("build", "fenwick", "-e", "overview", "--out", "made"),
    ("diff", "fenwick", "rauporoa", "--format", "html", "--out", "changes.html"),
    ("compare", "fenwick", "rauporoa", "--format", "json"),
    ("explain", "fenwick", "--format", "json"),
    ("list", "sources"),
)


def guarded(folder: Path, code: str, *arguments: str) -> str:
    command = [sys.executable, "-c", GUARD + code, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
    return f"{done.returncode} {done.stdout} {done.stderr}"


@pytest.mark.slow
@pytest.mark.parametrize("arguments", WORK, ids=lambda words: words[0])
def test_no_connection_is_opened(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    said = guarded(tmp_path, RUN, *arguments)
    assert said.startswith("0 "), said
    assert "NETWORK" not in said


def test_a_connection_is_seen(tmp_path: Path) -> None:
    code = "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/x')"
    assert "NETWORK" in guarded(tmp_path, code)
