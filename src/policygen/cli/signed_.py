"""`policygen signed`: a kit with which staff sign, and who has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygen.cli.escape import printable
from policygen.cli.options import on_option, profile_argument, templates_option
from policygen.cli.output import deliver, output_options, rendered
from policygen.cli.show import echo_err, echo_path, problems_shown, show

if TYPE_CHECKING:
    from datetime import date

    from policygen.model.year.sign_off import SignOffFindings
    from policygen.pipeline.workspace import Workspace

_FORMATS = ("terminal", "html", "markdown", "docx", "pdf", "csv", "json")


@click.command("signed")
@profile_argument(many=False)
@click.argument("lists", nargs=-1, type=click.Path(path_type=Path), metavar="[RETURNED]...")
@click.option(
    "--kit",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write what staff sign and are asked into this folder.",
)
@on_option
@click.option("--no-names", is_flag=True, help="Say how many, and name nobody.")
@output_options(_FORMATS, "terminal")
@templates_option
def signed_command(
    profile: str,
    lists: tuple[Path, ...],
    kit: Path | None,
    on: date,
    no_names: bool,
    format: str,
    out: Path | None,
    templates: tuple[Path, ...],
) -> None:
    """Say who has not signed the version in force, and who must sign anew.

    RETURNED are sign-off lists that came back, XLSX or CSV: one row for each person, with the
    version and the day. Who signed an earlier version must sign anew if a rule has changed since,
    and need not if only the practice has.

    --kit makes what staff sign: a record of briefing of one page (PDF and Word), five questions
    with their answers (text, CSV, and GIFT for an e-learning system), and an empty sign-off list.

    Names are shown and not kept: a file of them is refused where git would keep it.
    """
    from policygen.load.profile.path import find_profile
    from policygen.pipeline.workspace import Workspace
    from policygen.pipeline.year.signed import require_private, signed

    if bool(kit) == bool(lists):
        raise click.UsageError("Give --kit FOLDER to begin, or the lists that came back.")
    if no_names and format == "csv":
        raise click.UsageError("A CSV has a row for each person: leave --no-names out.")
    with problems_shown():
        path, workspace = find_profile(profile), Workspace(templates)
        if kit:
            _write_kit(path, kit, on, workspace)
            return
        if out and not no_names:
            require_private(out)
        found, problems = signed(path, lists, on, workspace)
        show(problems)
        deliver(_render(found, format, names=not no_names), format, out)


def _write_kit(profile: Path, folder: Path, on: date, workspace: Workspace) -> None:
    """Make the kit, and say what stands where."""
    from policygen.pipeline.year.kit import sign_off_kit, write_kit

    kit = sign_off_kit(profile, on, workspace)
    written, left = write_kit(kit, folder)
    show(kit.problems)
    for name in written:
        echo_path(name)
    for name in left:
        place = printable(str(folder / name))
        echo_err(f"{place}: somebody may have signed there, so it was left as it is.")
    people = printable(str(folder / "people"))
    echo_err(f"The kit of {kit.release}. Keep what comes back in {people}: git ignores it.")


def _render(found: SignOffFindings, format: str, *, names: bool) -> str | bytes:
    """Return who has signed in one format."""
    from policygen.report.year.sign_offs import (
        sign_off_report,
        sign_offs_to_csv,
        sign_offs_to_json,
    )

    match format:
        case "csv":
            return sign_offs_to_csv(found)
        case "json":
            return sign_offs_to_json(found, names=names)
        case _:
            return rendered(sign_off_report(found, names=names), format)
