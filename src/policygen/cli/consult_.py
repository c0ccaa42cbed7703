"""`policygen consult`: ask others about a draft, gather what they say, and answer them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygen.cli.consult_answers import answer_command, forget_command, print_command
from policygen.cli.escape import printable
from policygen.cli.options import (
    consultation_option,
    editions_option,
    formats_option,
    profile_argument,
    templates_option,
)
from policygen.cli.output import deliver, output_options, rendered
from policygen.cli.progress import progress
from policygen.cli.show import echo_err, echo_path, problems_shown, show

if TYPE_CHECKING:
    from datetime import datetime

    from policygen.pipeline.consult.collate import Collated
    from policygen.pipeline.consult.open import OpenedConsultation


@click.group("consult")
def consult_command() -> None:
    """Ask others about a draft: send it, gather what they say, answer them, and keep the record.

    All of it lies beside the profile, in consultations/<version>/. Who answered stands in a file of
    its own there, which stays out of version control and from which a name can be erased.
    """


@click.command("open")
@profile_argument(many=False)
@click.option(
    "--summary",
    "-s",
    required=True,
    metavar="TEXT",
    help="What is asked about, in a line of the change history.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@editions_option
@formats_option
@templates_option
def open_command(
    profile: str,
    summary: str,
    dry_run: bool,
    editions: tuple[str, ...],
    formats: tuple[str, ...],
    templates: tuple[Path, ...],
) -> None:
    """Release a draft for comment, with a letter, a letter to the unions and a comment form.

    The profile says policy.status: consultation, and under policy.consultation the days `opens`,
    `closes` and `keep_until`. A fact that the draft or a letter lacks is an error. A version that
    is released already only gets its letters.
    """
    from policygen.load.profile.path import find_profile
    from policygen.pipeline.consult.open import open_consultation
    from policygen.pipeline.workspace import Workspace

    with problems_shown():
        path = find_profile(profile)
        with progress(1) as step:
            step(path.resolve().parent.name)
            workspace = Workspace(templates, on_step=step.detail)
            opened = open_consultation(path, workspace, summary, editions, formats, dry_run=dry_run)
        show(opened.problems)
        _say_what_is_sent(opened, dry_run=dry_run)


def _say_what_is_sent(opened: OpenedConsultation, *, dry_run: bool) -> None:
    """Name the letters, and say what to send to whom, and what comes then."""
    from policygen.load.files import display_path

    for file in opened.files:
        echo_path(display_path(opened.folder / file))
    consultation = opened.consultation
    organisation = printable(consultation.organisation)
    name = f"{organisation}@{consultation.version}"
    if dry_run:
        also = f", and {name} would be frozen" if opened.is_new_release else ""
        echo_err(f"Nothing was written{also}.")
        return
    echo_err(f"{name} is out for comment until {consultation.closes.isoformat()}.")
    word = sorted(file.name for file in opened.release.glob("*.docx"))
    if word:
        place = printable(display_path(opened.release))
        echo_err(f"Send the letters with {printable(' or '.join(word))} of {place}.")
    else:
        echo_err("No Word file is published, so people can answer in the comment form only.")
    command = f"policygen consult collate {organisation} COPIES..."
    echo_err(f"When answers come in: `{command}`")


@click.command("collate")
@profile_argument(many=False)
@click.argument("copies", nargs=-1, type=click.Path(path_type=Path), metavar="[COPIES]...")
@output_options(("terminal", "html", "markdown", "docx", "pdf", "json", "csv"), "terminal")
@click.option(
    "--from", "sender", default="", metavar="NAME", help="Who sent them, where a file does not say."
)
@click.option("--for", "body", default="", metavar="BODY", help="The body that they speak for.")
@click.option(
    "--received", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="When they came in."
)
@click.option("--dry-run", is_flag=True, help="Show what the log would be, and write nothing.")
@consultation_option
@templates_option
def collate_command(
    profile: str,
    copies: tuple[Path, ...],
    format: str,
    out: Path | None,
    sender: str,
    body: str,
    received: datetime | None,
    dry_run: bool,
    version: str,
    templates: tuple[Path, ...],
) -> None:
    """Gather what came back into one log, and show it clause by clause.

    COPIES are Word files of the draft that people edited or commented on, and comment forms in
    Word, XLSX or CSV, as many as you like, in any order and as often as you like: what is in the
    log already is not added again. Where two people changed the same words, their edits stand side
    by side, with what fits together and what conflicts. Without COPIES, the log is shown as it is.

    Untracked edits are taken for those of the file's only author, or of --from.
    """
    from policygen.load.profile.path import find_profile
    from policygen.pipeline.consult.collate import Sender, collate_files
    from policygen.pipeline.workspace import Workspace

    with problems_shown():
        path = find_profile(profile)
        known = Sender(sender, body, received.date() if received else None)
        with progress(len(copies), lines=False) as step:
            found = collate_files(
                path, copies, Workspace(templates), known, version, dry_run=dry_run, step=step
            )
        for note in found.notes:
            echo_err(printable(note))
        deliver(_render_log(found, format), format, out)
        if copies:
            added = f"{found.added} response{'' if found.added == 1 else 's'}"
            would = "would be added. Nothing was written." if dry_run else "added to the log."
            echo_err(f"{added} {would}")


def _render_log(found: Collated, format: str) -> str | bytes:
    """Return the log of a consultation in one format."""
    from policygen.report.consultation.collation import collation_document
    from policygen.report.consultation.serialise import log_grid, log_to_json
    from policygen.write.sheet.csv_file import csv_bytes

    if format == "json":
        return log_to_json(found.policy, found.log, found.clauses)
    if format == "csv":
        return csv_bytes(log_grid(found.policy, found.log, found.clauses))
    return rendered(collation_document(found.policy, found.log, found.clauses), format)


for command in (open_command, collate_command, answer_command, print_command, forget_command):
    consult_command.add_command(command)
