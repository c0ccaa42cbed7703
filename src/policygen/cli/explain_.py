"""`policygen explain`: where each clause came from, on a terminal, for a program, or as a sheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygen.cli.options import complete_clauses, profile_argument, templates_option
from policygen.cli.output import deliver, document_bytes, output_options
from policygen.cli.show import problems_shown

if TYPE_CHECKING:
    from policygen.model.policy import Policy
    from policygen.model.provenance import Provenance


@click.command("explain")
@profile_argument(many=False)
@click.argument("clause", required=False, default="", shell_complete=complete_clauses)
@output_options(("terminal", "html", "docx", "pdf", "markdown", "json"), default="terminal")
@templates_option
def explain_command(
    profile: str, clause: str, format: str, out: Path | None, templates: tuple[Path, ...]
) -> None:
    """Show each clause's layers, files and lines, edits, reasons and sources.

    As html, docx, pdf or markdown it is the provenance sheet: what the organisation changed,
    what is stale, and what the code of conduct alone would leave uncovered.
    With CLAUSE, an id such as law.records, a section such as law or a printed number such as
    14.1, shows that alone and its words.
    """
    from policygen.load.profile.path import find_profile
    from policygen.pipeline.compose_profile import compose_profile
    from policygen.pipeline.names.numbers import id_of_number, is_number
    from policygen.pipeline.workspace import Workspace

    with problems_shown():
        policy = compose_profile(find_profile(profile), Workspace(templates)).policies[0]
        if is_number(clause):
            clause = id_of_number(policy, clause)
        deliver(_render(policy, clause, format, is_file=out is not None), format, out)


def _render(policy: Policy, clause: str, format: str, *, is_file: bool) -> str | bytes:
    """Return the provenance of a policy or of a clause in one format. Raises PolicygenError."""
    provenance = _provenance(policy, clause)
    if format == "json":
        from policygen.model.provenance import provenance_to_json

        return provenance_to_json(provenance)
    if format == "terminal":
        from policygen.cli.explain_text import explain_text

        return explain_text(policy, provenance, clause, is_file=is_file)
    from policygen.report.origins.document import provenance_sheet

    return document_bytes(provenance_sheet(policy, clause), format)


def _provenance(policy: Policy, clause: str) -> Provenance:
    """The provenance of all clauses, or of those of a name. Raises PolicygenError for none."""
    from policygen.problems import PolicygenError, Problem, nearest
    from policygen.report.origins.trace import narrow_provenance, trace

    whole = trace(policy)
    if not clause:
        return whole
    narrowed = narrow_provenance(whole, clause)
    if narrowed.clauses or narrowed.removed or narrowed.left_out:
        return narrowed
    known = [traced.id for traced in (*whole.clauses, *whole.removed, *whole.left_out)]
    known += [section.id for section in policy.sections]
    what = f'There is no clause "{clause}".'
    raise PolicygenError([Problem(what, nearest(clause, known), code="PG607")])
