"""How the tests' browser is started: quiet, and without anything that asks the network."""

from __future__ import annotations

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-sync",
]
