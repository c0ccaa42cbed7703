"""What is about to change in files: shown line by line, then written together."""

from __future__ import annotations

import sys
from difflib import unified_diff
from typing import TYPE_CHECKING

import click

from policygen.cli.escape import printable
from policygen.cli.show import echo_err, echo_out, show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from policygen.model.review.acceptance import Acceptance, FileChange


def write_shown(
    profile: Path, acceptance: Acceptance, nothing_left: str, write: Callable[[], bool]
) -> None:
    """Show what an acceptance changes, ask whether to `write` it, and write all of it or nothing.

    Ends with status 1 where a person must do some. Raises PolicygenError.
    """
    from policygen.load.files import display_path
    from policygen.pipeline.returned.accept import write_acceptance

    show_acceptance(acceptance)
    if not acceptance.changes:
        if not acceptance.by_hand:
            echo_err(nothing_left)
    elif write():
        for file in write_acceptance(profile, acceptance):
            echo_err(f"{printable(display_path(file))}: written")
    else:
        echo_err("Nothing was written.")
    if acceptance.by_hand:
        sys.exit(1)


def show_acceptance(acceptance: Acceptance) -> None:
    """Show each change of a file, what to read again, and what a person must do."""
    from policygen.load.files import display_path

    for change in acceptance.changes:
        for line in _file_diff(change, display_path(change.path)):
            echo_out(line)
    for note in acceptance.notes:
        echo_err(printable(note))
    show(acceptance.by_hand)


def _file_diff(change: FileChange, name: str) -> Iterator[str]:
    """Yield the lines of a file that are taken out and put in, with a few around them."""
    before, after = change.before.splitlines(), change.after.splitlines()
    old = name if change.before else "/dev/null"
    colours = {"+": "green", "-": "red", "@": "cyan"}
    for line in unified_diff(before, after, old, name, lineterm=""):
        yield click.style(line, fg=colours.get(line[0]))
