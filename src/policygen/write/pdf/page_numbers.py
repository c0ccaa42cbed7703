"""Spares WeasyPrint 70 one layout of a contents list: it makes such pages three times.

Its second has numbers of the time when no page was known yet; only in the third do they stand. They
are known after the first, so within `settled_page_numbers()` the second has them. A third is made
only where a place has moved meanwhile, which WeasyPrint itself does not look at.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@contextmanager
def settled_page_numbers() -> Iterator[None]:
    """Within this, a contents list is laid out twice: without its numbers, and with them."""
    from weasyprint import layout  # type: ignore[import-untyped]  # no stubs

    make_all_pages = layout.make_all_pages

    def make_pages(context: Any, root: Any, html: Any, pages: Sequence[Any]) -> Iterator[Any]:
        """Make all pages, or make those of `pages` again that have to change."""
        if pages:
            _number_entries(context, len(pages))
        places = _places(context)
        yield from make_all_pages(context, root, html, pages)
        if pages and places != _places(context):
            _ask_for_entries_again(context)

    layout.make_all_pages = make_pages
    try:
        yield
    finally:
        layout.make_all_pages = make_all_pages


def _entries(context: Any) -> list[Any]:
    """Return what prints the page number of another place."""
    lookups = context.target_collector.counter_lookup_items.items()
    return [
        entry
        for (_, token), entry in lookups
        if token == "content" and entry.missing_target_counters
    ]


def _places(context: Any) -> dict[str, int]:
    """Return the page of each place, counted from 0."""
    targets = context.target_collector.target_lookup_items.items()
    return {anchor: target.page_maker_index for anchor, target in targets}


def _number_entries(context: Any, pages: int) -> None:
    """Give each entry its number as it is known now.

    Each remembers the counters of its own page, and would ask to be laid out once more because the
    number of all pages is another now; it does not print that one.
    """
    for entry in _entries(context):
        entry.cached_page_counter_values["pages"] = [pages]
        entry.parse_again(entry.cached_page_counter_values)


def _ask_for_entries_again(context: Any) -> None:
    """Let the pages on which entries stand be made once more."""
    for entry in _entries(context):
        if entry.page_maker_index < len(context.page_maker):
            context.page_maker[entry.page_maker_index][-1]["content_changed"] = True
