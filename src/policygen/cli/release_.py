"""`policygen release`: freeze a version with the files published."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from policygen.cli.escape import printable
from policygen.cli.options import (
    editions_option,
    formats_option,
    profile_argument,
    templates_option,
)
from policygen.cli.progress import progress
from policygen.cli.show import echo_err, echo_path, problems_shown, show

if TYPE_CHECKING:
    from collections.abc import Sequence


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
    "--handbook",
    is_flag=True,
    help="Release an issue of the handbook alone, such as 1.0-h2: practice, contacts, accounts and "
    "dates, which change without the board. The policy and its approval stay as they are; all else "
    "that its version published is printed again.",
)
@click.option(
    "--issued",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="With --handbook: the day on which it is issued, such as 2027-05-04.",
)
@click.option(
    "--changed-by",
    default="",
    metavar="TEXT",
    help="With --handbook: who changed it, by role. Left out: the policy's owner.",
)
@editions_option
@formats_option
@templates_option
def release_command(
    profile: str,
    summary: str,
    minor: bool,
    major: bool,
    handbook: bool,
    issued: datetime | None,
    changed_by: str,
    editions: tuple[str, ...],
    formats: tuple[str, ...],
    templates: tuple[Path, ...],
) -> None:
    """Freeze a version of a policy with the files published, in releases/<version>/.

    The version is the profile's own, or with --minor or --major the next, which the profile then
    says. With --handbook it is an issue of that version's handbook. A release never changes:
    policygen compares every file with its checksum whenever it reads one.
    """
    from policygen.load.profile.path import find_profile
    from policygen.pipeline.release import release
    from policygen.pipeline.released.release_handbook import release_handbook
    from policygen.pipeline.workspace import Workspace

    _require_options_that_agree(minor, major, handbook, issued, changed_by)
    bump: Literal["", "minor", "major"] = ""
    if minor or major:
        bump = "major" if major else "minor"
    with problems_shown():
        path = find_profile(profile)
        with progress(1) as step:
            step(path.resolve().parent.name)
            workspace = Workspace(templates, on_step=step.detail)
            if issued:
                folder, problems = release_handbook(
                    path, workspace, summary, issued.date(), changed_by, editions, formats
                )
            else:
                folder, problems = release(path, workspace, summary, bump, editions, formats)
        show(problems)
        _list_files(path, folder)
        if issued:
            _say_what_stays(path, folder.name)
        else:
            _say_what_next(path, folder.name)


def _require_options_that_agree(
    minor: bool, major: bool, handbook: bool, issued: datetime | None, changed_by: str
) -> None:
    """Raise a UsageError for options of which one makes no sense beside another, or alone."""
    if minor and major:
        raise click.UsageError("Give --minor or --major, not both.")
    if handbook and (minor or major):
        raise click.UsageError(
            "--handbook leaves the version as it is: leave --minor and --major out."
        )
    if handbook and not issued:
        raise click.UsageError("Say on which day the handbook is issued: --issued 2027-05-04.")
    if not handbook and (issued or changed_by):
        raise click.UsageError(
            "--issued and --changed-by are for --handbook: a policy has its dates in the profile."
        )


def _list_files(profile: Path, folder: Path) -> None:
    """Name the files of the release, the record first, then those of the policy, then folders."""
    from policygen.load.files import display_path
    from policygen.load.records import RECORD_FILE, read_every_record

    record = read_every_record(profile.parent)[-1]
    files: Sequence[str] = sorted(record.files, key=lambda name: (name.count("/"), name))
    for file in (RECORD_FILE, *files):
        echo_path(display_path(folder / file))


def _say_what_next(profile: Path, version: str) -> None:
    """Say what the seal is, where it belongs, and how the next release begins."""
    from policygen.load.records import read_seal

    name = printable(profile.resolve().parent.name)
    echo_err(f"{name}@{version} is frozen. Its seal is {read_seal(profile.parent, version)}:")
    echo_err(
        "    write that into the minutes, and put the folder into version control or a backup."
    )
    command = f"policygen diff {name}@{version} {name}"
    echo_err(f"When the policy changes next, `{command}` drafts the summary.")


def _say_what_stays(profile: Path, issue: str) -> None:
    """Say what the seal of an issue of the handbook is, and that the policy stands as it was."""
    from policygen.load.records import read_seal

    name = printable(profile.resolve().parent.name)
    version = issue.partition("-h")[0]
    echo_err(f"{name}@{issue} is frozen. Its seal is {read_seal(profile.parent, issue)}:")
    echo_err("    keep that, and put the folder into version control or a backup.")
    echo_err(f"The policy stands as it was approved, in releases/{version}/.")
