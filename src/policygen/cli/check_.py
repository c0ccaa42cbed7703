"""`policygen check`: every Problem at once."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import closing
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygen.cli.escape import printable
from policygen.cli.options import (
    jobs_option,
    named_profiles,
    on_option,
    profile_argument,
    strict_option,
    templates_option,
)
from policygen.cli.show import echo_out, is_failure, problems_shown, show

if TYPE_CHECKING:
    from policygen.pipeline.check import Checked
    from policygen.pipeline.workspace import Workspace
    from policygen.problems import Problem

_MOVED = {"PG523", "PG524"}  # errors with which a policy composes, and can be compared


@click.command("check")
@profile_argument(required=False)
@strict_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="text to read, json for programs, github for the annotations of a workflow.",
)
@click.option(
    "--changed",
    is_flag=True,
    help="The names are of files that changed: check the profiles to which they belong, and those "
    "in ./profiles that are made of these templates.",
)
@on_option
@jobs_option
@templates_option
def check_command(
    profiles: tuple[str, ...],
    strict: bool,
    format_: str,
    changed: bool,
    on: date,
    jobs: int,
    templates: tuple[Path, ...],
) -> None:
    """List every problem of the profiles, and how to mend it.

    A policy that says that it is approved and whose review date has passed is an error.
    Without a PROFILE, checks every one in ./profiles, or else the shipped examples.
    """
    from policygen.load.profile.path import known_profiles
    from policygen.pipeline.workspace import Workspace
    from policygen.problems import errors

    with problems_shown():
        workspace = Workspace(templates)
        if changed:
            from policygen.pipeline.changed_files import profiles_concerned

            names = profiles_concerned(profiles, workspace)
        else:
            names = named_profiles(profiles) or tuple(known_profiles())
        checked = _check_all(names, workspace, on, jobs)
        problems = tuple(dict.fromkeys(chain.from_iterable(one.problems for one in checked)))
        failed = is_failure(problems, strict)
        if format_ == "json":
            from policygen.cli.problem_formats import problems_to_json

            click.echo(problems_to_json(problems))
        elif format_ == "github":
            from policygen.cli.problem_formats import github_annotations

            for annotation in github_annotations(problems):
                click.echo(annotation)
        else:
            show(problems)
            echo_out(click.style(_summary(names, problems), fg="red" if failed else "green"))
            codes = {problem.code for problem in errors(problems)}
            if len(names) == 1 and codes <= _MOVED:
                for said in (_parts(names[0], checked[-1]), _lengths(checked[-1], workspace)):
                    if said:
                        echo_out(said)
    sys.exit(1 if failed else 0)


def _check_all(
    names: tuple[str, ...], workspace: Workspace, on: date, jobs: int
) -> tuple[Checked, ...]:
    """Check the profiles; first come the Problems of names that nothing has.

    The policies are kept of a single profile only. A library that cannot be read is all there is.
    """
    from policygen.cli.progress import progress
    from policygen.pipeline.check import Checked
    from policygen.pipeline.fleet.check_all import check_all
    from policygen.pipeline.names.names import find_profiles
    from policygen.problems import PolicygenError

    try:
        paths, missing = find_profiles(names)
        checked = [Checked(tuple(missing))]
        with (
            progress(len(paths), lines=False) as step,
            closing(check_all(paths, workspace, on, jobs, step)) as found,
        ):
            checked += found
    except PolicygenError as error:
        return (Checked(error.problems),)
    return tuple(checked)


def _parts(name: str, checked: Checked) -> str:
    """`Policy as in 1.0, handbook moved since 1.0-h1`: what has moved since its release."""
    from policygen.load.profile.path import find_profile
    from policygen.pipeline.check import parts

    return parts(find_profile(name), checked)


def _lengths(checked: Checked, workspace: Workspace) -> str:
    """`Overview 310 of 340 words, Policy 4,102 of 4,500`: how long each edition is, and may be."""
    from policygen.pipeline.check import lengths

    every = lengths(checked, workspace)
    if not every:
        return ""
    first, *others = every
    said = [f"{first.edition.title} {first.words:,} of {first.most:,} words"]
    said += [f"{one.edition.title} {one.words:,} of {one.most:,}" for one in others]
    return ", ".join(said)


def _summary(names: tuple[str, ...], problems: tuple[Problem, ...]) -> str:
    """`fenwick: 2 errors, 1 advice`, or `3 profiles: nothing to mend`."""
    counts = Counter(problem.level.value for problem in problems)
    counted = [_count(counts[level], level) for level in ("error", "warning", "advice")]
    what = ", ".join(filter(None, counted)) or "nothing to mend"
    if len(names) == 1:
        return f"{printable(names[0])}: {what}"
    return f"{len(names) or 'no'} profile{'s' if names else ''}: {what}"


def _count(number: int, level: str) -> str:
    if not number:
        return ""
    return f"{number} {level}s" if number > 1 and level != "advice" else f"{number} {level}"
