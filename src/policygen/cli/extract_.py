"""`policygen extract`: single clauses, to be sent as a message or pasted into one."""

from __future__ import annotations

from pathlib import Path

import click

from policygen.cli.options import (
    complete_clauses,
    complete_from_library,
    profile_argument,
    templates_option,
)
from policygen.cli.output import deliver, output_options
from policygen.cli.show import problems_shown

_WRITERS = {"text": "txt", "html": "html", "markdown": "md"}


@click.command("extract")
@profile_argument(many=False)
@click.argument(
    "clauses", metavar="CLAUSE...", nargs=-1, required=True, shell_complete=complete_clauses
)
@click.option(
    "--tier",
    "tiers",
    multiple=True,
    metavar="TIER",
    shell_complete=complete_from_library(lambda library: library.outline.tiers),
    help="How deep: overview, snapshot, rule, details, practice; may be given again. Left out: the "
    "rule, and details such as telephone numbers.",
)
@click.option(
    "--language",
    metavar="TAG",
    default="",
    help="In this language, such as cy. Left out: the first.",
)
@output_options(tuple(_WRITERS), default="text")
@templates_option
def extract_command(
    profile: str,
    clauses: tuple[str, ...],
    tiers: tuple[str, ...],
    language: str,
    format: str,
    out: Path | None,
    templates: tuple[Path, ...],
) -> None:
    """Print one clause or a few, to send in Teams or by e-mail.

    CLAUSE is an id such as law.records, the number that the policy prints such as 14.1, a section,
    or what the clause is called, such as "Defamation". PROFILE may be a release (fenwick@1.0) or
    a policy.json.

    Each clause stands under its number, and below them which version they are of, whether it is
    in force, and where the current one is published. Text is for any message; html keeps headings,
    bold and links when it is pasted into Outlook or Teams, and brings no style of its own.
    """
    from policygen.pipeline.extract import extract
    from policygen.pipeline.workspace import Workspace
    from policygen.write.writer import PasteWriter, writer

    with problems_shown():
        document = extract(profile, clauses, Workspace(templates), tiers, language)
        printer = writer(_WRITERS[format])
        assert isinstance(printer, PasteWriter)
        deliver(printer.write_paste(document, "").decode(), format, out)
