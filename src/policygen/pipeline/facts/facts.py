"""`facts`: a workbook for those who know the facts, and what came back into the profile."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from policygen.load.year.facts import read_given_facts
from policygen.model.given_file import GivenFile
from policygen.model.year.fact_book import FactBook
from policygen.pipeline.facts.book import all_facts, fact_book
from policygen.pipeline.facts.changes import FactChange, FactChanges
from policygen.pipeline.page.form import FormGroup
from policygen.pipeline.page.profiles import ProfileText, read_profile_text
from policygen.pipeline.page.save import PageForm, Saved, new_faults, save_form, text_with
from policygen.pipeline.workspace import Workspace
from policygen.problems import Location, PolicygenError, Problem, errors
from policygen.report.year.facts_workbook import facts_workbook
from policygen.store.ready import refuse_example

_NAMED = re.compile(r'^[\w.-]+ \((".*?")\)(?=: )')  # a fact by its path, before what was given


@dataclass(frozen=True, slots=True)
class ReturnedFacts:
    """What workbooks that came back change in a profile as it was `shown`."""

    shown: ProfileText
    changes: tuple[FactChange, ...]
    notes: tuple[str, ...]


def facts_out(profile: Path, workspace: Workspace) -> bytes:
    """Return the workbook that asks for a body's facts. Raises PolicygenError."""
    return facts_workbook(_asked(read_profile_text(profile), workspace)[0])


def facts_in(
    profile: Path, sources: Sequence[Path | GivenFile], workspace: Workspace
) -> ReturnedFacts:
    """Read what came back, and return what it changes; nothing is written.

    Raises PolicygenError, with each cell whose answer cannot be kept.
    """
    shown = read_profile_text(profile)
    book, group = _asked(shown, workspace)
    changes = FactChanges(group)
    notes: list[str] = []
    problems: list[Problem] = []
    for source in sources:
        try:
            given = read_given_facts(source, book)
        except PolicygenError as error:
            problems += error.problems
            continue
        notes += [
            f'The sheet "{name}" is none of ours, and was left out.' for name in given.left_out
        ]
        changes.add(given)
    problems += changes.problems
    if problems:
        raise PolicygenError(problems)
    found = changes.found()
    _require_sound(shown, found, workspace)
    return ReturnedFacts(shown, found, tuple(notes))


def save_facts(returned: ReturnedFacts, workspace: Workspace) -> Saved:
    """Write what came back into the profile, by the door of the page: all of it or nothing.

    Raises PolicygenError for an example, and for a fault that the profile would have.
    """
    form = PageForm(
        lambda text: all_facts(text, workspace),
        lambda group, typed: (one.change for one in returned.changes),
    )
    saved = save_form(form, {}, returned.shown, workspace)
    if saved.problems:
        raise PolicygenError(saved.problems)
    if saved.meanwhile:
        what = "The profile was changed while you were asked, so nothing was written."
        mend = "Read the workbook again."
        location = Location(returned.shown.shown)
        raise PolicygenError([Problem(what, mend, location, code="PG585")])
    return saved


def _asked(shown: ProfileText, workspace: Workspace) -> tuple[FactBook, FormGroup]:
    group = all_facts(shown, workspace)
    return fact_book(shown, group), group


def _require_sound(shown: ProfileText, found: Sequence[FactChange], workspace: Workspace) -> None:
    """Raise PolicygenError with the cell of each answer that a profile cannot hold."""
    refuse_example(shown.file)
    changes = [one.change for one in found]
    # Rows are taken out last, and until then each fault says which row it is about.
    for some in ([one for one in changes if not one.removed], changes):
        faults = errors(new_faults(shown, text_with(shown, some), workspace, whole=False))
        if faults:
            raise PolicygenError(_in_a_cell(one, found) for one in faults)


def _in_a_cell(problem: Problem, found: Sequence[FactChange]) -> Problem:
    """Return a fault of the profile as one of the cell that it came from, if it came from one."""
    place = next(filter(None, (one.place_of(problem.field) for one in found)), "")
    if not place:
        return problem
    if problem.code == "PG105":
        what = "This cell is empty, and its row needs it."
        mend = "Fill it in, or empty the whole row."
        return replace(problem, what=what, mend=mend, location=Location(place))
    what = _NAMED.sub(r"\1", problem.what)
    return replace(problem, what=what, location=Location(place))
