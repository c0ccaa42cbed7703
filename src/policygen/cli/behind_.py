"""`policygen behind`: which of many bodies are behind the model."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygen.cli.escape import printable
from policygen.cli.options import bodies_or_all, on_option, profile_argument, templates_option
from policygen.cli.output import deliver, output_options, rendered
from policygen.cli.progress import progress
from policygen.cli.show import echo_err, problems_shown, show

if TYPE_CHECKING:
    from policygen.model.year.behind import BodyStanding
    from policygen.pipeline.workspace import Workspace


@click.command("behind")
@profile_argument(required=False)
@on_option
@click.option(
    "--letters",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write a letter (Word) to each body that is behind into this folder, too.",
)
@click.option("--exit-code", is_flag=True, help="End with status 1 when any body is behind, too.")
@output_options(("terminal", "html", "markdown", "docx", "pdf", "csv", "xlsx", "json"), "terminal")
@templates_option
def behind_command(
    profiles: tuple[str, ...],
    on: date,
    letters: Path | None,
    exit_code: bool,
    format: str,
    out: Path | None,
    templates: tuple[Path, ...],
) -> None:
    """Say which bodies are behind the model: in which clauses, since when, with review dates.

    A body is behind where today's library would tell the version that it released otherwise, from
    the same facts and words of its own. A PROFILE may be a folder of bodies. Without one, looks at
    every one in ./profiles, or else at the shipped examples.

    The status is 1 when a body has no policy by today's library, or a release that was changed.
    """
    from policygen.pipeline.names.names import find_profiles
    from policygen.pipeline.workspace import Workspace

    with problems_shown():
        paths, missing = find_profiles(bodies_or_all(profiles))
        show(missing)
        bodies = _bodies(paths, Workspace(templates), on)
        if letters:
            from policygen.pipeline.year.letters import letters_to_behind
            from policygen.report.consultation.sentences import counted

            written = letters_to_behind(bodies, on, letters)
            echo_err(printable(f"{counted(len(written), 'letter')} in {letters}."))
        if bodies:
            deliver(_render(bodies, on, format), format, out)
    is_behind = exit_code and any(one.is_behind for one in bodies)
    sys.exit(1 if missing or is_behind or any(one.fault for one in bodies) else 0)


def _bodies(paths: list[Path], workspace: Workspace, on: date) -> list[BodyStanding]:
    """Return how each body stands, one after another."""
    from policygen.pipeline.year.behind import body_standing
    from policygen.pipeline.year.change_days import ChangeDays

    found: list[BodyStanding] = []
    days = ChangeDays()
    with progress(len(paths), lines=False) as step:
        for path in paths:
            step(path.resolve().parent.name)
            found.append(body_standing(path, workspace, on, days))
    return found


def _render(bodies: list[BodyStanding], on: date, format: str) -> str | bytes:
    """Return the table in one format."""
    from policygen.report.year.behind import table

    match format:
        case "json":
            return table.behind_to_json(bodies, on)
        case "csv":
            from policygen.write.sheet.csv_file import csv_bytes

            return csv_bytes(table.behind_grid(bodies))
        case "xlsx":
            from policygen.write.sheet.xlsx import SheetLook, workbook_bytes

            bodies_look = SheetLook("Bodies", "en-GB", table.BODY_WIDTHS, 0, is_form=False)
            clauses_look = SheetLook("Clauses", "en-GB", table.CLAUSE_WIDTHS, 0, is_form=False)
            sheets = (
                (table.behind_grid(bodies), bodies_look),
                (table.behind_clause_grid(bodies), clauses_look),
            )
            return workbook_bytes("Who is behind the model", sheets)
        case _:
            return rendered(table.behind_report(bodies, on), format)
