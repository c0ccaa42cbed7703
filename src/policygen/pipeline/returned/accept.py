"""`policygen review --accept`: what came back, written into the organisation's own folder.

Each edit is tried by itself in memory: the policy is composed with it and printed, and it is kept
only if its clause then says what the copy says. All else is for a person to make, and told so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from policygen.load.files import display_path
from policygen.model.returned.copy import PartKind
from policygen.model.review.acceptance import Acceptance, AcceptChoice
from policygen.model.review.review import ReturnedEdit, ReturnedEditKind
from policygen.pipeline.names.numbers import id_of_number, is_number
from policygen.pipeline.returned.arrangement import ArrangementAcceptor
from policygen.pipeline.returned.clause import ClauseAcceptor
from policygen.pipeline.returned.own_words import OwnWords, text_on_disk
from policygen.pipeline.returned.review import ReadReview, read_reviews
from policygen.pipeline.returned.value import accept_value
from policygen.pipeline.workspace import Workspace
from policygen.problems import Location, PolicygenError, Problem, nearest
from policygen.review.clause import clause_words
from policygen.review.front import with_front_ids
from policygen.review.order import clause_above
from policygen.store.files import File, write_files
from policygen.store.lock import folder_locks
from policygen.store.ready import refuse_example

_NONE = "Nothing of what came back is left to decide."


def accept_returned(
    profile: Path, returned: Sequence[Path], workspace: Workspace, choice: AcceptChoice
) -> Acceptance:
    """Return what accepting some edits of returned copies would write; nothing is written.

    Raises PolicygenError: for an example, for what `review` raises it for, and for a name in the
    choice that no copy changes.
    """
    return accept_reviews(profile, read_reviews(profile, returned, workspace), workspace, choice)


def accept_reviews(
    profile: Path, reviews: Sequence[ReadReview], workspace: Workspace, choice: AcceptChoice
) -> Acceptance:
    """Do what `accept_returned` does, with copies that are read already."""
    refuse_example(profile)
    own = OwnWords(profile, workspace)
    choice = _by_id(choice, reviews, own)
    _check_names(choice, reviews)
    notes: dict[str, None] = {}
    by_hand: list[Problem] = []
    taken: set[tuple[str, ...]] = set()  # what an earlier copy said in the same words
    moved: set[str] = set()  # the clauses that an earlier copy moved
    for read in reviews:
        for value in read.review.fact_edits:
            if choice.takes_value(read.review.file, value.path, value.places):
                by_hand += accept_value(own, value, read.language)
        chosen = [one for one in read.review.edits if choice.takes(read.review.file, one.place)]
        clauses = ClauseAcceptor(own, read, choice)
        others = ArrangementAcceptor(own, read, choice, moved)
        steps: dict[tuple[str, ...], Callable[[], tuple[str, ...]]] = {
            (place, _words_of(read, place)): partial(clauses.accept, place)
            for place in dict.fromkeys(one.place for one in chosen if _is_of_clause(read, one))
        }
        for one in _around_clauses(read, chosen):
            steps[_said(read, one)] = partial(others.accept, one)
        for said, step in steps.items():
            if said in taken:
                continue
            try:
                notes.update(dict.fromkeys(step()))
            except PolicygenError as error:
                by_hand += error.problems
            else:
                taken.add(said)
    return Acceptance(own.changes, tuple(notes), tuple(dict.fromkeys(by_hand)))


def write_acceptance(profile: Path, acceptance: Acceptance) -> list[Path]:
    """Write all that an acceptance changes, or nothing.

    Raises PolicygenError, too where somebody has changed one of the files meanwhile.
    """
    files = [File(change.path.name, change.after.encode()) for change in acceptance.changes]
    with folder_locks([profile.parent]):
        require_files_unchanged(acceptance)
        return write_files(files, profile.parent)


def require_files_unchanged(acceptance: Acceptance) -> None:
    """Raise PolicygenError where a file is no more what the change of it was made from."""
    changed = [one.path for one in acceptance.changes if text_on_disk(one.path) != one.before]
    if changed:
        what = "This file was changed meanwhile, so nothing was written."
        mend = "Look at what it says now, and do it again."
        places = [Location(display_path(path)) for path in changed]
        raise PolicygenError(Problem(what, mend, place, code="PG902") for place in places)


def _by_id(choice: AcceptChoice, reviews: Sequence[ReadReview], own: OwnWords) -> AcceptChoice:
    """Return the choice with ids in the place of printed numbers: those of the copies' policy."""
    if not any(map(is_number, choice.ids)):
        return choice
    policy = reviews[0].sent.policy
    ids = (id_of_number(policy, one) if is_number(one) else one for one in choice.ids)
    return replace(choice, ids=tuple(ids))


def _check_names(choice: AcceptChoice, reviews: Sequence[ReadReview]) -> None:
    known: set[str] = set()
    for read in reviews:
        known |= {edit.place for edit in read.review.edits}
        for value in read.review.fact_edits:
            known |= {value.path, *value.places}
    unknown = [
        Problem(f'No copy changes "{id}".', nearest(id, known) if known else _NONE, code="PG665")
        for id in choice.ids
        if id not in known
    ]
    if unknown:
        raise PolicygenError(unknown)


def _around_clauses(read: ReadReview, chosen: Sequence[ReturnedEdit]) -> Iterator[ReturnedEdit]:
    """Yield the edits that are of no clause's words; of a section's own words, one for all hands.

    They are taken as they stand after all who wrote into the copy.
    """
    told: set[str] = set()
    for one in chosen:
        if not _is_of_clause(read, one):
            is_of_section = one.kind not in (ReturnedEditKind.ADDED, ReturnedEditKind.MOVED)
            if not is_of_section or one.place not in told:
                yield one
            if is_of_section:
                told.add(one.place)


def _said(read: ReadReview, edit: ReturnedEdit) -> tuple[str, ...]:
    """Return what an edit that is of no clause's words says, where it counts in several copies."""
    if edit.kind is ReturnedEditKind.MOVED:
        return (edit.place, edit.kind.value, edit.into, clause_above(read.copy, edit.place))
    if edit.kind is ReturnedEditKind.ADDED:
        return (edit.place, edit.kind.value, edit.after)
    return (edit.place, _words_of(read, edit.place))


def _words_of(read: ReadReview, place: str) -> str:
    """Return the words of a clause, a section or the front after all who wrote into the copy."""
    parts = with_front_ids(read.copy, read.sent.policy.outline.front).parts
    here = (part for part in parts if part.id == place and part.kind is not PartKind.UNKNOWN)
    return "\n".join(clause_words(part.after) for part in here)


def _is_of_clause(read: ReadReview, edit: ReturnedEdit) -> bool:
    """Tell whether an edit is of the words of one clause."""
    is_in_place = edit.kind in (ReturnedEditKind.REWORDED, ReturnedEditKind.DELETED)
    return is_in_place and read.sent.policy.clause(edit.place) is not None
