"""`signed`: who has signed the version in force, and who must sign anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from policygen.load.files import display_path
from policygen.load.git import is_kept_by_git
from policygen.load.records import read_records
from policygen.load.year.briefing import load_briefing_words
from policygen.load.year.sign_offs import SignOffList, Versions, read_sign_offs
from policygen.model.given_file import GivenFile
from policygen.model.release.record import version_key
from policygen.model.year.sign_off import SignOff, SignOffFindings
from policygen.pipeline.workspace import Workspace
from policygen.problems import Level, Location, Message, PolicygenError, Problem
from policygen.store.releases import read_release, version_on
from policygen.year.sign_offs import staff_standings


def signed(
    profile: Path, sources: Sequence[Path | GivenFile], day: date, workspace: Workspace
) -> tuple[SignOffFindings, tuple[Problem, ...]]:
    """Say how everybody on some lists stands to the version in force on a day.

    Return that, and what does not stop it. Raises PolicygenError: for a day on which no version was
    in force, and with every list and row that cannot be counted.
    """
    folder = profile.parent
    version = version_on(folder, day)
    entries = tuple(record.entry for record in read_records(folder))
    words = load_briefing_words(workspace.templates_of(profile)).sign_off
    versions = Versions(
        folder.resolve().name,
        tuple(one.version for one in entries if one.status == "approved"),
        tuple(one.version for one in entries if one.status != "approved"),
    )
    lists: list[SignOffList] = []
    problems: list[Problem] = []
    for source in sources:
        try:
            lists += read_sign_offs(source, words, versions)
        except PolicygenError as error:
            problems += error.problems
    if problems:
        raise PolicygenError(problems)
    issued = {one.version: one.issued for one in entries}
    told = [
        *_kept(sources),
        *(problem for one in lists for problem in _told(one, version, issued, day)),
    ]
    rows = [row for one in lists for row in one.rows]
    title = read_release(folder, version).policies[0].profile.name
    people = staff_standings(rows, entries, version, day)
    return SignOffFindings(folder.resolve().name, title, version, day, people), tuple(told)


def require_private(out: Path) -> None:
    """Raise PolicygenError for a file of names that would be in version control."""
    if is_kept_by_git(out):
        what = "This file would hold people's names, and this folder is in version control."
        elsewhere = "Write it elsewhere, or where git ignores it: in people/ of a sign-off kit"
        mend = Message(
            f"{elsewhere}; or leave the names out with --no-names.",
            on_page=f"{elsewhere}; or leave the names out.",
        )
        raise PolicygenError([Problem(what, mend, Location(display_path(out)), code="PG575")])


def _kept(sources: Sequence[Path | GivenFile]) -> Iterator[Problem]:
    """Yield a warning for each list of names that is in version control."""
    for source in sources:
        if isinstance(source, Path) and is_kept_by_git(source):
            what = "This list holds people's names, and git does not ignore it."
            mend = "Move it out of version control, such as into people/ of a sign-off kit."
            location = Location(display_path(source))
            yield Problem(what, mend, location, Level.WARNING, code="PG576")


def _told(one: SignOffList, version: str, issued: dict[str, date], day: date) -> Iterator[Problem]:
    """Yield what somebody should know of a list that was counted all the same: no name is in it."""
    location = Location(one.shown)
    if one.version and version_key(one.version) > version_key(version):
        what = f"This list is of version {one.version}; on {day}, {version} is in force."
        mend = f"Who signed it is counted from the day on which {one.version} is in force."
        yield Problem(what, mend, location, Level.WARNING, code="PG574")
    elif one.version and one.version != version:
        what = f"This list is of version {one.version}; since then {version} is in force."
        mend = "Who signed it is counted for that version; hand out the new list to the others."
        yield Problem(what, mend, location, Level.WARNING, code="PG574")
    for row in one.rows:
        if fault := _odd_day(row, issued, day):
            mend = "Ask whether the day and the version are right."
            yield Problem(fault, mend, Location(row.place), Level.WARNING, code="PG574")


def _odd_day(row: SignOff, issued: dict[str, date], day: date) -> str:
    """Return what is odd about the day on which somebody signed, or ""."""
    if row.day is None:
        return ""
    if row.day > day:
        return f"Somebody signed on {row.day}, which is after {day}: not counted yet."
    if row.day < issued[row.version]:
        return (
            f"Somebody signed version {row.version} on {row.day}, "
            f"before it was issued on {issued[row.version]}."
        )
    return ""
