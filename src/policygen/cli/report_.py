"""`policygen report`: a paper made of a policy, for those who decide about it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygen.cli.options import profile_argument, templates_option
from policygen.cli.output import deliver, document_bytes, output_options
from policygen.cli.show import problems_shown

if TYPE_CHECKING:
    from policygen.model.comparison.board import BoardFindings


@click.command("report")
@click.argument("paper", metavar="board", type=click.Choice(["board"]))
@profile_argument(many=False)
@output_options(("terminal", "docx", "pdf", "html", "markdown"), "terminal")
@templates_option
def report_command(
    paper: str, profile: str, format: str, out: Path | None, templates: tuple[Path, ...]
) -> None:
    """Print the paper with which a policy goes to whoever approves it, on two sides.

    What they are asked to decide, why, the postures side by side for this body, what changed since
    the last approved version, what it commits the body to, what can cost somebody their job, what
    the assessments found, who was asked, and which sources nobody has confirmed.
    """
    from policygen.load.profile.path import find_profile
    from policygen.pipeline.board import board_findings
    from policygen.pipeline.workspace import Workspace

    with problems_shown():
        found = board_findings(find_profile(profile), Workspace(templates))
        deliver(_render(found, format), format, out)


def _render(found: BoardFindings, format: str) -> str | bytes:
    """Return the paper in one format. Raises PolicygenError."""
    from policygen.report.board.document import board_paper

    document = board_paper(found)
    if format == "terminal":
        from policygen.cli.terminal.document import draw_document

        return draw_document(document)
    return document_bytes(document, format)
