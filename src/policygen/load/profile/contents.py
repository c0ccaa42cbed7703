"""What a profile's `contents` says twice of one section or clause."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from policygen.load.yaml.reader import Marked
from policygen.problems import Problem, key_path


def contradictions(marked: Marked) -> Iterator[Problem]:
    """Yield a Problem for each id that is brought in and left out, or stands twice in the order."""
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


def _ids(block: Any) -> list[str]:
    return [str(id) for id in block] if isinstance(block, dict) else []
