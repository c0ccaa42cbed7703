"""Citations: the references of slips, resolved against the sources of the stack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from policygen.model.fragment import Reference
from policygen.model.policy import Citation, Clause, Source
from policygen.problems import Problem, nearest


def citations(
    references: Iterable[Reference], sources: Mapping[str, Source], problems: list[Problem]
) -> tuple[Citation, ...]:
    """Cite each source once, with its last locator; an unknown id is a Problem where it stands."""
    found: dict[str, Citation] = {}
    for reference in references:
        if reference.source not in sources:
            what = f'There is no source "{reference.source}" in the layers of this policy.'
            problems.append(
                Problem(what, nearest(reference.source, sources), reference.place, code="PG316")
            )
            continue
        if reference.locator or reference.source not in found:
            found[reference.source] = Citation(reference.source, reference.locator)
    return tuple(found.values())


def cited_sources(clauses: Iterable[Clause], sources: Mapping[str, Source]) -> tuple[Source, ...]:
    """Return the sources that clauses cite, in the order in which a reader meets them."""
    ids = dict.fromkeys(citation.source for clause in clauses for citation in clause.citations)
    return tuple(sources[id] for id in ids)
