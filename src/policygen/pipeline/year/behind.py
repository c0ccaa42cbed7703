"""`policygen behind`: which of many bodies are behind the model, in which clauses, since when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from policygen.load.profile.profile import load_organisation
from policygen.model.fragment import Organisation
from policygen.model.language import localise
from policygen.model.policy import Policy
from policygen.model.year.behind import BehindClause, BodyStanding
from policygen.model.year.moved import LibraryMove
from policygen.pipeline.compose_profile import compose_organisation
from policygen.pipeline.workspace import Workspace
from policygen.pipeline.year.change_days import ChangeDays
from policygen.pipeline.year.kept import release_in_force
from policygen.pipeline.year.moved import library_move
from policygen.pipeline.year.review_pack import stale_words
from policygen.problems import PolicygenError
from policygen.report.year.behind.words import behind_clause
from policygen.year.due import due_dates

_LANGUAGE = "en-GB"  # of the letters


def body_standing(profile: Path, workspace: Workspace, on: date, days: ChangeDays) -> BodyStanding:
    """Return how one body stands to the model on a day; `days` know when the model changed.

    Only words of it are kept, so that memory does not grow with the policies of many bodies. That
    it has no policy by today's library, or a release that was changed, is part of the answer.
    """
    try:
        own = workspace.for_profile(profile)
        organisation = load_organisation(profile, own.library)
    except PolicygenError as error:
        name = profile.resolve().parent.name
        return BodyStanding(name, name, fault=error.first.what)
    try:
        policy = compose_organisation(organisation, own).policies[0]
        release = release_in_force(profile.parent, on)
        move = library_move(profile, release, own) if release else None
    except PolicygenError as error:
        return _faulty(organisation, error.first.what)
    return _standing(organisation, policy, move, on, days)


def _faulty(organisation: Organisation, fault: str) -> BodyStanding:
    control = organisation.profile.policy
    return BodyStanding(
        organisation.name,
        organisation.profile.name,
        _owner(organisation),
        review_by=control.review_by,
        fault=fault,
    )


def _standing(
    organisation: Organisation,
    policy: Policy,
    move: LibraryMove | None,
    on: date,
    days: ChangeDays,
) -> BodyStanding:
    review = next((one for one in due_dates(policy, (), on, on) if one.kind == "review"), None)
    return BodyStanding(
        name=organisation.name,
        organisation=organisation.profile.name,
        owner=_owner(organisation),
        version=move.version if move else "",
        issued=move.issued if move else None,
        review_by=policy.profile.policy.review_by,
        review=review.state(on) if review else None,
        clauses=tuple(_clauses(move, policy, days)) if move else (),
        sources=tuple(f"{one.title} {one.what}" for one in move.sources) if move else (),
        unstamped=tuple(f"{one.number} {one.name}".strip() for one in stale_words(policy)),
        unconfirmed=tuple(one.title for one in policy.sources if not policy.is_confirmed(one)),
        fault=move.fault if move else "",
    )


def _clauses(move: LibraryMove, policy: Policy, days: ChangeDays) -> Iterator[BehindClause]:
    for one in move.clauses:
        yield behind_clause(one, policy.outline, days.last(one.places))


def _owner(organisation: Organisation) -> str:
    owner = organisation.profile.policy.owner
    return str(localise(owner.role, _LANGUAGE)) if owner and owner.role else ""
