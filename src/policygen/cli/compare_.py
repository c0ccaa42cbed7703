"""`policygen compare`: what many bodies make of each clause."""

from __future__ import annotations

from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING

import click

from policygen.cli.output import deliver, output_options
from policygen.cli.progress import progress
from policygen.cli.show import choices, problems_shown, profile_argument, templates_option

if TYPE_CHECKING:
    from policygen.model.matrix import Matrix

FORMATS = ("terminal", "html", "csv", "json")
MOST = 10  # lines of a list on a terminal
_CLAUSE = 34  # columns of a terminal for a clause's title
_CELL = 13  # and for each body


@click.command("compare")
@profile_argument(required=False)
@click.option(
    "--section",
    metavar="SECTION",
    shell_complete=choices(lambda library: library.outline.sections),
    help="Only one section.",
)
@click.option("--substance", is_flag=True, help="Only clauses in which more than names differs.")
@click.option(
    "--language",
    metavar="TAG",
    default="",
    help="Compare this language, such as cy. Left out: the first.",
)
@output_options(FORMATS, "terminal")
@templates_option
def command(
    profiles: tuple[str, ...],
    section: str | None,
    substance: bool,
    language: str,
    format: str,
    out: Path | None,
    templates: tuple[Path, ...],
) -> None:
    """Set many policies side by side: which body has whose words, clause by clause, and how far apart they are.

    Each PROFILE is a profile, a release (fenwick@1.0), a profile at a git revision or a policy.json. Without one,
    compares every profile in ./profiles, or else the shipped examples. A letter is a wording, A the commonest.
    """
    from policygen.load.profile_path import known_profiles
    from policygen.pipeline.compare import compare_many
    from policygen.pipeline.workspace import Workspace

    with problems_shown():
        every = known_profiles()
        own = [name for name, path in every.items() if path.parts[0] == "profiles"]
        names = profiles or own or tuple(every)
        with progress(len(names), lines=False) as step:
            found = compare_many(
                names, Workspace(templates), language=language, section=section or "", step=step
            )
        if substance:
            from policygen.diff.matrix import without_names as narrowed

            found = narrowed(found)
        deliver(_made(found, format), format, out)


def _made(found: Matrix, format: str) -> str | bytes:
    """The matrix as one format has it."""
    if format in ("csv", "json"):
        from policygen.report.matrix.serialise import matrix_to_csv, matrix_to_json

        return matrix_to_csv(found) if format == "csv" else matrix_to_json(found)
    if format == "html":
        from policygen.pipeline.compare import matrix_page

        return matrix_page(found)
    from policygen.cli.terminal import drawn
    from policygen.report.matrix.document import matrix_report, matrix_table, matrix_too_wide

    room = (get_terminal_size((100, 24)).columns - _CLAUSE) // _CELL
    fits = len(found.bodies) <= room
    return drawn(
        matrix_report(
            found, most=MOST, close=(matrix_table(found) if fits else matrix_too_wide(found),)
        )
    )
