"""`policygen check`: every Problem at once."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from policygen.cli.show import (
    as_json,
    colour,
    failing,
    named_profiles,
    problems_shown,
    profile_argument,
    show,
    templates_option,
)


@click.command("check")
@profile_argument(required=False)
@click.option("--strict", is_flag=True, help="End with status 1 for any warning, too.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["terminal", "json"]),
    default="terminal",
    help="How to show it.",
)
@templates_option
def command(
    profiles: tuple[str, ...], strict: bool, format_: str, templates: tuple[Path, ...]
) -> None:
    """List every problem of the profiles, and how to mend it.

    Without a PROFILE, checks every one in ./profiles, or else the shipped examples.
    """
    from policygen.load.profile_path import known_profiles
    from policygen.pipeline.check import check
    from policygen.pipeline.names import find_profiles
    from policygen.pipeline.workspace import Workspace
    from policygen.problems import PolicygenError, Problem

    found: list[Problem] = []
    with problems_shown():
        names = named_profiles(profiles) or tuple(known_profiles())
        try:
            workspace = Workspace(templates)
            paths, missing = find_profiles(names)
            found = list(
                dict.fromkeys((*missing, *(p for path in paths for p in check(path, workspace))))
            )
        except PolicygenError as error:
            found = list(error.problems)
        if format_ == "json":
            click.echo(as_json(found))
        else:
            show(found)
            counts = {
                level: sum(p.level.value == level for p in found)
                for level in ("error", "warning", "advice")
            }
            said = [
                f"{n} {level}{'s' if n > 1 and level != 'advice' else ''}"
                for level, n in counts.items()
                if n
            ]
            many = (
                f"{len(names)} profiles" if len(names) > 1 else names[0] if names else "no profile"
            )
            text = f"{many}: {', '.join(said) or 'nothing to mend'}"
            bad = failing(found, strict)
            click.echo(click.style(text, fg="red" if bad else "green"), color=colour(sys.stdout))
    sys.exit(1 if failing(found, strict) else 0)
