"""`policygen check`: every Problem of a profile at once."""

from __future__ import annotations

from pathlib import Path

from policygen.lint import lint
from policygen.lint.facts import unused
from policygen.pipeline.approval import false_approval
from policygen.pipeline.compose_profile import compose_profile
from policygen.pipeline.workspace import Workspace
from policygen.problems import PolicygenError, Problem
from policygen.store.releases import verify_releases


def check(profile: Path, workspace: Workspace) -> tuple[Problem, ...]:
    """Every Problem of one profile and its releases, the advice of `lint` too.

    Raises PolicygenError for a library that cannot be read, and nothing else that a user can cause.
    """
    library = workspace.library
    changed = verify_releases(profile.parent)
    try:
        composed = compose_profile(profile, workspace)
    except PolicygenError as error:
        return tuple(dict.fromkeys((*error.problems, *changed)))
    organisation, policies = composed.organisation, composed.policies
    changed = changed or false_approval(profile.parent, organisation, policies)
    linted = [problem for policy in policies for problem in lint(policy, library.style)]
    unused_facts = unused(library, organisation.layer)
    return tuple(dict.fromkeys((*composed.problems, *changed, *unused_facts, *linted)))
