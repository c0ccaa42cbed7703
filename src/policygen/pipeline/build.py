"""`policygen build`: a profile to finished files.

Open this file first: it has the whole flow in one function.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from policygen.pipeline.compose_profile import ProfilePolicies, compose_profile
from policygen.pipeline.names.names import require_buildable
from policygen.pipeline.publish.publish import Publication, publish
from policygen.pipeline.released.approval import approval_faults
from policygen.pipeline.released.handbook import (
    handbook_editions,
    handbook_faults,
    require_of_handbook,
)
from policygen.pipeline.workspace import Workspace
from policygen.problems import PolicygenError, Problem, errors
from policygen.store.releases import read_release


def build(
    profile: Path,
    workspace: Workspace,
    editions: Sequence[str] = (),
    formats: Sequence[str] = (),
    audience: str = "",
) -> Publication:
    """Make all of one profile's files, in memory.

    Left out, `editions` are those that the outline marks, and `formats` all that are installed.
    With an `audience`, each edition is cut to what these readers need.
    Raises PolicygenError with every error of the profile at once.
    """
    workspace = workspace.for_profile(profile)
    require_buildable(editions, formats, workspace.library.outline, audience)
    composed = compose_profile(profile, workspace)
    name = composed.organisation.name
    signed = _require_own_approval(profile, composed)
    moved = tuple(
        handbook_faults(
            profile, composed.organisation, composed.policies, policy_moved=bool(signed)
        )
    )
    policies = composed.policies
    if moved:  # no issue's number stands on other words
        policies = tuple(replace(policy, handbook_state="moved") for policy in policies)
    problems = (*composed.problems, *signed, *moved)
    return publish(name, policies, workspace, editions, formats, problems, audience)


def _require_own_approval(profile: Path, composed: ProfilePolicies) -> tuple[Problem, ...]:
    """Return warnings of an approval, or a version, that is one of other words.

    Raises PolicygenError for an error: whoever prints it would claim what nobody approved.
    """
    problems = approval_faults(profile.parent, composed.organisation, composed.policies)
    if errors(problems):
        raise PolicygenError((*composed.problems, *problems))
    return problems


def reprint(
    profile: Path,
    version: str,
    workspace: Workspace,
    editions: Sequence[str] = (),
    formats: Sequence[str] = (),
    audience: str = "",
) -> Publication:
    """Print a release again, marked on every page where a later one took its place.

    Raises PolicygenError.
    """
    release = read_release(profile.parent, version)
    require_buildable(editions, formats, release.policies[0].outline, audience)
    policies = release.marked()
    if release.record.handbook:
        outline = policies[0].outline
        editions = editions or handbook_editions(outline, default=True)
        require_of_handbook(editions, outline, release.record.entry.version)
    return publish(release.name, policies, workspace, editions, formats, audience=audience)
