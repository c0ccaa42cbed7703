"""What documents print of releases: the change history, and on a superseded one, that it is one, on every page."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from frozen import ROOT, Frozen
from tools import outside_tool

LONG = "\n\n".join(
    f"Paragraph {n}. " + "We keep what we say, and say what we keep. " * 9 for n in range(30)
)


@pytest.fixture(params=["docx", "html", "md", "pdf"])
def format(request: pytest.FixtureRequest) -> Any:
    return request.param


def printed(frozen: Frozen, name: str, format: str) -> bytes:
    result = frozen.run("build", name, "-e", "full-story", "-f", format)
    path = Path("dist") / name / f"full-story.{format}"
    if not path.is_file() and format == "pdf" and os.environ.get("CI") != "true":
        pytest.skip(f"Pango is not installed: {result.stderr}")
    return path.read_bytes()


def text(data: bytes, format: str) -> str:
    """All that a reader sees, in one line."""
    if format == "pdf":
        return " ".join(pages(data))
    if format == "docx":
        with ZipFile(BytesIO(data)) as parts:
            data = b" ".join(parts.read(name) for name in parts.namelist() if name.endswith(".xml"))
    said = data.decode()
    return " ".join(re.sub("<[^>]*>", " ", said).split())


def pages(data: bytes) -> list[str]:
    run = subprocess.run(
        [outside_tool("pdftotext"), "-layout", "-", "-"],
        input=data,
        capture_output=True,
        check=True,
    )
    return [" ".join(page.split()) for page in run.stdout.decode().split("\f")[:-1]]


@pytest.mark.slow
def test_the_full_story_ends_with_every_release_the_newest_first(
    format: str, frozen: Frozen
) -> None:
    shutil.copytree(ROOT, "profiles/other", ignore=shutil.ignore_patterns("releases"))
    assert "Change history" not in text(printed(frozen, "other", format), format)
    frozen.replace("3 December 2026", "4 January 2027")
    frozen.release("Better words & <b>", "minor")
    said = text(printed(frozen, "example", format), format)
    end = said[said.rindex("Change history") :]
    order = ["1.1", "Cabinet, 4 January 2027", "1.0", "Cabinet, 3 December 2026"]
    assert [end.index(word) for word in order] == sorted(end.index(word) for word in order)
    assert "First policy" in end
    assert "Cabinet member for resources" in end


@pytest.mark.slow
def test_a_superseded_release_says_so(format: str, frozen: Frozen) -> None:
    before = printed(frozen, "example@1.0", format)
    assert "uperseded" not in text(before, format)
    frozen.release("Better words", "minor")
    after = printed(frozen, "example@1.0", format)
    said = text(after, format)
    for mark in (
        "Superseded, not in force",
        "version 1.0, superseded, not in force",
        "policy not in force",
    ):
        assert mark in said
    assert "Better words" not in said  # what came later is no part of it
    assert printed(frozen, "example@1.1", format) == printed(frozen, "example", format)


@pytest.mark.slow
def test_a_superseded_release_says_so_on_every_page_of_a_pdf(fresh: Frozen) -> None:
    fresh.write({"organisation/law.md": f"## Ours {{#law.ours}}\n\n### Rule\n\n{LONG}\n"})
    fresh.release("First policy")
    fresh.release("Better words", "minor")
    found = pages(printed(fresh, "example@1.0", "pdf"))
    assert len(found) > 3
    for page in found[1:]:
        assert page.startswith("Fenwick Borough Council: policy not in force")
        assert "COM-014, version 1.0, superseded, not in force" in page
    assert "Superseded, not in force" in found[0]
    assert not any("superseded" in page for page in pages(printed(fresh, "example@1.1", "pdf")))


def test_in_docx_it_stands_in_the_running_head_and_foot(frozen: Frozen) -> None:
    frozen.release("Better words", "minor")
    with ZipFile(BytesIO(printed(frozen, "example@1.0", "docx"))) as parts:

        def said(kind: str) -> list[str]:
            names = [name for name in parts.namelist() if name.startswith(f"word/{kind}")]
            return [re.sub("<[^>]*>", "", parts.read(name).decode()) for name in names]

        assert any("policy not in force" in head for head in said("header"))
        assert any("version 1.0, superseded, not in force" in foot for foot in said("footer"))


def test_every_edition_of_a_release_can_be_printed(frozen: Frozen) -> None:
    """Not only those that were published: the policy holds them all."""
    frozen.release("Better words", "minor")
    result = frozen.run("build", "example@1.0", "-f", "md", "-o", "old")
    names = ("policy.json", "overview.md", "snapshot.md", "full-story.md")
    assert result.stdout.splitlines() == [f"old/example@1.0/{name}" for name in names]
    for name in names[1:]:
        assert "superseded, not in force" in Path(f"old/example@1.0/{name}").read_text()
    result = frozen.run("build", "example@1.0", "-e", "overvew")
    assert 'There is no edition "overvew".' in result.stderr
    assert 'Did you mean "overview"?' in result.stderr
    assert (ROOT / "releases/1.0/full-story.md").is_file()
