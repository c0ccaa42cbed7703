"""`policygen review`: what Word files that came back say, clause by clause."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygen.cli.escape import printable
from policygen.cli.file_changes import write_shown
from policygen.cli.options import (
    because_option,
    cleared_by_option,
    dry_run_option,
    profile_argument,
    templates_option,
)
from policygen.cli.output import deliver, output_options, rendered
from policygen.cli.progress import progress
from policygen.cli.show import echo_err, problems_shown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from policygen.model.review.acceptance import AcceptChoice
    from policygen.model.review.review import Review
    from policygen.pipeline.returned.review import ReadReview
    from policygen.pipeline.workspace import Workspace


@click.command("review")
@profile_argument(many=False)
@click.argument(
    "returned", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="RETURNED.docx..."
)
@output_options(("terminal", "html", "markdown", "docx", "pdf", "json"), "terminal")
@click.option(
    "--accept",
    "ids",
    multiple=True,
    metavar="ID",
    help="Take what came back for this clause or fact (repeatable).",
)
@click.option("--accept-all", is_flag=True, help="Take everything that came back.")
@click.option(
    "--ask", is_flag=True, help="Show one thing after another, and ask whether you take it."
)
@because_option
@cleared_by_option
@dry_run_option
@templates_option
def review_command(
    profile: str,
    returned: tuple[Path, ...],
    format: str,
    out: Path | None,
    ids: tuple[str, ...],
    accept_all: bool,
    ask: bool,
    because: str,
    cleared_by: str,
    dry_run: bool,
    templates: tuple[Path, ...],
) -> None:
    """Show what Word files that came back say: edits, changed values and comments, by clause.

    RETURNED.docx is a file that policygen built and that somebody edited in Word, LibreOffice or
    Google Docs, with or without tracked changes. It is compared with the policy that it was printed
    from: a release, or the policy as it stands.

    With --accept, --accept-all or --ask, what came back is shown as it will stand in your own
    folder, and written there: words into the file of their section, values into profile.yaml. ID is
    the id of a clause, its printed number, or the path of a fact. --ask shows you one clause after
    another and asks. Without them, nothing is written.
    """
    from policygen.load.profile.path import find_profile
    from policygen.pipeline.workspace import Workspace

    is_named = bool(ids) or accept_all
    is_accepting = is_named or ask
    if is_named and ask:
        raise click.UsageError("--ask asks for everything: leave --accept and --accept-all out.")
    if is_accepting and (format != "terminal" or out):
        raise click.UsageError("What is accepted is shown here: leave --format and --out out.")
    if ask and (because or cleared_by):
        raise click.UsageError("--ask asks for reasons too: leave --because and --cleared-by out.")
    if not is_accepting and (dry_run or because or cleared_by):
        raise click.UsageError("--dry-run, --because and --cleared-by go with --accept.")
    with problems_shown():
        path = find_profile(profile)
        workspace = Workspace(templates)
        found = _read(path, returned, workspace)
        if not is_accepting:
            deliver(_render([one.review for one in found], format), format, out)
            _say_how_to_decide(path, [one.review for one in found])
            return
        from policygen.model.review.acceptance import AcceptChoice
        from policygen.pipeline.returned.accept import accept_reviews

        choice = _asked(found) if ask else AcceptChoice(ids, accept_all, because, cleared_by)
        if choice is None:
            echo_err("Nothing was taken.")
            return
        acceptance = accept_reviews(path, found, workspace, choice)
        write = _writes(dry_run=dry_run, ask=ask)
        write_shown(path, acceptance, "Nothing is left to accept.", write)


def _read(profile: Path, returned: Sequence[Path], workspace: Workspace) -> tuple[ReadReview, ...]:
    """Read each copy once, and say which of them was given twice."""
    from policygen.pipeline.returned.given import each_once
    from policygen.pipeline.returned.review import read_reviews

    once, notes = each_once(returned)
    for note in notes:
        echo_err(printable(note))
    with progress(len(once), lines=False) as step:
        return read_reviews(profile, once, workspace, step)


def _say_how_to_decide(profile: Path, reviews: Sequence[Review]) -> None:
    """Say where the decision on a comment is recorded, where a consultation is there for it."""
    from policygen.load.consultation.folder import consultation_versions

    if any(one.comments for one in reviews) and consultation_versions(profile.parent):
        name = printable(profile.resolve().parent.name)
        echo_err(
            f"`policygen consult collate {name} FILE` gives each comment a number; "
            f"`policygen consult answer {name} NUMBER` records what you decide on it, and why."
        )


def _asked(found: Sequence[ReadReview]) -> AcceptChoice | None:
    """Ask for one thing after another; None where there was something, and nothing was taken."""
    from policygen.cli.review_ask import ask_choice

    reviews = [one.review for one in found]
    choice = ask_choice(reviews)
    is_anything_told = any(not review.is_empty for review in reviews)
    return None if is_anything_told and not choice.picks else choice


def _writes(*, dry_run: bool, ask: bool) -> Callable[[], bool]:
    """Return what decides, once all is shown, whether it is written."""
    if dry_run:
        return lambda: False
    if ask:
        return lambda: click.confirm("Write this?", default=True, err=True)
    return lambda: True


def _render(found: Sequence[Review], format: str) -> str | bytes:
    """Return the reviews in one format."""
    if format == "json":
        from policygen.report.review.serialise import reviews_to_json

        return reviews_to_json(found)
    from policygen.report.review.document import review_report

    return rendered(review_report(found), format)
