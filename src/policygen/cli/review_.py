"""`policygen review`: what Word files that came back say, clause by clause."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygen.cli.options import profile_argument, templates_option
from policygen.cli.output import deliver, document_bytes, output_options
from policygen.cli.progress import progress
from policygen.cli.show import problems_shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygen.model.review.review import Review


@click.command("review")
@profile_argument(many=False)
@click.argument(
    "returned", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="RETURNED.docx..."
)
@output_options(("terminal", "html", "markdown", "docx", "pdf", "json"), "terminal")
@templates_option
def review_command(
    profile: str,
    returned: tuple[Path, ...],
    format: str,
    out: Path | None,
    templates: tuple[Path, ...],
) -> None:
    """Show what Word files that came back say: edits, changed values and comments, by clause.

    RETURNED.docx is a file that policygen built and that somebody edited in Word, LibreOffice or
    Google Docs, with or without tracked changes. It is compared with the policy that it was printed
    from: a release, or the policy as it stands. Nothing is written.
    """
    from policygen.load.profile.path import find_profile
    from policygen.pipeline.review import review
    from policygen.pipeline.workspace import Workspace

    with problems_shown():
        path = find_profile(profile)
        with progress(len(returned), lines=False) as step:
            found = review(path, returned, Workspace(templates), step)
        deliver(_render(found, format), format, out)


def _render(found: Sequence[Review], format: str) -> str | bytes:
    """Return the reviews in one format."""
    from policygen.report.review.document import review_report
    from policygen.report.review.serialise import reviews_to_json

    if format == "json":
        return reviews_to_json(found)
    report = review_report(found)
    if format == "terminal":
        from policygen.cli.terminal.document import draw_document

        return draw_document(report)
    return document_bytes(report, format)
