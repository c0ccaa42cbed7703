"""What stands behind the words.

Stale edits, edits without a stamp, sources that nobody has confirmed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from policygen.model.policy import Clause, Policy
from policygen.problems import Level, Place, Problem


def provenance_faults(policy: Policy) -> Iterator[Problem]:
    """Everything about where the words and their sources come from."""
    yield from _stale(policy)
    yield from _unstamped(policy)
    yield from _sources(policy)


def _stale(policy: Policy) -> Iterator[Problem]:
    for id, origin in policy.origins():
        if origin.stale:
            what = f'"{id}": the words beneath this edit have changed since it was written.'
            mend = (
                f"Read both (`policygen explain`), mend the edit, then run `policygen accept {id}`."
            )
            yield Problem(
                what, mend, Place(origin.path, origin.line, 1), Level.WARNING, code="PG705"
            )


def _unstamped(policy: Policy) -> Iterator[Problem]:
    for id, origin in policy.origins():
        if origin.layer == "organisation" and origin.edit != "add" and not origin.was:
            what = f'"{id}": nothing says which words this edit was written against.'
            mend = f"Run `policygen accept {id}`, and `check` will tell you when they change."
            yield Problem(
                what, mend, Place(origin.path, origin.line, 1), Level.ADVICE, code="PG706"
            )


def _sources(policy: Policy) -> Iterator[Problem]:
    citing: dict[str, list[Clause]] = {}
    for clause in policy.clauses():
        for citation in clause.citations:
            citing.setdefault(citation.source, []).append(clause)
    yield from _unconfirmed(policy, citing)
    yield from _superseded(policy, citing)


def _unconfirmed(policy: Policy, citing: Mapping[str, Sequence[Clause]]) -> Iterator[Problem]:
    """One advice with every source that nobody has confirmed, and the clauses that rely on each.

    It is about the organisation, whoever wrote the words: its policy is what rests on them.
    """
    waiting = [source.id for source in policy.sources if source.status == "unverified"]
    if not waiting:
        return
    named = "; ".join(
        f"{id} ({', '.join(clause.id for clause in citing.get(id, ()))})" for id in waiting
    )
    many = f"{len(waiting)} sources" if len(waiting) > 1 else "1 source"
    what = f"This policy relies on {many} that nobody has confirmed: {named}."
    mend = (
        "Have somebody check that each says what its clauses say; "
        "documents mark it as unverified until then."
    )
    yield Problem(what, mend, Place(policy.profile.name), Level.ADVICE, code="PG701")


def _superseded(policy: Policy, citing: Mapping[str, Sequence[Clause]]) -> Iterator[Problem]:
    """An advice for each source that another has taken the place of.

    Where a clause cites it first.
    """
    for source in policy.sources:
        if source.status != "superseded":
            continue
        clauses = citing.get(source.id, ())
        origins = clauses[0].origins[-1:] if clauses else ()
        places = [Place(origin.path, origin.line, 1) for origin in origins]
        ids = ", ".join(clause.id for clause in clauses)
        what = f'The source "{source.id}" is superseded, and cited by {ids}.'
        mend = "Cite what took its place, or say in the wording that it is a pattern only."
        place = places[0] if places else Place(policy.profile.name)
        yield Problem(what, mend, place, Level.ADVICE, code="PG702")
