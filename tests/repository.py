"""A real git repository in a temporary folder, for tests that look back."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

DAY = "2026-12-03T12:00:00+00:00"


class Repository:
    """The repository around the working folder. Nothing of the machine's own git settings is read."""

    def __init__(self, folder: Path = Path()) -> None:
        self.folder = folder
        self.git("init", "--quiet", "--initial-branch", "main")

    def commit(self, said: str = "As it stands") -> str:
        """Put all that lies in the folder into a commit of 3 December 2026; gives its short id."""
        self.git("add", "--all", "--force")
        self.git("commit", "--quiet", "--allow-empty", "--message", said)
        return self.git("rev-parse", "--short", "HEAD")

    def git(self, *words: str) -> str:
        settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        for who in ("AUTHOR", "COMMITTER"):
            settings |= {f"GIT_{who}_NAME": "A test", f"GIT_{who}_EMAIL": "a@test.example", f"GIT_{who}_DATE": DAY}
        environment = {**os.environ, **settings}
        command = ["git", *words]
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=True)
        return done.stdout.strip()
