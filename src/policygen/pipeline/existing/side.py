"""An existing policy as one side of a comparison: what people decided that it says.

It is the body's policy with everything in it, less the clauses that are not decided to be in the
existing one, and with that one's words for the rule of each that is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from policygen.characters import marked_line
from policygen.load.existing.decisions import read_decisions
from policygen.load.existing.read import read_existing
from policygen.load.files import display_path, plain_name
from policygen.load.profile.profile import load_organisation
from policygen.model.existing.policy import ExistingPassage, ExistingPolicy
from policygen.model.given_file import GivenFile
from policygen.model.matching.decision import ClauseDecision, Coverage, DocumentDecisions
from policygen.model.policy import (
    EXISTING_LAYER,
    UNDECIDED,
    Clause,
    Origin,
    Policy,
    Removed,
    Section,
    StackLayer,
    Telling,
)
from policygen.model.wording import Wording
from policygen.pipeline.existing.own_markdown import own_markdown
from policygen.pipeline.existing.sought import policy_with_everything
from policygen.pipeline.workspace import Workspace
from policygen.problems import Location, Message, PolicygenError, Problem

_FORMS = (".docx", ".docm", ".pdf", ".html", ".htm", ".md", ".markdown", ".txt")


@dataclass(frozen=True, slots=True)
class ExistingSide:
    """An existing policy as a Policy, its title, and how many clauses nobody has decided on."""

    policy: Policy
    title: str
    open: int


def is_existing_policy(path: Path) -> bool:
    """Tell whether a path is a file in a form in which policies come, and no profile."""
    return path.suffix.lower() in _FORMS and path.is_file()


def existing_side(
    source: Path | GivenFile, profiles: Sequence[Path], workspace: Workspace
) -> ExistingSide:
    """Return an existing policy as it was decided for the first of some profiles that did so.

    Raises PolicygenError where none of them has decided on it, or one does not compose.
    """
    for profile in profiles:
        decided = read_decisions(profile).of(plain_name(source.name))
        if decided.clauses or decided.own:
            return _side(read_existing(source), profile, decided, workspace.for_profile(profile))
    shown = marked_line(display_path(source)) if isinstance(source, Path) else source.shown
    what = f"Nobody has decided yet what {shown} says."
    mend = Message(
        f"Decide first: `policygen match PROFILE {shown} --ask`, for the profile beside it.",
        on_page="Decide that first, under “Old policy”, with this same file.",
    )
    raise PolicygenError([Problem(what, mend, Location(shown), code="PG697")])


def _side(
    existing: ExistingPolicy, profile: Path, decided: DocumentDecisions, workspace: Workspace
) -> ExistingSide:
    organisation = load_organisation(profile, workspace.library)
    whole = policy_with_everything(organisation, workspace)
    rule = next(key for key, tier in whole.outline.tiers.items() if tier.required)
    own = _own_clauses(existing, decided, rule, whole)
    # A rule kept as their own is a clause of the body's policy once that is written.
    kept = {one.id: ClauseDecision(Coverage.COVERED, (key,)) for key, one in decided.own.items()}
    decisions = {**kept, **decided.clauses}
    sections = tuple(_sections(whole, existing, decisions, own, rule))
    every = {clause.id: clause for section in whole.sections for clause in section.clauses}
    said = {clause.id for section in sections for clause in section.clauses}
    removed = [
        _unsaid(every[id], existing, "remove" if id in decisions else UNDECIDED)
        for id in every
        if id not in said
    ]
    stack = (*whole.stack, StackLayer(EXISTING_LAYER, existing.title))
    # The number is that of the policy which takes this one's place.
    control = whole.profile.policy.model_copy(update={"number": None})
    profile_of_old = whole.profile.model_copy(update={"policy": control})
    policy = replace(
        whole,
        profile=profile_of_old,
        sections=sections,
        stack=stack,
        left_out=(),
        removed=tuple(removed),
        gaps=(),
    )
    return ExistingSide(policy, existing.title, len(set(every) - set(decisions)))


def _unsaid(clause: Clause, existing: ExistingPolicy, edit: str) -> Removed:
    origins = (*clause.origins, _origin(existing, edit))
    return Removed(clause.id, clause.title.text, origins)


def _origin(existing: ExistingPolicy, edit: str, *tiers: str) -> Origin:
    """Return what makes a clause differ from ours: the existing policy, as if it were a layer."""
    return Origin(EXISTING_LAYER, existing.file, 0, edit, tiers=tiers)


def _sections(
    whole: Policy,
    existing: ExistingPolicy,
    decided: Mapping[str, ClauseDecision],
    own: Mapping[str, Clause],
    rule: str,
) -> Iterator[Section]:
    """Yield the sections of which the existing policy says something."""
    for section in whole.sections:
        clauses = [
            said
            for clause in section.clauses
            if (said := _said(clause, decided.get(clause.id), existing, rule))
        ]
        there = {clause.id for clause in section.clauses}
        clauses += [
            clause
            for id, clause in own.items()
            if id.partition(".")[0] == section.id and id not in there
        ]
        if clauses:
            yield replace(section, clauses=tuple(clauses))


def _said(
    clause: Clause, decision: ClauseDecision | None, existing: ExistingPolicy, rule: str
) -> Clause | None:
    """Return a clause with the rule that the existing policy has of it, if it has one."""
    if decision is None or decision.found is Coverage.NOT_FOUND:
        return None
    passages = [existing.by_key[key] for key in decision.passages if key in existing.by_key]
    if not passages:
        return None
    tellings = tuple(
        _telling(one, passages) if one.tier == rule else one for one in clause.tellings
    )
    origins = (*clause.origins, _origin(existing, "replace", rule))
    return replace(clause, tellings=tellings, origins=origins)


def _telling(telling: Telling, passages: Sequence[ExistingPassage]) -> Telling:
    wording = Wording(telling.wording.language, (own_markdown(passages),))
    return replace(telling, wording=wording)


def _own_clauses(
    existing: ExistingPolicy, decided: DocumentDecisions, rule: str, whole: Policy
) -> dict[str, Clause]:
    """Return the passages that are kept as clauses of the body's own."""
    found = {}
    for key, own in decided.own.items():
        passage = existing.by_key.get(key)
        if passage is not None:
            title = own.label or (passage.headings[-1] if passage.headings else own.id)
            telling = Telling(rule, Wording(whole.language, (own_markdown([passage]),)))
            label = Wording(whole.language, (own.label,)) if own.label else None
            found[own.id] = Clause(
                own.id,
                "",
                Wording(whole.language, (title,)),
                (telling,),
                label=label,
                origins=(_origin(existing, "add", rule),),
            )
    return found
