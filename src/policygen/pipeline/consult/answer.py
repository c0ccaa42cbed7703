"""`policygen consult answer`: what was decided on each response, and the words that come of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from policygen.load.consultation.kept import kept_file
from policygen.load.consultation.people import read_people
from policygen.load.consultation.record import PEOPLE_FOLDER, newest_consultation, read_log
from policygen.model.consultation.answer_sheet import GivenAnswer
from policygen.model.consultation.log import ConsultationLog
from policygen.model.consultation.record import Answer, Response, ResponseKind, Verdict
from policygen.model.review.acceptance import NOTHING_WRITTEN, Acceptance, AcceptChoice, AcceptPick
from policygen.model.text import checked_line
from policygen.pipeline.consult.sent import SentRelease
from policygen.pipeline.names.numbers import is_number
from policygen.pipeline.returned.accept import accept_reviews, require_files_unchanged
from policygen.pipeline.returned.review import ReadReview, read_reviews
from policygen.pipeline.workspace import Workspace
from policygen.problems import Message, PolicygenError, Problem
from policygen.store.consultation import log_file
from policygen.store.files import File, write_files
from policygen.store.lock import folder_locks
from policygen.store.ready import refuse_example


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers that are new, how many responses still wait, and what is written of words.

    `meant` are all that were given, those that are in the log already too, one for each response;
    `cleared` is who cleared each, by the number of its response.
    """

    added: tuple[Answer, ...]
    left: int
    acceptance: Acceptance
    meant: tuple[Answer, ...]
    cleared: Mapping[int, str]


def answer(
    profile: Path,
    given: Sequence[GivenAnswer],
    workspace: Workspace,
    version: str = "",
    cleared_by: str = "",
    *,
    dry_run: bool = False,
) -> Answered:
    """Record answers, and take accepted edits into the organisation's own words.

    An edit is taken as `review --accept` takes it, or told as one to be made by hand. With
    `cleared_by`, here or of the answer itself, one that is in the log already is tried again: it
    may have lacked that. Answers and words are written together. Raises PolicygenError; then
    nothing is written.
    """
    workspace = workspace.for_profile(profile)
    refuse_example(profile)
    folder = newest_consultation(profile.parent, version)
    with folder_locks([profile.parent, folder]):  # the words are written there, the log here
        log = read_log(folder)
        sent = SentRelease(profile.parent, log.consultation.version, workspace)
        answers, cleared = _answers(log, given, sent, cleared_by)
        added = tuple(one for one in answers if log.answers.get(one.response) != one)
        after = replace(log, entries=(*log.entries, *added))
        tried = [one for one in answers if one in added or cleared[one.response]]
        acceptance = _accepted(profile, folder, after, tried, workspace, cleared, sent)
        if (added or acceptance.changes) and not dry_run:
            _write(profile, folder, log, added, acceptance)
    return Answered(added, len(after.open_responses), acceptance, answers, cleared)


def _write(
    profile: Path,
    folder: Path,
    log: ConsultationLog,
    added: Sequence[Answer],
    acceptance: Acceptance,
) -> None:
    """Write the log and all changed words, or nothing. Raises PolicygenError."""
    require_files_unchanged(acceptance)
    grown = log_file(folder, log, added)
    files = [File(change.path.name, change.after.encode()) for change in acceptance.changes]
    files.append(File(f"{folder.relative_to(profile.parent).as_posix()}/{grown.path}", grown.data))
    write_files(files, profile.parent)


# --- Which responses are meant --------------------------------------------------------------------


def _answers(
    log: ConsultationLog, given: Sequence[GivenAnswer], sent: SentRelease, cleared_by: str
) -> tuple[tuple[Answer, ...], Mapping[int, str]]:
    """Return the answer to each response that is meant, and who cleared it, by its number.

    Raises PolicygenError with all faults.
    """
    problems: list[Problem] = []
    cleared: dict[int, str] = {}
    found: dict[int, Answer] = {}
    for one in given:
        try:
            because = checked_line(one.because) if one.because.strip() else ""
        except ValueError as error:
            problems.append(Problem(str(error), "Type it anew.", one.location, code="PG689"))
            continue
        responses = _meant(log, one.to, sent.clauses)
        if not responses:
            problems.append(_unknown(log, one))
        elif not because:
            what = f"The answer to {one.to} has no reason."
            mend = "Whoever wrote it gets a written answer: say why, in a line."
            problems.append(Problem(what, mend, one.location, code="PG689"))
        for response in responses:
            found[response.id] = Answer(response.id, one.verdict, because)
            if one.location.path and _is_overtaken(found[response.id], log):
                problems.append(_overtaken(response, one))
            cleared[response.id] = " ".join(one.cleared_by.split()) or cleared_by
    if problems:
        raise PolicygenError(problems)
    return tuple(found.values()), cleared


def _is_overtaken(given: Answer, log: ConsultationLog) -> bool:
    """Tell whether an answer was in the log once, and another has taken its place since."""
    return given in log.entries and log.answers[given.response] != given


def _overtaken(response: Response, one: GivenAnswer) -> Problem:
    """Return the Problem of a row of a sheet that would undo an answer in silence."""
    what = f"Response {response.id} was answered otherwise since this sheet was filled in."
    mend = Message(
        "Print the sheet again; or, to go back to this answer, name the response on the command "
        "line.",
        on_page="Download the sheet again; or, to go back to this answer, type it below.",
    )
    return Problem(what, mend, one.location, code="PG689")


def _meant(log: ConsultationLog, to: str, clauses: Mapping[str, str]) -> list[Response]:
    """Return the response of a number; of a clause those that wait for an answer, or else all."""
    if to.isdecimal():
        return [one for one in log.responses if one.id == int(to)]
    clause = clauses.get(to, to)
    every = [one for one in log.responses if one.clause == clause]
    return [one for one in every if one in log.open_responses] or every


def _unknown(log: ConsultationLog, one: GivenAnswer) -> Problem:
    numbers = [response.id for response in log.responses]
    has = f"Responses are numbered from 1 to {max(numbers)}" if numbers else "There is none yet"
    noun = "clause" if is_number(one.to) or not one.to.isdecimal() else "response"
    what = f'Nobody said anything on "{one.to}".' if noun == "clause" else ""
    mend = Message(
        f"{has}; `policygen consult collate PROFILE` shows them, by clause.",
        on_page=f"{has}; the page Consultation shows them, by clause.",
    )
    return Problem(what or f"There is no response {one.to}.", mend, one.location, code="PG689")


# --- What is taken into the organisation's own words ----------------------------------------------


def _accepted(
    profile: Path,
    folder: Path,
    log: ConsultationLog,
    tried: Sequence[Answer],
    workspace: Workspace,
    cleared: Mapping[int, str],
    sent: SentRelease,
) -> Acceptance:
    """Return what accepting the edits among some answers writes, file by file."""
    accepted = {one.response: one for one in tried if one.verdict is Verdict.ACCEPTED}
    every = [one for one in log.responses if one.id in accepted]
    by_hand: list[Problem] = []
    names = {one.sha256: one.name for one in read_people(folder / PEOPLE_FOLDER).files}
    copies: list[tuple[Path, list[Response]]] = []
    for sha256 in dict.fromkeys(one.file for one in every if one.is_edit):
        edits = [one for one in every if one.is_edit and one.file == sha256]
        path = kept_file(folder, sha256)
        writable, left = _parted(edits, log, is_kept=path is not None)
        by_hand += left
        if path is not None and writable:
            copies.append((path, writable))
    reviews: list[ReadReview] = []
    picks: list[AcceptPick] = []
    # All at once: most were printed from one file, which is read once.
    found_in = read_reviews(profile, [path for path, _ in copies], workspace)
    for read, (path, writable) in zip(found_in, copies, strict=True):
        file = f"{names.get(path.stem, path.suffix)} ({path.stem[:6]})"
        reviews.append(replace(read, review=replace(read.review, file=file)))
        for one in writable:
            because = accepted[one.id].because
            picks.append(AcceptPick(file, one.fact or one.clause, because, cleared[one.id]))
    notes: list[str] = []
    for one in (one for one in every if one.kind is ResponseKind.PROPOSAL):
        proposed = sent.proposed(one.clause, one.after, f"response {one.id}")
        if proposed is None:
            by_hand.append(_by_hand(one))
            continue
        reviews.append(proposed)
        record = accepted[one.id].because, cleared[one.id]
        # A value among the words is no response of its own, so it is accepted with them.
        names_taken = (one.clause, *(value.path for value in proposed.review.fact_edits))
        picks += (AcceptPick(proposed.review.file, name, *record) for name in names_taken)
        told = f"{one.id} on {one.clause} takes the place of the words that it resembles"
        notes.append(f"{told}; what else the clause says stays as it is.")
    if not picks:
        return replace(NOTHING_WRITTEN, by_hand=tuple(by_hand))
    found = accept_reviews(profile, reviews, workspace, AcceptChoice(picks=tuple(picks)))
    notes += found.notes
    return replace(found, notes=tuple(notes), by_hand=(*found.by_hand, *by_hand))


def _parted(
    edits: Sequence[Response], log: ConsultationLog, *, is_kept: bool
) -> tuple[list[Response], list[Problem]]:
    """Part the accepted edits of one copy: those that can be written, and those for a person."""
    if not is_kept:
        return [], [_by_hand(one, "the copy was erased") for one in edits]
    taken = {id for id, one in log.answers.items() if one.verdict is Verdict.ACCEPTED}
    writable = [one for one in edits if all(other.id in taken for other in _beside(log, one))]
    others = [one for one in edits if one not in writable]
    return writable, [_by_hand(one, "not all of its edits in this copy are") for one in others]


def _beside(log: ConsultationLog, one: Response) -> list[Response]:
    """Return the edits that stand in the same words of the same copy, itself among them.

    A copy holds the words of a clause after all who wrote into it, so that one of them alone can
    only be taken by hand. A value stands by itself: the words go without it.
    """
    every = [other for other in log.responses if other.file == one.file and other.is_edit]
    if one.fact:
        return [other for other in every if other.fact == one.fact]
    return [other for other in every if other.clause == one.clause and not other.fact]


def _by_hand(one: Response, reason: str = "") -> Problem:
    words = " ".join(one.after.split())
    shown = words if len(words) <= 80 else f"{words[:80].rstrip()}…"
    why = f": {reason}" if reason else ""
    what = f"{one.id} on {one.clause} is accepted and not written{why}. It says “{shown}”"
    mend = Message(
        "Write it into your own words: `policygen edit PROFILE CLAUSE` puts the clause there.",
        on_page="Write it into your own words: find the clause on the page Contents.",
    )
    return Problem(what, mend, code="PG690")
