"""`policygen dates`: what of a policy is due, and when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from policygen.model.fragment import Layer, Library, Organisation
from policygen.model.policy import Policy
from policygen.model.year.body_dates import BodyDates
from policygen.model.year.due_date import DueDate
from policygen.pipeline.compose_profile import ProfilePolicies, compose_profile
from policygen.pipeline.workspace import Workspace
from policygen.problems import Problem
from policygen.year.days import months_after
from policygen.year.due import due_dates, in_force_since, unknown_dates, yet_to_come
from policygen.year.due_faults import due_faults
from policygen.year.recurring import recurring_promises

_AHEAD = 12  # months, for a policy that has no review date, or has missed it


def body_dates(profile: Path, workspace: Workspace, on: date) -> BodyDates:
    """Return the dates of one body that matter on a day.

    Raises PolicygenError for one that does not compose.
    """
    own = workspace.for_profile(profile)
    composed = compose_profile(profile, own)
    dates = _dates_on(on, composed, own.library)
    return _of_body(composed, dates)


def dates_of_term(profile: Path, workspace: Workspace) -> BodyDates:
    """Return every date of one body from its first approved version to its review.

    No day counts as today, so that a calendar is the same whenever it is made. Raises
    PolicygenError for a body that does not compose.
    """
    own = workspace.for_profile(profile)
    composed = compose_profile(profile, own)
    policy = composed.policies[0]
    first = in_force_since(policy) or date.min
    last = policy.profile.policy.review_by or months_after(first, _AHEAD)
    return _of_body(composed, _dates(composed, own.library, first, last))


def faults_on(on: date, composed: ProfilePolicies, library: Library) -> Iterator[Problem]:
    """Yield what the dates of a body ask for on a day."""
    dates = _dates_on(on, composed, library)
    return due_faults(composed.organisation, composed.policies[0], dates, on)


def _of_body(composed: ProfilePolicies, dates: tuple[DueDate, ...]) -> BodyDates:
    organisation, policy = composed.organisation, composed.policies[0]
    as_of = policy.profile.policy.issued or policy.dated
    unknown = unknown_dates(policy)
    return BodyDates(organisation.name, policy.profile.name, as_of, dates, unknown)


def _dates_on(on: date, composed: ProfilePolicies, library: Library) -> tuple[DueDate, ...]:
    """Return the dates that matter on a day: the nearest of those that come round again."""
    first, last = months_after(on, -1), months_after(on, _AHEAD)
    review_by = composed.policies[0].profile.policy.review_by
    return yet_to_come(_dates(composed, library, first, max(last, review_by or last)), on)


def _dates(
    composed: ProfilePolicies, library: Library, first: date, last: date
) -> tuple[DueDate, ...]:
    policy = composed.policies[0]
    layers = _layers(composed.organisation, policy, library)
    return due_dates(policy, recurring_promises(policy, layers), first, last)


def _layers(organisation: Organisation, policy: Policy, library: Library) -> Iterator[Layer]:
    """Yield the layers of a policy's stack, lowest first."""
    for name in dict.fromkeys(layer.name for layer in policy.stack):
        yield from library.layers.get(name, ())
    yield organisation.layer
