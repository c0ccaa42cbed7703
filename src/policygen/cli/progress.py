"""What is at work: a bar on a terminal, lines elsewhere; nothing for a single profile elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from policygen.cli.escape import printable
from policygen.cli.show import colour, echo_err

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


_PERIOD = 300.0  # seconds, of which the rate is told: bodies take unlike times


class Steps:
    """Is called with each name as its turn comes; this one says nothing."""

    def __call__(self, name: str) -> None:
        """Say whose turn it is."""

    def detail(self, text: str) -> None:
        """Say what is being made for the name whose turn it is."""


@contextmanager
def progress(total: int, *, lines: bool = True) -> Iterator[Steps]:
    """Show which of `total` names is at work: on a terminal, and with `lines` elsewhere too."""
    if sys.stderr.isatty():
        with _bar(total) as bar:
            yield _Bar(bar, bar.add_task("", total=total, rate=""))
    elif lines and total > 1:
        yield _Lines(total)
    else:
        yield Steps()


def _bar(total: int) -> Progress:
    """A bar for several names, a spinner for one; it is gone when the work is done.

    Beside the bar stand how many are done in a second, and how long the rest will take.
    """
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        SpinnerColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    columns: list[ProgressColumn] = [
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
    ]
    if total > 1:
        rate = TextColumn("{task.fields[rate]}", style="progress.data.speed")
        columns += [BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn(compact=True)]
    console = Console(stderr=True, no_color=not colour(sys.stderr))
    return Progress(*columns, console=console, transient=True, speed_estimate_period=_PERIOD)


def _rate(a_second: float | None) -> str:
    """Say how many are done in a second or, of few, in a minute; nothing before that is known."""
    if not a_second:
        return ""
    return f"{a_second:.1f}/s" if a_second >= 1 else f"{60 * a_second:.1f}/min"


class _Lines(Steps):
    """A line for each name."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0

    def __call__(self, name: str) -> None:
        self._done += 1
        echo_err(f"{printable(name)} ({self._done} of {self._total})")


class _Bar(Steps):
    """A bar that moves on with each name, and says what is being made."""

    def __init__(self, bar: Progress, task: TaskID) -> None:
        self._bar = bar
        self._task = task
        self._name = ""

    def __call__(self, name: str) -> None:
        advance = 1 if self._name else 0  # the first has only begun
        self._name = printable(name)
        rate = _rate(self._bar.tasks[0].speed)
        self._bar.update(self._task, description=self._name, advance=advance, rate=rate)

    def detail(self, text: str) -> None:
        described = f"{self._name}: {printable(text)}" if self._name else printable(text)
        self._bar.update(self._task, description=described)
