"""`policygen check`: every Problem of a profile at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from policygen.lint.budget import EditionLength, edition_lengths
from policygen.lint.facts import unused_facts, unused_own_facts
from policygen.lint.pointers import pointer_faults
from policygen.lint.policy import lint
from policygen.lint.roles import roles
from policygen.lint.unprinted import unprinted_edits
from policygen.load.consultation.folder import consultation_versions
from policygen.load.library.on_disk import shipped
from policygen.model.fragment import Layer, Library, Organisation
from policygen.model.policy import Policy
from policygen.pipeline.compose_profile import ProfilePolicies, compose_profile
from policygen.pipeline.released.approval import approval_faults
from policygen.pipeline.released.handbook import handbook_faults, parts_said
from policygen.pipeline.released.library_change import library_change
from policygen.pipeline.workspace import Workspace
from policygen.pipeline.year.dates import faults_on
from policygen.problems import Level, PolicygenError, Problem
from policygen.store.releases import verify_releases


@dataclass(frozen=True, slots=True)
class Checked:
    """Every Problem of a profile, and its policies where it composes."""

    problems: tuple[Problem, ...]
    composed: ProfilePolicies | None = None


def check(profile: Path, workspace: Workspace, on: date | None = None) -> tuple[Problem, ...]:
    """Return every Problem of a profile and its releases that its user can mend, lint's too.

    With a day, also what its dates ask for `on` that day.
    Raises PolicygenError for a shared library that cannot be read, and nothing else that a user can
    cause.
    """
    return check_whole(profile, workspace, on).problems


def check_whole(profile: Path, workspace: Workspace, on: date | None = None) -> Checked:
    """Check as `check` does; the policies come too, so that they need not be composed again."""
    checked = _every_problem(profile, workspace, on)
    shipped_templates = shipped("templates")
    mendable = (one for one in checked.problems if _can_be_mended(one, shipped_templates))
    return replace(checked, problems=tuple(mendable))


def every_problem(
    profile: Path, workspace: Workspace, on: date | None = None
) -> tuple[Problem, ...]:
    """Return every Problem of a profile, also those that only the library's authors can mend.

    Raises PolicygenError for a shared library that cannot be read, and nothing else that a user can
    cause: the faults of templates that the profile itself names are its own.
    """
    return _every_problem(profile, workspace, on).problems


def _every_problem(profile: Path, workspace: Workspace, on: date | None) -> Checked:
    changed = _changed_on_disk(profile.parent)
    try:
        own = workspace.for_profile(profile)
    except PolicygenError as error:
        return Checked(tuple(dict.fromkeys((*error.problems, *changed))))
    try:
        composed = compose_profile(profile, own)
    except PolicygenError as error:
        return Checked(tuple(dict.fromkeys((*error.problems, *changed))))
    organisation = composed.organisation
    policies = composed.policies
    signed = approval_faults(profile.parent, organisation, policies) if not changed else ()
    changed = changed or (
        *signed,
        *handbook_faults(profile, organisation, policies, policy_moved=bool(signed)),
        *library_change(profile, organisation, policies, own),
        *_promised(profile, organisation, policies, own),
    )
    due = faults_on(on, composed, own.library) if on else ()
    every = (*composed.problems, *changed, *due, *_looked_at(composed, own))
    return Checked(tuple(dict.fromkeys(every)), composed)


def _changed_on_disk(folder: Path) -> tuple[Problem, ...]:
    """Return a Problem for each release and each consultation that is not as it was."""
    changed = tuple(verify_releases(folder))
    if not consultation_versions(folder):
        return changed
    from policygen.store.consultation import verify_consultations  # few bodies have one

    return (*changed, *verify_consultations(folder))


def _promised(
    profile: Path, organisation: Organisation, policies: Sequence[Policy], workspace: Workspace
) -> tuple[Problem, ...]:
    """Return what a consultation was promised; nobody else pays for what that needs."""
    if not consultation_versions(profile.parent):
        return ()
    from policygen.pipeline.released.kept_answers import answer_faults

    return answer_faults(profile, organisation, policies, workspace)


def _looked_at(composed: ProfilePolicies, workspace: Workspace) -> Iterator[Problem]:
    """Yield what is not wrong but deserves a look."""
    organisation, policies = composed.organisation, composed.policies
    library, cache = workspace.library, workspace.caches.lint
    yield from roles(organisation, library.style)
    yield from unprinted_edits(organisation)
    yield from unused_facts(library, cache.facts)
    yield from unused_own_facts(organisation.layer, _layers_of(policies, library), cache.facts)
    yield from pointer_faults(library, organisation.layer, _gone(policies), cache.pointers)
    for policy in policies:
        yield from lint(policy, library.style, cache, workspace.caches.prose)


def lengths(checked: Checked, workspace: Workspace) -> tuple[EditionLength, ...]:
    """Return how long the editions of a checked policy are, in its first language."""
    if checked.composed is None:
        return ()
    caches = workspace.caches
    return edition_lengths(checked.composed.policies[0], caches.lint.lengths, caches.prose)


def parts(profile: Path, checked: Checked) -> str:
    """Say of the policy and of its handbook whether it is as it was released; "" before that."""
    if checked.composed is None:
        return ""
    return parts_said(profile, checked.composed.organisation, checked.problems)


def _layers_of(policies: Iterable[Policy], library: Library) -> Iterator[Layer]:
    """Yield the layers of the library that policies are made of."""
    for name in dict.fromkeys(layer.name for policy in policies for layer in policy.stack):
        yield from library.layers.get(name, ())


def _gone(policies: Iterable[Policy]) -> frozenset[str]:
    """Return the ids of what is left out, and for which no document of the body's own stands."""
    every = (one for policy in policies for one in policy.left_out)
    return frozenset(one.id for one in every if not one.omission.see)


def _can_be_mended(problem: Problem, shipped_templates: Path) -> bool:
    """Whether a Problem is an error, or lies in a file that its reader may change."""
    if problem.level is Level.ERROR or not problem.location.path:
        return True
    path = Path(problem.location.path).absolute()
    return not path.is_relative_to(shipped_templates.absolute())
