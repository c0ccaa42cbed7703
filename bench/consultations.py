"""Word copies that come back: one of a full story that is read, and many into one log."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from bodies import examples
from measure import Measure, against, alone
from processes import POLICYGEN, command

BODY = "office-for-bridges"
DATES = "policy:\n  consultation: {opens: 2026-11-02, closes: 2026-12-04, keep_until: 2027-12-31}\n"
COPIES = 12
LACKS = "reads words and tracked changes, and compares them with nothing"
# The start of a paragraph's text, in which each reviewer strikes a word by hand.
WORD = re.compile(rb"(<w:t[^>]*>)(You must|Nobody may|We must)")


def consult() -> Iterator[Measure]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        profile = folder / BODY
        shutil.copytree(_source(), profile)
        file = profile / "profile.yaml"
        file.write_text(file.read_text("utf-8").replace("policy:\n", DATES, 1), "utf-8")
        command(
            *(POLICYGEN, "consult", "open", profile, "--summary", "A draft"),
            *("--edition", "full-story", "--format", "docx"),
        )()
        sent = profile / "releases/0.9/full-story.docx"
        copies = [_reviewed(sent, folder / f"copy-{n}.docx", n) for n in range(COPIES)]
        collate = command(
            *(POLICYGEN, "consult", "collate", profile, *copies, "--dry-run", "--format", "json")
        )
        yield alone(f"policygen consult collate: {COPIES} full stories", collate, "10 s", runs=3)


def review() -> Iterator[Measure]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command(
            *(POLICYGEN, "build", BODY, "--out", folder),
            *("--edition", "full-story", "--format", "docx"),
        )()
        copy = _reviewed(folder / BODY / "full-story.docx", folder / "copy.docx", 1)
        ours = command(POLICYGEN, "review", BODY, copy, "--format", "json")
        work = "policygen review: a full story"
        if pandoc := shutil.which("pandoc"):
            other = command(pandoc, "--from=docx", "--track-changes=all", "--to=json", copy)
            yield against(work, ours, "pandoc", other, "1 s", runs=5, lacks=LACKS)
        else:
            yield alone(work, ours, "1 s", runs=5)


def _source() -> Path:
    (found,) = (Path(one.path).parent for one in examples() if one.name == BODY)
    return found


def _reviewed(sent: Path, to: Path, number: int) -> Path:
    """A copy in which every paragraph of some kind was edited, each reviewer's other than the last's."""
    with ZipFile(sent) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    said = rb"\g<1>Reviewer %d says: \g<2>" % number
    parts["word/document.xml"] = WORD.sub(said, parts["word/document.xml"])
    with ZipFile(to, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return to
