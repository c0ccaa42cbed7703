"""What a policy promises, with each time as a number and a unit, read from what it prints."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from policygen.facts.commitments import printed_commitments
from policygen.model.commitment.promise import Commitment
from policygen.model.policy import Clause, Policy
from policygen.model.wording import printed_facts
from policygen.model.year.timed_promise import PromiseSort, PromisingClause, TimedPromise

_HOW_LONG = "How long "  # begins what layers say of a promise that lasts
_DIGITS = re.compile(r"\d")


def timed_promises(policy: Policy) -> tuple[TimedPromise, ...]:
    """Return what the rules of a policy promise, in its order.

    A policy holds the time of a promise as its labels printed it, so that they read it back: it is
    the one that people signed, whatever the library says today.
    """
    printed = printed_commitments(policy.clauses(), policy.outline)
    promised = (one for one in policy.commitments if one.text and one.name in printed)
    found = (_timed(one, policy) for one in promised)
    return tuple(one for one in found if one)


def _timed(one: Commitment, policy: Policy) -> TimedPromise | None:
    amount = _amount(one.text, policy.outline.labels)
    if amount is None:
        return None
    number, unit, recurs = amount
    sort: PromiseSort = "every" if recurs else "within"
    if one.says.startswith(_HOW_LONG):
        sort = "lasts"
    clauses = tuple(_promising(one.name, policy))
    text = one.text.replace("\u00a0", " ")
    return TimedPromise(one.name, one.says, text, one.who, sort, number, unit, clauses)


def _amount(text: str, labels: Mapping[str, str]) -> tuple[int, str, bool] | None:
    """Return the number and the unit that a label printed, and whether it recurs.

    "every 6 months" is (6, "months", True), and "every month" (1, "months", True).
    """
    said = " ".join(text.replace("\u00a0", " ").split())
    for key, label in labels.items():
        kind, _, unit = key.partition("_")
        if kind not in ("unit", "every"):
            continue
        pattern = re.escape(label).replace(r"\{number\}", r"(?P<number>\S+)")
        if found := re.fullmatch(pattern, said):
            digits = "".join(_DIGITS.findall(found.groupdict().get("number") or "1"))
            name = unit.removesuffix("_one").replace("_", " ")
            if digits:
                return int(digits), name, kind == "every"
    return None


def _promising(name: str, policy: Policy) -> Iterator[PromisingClause]:
    """Yield the clauses that print a promise."""
    fact = f"commitments.{name}"
    core = policy.outline.grades.binding
    for clause in policy.clauses():
        if clause.number and fact in _facts(clause):
            may_go = not clause.binding and clause.grade != core
            yield PromisingClause(clause.id, clause.number, _name(clause), may_go)


def _facts(clause: Clause) -> set[str]:
    pieces = (telling.wording.pieces for telling in clause.tellings)
    return {printed.fact for some in pieces for printed in printed_facts(some)}


def _name(clause: Clause) -> str:
    return (clause.label or clause.title).text
