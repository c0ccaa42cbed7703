"""Renew the pictures of pages on a screen: a change report, and the page of `serve` in its first hour and later.

    python tools/screen_pictures.py docs/pictures

The fonts are those of this computer. tools/make_pictures.sh calls it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
# A body that is nobody's, as docs/first-policy-in-a-browser.md begins it.
ANSWERS = (
    ("name", "Thornby Town Council"),
    ("short_name", "the council"),
    ("jurisdiction", "england"),
    ("kind", "parish-council"),
    ("elected_members", "yes"),
    ("posture", "balanced"),
)


def main(folder: Path) -> None:
    """Take every picture into a folder."""
    with sync_playwright() as playwright, TemporaryDirectory() as made:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1160, "height": 800})
        page.set_default_timeout(60_000)
        report(page, Path(made), folder / "changes.png")
        page.set_viewport_size({"width": 1280, "height": 800})
        with served(Path(made)) as address:
            first_hour(page, address, folder)
            later(page, address, Path(made), folder)
        browser.close()


def report(page: Page, made: Path, picture: Path) -> None:
    """Picture one clause of two councils, side by side."""
    file = made / "report.html"
    subprocess.run(
        ["policygen", "diff", "fenwick", "rauporoa", "--out", file], cwd=ROOT, check=True
    )
    page.goto(f"{file.as_uri()}#view=sides&at=permission.clearance")
    page.screenshot(path=picture)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve an empty folder of profiles, and give the address that lets one in."""
    command = ["policygen", "serve", "--no-open"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.terminate()


def first_hour(page: Page, address: str, folder: Path) -> None:
    """Picture the first page, and the one on which the questions end."""
    page.goto(address)
    page.wait_for_url("**/")
    own = "It will be kept in /home/sam/policies/profiles"  # in place of this computer's folder
    page.evaluate("own => { document.querySelector('main .where').textContent = own }", own)
    page.screenshot(path=folder / "first-hour.png")
    page.get_by_role("link", name="Start new").click()
    for name, answer in ANSWERS:
        choice = page.locator(f"input[name={name}][type=radio][value={answer!r}]")
        if choice.count():
            choice.check()
        else:
            page.fill(f"input[name={name}]", answer)
        with page.expect_navigation():
            page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Make the draft now").click()
    page.get_by_role("heading", name="What to do next").wait_for()
    page.wait_for_timeout(3_000)  # the overview beside it is printed
    page.screenshot(path=folder / "overview-page.png")


def later(page: Page, address: str, made: Path, folder: Path) -> None:
    """Picture a page of facts of a body that has many, and a clause put its own way."""
    shutil.copytree(ROOT / "profiles/fenwick", made / "profiles/ours")
    body = f"{address.partition('/?')[0]}/body/ours"
    page.goto(f"{body}/facts/channels")
    page.wait_for_timeout(3_000)
    page.screenshot(path=folder / "page.png")
    page.goto(f"{body}/words/permission.default/edit")
    page.fill("[id='words.3']", "Ask {{ contacts.legal.role }} before you post, and nobody else.")
    page.wait_for_selector("#found >> text=nobody else")
    page.evaluate("scrollTo(0, 260)")
    page.screenshot(path=folder / "words.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
