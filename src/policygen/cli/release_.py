"""`policygen release`: freeze a version with the files published."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import click

from policygen.cli.show import (
    choices,
    colour,
    echo_err,
    formats_complete,
    problems_shown,
    profile_argument,
    show,
    templates_option,
)


@click.command("release")
@profile_argument(many=False)
@click.option(
    "--summary",
    "-s",
    required=True,
    metavar="TEXT",
    help="What changed, in a line of the change history.",
)
@click.option(
    "--minor",
    is_flag=True,
    help="Release the next version, and write it into the profile: better words, same meaning.",
)
@click.option(
    "--major",
    is_flag=True,
    help="The same with the next whole number: what people may or must do has changed.",
)
@click.option(
    "--edition",
    "-e",
    "editions",
    multiple=True,
    metavar="EDITION",
    shell_complete=choices(lambda library: library.outline.editions),
    help="Which publications belong to it; may be given again. Left out: the three tiers.",
)
@click.option(
    "--format",
    "-f",
    "formats",
    multiple=True,
    metavar="FORMAT",
    shell_complete=formats_complete,
    help="pdf, docx, html or md; may be given again. Left out: all.",
)
@templates_option
def command(
    profile: str,
    summary: str,
    minor: bool,
    major: bool,
    editions: tuple[str, ...],
    formats: tuple[str, ...],
    templates: tuple[Path, ...],
) -> None:
    """Freeze a version of a policy with the files published, in releases/<version>/ beside the profile.

    The version is the profile's own, or with --minor or --major the next, which the profile then says.
    A release never changes: policygen compares every file with its checksum whenever it reads one.
    """
    from policygen.load.files import display_path
    from policygen.load.profile_path import find_profile
    from policygen.load.records import RECORD_FILE, read_records, read_seal
    from policygen.pipeline.release import release
    from policygen.pipeline.workspace import Workspace

    if minor and major:
        raise click.UsageError("Give --minor or --major, not both.")
    with problems_shown():
        with _busy(profile):
            path = find_profile(profile)
            bump: Literal["", "minor", "major"] = "major" if major else "minor" if minor else ""
            folder, problems = release(path, Workspace(templates), summary, bump, editions, formats)
        show(problems)
        record = read_records(path.parent)[-1]
        for file in [RECORD_FILE, *sorted(record.files, key=lambda name: (name.count("/"), name))]:
            click.echo(display_path(folder / file))
        name, version = path.resolve().parent.name, folder.name
        echo_err(f"{name}@{version} is frozen. Its seal is {read_seal(path.parent, version)}:")
        echo_err(
            "    write that into the minutes, and put the folder into version control or a backup."
        )
        echo_err(
            f"When the policy changes next, `policygen diff {name}@{version} {name}` drafts the summary."
        )


@contextmanager
def _busy(name: str) -> Iterator[None]:
    """Say on a terminal that it is at work: the PDFs take some seconds."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    console = Console(stderr=True, no_color=not colour(sys.stderr))
    with console.status(f"Printing {name}, to freeze it"):
        yield
