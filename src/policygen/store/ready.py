"""What may be released: the rules on status, version, approval and summary, and the version that comes next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic_core import PydanticCustomError

from policygen.model.fragment import Organisation
from policygen.model.policy import HistoryEntry
from policygen.model.release import VERSION, next_number, version_key
from policygen.model.text import checked_line
from policygen.problems import Level, Place, PolicygenError, Problem

_SUMMARY = 1_000  # characters; it is one line of a table


def refuse_example(profile: Path) -> None:
    """Raise PolicygenError for a profile that came with the program: an update would take its releases away."""
    if profile.resolve().is_relative_to(Path(__file__).resolve().parents[1]):
        what = "This profile is an example that came with policygen."
        mend = "Copy its folder to profiles/, and release it from there."
        raise PolicygenError([Problem(what, mend, Place(str(profile)))])


def next_version(organisation: Organisation, *, major: bool) -> str:
    """The version after the newest release. Raises PolicygenError when the profile is ahead of that already."""
    current = organisation.profile.policy.version
    place = organisation.place(("policy", "version"))
    flag = "--major" if major else "--minor"
    if not organisation.history:
        what = f"Nothing is released yet, so there is no version for {flag} to count from."
        mend = f"Leave {flag} out: the first release is the profile's own version."
        raise PolicygenError([Problem(what, mend, place)])
    newest = organisation.history[-1].version
    if current and VERSION.fullmatch(current) and version_key(current) > version_key(newest):
        what = f"The profile says version {current} already, which is not released yet."
        raise PolicygenError([Problem(what, f"Leave {flag} out to release {current}.", place)])
    return next_number(newest, major=major)


def release_entry(organisation: Organisation, summary: str) -> HistoryEntry:
    """What is about to be released. Raises PolicygenError with everything that forbids it at once."""
    control = organisation.profile.policy
    problems = [*_unready(organisation), *_said(summary)]
    status, issued, version = control.status, control.issued, control.version
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


def _unready(organisation: Organisation) -> Iterator[Problem]:
    control, history = organisation.profile.policy, organisation.history

    def problem(key: str, what: str, mend: str) -> Problem:
        return Problem(what, mend, organisation.place(("policy", key)))

    if control.status == "draft":
        mend = "Set policy.status to approved, or to consultation, once it is agreed."
        yield problem("status", "A draft is not released.", mend)
    if control.status == "superseded":
        yield problem(
            "status",
            "A superseded policy is not released.",
            "Set policy.status to that of the new version.",
        )
    version = control.version
    if not version:
        yield problem(
            "version",
            "policy.version is not given.",
            'Write it as two numbers, like `version: "1.0"`.',
        )
    elif not VERSION.fullmatch(version):
        what = f'The version "{version}" is not one that a release can have.'
        yield problem("version", what, 'Write it as two or three numbers, like "1.0" or "1.0.2".')
    elif history and version_key(version) <= version_key(history[-1].version):
        what = f"Version {version} is released already, and a release never changes."
        if version not in [one.version for one in history]:
            what = f"Version {version} does not come after {history[-1].version}, which is released already."
        yield problem("version", what, "Add --minor or --major to release the next one.")
    wanted: dict[str, object] = {"issued": control.issued}
    if control.status == "approved":
        approver = control.approver and control.approver.role
        wanted = {"approver": approver, "approved_at": control.approved_at, **wanted}
    for key, value in wanted.items():
        if not value:
            mend = (
                "Write it in the profile: whoever asks for this version in ten years needs to know."
            )
            yield problem(key, f"policy.{key} is not given.", mend)


def _said(summary: str) -> Iterator[Problem]:
    try:
        said = checked_line(summary)
    except PydanticCustomError:
        said = ""
    if not said or len(said) > _SUMMARY:
        what = (
            f"The summary has more than {_SUMMARY:,} characters."
            if said
            else "The summary is empty."
        )
        yield Problem(what, 'Say in a line what changed: --summary "..."')


def repeated_approval(organisation: Organisation) -> Iterator[Problem]:
    """A warning when the newest release bears the day or the approval of the one before."""
    if len(organisation.history) < 2:
        return
    before, newest = organisation.history[-2:]
    same = [
        key
        for key in ("issued", "approved_at")
        if getattr(before, key) == getattr(newest, key) is not None
    ]
    if same:
        said = " and ".join(f"policy.{key}" for key in same)
        what = f"{said} {'are' if len(same) > 1 else 'is'} as in {before.version}."
        mend = (
            "If that is wrong and nobody has seen the release, delete its folder, mend the profile and release it "
            "again. Otherwise release the next one."
        )
        yield Problem(what, mend, organisation.place(("policy", same[0])), Level.WARNING)
