"""What the commands share: their options, how Problems look, how a run ends."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from policygen.cli.escape import printable, printable_styled

if TYPE_CHECKING:
    from policygen.model.fragment import Library
    from policygen.problems import Problem

F = TypeVar("F", bound=Callable[..., Any])


def profiles_named(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    """Complete the name of a profile."""
    from click.shell_completion import CompletionItem

    from policygen.load.profile_path import known_profiles

    names = [CompletionItem(name) for name in known_profiles() if name.startswith(incomplete)]
    return [*names, CompletionItem(incomplete, type="file")]


def choices(of: Callable[[Library], Iterable[str]]) -> Callable[..., list[str]]:
    """Complete an option from what the library holds."""

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
        from policygen.load.library import load_library

        return [name for name in of(load_library()) if name.startswith(incomplete)]

    return complete


def formats_complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Complete an option from the formats that are installed."""
    from policygen.write.writer import formats

    return [name for name in formats() if name.startswith(incomplete)]


def profile_argument(many: bool = True, required: bool = True) -> Callable[[F], F]:
    """The PROFILE argument, completed with the names that are there."""
    return click.argument(
        "profiles" if many else "profile",
        metavar=("PROFILE..." if required else "[PROFILE]...") if many else "PROFILE",
        nargs=-1 if many else 1,
        required=required,
        shell_complete=profiles_named,
    )


def named_profiles(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names that lead to profiles, and say which folders among `profiles/*` do not."""
    from policygen.load.profile_path import without_strays

    kept, folders = without_strays(names)
    for folder in folders:
        echo_err(f"{printable(folder)} holds no profile.yaml, and is left out.")
    return kept


def templates_option(function: F) -> F:
    """Where else wording lies."""
    return click.option(
        "--templates",
        multiple=True,
        metavar="DIR",
        type=click.Path(path_type=Path),
        help="A further folder of templates, stacked above the shipped ones. May be given again.",
    )(function)


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
    """Print Problems on standard error, the place first, then what is wrong and how to mend it."""
    colours = {"error": "red", "warning": "yellow", "advice": "cyan"}
    for problem in problems:
        place = printable(str(problem.place))
        place = click.style(f"{place}: ", bold=True) if place else ""
        level = click.style(problem.level.value, fg=colours[problem.level.value], bold=True)
        code = click.style(f"  {problem.code}", dim=True) if problem.code else ""
        echo_err(f"{place}{level}: {printable(problem.what)}{code}")
        if problem.mend:
            echo_err(f"    {printable(problem.mend)}")


def echo_err(text: str) -> None:
    """Say something on standard error, in colour only on a terminal and never with NO_COLOR."""
    click.echo(printable_styled(text), err=True, color=colour(sys.stderr))


def colour(stream: Any) -> bool:
    """Whether a stream is a terminal that wants colour."""
    import os

    return not os.environ.get("NO_COLOR") and hasattr(stream, "isatty") and bool(stream.isatty())


def as_json(problems: Iterable[Problem]) -> str:
    """Problems for another program: one object each, with path, line, column, level, what and mend."""
    return json.dumps(
        [
            {
                "path": p.place.path,
                "line": p.place.line,
                "column": p.place.column,
                "level": p.level.value,
                "what": p.what,
                "mend": p.mend,
            }
            for p in problems
        ],
        indent=2,
        ensure_ascii=False,
    )


def failing(problems: Iterable[Problem], strict: bool) -> bool:
    """Whether a run ends with status 1: for any error, and under --strict for any warning."""
    from policygen.problems import Level

    levels = {p.level for p in problems}
    return Level.ERROR in levels or (strict and Level.WARNING in levels)
