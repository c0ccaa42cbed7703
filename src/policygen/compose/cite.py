"""Citations: the references of slips, resolved against the sources of the stack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from policygen.model.fragment import Organisation, Reference
from policygen.model.policy import Citation, Clause, Source
from policygen.model.profile import Confirmation
from policygen.problems import Level, Problem, key_path, nearest

_DAYS_UNTIL_LOOKED_UP_AGAIN = 180  # sooner after the library did, nobody need


def citations(
    references: Iterable[Reference], sources: Mapping[str, Source], problems: list[Problem]
) -> tuple[Citation, ...]:
    """Cite each source once, with its last locator; an unknown id is a Problem where it stands."""
    found: dict[str, Citation] = {}
    for reference in references:
        if reference.source not in sources:
            what = f'There is no source "{reference.source}" in the layers of this policy.'
            problems.append(
                Problem(what, nearest(reference.source, sources), reference.location, code="PG316")
            )
            continue
        if reference.locator or reference.source not in found:
            found[reference.source] = Citation(reference.source, reference.locator)
    return tuple(found.values())


def confirmation_faults(
    organisation: Organisation, sources: Mapping[str, Source], cited: Iterable[Source]
) -> Iterator[Problem]:
    """Yield a Problem for each confirmation of a source that is not there, or that needs none."""
    ids = {source.id for source in cited}
    for id, confirmed in organisation.profile.confirmed.items():
        field = ("confirmed", id)
        location = organisation.location(key_path(field))
        if id not in sources:
            what = f'There is no source "{id}" in the layers of this policy.'
            yield Problem(what, nearest(id, sources), location, code="PG316", field=field)
        elif sources[id].status != "unverified" and not _looked_up_since(sources[id], confirmed):
            what = f'The source "{id}" is {sources[id].status} already, so nobody need confirm it.'
            mend = "Take the line out."
            yield Problem(what, mend, location, Level.ADVICE, code="PG346", field=field)
        elif id not in ids:
            what = f'The source "{id}" is confirmed, and no clause of this policy cites it.'
            mend = "Take the line out, unless you expect the clause back."
            yield Problem(what, mend, location, Level.ADVICE, code="PG346", field=field)


def _looked_up_since(source: Source, confirmed: Confirmation) -> bool:
    """Whether the body has looked a source up again, long after the library did."""
    checked = source.checked_on
    return checked is not None and (confirmed.on - checked).days > _DAYS_UNTIL_LOOKED_UP_AGAIN


def cited_sources(clauses: Iterable[Clause], sources: Mapping[str, Source]) -> tuple[Source, ...]:
    """Return the sources that clauses cite, in the order in which a reader meets them."""
    ids = dict.fromkeys(citation.source for clause in clauses for citation in clause.citations)
    return tuple(sources[id] for id in ids)
