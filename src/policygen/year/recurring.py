"""Which of a body's commitments come round again, and how often."""

from __future__ import annotations

from collections.abc import Iterable

from policygen.compose.commitments import decided_number, offered_commitments
from policygen.facts.commitments import printed_commitments
from policygen.model.fragment import Layer
from policygen.model.language import capitalise
from policygen.model.policy import Policy
from policygen.model.year.recurring_promise import RecurringPromise

_HOW_OFTEN = "How often "  # begins what layers say of one: "How often compliance is checked"
# Of one unit. Working days and hours make no date: nobody's year has a day for them.
_DAYS = {"days": 1, "weeks": 7}
_MONTHS = {"months": 1, "years": 12}


def recurring_promises(policy: Policy, layers: Iterable[Layer]) -> tuple[RecurringPromise, ...]:
    """Return what a policy promises to do again and again; `layers` are those of its stack.

    A promise that no rule of the policy prints is none, and neither is one within a time after
    something that nobody foresees.
    """
    printed = printed_commitments(policy.clauses(), policy.outline)
    offered = offered_commitments(layers)
    found: list[RecurringPromise] = []
    for promise in policy.commitments:
        terms = offered.get(promise.name)
        if not (promise.text and promise.name in printed and terms):
            continue
        number = decided_number(terms, policy.profile.commitments.get(promise.name, True))
        days, months = number * _DAYS.get(terms.every, 0), number * _MONTHS.get(terms.every, 0)
        if days or months:
            says = capitalise(promise.says.removeprefix(_HOW_OFTEN))
            text = promise.text.replace("\u00a0", " ")
            found.append(RecurringPromise(promise.name, says, promise.who, text, days, months))
    return tuple(found)
