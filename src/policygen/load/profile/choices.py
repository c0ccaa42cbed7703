"""What a profile chooses from the library: its kind, its jurisdictions and its postures.

They are folders of the library, so that adding one touches no code.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from policygen.load.profile.contents import contradictions
from policygen.load.yaml.reader import Marked
from policygen.model.fragment import Library
from policygen.problems import DataPath, Problem, nearest

_RUNGS = ("kind", "jurisdiction", "posture")
_SEVERAL = "jurisdiction"  # the one rung of which a profile may name several
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
    yield from _overlapping_places(marked, library)
    yield from _unknown_sections(marked, library)
    yield from _unknown_extent(marked, library)
    yield from contradictions(marked)


def _missing_body(marked: Marked, library: Library) -> Iterator[Problem]:
    """Yield a Problem for each known jurisdiction that has no bodies of a known kind."""
    kind = marked.data.get("kind")
    for _, jurisdiction in _places(marked.data):
        if isinstance(kind, str) and not library.exists(kind, jurisdiction):
            yield replace(
                no_such_body(library, kind, jurisdiction), location=marked.marks[("kind",)]
            )


def _overlapping_places(marked: Marked, library: Library) -> Iterator[Problem]:
    """Yield a Problem for each place that is named twice, or that stands over another named one."""
    named = list(_places(marked.data))
    for number, (path, name) in enumerate(named):
        earlier = [other for _, other in named[:number]]
        others = [other for _, other in named if other != name]
        within = [other for other in others if name in library.chain(_SEVERAL, other)]
        if name in earlier:
            what, mend = f"{name} is named twice.", "Take one of the two out."
        elif within:
            what = f"{within[0]} is part of {name}, and both are named."
            mend = f"Take {name} out, or name it alone."
        else:
            continue
        yield Problem(what, mend, marked.marks[path], code="PG155", field=path)


def _places(data: dict[str, Any]) -> Iterator[tuple[DataPath, str]]:
    """Yield (path, name) of each jurisdiction that a profile names."""
    value = data.get(_SEVERAL)
    if isinstance(value, list):
        every: list[tuple[DataPath, Any]] = [
            ((_SEVERAL, number), name) for number, name in enumerate(value)
        ]
    else:
        every = [((_SEVERAL,), value)]
    yield from ((path, name) for path, name in every if isinstance(name, str))


def several_choices(marked: Marked, library: Library) -> tuple[Marked, tuple[Problem, ...]]:
    """Return the profile with one choice where only one may be named, and the Problems.

    The first of several stands for the choice, so that the rest of the profile is checked as well.
    """
    data = dict(marked.data)
    problems: list[Problem] = []
    for rung in _RUNGS:
        value = data.get(rung)
        if rung == _SEVERAL and isinstance(value, list):
            continue
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
    """Return the Problem of a choice that is a list, or that names more than one in one text."""
    location, field = marked.marks[(rung,)], (rung,)
    if rung == _SEVERAL:
        what = f"Several places stand in one text: {', '.join(names)}."
        mend = f"Write them as a list: `{rung}: [{', '.join(names)}]`."
        return Problem(what, mend, location, code="PG150", field=field)
    if len(names) == 1:
        what, mend = f"The {rung} stands in a list.", f"Write it as `{rung}: {names[0]}`."
        return Problem(what, mend, location, code="PG150", field=field)
    what = f"A policy has one {rung}, and this profile names {', '.join(names)}."
    mend = (
        f"Choose the one that fits most of your work, as in `{rung}: {names[0]}`, "
        "and write what differs elsewhere into files of your own beside the profile "
        "(docs/writing-words.md)."
    )
    chains = [library.chain(rung, name) for name in names]
    if shared := [name for name in chains[0] if all(name in chain for chain in chains)]:
        mend += f" `{rung}: {shared[-1]}` has only what all of them share."
    return Problem(what, mend, location, code="PG150", field=field)


def unknown_choice(
    rung: str, name: str, library: Library, marked: Marked, path: DataPath
) -> Problem:
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


def _chosen(data: dict[str, Any]) -> Iterator[tuple[DataPath, Any, str]]:
    """Yield (path, name, rung) of everything that the profile chooses by name."""
    for rung in _RUNGS:
        if rung == _SEVERAL:
            yield from ((path, name, rung) for path, name in _places(data))
        else:
            yield (rung,), data.get(rung), rung
    for section, name in _postures(data).items():
        yield ("postures", section), name, "posture"


def _unknown_sections(marked: Marked, library: Library) -> Iterator[Problem]:
    """Yield a Problem for each key of `postures` that is no section."""
    sections = library.outline.sections
    for section in _postures(marked.data):
        if section not in sections:
            what, mend = f'There is no section "{section}".', nearest(section, sections)
            location = marked.marks[("postures", section, "")]
            yield Problem(what, mend, location, code="PG104", field=("postures", section))


def _unknown_extent(marked: Marked, library: Library) -> Iterator[Problem]:
    extent, known = marked.data.get("extent"), library.outline.grades.extents
    if isinstance(extent, str) and extent not in known:
        what = f'There is no extent "{extent}".'
        location = marked.marks[("extent",)]
        yield Problem(what, nearest(extent, known), location, code="PG151", field=("extent",))


def _postures(data: dict[str, Any]) -> dict[str, Any]:
    """Return what stands under `postures`: the name of a posture by section; empty if malformed."""
    postures = data.get("postures")
    return postures if isinstance(postures, dict) else {}
