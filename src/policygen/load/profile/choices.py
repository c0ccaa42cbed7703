"""What a profile chooses from the library: its kind, its jurisdiction and its postures.

They are folders of the library, so that adding one touches no code.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any, TypeAlias

from policygen.load.profile.contents import contradictions
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
    all_known = True
    for path, name, rung in _chosen(marked.data):
        if isinstance(name, str) and name not in library.names(rung):
            all_known = False
            yield unknown_choice(rung, name, library, marked, path)
    if all_known:
        yield from _missing_body(marked, library)
    yield from _unknown_sections(marked, library)
    yield from _unknown_extent(marked, library)
    yield from contradictions(marked)


def _missing_body(marked: Marked, library: Library) -> Iterator[Problem]:
    """Yield a Problem where a known kind of body does not exist in a known jurisdiction."""
    kind, jurisdiction = marked.data.get("kind"), marked.data.get("jurisdiction")
    if not isinstance(kind, str) or not isinstance(jurisdiction, str):
        return
    if not library.exists(kind, jurisdiction):
        yield replace(no_such_body(library, kind, jurisdiction), place=marked.marks[("kind",)])


def several_choices(marked: Marked, library: Library) -> tuple[Marked, tuple[Problem, ...]]:
    """Return the profile with one choice where a list or several are named, and the Problems.

    The first of them stands for the choice, so that the rest of the profile is checked as well.
    """
    data = dict(marked.data)
    problems: list[Problem] = []
    for rung in _RUNGS:
        value = data.get(rung)
        names = _names_within(value, library.names(rung))
        if len(names) > 1 or (names and isinstance(value, list)):
            problems.append(_one_choice(rung, names, library, marked))
            data[rung] = names[0]
    return replace(marked, data=data), tuple(problems)


def _names_within(value: object, known: Collection[str]) -> list[str]:
    """Return the known names in a list or in one text, such as "England and Wales", each once."""
    if isinstance(value, list):
        parts = [part for part in value if isinstance(part, str)]
    elif isinstance(value, str) and value not in known:
        parts = _BETWEEN_NAMES.split(value)
    else:
        return []
    names = [part.strip().lower().replace(" ", "-") for part in parts]
    return [name for name in dict.fromkeys(names) if name in known]


def _one_choice(rung: str, names: list[str], library: Library, marked: Marked) -> Problem:
    """Return the Problem of a choice that is a list, or that names more than one."""
    if len(names) == 1:
        what, mend = f"The {rung} stands in a list.", f"Write it as `{rung}: {names[0]}`."
        return Problem(what, mend, marked.marks[(rung,)], code="PG150", field=(rung,))
    chains = [library.chain(rung, name) for name in names]
    shared = [name for name in chains[0] if all(name in chain for chain in chains)]
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
    """Yield a Problem for each key of `postures` that is no section."""
    sections = library.outline.sections
    for section in _postures(marked.data):
        if section not in sections:
            what, mend = f'There is no section "{section}".', nearest(section, sections)
            place = marked.marks[("postures", section, "")]
            yield Problem(what, mend, place, code="PG104", field=("postures", section))


def _unknown_extent(marked: Marked, library: Library) -> Iterator[Problem]:
    extent, known = marked.data.get("extent"), library.outline.grades.extents
    if isinstance(extent, str) and extent not in known:
        what = f'There is no extent "{extent}".'
        place = marked.marks[("extent",)]
        yield Problem(what, nearest(extent, known), place, code="PG151", field=("extent",))


def _postures(data: dict[str, Any]) -> dict[str, Any]:
    """Return what stands under `postures`: the name of a posture by section; empty if malformed."""
    postures = data.get("postures")
    return postures if isinstance(postures, dict) else {}
