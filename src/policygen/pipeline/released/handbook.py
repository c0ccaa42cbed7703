"""Whether the handbook has moved since its newest issue: practice, contacts, channels, dates."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from policygen.load.profile.path import shortest_name
from policygen.load.records import read_every_record
from policygen.model.fragment import Organisation
from policygen.model.outline.outline import Outline
from policygen.model.policy import Policy
from policygen.model.release.record import ReleaseRecord
from policygen.pipeline.released.approval import named_places
from policygen.pipeline.released.parts import owners_part
from policygen.problems import Level, Message, PolicygenError, Problem
from policygen.store.releases import read_release


def newest_issue(folder: Path, version: str) -> ReleaseRecord | None:
    """Return the newest issue of a version's handbook: the version's own release, if it is none.

    None for a version that is not released, or was not approved. Raises PolicygenError.
    """
    of_version = [one for one in read_every_record(folder) if one.entry.version == version]
    approved = of_version and of_version[-1].entry.status == "approved"
    return of_version[-1] if approved else None


def handbook_changes(before: Policy, after: Policy) -> tuple[str, ...]:
    """Return the ids of the clauses in which a handbook differs from its newest issue.

    What the approver signs does not count: whether that differs is another question.
    """
    outline = after.outline
    known = {clause.id: owners_part(clause, outline) for clause in before.clauses()}
    now = {clause.id: owners_part(clause, outline) for clause in after.clauses()}
    return tuple(id for id in {**known, **now} if known.get(id, ()) != now.get(id, ()))


def moved_since(
    folder: Path, organisation: Organisation, policies: Sequence[Policy]
) -> tuple[str, tuple[str, ...]]:
    """Return the name of the newest issue, such as 1.0-h1, and where the handbook differs from it.

    ("", ()) while the version is not released and approved, and for a body without a handbook of
    its own. Raises PolicygenError for a release that cannot be read.
    """
    control = organisation.profile.policy
    if control.status != "approved" or not control.version:
        return "", ()
    record = newest_issue(folder, control.version)
    if record is None or not any(tier.by_owner for tier in policies[0].outline.tiers.values()):
        return "", ()
    frozen = {one.language: one for one in read_release(folder, record.name).policies}
    pairs = [(frozen[one.language], one) for one in policies if one.language in frozen]
    places = dict.fromkeys(place for pair in pairs for place in handbook_changes(*pair))
    return issue_name(record), tuple(places)


def issue_name(record: ReleaseRecord) -> str:
    """Return what people call an issue of the handbook: 1.0-h1 for that of the version itself."""
    return record.name if record.handbook else f"{record.entry.version}-h1"


def handbook_editions(outline: Outline, *, default: bool = False) -> tuple[str, ...]:
    """Return the editions that tell what the owner changes; `default`, those built unasked."""
    keys = outline.default_editions if default else tuple(outline.editions)
    return tuple(key for key in keys if outline.is_of_handbook(outline.editions[key]))


def require_of_handbook(editions: Iterable[str], outline: Outline, version: str) -> None:
    """Raise PolicygenError for an edition that tells only what the approver signed."""
    signed = [key for key in editions if not outline.is_of_handbook(outline.editions[key])]
    if signed:
        what = (
            f"No issue of the handbook prints what was signed as {version}: {named_places(signed)}."
        )
        mend = f"It stands as it was in releases/{version}/: leave it out here."
        raise PolicygenError([Problem(what, mend, code="PG544")])


def handbook_faults(
    profile: Path, organisation: Organisation, policies: Sequence[Policy], *, policy_moved: bool
) -> Iterator[Problem]:
    """Yield a warning when the handbook has moved since its newest issue.

    Where the policy itself has moved too, its next release prints both. A release that cannot be
    read is told of elsewhere.
    """
    try:
        issue, places = moved_since(profile.parent, organisation, policies)
    except PolicygenError:
        return
    if not places:
        return
    count = f"{len(places)} clause{'s' if len(places) > 1 else ''}"
    what = f"The handbook has moved since {issue}, in {count}: {named_places(places)}."
    name = shlex.quote(shortest_name(profile))
    own_issue = "Give it an issue of its own, for which no board is asked"
    mend = Message(
        f'{own_issue}: `policygen release {name} --handbook --issued DATE --summary "..."`.',
        on_page=f"{own_issue}: the page In force leads to it.",
    )
    if policy_moved:
        both = "The policy has moved as well: its next version prints both."
        mend = Message(both, on_page=both)
    field = ("policy", "version")
    location = organisation.location(field)
    yield Problem(what, mend, location, Level.WARNING, code="PG540", field=field)


def parts_said(profile: Path, organisation: Organisation, problems: Iterable[Problem]) -> str:
    """Return whether each part is as it was released: "Policy as in 1.0, handbook as in 1.0-h2".

    `problems` are all that `check` found. "" while the version is not released and approved.
    Raises PolicygenError for records that do not fit together.
    """
    control = organisation.profile.policy
    if control.status != "approved" or not control.version:
        return ""
    record = newest_issue(profile.parent, control.version)
    if record is None:
        return ""
    codes = {problem.code for problem in problems}
    policy = "moved since" if codes & {"PG523", "PG524"} else "as in"
    handbook = "moved since" if "PG540" in codes else "as in"
    return f"Policy {policy} {control.version}, handbook {handbook} {issue_name(record)}"
