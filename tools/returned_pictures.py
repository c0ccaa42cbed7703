"""Renew the pictures of a copy that comes back: its page in a word processor, and what `review` tells of it.

    python tools/returned_pictures.py docs/pictures

Needs LibreOffice, pdftoppm and chromium. tools/make_pictures.sh calls it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
WHO = 'w:author="Sam Iqbal" w:date="2026-11-20T10:15:00Z"'
# Words of the policy that the lawyer replaces with tracking on, and what stands there then.
EDITS = (
    ("because two see more", "because two pairs of eyes see more"),
    ("Keep to our values", "Live up to our values"),
    ("2 working days", "3 working days"),
)
WORD_PAGE = 5  # of the copy, on which the first edit stands
TEXT = '<w:t xml:space="preserve">'


def main(folder: Path) -> None:
    """Take both pictures into a folder."""
    with TemporaryDirectory() as name:
        made = Path(name)
        copy = returned_copy(made)
        in_word(copy, folder / "returned-word.png")
        told(copy, folder / "returned.png")


def returned_copy(made: Path) -> Path:
    """The policy of Fenwick as its lawyer sends it back."""
    command: list[str | Path] = [
        "policygen",
        "build",
        "fenwick",
        "-e",
        "policy",
        "-f",
        "docx",
        "--out",
        made,
    ]
    subprocess.run(command, cwd=ROOT, check=True)
    return edited_copy(made / "fenwick/policy.docx", made / "policy-sam.docx", WHO, EDITS)


def edited_copy(sent: Path, copy: Path, who: str, edits: Sequence[tuple[str, str]]) -> Path:
    """A printed file with some edits of one person in it, as tracked changes."""
    with ZipFile(sent) as parts, ZipFile(copy, "w", ZIP_DEFLATED) as back:
        for part in parts.namelist():
            data = parts.read(part)
            is_text = part == "word/document.xml"
            back.writestr(part, edited(data, who, edits) if is_text else data)
    return copy


def edited(data: bytes, who: str, edits: Sequence[tuple[str, str]]) -> bytes:
    """The text of the file with each edit as tracked changes."""
    text = data.decode()
    for number, (old, new) in enumerate(edits):
        run = re.compile(
            rf"<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?{TEXT}([^<]*){old}([^<]*)</w:t></w:r>"
        )
        found = run.search(text)
        assert found, old
        change = tracked(found, who, old, new, number)
        text = text[: found.start()] + change + text[found.end() :]
    return text.encode()


def tracked(found: re.Match[str], who: str, old: str, new: str, number: int) -> str:
    """One run with an edit in it, as runs and changes."""
    look, before, after = found[1] or "", found[2], found[3]

    def run(words: str, kind: str = "t") -> str:
        return (
            f'<w:r>{look}<w:{kind} xml:space="preserve">{words}</w:{kind}></w:r>' if words else ""
        )

    gone = f'<w:del w:id="{9000 + number}" {who}>{run(old, "delText")}</w:del>'
    come = f'<w:ins w:id="{9100 + number}" {who}>{run(new)}</w:ins>'
    return run(before) + gone + come + run(after)


def in_word(copy: Path, picture: Path) -> None:
    """Picture the upper half of one page of the copy."""
    profile = f"-env:UserInstallation={(copy.parent / 'office').as_uri()}"
    command: list[str | Path] = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        copy.parent,
        copy,
    ]
    subprocess.run(command, check=True, capture_output=True)
    page: list[str | Path] = [
        "-f",
        str(WORD_PAGE),
        "-singlefile",
        "-r",
        "110",
        "-W",
        "910",
        "-H",
        "640",
        "-png",
    ]
    target = picture.with_suffix("")
    page += [copy.with_suffix(".pdf"), target]
    subprocess.run(["pdftoppm", *page], check=True)


def told(copy: Path, picture: Path) -> None:
    """Picture the report of `review`."""
    report = copy.with_suffix(".html")
    command: list[str | Path] = [
        "policygen",
        "review",
        "fenwick",
        copy,
        "--format",
        "html",
        "--out",
        report,
    ]
    subprocess.run(command, cwd=ROOT, check=True)
    pictured(report, picture)


def pictured(report: Path, picture: Path) -> None:
    """Picture the beginning of a report in a browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1160, "height": 800})
        page.goto(report.as_uri())
        page.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
