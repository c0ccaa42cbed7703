"""`policygen match`: a policy that the body already has, beside the clauses of ours."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygen.cli.escape import printable
from policygen.cli.form_file import deliver_form
from policygen.cli.options import (
    dry_run_option,
    profile_argument,
    templates_option,
)
from policygen.cli.output import deliver, output_options, rendered
from policygen.cli.show import echo_err, problems_shown

if TYPE_CHECKING:
    from policygen.model.matching.worksheet import Worksheet
    from policygen.pipeline.match.match import Matching
    from policygen.pipeline.workspace import Workspace

_FORMATS = ("terminal", "html", "markdown", "docx", "pdf", "json", "csv", "xlsx")


@click.command("match")
@profile_argument(many=False)
@click.argument("existing", type=click.Path(path_type=Path), metavar="EXISTING")
@output_options(_FORMATS, "terminal")
@click.option(
    "--decisions",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Read a filled-in worksheet back (.xlsx or .csv), and remember what it decides.",
)
@click.option("--ask", is_flag=True, help="Show one clause after another, and ask.")
@click.option("--apply", is_flag=True, help="Write what was decided into your own folder.")
@dry_run_option
@templates_option
def match_command(
    profile: str,
    existing: Path,
    format: str,
    out: Path | None,
    decisions: Path | None,
    ask: bool,
    apply: bool,
    dry_run: bool,
    templates: tuple[Path, ...],
) -> None:
    """Set a policy that you already have beside our clauses: which passage may say which.

    EXISTING is a Word file, a PDF, a web page, Markdown or plain text; scanned pages cannot be
    read. Every clause is shown with the passages that may say it already, and with times, ages and
    roles that differ. It is a worksheet and no verdict: a person decides.

    Decide in a spreadsheet (--format xlsx, then --decisions) or on the terminal (--ask). What is
    decided is remembered in match.yaml beside your profile, so that a second run asks only what is
    new. --apply writes it: your own words into the file of their section, what stands elsewhere
    under leave_out, and times into profile.yaml.
    """
    from policygen.load.profile.path import find_profile
    from policygen.pipeline.match.match import match
    from policygen.pipeline.workspace import Workspace

    is_deciding = ask or decisions is not None or apply
    if is_deciding and (format != "terminal" or out):
        raise click.UsageError("What is decided is told here: leave --format and --out out.")
    if is_swapped(profile, existing):
        raise click.UsageError(f"PROFILE comes first: policygen match {existing} {profile}")
    if dry_run and not is_deciding:
        raise click.UsageError("--dry-run goes with --decisions, --ask or --apply.")
    with problems_shown():
        path = find_profile(profile)
        workspace = Workspace(templates)
        found = match(path, existing, workspace)
        if not is_deciding:
            hand_over = deliver_form if format in ("xlsx", "csv") else deliver
            hand_over(_render(found.worksheet, format), format, out)
            _say_what_is_next(profile, existing, found.worksheet, format, out)
            return
        found = _decided(found, decisions, ask=ask)
        if ask or decisions is not None:
            _save(path, found, dry_run=dry_run)
            if not (apply or dry_run) and any(row.decision for row in found.worksheet.clauses):
                echo_err(f"`{_command(profile, existing)} --apply` writes it into your own folder.")
        if apply:
            _apply(path, found, workspace, dry_run=dry_run)


def is_swapped(profile: str, existing: Path) -> bool:
    """Tell whether somebody has named the two in the other order: a file, and then a folder."""
    is_profile = existing.is_dir() or existing.suffix.lower() in (".yaml", "")
    return is_profile and Path(profile).is_file() and Path(profile).suffix.lower() != ".yaml"


def _decided(found: Matching, decisions: Path | None, *, ask: bool) -> Matching:
    """Return the matching with what a worksheet and a person decide."""
    from policygen.pipeline.match.decide import decisions_of_worksheet, with_decided

    if decisions is not None:
        read = decisions_of_worksheet(decisions, found)
        found = with_decided(found, read.clauses, read.own)
    if ask:
        from policygen.cli.match_ask import ask_decisions

        asked = ask_decisions(found.worksheet)
        found = with_decided(found, asked.clauses, asked.own)
    return found


def _save(profile: Path, found: Matching, *, dry_run: bool) -> None:
    """Remember what is decided, and say how much that is."""
    from policygen.load.files import display_path
    from policygen.pipeline.match.decide import save_decisions
    from policygen.report.match.sentences import decided_line

    echo_err(decided_line(found.worksheet))
    if dry_run:
        echo_err("Nothing was written.")
    else:
        written = display_path(save_decisions(profile, found))
        echo_err(f"{printable(written)}: written")


def _apply(profile: Path, found: Matching, workspace: Workspace, *, dry_run: bool) -> None:
    """Show what the decisions write, and write it; status 1 where a person must do some."""
    from policygen.cli.file_changes import write_shown
    from policygen.pipeline.match.apply import apply_decisions

    acceptance = apply_decisions(profile, found, workspace)
    write_shown(profile, acceptance, "Nothing is left to write.", lambda: not dry_run)


def _command(profile: str, existing: Path, *options: str) -> str:
    """Return this command as it is typed."""
    return printable(shlex.join(("policygen", "match", profile, str(existing), *options)))


def _say_what_is_next(
    profile: str, existing: Path, sheet: Worksheet, format: str, out: Path | None
) -> None:
    """Say how to decide what is open, or how to write what was decided."""
    command = _command(profile, existing)
    if not sheet.due:
        echo_err(f"All is decided. `{command} --apply` writes it into your own folder.")
    elif format == "terminal":
        echo_err(f"Decide in a spreadsheet: `{command} --out worksheet.xlsx`.")
        echo_err(f"Or here, a few at a time: `{command} --ask`.")
    elif format in ("csv", "xlsx") and out is not None:
        filled = _command(profile, existing, "--decisions", str(out))
        echo_err(f"Fill in the columns from Found on; then `{filled}`.")


def _render(sheet: Worksheet, format: str) -> str | bytes:
    """Return the worksheet in one format."""
    match format:
        case "json":
            from policygen.report.match.serialise import worksheet_to_json

            return worksheet_to_json(sheet)
        case "csv":
            from policygen.report.match.spreadsheet import worksheet_to_csv

            return worksheet_to_csv(sheet)
        case "xlsx":
            from policygen.report.match.spreadsheet import worksheet_to_xlsx

            return worksheet_to_xlsx(sheet)
    from policygen.report.match.document import worksheet_report

    return rendered(worksheet_report(sheet), format)
