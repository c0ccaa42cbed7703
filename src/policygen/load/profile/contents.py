"""What a profile's `contents` says twice of one section or clause."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from policygen.load.yaml.reader import Marked
from policygen.problems import Problem, key_path


def contradictions(marked: Marked) -> Iterator[Problem]:
    """Yield a Problem for each id that is brought in and left out, or stands in two places."""
    contents = marked.data.get("contents")
    if not isinstance(contents, dict):
        return
    brought_in = _ids(contents.get("bring_in"))
    for id in _ids(contents.get("leave_out")):
        if id in brought_in:
            path = ("contents", "leave_out", id)
            what = f'"{id}" is brought in and left out.'
            location = marked.location(key_path(path))
            yield Problem(what, "Keep one of the two.", location, code="PG152", field=path)
    order = contents.get("order")
    sections = list(map(str, order)) if isinstance(order, list) else []
    for number, id in enumerate(sections):
        if id in sections[:number]:
            field = ("contents", "order", number)
            what = f'"{id}" stands twice in the order.'
            location = marked.location(field)
            yield Problem(what, "Keep one of the two.", location, code="PG152", field=field)

    yield from _headings(contents, marked)


def _headings(contents: dict[str, Any], marked: Marked) -> Iterator[Problem]:
    """Yield a Problem for a section under two headings, and for what only one thing can say."""
    headings = contents.get("headings")
    if not isinstance(headings, list) or not headings:
        return
    mend = "Keep one of the two."
    if contents.get("order"):
        field: tuple[str | int, ...] = ("contents", "order")
        what = "The headings and the order both say which section comes first."
        yield Problem(what, mend, marked.location(field), code="PG152", field=field)
    taken: set[str] = set()
    rests = 0
    for place, heading in enumerate(headings):
        if not isinstance(heading, dict):
            continue
        sections = heading.get("sections")
        for number, id in enumerate(map(str, sections if isinstance(sections, list) else ())):
            if id in taken:
                field = ("contents", "headings", place, "sections", number)
                what = f'"{id}" stands twice under the headings.'
                yield Problem(what, mend, marked.location(field), code="PG152", field=field)
            taken.add(id)
        rests += str(heading.get("rest")).lower() == "true"
        if rests > 1:
            field = ("contents", "headings", place, "rest")
            what = "Two headings take all other sections."
            yield Problem(what, mend, marked.location(field), code="PG152", field=field)
            return


def _ids(block: Any) -> list[str]:
    return [str(id) for id in block] if isinstance(block, dict) else []
