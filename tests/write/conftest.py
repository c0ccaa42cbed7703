from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from tools import outside_tool

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    from playwright.sync_api import sync_playwright  # half a second, for those who look at a page

    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=outside_tool("chromium"), args=QUIET)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def browser_with_scrollbars(playwright: Playwright) -> Iterator[Browser]:
    """One whose scrollbars take room, as most people's do who have a mouse."""
    browser = playwright.chromium.launch(
        executable_path=outside_tool("chromium"),
        args=QUIET,
        ignore_default_args=["--hide-scrollbars"],
    )
    yield browser
    browser.close()
