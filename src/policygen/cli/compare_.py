"""`policygen compare`: what many bodies make of each clause."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING

import click

from policygen.cli.options import (
    jobs_option,
    language_option,
    profile_argument,
    profiles_or_all,
    section_option,
    templates_option,
)
from policygen.cli.output import deliver, output_options
from policygen.cli.progress import progress
from policygen.cli.show import problems_shown

if TYPE_CHECKING:
    from policygen.model.comparison.matrix import Matrix

_MOST = 10  # lines of a list on a terminal
_CLAUSE_COLUMNS = 34  # of a terminal, for a clause's title
_BODY_COLUMNS = 13  # and for each body


@click.command("compare")
@profile_argument(required=False)
@section_option
@click.option("--substance", is_flag=True, help="Only clauses in which more than names differs.")
@language_option
@jobs_option
@output_options(("terminal", "html", "csv", "json"), "terminal")
@templates_option
def compare_command(
    profiles: tuple[str, ...],
    section: str,
    substance: bool,
    language: str,
    jobs: int,
    format: str,
    out: Path | None,
    templates: tuple[Path, ...],
) -> None:
    """Set many policies side by side: who has whose words, clause by clause, and how far apart.

    Each PROFILE is a profile, a release (fenwick@1.0), a profile at a git revision, a policy.json,
    or a policy that you had before, as `policygen match` knows it. Without one, compares every
    profile in ./profiles, or else the shipped examples.
    A letter is a wording, A the commonest.
    """
    from policygen.diff.matrix import without_names
    from policygen.pipeline.fleet.compare_all import compare_many
    from policygen.pipeline.workspace import Workspace

    with problems_shown():
        names = profiles_or_all(profiles)
        workspace = Workspace(templates)
        with progress(len(names), lines=False) as step:
            matrix = compare_many(
                names, workspace, language=language, section=section, jobs=jobs, step=step
            )
        deliver(_render(without_names(matrix) if substance else matrix, format), format, out)


def _render(matrix: Matrix, format: str) -> str | bytes | Iterable[bytes]:
    """Return the matrix in one format."""
    match format:
        case "csv":
            from policygen.report.matrix.serialise import matrix_to_csv

            return matrix_to_csv(matrix)
        case "json":
            from policygen.report.matrix.serialise import matrix_to_json

            return matrix_to_json(matrix)
        case "html":
            from policygen.pipeline.fleet.compare_all import matrix_page

            return matrix_page(matrix)
        case _:
            return _terminal_text(matrix)


def _terminal_text(matrix: Matrix) -> str:
    """Return the matrix for a terminal: as a table where that is wide enough."""
    from policygen.cli.terminal.document import draw_document
    from policygen.report.matrix.document import matrix_report, matrix_table, matrix_too_wide

    columns = get_terminal_size((100, 24)).columns
    fits = len(matrix.bodies) <= (columns - _CLAUSE_COLUMNS) // _BODY_COLUMNS
    table = matrix_table(matrix) if fits else matrix_too_wide(matrix)
    return draw_document(matrix_report(matrix, most=_MOST, close=(table,)))
