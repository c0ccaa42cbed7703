"""`policygen report`: a paper made of a policy, for those who decide about it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygen.cli.options import on_option, profile_argument, templates_option
from policygen.cli.output import deliver, output_options, rendered
from policygen.cli.show import problems_shown

if TYPE_CHECKING:
    from policygen.model.document import Document
    from policygen.pipeline.workspace import Workspace

_BOARD, _REVIEW = "board", "review"


@click.command("report")
@click.argument("paper", metavar="board|review", type=click.Choice([_BOARD, _REVIEW]))
@profile_argument(many=False)
@click.option(
    "--log",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="For a review: the log of what was kept, as `policygen kept` reads it.",
)
@on_option
@output_options(("terminal", "docx", "pdf", "html", "markdown"), "terminal")
@templates_option
def report_command(
    paper: str,
    profile: str,
    log: Path | None,
    on: date,
    format: str,
    out: Path | None,
    templates: tuple[Path, ...],
) -> None:
    """Print a paper for those who decide about a policy: for its board, or for its review.

    board, on two sides: what they are asked to decide, why, the postures side by side for this
    body, what changed since the last approved version, what it commits the body to, what can cost
    somebody their job, what the assessments found, who was asked, and which sources nobody has
    confirmed.

    review, as of --on: what is overdue, what has changed in law and in the library since the
    release, your own words to read again, comments that are left, and, with --log, what was kept,
    late and missed, incidents, and promises that nobody needed.
    """
    from policygen.load.profile.path import find_profile
    from policygen.pipeline.workspace import Workspace

    if log and paper == _BOARD:
        raise click.UsageError("--log belongs to a review: the board's paper has none.")
    with problems_shown():
        path, workspace = find_profile(profile), Workspace(templates)
        document = _board(path, workspace) if paper == _BOARD else _review(path, log, workspace, on)
        deliver(rendered(document, format), format, out)


def _board(profile: Path, workspace: Workspace) -> Document:
    """Return the board's paper. Raises PolicygenError."""
    from policygen.pipeline.board import board_findings
    from policygen.report.board.document import board_paper

    return board_paper(board_findings(profile, workspace))


def _review(profile: Path, log: Path | None, workspace: Workspace, on: date) -> Document:
    """Return the pack that a review begins with. Raises PolicygenError."""
    from policygen.pipeline.year.review_pack import review_pack
    from policygen.report.year.kept.review_pack import review_paper

    return review_paper(review_pack(profile, log, workspace, on))
