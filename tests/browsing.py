"""How the tests' browser is started: quiet, and without anything that asks the network; and a window used again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-sync",
]
# What Playwright opens unless it is told otherwise.
SIZE = {"width": 1280, "height": 720}


def emptied(window: Page, viewport: Any = SIZE, color_scheme: Any = "light") -> Page:
    """The window as if it were opened anew, for which the browser starts a process each time."""
    window.goto("about:blank")
    window.set_viewport_size(viewport)
    window.emulate_media(color_scheme=color_scheme)
    return window
