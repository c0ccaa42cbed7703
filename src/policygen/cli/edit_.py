"""`policygen edit`: a clause's present words into the organisation's own folder."""

from __future__ import annotations

from pathlib import Path

import click

from policygen.cli.options import (
    because_option,
    cleared_by_option,
    complete_clauses,
    profile_argument,
    templates_option,
)
from policygen.cli.show import echo_err, echo_path, problems_shown


@click.command("edit")
@profile_argument(many=False)
@click.argument("clause", shell_complete=complete_clauses)
@because_option
@cleared_by_option
@templates_option
def edit_command(
    profile: str, clause: str, because: str, cleared_by: str, templates: tuple[Path, ...]
) -> None:
    """Put a clause's present words beside your profile, ready to change.

    CLAUSE is an id such as law.records, or the number that your policy prints. Its words are
    written into a file of the section's name, in every tier, unfilled: facts stand as
    {{ organisation.short_name }}. Change them in any editor; `check` tells you when the words
    beneath them change.
    """
    from policygen.load.profile.path import find_profile
    from policygen.pipeline.edit import edit
    from policygen.pipeline.workspace import Workspace

    with problems_shown():
        made = edit(
            find_profile(profile),
            clause,
            Workspace(templates),
            because=because,
            cleared_by=cleared_by,
        )
        echo_path(f"{made.location}: {made.clause}, {', '.join(made.tiers)}")
        if cleared_by and not made.is_binding:
            echo_err(
                f"Who cleared it is left out: {made.clause} is not binding, and nobody has to."
            )
