"""What a profile chooses from the library: its kind, jurisdiction, postures, and sections for these.

They are folders of the library, so that adding one touches no code.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeAlias

from policygen.load.yaml import Marked
from policygen.model.fragment import Library
from policygen.problems import Problem, nearest

_Path: TypeAlias = tuple[str | int, ...]
_RUNGS = ("kind", "jurisdiction", "posture")
# The page of the docs that says how to add a name.
ADDING = {
    "kind": "docs/add-a-kind.md",
    "jurisdiction": "docs/add-a-jurisdiction.md",
    "posture": "docs/writing-words.md",
}


def unknown_choices(marked: Marked, library: Library) -> Iterator[Problem]:
    """Yield a Problem for each choice that the library does not have."""
    data = marked.data
    problems = [
        unknown_choice(rung, name, library, marked, path)
        for path, name, rung in _chosen(data)
        if isinstance(name, str) and name not in library.names(rung)
    ]
    yield from problems
    kind, jurisdiction = data.get("kind"), data.get("jurisdiction")
    are_known = isinstance(kind, str) and isinstance(jurisdiction, str) and not problems
    if are_known and not library.exists(kind, jurisdiction):
        yield replace(no_such_body(library, kind, jurisdiction), place=marked.marks[("kind",)])
    yield from _unknown_sections(marked, library)


def unknown_choice(rung: str, name: str, library: Library, marked: Marked, path: _Path) -> Problem:
    """Return the Problem of a kind, a jurisdiction or a posture that does not exist."""
    mend = nearest(name, library.names(rung), ADDING[rung])
    what = f'There is no {rung} "{name}".'
    return Problem(what, mend, marked.marks[path], code="PG102", field=path)


def no_such_body(library: Library, kind: str, jurisdiction: str) -> Problem:
    """Return the Problem of a kind of body that a jurisdiction does not have."""
    kinds = [name for name in library.names("kind") if library.exists(name, jurisdiction)]
    places = ", ".join(library.only(kind))
    what = f'A body of the kind "{kind}" does not exist in the jurisdiction "{jurisdiction}".'
    mend = f"It does in {places}. Choose one of these, or another kind: {', '.join(kinds)}."
    return Problem(what, mend, code="PG103", field=("kind",))


def _chosen(data: dict[str, Any]) -> Iterator[tuple[_Path, Any, str]]:
    """Yield (path, name, rung) of everything that the profile chooses by name."""
    for rung in _RUNGS:
        yield (rung,), data.get(rung), rung
    for section, name in _postures(data).items():
        yield ("postures", section), name, "posture"


def _unknown_sections(marked: Marked, library: Library) -> Iterator[Problem]:
    sections = library.outline.sections
    for section in _postures(marked.data):
        if section not in sections:
            what, mend = f'There is no section "{section}".', nearest(section, sections)
            place = marked.marks[("postures", section, "")]
            yield Problem(what, mend, place, code="PG104", field=("postures", section))


def _postures(data: dict[str, Any]) -> dict[str, Any]:
    postures = data.get("postures")
    return postures if isinstance(postures, dict) else {}
