"""How the commands speak: Problems and notes on standard error, results on standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from policygen.cli.escape import printable, printable_styled

if TYPE_CHECKING:
    from policygen.problems import Problem

_COLOURS = {"error": "red", "warning": "yellow", "advice": "cyan"}


@contextmanager
def problems_shown() -> Iterator[None]:
    """Show every Problem and end with status 1 when one stops the command."""
    from policygen.problems import PolicygenError

    try:
        yield
    except PolicygenError as error:
        show(error.problems)
        sys.exit(1)
    except BrokenPipeError:  # the reader of our output, such as `head`, has had enough
        sys.stderr.close()
        sys.exit(0)


def show(problems: Iterable[Problem]) -> None:
    """Print Problems on standard error: the place, what is wrong, the code, and how to mend it."""
    for problem in problems:
        echo_err(_headline(problem))
        if problem.mend:
            echo_err(f"    {printable(problem.mend)}")


def _headline(problem: Problem) -> str:
    level = problem.level.value
    location = printable(str(problem.location))
    code = click.style(f"  {problem.code}", dim=True)
    return "".join(
        [
            click.style(f"{location}: ", bold=True) if location else "",
            click.style(level, fg=_COLOURS[level], bold=True),
            f": {printable(problem.what)}{code}",
        ]
    )


def echo_err(text: str) -> None:
    """Say something on standard error, in colour only on a terminal and never with NO_COLOR."""
    click.echo(printable_styled(text), err=True, color=colour(sys.stderr))


def echo_out(text: str) -> None:
    """Print a line of a result on standard output; on a terminal, it is made printable."""
    shown = printable_styled(text) if sys.stdout.isatty() else text
    click.echo(shown, color=colour(sys.stdout))


def echo_path(line: str) -> None:
    """Print a path, or a line with one, on standard output: on a terminal, nothing steers that.

    A folder may have any name, with the end of a line or a colour in it too.
    """
    echo_out(printable(line) if sys.stdout.isatty() else line)


def colour(stream: Any) -> bool:
    """Tell whether a stream is a terminal that wants colour."""
    is_terminal = hasattr(stream, "isatty") and bool(stream.isatty())
    return is_terminal and not os.environ.get("NO_COLOR")


def is_failure(problems: Iterable[Problem], strict: bool) -> bool:
    """Tell whether a run ends with status 1: for any error, and under --strict for any warning."""
    from policygen.problems import Level

    levels = {problem.level for problem in problems}
    return Level.ERROR in levels or (strict and Level.WARNING in levels)
