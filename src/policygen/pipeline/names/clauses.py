"""Clauses as people name them: by an id, a printed number, a section, a label or a title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from policygen.model.policy import Clause, Policy
from policygen.pipeline.names.numbers import id_of_number, is_number
from policygen.problems import Message, PolicygenError, Problem, nearest


def find_clauses(policy: Policy, names: Iterable[str], tiers: Sequence[str]) -> tuple[Clause, ...]:
    """Return the clauses of all names, each once; of a section, those told in these tiers.

    Raises PolicygenError with every name that means none, or one that is not told there.
    """
    found: dict[str, Clause] = {}
    problems: list[Problem] = []
    for name in names:
        try:
            found |= {clause.id: clause for clause in _find(policy, name, tiers)}
        except PolicygenError as error:
            problems += error.problems
    if problems:
        raise PolicygenError(problems)
    return tuple(found.values())


def _find(policy: Policy, name: str, tiers: Sequence[str]) -> tuple[Clause, ...]:
    """Return the clause of a name, or those of a section. Raises PolicygenError."""
    id = id_of_number(policy, name) if is_number(name) else name
    section = next((one for one in policy.sections if one.id == id), None)
    told = tuple(c for c in section.clauses if c.is_told_in(tiers)) if section else ()
    if told:
        return told
    clause = policy.clause(id) or _called(policy, name)
    if clause is None:
        raise PolicygenError([_unknown(policy, name)])
    if not clause.is_told_in(tiers):
        raise PolicygenError([_not_told(policy, clause)])
    return (clause,)


def _called(policy: Policy, name: str) -> Clause | None:
    """Return the clause of a label or a title. Raises PolicygenError where several have it."""
    called = [clause for clause in policy.clauses() if name.casefold() in _names(clause)]
    if len(called) > 1:
        ids = ", ".join(clause.id for clause in called)
        what = f'Several clauses are called "{name}".'
        raise PolicygenError([Problem(what, f"Give the id of one: {ids}.", code="PG607")])
    return called[0] if called else None


def _names(clause: Clause) -> Iterator[str]:
    for wording in (clause.label, clause.title):
        if wording:
            yield wording.text.casefold()


def _not_told(policy: Policy, clause: Clause) -> Problem:
    told = [telling.tier for telling in clause.tellings if telling.tier in policy.outline.tiers]
    what = f'The clause "{clause.id}" is not told at this depth.'
    options = " ".join(f"--tier {tier}" for tier in told)
    depths = Message(f"It is told at {options}.", on_page=f"It is told in {', '.join(told)}.")
    mend = depths if told else "It only leads to another document."
    return Problem(what, mend, code="PG659")


def _unknown(policy: Policy, name: str) -> Problem:
    """Return what to say of a clause that the policy leaves out, or that there is none of."""
    left_out = next((one for one in policy.left_out if one.id == name), None)
    if left_out:
        see = left_out.omission.see
        where = f"{see.title} {see.url or ''}".rstrip() if see else ""
        mend = f"Look in {where}." if where else "Its extent or contents in the profile say why."
        return Problem(f'This policy leaves the clause "{name}" out.', mend, code="PG607")
    known = [clause.id for clause in policy.clauses()]
    known += [section.id for section in policy.sections]
    known += [clause.label.text for clause in policy.clauses() if clause.label]
    mend = nearest(name, known)
    if mend.startswith("Known"):  # a list for a terminal, which on the page has a page
        mend = Message(mend, on_page="The page Contents has the number and the name of each.")
    return Problem(f'There is no clause "{name}".', mend, code="PG607")
