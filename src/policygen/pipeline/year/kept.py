"""`policygen kept`: what was done in a year against what the policy promises."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

from policygen.load.year.kept_log import read_kept_log
from policygen.model.given_file import GivenFile
from policygen.model.policy import Policy
from policygen.model.year.kept import KeptOutcome, KeptPromise, LoggedDeed
from policygen.model.year.kept_findings import KeptFindings
from policygen.model.year.timed_promise import TimedPromise
from policygen.pipeline.compose_profile import compose_profile
from policygen.pipeline.workspace import Workspace
from policygen.pipeline.year.moved import library_move
from policygen.problems import Location, Message, PolicygenError, Problem
from policygen.report.year.kept.log import LOG_LOOK, kept_log_grid
from policygen.store.releases import Release, list_releases, name_on, read_release
from policygen.write.sheet.csv_file import csv_bytes
from policygen.write.sheet.xlsx import xlsx_bytes
from policygen.year.days import days_after, months_after
from policygen.year.due import in_force_since
from policygen.year.kept import Terms, incidents, kept_promises
from policygen.year.promises import timed_promises

_YEAR = 12  # months


def kept_findings(
    profile: Path,
    log: Path | GivenFile | None,
    workspace: Workspace,
    on: date,
    since: date | None = None,
) -> KeptFindings:
    """Judge a log against the policy: each row by the version that was in force on its day.

    Left out, `since` is a year before, or the day on which the first version was issued. Without a
    log nothing was written down, and each promise of a time that comes round was missed. Raises
    PolicygenError.
    """
    workspace = workspace.for_profile(profile)
    release = release_in_force(profile.parent, on)
    policy = release.policies[0] if release else _as_it_stands(profile, workspace)
    begins = since or max(
        days_after(months_after(on, -_YEAR), 1), in_force_since(policy) or date.min
    )
    if begins > on:
        raise PolicygenError([_runs_backwards(begins, on)])
    terms = _terms(profile.parent, on)
    now = timed_promises(policy)
    promises = _with_earlier(now, terms, begins)
    deeds: tuple[LoggedDeed, ...] = ()
    if log is not None:
        deeds = read_kept_log(log, profile.resolve().parent.name, _ever_made(promises, terms))
    judged = (
        *kept_promises(promises, deeds, begins, on, terms),
        *_until_taken_out(now, terms, begins, deeds),
    )
    return KeptFindings(
        policy=policy,
        since=begins,
        on=on,
        promises=tuple(one for one in judged if one.promise in now or one.times),
        incidents=incidents(deeds, begins, on),
        moved=library_move(profile, release, workspace) if release else None,
        has_log=log is not None,
    )


def empty_log(profile: Path, workspace: Workspace, format: str) -> bytes:
    """Return the log of a policy as it stands, with nothing in it: xlsx or csv.

    Raises PolicygenError for a policy that does not compose, or that promises nothing.
    """
    policy = _as_it_stands(profile, workspace.for_profile(profile))
    promises = timed_promises(policy)
    if not promises:
        what = "This policy promises nothing that has a time, so there is nothing to log."
        mend = "Switch a promise on under `commitments` in the profile."
        raise PolicygenError([Problem(what, mend, Location(str(profile)), code="PG614")])
    grid = kept_log_grid(profile.resolve().parent.name, policy, promises)
    return csv_bytes(grid) if format == "csv" else xlsx_bytes(grid, LOG_LOOK)


def release_in_force(profile_folder: Path, on: date) -> Release | None:
    """Return the release whose words are in force on a day, or None. Raises PolicygenError."""
    if not any(
        record.entry.status == "approved" and record.entry.issued <= on
        for record, _ in list_releases(profile_folder)
    ):
        return None
    return read_release(profile_folder, name_on(profile_folder, on))


def _terms(profile_folder: Path, on: date) -> Terms:
    """Return what each version promised that was in force by a day. Raises PolicygenError."""
    found = []
    for record, _ in list_releases(profile_folder):
        if record.entry.status == "approved" and record.entry.issued <= on:
            policy = read_release(profile_folder, record.entry.version).policies[0]
            promises = {one.name: one for one in timed_promises(policy)}
            found.append((record.entry.issued, promises))
    return sorted(found, key=lambda one: one[0])


def _with_earlier(
    now: tuple[TimedPromise, ...], terms: Terms, since: date
) -> tuple[TimedPromise, ...]:
    """Return what is promised, and what was until a version since a day took it out.

    What came round again is left out then: `_until_taken_out` judges it.
    """
    began = max((begins for begins, _ in terms if begins <= since), default=date.min)
    found = {one.name: one for one in now}
    for begins, promises in terms:
        for name, one in promises.items():
            if begins >= began and one.sort != "every":
                found.setdefault(name, one)
    return tuple(found.values())


def _until_taken_out(
    now: tuple[TimedPromise, ...], terms: Terms, since: date, deeds: Sequence[LoggedDeed]
) -> Iterator[KeptPromise]:
    """Judge what came round again until a version since a day took it out, up to the day before.

    The next time that it would have been due counts no more, unless it was done for that already.
    """
    names = {one.name for one in now}
    ended: dict[str, tuple[TimedPromise, date]] = {}
    for (_, promises), (begins, following) in pairwise(terms):
        for name, one in promises.items():
            if one.sort == "every" and begins > since and name not in names | following.keys():
                ended[name] = (one, days_after(begins, -1))
    for promise, last in ended.values():
        (judged,) = kept_promises([promise], deeds, since, last)
        times = tuple(one for one in judged.times if one.outcome is not KeptOutcome.OPEN)
        yield KeptPromise(promise, times)


def _ever_made(promises: tuple[TimedPromise, ...], terms: Terms) -> tuple[TimedPromise, ...]:
    """Return promises, and all others that some version made: a log may be kept for years."""
    found = {one.name: one for one in promises}
    for _, made in terms:
        for name, one in made.items():
            found.setdefault(name, one)
    return tuple(found.values())


def _as_it_stands(profile: Path, workspace: Workspace) -> Policy:
    return compose_profile(profile, workspace).policies[0]


def _runs_backwards(since: date, on: date) -> Problem:
    what = f"The time that is asked about begins on {since}, and ends on {on}, before that."
    mend = Message(
        "Give the earlier day as --since, and the later one as --on.",
        on_page="Put the earlier day first.",
    )
    return Problem(what, mend, code="PG615")
