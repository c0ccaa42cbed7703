"""`policygen facts`: a workbook of questions for those who know, and their answers back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygen.cli.escape import printable
from policygen.cli.form_file import deliver_form
from policygen.cli.options import dry_run_option, profile_argument, templates_option, yes_option
from policygen.cli.show import echo_err, echo_out, problems_shown

if TYPE_CHECKING:
    from policygen.pipeline.facts.facts import ReturnedFacts
    from policygen.pipeline.workspace import Workspace


@click.command("facts")
@profile_argument(many=False)
@click.option(
    "--out",
    "-o",
    metavar="FILE.xlsx",
    type=click.Path(path_type=Path),
    help="Write a workbook with the questions, one sheet for each of those who will know.",
)
@click.option(
    "--in",
    "filled",
    metavar="FILE.xlsx",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Read a workbook that came back; may be given again.",
)
@dry_run_option
@yes_option
@templates_option
def facts_command(
    profile: str,
    out: Path | None,
    filled: tuple[Path, ...],
    dry_run: bool,
    yes: bool,
    templates: tuple[Path, ...],
) -> None:
    """Ask those who know for the facts of a policy, in a workbook, and read it back.

    --out writes it: one sheet for each team that will know, with plain questions, usual values and
    lists to choose from, and the registers (accounts, approvals, elections) as rows. Whoever fills
    it in needs a spreadsheet program and nothing else.

    --in reads it back. Every change is shown first, with its sheet and cell, and you are asked
    before it is written. Nothing is written where a cell cannot be kept, where the profile has
    changed since, or where a workbook holds formulas, merged cells or macros.
    """
    from policygen.load.profile.path import find_profile
    from policygen.pipeline.facts.facts import facts_in, facts_out
    from policygen.pipeline.workspace import Workspace

    if bool(out) == bool(filled):
        raise click.UsageError("Give --out to ask, or --in to read what came back.")
    if out and out.suffix.lower() != ".xlsx":
        raise click.UsageError(
            f"A workbook needs a name that ends in .xlsx: {out.with_suffix('.xlsx')}"
        )
    if out and (dry_run or yes):
        raise click.UsageError("--dry-run and --yes go with --in.")
    with problems_shown():
        path = find_profile(profile)
        workspace = Workspace(templates)
        if out:
            deliver_form(facts_out(path, workspace), "xlsx", out)
            name = printable(str(out))
            echo_err(f"Send {name} to those whom its first sheet names; then: --in {name}")
            return
        returned = facts_in(path, filled, workspace)
        _show(returned)
        if returned.changes:
            _write(returned, workspace, dry_run=dry_run, yes=yes)


def _show(returned: ReturnedFacts) -> None:
    """Show each change: what it is about, what stood there, what will, and in which cell."""
    for note in returned.notes:
        echo_err(printable(note))
    if not returned.changes:
        echo_err("Nothing that came back differs from the profile.")
    for one in returned.changes:
        echo_out(f"{one.label}")
        if one.before:
            echo_out(click.style(f"  - {_line(one.before)}", fg="red"))
        if one.after:
            echo_out(click.style(f"  + {_line(one.after)}", fg="green"))
        echo_out(click.style(f"    {printable(one.place)}", dim=True))


def _line(text: str) -> str:
    return text.replace("\n", "; ")


def _write(returned: ReturnedFacts, workspace: Workspace, *, dry_run: bool, yes: bool) -> None:
    """Ask, and write all of it or nothing. Raises PolicygenError."""
    from policygen.pipeline.facts.facts import save_facts

    if dry_run or not (yes or click.confirm("Write this?", default=False, err=True)):
        echo_err("Nothing was written.")
        return
    saved = save_facts(returned, workspace)
    echo_err(f"{printable(returned.shown.shown)}: {saved.count} changed")
