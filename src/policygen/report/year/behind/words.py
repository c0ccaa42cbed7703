"""What the library changes in a clause, as words that hold no policy in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from policygen.model.comparison.difference import Difference
from policygen.model.outline.outline import Outline
from policygen.model.year.behind import BehindClause
from policygen.model.year.moved import ClauseMove
from policygen.report.impact.wording import (
    effect_causes,
    effect_heading,
    effect_language,
    lines_then_and_now,
)


def behind_clause(move: ClauseMove, outline: Outline, since: date | None = None) -> BehindClause:
    """Return a clause that moved, in words; `since` when the model has it so."""
    then: list[str] = []
    now: list[str] = []
    for difference in move.differences:
        before, after = lines_then_and_now(difference, outline)
        then += before
        now += after
    return BehindClause(
        id=move.clause or move.section,
        number=move.number,
        name=move.name,
        what="; ".join(_once(effect_heading(one, outline) for one in move.differences)),
        why=" ".join(_once(_causes(move.differences))),
        then=_once(then),
        now=_once(now),
        language=next(filter(None, map(effect_language, move.differences)), ""),
        since=since,
    )


def _causes(differences: Iterable[Difference]) -> Iterator[str]:
    for one in differences:
        yield from effect_causes(one)


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
