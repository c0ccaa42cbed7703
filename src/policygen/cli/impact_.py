"""`policygen impact`: what a change of the library does to every policy."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygen.cli.escape import printable
from policygen.cli.options import (
    bodies_or_all,
    jobs_option,
    on_option,
    profile_argument,
    templates_option,
)
from policygen.cli.output import deliver, document_bytes, output_options
from policygen.cli.progress import progress
from policygen.cli.show import echo_err, problems_shown, show

if TYPE_CHECKING:
    from policygen.model.comparison.impact import Impact
    from policygen.model.outline.outline import Outline
    from policygen.pipeline.workspace import Workspace


@click.command("impact")
@profile_argument(required=False)
@click.option(
    "--since", required=True, metavar="REV", help="A git revision: a tag, a branch, an id, HEAD~3."
)
@click.option("--exit-code", is_flag=True, help="End with status 1 when any policy changes, too.")
@click.option(
    "--letters",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write a letter (Word) to each body that the change reaches into this folder, too.",
)
@on_option
@jobs_option
@output_options(("terminal", "html", "markdown", "docx", "pdf", "json"), "terminal")
@templates_option
def impact_command(
    profiles: tuple[str, ...],
    since: str,
    exit_code: bool,
    letters: Path | None,
    on: date,
    jobs: int,
    format: str,
    out: Path | None,
    templates: tuple[Path, ...],
) -> None:
    """Show which policies change because the library moved, which clauses, and their words now.

    Each profile is taken as it stands, and composed with the library of REV and with that of
    today. A PROFILE may be a folder of bodies. Without one, looks at every one in ./profiles, or
    else at the shipped examples.

    The status is 1 when an edit became stale or a policy can no longer be composed.
    """
    from policygen.pipeline.impact import impact
    from policygen.pipeline.names.names import find_profiles
    from policygen.pipeline.workspace import Workspace

    with problems_shown():
        paths, missing = find_profiles(bodies_or_all(profiles))
        show(missing)
        workspace = Workspace(templates)
        with progress(len(paths), lines=False) as step:
            workspace = workspace.reporting_to(step)
            found = impact(since, paths, workspace, jobs)
        for failure in found.failing:
            show(failure.problems)
        if letters:
            _write_letters(found, paths, workspace, on, letters)
        deliver(_render(found, format, workspace.library.outline), format, out)
    changed = exit_code and found.moved
    sys.exit(1 if missing or found.broken or changed else 0)


def _write_letters(
    found: Impact, paths: list[Path], workspace: Workspace, on: date, folder: Path
) -> None:
    """Write to each body that the change reaches. Raises PolicygenError."""
    from policygen.pipeline.year.behind import body_standing
    from policygen.pipeline.year.change_days import ChangeDays
    from policygen.pipeline.year.letters import letters_of_impact
    from policygen.report.consultation.sentences import counted

    days = ChangeDays()
    standings = (body_standing(path, workspace, on, days) for path in paths)
    written = letters_of_impact(found, workspace.library.outline, standings, on, folder)
    echo_err(printable(f"{counted(len(written), 'letter')} in {folder}."))


def _render(impact: Impact, format: str, outline: Outline) -> str | bytes:
    """Return the impact in one format."""
    from policygen.report.impact.document import impact_report
    from policygen.report.impact.serialise import impact_to_json

    if format == "json":
        return impact_to_json(impact)
    report = impact_report(impact, outline)
    if format == "terminal":
        from policygen.cli.terminal.document import draw_document

        return draw_document(report)
    return document_bytes(report, format)
