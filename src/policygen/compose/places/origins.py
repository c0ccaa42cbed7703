"""What several places bring to one clause beside its words: edits and citations."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from policygen.compose.places.order import merged_order
from policygen.compose.places.places import Places
from policygen.model.policy import Citation, Origin


def join_origins(by_place: Mapping[str, Sequence[Origin]], places: Places) -> tuple[Origin, ...]:
    """Return each edit once, the lowest layer's first, with the places where it was made."""
    found: dict[Origin, dict[str, str]] = {}  # the fingerprint beneath each, by place
    for place, origins in by_place.items():
        for origin in origins:
            edit = replace(origin, beneath="")
            found.setdefault(edit, {})[place] = origin.beneath
    edits = [[replace(one, beneath="") for one in origins] for origins in by_place.values()]
    return tuple(
        replace(
            edit,
            beneath=join_fingerprints(found[edit].values()),
            places=places.only(found[edit]),
        )
        for edit in merged_order(edits)
    )


def join_fingerprints(fingerprints: Iterable[str]) -> str:
    """Return the fingerprint of what stands beneath an edit in several places.

    Where all are the same it is theirs, so that an edit's stamp need not change with the places.
    """
    different = list(dict.fromkeys(fingerprints))
    if len(different) == 1:
        return different[0]
    return hashlib.sha256("\0\0".join(different).encode()).hexdigest()[:8]


def join_citations(
    by_place: Mapping[str, Sequence[Citation]], places: Places
) -> tuple[Citation, ...]:
    """Return each source that is cited in any place, with the places."""
    found: dict[Citation, list[str]] = {}
    for place, citations in by_place.items():
        for citation in citations:
            found.setdefault(citation, []).append(place)
    order = merged_order(tuple(by_place.values()))
    return tuple(replace(one, places=places.only(found[one])) for one in order)
