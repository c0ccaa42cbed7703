"""Whether the library has moved since a body last agreed to its words."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from policygen.load.profile.path import shortest_name
from policygen.load.records import read_records
from policygen.model.fragment import Organisation
from policygen.model.policy import Policy
from policygen.model.release.record import ReleaseRecord
from policygen.pipeline.workspace import Workspace
from policygen.problems import Level, Message, PolicygenError, Problem
from policygen.store.releases import read_release

_PAGE = "docs/after-an-upgrade.md"


def library_change(
    profile: Path, organisation: Organisation, policies: Sequence[Policy], workspace: Workspace
) -> Iterator[Problem]:
    """Yield an advice when the library has moved, and this policy with it.

    It is compared with that of the newest release; of a body that has released nothing, the version
    of policygen is compared with the one that its profile names. The records must be whole.
    """
    records = read_records(profile.parent)
    if records:
        yield from _since_release(profile, organisation, records[-1], policies[0], workspace)
    else:
        yield from _since_version(profile, organisation)


def _since_release(
    profile: Path,
    organisation: Organisation,
    record: ReleaseRecord,
    policy: Policy,
    workspace: Workspace,
) -> Iterator[Problem]:
    if record.library_digest == workspace.library.digest:
        return
    clauses = _changed_clauses(profile, record, policy, workspace)
    if not clauses:
        return
    name = shlex.quote(shortest_name(profile))
    released = record.entry.version
    plural = "" if clauses == 1 else "s"
    what = (
        f"The library has moved since version {released} was released, "
        f"and this policy differs from it in {clauses} clause{plural}."
    )
    mend = Message(
        f"`policygen diff {name}@{released} {name}` shows what and why; see {_PAGE}.",
        on_page=f"The page Compare shows what and why: compare with version {released}.",
    )
    location = organisation.location(("policy", "version"))
    yield Problem(what, mend, location, Level.ADVICE, code="PG154")


def _changed_clauses(
    profile: Path, record: ReleaseRecord, policy: Policy, workspace: Workspace
) -> int:
    """Count the clauses, and heads of sections, in which a policy differs from a release.

    A release that cannot be read counts as one: `diff` will say why.
    """
    from policygen.diff import differences  # most checks compare nothing

    try:
        release = read_release(profile.parent, record.entry.version)
    except PolicygenError:
        return 1
    frozen = {one.language: one for one in release.policies}
    before = frozen.get(policy.language, release.policies[0])
    found = differences(before, policy, workspace.caches.words).found
    return len({(difference.section, difference.clause) for difference in found})


def _since_version(profile: Path, organisation: Organisation) -> Iterator[Problem]:
    read, installed = organisation.profile.library.version, version("policygen")
    if not read or read == installed:
        return
    name = shlex.quote(shortest_name(profile))
    what = f"This profile was written with the words of policygen {read}, and this is {installed}."
    then = f'write `version: "{installed}"`'
    mend = Message(
        f"Compare it with the policy.json of its last build: "
        f"`policygen diff dist/{shlex.quote(organisation.name)}/policy.json {name}`. "
        f"Then {then} here; see {_PAGE}.",
        on_page=f"Compare it with your last release on the page Compare. "
        f"Then {then} under `library` in profile.yaml.",
    )
    field = ("library", "version")
    yield Problem(what, mend, organisation.location(field), Level.ADVICE, code="PG154", field=field)
