"""`policygen accept`: stamp an organisation's edits after reviewing them."""

from __future__ import annotations

from pathlib import Path

import click

from policygen.cli.show import problems_shown, templates_option


@click.command("accept")
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option(
    "--profile",
    "-p",
    "profiles",
    multiple=True,
    metavar="PROFILE",
    help="Left out: all in ./profiles.",
)
@templates_option
def command(ids: tuple[str, ...], profiles: tuple[str, ...], templates: tuple[Path, ...]) -> None:
    """Say that you have read what stands beneath your organisation's edits.

    Writes a `was:` stamp under each edit, so that `check` can tell when the words beneath it change.
    Without an ID, stamps every edit that is stale or has no stamp yet.
    """
    from policygen.load.profile_path import known_profiles
    from policygen.pipeline.accept import accept
    from policygen.pipeline.workspace import Workspace

    with problems_shown():
        own = [name for name, path in known_profiles().items() if path.parts[0] == "profiles"]
        stamps = accept(profiles or own, Workspace(templates), ids)
        for stamp in stamps:
            click.echo(f"{stamp.place}: {stamp.clause} stamped {stamp.fingerprint}")
        if not stamps:
            click.echo("Every edit is stamped already.")
