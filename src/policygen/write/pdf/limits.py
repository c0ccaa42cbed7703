"""How long a layout may go on: pages and lines are counted while WeasyPrint makes them.

A theme's style sheet is a stranger's. Its values are bounded one by one, but together they can
still ask for a page of one word; what goes beyond these limits is stopped, on every computer at the
same place.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

MOST_PAGES = 250  # of one document; the longest full story of the examples has a quarter of that
MOST_LINES = 60_000  # laid out, those of a second attempt at a page included

_PROGRESS = "Step 5 - Creating layout - Page"


class TooLong(Exception):
    """A layout has gone beyond its pages or its lines; the message says which."""


@contextmanager
def bounded_layout(on_page: Callable[[int], None] | None = None) -> Iterator[None]:
    """Within this, WeasyPrint raises TooLong beyond the limits, and tells `on_page` each page."""
    with _page_limit(on_page), _line_limit():
        yield


@contextmanager
def _page_limit(on_page: Callable[[int], None] | None) -> Iterator[None]:
    """Within this, WeasyPrint raises TooLong after so many pages, and tells `on_page` of each.

    It says in its log of progress which page it begins.
    """
    counter = _PageCounter(on_page)
    logger = logging.getLogger("weasyprint.progress")
    level = logger.level
    propagate = logger.propagate
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.addHandler(counter)
    try:
        yield
    finally:
        logger.removeHandler(counter)
        logger.propagate = propagate
        logger.setLevel(level)


class _PageCounter(logging.Handler):
    def __init__(self, on_page: Callable[[int], None] | None) -> None:
        super().__init__()
        self.on_page = on_page

    def emit(self, record: logging.LogRecord) -> None:
        """Count one page; unlike other handlers this one lets what it raises through."""
        if not str(record.msg).startswith(_PROGRESS) or not isinstance(record.args, tuple):
            return
        page = int(str(record.args[0]))
        if page > MOST_PAGES:
            raise TooLong(f"it runs to more than {MOST_PAGES} pages")
        if self.on_page:
            self.on_page(page)


@contextmanager
def _line_limit() -> Iterator[None]:
    """Within this, WeasyPrint raises TooLong after so many lines.

    A line that never fits is laid out again and again, and no page is ever made to be counted.
    """
    from weasyprint.layout import inline  # type: ignore[import-untyped]  # no stubs

    lay_out_line = inline.get_next_linebox
    lines = 0

    def counted(*arguments: Any) -> Any:
        nonlocal lines
        lines += 1
        if lines > MOST_LINES:
            raise TooLong(f"it runs to more than {MOST_LINES:,} lines")
        return lay_out_line(*arguments)

    inline.get_next_linebox = counted
    try:
        yield
    finally:
        inline.get_next_linebox = lay_out_line
