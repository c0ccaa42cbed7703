"""`policygen diff`: how two policies differ, clause by clause, and why."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygen.cli.output import deliver, output_options, written
from policygen.cli.show import choices, echo_err, problems_shown, profiles_named, templates_option

if TYPE_CHECKING:
    from policygen.pipeline.compare import Comparison

FORMATS = ("terminal", "html", "markdown", "docx", "pdf", "json")


@click.command("diff")
@click.argument("first", metavar="A", shell_complete=profiles_named)
@click.argument("second", metavar="B", shell_complete=profiles_named)
@click.option(
    "--tier",
    metavar="TIER",
    shell_complete=choices(lambda library: library.outline.tiers),
    help="Only what differs at one depth: overview, snapshot or full-story.",
)
@click.option(
    "--section",
    metavar="SECTION",
    shell_complete=choices(lambda library: library.outline.sections),
    help="Only one section.",
)
@click.option("--substance", is_flag=True, help="Leave out what differs in names only.")
@click.option("--words", is_flag=True, help="Count the words that differ instead of showing them.")
@click.option(
    "--language",
    metavar="TAG",
    default="",
    help="Compare this language, such as cy. Left out: the first.",
)
@click.option("--exit-code", is_flag=True, help="End with status 1 when anything differs.")
@output_options(FORMATS, "terminal")
@templates_option
def command(
    first: str,
    second: str,
    tier: str | None,
    section: str | None,
    substance: bool,
    words: bool,
    language: str,
    exit_code: bool,
    format: str,
    out: Path | None,
    templates: tuple[Path, ...],
) -> None:
    """Show how policy B differs from policy A, clause by clause, and why.

    A and B are profiles, releases (fenwick@1.0), a profile at a git revision (HEAD~3:profiles/fenwick) or a
    policy.json. As DOCX it is B's policy with every change from A as a tracked change, to accept or reject.
    """
    from policygen.pipeline.compare import compare
    from policygen.pipeline.workspace import Workspace

    with problems_shown():
        compared = compare(
            first,
            second,
            Workspace(templates),
            language=language,
            tier=tier or "",
            section=section or "",
            substance=substance,
        )
        for note in filter(None, (compared.first.note, compared.second.note)):
            echo_err(note)
        deliver(_made(compared, format, words), format, out)
    sys.exit(1 if exit_code and compared.differences.found else 0)


def _made(compared: Comparison, format: str, words: bool) -> str | bytes:
    """The comparison as one format has it."""
    from policygen.report.changes.document import change_report
    from policygen.report.changes.redline import redline
    from policygen.report.changes.serialise import differences_to_json

    if format == "json":
        return differences_to_json(compared.differences, compared.labels)
    if format == "docx":
        scope = compared.differences.scope
        return written(redline(compared.differences, scope.tier, scope.section), format)
    report = change_report(compared.differences, compared.labels, summary=words)
    if format == "terminal":
        from policygen.cli.terminal import drawn

        return drawn(report)
    return written(report, format)
