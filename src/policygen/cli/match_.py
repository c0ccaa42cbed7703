"""`policygen match`: a policy that the body already has, beside the clauses of ours."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygen.cli.options import profile_argument, templates_option
from policygen.cli.output import deliver, document_bytes, output_options
from policygen.cli.show import problems_shown

if TYPE_CHECKING:
    from policygen.model.matching.worksheet import Worksheet


@click.command("match")
@profile_argument(many=False)
@click.argument("existing", type=click.Path(path_type=Path), metavar="EXISTING")
@output_options(("terminal", "html", "markdown", "docx", "pdf", "json"), "terminal")
@templates_option
def match_command(
    profile: str, existing: Path, format: str, out: Path | None, templates: tuple[Path, ...]
) -> None:
    """Set a policy that you already have beside our clauses: which passage may say which.

    EXISTING is a Word file, a PDF, a web page, Markdown or plain text; scanned pages cannot be
    read. Every clause is shown with the passages that may say it already, and with times, ages and
    roles that differ. It is a worksheet and no verdict: a person decides.
    """
    from policygen.load.profile.path import find_profile
    from policygen.pipeline.match.match import match
    from policygen.pipeline.workspace import Workspace

    with problems_shown():
        sheet = match(find_profile(profile), existing, Workspace(templates))
        deliver(_render(sheet, format), format, out)


def _render(sheet: Worksheet, format: str) -> str | bytes:
    """Return the worksheet in one format."""
    from policygen.report.match.document import worksheet_report
    from policygen.report.match.serialise import worksheet_to_json

    if format == "json":
        return worksheet_to_json(sheet)
    report = worksheet_report(sheet)
    if format == "terminal":
        from policygen.cli.terminal.document import draw_document

        return draw_document(report)
    return document_bytes(report, format)
