"""One profile to its policies: read, composed in each of its languages, dated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from policygen.compose.composer import compose
from policygen.compose.translate import supported_languages
from policygen.load.epoch import source_date
from policygen.load.profile.profile import load_organisation
from policygen.model.fragment import Organisation
from policygen.model.language import subtag
from policygen.model.policy import Policy
from policygen.pipeline.workspace import Workspace
from policygen.problems import Location, PolicygenError, Problem, errors, nearest


@dataclass(frozen=True, slots=True)
class ProfilePolicies:
    """An organisation, its policy in each language, and the Problems that did not stop them."""

    organisation: Organisation
    policies: tuple[Policy, ...]
    problems: tuple[Problem, ...]


def compose_profile(profile: Path, workspace: Workspace, language: str = "") -> ProfilePolicies:
    """Read a profile and compose it in each of its languages, or in one, with its own library.

    Raises PolicygenError with every error of reading or composing it.
    """
    workspace = workspace.for_profile(profile)
    organisation = load_organisation(profile, workspace.library)
    return compose_organisation(organisation, workspace, language)


def compose_organisation(
    organisation: Organisation, workspace: Workspace, language: str = ""
) -> ProfilePolicies:
    """Compose an organisation that is read already. Raises PolicygenError with every error."""
    day = source_date()
    tags, untranslated = supported_languages(workspace.library, organisation)
    if language:
        location = organisation.location(("languages",))
        tags = (language_among(language, tags, organisation.name, location),)
    composed = [
        compose(workspace.library, organisation, tag, workspace.caches.compose) for tag in tags
    ]
    found = (problem for one in composed for problem in one.problems)
    problems = tuple(dict.fromkeys((*organisation.warnings, *untranslated, *found)))
    if errors(problems):
        raise PolicygenError(problems)
    policies = (one.policy for one in composed if one.policy)
    return ProfilePolicies(
        organisation, tuple(replace(policy, dated=day) for policy in policies), problems
    )


def language_among(language: str, tags: Iterable[str], owner: str, location: Location) -> str:
    """Return the tag that a language means: `en` means en-GB. Raises PolicygenError for none."""
    tags = tuple(tags)
    for tag in tags:
        if language in (tag, subtag(tag)):
            return tag
    what = f'{owner} is not told in "{language}".'
    raise PolicygenError([Problem(what, nearest(language, tags), location, code="PG638")])
