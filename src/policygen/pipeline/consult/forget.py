"""`policygen consult forget`: a respondent's name, and the files that bear it, are erased."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from policygen.load.consultation.kept import KEPT_FOLDER
from policygen.load.consultation.people import read_people
from policygen.load.consultation.record import PEOPLE_FOLDER, newest_consultation, read_log
from policygen.load.files import display_path
from policygen.model.consultation.record import Erasure
from policygen.model.consultation.respondent import Respondent, RespondentBook
from policygen.problems import Location, PolicygenError, Problem, nearest
from policygen.store.consultation import log_file, people_file
from policygen.store.files import remove_files, write_files
from policygen.store.lock import folder_locks


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Whose names are erased, by their ids, and which files are."""

    respondents: tuple[str, ...]
    files: tuple[Path, ...]


def forget(
    profile: Path,
    names: Sequence[str],
    version: str = "",
    *,
    everybody: bool = False,
    dry_run: bool = False,
) -> Forgotten:
    """Erase respondents, by id or by name, and every file in which they wrote.

    What they said stays in the log, of nobody. With `everybody`, all names and files go. Raises
    PolicygenError for a name that nobody bears; then nothing is erased. So it does for each file
    that the computer would not remove; then all else is.
    """
    folder = newest_consultation(profile.parent, version)
    with folder_locks([folder]):
        log = read_log(folder)
        book = read_people(folder / PEOPLE_FOLDER)
        gone = book.people if everybody else _found(book, names)
        ids = {one.id for one in gone}
        sent = {one.file for one in log.responses if one.respondent in ids}
        # A file that said nothing new has no response in the log.
        sent |= {one.sha256 for one in book.files if ids & set(one.respondents)}
        kept = sorted((folder / KEPT_FOLDER).glob("*.*"))
        files = [path for path in kept if everybody or path.name.partition(".")[0] in sent]
        erased = {path.name.partition(".")[0] for path in files}
        rest = RespondentBook(
            tuple(one for one in book.people if one.id not in ids),
            tuple(one for one in book.files if one.sha256 not in erased | sent),
        )
        if (ids or files) and not dry_run:
            added = [Erasure(one.id) for one in gone]
            write_files([people_file(rest), log_file(folder, log, added)], folder)
            remove_files(files)
            if left := [path for path in files if path.exists()]:
                raise PolicygenError(map(_held_open, left))
    return Forgotten(tuple(sorted(ids)), tuple(files))


def _held_open(path: Path) -> Problem:
    what = "The names are erased, and this file, in which they wrote, could not be removed."
    mend = "Close it if it is open, and delete it yourself: nothing leads to it any more."
    return Problem(what, mend, Location(display_path(path)), code="PG504")


def _found(book: RespondentBook, names: Sequence[str]) -> tuple[Respondent, ...]:
    """Return the respondents of some names. Raises PolicygenError."""
    found: dict[str, Respondent] = {}
    problems: list[Problem] = []
    for name in names:
        wanted = " ".join(name.split()).casefold()
        people = [one for one in book.people if wanted in (one.id, one.key[0])]
        found |= {one.id: one for one in people}
        if not people:
            known = [*(one.id for one in book.people), *(one.name for one in book.people)]
            what = f'Nobody called "{name}" answered this consultation.'
            problems.append(Problem(what, nearest(name, known), code="PG689"))
    if problems:
        raise PolicygenError(problems)
    return tuple(found.values())
