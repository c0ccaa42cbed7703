"""What may be released: rules on status, version, approval and summary; the next version."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic_core import PydanticCustomError

from policygen.load.files import excerpt
from policygen.load.library.on_disk import shipped
from policygen.load.profile.path import PROFILES_FOLDER
from policygen.model.fragment import Organisation
from policygen.model.release.history import HistoryEntry
from policygen.model.release.record import VERSION, next_number, version_key
from policygen.model.text import checked_line
from policygen.problems import Level, Location, Message, PolicygenError, Problem

_SUMMARY = 1_000  # characters; it is one line of a table
_WHICH = "answer to “Which version is it?”"  # as the page asks for --minor and --major
_CHOOSE_THE_FIRST = f"Choose the first {_WHICH}"
_AGREED = Message(
    "Once it is agreed, set policy.status to approved, and the version, approved_at and issued of "
    "what was agreed. To ask once more, raise the version.",
    on_page="Once it is agreed, say so on the page “The policy as a document”: the status, the "
    "version, where and when it was approved, and the date of issue. To ask once more, raise the "
    "version there.",
)
_NEXT = Message(
    "Add --minor or --major to release the next one.",
    on_page=f"Choose the second or the third {_WHICH} to release the next one.",
)


def refuse_example(profile: Path) -> None:
    """Raise PolicygenError for an example: an update would take its releases away.

    Whoever works in a checkout, with its folder of profiles before them, has made them their own.
    """
    examples = shipped(PROFILES_FOLDER).resolve()
    is_own_folder = Path(PROFILES_FOLDER).resolve() == examples
    if profile.resolve().is_relative_to(examples) and not is_own_folder:
        what = "This profile is an example that came with policygen."
        mend = "Copy its folder to profiles/, and release it from there."
        raise PolicygenError([Problem(what, mend, Location(str(profile)), code="PG529")])


def next_version(organisation: Organisation, *, major: bool) -> str:
    """Return the version after the newest release.

    Raises PolicygenError when the profile is ahead of that already, and for a whole number that
    would only be out for comment, as the version before it is: whoever asks for it means approval.
    """
    current = organisation.profile.policy.version
    if major and _is_out_for_comment(organisation):
        raise PolicygenError([_out_for_comment(organisation)])
    location = organisation.location(("policy", "version"))
    flag = "--major" if major else "--minor"
    if not organisation.history:
        what: str = Message(
            f"Nothing is released yet, so there is no version for {flag} to count from.",
            on_page="Nothing is released yet: there is no version for the next one to count from.",
        )
        mend = Message(
            f"Leave {flag} out: the first release is the profile's own version.",
            on_page=f"{_CHOOSE_THE_FIRST}: the first release is the version that the facts name.",
        )
        raise PolicygenError([Problem(what, mend, location, code="PG526")])
    newest = organisation.history[-1].version
    if current and VERSION.fullmatch(current) and version_key(current) > version_key(newest):
        what = f"The profile says version {current} already, which is not released yet."
        mend = Message(
            f"Leave {flag} out to release {current}.",
            on_page=f"{_CHOOSE_THE_FIRST} to release {current}.",
        )
        raise PolicygenError([Problem(what, mend, location, code="PG526")])
    return next_number(newest, major=major)


def release_entry(organisation: Organisation, summary: str) -> HistoryEntry:
    """Return what is about to be released.

    Raises PolicygenError with everything that forbids it at once.
    """
    control = organisation.profile.policy
    problems = [
        *_status_faults(organisation),
        *_version_faults(organisation),
        *_missing_facts(organisation),
        *_day_faults(organisation),
        *summary_faults(summary),
    ]
    status = control.status
    issued = control.issued
    version = control.version
    if problems or status in ("draft", "superseded") or not issued or not version:
        raise PolicygenError(problems)
    return HistoryEntry(
        version=version,
        status="approved" if status == "approved" else "consultation",
        summary=checked_line(summary),
        issued=issued,
        number=control.number or "",
        approver=control.approver.role if control.approver else None,
        approved_at=control.approved_at,
    )


def _status_faults(organisation: Organisation) -> Iterator[Problem]:
    status = organisation.profile.policy.status
    field = ("policy", "status")
    location = organisation.location(field)
    if status == "draft":
        mend = "Set policy.status to approved, or to consultation, once it is agreed."
        yield Problem("A draft is not released.", mend, location, code="PG525", field=field)
    if status == "superseded":
        mend = "Set policy.status to that of the new version."
        what = "A superseded policy is not released."
        yield Problem(what, mend, location, code="PG525", field=field)


def _is_out_for_comment(organisation: Organisation) -> bool:
    """Tell whether the newest release is out for comment, and the profile says the same of it."""
    newest = organisation.history[-1].status if organisation.history else ""
    return newest == organisation.profile.policy.status == "consultation"


def _out_for_comment(organisation: Organisation) -> Problem:
    field = ("policy", "status")
    what = f"Version {organisation.history[-1].version} is out for comment already."
    return Problem(what, _AGREED, organisation.location(field), code="PG526", field=field)


def _version_faults(organisation: Organisation) -> Iterator[Problem]:
    """Check that the version can follow the newest release."""
    version = organisation.profile.policy.version
    released = [entry.version for entry in organisation.history]
    if not version:
        what, mend = (
            "policy.version is not given.",
            'Write it as two numbers, like `version: "1.0"`.',
        )
    elif not VERSION.fullmatch(version):
        what = f'The version "{excerpt(version, 40)}" is not one that a release can have.'
        mend = 'Write it as two or three numbers, like "1.0" or "1.0.2".'
    elif [version] == released[-1:] and _is_out_for_comment(organisation):
        yield _out_for_comment(organisation)
        return
    elif version in released:
        what = f"Version {version} is released already, and a release never changes."
        mend = _NEXT
    elif released and version_key(version) <= version_key(released[-1]):
        what = f"Version {version} does not come after {released[-1]}, which is released already."
        mend = _NEXT
    else:
        return
    field = ("policy", "version")
    yield Problem(what, mend, organisation.location(field), code="PG526", field=field)


def _missing_facts(organisation: Organisation) -> Iterator[Problem]:
    """Report each fact that says who agreed, where and when, and is not given."""
    control = organisation.profile.policy
    wanted: dict[str, object] = {"issued": control.issued}
    if control.status == "approved":
        approver = control.approver and control.approver.role
        wanted = {"approver": approver, "approved_at": control.approved_at, **wanted}
    why = "whoever asks for this version in ten years needs to know."
    mend = Message(f"Write it in the profile: {why}", on_page=f"Fill it in: {why}")
    for key, value in wanted.items():
        if not value:
            field = ("policy", key)
            location = organisation.location(field)
            yield Problem(f"policy.{key} is not given.", mend, location, code="PG527", field=field)


def _day_faults(organisation: Organisation) -> Iterator[Problem]:
    """Check that what is approved is not older than what was approved before it.

    The version in force on a day is the last that was issued until then: a new one that bears an
    earlier day would take the place of nothing.
    """
    control = organisation.profile.policy
    approved = [one for one in organisation.history if one.status == "approved"]
    last = max(approved, key=lambda one: one.issued, default=None)
    if control.status != "approved" or not control.issued or last is None:
        return
    if control.issued < last.issued:
        field = ("policy", "issued")
        what = (
            f"policy.issued is {control.issued}, and version {last.version} was issued "
            f"on {last.issued}: the new version would never be in force."
        )
        mend = f"Write the day on which this version is issued: {last.issued} or later."
        yield Problem(what, mend, organisation.location(field), code="PG546", field=field)


def summary_faults(summary: str) -> Iterator[Problem]:
    """Check that a summary is one line, and not too long for a table."""
    try:
        text = checked_line(summary)
    except PydanticCustomError:
        text = ""
    mend = Message(
        'Say in a line what changed: --summary "..."', on_page="Say in a line what changed."
    )
    if not text:
        yield Problem("The summary is empty.", mend, code="PG528")
    elif len(text) > _SUMMARY:
        what = f"The summary has more than {_SUMMARY:,} characters."
        yield Problem(what, mend, code="PG528")


def repeated_approval(organisation: Organisation) -> Iterator[Problem]:
    """Yield a warning when the newest release bears the day or the approval of the one before."""
    if len(organisation.history) < 2:
        return
    before, newest = organisation.history[-2:]
    repeated = [
        key
        for key in ("issued", "approved_at")
        if getattr(newest, key) is not None and getattr(before, key) == getattr(newest, key)
    ]
    if not repeated:
        return
    named = " and ".join(f"policy.{key}" for key in repeated)
    verb = "are" if len(repeated) > 1 else "is"
    what = f"{named} {verb} as in {before.version}."
    mend = (
        "If that is wrong and nobody has seen the release, delete its folder, mend the profile and "
        "release it again. Otherwise release the next one."
    )
    field = ("policy", repeated[0])
    location = organisation.location(field)
    yield Problem(what, mend, location, Level.WARNING, code="PG533", field=field)
