"""What has moved beneath a policy since it was released: words of the library, and law."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from policygen.model.comparison.difference import Difference, Differences, LayerCause
from policygen.model.policy import Policy, Source
from policygen.model.wording import Wording
from policygen.model.year.moved import ClauseMove, SourceMove

_TEMPLATES = "templates/"
_STATES = {
    "in-force": "is in force",
    "partly-in-force": "is partly in force",
    "superseded": "has been superseded",
    "unverified": "waits for somebody to look it up",
}


def clause_moves(found: Differences) -> tuple[ClauseMove, ...]:
    """Return the clauses that read otherwise, in their order.

    `found` says how a body's policy is by today's library, beside the one that it released.
    """
    by_clause: dict[tuple[str, str], list[Difference]] = {}
    for difference in found.found:
        if not _is_unseen(difference):
            by_clause.setdefault((difference.section, difference.clause), []).append(difference)
    return tuple(
        _clause_move(found, section, clause, differences)
        for (section, clause), differences in by_clause.items()
    )


def _clause_move(
    found: Differences, section: str, clause: str, differences: Sequence[Difference]
) -> ClauseMove:
    number, name = _called(found, section, clause)
    causes = (cause for one in differences for cause in one.why if isinstance(cause, LayerCause))
    places = tuple(dict.fromkeys(cause.place for cause in causes if cause.place))
    told = tuple(map(_without_computer, differences))
    return ClauseMove(section, clause, number, name, told, places)


def _is_unseen(difference: Difference) -> bool:
    """Tell whether words became a fact that prints the same: nobody who reads it sees that."""
    first, second = difference.first, difference.second
    return isinstance(first, Wording) and isinstance(second, Wording) and first.text == second.text


def _without_computer(difference: Difference) -> Difference:
    """Return a difference whose causes lie in `templates/`, wherever that lies on this computer."""
    why = tuple(
        replace(cause, place=from_templates(cause.place))
        if isinstance(cause, LayerCause)
        else cause
        for cause in difference.why
    )
    return replace(difference, why=why)


def from_templates(path: str) -> str:
    """Return a path of the library from its templates on; any other as it is."""
    before, templates, rest = path.rpartition(_TEMPLATES)
    return f"{templates}{rest}" if before else path


def _called(found: Differences, section: str, clause: str) -> tuple[str, str]:
    """Return the number and the name of a clause, or of a section: as today's policy has it."""
    for policy in (found.second, found.first):
        if clause:
            if one := policy.clause(clause):
                return one.number, (one.label or one.title).text
            continue
        for part in (policy.front, *policy.sections):
            if part.id == section:
                return part.number, (part.label or part.title).text
    return "", clause or section


def source_moves(before: Policy, now: Policy) -> tuple[SourceMove, ...]:
    """Return the sources that came, went, or stand otherwise, in the order of today's policy."""
    then = {source.id: source for source in before.sources}
    today = {source.id: source for source in now.sources}
    moves = [_move(then.get(source.id), source) for source in today.values()]
    gone = [
        SourceMove(source.title, "is cited no longer")
        for id, source in then.items()
        if id not in today
    ]
    return (*(one for one in moves if one), *gone)


def _move(before: Source | None, now: Source) -> SourceMove | None:
    if before is None:
        return SourceMove(now.title, "is cited, and was not")
    told = tuple(_told(before, now))
    return SourceMove(now.title, "; ".join(told)) if told else None


def _told(before: Source, now: Source) -> Iterator[str]:
    """Yield how a source stands otherwise than it did."""
    if before.status != now.status:
        yield _STATES[now.status]
    if before.title != now.title:
        yield f"was called “{before.title}”"
    if now.valid_to and before.valid_to != now.valid_to:
        yield f"ends on {now.valid_to}"
    if now.valid_from and before.valid_from != now.valid_from:
        yield f"begins on {now.valid_from}"
    if now.note != before.note and now.note:
        yield f"now bears the note: {now.note}"
