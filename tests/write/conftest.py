from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from browsing import QUIET
from tools import outside_tool

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright


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
