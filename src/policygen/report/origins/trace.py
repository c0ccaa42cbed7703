"""Policy -> Provenance: who wrote each clause, on what authority, and whether it is up to date."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from policygen.facts.described import fact_label
from policygen.markdown import prose
from policygen.model.document.walk import plain
from policygen.model.language import localise
from policygen.model.policy import Citation, Clause, LeftOut, Origin, Policy, Removed
from policygen.model.provenance import (
    ClauseTrace,
    Ground,
    HeadTrace,
    LayerShare,
    Provenance,
    Step,
    Summary,
)

_FACT = re.compile("⟦([^⟧]*)⟧")  # in words that nobody filled


def trace(policy: Policy) -> Provenance:
    """Follow each clause, also one taken out or left out, down to the layer that began it."""
    printed = (clause for clause in policy.clauses() if not clause.omission)
    found = tuple(_traced(policy, clause) for clause in printed)
    removed = tuple(_traced(policy, clause) for clause in policy.removed)
    left_out = tuple(_traced(policy, clause) for clause in policy.left_out)
    control = policy.profile.policy
    return Provenance(
        organisation=policy.profile.name,
        version=control.version or "",
        status=control.status,
        language=policy.language,
        profile_digest=policy.profile_digest,
        library_digest=policy.library_digest,
        summary=_summary(policy, found, removed),
        layers=_shares(policy, (*found, *removed, *left_out)),
        heads=tuple(
            HeadTrace(section.id, origin.edit, origin.layer, origin.path, origin.line)
            for section in (policy.front, *policy.sections)
            for origin in section.origins
        ),
        clauses=found,
        removed=removed,
        left_out=left_out,
    )


def narrow_provenance(provenance: Provenance, name: str) -> Provenance:
    """Only one clause, or the clauses of one section; none when there is no such id."""

    def chosen(clauses: tuple[ClauseTrace, ...]) -> tuple[ClauseTrace, ...]:
        return tuple(c for c in clauses if name in (c.id, c.section))

    return replace(
        provenance,
        clauses=chosen(provenance.clauses),
        removed=chosen(provenance.removed),
        left_out=chosen(provenance.left_out),
    )


def _traced(policy: Policy, clause: Clause | Removed | LeftOut) -> ClauseTrace:
    steps = tuple(_step(policy, clause, origin) for origin in clause.origins)
    section = clause.id.partition(".")[0]
    if not isinstance(clause, Clause):
        title = _FACT.sub(lambda fact: f"[{fact_label(fact[1])}]", clause.title)
        bare = ClauseTrace(clause.id, "", title, section, False, (), (), (), "nothing", steps)
        if isinstance(clause, LeftOut):
            return replace(bare, binding=clause.binding, omission=clause.omission)
        return bare
    grounds = tuple(_ground(policy, citation) for citation in clause.citations)
    chosen = dict(
        clause.chosen_by + tuple(pair for t in clause.tellings for pair in t.wording.chosen_by)
    )
    return ClauseTrace(
        id=clause.id,
        number=clause.number,
        title=plain(prose.parse_inlines(clause.title)),
        section=section,
        binding=clause.binding,
        audience=clause.audience,
        chosen_by=tuple(chosen.items()),
        grounds=grounds,
        rests_on=_rests_on(grounds),
        steps=steps,
    )


def _rests_on(grounds: Sequence[Ground]) -> Literal["code", "sources", "nothing"]:
    """Return the strongest thing that a clause cites: a code of conduct, other sources, nothing."""
    if any(ground.code for ground in grounds):
        return "code"
    return "sources" if grounds else "nothing"


def _step(policy: Policy, clause: Clause | Removed | LeftOut, origin: Origin) -> Step:
    titles = {layer.name: layer.title for layer in policy.stack}
    own = origin.layer == "organisation"
    binding = isinstance(clause, Clause) and clause.binding
    return Step(
        layer=origin.layer,
        title=policy.profile.name if own else titles.get(origin.layer, origin.layer),
        path=origin.path,
        line=origin.line,
        edit=origin.edit,
        tiers=origin.tiers,
        when=origin.when,
        because=_reason(origin),
        review=own and origin.edit in ("extend", "replace") and binding,
        written_against=_written_against(origin),
        places=origin.places,
    )


def _written_against(origin: Origin) -> Literal["", "same", "changed", "unknown"]:
    """Return whether the words beneath an edit are those that it was written against."""
    if origin.layer != "organisation" or origin.edit == "add":
        return ""
    if origin.stale:
        return "changed"
    return "same" if origin.was else "unknown"


def _ground(policy: Policy, citation: Citation) -> Ground:
    source = next(source for source in policy.sources if source.id == citation.source)
    confirmation = policy.confirmation(source)
    by, on = "", None
    if confirmation:
        by = localise(confirmation.by, policy.language)
        on = confirmation.on
    return Ground(
        id=source.id,
        title=source.title,
        locator=citation.locator,
        status=source.status,
        code=source.kind == "code",
        confirmed_by=by,
        confirmed_on=on,
        places=citation.places,
    )


def _shares(policy: Policy, clauses: tuple[ClauseTrace, ...]) -> tuple[LayerShare, ...]:
    """Return how many clauses each layer of the stack adds, replaces, extends and removes."""
    counts = Counter((step.layer, step.edit) for clause in clauses for step in clause.steps)
    shares: list[LayerShare] = []
    for layer in policy.stack:
        name = layer.name
        title = policy.profile.name if name == "organisation" else layer.title
        adds, replaces = counts[name, "add"], counts[name, "replace"]
        extends, removes = counts[name, "extend"], counts[name, "remove"]
        shares.append(LayerShare(name, title, layer.sections, adds, replaces, extends, removes))
    return tuple(shares)


def _summary(
    policy: Policy, clauses: tuple[ClauseTrace, ...], removed: tuple[ClauseTrace, ...]
) -> Summary:
    own = [step for clause in clauses if (step := clause.own)]
    return Summary(
        clauses=len(clauses),
        as_the_model=len(clauses) - len(own),
        added=sum(step.edit == "add" for step in own),
        changed=sum(step.edit != "add" for step in own),
        removed=len(removed),
        review=sum(step.review for step in own),
        changed_beneath=sum(
            step.written_against == "changed" for c in (*clauses, *removed) for step in c.steps
        ),
        unverified=sum(not policy.is_confirmed(source) for source in policy.sources),
    )


def _reason(origin: Origin) -> str:
    """Return why an edit was made, and who cleared it, where and when."""
    if not origin.cleared_by:
        return origin.because
    return f"{origin.because.rstrip('.')}. Cleared by {origin.cleared_by}"
