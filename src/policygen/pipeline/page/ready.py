"""What a policy still lacks: who knows it, and what must be mended until it may be approved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from policygen.lint.roles import roles
from policygen.load.profile.profile import load_organisation
from policygen.load.records import read_records
from policygen.model.fragment import Organisation
from policygen.model.policy import MissingFact
from policygen.model.release.history import HistoryEntry
from policygen.pipeline.check import check
from policygen.pipeline.compose_profile import compose_organisation, compose_profile
from policygen.pipeline.page.profile_text import Change, profile_with
from policygen.pipeline.page.profiles import Listed, ProfileText
from policygen.pipeline.released.approval import approval_faults
from policygen.pipeline.workspace import Workspace
from policygen.problems import DataPath, PolicygenError, Problem, errors
from policygen.store.ready import release_entry

_UNKNOWN = "PG313"  # a fact that the words want
_SOME_SUMMARY = "A summary."  # stands for the one that is asked for when it is released


@dataclass(frozen=True, slots=True)
class UnknownFact:
    """A fact that is not known yet: what it is called, and where it stands in the profile."""

    label: str
    path: DataPath


@dataclass(frozen=True, slots=True)
class WhoKnows:
    """What one person, or one team, is asked for."""

    who: str
    facts: tuple[UnknownFact, ...]


@dataclass(frozen=True, slots=True)
class BeforeApproval:
    """What a policy lacks until it may be approved: facts, and whatever else is to be mended."""

    unknown: tuple[Problem, ...]
    problems: tuple[Problem, ...]


def still_unknown(profile: Path, workspace: Workspace) -> tuple[WhoKnows, ...]:
    """Return what a policy lacks, by those who know it. Raises PolicygenError."""
    gaps = compose_profile(profile, workspace).policies[0].gaps
    order = {who: number for number, who in enumerate(dict.fromkeys(gap.ask for gap in gaps))}
    ranked = sorted(gaps, key=lambda gap: order[gap.ask])
    by_asked = groupby(ranked, lambda gap: gap.ask)
    return tuple(WhoKnows(who, tuple(map(_unknown_fact, facts))) for who, facts in by_asked)


def unknown_list(body: Listed, workspace: Workspace) -> str:
    """Return the same as a plain text, to be put into a message. Raises PolicygenError."""
    parts = [f"What our social media policy still needs: {body.title}"]
    for one in still_unknown(body.file, workspace):
        facts = "\n".join(f"- {fact.label}" for fact in one.facts)
        parts.append(f"Please ask {one.who}:\n{facts}")
    return "\n\n".join(parts) + "\n"


def _unknown_fact(gap: MissingFact) -> UnknownFact:
    return UnknownFact(gap.label, tuple(gap.fact.removeprefix("organisation.").split(".")))


def every_fault(profile: Path, workspace: Workspace, on: date | None = None) -> tuple[Problem, ...]:
    """Return all that `policygen check` says of a profile on a day. Raises PolicygenError."""
    return check(profile, workspace, on)


def faults_of_facts(profile: Path, workspace: Workspace) -> tuple[Problem, ...]:
    """Return what is wrong with the facts of a profile as they stand: less, and sooner, than all.

    How the words read is not looked at. Raises PolicygenError for a library that cannot be read.
    """
    own = workspace.for_profile(profile)
    try:
        composed = compose_profile(profile, own)
    except PolicygenError as error:
        return error.problems
    return (*composed.problems, *roles(composed.organisation, own.library.style))


def before_approval(profile_text: ProfileText, workspace: Workspace) -> BeforeApproval:
    """Return every error that the policy would have, if its profile said today that it is approved.

    Nothing is written.
    """
    found = _faults_if_approved(profile_text, workspace)
    problems = tuple(one for one in found if one.code != _UNKNOWN)
    told = {one.field for one in problems}
    unknown = (one for one in found if one.code == _UNKNOWN and one.field not in told)
    return BeforeApproval(tuple(unknown), problems)


def _faults_if_approved(profile_text: ProfileText, workspace: Workspace) -> tuple[Problem, ...]:
    own = workspace.for_profile(profile_text.file)
    try:
        text = profile_with(
            profile_text.text, profile_text.shown, Change(("policy", "status"), "approved")
        )
        organisation = load_organisation(profile_text.file, own.library, text)
    except PolicygenError as error:
        return errors(error.problems)
    found: list[Problem] = []
    try:
        release_entry(organisation, _SOME_SUMMARY)
    except PolicygenError as error:
        found += _but_released(error.problems, organisation)
    try:
        composed = compose_organisation(organisation, own)
        found += approval_faults(profile_text.file.parent, organisation, composed.policies)
    except PolicygenError as error:
        found += error.problems
    return tuple(dict.fromkeys(errors(found)))


def _but_released(problems: Iterable[Problem], organisation: Organisation) -> Iterator[Problem]:
    """Yield Problems but the one that this version is released: the form asks for the next."""
    version = organisation.profile.policy.version
    is_released = version in [entry.version for entry in organisation.history]
    for one in problems:
        if not (is_released and one.field == ("policy", "version")):
            yield one


def releases_of(profile: Path) -> tuple[HistoryEntry, ...]:
    """Return the releases of a policy, newest first. Raises PolicygenError."""
    return tuple(record.entry for record in reversed(read_records(profile.parent)))
