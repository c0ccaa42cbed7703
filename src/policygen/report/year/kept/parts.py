"""Parts of a review: what was kept, what went wrong, what has moved beneath the policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from policygen.model.document import Block
from policygen.model.language import capitalise, join_names
from policygen.model.outline.outline import Outline
from policygen.model.year.kept import JudgedDeed, KeptOutcome, KeptPromise, LoggedDeed, Moment
from policygen.model.year.kept_findings import KeptFindings
from policygen.model.year.moved import ClauseMove, LibraryMove
from policygen.model.year.timed_promise import TimedPromise
from policygen.report.consultation.sentences import counted
from policygen.report.impact.wording import effect_causes, effect_heading
from policygen.report.layout import CellContent, report_table, titled_group
from policygen.report.year.paper import said, told_day

_NOT_KEPT = (KeptOutcome.LATE, KeptOutcome.MISSED)
_COUNTED = (KeptOutcome.KEPT, KeptOutcome.LATE, KeptOutcome.MISSED)


def kept_summary(found: KeptFindings) -> str:
    """Return how often promises were kept, late and missed, and how many were never needed."""
    if not found.has_log:
        return "Nobody has given a log of what was done."
    if not found.incidents and not any(_deeds(found)):
        return f"The log has nothing of this time; the policy makes {_promises(found)}."
    sums = [sum(one.count(outcome) for one in found.promises) for outcome in _COUNTED]
    never = sum(not one.was_needed for one in found.promises)
    return (
        f"Kept: {sums[0]}. Late: {sums[1]}. Missed: {sums[2]}. "
        f"Of {_promises(found)}, {never} never came up."
    )


def _promises(found: KeptFindings) -> str:
    return counted(len(found.promises), "promise")


def _deeds(found: KeptFindings) -> Iterator[LoggedDeed]:
    """Yield every row of the log that is of the time that was asked about."""
    yield from (time.deed for one in found.promises for time in one.times if time.deed)


def promise_parts(found: KeptFindings) -> Iterator[Block]:
    """Yield the table of all promises, then what was late or missed, unclear, never needed."""
    needed = [one for one in found.promises if one.was_needed]
    if needed:
        head = ("Promise", "How soon or how often", "Kept", "Late", "Missed", "Other", "Clause")
        rows = [_promise_row(one) for one in needed]
        table = report_table(head, rows, shares=(9, 6, 3, 3, 3, 3, 4), wide=True)
        yield titled_group("kept", "What was promised, and how often it was kept", table)
    yield from _late_or_missed(needed)
    yield from _unclear(needed)


def _promise_row(one: KeptPromise) -> tuple[CellContent, ...]:
    other = one.count(KeptOutcome.OPEN) + one.count(KeptOutcome.UNCLEAR)
    counts = [str(one.count(outcome) or "–") for outcome in _COUNTED]
    promise = one.promise
    return promise.says, capitalise(promise.text), *counts, str(other or "–"), _numbers(promise)


def _numbers(promise: TimedPromise) -> str:
    return ", ".join(clause.number for clause in promise.clauses)


def _late_or_missed(promises: Iterable[KeptPromise]) -> Iterator[Block]:
    rows = [
        (
            one.promise.says,
            _told_moment(time.deed.began if time.deed else None),
            *_ended(one.promise, time),
            time.deed.note if time.deed else "",
        )
        for one in promises
        for time in one.times
        if time.outcome in _NOT_KEPT
    ]
    if rows:
        head = ("Promise", "Began", "Due", "Done", "What happened")
        table = report_table(head, rows, shares=(6, 5, 5, 6, 7), wide=True)
        yield titled_group("late", "What was late or missed", table)


def _told_moment(moment: Moment | None) -> str:
    """Return a day, with the time of day where somebody wrote it."""
    if moment is None:
        return "–"
    if moment.minutes is None:
        return told_day(moment.day)
    hour, minute = divmod(moment.minutes, 60)
    return f"{told_day(moment.day)}, {hour:02}:{minute:02}"


def _ended(promise: TimedPromise, time: JudgedDeed) -> tuple[str, str]:
    """Return by when it was due, and when it was done and how late that is."""
    due = told_day(time.due) if time.due else "–"
    if promise.unit in ("hours", "minutes"):
        due = f"Within {promise.text}"
    if time.deed is None or time.deed.done is None:
        return due, "Not done, as far as the log says"
    late = f", {counted(time.days_late, 'day')} late" if time.days_late else ""
    return due, f"{_told_moment(time.deed.done)}{late}"


def _unclear(promises: Iterable[KeptPromise]) -> Iterator[Block]:
    rows = [
        (one.promise.says, time.deed.place, _why_unclear(one.promise))
        for one in promises
        for time in one.times
        if time.outcome is KeptOutcome.UNCLEAR and time.deed
    ]
    if rows:
        table = report_table(("Promise", "In the log", "What is missing"), rows, shares=(5, 2, 5))
        yield titled_group("unclear", "What the log does not decide", table)


def _why_unclear(promise: TimedPromise) -> str:
    if promise.sort == "lasts":
        return "Yes or no under Kept"
    if promise.unit in ("hours", "minutes"):
        return "The times of day, or yes or no under Kept"
    return "The day on which it began, or yes or no under Kept"


def never_needed_part(found: KeptFindings) -> Iterator[Block]:
    """Yield the promises that nothing in the log is about, and what may be left out."""
    never = [one.promise for one in found.promises if not one.was_needed]
    if not never or not found.has_log:
        return
    yield titled_group(
        "not-needed",
        "Never needed: keep, or leave out?",
        said(
            "Nothing in the log is about these. A promise that nobody needed may still be right: "
            "ask whether it would be missed. To drop one, write off behind its name, which stands "
            "in brackets, under commitments in the profile."
        ),
        report_table(
            ("Promise", "Who keeps it", "Clause", "What is possible"),
            [_never_row(one, found) for one in never],
            shares=(6, 5, 6, 7),
            wide=True,
        ),
    )


def _never_row(promise: TimedPromise, found: KeptFindings) -> tuple[CellContent, ...]:
    clauses = [f"{one.number} {one.name}" for one in promise.clauses]
    needed = {
        clause.id for one in found.promises if one.was_needed for clause in one.promise.clauses
    }
    free = [one for one in promise.clauses if one.may_go and one.id not in needed]
    possible = f"Drop it ({promise.name})"
    if len(free) == len(promise.clauses) and free:
        possible += f", or leave {join_names([one.number for one in free])} out"
    elif all(not one.may_go for one in promise.clauses):
        possible += "; its clause stays"
    return promise.says, capitalise(promise.who), "; ".join(clauses), f"{possible}."


def incident_part(deeds: Sequence[LoggedDeed], promises: Iterable[KeptPromise]) -> Block:
    """Return what went wrong, the earliest first."""
    says = {one.promise.name: one.promise.says for one in promises}
    title = "Incidents"
    if not deeds:
        return titled_group("incidents", title, said("The log tells of none."))
    rows = [
        (
            told_day(one.day) if one.day else "No day",
            one.incident,
            says.get(one.promise, "–"),
            one.note,
        )
        for one in deeds
    ]
    head = ("Day", "What went wrong", "Promise", "What happened")
    return titled_group(
        "incidents", title, report_table(head, rows, shares=(4, 6, 5, 8), wide=True)
    )


def moved_parts(move: LibraryMove | None, outline: Outline) -> Iterator[Block]:
    """Yield what has changed in the words of the library and in law since a release."""
    title = "What has changed in law and in the library since"
    if move is None:
        why = "No version was in force on this day, so there is nothing to compare with."
        yield titled_group("moved", title, said(why))
        return
    since = f"Version {move.version} was issued on {told_day(move.issued)}"
    if move.fault:
        why = f"{since}. By today's library it is no policy any more: {move.fault}"
        yield titled_group("moved", title, said(why))
        return
    if not move.clauses and not move.sources:
        yield titled_group("moved", title, said(f"{since}. Nothing that it prints has moved."))
        return
    yield titled_group("moved", title, *_moved(move, outline, since))


def _moved(move: LibraryMove, outline: Outline, since: str) -> Iterator[Block]:
    yield said(
        f"{since}. By today's library its own facts and words would make another policy in "
        f"{counted(len(move.clauses), 'place')}; {counted(len(move.sources), 'source')} stand"
        f"{'s' if len(move.sources) == 1 else ''} otherwise."
    )
    if move.clauses:
        rows = [(_clause(one), *_changes(one, outline)) for one in move.clauses]
        yield report_table(("Clause", "What changes", "Why"), rows, shares=(5, 4, 8), wide=True)
    if move.sources:
        sources = [(one.title, capitalise(one.what)) for one in move.sources]
        yield report_table(("Source", "How it stands now"), sources, shares=(6, 5), wide=True)


def _clause(one: ClauseMove) -> str:
    return f"{one.number} {one.name}".strip()


def _changes(one: ClauseMove, outline: Outline) -> tuple[str, str]:
    """Return what changes in a clause, and why, each once."""
    headings = dict.fromkeys(effect_heading(each, outline) for each in one.differences)
    causes = dict.fromkeys(sentence for each in one.differences for sentence in effect_causes(each))
    return "; ".join(headings), " ".join(causes)
