"""`policygen explain`: where each clause came from, on a terminal, for a program, or as a sheet to hand over."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

import click

from policygen.cli.output import deliver, output_options, written
from policygen.cli.show import problems_shown, profile_argument, templates_option

if TYPE_CHECKING:
    from policygen.model.policy import Policy
    from policygen.model.provenance import ClauseTrace, Provenance, Step

_HANG, _WORDS = " " * 11, " " * 4  # what stands before a note, and before the words of a clause
_AGAINST = {
    "changed": ("stale", "the words beneath have changed since"),
    "unknown": ("not stamped", "nothing says which words it was written against"),
}


@click.command("explain")
@profile_argument(many=False)
@click.argument("clause", required=False)
@output_options(("terminal", "html", "docx", "pdf", "markdown", "json"), default="terminal")
@templates_option
def command(
    profile: str, clause: str | None, format: str, out: Path | None, templates: tuple[Path, ...]
) -> None:
    """Show each clause's layers, files and lines, edits, reasons and sources.

    As html, docx, pdf or markdown it is the provenance sheet: what the organisation changed, what is stale, and what
    the code of conduct alone would leave uncovered.
    With CLAUSE, an id such as law.records or a section such as law, shows that alone and its words.
    """
    from policygen.load.profile_path import find_profile
    from policygen.model.provenance import provenance_to_json
    from policygen.pipeline.compose_profile import compose_profile
    from policygen.pipeline.workspace import Workspace
    from policygen.problems import PolicygenError, Problem, nearest
    from policygen.report.origins.document import provenance_sheet
    from policygen.report.origins.trace import narrow_provenance, trace

    with problems_shown():
        policy = compose_profile(find_profile(profile), Workspace(templates)).policies[0]
        whole = trace(policy)
        some = narrow_provenance(whole, clause) if clause else whole
        if not (some.clauses or some.removed):
            known = [
                *(c.id for c in (*whole.clauses, *whole.removed)),
                *(s.id for s in policy.sections),
            ]
            raise PolicygenError(
                [Problem(f'There is no clause "{clause}".', nearest(clause or "", known))]
            )
        data: str | bytes
        match format:
            case "terminal":
                wide = (
                    shutil.get_terminal_size().columns
                    if sys.stdout.isatty() and not out
                    else sys.maxsize
                )
                data = "\n".join(_fitted(_lines(policy, some, clause), wide)).lstrip("\n")
            case "json":
                data = provenance_to_json(some)
            case _:
                data = written(provenance_sheet(policy, clause or ""), format)
        deliver(data, format, out)


def _fitted(lines: Iterator[str], wide: int) -> Iterator[str]:
    """Long lines are folded on a terminal, under themselves; elsewhere a line stays one, for `grep`."""
    for line in lines:
        bare = click.unstyle(line)
        if len(bare) <= wide:
            yield line
            continue
        words = bare.startswith(_WORDS) and not bare.startswith(_HANG)
        folded = wrap(
            bare, wide, subsequent_indent=_WORDS if words else f"{_HANG}  ", break_on_hyphens=False
        )
        yield from (click.style(part, bold=True) if line != bare else part for part in folded)


def _lines(policy: Policy, some: Provenance, clause: str | None) -> Iterator[str]:
    if not clause:
        yield from _summary(some)
    for one in some.clauses:
        yield from _clause(some, one)
        found = policy.clause(one.id) if clause == one.id else None
        for telling in found.tellings if found else ():
            yield ""
            yield click.style(f"  {policy.outline.tiers[telling.tier].heading}", bold=True)
            yield from (f"{_WORDS}{line}".rstrip() for line in telling.wording.text.split("\n"))
    for one in some.removed:
        yield from _clause(some, one, " (removed)")


def _summary(whole: Provenance) -> Iterator[str]:
    """The layers, and the finding in as many lines as it has parts."""
    yield click.style(f"{whole.organisation}: {len(whole.layers)} layers, lowest first", bold=True)
    for layer in whole.layers:
        only = f"  (in {', '.join(layer.sections)} only)" if layer.sections else ""
        title = "the organisation's own words" if layer.name == "organisation" else layer.title
        did = ", ".join(
            f"{word} {n}"
            for word, n in (
                ("adds", layer.add),
                ("replaces", layer.replace),
                ("extends", layer.extend),
                ("removes", layer.remove),
            )
            if n
        )
        yield f"  {layer.name}  {title}{only}: {did or 'nothing'}"
    found = whole.summary
    counted = [clause for clause in whole.clauses if clause.number]
    sections = dict.fromkeys(clause.section for clause in counted)
    covered = {clause.section for clause in counted if clause.rests_on == "code"}
    yield ""
    yield click.style(f"{found.clauses} clauses", bold=True)
    yield f"  as the model has them: {found.as_the_model}"
    yield f"  written by the organisation: {found.added}; changed: {found.changed}; for legal review: {found.review}"
    yield f"  stale edits: {found.changed_beneath}; sources not yet checked: {found.unverified}"
    yield (
        f"  cite a code of conduct: {sum(c.rests_on == 'code' for c in counted)}; "
        f"other sources only: {sum(c.rests_on == 'sources' for c in counted)}; "
        f"no source: {sum(c.rests_on == 'nothing' for c in counted)} (of {len(counted)} numbered)"
    )
    if silent := [section for section in sections if section not in covered]:
        yield f"  sections in which no clause cites a code: {', '.join(silent)}"


def _clause(some: Provenance, clause: ClauseTrace, mark: str = "") -> Iterator[str]:
    binding = "  (binding)" if clause.binding else ""
    yield ""
    yield click.style(f"{clause.label}  {clause.id}{binding}{mark}", bold=True)
    width = max(len(layer.name) for layer in some.layers)
    for step in clause.steps:
        yield f"  {step.edit:<8} {step.layer:<{width}}  {step.path}:{step.line}"
        yield from (f"{_HANG}{key}: {note}" for key, note in _notes(step) if note)
    for fact, value in clause.chosen_by:
        yield f"  chosen by {fact}: {value}"
    for ground in clause.grounds:
        where = f", {ground.locator}" if ground.locator else ""
        yield f"  source {ground.title}{where} ({ground.status}{', a code of conduct' if ground.code else ''})"


def _notes(step: Step) -> Iterator[tuple[str, str]]:
    yield "because", step.because
    yield "when", step.when
    yield "tells", ", ".join(step.tiers)
    yield _AGAINST.get(step.written_against, ("", ""))
    yield "for legal review", "extends a binding clause" if step.review else ""
