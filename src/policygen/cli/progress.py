"""Which of many profiles is at work: a bar on a terminal, lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from policygen.cli.show import colour, echo_err


@contextmanager
def progress(total: int, *, lines: bool = True) -> Iterator[Callable[[str], None]]:
    """Say which profile is at work; for one profile, nothing. Without `lines`, say nothing but on a terminal."""
    if total < 2:
        yield lambda name: None
    elif colour(sys.stderr) or sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("", total=total)
            started = False

            def step(name: str) -> None:
                nonlocal started
                bar.update(task, description=name, advance=1 if started else 0)
                started = True

            yield step
    else:
        done = 0

        def line(name: str) -> None:
            nonlocal done
            done += 1
            if lines:
                echo_err(f"{name} ({done} of {total})")

        yield line
