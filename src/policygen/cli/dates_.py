"""`policygen dates`: what of a policy is due, and when."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygen.cli.options import bodies_or_all, on_option, profile_argument, templates_option
from policygen.cli.output import deliver, output_options, rendered
from policygen.cli.progress import progress
from policygen.cli.show import problems_shown, show

if TYPE_CHECKING:
    from policygen.model.year.body_dates import BodyDates
    from policygen.pipeline.workspace import Workspace

_CALENDAR = "ics"


@click.command("dates")
@profile_argument(required=False)
@on_option
@output_options(
    ("terminal", "html", "markdown", "docx", "pdf", "csv", "json", _CALENDAR), "terminal"
)
@templates_option
def dates_command(
    profiles: tuple[str, ...],
    on: date,
    format: str,
    out: Path | None,
    templates: tuple[Path, ...],
) -> None:
    """Say what is due, and when: the review, elections, promises, sources to look up again.

    A PROFILE may be a folder of bodies. Without one, looks at every one in ./profiles, or else at
    the shipped examples. As ics it is a calendar file, which has every date until the review,
    whatever day it is.

    The status is 1 when a body's policy cannot be composed; what is overdue is an error of
    `policygen check`.
    """
    from policygen.pipeline.names.names import find_profiles
    from policygen.pipeline.workspace import Workspace

    with problems_shown():
        paths, missing = find_profiles(bodies_or_all(profiles))
        show(missing)
        day = None if format == _CALENDAR else on
        bodies, failed = _bodies(paths, Workspace(templates), day)
        if bodies:
            deliver(_render(bodies, on, format), format, out)
    sys.exit(1 if missing or failed else 0)


def _bodies(
    paths: list[Path], workspace: Workspace, on: date | None
) -> tuple[list[BodyDates], bool]:
    """Return the dates of each body, on a day or all of them, and whether one has none to give."""
    from policygen.pipeline.year.dates import body_dates, dates_of_term
    from policygen.problems import PolicygenError

    found: list[BodyDates] = []
    with progress(len(paths), lines=False) as step:
        for path in paths:
            step(path.resolve().parent.name)
            try:
                dates = body_dates(path, workspace, on) if on else dates_of_term(path, workspace)
                found.append(dates)
            except PolicygenError as error:
                show(error.problems)
    return found, len(found) < len(paths)


def _render(bodies: list[BodyDates], on: date, format: str) -> str | bytes:
    """Return the dates in one format."""
    if format == _CALENDAR:
        from policygen.pipeline.year.calendar import calendar

        return calendar(bodies)
    if format in ("csv", "json"):
        from policygen.report.year.dates.serialise import dates_to_csv, dates_to_json

        return dates_to_csv(bodies, on) if format == "csv" else dates_to_json(bodies, on)
    from policygen.report.year.dates.document import dates_report

    return rendered(dates_report(bodies, on), format)
