"""ReviewPack -> Document: what a review begins with, the most pressing first."""

from __future__ import annotations

from collections.abc import Iterator

from policygen.model import document as doc
from policygen.model.consultation.findings import ConsultationFindings
from policygen.model.consultation.record import Response, Verdict
from policygen.model.document import Block
from policygen.model.language import capitalise
from policygen.model.year.due_date import DueDate, DueState
from policygen.model.year.kept import KeptOutcome
from policygen.model.year.review_pack import ReviewPack
from policygen.report.consultation.letters import bullets
from policygen.report.consultation.sentences import ResponseTeller, counted
from policygen.report.layout import CellContent, report_table, titled_group
from policygen.report.year.dates.document import when_due
from policygen.report.year.kept.parts import (
    incident_part,
    kept_summary,
    moved_parts,
    never_needed_part,
    promise_parts,
)
from policygen.report.year.paper import said, told_day, year_paper

_TITLE = "Review pack"
_STATES = {
    DueState.PAST: "Past its day",
    DueState.RUNNING: "Running",
    DueState.NEAR: "Soon",
    DueState.LATER: "Later",
}


def review_paper(pack: ReviewPack) -> doc.Document:
    """Lay out the pack: what needs a decision, and behind it each part."""
    kept = pack.kept
    control = kept.policy.profile.policy
    version = f"version {control.version}" if control.version else "no version yet"
    lead = f"The social media policy on {told_day(kept.on)}: {version}, {control.status}."
    return year_paper(kept.policy, _TITLE, lead, _parts(pack), kept.on, "For the review")


def _parts(pack: ReviewPack) -> Iterator[Block]:
    kept = pack.kept
    yield titled_group("decide", "What this review has to settle", bullets(list(_to_settle(pack))))
    yield from _due(pack)
    yield from moved_parts(kept.moved, kept.policy.outline)
    yield from _stale(pack)
    yield from _unconfirmed(pack)
    yield from _comments(pack)
    if kept.has_log:
        yield from promise_parts(kept)
        yield incident_part(kept.incidents, kept.promises)
        yield from never_needed_part(kept)


def _to_settle(pack: ReviewPack) -> Iterator[str]:
    """Yield a line for each thing that somebody has to decide or do."""
    kept = pack.kept
    overdue = [one for one in pack.dates.dates if one.state(kept.on) is DueState.PAST]
    yield f"{counted(len(overdue), 'date')} passed." if overdue else "No date has passed."
    move = kept.moved
    if move and move.fault:
        yield "Today's library gives this version no policy: mend that first."
    elif move and not (move.clauses or move.sources):
        yield "Nothing that it prints has moved in law or in the library."
    elif move:
        yield (
            f"{counted(len(move.clauses), 'place')} would read otherwise by today's library, and "
            f"{counted(len(move.sources), 'source')} {_stand(len(move.sources))} otherwise."
        )
    if pack.stale:
        many = len(pack.stale)
        what = f"{counted(many, 'clause')} of your own {_stand(many)}"
        yield f"{what} over words that have moved."
    if pack.unconfirmed:
        yield f"{counted(len(pack.unconfirmed), 'source')} that nobody has confirmed."
    if responses := sum(len(_left(one)) for one in pack.consultations):
        yield f"{counted(responses, 'response')} from consultations, not answered or only noted."
    yield kept_summary(kept)
    if kept.incidents:
        yield f"{counted(len(kept.incidents), 'incident')} in the log."
    unclear = sum(one.count(KeptOutcome.UNCLEAR) for one in kept.promises)
    if unclear:
        yield f"{counted(unclear, 'row')} of the log that nobody can judge yet."


def _stand(count: int) -> str:
    return "stands" if count == 1 else "stand"


def _due(pack: ReviewPack) -> Iterator[Block]:
    rows = [_due_row(one, pack) for one in pack.dates.dates]
    if rows:
        table = report_table(("What", "When", "Who"), rows, shares=(7, 5, 5), wide=True)
        yield titled_group("due", "What is due", table)


def _due_row(one: DueDate, pack: ReviewPack) -> tuple[CellContent, ...]:
    state = one.state(pack.kept.on)
    tag = doc.Tag(_STATES[state], solid=state is DueState.PAST)
    when = (doc.Text(when_due(one)), doc.Break(), tag)
    return one.what, when, capitalise(one.who)


def _stale(pack: ReviewPack) -> Iterator[Block]:
    if not pack.stale:
        return
    hint = said(
        "The words beneath these have changed since somebody last read them together.",
        doc.Role.HINT,
    )
    rows = [(f"{one.number} {one.name}".strip(), one.edit, one.place) for one in pack.stale]
    table = report_table(("Clause", "What your words do", "Where"), rows, wide=True)
    yield titled_group("stale", "Your own words to read again", hint, table)


def _unconfirmed(pack: ReviewPack) -> Iterator[Block]:
    if pack.unconfirmed:
        rows = [(one.title, ", ".join(numbers) or "–") for one, numbers in pack.unconfirmed]
        table = report_table(("Source", "Clauses that rely on it"), rows, shares=(3, 1))
        yield titled_group("unconfirmed", "Sources that nobody has confirmed", table)


def _comments(pack: ReviewPack) -> Iterator[Block]:
    rows = [row for one in pack.consultations for row in _responses(one)]
    if rows:
        head = ("Clause", "What was said", "What we said")
        table = report_table(head, rows, shares=(4, 8, 5), wide=True)
        yield titled_group("comments", "Comments that are left from consultations", table)


def _left(found: ConsultationFindings) -> list[Response]:
    """Return the responses that wait for an answer, or that were only noted."""
    answers = found.log.answers
    return [
        one
        for one in found.log.responses
        if one.id not in answers or answers[one.id].verdict is Verdict.NOTED
    ]


def _responses(found: ConsultationFindings) -> Iterator[tuple[CellContent, ...]]:
    teller = ResponseTeller(found.policy, found.log)
    for one in _left(found):
        answer = found.log.answers.get(one.id)
        decided = f"Noted. {answer.because}" if answer else "Not answered yet"
        yield teller.clause(one.clause), teller.said(one), decided
