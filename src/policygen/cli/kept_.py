"""`policygen kept`: what was done in a year against what the policy promises."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygen.cli.escape import printable
from policygen.cli.form_file import deliver_form
from policygen.cli.options import TypedDay, on_option, profile_argument, templates_option
from policygen.cli.output import deliver, output_options, rendered
from policygen.cli.show import echo_err, problems_shown

if TYPE_CHECKING:
    from policygen.model.year.kept_findings import KeptFindings


@click.command("kept")
@profile_argument(many=False)
@click.argument(
    "log", metavar="[LOG]", required=False, type=click.Path(path_type=Path, dir_okay=False)
)
@click.option(
    "--template",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write the empty log here instead, as .xlsx or .csv: a row for each promise.",
)
@on_option
@click.option(
    "--since",
    metavar="DATE",
    type=TypedDay(),
    help="The first day that counts. Left out: a year before, or when the policy was first issued.",
)
@output_options(("terminal", "html", "markdown", "docx", "pdf", "csv", "xlsx", "json"), "terminal")
@templates_option
def kept_command(
    profile: str,
    log: Path | None,
    template: Path | None,
    on: date,
    since: date | None,
    format: str,
    out: Path | None,
    templates: tuple[Path, ...],
) -> None:
    """Say what was kept, late, missed and never needed of what the policy promises.

    LOG is a spreadsheet (XLSX or CSV) with a row for each time that a promise counted; --template
    writes an empty one. It is read against the policy that was in force, beside what has changed in
    law and in the library since. `policygen report review` prints all that a review begins with.
    """
    from policygen.load.profile.path import find_profile
    from policygen.pipeline.workspace import Workspace
    from policygen.pipeline.year.kept import empty_log, kept_findings

    if bool(log) == bool(template):
        raise click.UsageError("Give the LOG that was kept, or --template FILE for an empty one.")
    workspace = Workspace(templates)
    with problems_shown():
        path = find_profile(profile)
        if template:
            ending = _ending(template)
            empty = empty_log(path, workspace, ending)
            deliver_form(empty, ending, template)
            name = path.resolve().parent.name
            command = f"policygen kept {name} {template}"
            echo_err(printable(f"{template}: a row for each promise. `{command}` reads it."))
            return
        found = kept_findings(path, log, workspace, on, since)
        deliver(_render(found, format), format, out)


def _ending(template: Path) -> str:
    ending = template.suffix.lower().removeprefix(".")
    if ending not in ("xlsx", "csv"):
        raise click.UsageError("Name the empty log so that it ends in .xlsx or .csv.")
    return ending


def _render(found: KeptFindings, format: str) -> str | bytes:
    """Return the findings in one format."""
    from policygen.report.year.kept.document import kept_grid, kept_paper, kept_to_json

    match format:
        case "json":
            return kept_to_json(found)
        case "csv":
            from policygen.write.sheet.csv_file import csv_bytes

            return csv_bytes(kept_grid(found))
        case "xlsx":
            from policygen.write.sheet.xlsx import SheetLook, xlsx_bytes

            look = SheetLook(
                "Kept", "en-GB", (16, 40, 10, 14, 12, 12, 12, 10, 50), 0, is_form=False
            )
            return xlsx_bytes(kept_grid(found), look)
        case _:
            return rendered(kept_paper(found), format)
