"""policygen opens no connection, whatever it is asked to do."""

from __future__ import annotations

import json
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
# One process for all commands: to start is most of what each takes.
RUN = """
import json
from policygen.cli import main
for words in json.loads(sys.argv[1]):
    print("DID", *words, flush=True)
    try:
        main(words)
    except SystemExit as end:
        if end.code:
            raise
"""
WORK = (
    ("check", "little-marden", "--on", "2026-12-07"),
    ("build", "fenwick", "-e", "overview", "--out", "made"),
    ("diff", "fenwick", "little-marden", "--format", "html", "--out", "changes.html"),
    ("compare", "fenwick", "little-marden", "--format", "json"),
    ("explain", "little-marden", "--format", "json"),
    ("list", "sources"),
)


def guarded(folder: Path, code: str, *arguments: str) -> str:
    command = [sys.executable, "-c", GUARD + code, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
    return f"{done.returncode} {done.stdout} {done.stderr}"


@pytest.mark.slow
def test_no_connection_is_opened(tmp_path: Path) -> None:
    said = guarded(tmp_path, RUN, json.dumps(WORK))
    assert said.startswith("0 "), said
    assert said.count("DID") == len(WORK)
    assert "NETWORK" not in said


def test_a_connection_is_seen(tmp_path: Path) -> None:
    code = "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/x')"
    assert "NETWORK" in guarded(tmp_path, code)
