"""Citations: a slip's references resolved against the sources of the stack, and the sources that are cited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from policygen.model.fragment import Reference
from policygen.model.policy import Citation, Clause, Source
from policygen.problems import Problem, nearest


def cite(
    references: Iterable[Reference], sources: Mapping[str, Source], problems: list[Problem]
) -> tuple[Citation, ...]:
    """Each reference once, the last locator winning; an unknown id is a Problem where it stands."""
    found: dict[str, Citation] = {}
    for reference in references:
        if reference.source not in sources:
            what = f'There is no source "{reference.source}" in the layers of this policy.'
            problems.append(
                Problem(what, nearest(reference.source, sources), reference.place, code="PG316")
            )
            continue
        locator = reference.locator or (
            found[reference.source].locator if reference.source in found else ""
        )
        found[reference.source] = Citation(reference.source, locator)
    return tuple(found.values())


def cited(clauses: Iterable[Clause], sources: Mapping[str, Source]) -> tuple[Source, ...]:
    """The sources that clauses cite, in the order in which a reader meets them."""
    ids = dict.fromkeys(citation.source for clause in clauses for citation in clause.citations)
    return tuple(sources[id] for id in ids)
