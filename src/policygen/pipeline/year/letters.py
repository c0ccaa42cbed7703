"""Letters to the bodies that are behind the model: a Word file for each, in one folder."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from policygen.load.files import display_path
from policygen.model.comparison.impact import Effect, Impact
from policygen.model.document import Document
from policygen.model.language import format_day
from policygen.model.outline.outline import Outline
from policygen.model.year.behind import BodyStanding
from policygen.model.year.moved import ClauseMove
from policygen.problems import Location, Message, PolicygenError, Problem, first_of
from policygen.report.year.behind.letter import model_letter
from policygen.report.year.behind.words import behind_clause
from policygen.store.files import File, write_files
from policygen.write.writer import writer

_LANGUAGE = "en-GB"
_ENDING = ".docx"


def letters_to_behind(bodies: Iterable[BodyStanding], on: date, out: Path) -> list[Path]:
    """Write a letter to each body that is behind, on a day, and return their paths.

    Raises PolicygenError for a folder with another letter in it; then nothing is written.
    """
    letters = {
        one.name: _printed(model_letter(one, _since_release(one), on))
        for one in bodies
        if one.is_behind
    }
    return _write(letters, out)


def letters_of_impact(
    found: Impact, outline: Outline, standings: Iterable[BodyStanding], on: date, out: Path
) -> list[Path]:
    """Write a letter to each body that a change of the library reaches, on a day.

    `standings` say whose policies they are; what has changed is that of the impact.
    Raises PolicygenError as above.
    """
    day = format_day(found.day, _LANGUAGE)
    since = f"since {day} ({found.commit})"
    letters: dict[str, bytes] = {}
    for body in standings:
        reached = _reached(body, found, outline)
        if reached.is_behind:
            letters[body.name] = _printed(model_letter(reached, since, on))
    return _write(letters, out)


def _printed(letter: Document) -> bytes:
    """Return the file of a letter; of each only that stays in memory, however many there are."""
    data = writer("docx").write(letter)
    gc.collect(1)  # the package of a Word file is a circle, which commands look for seldom
    return data


def _since_release(one: BodyStanding) -> str:
    if one.issued is None:
        return "since you last read it"
    return f"since you issued version {one.version} on {format_day(one.issued, _LANGUAGE)}"


def _reached(body: BodyStanding, found: Impact, outline: Outline) -> BodyStanding:
    """Return a body with what an impact says of it, in place of what its release does."""
    moves: dict[tuple[str, str], list[Effect]] = {}
    for effect in found.of(body.name):
        key = (effect.difference.section, effect.difference.clause)
        moves.setdefault(key, []).append(effect)
    clauses = tuple(
        behind_clause(_move(body.name, section, clause, effects), outline)
        for (section, clause), effects in moves.items()
    )
    stale = tuple(one.title for one in found.stale if one.policy == body.name)
    faults = (first_of(one.problems).what for one in found.failing if one.organisation == body.name)
    return BodyStanding(
        name=body.name,
        organisation=body.organisation,
        owner=body.owner,
        review_by=body.review_by,
        review=body.review,
        clauses=clauses,
        unstamped=stale,
        unconfirmed=body.unconfirmed,
        fault=next(faults, ""),
    )


def _move(name: str, section: str, clause: str, effects: Iterable[Effect]) -> ClauseMove:
    """Return a clause as one body reads what changes in it."""
    effects = tuple(effects)
    readings = [
        reading.difference
        for effect in effects
        for reading in effect.readings
        if reading.policy == name
    ]
    return ClauseMove(section, clause, "", effects[0].title, tuple(readings))


def _write(letters: dict[str, bytes], out: Path) -> list[Path]:
    _refuse_other_letters(out, {f"{name}{_ENDING}" for name in letters})
    return write_files([File(f"{name}{_ENDING}", data) for name, data in letters.items()], out)


def _refuse_other_letters(out: Path, names: set[str]) -> None:
    """Raise PolicygenError for a folder that holds a letter which is none of these."""
    found: Iterator[Path] = iter(sorted(out.glob(f"*{_ENDING}"))) if out.is_dir() else iter(())
    other = next((path for path in found if path.name not in names), None)
    if other:
        what = f"This folder holds another letter: {other.name}. Somebody would send it, too."
        mend = Message(
            "Move it away, or name a new folder with --letters.",
            on_page="Move it away, or choose a new folder.",
        )
        raise PolicygenError([Problem(what, mend, Location(display_path(out)), code="PG620")])
