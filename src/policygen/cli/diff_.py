"""`policygen diff`: how two policies differ, clause by clause, and why."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygen.cli.escape import printable
from policygen.cli.options import (
    complete_from_library,
    complete_profiles,
    language_option,
    section_option,
    templates_option,
)
from policygen.cli.output import deliver, output_options, rendered
from policygen.cli.show import echo_err, problems_shown

if TYPE_CHECKING:
    from policygen.pipeline.diff import Comparison
    from policygen.pipeline.workspace import Workspace


@click.command("diff")
@click.argument("first", metavar="A", shell_complete=complete_profiles)
@click.argument("second", metavar="B", shell_complete=complete_profiles)
@click.option(
    "--tier",
    metavar="TIER",
    default="",
    shell_complete=complete_from_library(lambda library: library.outline.tiers),
    help="Only what differs at one depth: overview, snapshot, rule or practice.",
)
@click.option(
    "--edition",
    metavar="EDITION",
    default="",
    shell_complete=complete_from_library(lambda library: library.outline.editions),
    help="Only what differs in one publication, such as policy or handbook.",
)
@section_option
@click.option("--substance", is_flag=True, help="Leave out what differs in names only.")
@click.option("--words", is_flag=True, help="Count the words that differ instead of showing them.")
@language_option
@click.option("--exit-code", is_flag=True, help="End with status 1 when anything differs.")
@output_options(("terminal", "html", "markdown", "docx", "pdf", "json"), "terminal")
@templates_option
def diff_command(
    first: str,
    second: str,
    tier: str,
    edition: str,
    section: str,
    substance: bool,
    words: bool,
    language: str,
    exit_code: bool,
    format: str,
    out: Path | None,
    templates: tuple[Path, ...],
) -> None:
    """Show how policy B differs from policy A, clause by clause, and why.

    A and B are profiles, releases (fenwick@1.0, or by a day that it was in force:
    fenwick@2027-03-01), a profile at a git revision
    (HEAD~3:profiles/fenwick), a policy.json, or one that you had before (old-policy.pdf) once you
    have decided with `policygen match` what it says. As DOCX it is B's policy with every change
    from A as a tracked change, to accept or reject.
    """
    from policygen.model.comparison.difference import ComparisonScope
    from policygen.pipeline.diff import compare
    from policygen.pipeline.workspace import Workspace

    with problems_shown():
        workspace = Workspace(templates)
        comparison = compare(
            first,
            second,
            workspace,
            language=language,
            scope=ComparisonScope(tier, edition, section, substance),
        )
        for note in filter(None, (comparison.first.note, comparison.second.note)):
            echo_err(printable(note))
        deliver(_render(comparison, format, words, workspace), format, out)
    sys.exit(1 if exit_code and comparison.differences.found else 0)


def _render(comparison: Comparison, format: str, words: bool, workspace: Workspace) -> str | bytes:
    """Return the comparison in one format."""
    if format == "json":
        from policygen.report.changes.serialise import differences_to_json

        return differences_to_json(comparison.differences, comparison.labels)
    from policygen.pipeline.diff import changes_document

    document = changes_document(comparison, format, workspace.caches.prose, words=words)
    return rendered(document, format)
