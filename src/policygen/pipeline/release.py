"""`policygen release`: freeze a version and the files published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from policygen.diff import differences
from policygen.lint.provenance import unconfirmed_sources
from policygen.load.profile.profile import load_organisation, with_release
from policygen.model.fragment import Organisation
from policygen.model.policy import Policy
from policygen.model.release.history import HistoryEntry
from policygen.pipeline.compose_profile import compose_organisation
from policygen.pipeline.names.names import require_buildable
from policygen.pipeline.publish.publish import publish, require_formats
from policygen.pipeline.released.approval import approval_faults
from policygen.pipeline.released.kept_answers import answer_faults
from policygen.pipeline.released.last_approved import last_approved
from policygen.pipeline.released.saves import forget_saves
from policygen.pipeline.workspace import Workspace
from policygen.problems import Message, PolicygenError, Problem
from policygen.report.changes.rule_changes import rule_changes
from policygen.store.freeze import MadeFrom, freeze, source_files
from policygen.store.ready import next_version, refuse_example, release_entry, repeated_approval
from policygen.store.releases import read_release
from policygen.store.version import with_version
from policygen.write.writer import default_formats

_NAMED = 5  # clauses that a message names


def release(
    profile: Path,
    workspace: Workspace,
    summary: str,
    bump: Literal["", "minor", "major"] = "",
    editions: Sequence[str] = (),
    formats: Sequence[str] = (),
) -> tuple[Path, tuple[Problem, ...]]:
    """Freeze a policy as a release of the profile's version.

    With `bump` it is the next version, which the profile then says. Return the release's folder,
    and the Problems that did not stop it. Raises PolicygenError; then nothing is changed.
    """
    workspace = workspace.for_profile(profile)
    library = workspace.library
    require_buildable(editions, formats, library.outline)
    refuse_example(profile)
    organisation = load_organisation(profile, library)
    text = None
    if bump:
        text = with_version(profile, next_version(organisation, major=bump == "major"))
        organisation = load_organisation(profile, library, text)
    made_from = source_files(profile, organisation.profile)
    new = release_entry(organisation, summary)
    composed = compose_organisation(with_release(organisation, new), workspace)
    if composed.policies:
        new = _with_changes(new, profile.parent, composed.policies[0], workspace)
        composed = compose_organisation(with_release(organisation, new), workspace)
    if problems := approval_faults(profile.parent, organisation, composed.policies):
        raise PolicygenError(problems)
    promised = answer_faults(profile, organisation, composed.policies, workspace)
    if bump == "minor":
        _require_same_clauses(profile.parent, organisation, composed.policies[0])
    organisation = composed.organisation
    policies = composed.policies
    publication = publish(
        organisation.name, policies, workspace, editions, formats, composed.problems
    )
    require_formats(publication, formats or default_formats())
    prefix = f"{publication.name}/"
    published = {file.path.removeprefix(prefix): file.data for file in publication.files}
    folder = freeze(profile, new, policies[0], published, MadeFrom(made_from, made_from), text)
    forget_saves(profile.parent)
    found = (*publication.problems, *repeated_approval(organisation), *promised)
    return folder, (*found, *unconfirmed_sources(policies[0]))


def _with_changes(
    new: HistoryEntry, folder: Path, policy: Policy, workspace: Workspace
) -> HistoryEntry:
    """Return a release with what it changes in the rules since the last approved one."""
    before = last_approved(folder, policy.language)
    if before is None:
        return new
    found = differences(before, policy, workspace.caches.words)
    return replace(new, since=before.history[-1].version, changes=rule_changes(found))


def _require_same_clauses(folder: Path, organisation: Organisation, policy: Policy) -> None:
    """Raise PolicygenError for a minor version with other clauses than the newest release.

    `organisation` has the releases before the one that is being made.
    """
    newest = organisation.history[-1].version
    before = _told_clauses(read_release(folder, newest).policies[0])
    now = _told_clauses(policy)
    moved = [id for id in {**before, **now} if (id in before) != (id in now)]
    if moved:
        named = ", ".join(moved[:_NAMED])
        more = f" and {len(moved) - _NAMED} more" if len(moved) > _NAMED else ""
        what = f"Clauses came or went since {newest}: {named}{more}."
        mend = Message(
            "That changes what people may or have to do: release it with --major.",
            on_page="That changes what people may or have to do: "
            "choose the third answer to “Which version is it?”.",
        )
        location = organisation.location(("policy", "version"))
        raise PolicygenError([Problem(what, mend, location, code="PG535")])


def _told_clauses(policy: Policy) -> dict[str, None]:
    """Return the ids of the clauses that a policy tells itself, in order."""
    return {clause.id: None for clause in policy.clauses() if not clause.omission}
