"""`policygen report board`: what a board hears before it approves a policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from policygen.diff import differences
from policygen.lint.budget import edition_words
from policygen.load.consultation.folder import consultation_versions
from policygen.load.consultation.record import newest_consultation, read_log
from policygen.load.profile.profile import load_organisation
from policygen.model.comparison.board import BoardFindings, PostureOption
from policygen.model.comparison.difference import DifferenceKind
from policygen.model.consultation.log import ConsultationLog
from policygen.model.fragment import Organisation
from policygen.model.policy import Clause, Policy
from policygen.model.release.record import version_key
from policygen.pipeline.compose_profile import compose_organisation
from policygen.pipeline.released.last_approved import last_approved
from policygen.pipeline.workspace import Workspace
from policygen.problems import PolicygenError

# What reads otherwise for those whom the policy binds; a name or a source does not.
_MEANT = (
    DifferenceKind.ADDED,
    DifferenceKind.BROUGHT_IN,
    DifferenceKind.REWORDED,
    DifferenceKind.SET_DIFFERENTLY,
)
_GONE = (DifferenceKind.REMOVED, DifferenceKind.LEFT_OUT)


def board_findings(profile: Path, workspace: Workspace) -> BoardFindings:
    """Compose a profile as it is and in each posture, and compare it with what was last approved.

    It is that of the body's first language. Raises PolicygenError for a profile or a release that
    cannot be read, or a profile that does not compose.
    """
    workspace = workspace.for_profile(profile)
    organisation = load_organisation(profile, workspace.library)
    policy = compose_organisation(organisation, workspace).policies[0]
    found = BoardFindings(
        policy=policy,
        options=tuple(_options(organisation, policy, workspace)),
        words=edition_words(policy, policy.outline.signed, workspace.caches.prose),
    )
    found = _since_approval(found, profile, workspace)
    return replace(found, log=_newest_log(profile.parent, found.approved))


def _newest_log(profile_folder: Path, approved: str) -> ConsultationLog | None:
    """Return the log of the newest consultation on a version after the approved one."""
    versions = consultation_versions(profile_folder)
    if approved:
        since = version_key(approved)
        versions = tuple(one for one in versions if version_key(one) > since)
    return read_log(newest_consultation(profile_folder, versions[-1])) if versions else None


def _options(
    organisation: Organisation, policy: Policy, workspace: Workspace
) -> Iterator[PostureOption]:
    """Yield every posture of the library, as it would be for this body."""
    library = workspace.library
    chosen = organisation.profile.posture
    for name in library.names("posture"):
        layer = next(library.above("posture", name))
        option = PostureOption(name, layer.title, layer.says, is_chosen=name == chosen)
        if not option.is_chosen:
            option = _compared(option, organisation, policy, workspace)
        yield option


def _compared(
    option: PostureOption, organisation: Organisation, policy: Policy, workspace: Workspace
) -> PostureOption:
    """Return a posture with the clauses that would read otherwise under it."""
    profile = organisation.profile.model_copy(update={"posture": option.name})
    try:
        composed = compose_organisation(
            replace(organisation, profile=profile), workspace, policy.language
        )
    except PolicygenError as error:
        return replace(option, fault=error.first.what)
    # From the other to this one: the board has this one before it, with its numbers.
    changed, added = _changed(composed.policies[0], policy, workspace)
    return replace(option, changed=changed, added=added)


def _since_approval(found: BoardFindings, profile: Path, workspace: Workspace) -> BoardFindings:
    """Return the findings with what changed since the newest approved release, if there is one."""
    before = last_approved(profile.parent, found.policy.language)
    if before is None:
        return found
    changed, gone = _changed(before, found.policy, workspace)
    return replace(found, approved=before.history[-1].version, changed=changed, gone=gone)


def _changed(first: Policy, second: Policy, workspace: Workspace) -> tuple[tuple[Clause, ...], int]:
    """Return the clauses that came or read otherwise in the second policy; and how many went."""
    signed = (*second.outline.editions[second.outline.signed].tiers, "title", "")
    every = differences(first, second, workspace.caches.words).found
    found = [one for one in every if one.part in signed]  # a board signs no practice
    ids = {one.clause for one in found if one.kind in _MEANT}
    gone = {one.clause for one in found if one.kind in _GONE and one.clause}
    changed = tuple(clause for clause in second.clauses() if clause.id in ids and clause.number)
    return changed, len(gone)
