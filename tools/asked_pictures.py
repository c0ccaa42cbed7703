"""Renew the pictures of a consultation's log, and of an old policy beside the clauses.

    python tools/asked_pictures.py docs/pictures

Needs chromium. tools/make_pictures.sh calls it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from returned_pictures import ROOT, edited_copy, pictured

OLD = ROOT / "bench/match/invented/harrowdale.txt"
DAYS = "{opens: 2026-11-02, closes: 2026-12-04, keep_until: 2027-12-31}"
# Who sent a copy, for whom, and the words of the policy that they replaced.
COPIES = (
    ("Sam Iqbal", "Legal", [("because two see more", "because a second reader finds errors")]),
    ("Jo Shaw", "UNISON", [("because two see more", "because nobody should carry it alone")]),
)


def main(folder: Path) -> None:
    """Take both pictures into a folder."""
    with TemporaryDirectory() as name:
        made = Path(name)
        consulted(made, folder / "consulted.png")
        matched(made, folder / "matched.png")


def consulted(made: Path, picture: Path) -> None:
    """Picture the log of a consultation where two bodies changed one clause."""
    body = made / "profiles/fenwick"
    shutil.copytree(ROOT / "profiles/fenwick", body)
    profile = (body / "profile.yaml").read_text("utf-8")
    profile = profile.replace("status: approved ", "status: consultation ")
    profile = profile.replace('version: "1.0"', 'version: "0.9"')
    profile = profile.replace("\npolicy:\n", f"\npolicy:\n  consultation: {DAYS}\n")
    (body / "profile.yaml").write_text(profile, "utf-8")
    consult = ["policygen", "consult"]
    release = ["--summary", "Our first draft", "--edition", "policy", "--format", "docx"]
    subprocess.run([*consult, "open", "fenwick", *release], cwd=made, check=True)
    for number, (author, body_name, edits) in enumerate(COPIES):
        who = f'w:author="{author}" w:date="2026-11-20T10:15:00Z"'
        copy = edited_copy(
            body / "releases/0.9/policy.docx", made / f"copy-{number}.docx", who, edits
        )
        report = ["--for", body_name, "--out", "log.html"]
        subprocess.run([*consult, "collate", "fenwick", copy, *report], cwd=made, check=True)
    pictured(made / "log.html", picture)


def matched(made: Path, picture: Path) -> None:
    """Picture the worksheet of an old policy."""
    shutil.copy(OLD, made / "old-policy.txt")
    command = ["policygen", "match", "fenwick", "old-policy.txt", "--out", "match.html"]
    subprocess.run(command, cwd=made, check=True)
    pictured(made / "match.html", picture)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
