"""What a profile chooses from the library: its kind, its jurisdiction and its postures.

They are folders of the library, so that adding one touches no code.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any, TypeAlias

from policygen.load.yaml.reader import Marked
from policygen.model.fragment import Library
from policygen.problems import Problem, nearest

_Path: TypeAlias = tuple[str | int, ...]
_RUNGS = ("kind", "jurisdiction", "posture")
_BETWEEN_NAMES = re.compile(r"\s*(?:[,;&+/]|\band\b|-and-)\s*", re.I)
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


def several_choices(marked: Marked, library: Library) -> tuple[Marked, tuple[Problem, ...]]:
    """Return the profile with one choice where several are named, and a Problem for each.

    So the rest of the profile is checked as well, and nothing else is said of these choices.
    """
    data = dict(marked.data)
    problems: list[Problem] = []
    for rung in _RUNGS:
        names = _several(data.get(rung), library.names(rung))
        if names:
            problems.append(_one_choice(rung, names, library, marked))
            data[rung] = names[0]
    return replace(marked, data=data), tuple(problems)


def _several(value: object, known: Collection[str]) -> list[str]:
    """Return several known names in a list or in one text, such as "England and Wales"."""
    parts = value if isinstance(value, list) else []
    if isinstance(value, str) and value not in known:
        parts = _BETWEEN_NAMES.split(value)
    names = [part.strip().lower().replace(" ", "-") for part in parts if isinstance(part, str)]
    found = [name for name in dict.fromkeys(names) if name in known]
    return found if len(found) > 1 or (found and isinstance(value, list)) else []


def _one_choice(rung: str, names: list[str], library: Library, marked: Marked) -> Problem:
    chains = [library.chain(rung, name) for name in names]
    shared = [name for name in chains[0] if all(name in chain for chain in chains)]
    if len(names) == 1:
        what, mend = f"The {rung} stands in a list.", f"Write it as `{rung}: {names[0]}`."
        return Problem(what, mend, marked.marks[(rung,)], code="PG150", field=(rung,))
    what = f"A policy has one {rung} today, and this profile names {', '.join(names)}."
    mend = (
        f"Choose the one whose rules bind most of your work, as in `{rung}: {names[0]}`, "
        "and write what differs elsewhere into files of your own beside the profile "
        "(docs/writing-words.md)."
    )
    if shared:
        mend += f" `{rung}: {shared[-1]}` has only what all of them share."
    return Problem(what, mend, marked.marks[(rung,)], code="PG150", field=(rung,))


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
