"""`policygen accept`: stamp an organisation's edits after reviewing them."""

from __future__ import annotations

from pathlib import Path

import click

from policygen.cli.options import complete_clauses, complete_profiles, templates_option
from policygen.cli.show import echo_out, echo_path, problems_shown


@click.command("accept")
@click.argument("ids", nargs=-1, metavar="[ID]...", shell_complete=complete_clauses)
@click.option(
    "--profile",
    "-p",
    "profiles",
    multiple=True,
    metavar="PROFILE",
    shell_complete=complete_profiles,
    help="Left out: all in ./profiles.",
)
@templates_option
def accept_command(
    ids: tuple[str, ...], profiles: tuple[str, ...], templates: tuple[Path, ...]
) -> None:
    """Say that you have read what stands beneath your organisation's edits.

    Writes a `was:` stamp under each edit, so that `check` can tell when the words beneath it
    change. Without an ID, stamps every edit that is stale or has no stamp yet.
    """
    from policygen.load.profile.path import PROFILES_FOLDER, known_profiles
    from policygen.pipeline.accept import accept
    from policygen.pipeline.workspace import Workspace

    with problems_shown():
        every = known_profiles().items()
        own = [name for name, path in every if path.parts[0] == PROFILES_FOLDER]
        stamps = accept(profiles or own, Workspace(templates), ids)
        for stamp in stamps:
            echo_path(f"{stamp.location}: {stamp.clause} stamped {stamp.fingerprint}")
        if not stamps:
            echo_out("Every edit is stamped already.")
