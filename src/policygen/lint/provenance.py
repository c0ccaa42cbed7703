"""What stands behind the words.

Stale edits, edits without a stamp, sources that nobody has confirmed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from policygen.model.policy import Clause, Policy
from policygen.problems import Level, Location, Message, Problem


def provenance_faults(policy: Policy) -> Iterator[Problem]:
    """Everything about where the words and their sources come from."""
    yield from _stale(policy)
    yield from _unstamped(policy)
    yield from unconfirmed_sources(policy)
    yield from _superseded(policy)


def _stale(policy: Policy) -> Iterator[Problem]:
    for id, origin in policy.origins():
        if origin.stale:
            what = Message(
                f'"{id}": the words beneath this edit have changed since it was written.',
                on_page=f"{_name_of(policy, id)}: the words beneath yours have changed.",
            )
            mend = Message(
                "Read both (`policygen explain`), mend the edit, "
                f"then run `policygen accept {id}`.",
                on_page="Open the clause from the page Own words and read both; "
                "then change yours, or keep it.",
            )
            yield Problem(
                what, mend, Location(origin.path, origin.line, 1), Level.WARNING, code="PG705"
            )


def _unstamped(policy: Policy) -> Iterator[Problem]:
    for id, origin in policy.origins():
        if origin.layer == "organisation" and origin.edit != "add" and not origin.was:
            what = Message(
                f'"{id}": nothing says which words this edit was written against.',
                on_page=f"{_name_of(policy, id)}: nothing says which words yours were written for.",
            )
            mend = Message(
                f"Run `policygen accept {id}`, and `check` will tell you when they change.",
                on_page="Open the clause from the page Own words and keep yours; then you are told "
                "when they change.",
            )
            yield Problem(
                what, mend, Location(origin.path, origin.line, 1), Level.ADVICE, code="PG706"
            )


def _name_of(policy: Policy, id: str) -> str:
    """Return what people call a clause; its id where it is taken out and has no name."""
    clause = next((one for one in policy.clauses() if one.id == id), None)
    return (clause.label or clause.title).text if clause else id


def unconfirmed_sources(policy: Policy) -> Iterator[Problem]:
    """Yield an advice with every source that nobody has confirmed, and the clauses that cite each.

    A second advice names the clauses that would stand on nothing else. Both are about the
    organisation, whoever wrote the words: its policy is what rests on them.
    """
    waiting = [source.id for source in policy.sources if not policy.is_confirmed(source)]
    if not waiting:
        return
    location = Location(policy.profile.name)
    relying = {source: _ids(policy.citing(source)) for source in waiting}
    named = "; ".join(f"{source} ({', '.join(ids)})" for source, ids in relying.items())
    many = f"{len(waiting)} sources" if len(waiting) > 1 else "1 source"
    what = f"This policy relies on {many} that nobody has confirmed: {named}."
    mend = (
        "Have your lawyer read whether each says what its clauses say, and write who did, and "
        "when, under `confirmed` in the profile. An approved policy does not cite them until then."
    )
    yield Problem(what, mend, location, Level.ADVICE, code="PG701")
    if alone := _resting_only_on(policy, set(waiting)):
        what = f"Nothing else stands behind {', '.join(alone)}."
        mend = "Confirm its source, cite another beside it, or read whether its own reason will do."
        yield Problem(what, mend, location, Level.ADVICE, code="PG720")


def _resting_only_on(policy: Policy, waiting: Set[str]) -> list[str]:
    """Return the clauses that cite something, and nothing but sources that nobody has confirmed."""
    cited = {c.id: {citation.source for citation in c.citations} for c in policy.clauses()}
    return [id for id, sources in cited.items() if sources and sources <= waiting]


def _ids(clauses: Iterable[Clause]) -> list[str]:
    return [clause.id for clause in clauses]


def _superseded(policy: Policy) -> Iterator[Problem]:
    """An advice for each source that another has replaced, at the clause that cites it first."""
    for source in policy.sources:
        if source.status != "superseded":
            continue
        clauses = policy.citing(source.id)
        origins = clauses[0].origins[-1:] if clauses else ()
        locations = [Location(origin.path, origin.line, 1) for origin in origins]
        what = f'The source "{source.id}" is superseded, and cited by {", ".join(_ids(clauses))}.'
        mend = "Cite what took its place, or say in the wording that it is a pattern only."
        location = locations[0] if locations else Location(policy.profile.name)
        yield Problem(what, mend, location, Level.ADVICE, code="PG702")
