"""Responses of many -> what came back on each clause. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from policygen.model.consultation.collation import ClauseResponses, MergedEdits
from policygen.model.consultation.record import Response, ResponseKind
from policygen.review.collation.merge import merge_edits, whole_edit


def collate(responses: Iterable[Response], order: Sequence[str]) -> tuple[ClauseResponses, ...]:
    """Group responses by clause, in the order of the policy; what is of none of them comes last.

    Within a clause, edits come first and then comments, each in the order in which they came in.
    """
    by_clause: dict[str, list[Response]] = {}
    for one in sorted(responses, key=_key):
        by_clause.setdefault(one.clause, []).append(one)
    places = {clause: number for number, clause in enumerate(order)}
    known = sorted(by_clause, key=lambda clause: (places.get(clause, len(places)), clause))
    return tuple(
        ClauseResponses(clause, tuple(by_clause[clause]), tuple(_merged(by_clause[clause])))
        for clause in known
    )


def _key(one: Response) -> tuple[object, ...]:
    return (not one.is_edit, one.id)


def _merged(responses: Sequence[Response]) -> Iterator[MergedEdits]:
    """Yield the edits of several respondents that concern the same words, or the same value."""
    same: dict[tuple[str, str], list[Response]] = {}
    for one in responses:
        if one.is_edit and one.kind not in (ResponseKind.ADDED, ResponseKind.MOVED):
            same.setdefault((one.fact, one.before), []).append(one)
    for (fact, before), edits in same.items():
        if len({one.respondent for one in edits}) > 1:
            afters = {one.id: one.after for one in edits}
            # A value is taken whole: half of one and half of another would be nobody's.
            pieces = (whole_edit(before, afters),) if fact else merge_edits(before, afters)
            yield MergedEdits(tuple(edits), pieces)
