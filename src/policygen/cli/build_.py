"""`policygen build`: profiles to finished files."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygen.cli.escape import printable
from policygen.cli.options import (
    audience_option,
    editions_option,
    formats_option,
    jobs_option,
    named_profiles,
    profile_argument,
    strict_option,
    templates_option,
)
from policygen.cli.progress import progress
from policygen.cli.show import echo_err, echo_path, is_failure, problems_shown, show

if TYPE_CHECKING:
    from policygen.pipeline.fleet.build_order import BuiltBody
    from policygen.pipeline.names.names import FoundVersion
    from policygen.pipeline.workspace import Workspace


@click.command("build")
@profile_argument()
@editions_option
@formats_option
@audience_option
@click.option(
    "--site",
    is_flag=True,
    help="Make DIR/<organisation>/site too, for a web server, and paste, for an intranet.",
)
@click.option(
    "--out",
    "-o",
    type=click.Path(path_type=Path),
    default=Path("dist"),
    show_default=True,
    help="Where to.",
)
@jobs_option
@click.option(
    "--since",
    metavar="REV",
    default="",
    help="Only those that a change reaches since a git revision: of their folder, or of the "
    "templates that they are made of.",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    default="",
    help="Build on the workers of a Dask scheduler, such as tcp://10.0.0.5:8786.",
)
@click.option("--fail-fast", is_flag=True, help="Stop at the first body that cannot be built.")
@strict_option
@templates_option
def build_command(
    profiles: tuple[str, ...],
    editions: tuple[str, ...],
    formats: tuple[str, ...],
    audience: str,
    site: bool,
    out: Path,
    jobs: int,
    since: str,
    scheduler: str,
    fail_fast: bool,
    strict: bool,
    templates: tuple[Path, ...],
) -> None:
    """Print one or more policies into DIR/<organisation>/.

    A release, such as fenwick@1.0, is printed again as it was; one whose place a later
    release took says so on every page.

    Beside the documents stand policy.json, the whole policy for other programs, and
    DIR/manifest.json, which lists every file with its checksum. What has not changed since the
    last build is left as it is.

    With --audience managers, policy.for-managers.pdf stands beside policy.pdf: the clauses that
    are for managers and those for everyone, under the policy's own numbers.

    With --site, DIR/<organisation>/site holds every document and an index page that leads to
    them: put the folder on a web server as it is. DIR/<organisation>/paste holds each edition
    as plain HTML, headings from level 2, to paste into a page of an intranet.
    """
    from policygen.pipeline.fleet.build_all import build_all, with_fingerprints
    from policygen.pipeline.fleet.build_order import BuildOrder
    from policygen.pipeline.names.names import find_versions
    from policygen.pipeline.workspace import Workspace
    from policygen.write.writer import default_formats

    with problems_shown():
        named, missing = find_versions(named_profiles(profiles))
        workspace = Workspace(templates)
        if since:
            named = _reached(since, named, workspace)
        order = BuildOrder(out, editions, formats or default_formats(), audience, site)
        with progress(len(named), lines=False) as step:
            bodies = with_fingerprints(named, order, workspace, step)
        show(missing)
        failed = bool(missing)
        with progress(len(named)) as step:
            workspace = workspace.reporting_to(step.detail)
            outcomes = build_all(bodies, order, workspace, jobs, step, scheduler)
            with closing(outcomes):
                for outcome in outcomes:
                    _tell(outcome)
                    failed = failed or is_failure(outcome.problems, strict)
                    if failed and fail_fast:
                        break
    sys.exit(1 if failed else 0)


def _reached(since: str, named: list[FoundVersion], workspace: Workspace) -> list[FoundVersion]:
    """Return those that a change reaches since a git revision, and say how many they are."""
    from policygen.pipeline.changed_files import reached_since

    reached = reached_since(since, named, workspace)
    bodies = "body" if len(named) == 1 else "bodies"
    echo_err(printable(f"A change since {since} reaches {len(reached)} of {len(named)} {bodies}."))
    return reached


def _tell(outcome: BuiltBody) -> None:
    """Name the files of a body on standard output, and what is wrong with it on the other."""
    if outcome.is_unchanged:
        echo_err(f"{printable(outcome.body.name)}: nothing has changed since the last build")
    for path in outcome.paths:
        echo_path(str(path))
    show(outcome.problems)
