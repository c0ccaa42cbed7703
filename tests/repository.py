"""A real git repository in a temporary folder, for tests that look back."""

from __future__ import annotations

import hashlib
import os
import subprocess
import zlib
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

    def commit_tree(self, names: dict[str, str]) -> str:
        """A commit of files under names that git itself would refuse; gives its id. A name is an entry as it stands."""
        entries = b""
        for name, text in names.items():
            Path(self.folder, ".git/given").write_text(text)
            id = self.git("hash-object", "-w", "--no-filters", ".git/given")
            entries += b"100644 " + name.encode() + b"\0" + bytes.fromhex(id)
        return self.git("commit-tree", "-m", "By hand", self.object("tree", entries))

    def object(self, kind: str, data: bytes) -> str:
        """An object as a stranger's program may have written it: git checks nothing of it. Gives its id."""
        whole = f"{kind} {len(data)}".encode() + b"\0" + data
        id = hashlib.sha1(whole).hexdigest()
        file = self.folder / ".git/objects" / id[:2] / id[2:]
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(zlib.compress(whole))
        return id

    def git(self, *words: str) -> str:
        settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        for who in ("AUTHOR", "COMMITTER"):
            settings |= {
                f"GIT_{who}_NAME": "A test",
                f"GIT_{who}_EMAIL": "a@test.example",
                f"GIT_{who}_DATE": DAY,
            }
        environment = {**os.environ, **settings}
        command = ["git", *words]
        done = subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()
