"""`policygen evidence`: what was in force on a day, for a request or a tribunal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygen.cli.escape import printable
from policygen.cli.options import (
    TypedDay,
    complete_clauses,
    complete_from_library,
    profile_argument,
    templates_option,
    today,
)
from policygen.cli.show import echo_err, echo_out, problems_shown, show

if TYPE_CHECKING:
    from datetime import date

    from policygen.model.year.evidence import Evidence


@click.command("evidence")
@profile_argument(many=False)
@click.option(
    "--on",
    "on",
    required=True,
    metavar="DATE",
    type=TypedDay(),
    help="The day that is asked about, such as 2027-03-01.",
)
@click.option(
    "--clause",
    "clauses",
    multiple=True,
    metavar="CLAUSE",
    shell_complete=complete_clauses,
    help="Only this clause, by its id, number or name; may be given again. Left out: all.",
)
@click.option(
    "--audience",
    default="",
    metavar="AUDIENCE",
    shell_complete=complete_from_library(lambda library: library.outline.audiences),
    help="What these readers were told, such as managers.",
)
@click.option(
    "--full",
    is_flag=True,
    help="With details, practice and where each clause comes from in the paper itself.",
)
@click.option(
    "--signed",
    "lists",
    multiple=True,
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A sign-off list that came back: counts go into the paper, names do not. May be repeated.",
)
@click.option(
    "--out",
    "-o",
    metavar="FOLDER|ZIP",
    type=click.Path(path_type=Path),
    help="Where to. Left out: a zip here, named after the body and the day.",
)
@templates_option
def evidence_command(
    profile: str,
    on: date,
    clauses: tuple[str, ...],
    audience: str,
    full: bool,
    lists: tuple[Path, ...],
    out: Path | None,
    templates: tuple[Path, ...],
) -> None:
    """Gather what was in force on a day, for a request for information or a tribunal.

    It finds the release that was in force, and makes one PDF with an index: its approval and seal,
    its rules as printed, what it changed and what has changed since, where its words come from, who
    was asked, private people unnamed, and how many signed it. A clause that is named is told at
    each depth. Beside it lie the release as it
    was frozen, and a checksum of every file. The same releases give the same bytes, whenever it is
    made.
    """
    from policygen.load.profile.path import find_profile
    from policygen.pipeline.workspace import Workspace
    from policygen.pipeline.year.bundle import write_bundle
    from policygen.pipeline.year.evidence import evidence, evidence_bundle
    from policygen.pipeline.year.signed import signed

    with problems_shown():
        path = find_profile(profile)
        name = path.resolve().parent.name
        target = out or Path(f"{name}-evidence-{on}.zip")
        workspace = Workspace(templates)
        sign_offs = None
        if lists:
            sign_offs, problems = signed(path, lists, on, workspace)
            show(problems)
        found = evidence(path, on, workspace, clauses, audience, sign_offs, full=full)
        files = evidence_bundle(found, workspace)
        write_bundle(files, target)
    echo_out(printable(str(target)))
    echo_err(_summary(found, name, len(files)))
    if on > today():
        echo_err("That day is yet to come: this holds only if no other version is released.")


def _summary(found: Evidence, name: str, files: int) -> str:
    """Return which version was in force, and since when it is not."""
    entry, later = found.entry, found.later
    ended = f", until {later.version} took its place on {later.issued}" if later else ""
    return printable(
        f"{name}@{entry.version} was in force on {found.day}: issued on {entry.issued}{ended}. "
        f"{files} files; the paper is evidence.pdf."
    )
