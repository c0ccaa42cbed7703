"""What is about to change in a file, line by line."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policygen.model.review.acceptance import FileChange


def file_diff(change: FileChange, name: str) -> Iterator[str]:
    """Yield the lines of a file that are taken out and put in, with a few around them."""
    before, after = change.before.splitlines(), change.after.splitlines()
    old = name if change.before else "/dev/null"
    colours = {"+": "green", "-": "red", "@": "cyan"}
    for line in unified_diff(before, after, old, name, lineterm=""):
        yield click.style(line, fg=colours.get(line[0]))
