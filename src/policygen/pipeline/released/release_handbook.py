"""`policygen release --handbook`: freeze an issue of the handbook, and leave the policy alone."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from policygen.load.profile.path import shortest_name
from policygen.load.profile.profile import with_handbook_issue
from policygen.model.fragment import Organisation
from policygen.model.outline.outline import Outline
from policygen.model.outline.owner import owner_facts
from policygen.model.policy import Policy
from policygen.model.release.history import HandbookIssue
from policygen.model.release.record import ReleaseRecord
from policygen.pipeline.compose_profile import compose_organisation
from policygen.pipeline.names.names import require_buildable
from policygen.pipeline.publish.publish import publish, require_formats
from policygen.pipeline.released.approval import named_places
from policygen.pipeline.released.as_signed import HandbookSource, handbook_source, signed_changes
from policygen.pipeline.released.handbook import (
    handbook_changes,
    handbook_editions,
    issue_name,
    require_of_handbook,
)
from policygen.pipeline.released.next_issue import next_issue
from policygen.pipeline.released.saves import forget_saves
from policygen.pipeline.workspace import Workspace
from policygen.problems import Message, PolicygenError, Problem
from policygen.report.changes.rule_changes import clause_names
from policygen.store.freeze import freeze
from policygen.store.ready import refuse_example
from policygen.store.releases import read_release
from policygen.write.writer import default_formats
from policygen.write.writer import formats as installed_formats

_BY_THE_NEXT = (
    "Let the next version print the change; or release the handbook with the policygen, and the "
    "templates, that released this version."
)


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
    version published, as far as they tell what the owner changes. While the profile is a draft of
    the next version, the rules are those that were released. Return the release's folder, and the
    Problems that did not stop it. Raises PolicygenError, also where what the approver signed has
    moved; then nothing is changed.
    """
    workspace = workspace.for_profile(profile)
    refuse_example(profile)
    source = handbook_source(profile, workspace)
    organisation = source.organisation
    newest, issue = next_issue(profile.parent, organisation, summary, issued, changed_by)
    policies = compose_organisation(organisation, workspace).policies
    outline = policies[0].outline
    _require_as_signed(profile, source, issue.version, policies)
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
    policy = composed.policies[0]
    folder = freeze(profile, newest.entry, policy, files, source.files, issue=issue)
    forget_saves(profile.parent)
    return folder, (*source.notes, *publication.problems)


def _require_as_signed(
    profile: Path, source: HandbookSource, version: str, policies: Sequence[Policy]
) -> None:
    """Raise PolicygenError where the policy no longer says what the version's approver signed."""
    places = signed_changes(read_release(profile.parent, version), policies)
    if not places:
        return
    what = (
        f"No handbook can carry what a board signs, and the rules have moved since {version}: "
        f"{named_places(places)}."
    )
    mend = _mend(shlex.quote(shortest_name(profile)), version)
    if source.is_beside_a_draft:
        what = f"Today's library tells rules otherwise than {version} does: {named_places(places)}."
        mend = Message(_BY_THE_NEXT, on_page=_BY_THE_NEXT)
    location = source.organisation.location(("policy", "version"))
    problem = Problem(what, mend, location, code="PG541")
    raise PolicygenError([problem, *_changing_rules(source.organisation, policies[0], places)])


def _mend(name: str, version: str) -> Message:
    back = "Put them back, or have them approved and release the policy"
    draft = "Are they a draft? Say status: draft in the profile, and the handbook leaves them out."
    return Message(
        f"{back}, with --minor or --major. "
        f"`policygen diff {name}@{version} {name}` shows what has moved. {draft}",
        on_page=f"{back} as its next version. The page Compare shows what has moved. {draft}",
    )


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
