"""`policygen explain`: where each clause came from."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygen.cli.show import colour, problems_shown, profile_argument, templates_option

if TYPE_CHECKING:
    from rich.console import Console

    from policygen.model.policy import Clause, Origin, Policy


@click.command("explain")
@profile_argument(many=False)
@click.argument("clause", required=False)
@templates_option
def command(profile: str, clause: str | None, templates: tuple[Path, ...]) -> None:
    """Show each clause's layers, files and lines, edits, reasons and sources.

    With CLAUSE, an id such as law.records or a section such as law, shows that alone and its words.
    """
    from rich.console import Console

    from policygen import pipeline
    from policygen.load.profile import find_profile
    from policygen.model.policy import Clause, Removed
    from policygen.problems import PolicygenError, Problem, nearest

    with problems_shown():
        words = pipeline.library(templates)
        _, policies, _ = pipeline.policies_of(find_profile(profile), words)
        policy = policies[0]
        every: tuple[Clause | Removed, ...] = (*policy.clauses(), *policy.removed)
        chosen = [c for c in every if not clause or clause in (c.id, c.id.partition(".")[0])]
        if not chosen:
            known = [*(c.id for c in every), *(s.id for s in policy.sections)]
            raise PolicygenError([Problem(f'There is no clause "{clause}".', nearest(clause or "", known))])
        plain = not colour(sys.stdout)
        console = Console(no_color=plain, highlight=False, emoji=False, soft_wrap=True, force_terminal=not plain)
        if not clause:
            _stack(console, policy)
        for one in chosen:
            if isinstance(one, Clause):
                _clause(console, policy, one, whole=clause == one.id)
            else:
                console.print(f"\n{one.title}  {one.id}  (removed)", style="bold", markup=False)
                _origins(console, one.origins)


def _stack(console: Console, policy: Policy) -> None:
    console.print(f"{policy.profile.name}: {len(policy.stack)} layers, lowest first", style="bold", markup=False)
    for layer in policy.stack:
        where = f"  (in {', '.join(layer.sections)} only)" if layer.sections else ""
        console.print(f"  {layer.name}  {layer.title}{where}", markup=False)


def _clause(console: Console, policy: Policy, clause: Clause, whole: bool) -> None:
    console.print()
    binding = "  (binding)" if clause.binding else ""
    console.print(f"{clause.number} {clause.title.text}  {clause.id}{binding}".strip(), style="bold", markup=False)
    _origins(console, clause.origins, clause.binding)
    for fact, value in dict(clause.chosen_by + tuple(f for t in clause.tellings for f in t.wording.chosen_by)).items():
        console.print(f"  chosen by {fact}: {value}", markup=False)
    sources = {source.id: source for source in policy.sources}
    for citation in clause.citations:
        source = sources[citation.source]
        text = f"  source {source.title}{f', {citation.locator}' if citation.locator else ''} ({source.status})"
        console.print(text, markup=False)
    if whole:
        for telling in clause.tellings:
            console.print(f"\n  {policy.outline.tiers[telling.tier].heading}", style="bold", markup=False)
            for line in telling.wording.text.split("\n"):
                console.print(f"    {line}", markup=False)


def _origins(console: Console, origins: tuple[Origin, ...], binding: bool = False) -> None:
    for origin in origins:
        console.print(f"  {origin.edit:<8} {origin.layer:<36} {origin.path}:{origin.line}", markup=False)
        review = binding and origin.layer == "organisation" and origin.edit == "extend"
        notes = {
            "because": origin.because,
            "when": origin.when,
            "tells": ", ".join(origin.tiers),
            "stale": "the words beneath have changed since" if origin.stale else "",
            "for legal review": "extends a binding clause" if review else "",
        }
        for key, note in notes.items():
            if note:
                console.print(f"           {key}: {note}", markup=False)
