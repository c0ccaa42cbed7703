"""`policygen build`: a profile to finished files.

Open this file first: it has the whole flow in one function.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from policygen.pipeline.compose_profile import ProfilePolicies, compose_profile
from policygen.pipeline.names.names import require_buildable
from policygen.pipeline.publish.publish import Publication, publish
from policygen.pipeline.released.approval import approval_faults
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
    problems = (*composed.problems, *_require_own_approval(profile, composed))
    return publish(name, composed.policies, workspace, editions, formats, problems, audience)


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
    return publish(release.name, policies, workspace, editions, formats, audience=audience)
