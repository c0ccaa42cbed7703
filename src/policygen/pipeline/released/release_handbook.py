"""`policygen release --handbook`: freeze an issue of the handbook, and leave the policy alone."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from policygen.load.profile.path import shortest_name
from policygen.load.profile.profile import load_organisation, with_handbook_issue
from policygen.model.fragment import Organisation
from policygen.model.outline.outline import Outline
from policygen.model.outline.owner import owner_facts
from policygen.model.policy import Policy
from policygen.model.release.history import HandbookIssue
from policygen.model.release.record import ReleaseRecord
from policygen.pipeline.compose_profile import compose_organisation
from policygen.pipeline.names.names import require_buildable
from policygen.pipeline.publish.publish import publish, require_formats
from policygen.pipeline.released.approval import changes_between, named_places
from policygen.pipeline.released.handbook import (
    handbook_changes,
    handbook_editions,
    issue_name,
    require_of_handbook,
)
from policygen.pipeline.released.next_issue import next_issue
from policygen.pipeline.released.parts import approvers_part
from policygen.pipeline.released.saves import forget_saves
from policygen.pipeline.workspace import Workspace
from policygen.problems import Message, PolicygenError, Problem
from policygen.report.changes.rule_changes import clause_names
from policygen.store.freeze import freeze, source_files
from policygen.store.ready import refuse_example
from policygen.store.releases import read_release
from policygen.write.writer import default_formats
from policygen.write.writer import formats as installed_formats


def release_handbook(
    profile: Path,
    workspace: Workspace,
    summary: str,
    issued: date,
    changed_by: str = "",
    editions: Sequence[str] = (),
    formats: Sequence[str] = (),
) -> tuple[Path, tuple[Problem, ...]]:
    """Freeze the next issue of the handbook of the version that is in force.

    Left out, `changed_by` is the policy's owner; `editions` and `formats` are those that its
    version published, as far as they tell what the owner changes. Return the release's folder, and
    the Problems that did not stop it. Raises PolicygenError, also where what the approver signed
    has moved; then nothing is changed.
    """
    workspace = workspace.for_profile(profile)
    refuse_example(profile)
    organisation = load_organisation(profile, workspace.library)
    newest, issue = next_issue(profile.parent, organisation, summary, issued, changed_by)
    made_from = source_files(profile, organisation.profile)
    policies = compose_organisation(organisation, workspace).policies
    outline = policies[0].outline
    _require_as_signed(profile, organisation, issue.version, policies)
    issue = _with_changes(issue, profile.parent, newest, policies)
    published = read_release(profile.parent, issue.version).record
    editions = editions or _published_editions(published, outline)
    formats = formats or _published_formats(published)
    require_buildable(editions, formats, outline)
    require_of_handbook(editions, outline, issue.version)
    composed = compose_organisation(with_handbook_issue(organisation, issue), workspace)
    publication = publish(
        organisation.name, composed.policies, workspace, editions, formats, composed.problems
    )
    require_formats(publication, formats)
    prefix = f"{publication.name}/"
    files = {file.path.removeprefix(prefix): file.data for file in publication.files}
    folder = freeze(profile, newest.entry, composed.policies[0], files, made_from, issue=issue)
    forget_saves(profile.parent)
    return folder, publication.problems


def _require_as_signed(
    profile: Path, organisation: Organisation, version: str, policies: Sequence[Policy]
) -> None:
    """Raise PolicygenError where the policy no longer says what the version's approver signed."""
    release = read_release(profile.parent, version)
    signed = {policy.language: policy for policy in release.policies}
    places: dict[str, None] = {}
    for policy in policies:
        before = signed.get(policy.language, release.policies[0])
        outline = policy.outline
        places |= dict.fromkeys(
            changes_between(approvers_part(before, outline), approvers_part(policy, outline))
        )
    if not places:
        return
    name = shlex.quote(shortest_name(profile))
    what = (
        f"No handbook can carry what a board signs, and the rules have moved since {version}: "
        f"{named_places(places)}."
    )
    back = "Put them back, or have them approved and release the policy"
    mend = Message(
        f"{back}, with --minor or --major. "
        f"`policygen diff {name}@{version} {name}` shows what has moved.",
        on_page=f"{back} as its next version. The page Compare shows what has moved.",
    )
    location = organisation.location(("policy", "version"))
    problem = Problem(what, mend, location, code="PG541")
    raise PolicygenError([problem, *_changing_rules(organisation, policies[0], places)])


def _changing_rules(
    organisation: Organisation, policy: Policy, places: Iterable[str]
) -> Iterator[Problem]:
    """Yield each rule that has moved because it prints what changes without the board."""
    tiers = [key for key, tier in policy.outline.tiers.items() if tier.required]
    for clause in filter(None, map(policy.clause, places)):
        wordings = filter(None, map(clause.told, tiers))
        facts = [fact for one in wordings for fact in owner_facts(one, policy.outline)]
        if facts:
            found = named_places(facts)
            what = f'The rule of "{clause.id}" depends on {found}, which the owner changes.'
            mend = "Name the role in the rule, and put this under ### Details, in the next version."
            location = organisation.location(("policy", "version"))
            yield Problem(what, mend, location, code="PG543")


def _with_changes(
    issue: HandbookIssue, folder: Path, newest: ReleaseRecord, policies: Sequence[Policy]
) -> HandbookIssue:
    """Return an issue with the clauses that it tells otherwise. Raises PolicygenError for none."""
    release = read_release(folder, newest.name)
    before = {policy.language: policy for policy in release.policies}
    ids = dict.fromkeys(
        id
        for policy in policies
        if policy.language in before
        for id in handbook_changes(before[policy.language], policy)
    )
    if not ids:
        what = f"Nothing in the handbook has changed since {issue_name(newest)}."
        mend = "An issue says that something did: change it first, and save the profile."
        raise PolicygenError([Problem(what, mend, code="PG542")])
    names = clause_names(policies[0])
    return replace(issue, changed=tuple(names[id] for id in ids if id in names))


def _published_editions(record: ReleaseRecord, outline: Outline) -> tuple[str, ...]:
    """Return the editions of the handbook that a version published; else those built unasked."""
    published = {name.partition(".")[0] for name in record.files}
    found = tuple(key for key in handbook_editions(outline) if key in published)
    return found or handbook_editions(outline, default=True)


def _published_formats(record: ReleaseRecord) -> tuple[str, ...]:
    """Return the formats that a version published, by the endings of its files."""
    endings = {name.partition(".")[2] for name in record.files}
    known = {one.replace("large-print-", "large-print."): one for one in installed_formats()}
    found = tuple(format for ending, format in known.items() if ending in endings)
    return found or default_formats()
