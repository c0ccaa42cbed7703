"""The chart when some of its questions are left out: ways lead round them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from policygen.compose.fold import Draft
from policygen.model.extent import Omission


@dataclass(slots=True)
class ClosedChart:
    """A chart's clauses in order, and the questions that its gaps leave without a purpose."""

    drafts: list[Draft] = field(default_factory=list)
    pointless: dict[str, Omission] = field(default_factory=dict)


def close_chart(drafts: Sequence[Draft], left_out: Mapping[str, Omission]) -> ClosedChart:
    """Lead every way to a clause that is left out on to the next one that is kept.

    `drafts` are all clauses in order, those left out too. A question whose answers then lead the
    same way asks for nothing, and is left out as well.
    """
    chart = ClosedChart()
    onward: dict[str, str] = {}  # from each clause that is not kept, where its asker goes on
    following = ""  # the next clause that is kept
    for draft in reversed(drafts):
        if draft.id in left_out:
            onward[draft.id] = following
            continue
        yes, no = (onward.get(way, way) for way in (draft.yes, draft.no))
        if (draft.yes or draft.no) and _target(yes, following) == _target(no, following):
            onward[draft.id] = _target(yes, following)
            cause = next(way for way in (draft.yes, draft.no, following, draft.id) if way)
            chart.pointless[draft.id] = _pointless(cause)
            continue
        chart.drafts.insert(0, replace(draft, yes=yes, no=no))
        following = draft.id
    return chart


def _target(way: str, following: str) -> str:
    return following if way in ("", "next") else way


def _pointless(way: str) -> Omission:
    because = f"Both its answers lead the same way without what is left out ({way})"
    return Omission(because=because)
