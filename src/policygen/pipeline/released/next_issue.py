"""What issue of the handbook may be released: rules on its version, its day and who changed it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pydantic_core import PydanticCustomError

from policygen.load.records import read_every_record
from policygen.model.fragment import Organisation
from policygen.model.release.history import HandbookIssue
from policygen.model.release.record import ReleaseRecord
from policygen.model.text import Words, checked_line
from policygen.pipeline.released.approval import is_same_approval
from policygen.problems import Message, PolicygenError, Problem
from policygen.store.ready import summary_faults


def next_issue(
    folder: Path, organisation: Organisation, summary: str, issued: date, changed_by: str
) -> tuple[ReleaseRecord, HandbookIssue]:
    """Return the newest issue of the handbook of the version in force, and the one to follow it.

    `folder` is the profile's. Raises PolicygenError with everything that forbids it at once.
    """
    records = read_every_record(folder)
    newest = records[-1] if records else None
    if newest is None or not _is_in_force(organisation, newest):
        raise PolicygenError([_not_in_force(organisation, newest)])
    problems = [*summary_faults(summary), *_day_faults(issued, newest)]
    who: Words | None = None
    try:
        who = _changed_by(organisation, changed_by)
    except PolicygenError as error:
        problems += error.problems
    if problems or not who:
        raise PolicygenError(problems)
    number = newest.handbook.issue + 1 if newest.handbook else 2
    return newest, HandbookIssue(newest.entry.version, number, issued, who, checked_line(summary))


def _is_in_force(organisation: Organisation, newest: ReleaseRecord) -> bool:
    control = organisation.profile.policy
    is_version = (control.status, control.version) == ("approved", newest.entry.version)
    is_approved = newest.entry.status == "approved"
    return is_version and is_approved and is_same_approval(organisation, newest.entry)


def _not_in_force(organisation: Organisation, newest: ReleaseRecord | None) -> Problem:
    """Say why the profile is not that of the newest release, approved."""
    control = organisation.profile.policy
    location = organisation.location(("policy", "version"))
    if newest is None:
        what = "Nothing is released yet, so there is no handbook to follow."
        mend = "Release the policy first: its handbook is the first issue."
    elif newest.entry.status != "approved":
        what = f"Version {newest.entry.version} is out for comment, and its handbook not in force."
        mend = "Put the change into the profile now: the approved version will print it."
    elif control.version == newest.entry.version and control.status == "approved":
        what = f"The profile bears another approval, or day of issue, than {control.version} does."
        mend = "Put them back as they were: no board is asked about a handbook."
    else:
        what = (
            f"The newest release is {newest.entry.version}, and the profile is at version "
            f"{control.version or 'none'}, {control.status}."
        )
        mend = (
            "A handbook goes with the policy in force. Is this profile a draft of the next "
            "version? Say status: draft in it, and its rules are left out."
        )
    return Problem(what, mend, location, code="PG545", field=("policy", "version"))


def _day_faults(issued: date, newest: ReleaseRecord) -> Iterator[Problem]:
    """Check that an issue is not older than the one before."""
    before = newest.handbook.issued if newest.handbook else newest.entry.issued
    if issued < before:
        name = newest.name if newest.handbook else f"version {newest.entry.version}"
        what = f"The issue would bear {issued}, and {name} was issued on {before}."
        mend = Message(
            "Give the day on which it is issued: --issued 2027-05-04.",
            on_page="Give the day on which it is issued.",
        )
        yield Problem(what, mend, code="PG546")


def _changed_by(organisation: Organisation, given: str) -> Words:
    """Return who changed the handbook: whoever is named, or else the policy's owner.

    Raises PolicygenError for nobody, and for a name that is no line of text.
    """
    owner = organisation.profile.policy.owner
    if not given.strip() and owner and owner.role:
        return owner.role
    try:
        return checked_line(given)
    except PydanticCustomError as error:
        reason = error.message()
    what = "Nobody is named who changed the handbook."
    if given.strip():
        what = f"Who changed the handbook cannot be printed. {reason}"
    mend = Message(
        'Give the role: --changed-by "the Head of Communications"; or set policy.owner.',
        on_page="Give the role, such as the Head of Communications; or set policy.owner.",
    )
    field = ("policy", "owner")
    location = organisation.location(field)
    raise PolicygenError([Problem(what, mend, location, code="PG547", field=field)])
